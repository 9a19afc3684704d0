// SPDX-License-Identifier: GPL-2.0-only
/*
 * range_arithmetic.c - a callback that computes with the range it is called for, and not as the range is meant.
 *
 * A range is [start, end): it has end - start bytes, and end - 1 is the last of them. The range of all
 * addresses is [0, -1UL), whose end is no multiple of a page's size; to round it up gives 0, and the callback
 * invalidates nothing. The bounds of an area are those of the moment: a callback that keeps a pointer to one has a
 * range that the area may have left. All that is seen in the symbolic values: what is computed is an expression of
 * the range's bounds, whatever variables and helpers it came through.
 */
#include "judging.h"

/* @s as ends * end + starts * start + other + k */
struct sum {
	int ends, starts;
	sym_t other;			/* SYM_NONE: nothing else */
	bool many;			/* more than one other, or it is subtracted */
	int64_t k;
};

/* the bounds as they are counted: in bytes, or in pages of a shift or a divisor */
struct unit_of {
	sym_t end, start;
	enum mn_op op;			/* MN_SHR, MN_DIV; MN_OP_COUNT: bytes */
	sym_t by;
};

static const struct item *bounds_item(const struct work *w)
{
	for (int i = 0; i < w->prop.n; i++)
		if (w->prop.items[i].kind == ITEM_BOUNDS)
			return &w->prop.items[i];
	return NULL;
}

static void add_sum(const struct engine *eng, sym_t s, int sign, const struct unit_of *u, struct sum *to);

/* (end - start) >> n counts as pages of both */
static bool add_pages(const struct engine *eng, const struct sym *x, int sign, const struct unit_of *u,
		      struct sum *to)
{
	struct unit_of bytes = { u->end, u->start, MN_OP_COUNT, SYM_NONE };
	struct sum in = { 0, 0, SYM_NONE, false, 0 };

	if (u->op == MN_OP_COUNT || x->kind != SYM_OP || x->op != u->op || x->b != u->by)
		return false;
	add_sum(eng, x->a, 1, &bytes, &in);
	if (in.other || in.many || in.k)
		return false;
	to->ends += sign * in.ends;
	to->starts += sign * in.starts;
	return true;
}

/* the size of a symbol is bounded, and so is this recursion */
static void add_sum(const struct engine *eng, sym_t s, int sign, const struct unit_of *u, struct sum *to)
{
	const struct sym *x = sym(eng, s);
	int64_t k;

	if (s == u->end && u->op == MN_OP_COUNT) {
		to->ends += sign;
	} else if (s == u->start && u->op == MN_OP_COUNT) {
		to->starts += sign;
	} else if (sym_const_value(eng, s, &k)) {
		to->k = wrapped_sum(to->k, sign > 0 ? k : (int64_t)(0 - (uint64_t)k));
	} else if (x->kind == SYM_OP && (x->op == MN_ADD || x->op == MN_SUB)) {
		add_sum(eng, x->a, sign, u, to);
		add_sum(eng, x->b, x->op == MN_SUB ? -sign : sign, u, to);
	} else if (!add_pages(eng, x, sign, u, to)) {
		to->many |= to->other || sign < 0;
		to->other = s;
	}
}

static struct sum sum_of(const struct engine *eng, sym_t s, const struct item *bounds)
{
	struct unit_of bytes = { bounds->a, bounds->b, MN_OP_COUNT, SYM_NONE };
	struct sum sum = { 0, 0, SYM_NONE, false, 0 };

	add_sum(eng, s, 1, &bytes, &sum);
	return sum;
}

static void report(const struct frame *f, struct work *w, enum message m)
{
	const struct callback *cb = callback_around(f->ctx);

	if (!cb || is_quiet(w, MN_RULE_RANGE_ARITHMETIC))
		return;
	callback_finding(f, w, f->at->loc, m, cb->member, NULL);
	be_quiet(w, MN_RULE_RANGE_ARITHMETIC);
}

/* ------------------------------------------------------------------ */
/* end - start + 1                                                     */

/* the shift or the divisor by which a bound is counted in @s */
static bool unit_in(const struct engine *eng, sym_t s, const struct item *bounds, struct unit_of *u)
{
	const struct sym *x = sym(eng, s);

	while (x->kind == SYM_OP && (x->op == MN_ADD || x->op == MN_SUB))
		x = sym(eng, x->a);
	if (x->kind != SYM_OP || (x->op != MN_SHR && x->op != MN_DIV))
		return false;
	u->end = bounds->a;
	u->start = bounds->b;
	u->op = (enum mn_op)x->op;
	u->by = x->b;
	return true;
}

static bool counts_end(const struct engine *eng, sym_t s, const struct item *bounds)
{
	struct sum sum = sum_of(eng, s, bounds);
	struct unit_of u;

	if (sum.other && !sum.ends && unit_in(eng, s, bounds, &u)) {
		struct sum pages = { 0, 0, SYM_NONE, false, 0 };

		add_sum(eng, s, 1, &u, &pages);
		sum = pages;
	}
	return sum.ends == 1 && sum.starts == -1 && sum.k == 1 && !sum.other && !sum.many;
}

/* ------------------------------------------------------------------ */
/* the whole address space                                             */

struct whole {
	struct engine *eng;
	const struct item *bounds;
};

static bool put_whole(void *arg, sym_t s, sym_t *to)
{
	const struct whole *whole = (const struct whole *)arg;

	*to = s == whole->bounds->a ? sym_const(whole->eng, -1) : sym_const(whole->eng, 0);
	return s == whole->bounds->a || s == whole->bounds->b;
}

/* what @s is where the range is [0, -1UL) */
static sym_t of_whole(struct engine *eng, sym_t s, const struct item *bounds)
{
	struct whole whole = { eng, bounds };

	return sym_map(eng, s, put_whole, &whole);
}

/* the fact that @s has @known contradicts that; for x, -1UL < x never holds, and x < -1UL is taken to hold */
static bool refutes(const struct engine *eng, sym_t s, struct fact known)
{
	const struct sym *x = sym(eng, s);
	int64_t k;

	if (sym_const_value(eng, s, &k))
		return k < known.lo || k > known.hi || (known.nonzero && !k);
	if (x->kind != SYM_OP || x->op != MN_ULT)
		return false;
	if (sym_const_value(eng, x->a, &k) && k == -1)
		return fact_truth(known) == ALWAYS;
	return sym_const_value(eng, x->b, &k) && k == -1 && fact_truth(known) == NEVER;
}

/* may the range be the whole address space on this path? */
static bool may_be_whole(const struct work *w, const struct item *bounds)
{
	if (!(bounds->flags & BOUNDS_WHOLE))
		return false;
	for (int i = 0; i < w->n; i++)
		if (bind_space(w->binds[i].key) == SPACE_FACT &&
		    refutes(w->eng, of_whole(w->eng, bind_id(w->binds[i].key), bounds),
			    exec_fact(w->eng, w->binds[i].val)))
			return false;
	return true;
}

/* @mask clears the bits of @size - 1, where @size is a power of two: -size, or ~(size - 1) */
static bool is_mask_of(struct engine *eng, sym_t mask, sym_t size)
{
	sym_t less = sym_op(eng, MN_ADD, size, sym_const(eng, -1));

	return mask == sym_op(eng, MN_SUB, sym_const(eng, 0), size) ||
	       mask == sym_op(eng, MN_XOR, less, sym_const(eng, -1));
}

/* @x is (sum) & mask, >> bits or / size, for the @size that was added, less 1 */
static bool is_rounded_to(struct engine *eng, const struct sym *x, sym_t size)
{
	switch (x->op) {
	case MN_AND:
		return is_mask_of(eng, x->b, size) || is_mask_of(eng, x->a, size);
	case MN_SHR:
		return sym_op(eng, MN_SHL, sym_const(eng, 1), x->b) == size;
	case MN_DIV:
		return x->b == size;
	default:
		return false;
	}
}

/* (end + size - 1) & -size, and the same of end - start */
static bool rounds_sum(struct engine *eng, const struct sym *x, const struct item *bounds)
{
	sym_t part = x->op == MN_AND && sum_of(eng, x->b, bounds).ends ? x->b : x->a;
	struct sum sum = sum_of(eng, part, bounds);
	sym_t size = sum.other;

	if (sum.ends != 1 || sum.starts > 0 || sum.starts < -1 || sum.many)
		return false;
	if (size && sum.k != -1)
		return false;
	if (!size && sum.k < 1)
		return false;
	return is_rounded_to(eng, x, size ? size : sym_const(eng, wrapped_sum(sum.k, 1)));
}

static bool is_last(const struct engine *eng, sym_t s, const struct item *bounds)
{
	struct sum sum = sum_of(eng, s, bounds);

	return sum.ends == 1 && !sum.starts && sum.k == -1 && !sum.other && !sum.many;
}

/* ((end - 1) | (size - 1)) + 1, from which a compiler may subtract the start before it adds the 1 */
static bool rounds_last(const struct engine *eng, sym_t s, const struct item *bounds)
{
	struct sum sum = sum_of(eng, s, bounds);
	const struct sym *last = sym(eng, sum.other);

	return sum.other && !sum.many && !sum.ends && sum.starts <= 0 && sum.k == 1 &&
	       last->kind == SYM_OP && last->op == MN_OR &&
	       (is_last(eng, last->a, bounds) || is_last(eng, last->b, bounds));
}

/* ------------------------------------------------------------------ */
/* what is compared afterwards                                         */

static bool is_in(const uint32_t *set, mn_val v)
{
	return set[v / 32] >> v % 32 & 1;
}

/* @insn hands on what is in @set: true, and something was added */
static bool spread_copy(uint32_t *set, const struct mn_insn *insn)
{
	bool from = insn->op == MN_COPY && is_in(set, insn->a);

	for (int i = 0; insn->op == MN_PHI && i < insn->nargs; i++)
		from |= is_in(set, insn->args[i]);
	if (!from || is_in(set, insn->dst))
		return false;
	set[insn->dst / 32] |= 1u << insn->dst % 32;
	return true;
}

/* whoever compares what he rounded looks for the 0; a loop up to it does not */
static bool looks_for_zero(const struct run *run, int block, const struct mn_insn *insn, const uint32_t *set)
{
	switch (insn->op) {
	case MN_EQ:
	case MN_NE:
	case MN_LT:
	case MN_LE:
	case MN_ULE:
		return is_in(set, insn->a) || is_in(set, insn->b);
	case MN_ULT:
		return is_in(set, insn->a) || (is_in(set, insn->b) && !run->looping[block]);
	case MN_IF:
	case MN_SWITCH:
		return is_in(set, insn->a);
	case MN_PURE:
		for (int i = 0; i < insn->nargs; i++)
			if (is_in(set, insn->args[i]))
				return true;
		return false;
	default:
		return false;
	}
}

static bool is_compared(const struct frame *f)
{
	const struct run *run = f->ctx->run;
	uint32_t *set = arena_new_array(f->eng->arena, uint32_t, run->words);
	const struct mn_func *func = run->func;
	bool again = true;

	set[f->at->dst / 32] |= 1u << f->at->dst % 32;
	while (again) {
		again = false;
		for (int b = 0; b < func->blocks.n; b++)
			for (int i = 0; i < func->blocks.v[b].insns.n; i++)
				again |= spread_copy(set, &func->blocks.v[b].insns.v[i]);
	}
	for (int b = 0; b < func->blocks.n; b++)
		for (int i = 0; i < func->blocks.v[b].insns.n; i++)
			if (looks_for_zero(run, b, &func->blocks.v[b].insns.v[i], set))
				return true;
	return is_in(run->results, f->at->dst);
}

/* ------------------------------------------------------------------ */
/* an area that is kept                                                */

/* the range's own is of the moment; what is in memory was put there earlier */
static bool is_kept_bound(const struct engine *eng, sym_t s, const struct item *bounds)
{
	const struct sym *x = sym(eng, s), *area;

	if (x->kind != SYM_CONTENT || !(sym(eng, x->a)->flags & SYM_IS_BOUND))
		return false;
	area = sym(eng, sym_base(eng, x->a));
	return area->kind == SYM_CONTENT && !area->b &&
	       sym_base(eng, area->a) != sym_base(eng, sym(eng, bounds->a)->a);
}

static bool is_bound(const struct engine *eng, sym_t s, const struct item *bounds)
{
	struct sum sum = sum_of(eng, s, bounds);

	return sum.ends + sum.starts == 1 && !sum.other && !sum.many;
}

static bool compares_kept(const struct engine *eng, sym_t a, sym_t b, const struct item *bounds)
{
	return (is_bound(eng, a, bounds) && is_kept_bound(eng, b, bounds)) ||
	       (is_bound(eng, b, bounds) && is_kept_bound(eng, a, bounds));
}

/* a < b, !(a < b), and a minimum of both */
static bool clips_to_kept(const struct engine *eng, const struct sym *x, const struct item *bounds)
{
	int64_t k;

	if (x->kind == SYM_OP && x->op == MN_EQ && sym_const_value(eng, x->b, &k) && !k)
		x = sym(eng, x->a);
	if (x->kind == SYM_OP)
		return (x->op == MN_ULT || x->op == MN_EQ) && compares_kept(eng, x->a, x->b, bounds);
	return x->kind == SYM_PURE && x->b && !sym(eng, x->b)->b &&
	       compares_kept(eng, x->a, sym(eng, x->b)->a, bounds);
}

void range_computed(const struct frame *f, struct work *w, sym_t value)
{
	const struct item *bounds = value ? bounds_item(w) : NULL;
	struct sym x;

	if (!bounds || is_quiet(w, MN_RULE_RANGE_ARITHMETIC))
		return;
	x = *sym(f->eng, value);
	if (x.kind == SYM_OP && counts_end(f->eng, value, bounds))
		report(f, w, MESSAGE_RANGE_INCLUSIVE);
	else if (x.kind == SYM_OP &&
		 (rounds_sum(f->eng, &x, bounds) || rounds_last(f->eng, value, bounds)) &&
		 may_be_whole(w, bounds) && !is_compared(f))
		report(f, w, MESSAGE_RANGE_WRAPS);
	else if (clips_to_kept(f->eng, &x, bounds))
		report(f, w, MESSAGE_RANGE_CACHED);
}

/* a function that takes the last address, not the one behind it */
static void at_event(const struct frame *f, struct work *w, struct event *ev)
{
	const struct item *bounds = bounds_item(w);

	if (bounds && object_sym(f, w, &ev->effect->object) == bounds->a)
		report(f, w, MESSAGE_RANGE_INCLUSIVE);
}

const struct rule rule_RANGE_ARITHMETIC = { SEES(LAST), 0, at_event, NULL, NULL, NULL };
