/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * linking.h - what the files of this room share; no other file includes it.
 */
#ifndef LINKING_H
#define LINKING_H

#include "link.h"

/* one unit of the program */
struct member {
	const char *path;		/* of its file of facts */
	const char *text;		/* mapped; touched where a body is read only */
	size_t size;
	struct mn_unit *unit;		/* heads only, some of which other units have as well */
	struct scope *scope;		/* its names -> those of the whole */
	int first;			/* of its functions among the symbols */
};

/* a definition of a function */
struct symbol {
	struct mn_func *func;		/* that of all definitions which are the same text */
	unsigned int flags;		/* as its unit gives them, and where it stores it */
	const struct stored_in *stored;
	int nstored;
	struct member *member;
	int next;			/* definition of the same name; -1: none */
	int kind;			/* of functions that are the same text and call the same, from 1 */
	const char *as;			/* its name in the whole */
	bool dropped;			/* another one is taken for it */
};

/* all definitions of a name */
struct name {
	const char *name;
	int first, last;
};

/* the roots of one file, and what they can come to */
struct part {
	const struct member *member;
	MN_VEC(int) funcs;		/* by their index in the whole: first those of the file .. */
	int own;			/* .. so many */
	struct key key;			/* of all but bodies: with those that were read the same, the answer is */
	const char *said;		/* reads.c, then said.c; NULL: not yet */
	size_t size;
	unsigned int steps;		/* that it took to judge it, now or last time; 0: not known */
};

/* what parts need to know of a function of the whole, by its index */
struct linked_func {
	struct member *member;		/* whose body it has .. */
	const struct member *text;	/* .. and the first one whose body is that text */
	MN_VEC(int) to;			/* what it may enter */
	struct key head, body;		/* what is in its head, and in its body with its place and what it names */
	bool known;			/* .. which was asked */
	const struct part *part;	/* the last one that took it up */
};

struct mn_link {
	struct mn_unit *whole;
	struct mn_arena *arena;		/* of the whole, and of its units */
	MN_VEC(struct member) members;
	MN_VEC(struct symbol) symbols;	/* in the order of the units and of their functions */
	MN_VEC(struct name) names;	/* in the order in which they come; [0] is none */
	struct table by_name;
	lines_t conflicts;
	MN_VEC(struct linked_func) funcs;	/* by the function's index in the whole */
	MN_VEC(struct part *) parts;	/* in the order of the units */
	MN_VEC(const struct mn_finding *) alone, withdrawn;
	unsigned int bodies;
	int judged;			/* parts that were judged in this run */
	const char *cache;		/* the file's name; NULL: there is none */
};

/* symbols.c */
void link_symbols(struct mn_link *link);
/* through.c: a function calls those that its calls through pointers may be of */
void link_through(struct mn_unit *whole);
/* units.c: the definition in @member that a call of @name from there would enter, or NULL */
const struct symbol *link_own_symbol(const struct mn_link *link, const struct member *member,
				     const char *name);
/* .. say what is wrong with the facts of @member, as reading them would */
void link_damaged(const struct member *member, int line, const char *what, char *err, size_t size);
/* whole.c: the body of @func, which may be damaged. Return: 0, or -EINVAL with @err set */
int link_read_body(struct mn_func *func, const struct linked_func *linked, char *err, size_t size);
/* fold.c: give each definition its kind */
void link_fold(struct mn_link *link);
/* are they the same text at the same place? */
bool link_same_text(const struct symbol *x, const struct symbol *y);

/* parts.c: which parts there are */
void link_parts(struct mn_link *link);

/* part_key.c: more of what a key stands for: where something is; what the head of @func and the plan say, but not where; @table; a finding of a unit */
void key_place(struct key *key, struct mn_loc loc);
void key_func(struct key *key, const struct mn_func *func);
void key_table(struct key *key, const struct mn_table *table);
void key_finding(struct key *key, const struct mn_finding *f);
/* .. what is the same for all parts */
void key_whole(struct key *key, const struct mn_unit *whole);

/* cache.c: is @path a file, or nothing yet? What else is there may be read for ever */
bool cache_is_file(const char *path);
/* .. what parts said at another time, in DIR; false: it cannot be written, with errno set */
void cache_read(struct mn_link *link);
bool cache_write(const struct mn_link *link);

/* reads.c: the functions, by their index in the part, whose bodies were read; in front of what it says */
struct reads {
	int *v;
	int n, room;
};

void reads_write(const struct mn_link *link, const struct part *part, const struct reads *reads, FILE *to);
/* .. are those bodies still the same? What stands behind them */
bool reads_hold(const struct mn_link *link, const struct part *part, const char *said);
const char *reads_skip(const char *said);

/* said.c: what a unit says after it was checked, or @error, as bytes, and back into another unit */
void said_write(const struct mn_unit *unit, const char *error, FILE *to);
const char *said_read(struct mn_unit *unit, const char *said);

#endif /* LINKING_H */
