// SPDX-License-Identifier: GPL-2.0-only
/*
 * ignore.c - comments of the source that hide findings, for code outside of the kernel's tree.
 *
 *	mncheck: ignore(RULE): REASON
 *
 * at the beginning of a comment hides the findings of that rule on the comment's line or, where
 * nothing else stands there, on the next line that is no comment. Only files are read that have a
 * finding, and the unit's own; the C is not parsed. Whether one hides nothing is asked where the
 * answer is certain: in the unit's own file, outside of #if, and where all was looked at.
 */
#include <ctype.h>
#include <stdlib.h>

#include "report.h"

static const char word[] = "mncheck:";

/* one file, and how far it was looked through */
struct looking {
	struct mn_unit *unit;
	const char *file, *text;
	bool own;			/* the unit's own */
	const char *at, *start;		/* .. up to here, and where that line starts */
	int line, depth;		/* .. and how many #if are open there */
};

/* ------------------------------------------------------------------ */
/* places                                                              */

static const char *skip_blanks(const char *p)
{
	return p + strspn(p, " \t\r\f\v");
}

/* behind the comment at @p, whose line it may leave; @p if there is none */
static const char *skip_comment(const char *p)
{
	const char *end;

	if (!strncmp(p, "//", 2))
		return p + strcspn(p, "\n");
	if (strncmp(p, "/*", 2))
		return p;
	end = strstr(p + 2, "*/");
	return end ? end + 2 : p + strlen(p);
}

static void count_condition(struct looking *l, const char *line)
{
	line = skip_blanks(line);
	if (*line != '#')
		return;
	line = skip_blanks(line + 1);
	if (!strncmp(line, "if", 2))
		l->depth++;
	else if (!strncmp(line, "endif", 5))
		l->depth--;
}

/* up to @to: its line, and what is open there */
static void go_to(struct looking *l, const char *to)
{
	for (; l->at < to; l->at++) {
		if (*l->at != '\n')
			continue;
		count_condition(l, l->start);
		l->line++;
		l->start = l->at + 1;
	}
}

/* the comment that starts with the words at @words, or NULL: something stands in front of them */
static const char *comment_of(const struct looking *l, const char *words)
{
	const char *p = words;

	while (p > l->text && strchr(" \t\r\n*", p[-1]))
		p--;
	if (p > l->text + (*p == '*') && *p == '*' && p[-1] == '/')
		return p - 1;
	return p - l->text >= 2 && !strncmp(p - 2, "//", 2) ? p - 2 : NULL;
}

static int newlines(const char *from, const char *to)
{
	int n = 0;

	for (; from < to; from++)
		n += *from == '\n';
	return n;
}

/* is there code in front of @comment on its line? */
static bool stands_behind_code(const struct looking *l, const char *comment)
{
	const char *p = comment, *end;

	while (p > l->text && p[-1] != '\n')
		p--;
	for (p = skip_blanks(p); p < comment; p = skip_blanks(end)) {
		end = skip_comment(p);
		if (end == p)
			return true;
	}
	return false;
}

/* the line that @comment speaks of, 0 if a line without anything is there; @l is at its words */
static int line_of(const struct looking *l, const char *comment)
{
	int first = l->line - newlines(comment, l->at);
	const char *p = skip_comment(comment), *end;

	if (stands_behind_code(l, comment))
		return first;
	for (;; p = end) {
		p = skip_blanks(p);
		if (*p == '\n')
			p = skip_blanks(p + 1);
		end = skip_comment(p);
		if (end == p)
			return *p && *p != '\n' ? first + newlines(comment, p) : 0;
	}
}

/* ------------------------------------------------------------------ */
/* one comment                                                         */

static void refuse(struct looking *l, const char *what)
{
	const char **line = vec_push(l->unit->arena, &l->unit->bad_ignores);

	*line = arena_printf(l->unit->arena, "%s:%d:%d: error: %s", l->file, l->line,
			     (int)(l->at - l->start) + 1, what);
}

/* behind blanks, and behind the stars that a line starts with */
static const char *next_word(const char *p)
{
	bool starts = false;

	for (; isspace((unsigned char)*p) || (starts && *p == '*'); p++)
		starts |= *p == '\n';
	return p;
}

/* up to the end of the comment, in one line; "" if there is nothing */
static const char *reason_of(struct mn_arena *arena, const char *from, bool one_line)
{
	const char *end = one_line ? from + strcspn(from, "\n") : strstr(from, "*/");
	char *text, *to;

	end = end ? end : from + strlen(from);
	text = to = (char *)arena_alloc(arena, (size_t)(end - from) + 1);
	while ((from = next_word(from)) < end) {
		if (to > text)
			*to++ = ' ';
		while (from < end && !isspace((unsigned char)*from))
			*to++ = *from++;
	}
	*to = '\0';
	return text;
}

/* "mncheck: ignore": behind it, or NULL */
static const char *behind_words(const char *p)
{
	p = skip_blanks(p + sizeof(word) - 1);
	if (strncmp(p, "ignore", 6) || isalnum((unsigned char)p[6]) || p[6] == '_')
		return NULL;
	return p + 6;
}

/* @p: behind "ignore" */
static void read_comment(struct looking *l, const char *comment, const char *p)
{
	struct mn_arena *arena = l->unit->arena;
	bool linked = !strncmp(p, "-linked", 7);
	const char *name, *reason = "", *close;
	struct mn_ignore *ignore;
	enum mn_rule rule;

	p += linked ? 7 : 0;
	close = *p == '(' ? p + strspn(p + 1, "abcdefghijklmnopqrstuvwxyz-") + 1 : p;
	if (close == p || *close != ')') {
		refuse(l, "no rule; write mncheck: ignore(RULE): REASON");
		return;
	}
	name = arena_printf(arena, "%.*s", (int)(close - p) - 1, p + 1);
	rule = mn_rule_find(name);
	if (rule == MN_RULE_COUNT) {
		refuse(l, arena_printf(arena, "'%s' is no rule; mncheck explain lists them", name));
		return;
	}
	if (close[1] == ':')
		reason = reason_of(arena, close + 2, comment[1] == '/');
	if (!*reason) {
		refuse(l, arena_printf(arena, "no reason; write mncheck: ignore%s(%s): REASON",
				       linked ? "-linked" : "", name));
		return;
	}
	ignore = vec_push(arena, &l->unit->ignores);
	ignore->rule = rule;
	ignore->loc.file = l->file;
	ignore->loc.line = l->line;
	ignore->loc.col = (int)(l->at - l->start) + 1;
	ignore->line = line_of(l, comment);
	ignore->reason = reason;
	ignore->linked = linked;
	ignore->asked = l->own && !l->depth;
}

/* ------------------------------------------------------------------ */
/* files                                                               */

/* the whole file with a NUL behind it, to be freed; NULL: it is not at hand */
static char *read_source(const char *file)
{
	FILE *from = fopen(file, "r");
	char *text = NULL;
	long size = -1;

	if (!from)
		return NULL;
	if (!fseek(from, 0, SEEK_END))
		size = ftell(from);
	if (size > 0 && !fseek(from, 0, SEEK_SET))
		text = (char *)calloc((size_t)size + 1, 1);
	if (text && fread(text, 1, (size_t)size, from) != (size_t)size)
		*text = '\0';
	fclose(from);
	return text;
}

static void read_comments(struct mn_unit *unit, const char *file, bool own)
{
	char *text = read_source(file);
	struct looking l = { unit, file, text, own, text, text, 1, 0 };
	const char *words, *comment, *rest;

	if (!text)
		return;
	for (words = strstr(text, word); words; words = strstr(words + 1, word)) {
		rest = behind_words(words);
		comment = rest ? comment_of(&l, words) : NULL;
		if (!comment)
			continue;
		go_to(&l, words);
		read_comment(&l, comment, rest);
	}
	free(text);
}

struct names {
	struct mn_unit *unit;
	lines_t seen;
};

static void read_once(struct names *names, const char *file, bool own)
{
	if (!file)
		return;
	file = arena_intern(names->unit->arena, file);
	for (int i = 0; i < names->seen.n; i++)
		if (names->seen.v[i] == file)
			return;
	*vec_push(names->unit->arena, &names->seen) = file;
	read_comments(names->unit, file, own);
}

void ignores_read(struct mn_unit *unit, const char *own)
{
	struct names names = { unit, { NULL, 0, 0 } };

	read_once(&names, own, true);
	for (int i = 0; i < unit->findings.n; i++)
		read_once(&names, unit->findings.v[i].loc.file, false);
	/* mncheck-link may find something wherever a body comes from */
	for (int i = 0; i < unit->funcs.n && unit->options.keep; i++)
		if (unit->funcs.v[i]->keep == KEEP_BODY)
			read_once(&names, unit->funcs.v[i]->loc.file, false);
}

/* ------------------------------------------------------------------ */
/* what they hide                                                      */

static bool hides(const struct mn_ignore *ignore, const struct mn_finding *f)
{
	return ignore->rule == f->rule && ignore->line == f->loc.line && f->loc.file &&
	       !strcmp(ignore->loc.file, f->loc.file);
}

void ignores_apply(struct mn_unit *unit)
{
	for (int i = 0; i < unit->findings.n; i++) {
		struct mn_finding *f = &unit->findings.v[i];

		for (int k = 0; k < unit->ignores.n && !f->hidden; k++) {
			if (!hides(&unit->ignores.v[k], f))
				continue;
			unit->ignores.v[k].used = true;
			f->hidden = &unit->ignores.v[k];
		}
	}
}

static bool is_needless(const struct mn_unit *unit, const struct mn_ignore *ignore)
{
	return ignore->asked && !ignore->used && (unit->linked || !ignore->linked) &&
	       unit->options.rules >> ignore->rule & 1;
}

const struct mn_ignore *ignore_needless(const struct mn_unit *unit, size_t i)
{
	if (!unit->asks_ignores || unit->trouble.n)
		return NULL;
	for (int k = 0; k < unit->ignores.n; k++)
		if (is_needless(unit, &unit->ignores.v[k]) && !i--)
			return &unit->ignores.v[k];
	return NULL;
}
