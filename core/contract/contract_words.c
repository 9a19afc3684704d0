// SPDX-License-Identifier: GPL-2.0-only
/*
 * contract_words.c - the words that every section of a contract is made of.
 *
 * A cursor reads one column and remembers where it stands, so that an error
 * names the column of the text. The cursor_ functions that take something leave
 * it where it was when that something is not there. Knows no section.
 */
#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include "contract_read.h"

__attribute__((format(printf, 3, 4)))
int reader_fail(struct reader *r, const char *at, const char *fmt, ...)
{
	va_list ap;
	int n;

	n = snprintf(r->err, r->size, "%s:%d:%d: error: ", r->file, r->line,
		     (int)(at - r->begin) + 1);
	if ((size_t)n >= r->size)
		return -EINVAL;
	va_start(ap, fmt);
	vsnprintf(r->err + n, r->size - (size_t)n, fmt, ap);
	va_end(ap);
	return -EINVAL;
}

/* ------------------------------------------------------------------ */
/* words                                                               */

bool char_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

bool char_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool char_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
	       char_digit(c);
}

void cursor_skip(struct cursor *c)
{
	while (c->p < c->end && char_blank(*c->p))
		c->p++;
}

bool cursor_at_end(struct cursor *c)
{
	cursor_skip(c);
	return c->p == c->end;
}

/* the text up to the next blank or comma, for messages */
int cursor_rest(const struct cursor *c)
{
	const char *p = c->p;

	while (p < c->end && !char_blank(*p) && *p != ',')
		p++;
	return p == c->p && p < c->end ? 1 : (int)(p - c->p);
}

bool cursor_char(struct cursor *c, char want)
{
	if (c->p == c->end || *c->p != want)
		return false;
	c->p++;
	return true;
}

/* takes @word if the next word is exactly that */
bool cursor_word(struct cursor *c, const char *word)
{
	size_t len;

	cursor_skip(c);
	/* most words are asked for in vain */
	if (c->p == c->end || *c->p != *word)
		return false;
	len = strlen(word);
	if ((size_t)(c->end - c->p) < len || strncmp(c->p, word, len) ||
	    char_word(c->p[len]))
		return false;
	c->p += len;
	return true;
}

static const char *copy_text(struct mn_arena *arena, const char *from, const char *end)
{
	char *text = arena_new_array(arena, char, end - from + 1);

	memcpy(text, from, (size_t)(end - from));
	return text;
}

/* an identifier of C, interned; NULL if there is none */
const char *cursor_name(struct cursor *c)
{
	const char *from;

	cursor_skip(c);
	from = c->p;
	if (from < c->end && char_digit(*from))
		return NULL;
	while (c->p < c->end && char_word(*c->p))
		c->p++;
	if (c->p == from)
		return NULL;
	return arena_intern_part(c->r->arena, from, (size_t)(c->p - from));
}

/* digits only; -1 if there are none, or too many. No column ends before a digit */
int cursor_number(struct cursor *c)
{
	int n = 0;

	if (!char_digit(*c->p))
		return -1;
	for (; char_digit(*c->p); c->p++) {
		if (n > 99999999)
			return -1;
		n = n * 10 + (*c->p - '0');
	}
	return n;
}

int cursor_end(struct cursor *c, const char *after)
{
	if (cursor_at_end(c))
		return 0;
	return reader_fail(c->r, c->p, "'%.*s' after %s, remove it or put ',' or '|' before it",
			   cursor_rest(c), c->p, after);
}

/* index of the next word in @words from @from on, or -1 */
int cursor_one_of(struct cursor *c, const char *const *words, int from, int n)
{
	for (; from < n; from++)
		if (cursor_word(c, words[from]))
			return from;
	return -1;
}

/* "/ARGS", which may be left out */
int read_nargs(struct cursor *c, int *nargs)
{
	*nargs = -1;
	if (!cursor_char(c, '/'))
		return 0;
	*nargs = cursor_number(c);
	if (*nargs < 0 || *nargs > 99)
		return reader_fail(c->r, c->p, "no number of arguments after '/', "
				   "write one or remove '/'");
	return 0;
}

/* NAME or NAME/ARGS */
int read_name(struct cursor *c, const char **name, int *nargs)
{
	*name = cursor_name(c);
	if (!*name)
		return reader_fail(c->r, c->p, "no function, write NAME or NAME/ARGS");
	return read_nargs(c, nargs);
}

/* the text up to the character, or to the end of the column; "" if there is none */
const char *cursor_until(struct cursor *c, char stop)
{
	const char *from, *end;

	cursor_skip(c);
	for (from = c->p; c->p < c->end && *c->p != stop; c->p++)
		;
	for (end = c->p; end > from && char_blank(end[-1]); end--)
		;
	return copy_text(c->r->arena, from, end);
}

/* the whole column as a text; "" if it is empty */
const char *cursor_text(struct cursor *c)
{
	return cursor_until(c, '\0');
}

int cursor_empty(struct cursor *c)
{
	if (cursor_at_end(c))
		return 0;
	return reader_fail(c->r, c->p, "this column must be empty here, remove '%.*s'",
			   cursor_rest(c), c->p);
}

/* ------------------------------------------------------------------ */
/* kernels                                                             */

static int read_version(struct cursor *c, int *version)
{
	const char *from = c->p;
	char text[16] = "";

	while (c->p < c->end && (char_digit(*c->p) || *c->p == '.'))
		c->p++;
	if (c->p - from < (int)sizeof(text))
		memcpy(text, from, (size_t)(c->p - from));
	*version = kernel_parse(text);
	if (*version >= 0)
		return 0;
	return reader_fail(c->r, from, "'%.*s' is not a kernel version, write it as 4.12",
			   (int)(c->p - from), from);
}

int read_kernels(struct cursor *c, struct kernels *kernels)
{
	const char *from;

	cursor_skip(c);
	from = c->p;
	kernels->from = 0;
	kernels->to = KERNEL_ANY;
	if (cursor_char(c, '*'))
		return cursor_end(c, "'*'");
	if (c->p == c->end || (*c->p != '-' && !char_digit(*c->p)))
		return reader_fail(c->r, c->p, "no kernels, write FROM-TO, FROM-, -TO or *");
	if (*c->p != '-' && read_version(c, &kernels->from))
		return -EINVAL;
	if (!cursor_char(c, '-'))
		return reader_fail(c->r, c->p, "'-' is missing, write FROM-TO, FROM- or -TO");
	if (!cursor_at_end(c) && char_digit(*c->p) && read_version(c, &kernels->to))
		return -EINVAL;
	if (!kernels->from && kernels->to == KERNEL_ANY)
		return reader_fail(c->r, from, "'-' has neither end, write * for all kernels");
	if (kernels->from > kernels->to)
		return reader_fail(c->r, from, "the first kernel is later than the last, swap them");
	return cursor_end(c, "the kernels");
}
