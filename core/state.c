// SPDX-License-Identifier: GPL-2.0-only
/*
 * state.c - a state: its property part, its execution part, and what may merge.
 *
 * While it is worked on a state is a struct work; at rest it is a pair of
 * interned parts, so that equality is pointer equality. What two states keep when
 * they become one is join.c's.
 *
 * Memory is optimistic: a store changes its cell and no other, and a call outside
 * of the unit leaves alone what is not on the stack. What code reads twice with no store
 * between is the same value; that is what makes a condition computed again
 * correlate with itself. docs/design.md says what is missed for it.
 */
#include <stdlib.h>
#include <string.h>

#include "engine.h"

/* ------------------------------------------------------------------ */
/* works                                                               */

struct work *work_new(struct engine *eng)
{
	struct work *w;

	if (eng->spare.n)
		return eng->spare.v[--eng->spare.n];
	w = (struct work *)arena_alloc(eng->arena, sizeof(*w));
	w->eng = eng;
	return w;
}

void work_free(struct work *w)
{
	struct work **slot = vec_push(w->eng->arena, &w->eng->spare);

	*slot = w;
}

static void reserve(struct work *w, int n)
{
	struct bind *old = w->binds;

	if (n <= w->room)
		return;
	w->room = n * 2 + 32;
	w->binds = arena_new_array(w->eng->arena, struct bind, w->room);
	if (w->n)
		memcpy(w->binds, old, sizeof(*old) * (size_t)w->n);
}

static void load_binds(struct work *w, const struct bind *binds, int n)
{
	w->n = 0;
	reserve(w, n);
	if (n)
		memcpy(w->binds, binds, sizeof(*binds) * (size_t)n);
	w->n = n;
}

struct work *work_copy(const struct work *w)
{
	struct work *copy = work_new(w->eng);

	load_binds(copy, w->binds, w->n);
	copy->prop = w->prop;
	copy->trail = w->trail;
	copy->leaving = w->leaving;
	return copy;
}

void work_load(struct work *w, const struct prop *prop, const struct exec *exec,
	       const struct step *trail)
{
	load_binds(w, exec->binds, exec->n);
	w->prop = *prop;
	w->trail = trail;
	memset(&w->leaving, 0, sizeof(w->leaving));
}

/* ------------------------------------------------------------------ */
/* the execution part                                                  */

static int lower_bound(const struct work *w, uint64_t key)
{
	int lo = 0, hi = w->n;

	/* a state is often built in the order of its keys */
	if (!hi || w->binds[hi - 1].key < key)
		return hi;
	while (lo < hi) {
		int mid = (lo + hi) / 2;

		if (w->binds[mid].key < key)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

uint32_t work_get(const struct work *w, uint64_t key)
{
	int at = lower_bound(w, key);

	return at < w->n && w->binds[at].key == key ? w->binds[at].val : 0;
}

static void remove_at(struct work *w, int at)
{
	w->n--;
	memmove(&w->binds[at], &w->binds[at + 1],
		sizeof(*w->binds) * (size_t)(w->n - at));
}

void work_set(struct work *w, uint64_t key, uint32_t val)
{
	int at = lower_bound(w, key);
	bool bound = at < w->n && w->binds[at].key == key;

	if (!val) {
		if (bound)
			remove_at(w, at);
		return;
	}
	if (!bound) {
		reserve(w, w->n + 1);
		memmove(&w->binds[at + 1], &w->binds[at],
			sizeof(*w->binds) * (size_t)(w->n - at));
		w->n++;
		w->binds[at].key = key;
	}
	w->binds[at].val = val;
}

sym_t work_value(const struct work *w, mn_val v)
{
	return v ? work_get(w, bind_key(SPACE_ENV, v)) : SYM_NONE;
}

sym_t work_read(struct work *w, sym_t addr)
{
	sym_t cell, base;

	if (!addr)
		return SYM_NONE;
	cell = work_get(w, bind_key(SPACE_CELL, addr));
	if (cell)
		return cell;
	base = sym_base(w->eng, addr);
	return sym_content(w->eng, addr, work_get(w, bind_key(SPACE_TAG, base)));
}

void work_write(struct work *w, sym_t addr, sym_t value)
{
	if (addr)
		work_set(w, bind_key(SPACE_CELL, addr), value);
}

/* unbind the cells of @base in @bits bits from @from; a negative @bits: all */
static void unbind_cells(struct work *w, sym_t base, int64_t from, int64_t bits)
{
	int to = 0;

	for (int i = 0; i < w->n; i++) {
		uint64_t key = w->binds[i].key;
		sym_t addr = (sym_t)key;
		int64_t off;

		if (bind_space(key) == SPACE_CELL &&
		    sym_base(w->eng, addr) == base) {
			off = addr == base ? 0 : sym(w->eng, addr)->imm;
			if (bits < 0 || (off >= from && off < from + bits))
				continue;
		}
		w->binds[to++] = w->binds[i];
	}
	w->n = to;
}

void work_forget(struct work *w, sym_t base, sym_t tag)
{
	if (!base)
		return;
	unbind_cells(w, base, 0, -1);
	work_set(w, bind_key(SPACE_TAG, base), tag);
}

void work_wipe(struct work *w, sym_t addr, int64_t bits, uint64_t site, bool zero)
{
	sym_t base = sym_base(w->eng, addr);
	int64_t from = addr == base ? 0 : sym(w->eng, addr)->imm;

	if (!addr)
		return;
	if (addr == base && zero && sym(w->eng, base)->kind == SYM_LOCAL) {
		work_forget(w, base, sym_const(w->eng, 0));
		return;
	}
	unbind_cells(w, base, from, bits);
	/* the rest of the object is forgotten too: tags are of whole objects */
	work_set(w, bind_key(SPACE_TAG, base), sym_born(w->eng, site, addr));
}

bool work_known_object(const struct work *w, sym_t base)
{
	if (work_get(w, bind_key(SPACE_TAG, base)))
		return true;
	for (int i = 0; i < w->n; i++)
		if (bind_space(w->binds[i].key) == SPACE_CELL &&
		    sym_base(w->eng, (sym_t)w->binds[i].key) == base)
			return true;
	return false;
}

/* two locks of earlier rounds have become one name: a set holds it once */
static void prop_unite(struct prop *p)
{
	for (int i = p->n - 1; i > 0; i--)
		if (p->items[i].kind != ITEM_REGION && p->items[i].kind != ITEM_ENDED &&
		    prop_find(p, (enum item_kind)p->items[i].kind, p->items[i].a) !=
		    &p->items[i])
			prop_remove(p, &p->items[i]);
}

/* ------------------------------------------------------------------ */
/* renaming                                                            */

static int by_key(const void *a, const void *b)
{
	uint64_t x = ((const struct bind *)a)->key;
	uint64_t y = ((const struct bind *)b)->key;

	return x < y ? -1 : x > y;
}

static bool map_bind(struct engine *eng, struct bind *b, sym_map_fn atom,
		     void *arg, bool keep_facts)
{
	enum space space = bind_space(b->key);
	sym_t was = (sym_t)b->key, key = was;

	if (space != SPACE_ENV)
		key = sym_map(eng, was, atom, arg);
	if (!key && space != SPACE_ENV)
		return false;
	if (space == SPACE_FACT && !keep_facts && key != was)
		return false;
	b->key = space == SPACE_ENV ? b->key : bind_key(space, key);
	if (space == SPACE_FACT)
		return true;
	b->val = sym_map(eng, b->val, atom, arg);
	return b->val != SYM_NONE;
}

/* the sites of what was born in a bind's key and value */
static uint64_t bind_sites(const struct engine *eng, const struct bind *b)
{
	enum space space = bind_space(b->key);
	uint64_t sites = 0;

	if (space != SPACE_ENV)
		sites |= sym(eng, (sym_t)b->key)->sites;
	if (space != SPACE_FACT)
		sites |= sym(eng, b->val)->sites;
	return sites;
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
	if (!sorted)
		qsort(w->binds, (size_t)to, sizeof(*w->binds), by_key);
	for (int i = 0; i < w->prop.n; i++) {
		struct item *item = &w->prop.items[i];

		item->a = sym_map(w->eng, item->a, atom, arg);
		item->b = sym_map(w->eng, item->b, atom, arg);
		item->c = sym_map(w->eng, item->c, atom, arg);
		item->d = sym_map(w->eng, item->d, atom, arg);
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
	const sym_t in[4] = { x->a, x->b, x->c, x->d };
	uint64_t sites = 0;

	for (int i = 0; i < 4; i++) {
		sites |= sym(eng, in[i])->sites;
		*olds |= sym(eng, in[i])->olds;
	}
	return sites;
}

/* the sites of all that is born, and of all that is old, in the state */
static uint64_t all_sites(const struct work *w, uint64_t *olds)
{
	const struct engine *eng = w->eng;
	uint64_t sites = 0;

	*olds = 0;
	for (int i = 0; i < w->n; i++) {
		enum space space = bind_space(w->binds[i].key);
		const struct sym *key = sym(eng, space == SPACE_ENV ? SYM_NONE :
						 (sym_t)w->binds[i].key);
		const struct sym *val = sym(eng, space == SPACE_FACT ? SYM_NONE :
						 w->binds[i].val);

		sites |= key->sites | val->sites;
		*olds |= key->olds | val->olds;
	}
	for (int i = 0; i < w->prop.n; i++)
		sites |= item_sites(eng, &w->prop.items[i], olds);
	return sites;
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
	if (aging->joins && work_get(aging->w, (uint64_t)x->imm2) == s)
		return true;
	*to = sym_old(eng, s);
	return true;
}

void work_age(struct work *w, uint64_t site, bool joins)
{
	struct aging aging;
	struct work *before;
	uint64_t olds;

	if (!(all_sites(w, &olds) & sym_site_bit(site)))
		return;
	before = work_copy(w);
	aging.w = before;
	aging.site = site;
	aging.joins = joins;
	/* unless one name would stand for two earlier rounds, facts stay true */
	work_map(w, sym_site_bit(site), age_atom, &aging, !(olds & sym_site_bit(site)));
	work_free(before);
}

/* ------------------------------------------------------------------ */
/* the property part                                                   */

static const int item_limit[] = {
	8,			/* ITEM_LOCK */
	4,			/* ITEM_REGION */
	2,			/* ITEM_ENDED */
	6,			/* ITEM_INIT */
	1,			/* ITEM_LEVEL */
};

struct item *prop_find(struct prop *p, enum item_kind kind, sym_t a)
{
	for (int i = 0; i < p->n; i++)
		if (p->items[i].kind == kind && p->items[i].a == a)
			return &p->items[i];
	return NULL;
}

void prop_remove(struct prop *p, struct item *item)
{
	int at = (int)(item - p->items);

	p->n--;
	memmove(item, item + 1, sizeof(*item) * (size_t)(p->n - at));
	memset(&p->items[p->n], 0, sizeof(*item));
}

/* the oldest one goes, and nothing is concluded from its absence */
static void make_room(struct prop *p, enum item_kind kind)
{
	struct item *oldest = NULL;
	int n = 0;

	for (int i = 0; i < p->n; i++) {
		if (p->items[i].kind != kind)
			continue;
		if (!oldest)
			oldest = &p->items[i];
		n++;
	}
	if (n < item_limit[kind])
		return;
	prop_remove(p, oldest);
	if (kind == ITEM_LOCK)
		p->ptl = p->atomic = UNKNOWN;
	if (kind == ITEM_REGION)
		p->region = UNKNOWN;
}

struct item *prop_add(struct work *w, enum item_kind kind, unsigned int flags,
		      sym_t a)
{
	struct prop *p = &w->prop;
	/* a set is kept sorted, a history in its order */
	bool set = kind == ITEM_LOCK || kind == ITEM_INIT;
	int at;

	make_room(p, kind);
	for (at = 0; at < p->n; at++)
		if (p->items[at].kind > kind ||
		    (set && p->items[at].kind == kind && p->items[at].a > a))
			break;
	memmove(&p->items[at + 1], &p->items[at],
		sizeof(p->items[0]) * (size_t)(p->n - at));
	p->n++;
	memset(&p->items[at], 0, sizeof(p->items[0]));
	p->items[at].kind = (uint16_t)kind;
	p->items[at].flags = (uint16_t)flags;
	p->items[at].a = a;
	return &p->items[at];
}

const struct item *prop_region_open(const struct prop *p)
{
	for (int i = 0; i < p->n; i++)
		if (p->items[i].kind == ITEM_REGION)
			return &p->items[i];
	return NULL;
}

bool prop_ptl_held(const struct prop *p)
{
	if (p->ptl == PRESENT)
		return true;
	for (int i = 0; i < p->n; i++)
		if (p->items[i].kind == ITEM_LOCK &&
		    p->items[i].flags != LOCK_SPIN)
			return true;
	return false;
}

/* ------------------------------------------------------------------ */
/* interning                                                           */

uint32_t fact_number(struct engine *eng, struct fact f)
{
	int64_t key[3] = { f.lo, f.hi, f.nonzero };
	uint32_t hash = hash_bytes(key, sizeof(key)), at = hash, n;
	struct fact *slot;

	while ((n = table_next(&eng->fact_table, hash, &at)))
		if (fact_equal(eng->facts.v[n], f))
			return n;
	n = (uint32_t)eng->facts.n;
	table_add(eng->arena, &eng->fact_table, hash, n);
	slot = vec_push(eng->arena, &eng->facts);
	*slot = f;
	return n;
}

static bool same_binds(const struct exec *e, const struct work *w)
{
	if (e->n != w->n)
		return false;
	for (int i = 0; i < w->n; i++)
		if (e->binds[i].key != w->binds[i].key ||
		    e->binds[i].val != w->binds[i].val)
			return false;
	return true;
}

static uint32_t hash_binds(const struct work *w)
{
	uint64_t h = (uint64_t)w->n;

	for (int i = 0; i < w->n; i++)
		h = (h ^ w->binds[i].key ^ (uint64_t)w->binds[i].val << 40) *
		    0x9e3779b97f4a7c15ull;
	return (uint32_t)(h >> 32);
}

const struct exec *exec_intern(struct engine *eng, const struct work *w)
{
	uint32_t hash = hash_binds(w), at = hash, n;
	struct exec *e;
	const struct exec **slot;

	while ((n = table_next(&eng->exec_table, hash, &at)))
		if (same_binds(eng->execs.v[n], w))
			return eng->execs.v[n];
	e = (struct exec *)arena_alloc(eng->arena, sizeof(*e));
	e->n = w->n;
	e->binds = arena_new_array(eng->arena, struct bind, w->n + 1);
	if (w->n)
		memcpy(e->binds, w->binds, sizeof(*w->binds) * (size_t)w->n);
	table_add(eng->arena, &eng->exec_table, hash, (uint32_t)eng->execs.n);
	slot = vec_push(eng->arena, &eng->execs);
	*slot = e;
	return e;
}

static size_t prop_size(const struct prop *p)
{
	return offsetof(struct prop, items) + sizeof(p->items[0]) * p->n;
}

const struct prop *prop_intern(struct engine *eng, const struct prop *p)
{
	size_t size = prop_size(p);
	uint32_t hash = hash_bytes(p, size), at = hash, n;
	struct prop *copy;
	const struct prop **slot;

	while ((n = table_next(&eng->prop_table, hash, &at)))
		if (prop_size(eng->props.v[n]) == size &&
		    !memcmp(eng->props.v[n], p, size))
			return eng->props.v[n];
	copy = (struct prop *)arena_alloc(eng->arena, sizeof(*copy));
	memcpy(copy, p, size);
	table_add(eng->arena, &eng->prop_table, hash, (uint32_t)eng->props.n);
	slot = vec_push(eng->arena, &eng->props);
	*slot = copy;
	return copy;
}

const struct prop *prop_key(struct engine *eng, const struct prop *p)
{
	struct prop key = *p;

	for (int i = key.n - 1; i >= 0; i--)
		if (key.items[i].kind == ITEM_ENDED)
			prop_remove(&key, &key.items[i]);
	return prop_intern(eng, &key);
}
