// SPDX-License-Identifier: GPL-2.0-only
/*
 * text_words.c - the words of the text form, both ways: names, numbers, places.
 *
 * The first fault is kept, so that the readers need not check after each word.
 */
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

void text_fail(struct reader *r, const char *fmt, ...)
{
	char what[256], *remedy;
	va_list args;

	if (r->failed)
		return;
	r->failed = true;
	va_start(args, fmt);
	vsnprintf(what, sizeof(what), fmt, args);
	va_end(args);
	/* nobody writes facts by hand: where a line is none, the file is damaged */
	remedy = r->near ? strrchr(what, ';') : NULL;
	if (remedy)
		*remedy = '\0';
	snprintf(r->err, r->size, "%s:%d:%d: error: %s%s", r->file, r->number,
		 (int)(r->p - r->line) + 1, what, remedy ? "; compile the unit again" : "");
}

void text_skip(struct reader *r)
{
	while (*r->p == ' ' || *r->p == '\t' || *r->p == '\r')
		r->p++;
}

bool text_at_end(struct reader *r)
{
	text_skip(r);
	return !*r->p || *r->p == '\n' || *r->p == '#';
}

bool text_eat(struct reader *r, char c)
{
	text_skip(r);
	if (*r->p != c)
		return false;
	r->p++;
	return true;
}

void text_expect(struct reader *r, char c, const char *where)
{
	if (!text_eat(r, c))
		text_fail(r, "no '%c' %s; write one here", c, where);
}

bool text_at_word(struct reader *r, const char *word)
{
	size_t len;

	text_skip(r);
	/* most lines are asked for many words */
	if (*r->p != *word)
		return false;
	len = strlen(word);
	return !strncmp(r->p, word, len) && !text_bare(r->p[len]);
}

bool text_eat_word(struct reader *r, const char *word)
{
	if (!text_at_word(r, word))
		return false;
	r->p += strlen(word);
	return true;
}

const char *text_intern(struct reader *r, const char *text, size_t len)
{
	return arena_intern_part(r->unit->arena, text, len);
}

static int hex_digit(char c)
{
	const char *digits = "0123456789abcdef";
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)(at - digits) : -1;
}

static char get_escaped(struct reader *r)
{
	int high, low;

	if (*r->p == '"' || *r->p == '\\')
		return *r->p++;
	if (*r->p == 'x') {
		high = hex_digit(r->p[1]);
		low = high < 0 ? -1 : hex_digit(r->p[2]);
		if (low >= 0 && (high || low)) {
			r->p += 3;
			return (char)(high * 16 + low);
		}
	}
	text_fail(r, "no such escape; write \\\", \\\\ or \\xHH");
	return 0;
}

const char *text_get_quoted(struct reader *r)
{
	char *text;
	size_t n;

	text_expect(r, '"', "before a quoted text");
	n = strcspn(r->p, "\"\\\n");
	if (!r->failed && r->p[n] == '"') {
		r->p += n + 1;
		return text_intern(r, r->p - n - 1, n);
	}
	n = 0;
	text = (char *)arena_alloc(r->unit->arena, strcspn(r->p, "\n") + 1);
	while (!r->failed && *r->p != '"') {
		if (!*r->p || *r->p == '\n') {
			text_fail(r, "the quoted text does not end; close it with '\"'");
		} else if (*r->p == '\\') {
			r->p++;
			text[n++] = get_escaped(r);
		} else {
			text[n++] = *r->p++;
		}
	}
	if (!r->failed)
		r->p++;
	return arena_intern(r->unit->arena, text);
}

const char *text_get_name(struct reader *r, const char *of)
{
	const char *begin;

	text_skip(r);
	if (*r->p == '"')
		return text_get_quoted(r);
	begin = r->p;
	while (text_bare(*r->p))
		r->p++;
	if (r->p == begin)
		text_fail(r, "no name of %s; write it, quoted if it has odd characters",
			  of);
	return text_intern(r, begin, (size_t)(r->p - begin));
}

int64_t text_get_number(struct reader *r, const char *what, int64_t lo,
			int64_t hi)
{
	const char *digits;
	char *end;
	int64_t number;

	text_skip(r);
	digits = r->p + (*r->p == '-' || *r->p == '+');
	errno = 0;
	number = strtoll(r->p, &end, 10);
	if (*digits < '0' || *digits > '9' || errno || number < lo || number > hi) {
		text_fail(r, "no %s; write a number from %" PRId64 " to %" PRId64, what,
		     lo, hi);
		return 0;
	}
	r->p = end;
	return number;
}

/* FILE:LINE:COL, where FILE may have colons of its own */
static struct mn_loc get_bare_place(struct reader *r)
{
	const char *end = r->p + strcspn(r->p, " \t\r\n"), *colon = end;
	struct mn_loc loc = { NULL, 0, 0, 0 };
	int colons = 0;

	while (colon > r->p && colons < 2)
		colons += *--colon == ':';
	if (colons < 2 || colon == r->p) {
		text_fail(r, "no place; write FILE:LINE:COL or 'nowhere'");
		return loc;
	}
	loc.file = text_intern(r, r->p, (size_t)(colon - r->p));
	r->p = colon;
	return loc;
}

/* LINE:COL, in the file of the place before */
static bool at_near_place(struct reader *r)
{
	size_t n;

	text_skip(r);
	n = strspn(r->p, "0123456789");
	if (!r->near || !n || r->p[n] != ':')
		return false;
	n += 1 + strspn(r->p + n + 1, "0123456789");
	return !r->p[n] || strchr(" \t\r\n", r->p[n]);
}

static struct mn_loc read_place(struct reader *r)
{
	struct mn_loc loc = { r->file, r->number, 1, 0 };
	struct mn_loc nowhere = { NULL, 0, 0, 0 };

	if (!text_eat_word(r, "at"))
		return r->near ? r->last : loc;
	if (text_eat_word(r, "nowhere"))
		return nowhere;
	if (at_near_place(r)) {
		loc.file = r->last.file;
		loc.line = (int)text_get_number(r, "line", 0, INT_MAX);
		text_expect(r, ':', "behind the line");
		loc.col = (int)text_get_number(r, "column", 0, INT_MAX);
		return loc;
	}
	if (*r->p == '"')
		loc.file = text_get_quoted(r);
	else
		loc = get_bare_place(r);
	text_expect(r, ':', "behind the file");
	loc.line = (int)text_get_number(r, "line", 0, INT_MAX);
	text_expect(r, ':', "behind the line");
	loc.col = (int)text_get_number(r, "column", 0, INT_MAX);
	return loc;
}

struct mn_loc text_get_place(struct reader *r)
{
	return r->last = read_place(r);
}

void text_put_quoted(const char *text, FILE *to)
{
	unsigned char c;

	putc('"', to);
	for (; (c = (unsigned char)*text); text++) {
		if (c == '"' || c == '\\')
			fprintf(to, "\\%c", c);
		else if (c < ' ' || c == 0x7f)
			fprintf(to, "\\x%02x", c);
		else
			putc(c, to);
	}
	putc('"', to);
}

/* may be written without quotes; "at" starts a place */
static bool is_bare(const char *name)
{
	if (!*name || !strcmp(name, "at"))
		return false;
	for (; *name; name++)
		if (!text_bare(*name))
			return false;
	return true;
}

void text_put_name(const char *name, FILE *to)
{
	if (is_bare(name))
		fputs(name, to);
	else
		text_put_quoted(name, to);
}

void text_put_place(struct mn_loc loc, FILE *to)
{
	fputs(" at ", to);
	if (!loc.file) {
		fputs("nowhere", to);
		return;
	}
	if (strpbrk(loc.file, " \t\"#\n") || !*loc.file)
		text_put_quoted(loc.file, to);
	else
		fputs(loc.file, to);
	fprintf(to, ":%d:%d", loc.line, loc.col);
}
