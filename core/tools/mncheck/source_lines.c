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
	s = (struct source *)calloc(1, sizeof(*s));
	if (!s)
		die("no memory");
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

/* a line of the head of a function: its type, its name, its parameters */
static bool is_head(const char *line)
{
	size_t n = strlen(line);

	return n && *line != '#' && *line != '}' && *line != '/' && line[n - 1] != ';' &&
	       strncmp(line, " *", 2);
}

void source_function(const struct source *s, int line, int *first, int *last)
{
	int open = line, end = line;

	while (open >= 1 && s->lines[open - 1][0] != '{' &&
	       (open == line || s->lines[open - 1][0] != '}'))
		open--;
	/* the place may be the head itself */
	if (open < 1 || s->lines[open - 1][0] != '{')
		for (open = line; open < s->n && open < line + FEW_LINES &&
		     s->lines[open - 1][0] != '{'; open++)
			;
	while (end < s->n && s->lines[end - 1][0] != '}')
		end++;
	if (s->lines[open - 1][0] != '{' || s->lines[end - 1][0] != '}' || end < open) {
		*first = line > FEW_LINES ? line - FEW_LINES : 1;
		*last = line + FEW_LINES < s->n ? line + FEW_LINES : s->n;
		return;
	}
	*first = open;
	*last = end;
	while (*first > 1 && is_head(s->lines[*first - 2]))
		--*first;
}
