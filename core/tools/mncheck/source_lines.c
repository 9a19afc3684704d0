// SPDX-License-Identifier: GPL-2.0-only
/*
 * source_lines.c - the kernel's source, for the page: a file in lines, and where a function starts.
 *
 * The C is not parsed: a function of the kernel has its braces in the first column. Where that is not
 * so, some lines around the place have to do.
 */
#define _POSIX_C_SOURCE 200809L
#include <stdlib.h>
#include <string.h>

#include "html.h"

#define FEW_LINES	12		/* around a place that is in no function */

static void read_lines(struct source *s, FILE *from)
{
	char *line = NULL;
	size_t size = 0;
	int room = 0;
	ssize_t n;

	while ((n = getline(&line, &size, from)) >= 0) {
		if (n && line[n - 1] == '\n')
			line[n - 1] = '\0';
		s->lines = (char **)grow(s->lines, s->n, &room, sizeof(*s->lines));
		s->lines[s->n++] = text_of("%s", line);
	}
	free(line);
}

const struct source *source_of(const struct report *report, const char *file)
{
	static struct source **known;
	static int n, room;
	const char *folder = report->source ? report->source : report->top ? report->top : ".";
	struct source *s;
	FILE *from;

	for (int i = 0; i < n; i++)
		if (!strcmp(known[i]->file, file))
			return known[i];
	s = (struct source *)zeroed(1, sizeof(*s));
	s->file = file;
	from = fopen(*file == '/' ? file : text_of("%s/%s", folder, file), "r");
	if (from) {
		read_lines(s, from);
		fclose(from);
	}
	known = (struct source **)grow(known, n, &room, sizeof(*known));
	known[n++] = s;
	return s;
}

static bool ends_in(const char *line, char c)
{
	size_t n = strlen(line);

	return n && line[n - 1] == c;
}

bool source_is_head(const struct source *s, int number)
{
	const char *line = s->lines[number - 1];

	return *line && !strchr("#}/", *line) && strncmp(line, " *", 2) && !ends_in(line, ';') &&
	       !ends_in(line, '}') && !(number > 1 && ends_in(s->lines[number - 2], '\\'));
}

/* the first line from @line on that starts with @c, or the last of all; @step -1: backwards, up to a '}' */
static int find_brace(const struct source *s, int line, int step, char c)
{
	int end = step < 0 ? 1 : s->n, at;

	for (at = line; at != end && s->lines[at - 1][0] != c; at += step)
		if (step < 0 && at != line && s->lines[at - 1][0] == '}')
			break;
	return at;
}

static bool is_function(const struct source *s, int first, int last)
{
	return first < last && s->lines[first - 1][0] == '{' && s->lines[last - 1][0] == '}';
}

void source_function(const struct source *s, int line, int *first, int *last)
{
	*first = find_brace(s, line, -1, '{');
	*last = find_brace(s, line, 1, '}');
	/* the place may be the head itself */
	if (!is_function(s, *first, *last))
		*first = find_brace(s, line, 1, '{');
	if (is_function(s, *first, *last)) {
		while (*first > 1 && source_is_head(s, *first - 1))
			--*first;
		if (*first <= line)
			return;
	}
	*first = line > FEW_LINES ? line - FEW_LINES : 1;
	*last = line + FEW_LINES < s->n ? line + FEW_LINES : s->n;
}
