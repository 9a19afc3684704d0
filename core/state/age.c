// SPDX-License-Identifier: GPL-2.0-only
/*
 * age.c - the widening: in a loop, a symbol of an earlier round becomes old.
 *
 * A symbol names one value. Before an instruction in a loop gives birth again,
 * the symbol of its last round is renamed to SYM_OLD wherever the state has it, so that
 * "this round's ptl" and "the last one's" stay apart; those of all rounds before
 * that share one name, and what they do not agree on is forgotten.
 */
#include <stdlib.h>

#include "state.h"

/* two locks of earlier rounds have become one name: a set holds it once */
static void prop_unite(struct prop *p)
{
	for (int i = p->n - 1; i > 0; i--)
		if (item_forms[p->items[i].kind].set &&
		    prop_find(p, (enum item_kind)p->items[i].kind, p->items[i].a) !=
		    &p->items[i])
			prop_remove(p, &p->items[i]);
}

static int by_key(const void *a, const void *b)
{
	uint32_t x = ((const struct bind *)a)->key;
	uint32_t y = ((const struct bind *)b)->key;

	return x < y ? -1 : x > y;
}

static bool map_bind(struct engine *eng, struct bind *b, sym_map_fn atom,
		     void *arg, bool keep_facts)
{
	enum space space = bind_space(b->key);
	sym_t was = bind_id(b->key), key = was;

	if (space != SPACE_ENV)
		key = sym_map(eng, was, atom, arg);
	if (!key && space != SPACE_ENV)
		return false;
	if (space == SPACE_FACT && !keep_facts && key != was)
		return false;
	b->key = space == SPACE_ENV ? b->key : bind_key(space, key);
	if (space == SPACE_FACT) {
		sym_has_fact(eng, key);
		return true;
	}
	b->val = sym_map(eng, b->val, atom, arg);
	return b->val != SYM_NONE;
}

/* cells of two earlier rounds have become one: what they do not share is forgotten */
static void unite_binds(struct work *w)
{
	int to = 0;

	for (int i = 0, next; i < w->n; i = next) {
		bool same = true;

		for (next = i + 1; next < w->n && w->binds[next].key == w->binds[i].key;
		     next++)
			same &= w->binds[next].val == w->binds[i].val;
		if (same)
			w->binds[to++] = w->binds[i];
	}
	w->n = to;
}

/* rename what was born at @sites */
static void work_map(struct work *w, uint64_t sites, sym_map_fn atom, void *arg,
		     bool keep_facts)
{
	int to = 0;
	bool sorted = true;

	for (int i = 0; i < w->n; i++) {
		struct bind b = w->binds[i];

		if (bind_sites(w->eng, &b) & sites &&
		    !map_bind(w->eng, &b, atom, arg, keep_facts))
			continue;
		sorted &= !to || w->binds[to - 1].key < b.key;
		w->binds[to++] = b;
	}
	w->n = to;
	if (!sorted) {
		qsort(w->binds, (size_t)to, sizeof(*w->binds), by_key);
		unite_binds(w);
	}
	for (int i = 0; i < w->prop.n; i++) {
		struct item *item = &w->prop.items[i];

		item->a = sym_map(w->eng, item->a, atom, arg);
		item->b = sym_map(w->eng, item->b, atom, arg);
		item->c = sym_map(w->eng, item->c, atom, arg);
		item->d = sym_map(w->eng, item->d, atom, arg);
		item->e = sym_map(w->eng, item->e, atom, arg);
	}
	prop_unite(&w->prop);
}

struct aging {
	struct work *w;
	uint64_t site;
	bool joins;		/* a join's own symbol in its own place stays */
};

static uint64_t item_sites(const struct engine *eng, const struct item *x,
			   uint64_t *olds)
{
	const sym_t in[5] = { x->a, x->b, x->c, x->d, x->e };
	uint64_t sites = 0;

	for (int i = 0; i < 5; i++) {
		sites |= sym(eng, in[i])->sites;
		*olds |= sym(eng, in[i])->olds;
	}
	return sites;
}

/* may anything in the state be born at one of @sites? Most often nothing is */
static bool has_sites(struct work *w, uint64_t sites)
{
	const struct engine *eng = w->eng;
	uint64_t olds = 0;

	for (int i = 0; i < w->prop.n; i++)
		if (item_sites(eng, &w->prop.items[i], &olds) & sites)
			return true;
	if (!(w->sites & sites))
		return false;
	for (int i = 0; i < w->n; i++)
		if (bind_sites(eng, &w->binds[i]) & sites)
			return true;
	w->sites &= ~sites;
	return false;
}

/* the sites of all that is old in the state */
static uint64_t all_olds(const struct work *w)
{
	const struct engine *eng = w->eng;
	uint64_t olds = 0;

	for (int i = 0; i < w->n; i++) {
		enum space space = bind_space(w->binds[i].key);
		const struct sym *key = sym(eng, space == SPACE_ENV ? SYM_NONE :
						 bind_id(w->binds[i].key));
		const struct sym *val = sym(eng, space == SPACE_FACT ? SYM_NONE :
						 w->binds[i].val);

		olds |= key->olds | val->olds;
	}
	for (int i = 0; i < w->prop.n; i++)
		item_sites(eng, &w->prop.items[i], &olds);
	return olds;
}

static bool age_atom(void *arg, sym_t s, sym_t *to)
{
	const struct aging *aging = (const struct aging *)arg;
	struct engine *eng = aging->w->eng;
	const struct sym *x = sym(eng, s);

	if (!(x->sites & sym_site_bit(aging->site))) {
		*to = s;
		return true;
	}
	if (x->kind != SYM_BORN)
		return false;
	*to = s;
	if ((uint64_t)x->imm != aging->site)
		return true;
	/* joins: imm2 is the key that the join bound to this symbol */
	if (aging->joins && work_get(aging->w, birth_place((uint64_t)x->imm2)) == s)
		return true;
	*to = sym_old(eng, s);
	return true;
}

void work_age(struct work *w, uint64_t site, bool joins)
{
	struct aging aging;
	uint64_t bit = sym_site_bit(site);
	struct work *before;
	bool keep_facts;

	if (!has_sites(w, bit))
		return;
	before = work_copy(w);
	aging.w = before;
	aging.site = site;
	aging.joins = joins;
	/* unless one name would stand for two earlier rounds, facts stay true */
	keep_facts = !(all_olds(w) & bit);
	work_map(w, bit, age_atom, &aging, keep_facts);
	work_free(before);
}
