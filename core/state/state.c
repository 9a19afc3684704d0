// SPDX-License-Identifier: GPL-2.0-only
/*
 * state.c - a state: its property part and its execution part.
 *
 * While it is worked on a state is a struct work; at rest it is a pair of
 * interned parts, so that equality is pointer equality. What two states keep when
 * they become one is join.c's, what becomes of it in a loop age.c's.
 *
 * Memory is optimistic: a store changes its cell and no other, and a call outside
 * of the unit leaves alone what is not on the stack. What code reads twice with no store
 * between is the same value; that is what makes a condition computed again
 * correlate with itself. docs/design.md says what is missed for it.
 */
#include <stdlib.h>
#include <string.h>

#include "state.h"

/* ------------------------------------------------------------------ */
/* works                                                               */

struct work *work_new(struct engine *eng)
{
	struct work *w;

	if (eng->spare.n) {
		w = eng->spare.v[--eng->spare.n];
		w->fixed = NULL;
		return w;
	}
	w = (struct work *)arena_alloc(eng->arena, sizeof(*w));
	w->eng = eng;
	work_reserve(w, 1);	/* never NULL: its end is asked for */
	return w;
}

void work_free(struct work *w)
{
	struct work **slot = vec_push(w->eng->arena, &w->eng->spare);

	*slot = w;
}

void work_reserve(struct work *w, int n)
{
	struct bind *old = w->binds;

	if (n <= w->room)
		return;
	w->room = n * 2 + 32;
	w->binds = arena_new_array(w->eng->arena, struct bind, w->room);
	if (w->n)
		memcpy(w->binds, old, sizeof(*old) * (size_t)w->n);
}

static void load_binds(struct work *w, const struct bind *binds, int n,
		       uint64_t sites)
{
	w->n = 0;
	work_reserve(w, n);
	if (n)
		memcpy(w->binds, binds, sizeof(*binds) * (size_t)n);
	w->n = n;
	w->sites = sites;
}

struct work *work_take_binds(struct work *w, int room)
{
	struct work *taken = work_new(w->eng);
	struct bind *binds = taken->binds;
	int old_room = taken->room;

	taken->binds = w->binds;
	taken->room = w->room;
	taken->n = w->n;
	taken->sites = w->sites;
	w->binds = binds;
	w->room = old_room;
	w->n = 0;
	work_reserve(w, room);
	return taken;
}

struct work *work_copy(const struct work *w)
{
	struct work *copy = work_new(w->eng);

	load_binds(copy, w->binds, w->n, w->sites);
	prop_copy(&copy->prop, &w->prop);
	copy->trail = w->trail;
	copy->leaving = w->leaving;
	copy->lost = w->lost;
	copy->fixed = w->fixed;
	return copy;
}

void work_load(struct work *w, const struct prop *prop, const struct exec *exec,
	       const struct step *trail, unsigned int lost, const sym_t *fixed)
{
	load_binds(w, exec->binds, exec->n, exec->sites);
	prop_copy(&w->prop, prop);
	w->trail = trail;
	memset(&w->leaving, 0, sizeof(w->leaving));
	w->lost = lost;
	w->fixed = fixed;
}

void work_view(struct work *w, struct engine *eng, const struct exec *exec, const sym_t *fixed)
{
	w->eng = eng;
	w->binds = exec->binds;
	w->n = exec->n;
	w->fixed = fixed;
}

/* ------------------------------------------------------------------ */
/* the execution part                                                  */

static int lower_bound(const struct work *w, uint32_t key)
{
	const struct bind *at = w->binds;
	int n = w->n;

	/* a state is often built in the order of its keys */
	if (!n || at[n - 1].key < key)
		return n;
	/* without a branch that depends on what is found */
	while (n > 1) {
		int half = n / 2;

		at = at[half - 1].key < key ? at + half : at;
		n -= half;
	}
	return (int)(at - w->binds) + (at->key < key);
}

uint32_t work_get(const struct work *w, uint32_t key)
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

void work_set(struct work *w, uint32_t key, uint32_t val)
{
	int at = lower_bound(w, key);
	bool bound = at < w->n && w->binds[at].key == key;

	if (!val) {
		if (bound)
			remove_at(w, at);
		return;
	}
	if (!bound) {
		work_reserve(w, w->n + 1);
		memmove(&w->binds[at + 1], &w->binds[at],
			sizeof(*w->binds) * (size_t)(w->n - at));
		w->n++;
		w->binds[at].key = key;
		if (bind_space(key) == SPACE_FACT)
			sym_has_fact(w->eng, bind_id(key));
	}
	w->binds[at].val = val;
	w->sites |= bind_sites(w->eng, &w->binds[at]);
}

sym_t work_value(const struct work *w, mn_val v)
{
	if (v && w->fixed && w->fixed[v])
		return w->fixed[v];
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
		uint32_t key = w->binds[i].key;
		sym_t addr = bind_id(key);
		int64_t off;

		if (bind_space(key) == SPACE_CELL &&
		    sym_base(w->eng, addr) == base) {
			off = addr == base ? 0 : sym(w->eng, addr)->imm;
			if (bits < 0 || (off >= from && (uint64_t)off - (uint64_t)from <
						       (uint64_t)bits))
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

bool exec_equal(const struct exec *e, const struct work *w)
{
	return e->n == w->n && !memcmp(e->binds, w->binds, sizeof(*w->binds) * (size_t)w->n);
}

static uint32_t hash_binds(const struct work *w)
{
	uint64_t h = (uint64_t)w->n;

	for (int i = 0; i < w->n; i++)
		h = (h ^ w->binds[i].key ^ (uint64_t)w->binds[i].val << 32) *
		    0x9e3779b97f4a7c15ull;
	return (uint32_t)(h >> 32);
}

const struct exec *exec_intern(struct engine *eng, const struct work *w)
{
	uint32_t hash = hash_binds(w), at = hash, n;
	struct exec *e;
	const struct exec **slot;

	while ((n = table_next(&eng->exec_table, hash, &at)))
		if (exec_equal(eng->execs.v[n], w))
			return eng->execs.v[n];
	e = (struct exec *)arena_alloc(eng->arena, sizeof(*e));
	e->n = w->n;
	e->sites = w->sites;
	e->binds = arena_new_array(eng->arena, struct bind, w->n + 1);
	if (w->n)
		memcpy(e->binds, w->binds, sizeof(*w->binds) * (size_t)w->n);
	table_add(eng->arena, &eng->exec_table, hash, (uint32_t)eng->execs.n);
	slot = vec_push(eng->arena, &eng->execs);
	*slot = e;
	return e;
}

static_assert(offsetof(struct prop, items) % 4 == 0 && sizeof(struct item) % 4 == 0,
	      "hash_bytes() takes four at a time");

const struct prop *prop_intern(struct engine *eng, const struct prop *p)
{
	size_t size = offsetof(struct prop, items) + sizeof(p->items[0]) * p->n;
	uint32_t hash = hash_bytes(p, size), at = hash, n;
	struct prop *copy;
	const struct prop **slot;

	while ((n = table_next(&eng->prop_table, hash, &at)))
		if (prop_equal(eng->props.v[n], p))
			return eng->props.v[n];
	copy = (struct prop *)arena_alloc(eng->arena, size);
	prop_copy(copy, p);
	table_add(eng->arena, &eng->prop_table, hash, (uint32_t)eng->props.n);
	slot = vec_push(eng->arena, &eng->props);
	*slot = copy;
	return copy;
}
