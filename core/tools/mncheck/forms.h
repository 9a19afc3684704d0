/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * forms.h - the forms of mncheck report.
 */
#ifndef FORMS_H
#define FORMS_H

#include "records.h"

/**
 * struct report - what a form shows.
 * @baseline: the file that knew findings, or NULL
 * @known: show those and what a comment hides, too
 * @gone: what the baseline knows and was not found
 * @source: the folder that relative names start in; NULL: @top, or here
 * @help_uri: where docs/rules.md is
 */
struct report {
	struct records records;
	const char *baseline, *top, *source, *help_uri;
	bool known;
	int gone;
};

/* the findings that no baseline knows and no comment hides */
int report_left(const struct report *report);
/* those that the baseline knows; those that a comment hides */
int report_known(const struct report *report);
int report_ignored(const struct report *report);
bool report_shows(const struct report *report, const struct finding *f);

void print_table(const struct report *report, FILE *to);
void print_text(const struct report *report, FILE *to);
void print_sarif(const struct report *report, FILE *to);
void print_junit(const struct report *report, FILE *to);
void print_html(const struct report *report, FILE *to);

#endif /* FORMS_H */
