// SPDX-License-Identifier: GPL-2.0-only
/*
 * baseline.c - which findings are known: by the records of a run before, or by a list of judged
 * findings (docs/kernel.md, "Lists of judged findings").
 *
 * A list knows a finding by file, function, rule and text, with N for each number. A line stands
 * for one finding; its verdict and its reason go with it.
 */
#define _POSIX_C_SOURCE 200809L
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "records.h"

enum { FILE_NAME, FUNCTION, RULE, TEXT, VERDICT, REASON, COLUMNS };

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* N for each number that is a word */
static char *without_numbers(const char *text)
{
	char *out = text_of("%s", text), *to = out;
	const char *from = text;
	size_t n;

	while (*from) {
		n = strspn(from, "0123456789");
		if (n && !is_word(from[n]) && (from == text || !is_word(from[-1]))) {
			*to++ = 'N';
			from += n;
		} else {
			*to++ = *from++;
		}
	}
	*to = '\0';
	return out;
}

/* without the blanks around it */
static char *trimmed(const char *from, size_t n)
{
	while (n && isspace((unsigned char)from[n - 1]))
		n--;
	while (n && isspace((unsigned char)*from)) {
		from++;
		n--;
	}
	return text_cut(from, n);
}

static void split(const char *path, int number, const char *line, const char **columns)
{
	int n = 0;
	size_t length;

	for (;; line += length + 1) {
		length = n < COLUMNS - 1 ? strcspn(line, "|") : strlen(line);
		columns[n] = trimmed(line, length);
		if (!*columns[n++] || n == COLUMNS || !line[length])
			break;
	}
	if (n == COLUMNS && *columns[REASON])
		return;
	fprintf(stderr, "%s:%d:1: error: column %d is missing or empty, write FILE | FUNCTION | "
		"RULE | TEXT | VERDICT | REASON\n", path, number, *columns[n - 1] ? n + 1 : n);
	exit(STATUS_BAD);
}

static bool is_listed(const struct finding *f, const char *const *columns)
{
	return !strcmp(f->file, columns[FILE_NAME]) && !strcmp(f->func, columns[FUNCTION]) &&
	       !strcmp(f->rule, columns[RULE]) &&
	       !strcmp(without_numbers(f->text), columns[TEXT]);
}

/* Return: 1 if no finding is left that the line stands for */
static int apply_line(struct records *r, const char *const *columns)
{
	for (int i = 0; i < r->nfindings; i++) {
		struct finding *f = &r->findings[i];

		if (f->known || !is_listed(f, columns))
			continue;
		f->known = true;
		f->verdict = columns[VERDICT];
		f->reason = columns[REASON];
		return 0;
	}
	return 1;
}

static int apply_list(struct records *r, const char *path, FILE *from)
{
	const char *columns[COLUMNS];
	char *line = NULL;
	size_t room = 0;
	int number = 0, gone = 0;

	while (getline(&line, &room, from) >= 0) {
		number++;
		if (*line == '#' || !line[strspn(line, " \t\n")])
			continue;
		split(path, number, line, columns);
		gone += apply_line(r, columns);
	}
	free(line);
	return gone;
}

static int apply_records(struct records *r, const char *path, const char *top)
{
	struct records old = { NULL, 0, 0, NULL, 0, 0 };
	struct finding *f;
	int gone = 0;

	records_read(&old, path, top);
	records_finish(&old);
	for (int i = 0; i < old.nfindings; i++) {
		f = records_same(r, &old.findings[i]);
		if (f)
			f->known = true;
		else
			gone++;
	}
	return gone;
}

int baseline_apply(struct records *r, const char *path, const char *top)
{
	FILE *from = fopen(path, "r");
	int c, gone;

	if (!from)
		die("%s: %s; name records, or a list of findings", path, strerror(errno));
	c = getc(from);
	if (c == '{') {
		gone = apply_records(r, path, top);
	} else {
		rewind(from);
		gone = apply_list(r, path, from);
	}
	if (ferror(from))
		die("%s: %s; name records, or a list of findings", path, strerror(errno));
	fclose(from);
	return gone;
}
