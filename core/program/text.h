/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * text.h - what the files of the text form share; no other file includes it.
 *
 * text_words.c knows how a name, a number and a place are spelled, text_read.c and
 * text_write.c the lines, text_table.c one kind of line both ways, and text_heads.c what was read before.
 */
#ifndef TEXT_H
#define TEXT_H

#include "program.h"

struct reader {
	struct mn_unit *unit;
	struct mn_table *table;		/* NULL before the first one */
	struct mn_func *func;		/* NULL before the first one */
	int block;			/* -1 before the first one */
	const char *file, *line, *p;
	int number;			/* of the line */
	char *err;
	size_t size;
	bool failed;
	struct heads *heads;		/* bodies are left where they are; NULL: they are read */
	struct key text;		/* of the function, if so, and where it ends */
	const char *end;
	int end_number;
	bool near;			/* a place that is not written is the one before .. */
	struct mn_loc last;		/* .. which is this one */
	const struct scope *scope;	/* of the names in a body; NULL: they are the program's */
	const char *taken;		/* the function that lines are about; NULL: it is func */
	struct mn_finding *found;	/* NULL before the first one */
};

/* text_heads.c: was the function at this line read in these words before? else it is from now on */
bool heads_known(struct reader *r);
void heads_add(struct reader *r);
/* .. a body, which stays where it is, up to its last line */
void heads_leave_body(struct reader *r);
bool text_in_body(const char *line);

void text_fail(struct reader *r, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
void text_skip(struct reader *r);			/* blanks */
bool text_at_end(struct reader *r);			/* of the line */
bool text_eat(struct reader *r, char c);
void text_expect(struct reader *r, char c, const char *where);
bool text_at_word(struct reader *r, const char *word);
bool text_eat_word(struct reader *r, const char *word);
const char *text_intern(struct reader *r, const char *text, size_t len);
const char *text_get_quoted(struct reader *r);
const char *text_get_name(struct reader *r, const char *of);
int64_t text_get_number(struct reader *r, const char *what, int64_t lo,
			int64_t hi);
/* what may stand at the end of a line; by default the line itself is the place */
struct mn_loc text_get_place(struct reader *r);

void text_put_quoted(const char *text, FILE *to);
void text_put_name(const char *name, FILE *to);
void text_put_place(struct mn_loc loc, FILE *to);

struct writer {
	FILE *to;
	bool near;		/* see struct reader */
	struct mn_loc last;
};

/* text_write.c: parts of a unit */
void text_write_head(const struct mn_func *func, FILE *to);
void text_write_blocks(const struct mn_func *func, struct writer *w);
void text_write_member(const struct mn_unit *unit, const struct stored_in *stored, FILE *to);
void text_write_names(const struct mn_unit *unit, FILE *to);

/* facts_text.c: lines that only a file of facts has; false: this is none of them */
bool facts_read_line(struct reader *r);

void text_read_table(struct reader *r);
void text_read_member(struct reader *r);
void text_write_table(const struct mn_table *table, FILE *to);

#endif /* TEXT_H */
