// SPDX-License-Identifier: GPL-2.0-only
/*
 * join.c - what is kept when two states meet and become one.
 *
 * This is the only place that says so:
 *
 *	property part	never merged: it is equal, or the states stay apart; but regions
 *			that were ended are remembered only if both remember them
 *			(each round of a loop may end another one)
 *	a value, a cell	the same symbol in both stays; two symbols become a new one
 *			that belongs to the join and knows what both knew
 *	a fact		what both know
 *
 * Merging only ever forgets, and a join's symbol stays the same from round to round, so a
 * loop comes to rest.
 */
#include <string.h>

#include "engine.h"

struct join {
	struct engine *eng;
	struct work *a, *b;		/* the two, left as they are */
	struct work *out;
	uint64_t site;
};

static void keep(struct join *j, uint64_t key, uint32_t val)
{
	/* keys come in order: this appends */
	work_set(j->out, key, val);
}

/* the symbol that stands for "x on one path, y on the other" */
static void widen(struct join *j, uint64_t key, sym_t x, sym_t y)
{
	sym_t wide = sym_born(j->eng, j->site, key);
	struct fact both = fact_join(fact_of(j->a, x), fact_of(j->b, y));
	unsigned int ptl = sym(j->eng, x)->flags & sym(j->eng, y)->flags & SYM_IS_PTL;

	sym_mark(j->eng, wide, ptl);
	keep(j, key, wide);
	if (fact_tells(both))
		work_set(j->out, bind_key(SPACE_FACT, wide),
			 fact_number(j->eng, both));
}

static void join_cell(struct join *j, uint64_t key, sym_t x, sym_t y)
{
	sym_t addr = (sym_t)key;

	if (!x)
		x = work_read(j->a, addr);
	if (!y)
		y = work_read(j->b, addr);
	if (x == y && x)
		keep(j, key, x);
	else
		widen(j, key, x, y);
}

/* known on one side only, or not knowing anything together: dropped */
static void join_fact(struct join *j, uint64_t key, uint32_t x, uint32_t y)
{
	struct fact both;

	if (!x || !y)
		return;
	if (x == y) {
		keep(j, key, x);
		return;
	}
	both = fact_join(exec_fact(j->eng, x), exec_fact(j->eng, y));
	/* "0 or 1" is what a truth value is without a fact */
	if (fact_tells(both) && (both.lo != 0 || both.hi != 1))
		keep(j, key, fact_number(j->eng, both));
}

static void join_bind(struct join *j, uint64_t key, uint32_t x, uint32_t y)
{
	switch (bind_space(key)) {
	case SPACE_ENV:
		if (x && x == y)
			keep(j, key, x);
		else if (x && y)
			widen(j, key, x, y);
		break;
	case SPACE_CELL:
		join_cell(j, key, x, y);
		break;
	case SPACE_TAG:
		if (x == y)
			keep(j, key, x);
		else
			widen(j, key, x, y);
		break;
	case SPACE_FACT:
		join_fact(j, key, x, y);
		break;
	}
}

static bool remembers(const struct prop *p, const struct item *ended)
{
	for (int i = 0; i < p->n; i++)
		if (!memcmp(&p->items[i], ended, sizeof(*ended)))
			return true;
	return false;
}

static void join_ended(struct prop *p, const struct prop *other)
{
	for (int i = p->n - 1; i >= 0; i--)
		if (p->items[i].kind == ITEM_ENDED &&
		    !remembers(other, &p->items[i]))
			prop_remove(p, &p->items[i]);
}

void work_merge(struct work *w, const struct prop *other_prop,
		const struct exec *other, uint64_t site)
{
	struct join j;
	int ia = 0, ib = 0;

	j.eng = w->eng;
	j.site = site;
	j.out = w;
	j.a = work_copy(w);
	j.b = work_new(w->eng);
	work_load(j.b, &w->prop, other, w->trail);
	w->n = 0;
	while (ia < j.a->n || ib < j.b->n) {
		uint64_t ka = ia < j.a->n ? j.a->binds[ia].key : UINT64_MAX;
		uint64_t kb = ib < j.b->n ? j.b->binds[ib].key : UINT64_MAX;
		uint64_t key = ka < kb ? ka : kb;

		join_bind(&j, key, ka == key ? j.a->binds[ia].val : 0,
			  kb == key ? j.b->binds[ib].val : 0);
		ia += ka == key;
		ib += kb == key;
	}
	work_free(j.a);
	work_free(j.b);
	join_ended(&w->prop, other_prop);
}
