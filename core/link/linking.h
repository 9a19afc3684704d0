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
	const char *text;
	struct mn_unit *unit;		/* heads only */
	struct scope *scope;		/* its names -> those of the whole */
	int first;			/* of its functions among the symbols */
};

/* a definition of a function */
struct symbol {
	struct mn_func *func;
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

struct mn_link {
	struct mn_arena *arena;
	MN_VEC(struct member) members;
	MN_VEC(struct symbol) symbols;	/* in the order of the units and of their functions */
	MN_VEC(struct name) names;	/* in the order in which they come; [0] is none */
	struct table by_name;
	lines_t conflicts;
	struct mn_unit *whole;
	MN_VEC(struct member *) owners;	/* by the function's index in the whole */
	MN_VEC(const struct mn_finding *) alone, withdrawn;
	unsigned int bodies;
};

/* symbols.c */
void link_symbols(struct mn_link *link);
/* units.c: the definition in @member that a call of @name from there would enter, or NULL */
const struct symbol *link_own_symbol(const struct mn_link *link, const struct member *member,
				     const char *name);
/* fold.c: give each definition its kind */
void link_fold(struct mn_link *link);
/* are they the same text at the same place? */
bool link_same_text(const struct symbol *x, const struct symbol *y);

#endif /* LINKING_H */
