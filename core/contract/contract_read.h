/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * contract_read.h - the inside of struct mn_contract, and how its text is read.
 *
 * The files of this room and mn-contract, which prints all of it, include this. Everybody
 * else asks through the functions of contract.h.
 */
#ifndef CONTRACT_READ_H
#define CONTRACT_READ_H

#include "contract.h"

/* a member of a structure that some row speaks of */
struct cell {
	const char *type, *member;
	bool lock;		/* it is one, not what some row reads or writes */
};

/* all rows of one name: a slot of an open-addressed hash table */
struct named {
	const char *name;	/* NULL: free */
	int first;		/* index of its first row */
};

struct index {
	struct named *slots;
	unsigned int mask;	/* number of slots - 1 */
	int *next;		/* next[i]: next row of the same name, -1: none */
};

struct mn_contract {
	struct mn_arena *arena;
	uint64_t key;		/* of all texts that were read: another text, another number */
	MN_VEC(struct row) rows;
	MN_VEC(struct callback) callbacks;
	MN_VEC(struct walk_row) walks;
	MN_VEC(struct lockcell) locks;
	MN_VEC(struct excuse) excuses;
	MN_VEC(struct era) eras;
	MN_VEC(struct cell) cells;
	MN_VEC(const char *) ranges;	/* the structures that regions are started in */

	/* contract_index() makes these from the rows */
	struct index functions;	/* of rows */
	struct index types;	/* of callbacks */
	struct index walkers;	/* of walks */
};

/* an empty contract whose strings live in @arena */
struct mn_contract *contract_in(struct mn_arena *arena);
/* call after rows or locks were added and before any look-up */
void contract_index(struct mn_contract *contract);
/* the rows of @name: first index, -1 if there is none; then contract->functions.next[] */
int contract_first(const struct mn_contract *contract, const char *name);

/* ------------------------------------------------------------------ */
/* reading a text                                                      */

#define COLUMNS 4

struct cursor;

struct reader {
	struct mn_contract *into;
	struct mn_arena *arena;
	const char *file;
	const char *begin;		/* of the line */
	int line;
	int (*read)(struct reader *r, struct cursor *col);	/* of the section */
	MN_VEC(struct effect) effects;	/* of the row that is being read */
	char *err;
	size_t size;
};

/* a part of the line that is being read: between @p and @end */
struct cursor {
	struct reader *r;
	const char *p, *end;
};

/* contract_words.c; what returns int is 0, or -EINVAL with the error reported */
int reader_fail(struct reader *r, const char *at, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
bool char_blank(char c);
bool char_digit(char c);
void cursor_skip(struct cursor *c);		/* blanks */
bool cursor_at_end(struct cursor *c);
int cursor_rest(const struct cursor *c);	/* length of what is next, for messages */
bool cursor_char(struct cursor *c, char want);
bool cursor_word(struct cursor *c, const char *word);
int cursor_one_of(struct cursor *c, const char *const *words, int from, int n);
const char *cursor_name(struct cursor *c);	/* interned, NULL: none */
int cursor_number(struct cursor *c);		/* -1: none */
const char *cursor_until(struct cursor *c, char stop);	/* without blanks around it */
const char *cursor_text(struct cursor *c);	/* the rest, likewise */
int cursor_end(struct cursor *c, const char *after);
int cursor_empty(struct cursor *c);
int read_nargs(struct cursor *c, int *nargs);
int read_name(struct cursor *c, const char **name, int *nargs);
int read_kernels(struct cursor *c, struct kernels *kernels);

/* contract_effects.c */
extern const char *const context_words[CONTEXT_COUNT];
extern const char *const level_words[LEVEL_PUD + 1];
int read_effects(struct cursor *c, struct row *row);
int read_object(struct cursor *c, int nargs, struct object *o);

/* contract_rows.c: one row of a section, from its COLUMNS columns */
int read_function(struct reader *r, struct cursor *col);
int read_callback(struct reader *r, struct cursor *col);
int read_walk(struct reader *r, struct cursor *col);
int read_lock(struct reader *r, struct cursor *col);
int read_excuse(struct reader *r, struct cursor *col);
int read_era(struct reader *r, struct cursor *col);

#endif /* CONTRACT_READ_H */
