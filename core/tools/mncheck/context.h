/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * context.h - mncheck context: the lock context of functions, as docs/context.schema.json has it.
 */
#ifndef CONTEXT_H
#define CONTEXT_H

#include "html.h"

enum { BAR_PTL, BAR_REGION, BAR_ATOMIC, BARS };

/* the stronger one is drawn where a line has one before it and another behind */
enum told { TOLD_NOTHING, TOLD_NO, TOLD_UNKNOWN, TOLD_SOME, TOLD_ALL };

struct context_line {
	int line;
	bool reached;
	enum told before[BARS], behind[BARS];
};

struct context_call {
	const char *func, *file;
	int line;
};

/* of all calls of a function, or of those that look alike: @root, from other files as well */
struct context {
	bool root;
	struct context_call *calls;
	int ncalls;
	struct context_line *lines;
	int nlines;
};

struct context_function {
	const char *unit, *era, *name, *file;
	const char *hash;		/* NULL: it was not made */
	int line;
	const char **given_up;
	int ngiven_up;
	struct context *each;		/* .. which @all joins */
	int neach;
	struct context all;
};

/* a function that a unit has not, and up to @nnear names that are like it */
struct context_missing {
	const char *unit, *name;
	const char **near;
	int nnear;
};

struct contexts {
	struct context_function *functions;
	int nfunctions, functions_room;
	struct context_missing *missing;
	int nmissing, missing_room;
};

/* context_read.c: add what @path says. What is no such record ends the program */
void contexts_read(struct contexts *all, const char *path);

/**
 * struct context_unit - a C file that is compiled for its functions.
 * @kdir: where @file may start; or NULL
 * @objdir: where it was compiled, and which compiles it again; NULL: @kdir, or above @file
 * @functions: separated by commas
 * @front: the plugin, or mncheck-sparse; NULL: that of this installation
 * @args: @nargs options for it
 * @folder: receives the folder that relative names start in
 */
struct context_unit {
	const char *file, *kdir, *objdir, *functions, *front;
	const char **args;
	int nargs, args_room;
	bool sparse;
	const char *folder;
};

/*
 * context_compile.c: compile it as it was compiled. Return: the record, which is gone when the program
 * ends. Where no record comes of it the program ends.
 */
const char *context_compile(struct context_unit *unit);

/**
 * struct compile_command - how a file was compiled.
 * @words: up to NULL, without what is written and without mncheck's own
 * @source: the one of them that is the file
 * @folder: in which it was run
 */
struct compile_command {
	char **words;
	int n, room;
	const char *source, *folder;
};

/* context_command.c: how @unit's file, whose real name is @real, was compiled; NULL: nobody knows */
struct compile_command *command_of(const struct context_unit *unit, const char *real);

/* what is drawn beside a line of the source */
struct drawn {
	bool code, reached;
	enum told told[BARS];
};

/* context_lines.c: the lines of @f in @s, and what @c draws beside each; to be freed */
void context_extent(const struct context_function *f, const struct source *s, int *first, int *last);
struct drawn *context_draw(const struct context *c, int first, int last);

/* how a function is shown */
struct context_view {
	const char *source;		/* the folder that relative names start in; NULL: here */
	const char *top;		/* names are shown as seen from there; NULL: as they are */
	bool each;
};

/* the source of @f; one that is not there, or is another one by now, ends the program */
const struct source *context_source(const struct context_view *view, const struct context_function *f);
/* "called in a() at FILE:LINE", .. with @between two of them */
const char *context_from(const struct context_view *view, const struct context *c, const char *between);
/* what is shown of the name of a file */
const char *context_name(const struct context_view *view, const char *file);

void context_text(const struct context_view *view, const struct context_function *f, FILE *to);
void context_html(const struct context_view *view, const struct context_function *f, FILE *to);
/* what stands in front of the first function, and behind the last */
void context_text_start(FILE *to);
void context_html_start(const char *title, FILE *to);
void context_text_end(FILE *to);
void context_html_end(FILE *to);

#endif /* CONTEXT_H */
