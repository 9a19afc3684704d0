// SPDX-License-Identifier: GPL-2.0-only
/*
 * join.c - the join: what is kept when two states meet and become one.
 *
 * Which states may merge is merge.c's; what the one keeps of both is here:
 *
 *	property part	never merged: it is equal, or the states stay apart; but a region that
 *			one has used was used, and in a loop
 *			regions that were ended are remembered only if both remember them
 *			(each round may end another one). Where merge.c has no
 *			detail left, ranges that differ are not known any more, nor what
 *			each round of a loop was about, nor is
 *			what only one has learned about unseen callers
 *	a value, a cell	the same symbol in both stays; two symbols become a new one
 *			that belongs to the join and knows what both knew
 *	a fact		what both know, or one knows and the other implies
 *
 * Merging only ever forgets, and a join's symbol stays the same from round to round, so a
 * loop comes to rest.
 */
#include <string.h>

#include "state.h"

struct join {
	struct engine *eng;
	struct work *a;			/* the two, left as they are */
	struct work b;			/* .. only to be asked for its binds */
	struct work *out;
	struct work *late;		/* facts of new symbols, not in their order */
	uint64_t site;
};

/* keys come in order, and work_merge() has made room */
static void append(struct work *to, uint32_t key, uint32_t val)
{
	struct bind *b = &to->binds[to->n++];

	b->key = key;
	b->val = val;
}

static void keep(struct join *j, uint32_t key, uint32_t val)
{
	append(j->out, key, val);
}

/* @s is a symbol of this join, or made of one */
static void keep_late(struct join *j, sym_t s, struct fact f)
{
	work_reserve(j->late, j->late->n + 1);
	append(j->late, bind_key(SPACE_FACT, s), fact_number(j->eng, f));
}

/* is @s what this join made of the place @key in an earlier round? */
static bool is_own(const struct join *j, sym_t s, uint32_t key)
{
	const struct sym *x = sym(j->eng, s);

	return x->kind == SYM_BORN && (uint64_t)x->imm == j->site &&
	       (uint64_t)x->imm2 == birth_at(key);
}

static bool differ(const struct work *w, sym_t x, sym_t y)
{
	return fact_true(w, sym_op(w->eng, MN_EQ, x, y)) == NEVER;
}

/*
 * "No lock yet on one path, another one than the lock that is held on the other": neither
 * is the one that is held (testcases/looks-wrong/13-no-second-lock.c).
 */
static void join_lock(struct join *j, sym_t wide, sym_t x, sym_t y)
{
	const struct prop *p = &j->out->prop;

	for (int i = 0; i < p->n; i++) {
		sym_t held = p->items[i].a;

		if (p->items[i].kind == ITEM_LOCK && differ(j->a, x, held) &&
		    differ(&j->b, y, held))
			keep_late(j, sym_op(j->eng, MN_EQ, wide, held), fact_is(0));
	}
}

/* the symbol that stands for "x on one path, y on the other" */
static void widen(struct join *j, uint32_t key, sym_t x, sym_t y)
{
	sym_t wide = is_own(j, x, key) ? x : is_own(j, y, key) ? y :
		     sym_born(j->eng, j->site, birth_at(key));
	unsigned int fx = sym(j->eng, x)->flags | entry_flags(j->eng, x);
	unsigned int fy = sym(j->eng, y)->flags | entry_flags(j->eng, y);
	struct fact both = fact_of(j->a, x);
	unsigned int flags;

	if (fact_tells(both))
		both = fact_join(both, fact_of(&j->b, y));
	flags = fx & fy & (SYM_IS_PTL | SYM_ENTRIES | SYM_POINTER);
	if (flags)
		sym_mark(j->eng, wide, flags);
	keep(j, key, wide);
	j->out->sites |= sym(j->eng, wide)->sites;
	if (fact_tells(both))
		keep_late(j, wide, both);
	if ((fx | fy) & SYM_IS_PTL)
		join_lock(j, wide, x, y);
}

/* what is known of a new symbol, and of what bore its name before */
static void add_late_facts(struct join *j)
{
	for (int i = 0; i < j->late->n; i++) {
		const struct bind *b = &j->late->binds[i];
		uint32_t old = work_get(j->out, b->key);
		struct fact both = exec_fact(j->eng, b->val);

		if (old)
			both = fact_join(both, exec_fact(j->eng, old));
		work_set(j->out, b->key,
			 fact_tells(both) ? fact_number(j->eng, both) : 0);
	}
}

static void join_cell(struct join *j, uint32_t key, sym_t x, sym_t y)
{
	sym_t addr = bind_id(key);

	if (!x)
		x = work_read(j->a, addr);
	if (!y)
		y = work_read(&j->b, addr);
	if (x == y && x)
		keep(j, key, x);
	else
		widen(j, key, x, y);
}

/* "0 or 1" is what a truth value is without a fact, and "0 to 4096" what is masked by 4096 */
static bool is_of_any(const struct engine *eng, sym_t s, struct fact f)
{
	const struct sym *x = sym(eng, s);
	int64_t mask;

	if (f.lo || f.nonzero)
		return false;
	return f.hi == 1 || (x->kind == SYM_OP && x->op == MN_AND && sym_const_value(eng, x->b, &mask) &&
			     mask >= 0 && f.hi >= mask);
}

/* what one side knows and the other one implies: "mode == 2" is false where mode is 0 */
static void join_fact(struct join *j, uint32_t key, uint32_t x, uint32_t y)
{
	sym_t s = bind_id(key);
	struct fact both;

	both = fact_join(x ? exec_fact(j->eng, x) : fact_of_form(j->a, s),
			 y ? exec_fact(j->eng, y) : fact_of_form(&j->b, s));
	if (fact_tells(both) && !is_of_any(j->eng, s, both))
		keep(j, key, fact_number(j->eng, both));
}

/* @x and @y differ; SYM_NONE: the state has nothing there */
static void join_bind(struct join *j, uint32_t key, uint32_t x, uint32_t y)
{
	switch (bind_space(key)) {
	case SPACE_ENV:
		if (x && y)
			widen(j, key, x, y);
		break;
	case SPACE_CELL:
		join_cell(j, key, x, y);
		break;
	case SPACE_TAG:
		widen(j, key, x, y);
		break;
	default:	/* SPACE_FACT */
		join_fact(j, key, x, y);
	}
}

static bool remembers(const struct prop *p, const struct item *item)
{
	for (int i = 0; i < p->n; i++)
		if (!memcmp(&p->items[i], item, sizeof(*item)))
			return true;
	return false;
}

/* the @n-th item of the kind, or NULL */
static const struct item *nth_item(const struct prop *p, enum item_kind kind, int n)
{
	for (int i = 0; i < p->n; i++)
		if (p->items[i].kind == kind && !n--)
			return &p->items[i];
	return NULL;
}

/* a region that was used on one of the paths was used */
static void join_regions(struct prop *p, const struct prop *other)
{
	int n = 0;

	for (int i = 0; i < p->n; i++)
		if (p->items[i].kind == ITEM_REGION)
			p->items[i].flags |= nth_item(other, ITEM_REGION, n++)->flags & REGION_USED;
}

static void join_items(struct prop *p, const struct prop *other)
{
	for (int i = p->n - 1; i >= 0; i--) {
		enum item_meet meet = item_form(&p->items[i])->meet;

		if ((meet == MEET_BOTH || meet == MEET_LIST) &&
		    !remembers(other, &p->items[i]))
			prop_remove(p, &p->items[i]);
	}
}

/* how many items of its kind stand in front of the @i-th */
static int place_in_kind(const struct prop *p, int i)
{
	int n = 0;

	for (int k = 0; k < i; k++)
		n += p->items[k].kind == p->items[i].kind;
	return n;
}

/* regions that are the same but for their ranges become one whose range is not known */
static void join_ranges(struct join *j, const struct prop *other)
{
	struct prop *p = &j->out->prop;

	for (int i = 0; i < p->n; i++) {
		struct item *mine = &p->items[i];
		const struct item *its;

		if (item_form(mine)->meet != MEET_RANGE)
			continue;
		its = nth_item(other, (enum item_kind)mine->kind, place_in_kind(p, i));
		if (mine->c != its->c)
			mine->c = sym_born(j->eng, j->site, birth(BIRTH_START, (uint32_t)i));
		if (mine->d != its->d)
			mine->d = sym_born(j->eng, j->site, birth(BIRTH_END, (uint32_t)i));
	}
}

/* each round of a loop asks for another one: any of them */
static void join_rounds(struct join *j, const struct prop *other)
{
	struct prop *p = &j->out->prop;

	for (int i = 0; i < p->n; i++) {
		struct item *mine = &p->items[i];
		const struct item *its;

		if (item_form(mine)->meet != MEET_ROUND)
			continue;
		its = nth_item(other, (enum item_kind)mine->kind, place_in_kind(p, i));
		if (mine->b != its->b)
			mine->b = sym_born(j->eng, j->site, birth(BIRTH_ANY, (uint32_t)i));
		if (mine->c != its->c)
			mine->c = sym_born(j->eng, j->site, birth(BIRTH_START, (uint32_t)i));
		if (mine->d != its->d)
			mine->d = sym_born(j->eng, j->site, birth(BIRTH_END, (uint32_t)i));
		mine->e = mine->e == its->e ? mine->e : SYM_NONE;
	}
}

/* what was learned about unseen callers on one path only */
static void join_callers(struct prop *p, const struct prop *other)
{
	if (p->ptl != other->ptl)
		p->ptl = UNKNOWN;
	if (p->region != other->region)
		p->region = UNKNOWN;
	if (p->atomic != other->atomic)
		p->atomic = UNKNOWN;
	if (p->outside != other->outside)
		p->outside = OUTSIDE_UNKNOWN;
}

/* the binds that both have go by without a question: they are most */
static void join_binds(struct join *j)
{
	const struct bind *a = j->a->binds, *a_end = a + j->a->n;
	const struct bind *b = j->b.binds, *b_end = b + j->b.n;

	while (a < a_end || b < b_end) {
		struct bind *to = j->out->binds + j->out->n;
		uint32_t ka, kb, key;

		while (a < a_end && b < b_end && a->key == b->key && a->val == b->val) {
			*to++ = *a++;
			b++;
		}
		j->out->n = (int)(to - j->out->binds);
		if (a == a_end && b == b_end)
			break;
		ka = a < a_end ? a->key : BIND_NONE;
		kb = b < b_end ? b->key : BIND_NONE;
		key = ka < kb ? ka : kb;
		join_bind(j, key, ka == key ? a->val : 0, kb == key ? b->val : 0);
		a += ka == key;
		b += kb == key;
	}
}

void work_merge(struct work *w, const struct prop *other_prop,
		const struct exec *other, uint64_t site)
{
	struct join j;

	j.eng = w->eng;
	j.site = site;
	j.out = w;
	j.a = work_take_binds(w, w->n + other->n);
	j.late = work_new(w->eng);
	j.late->n = 0;
	work_view(&j.b, w->eng, other, w->fixed);
	w->sites = j.a->sites | other->sites;
	join_binds(&j);
	add_late_facts(&j);
	work_free(j.a);
	work_free(j.late);
	join_items(&w->prop, other_prop);
	join_regions(&w->prop, other_prop);
	join_ranges(&j, other_prop);
	join_rounds(&j, other_prop);
	join_callers(&w->prop, other_prop);
}
