/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * json_lines.h - files with a JSON value on each line, as record= and context= write them.
 *
 * A file may come from anywhere, so nothing of it is believed: what is not in its place ends the
 * program with FILE:LINE:COL. The texts are jansson's and stay in memory.
 */
#ifndef JSON_LINES_H
#define JSON_LINES_H

#include <jansson.h>

struct json_place {
	const char *path;
	const char *top;		/* names of files below it are relative to it; or NULL */
	const char *what, *remedy;	/* "record", and what to do about a line that is none */
	int line;
};

/* this line is no @at->what */
void json_refuse(const struct json_place *at, int col, const char *why) __attribute__((noreturn));
/* json_unpack() that has to succeed */
void json_take(const struct json_place *at, json_t *from, const char *form, ...);
/* room for the members of @list and one more, all zero; *@n says how many there are */
void *json_room(const struct json_place *at, json_t *list, int *n, size_t size);
/* a list of texts; NULL is an empty one */
const char **json_texts(const struct json_place *at, json_t *list, int *n);
/* @read each line of the file @at->path; @name_it: what to do where it cannot be read */
void json_lines_read(struct json_place *at, const char *name_it,
		     void (*read)(void *arg, const struct json_place *at, json_t *from), void *arg);

#endif /* JSON_LINES_H */
