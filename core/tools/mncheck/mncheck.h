/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mncheck.h - what the subcommands of mncheck share.
 *
 * Trouble is one line and exit status 2, so nothing here returns an error. What is read stays in
 * memory until the program ends: no function frees it.
 */
#ifndef MNCHECK_H
#define MNCHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* exit statuses */
enum { STATUS_FINE, STATUS_FOUND, STATUS_BAD };

int cmd_context(int argc, char **argv);
int cmd_diff(int argc, char **argv);
int cmd_explain(int argc, char **argv);
int cmd_report(int argc, char **argv);

/* "mncheck: error: ..", and the program ends with status 2 */
void die(const char *fmt, ...) __attribute__((noreturn, format(printf, 1, 2)));
struct option;
/* getopt_long() for words only; the program ends where one is not among @options */
int next_option(int argc, char **argv, const struct option *options);
/* an array of @n members with room for one more, or NULL and 0 to start with; *@room is kept */
void *grow(void *array, int n, int *room, size_t size);
/* an array of @n members that are zero, with room for one more */
void *zeroed(int n, size_t size);
char *text_of(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* the first @n characters */
char *text_cut(const char *text, size_t n);

/* mncheck.c: the folder that this program is in, with its slash */
const char *own_folder(void);

/* what is written to @path, completely or not at all; NULL: to the standard output */
struct output {
	const char *path;
	char *other;
	FILE *to;
};
FILE *output_open(struct output *out, const char *path);
void output_close(struct output *out);

/* rules_text.c, made from docs/rules.md */
struct rule_text {
	const char *rule, *summary;
	const char *fix;		/* in a sentence, or "" */
	const char *text;
};
extern const struct rule_text rule_texts[];	/* up to one with no rule */
const struct rule_text *rule_text(const char *rule);
const char *rule_fix(const char *rule);

#endif /* MNCHECK_H */
