/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * html.h - the parts of the HTML page.
 */
#ifndef HTML_H
#define HTML_H

#include "forms.h"

/* page_text.c, made from page.css and page.js */
extern const char page_css[], page_js[];

/* up to the body */
void html_start(const char *title, FILE *to);
/* length of the UTF-8 sequence at @text, 0 if there is none */
int utf8_length(const char *text);
/* escaped for text and for attributes in double quotes; what is not UTF-8 becomes U+FFFD */
void put_html(const char *text, FILE *to);

/**
 * put_code() - each function of the path of a finding, with the lock context beside it.
 * @number: of the finding in the page, for the ids
 */
void put_code(const struct report *report, const struct finding *f, int number, FILE *to);

/* a file of the source in lines, from 1; one that cannot be read has none */
struct source {
	const char *file;
	char **lines;
	int n;
};
const struct source *source_of(const struct report *report, const char *file);
/* the lines of the function in which @line is, as the kernel indents it */
void source_function(const struct source *s, int line, int *first, int *last);
/* a line of the head of a function: its type, its name, its parameters; no part of a macro above it */
bool source_is_head(const struct source *s, int number);

#endif /* HTML_H */
