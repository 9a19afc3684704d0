// SPDX-License-Identifier: GPL-2.0-only
/*
 * json_lines.c - read files with a JSON value on each line.
 */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "json_lines.h"
#include "mncheck.h"

void json_refuse(const struct json_place *at, int col, const char *why)
{
	fprintf(stderr, "%s:%d:%d: error: this is no %s (%s); %s\n", at->path, at->line,
		col > 0 ? col : 1, at->what, why, at->remedy);
	exit(STATUS_BAD);
}

void json_take(const struct json_place *at, json_t *from, const char *form, ...)
{
	json_error_t error;
	va_list args;
	int ret;

	va_start(args, form);
	ret = json_vunpack_ex(from, &error, 0, form, args);
	va_end(args);
	if (ret)
		json_refuse(at, 1, error.text);
}

void *json_room(const struct json_place *at, json_t *list, int *n, size_t size)
{
	if (list && !json_is_array(list))
		json_refuse(at, 1, "something that is no list");
	*n = (int)json_array_size(list);
	return zeroed(*n, size);
}

const char **json_texts(const struct json_place *at, json_t *list, int *n)
{
	const char **texts = (const char **)json_room(at, list, n, sizeof(*texts));

	for (int i = 0; i < *n; i++) {
		texts[i] = json_string_value(json_array_get(list, (size_t)i));
		if (!texts[i])
			json_refuse(at, 1, "something that is no text");
	}
	return texts;
}

void json_lines_read(struct json_place *at, const char *name_it,
		     void (*read)(void *arg, const struct json_place *at, json_t *from), void *arg)
{
	FILE *from = fopen(at->path, "r");
	json_error_t error;
	char *line = NULL;
	size_t room = 0;
	ssize_t n;
	json_t *json;

	if (!from)
		die("%s: %s; %s", at->path, strerror(errno), name_it);
	while ((n = getline(&line, &room, from)) >= 0) {
		at->line++;
		json = json_loadb(line, (size_t)n, 0, &error);
		if (!json)
			json_refuse(at, error.column, error.text);
		read(arg, at, json);
	}
	if (ferror(from))
		die("%s: %s; %s", at->path, strerror(errno), name_it);
	free(line);
	fclose(from);
}
