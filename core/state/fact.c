// SPDX-License-Identifier: GPL-2.0-only
/*
 * fact.c - what is known of a value: it lies in an interval, and perhaps is not 0.
 *
 * interval.h is the domain; this file applies it to the symbols of a state: fact_of() looks up,
 * fact_learn() adds. A branch adds one fact about a condition; the table of implications
 * in learn_form() propagates it to the condition's operands. Signed 64-bit throughout; where
 * an unsigned comparison would need more than that, nothing is concluded.
 */
#include "state.h"

/* ------------------------------------------------------------------ */
/* what a symbol's form tells                                          */

static struct fact truth_value(enum truth t)
{
	if (t == MAYBE)
		return fact_between(0, 1);
	return fact_is(t == ALWAYS);
}

static enum truth is_equal(struct fact a, struct fact b)
{
	struct fact both;

	if (!fact_meet(a, b, &both))
		return NEVER;
	/* x != 0 and y == 0: fact_meet() has seen it */
	return a.lo == a.hi && b.lo == b.hi ? ALWAYS : MAYBE;
}

static enum truth is_less(struct fact a, struct fact b)
{
	if (a.hi < b.lo)
		return ALWAYS;
	return a.lo >= b.hi ? NEVER : MAYBE;
}

static enum truth is_below(struct fact a, struct fact b)
{
	if (b.lo == 0 && b.hi == 0)
		return NEVER;		/* nothing unsigned is below 0 */
	if (a.lo == 0 && a.hi == 0 && b.nonzero)
		return ALWAYS;
	return a.lo >= 0 && b.lo >= 0 ? is_less(a, b) : MAYBE;
}

/* the fact that is stored for @s itself */
static struct fact stored_fact(const struct work *w, sym_t s)
{
	uint32_t number = sym(w->eng, s)->has_fact ?
			  work_get(w, bind_key(SPACE_FACT, s)) : 0;

	return number ? exec_fact(w->eng, number) : fact_any();
}

static bool few_bits(int64_t mask)
{
	uint64_t m = (uint64_t)mask;
	int n = 0;

	for (; m; m &= m - 1)
		n++;
	return n >= 2 && n <= 8;
}

/* x & (A | B): not 0 if x & A is not, 0 if both are (looks-wrong/02, bad_flag_twice) */
static struct fact fact_of_bits(const struct work *w, sym_t x, int64_t mask)
{
	bool none = true;

	if (!sym(w->eng, x)->has_bits || !few_bits(mask))
		return fact_any();
	for (uint64_t m = (uint64_t)mask; m; m &= m - 1) {
		sym_t bit = sym_op(w->eng, MN_AND, x,
				   sym_const(w->eng, (int64_t)(m & -m)));
		enum truth t = fact_truth(stored_fact(w, bit));

		if (t == ALWAYS)
			return fact_nonzero();
		none &= t == NEVER;
	}
	return none ? fact_is(0) : fact_any();
}

/* x & @mask is @value */
static bool learn_bits(struct work *w, sym_t x, int64_t mask, int64_t value)
{
	if (!few_bits(mask))
		return true;
	for (uint64_t m = (uint64_t)mask; m; m &= m - 1)
		if (!fact_learn(w, sym_op(w->eng, MN_AND, x,
					  sym_const(w->eng, (int64_t)(m & -m))),
				(uint64_t)value & (m & -m) ? fact_nonzero() : fact_is(0)))
			return false;
	return true;
}

static bool is_truth_value(struct fact f)
{
	return f.lo >= 0 && f.hi <= 1;
}

static struct fact fact_of_and(struct fact a, struct fact b)
{
	if ((a.lo == 0 && a.hi == 0) || (b.lo == 0 && b.hi == 0))
		return fact_is(0);
	if (is_truth_value(a) && is_truth_value(b))
		return fact_between(a.lo & b.lo, 1);
	if (b.lo == b.hi && b.lo >= 0)
		return fact_between(0, b.lo);
	return fact_any();
}

/* is something known of what lies where @s points to? */
static bool is_used_as_pointer(const struct work *w, sym_t s)
{
	for (int i = 0; i < w->n; i++) {
		const struct sym *x = sym(w->eng, bind_id(w->binds[i].key));
		enum space space = bind_space(w->binds[i].key);

		if ((space == SPACE_CELL && sym_base(w->eng, bind_id(w->binds[i].key)) == s) ||
		    (space == SPACE_FACT && x->kind == SYM_CONTENT && sym_base(w->eng, x->a) == s))
			return true;
	}
	return false;
}

static bool is_pointer(const struct work *w, sym_t s)
{
	const struct sym *x = sym(w->eng, s);

	return x->kind == SYM_LOCAL || x->kind == SYM_GLOBAL || x->kind == SYM_FUNC || x->kind == SYM_ADDR ||
	       x->flags & (SYM_STACK | SYM_IS_PTL | SYM_POINTER) || is_used_as_pointer(w, s);
}

/* what is above is an error and no pointer, for IS_ERR() */
#define ERRORS	(-4096)

/* "it is an error", or "it is none", of a pointer */
static enum truth is_error(const struct work *w, sym_t x, sym_t y)
{
	int64_t value;

	if (sym_const_value(w->eng, x, &value) && value == ERRORS && is_pointer(w, y))
		return NEVER;
	if (sym_const_value(w->eng, y, &value) && value == ERRORS + 1 && is_pointer(w, x))
		return ALWAYS;
	return MAYBE;
}

/* not by their address: to ask may make symbols, and move the others */
static struct fact fact_of_op(const struct work *w, enum mn_op op, sym_t x, sym_t y)
{
	struct fact a, b, f = fact_any();
	enum truth t;

	switch (op) {
	case MN_EQ: case MN_LT: case MN_ULT: case MN_AND: case MN_OR:
		a = fact_of(w, x);
		b = fact_of(w, y);
		break;
	default:
		return f;
	}
	switch (op) {
	case MN_EQ:
		return truth_value(is_equal(a, b));
	case MN_LT:
		return truth_value(is_less(a, b));
	case MN_ULT:
		t = is_below(a, b);
		return truth_value(t == MAYBE ? is_error(w, x, y) : t);
	case MN_AND:
		f = fact_of_and(a, b);
		if (b.lo == b.hi && fact_truth(f) == MAYBE)
			fact_meet(f, fact_of_bits(w, x, b.lo), &f);
		return f;
	default:	/* MN_OR */
		if (is_truth_value(a) && is_truth_value(b))
			return fact_between(a.lo | b.lo, a.hi | b.hi);
		f.nonzero = a.nonzero || b.nonzero;
		return f;
	}
}

/* the size of a symbol is bounded (sym.c), and so is this recursion */
struct fact fact_of_form(const struct work *w, sym_t s)
{
	const struct sym *x = sym(w->eng, s);

	switch (x->kind) {
	case SYM_CONST:
		return s ? fact_is(x->imm) : fact_any();
	case SYM_LOCAL:
	case SYM_GLOBAL:
	case SYM_FUNC:
	case SYM_ADDR:		/* &p->member: the kernel does not form it from NULL */
		return fact_nonzero();
	case SYM_INPUT:
		return x->flags & SYM_STACK ? fact_nonzero() : fact_any();
	case SYM_OP:
		return fact_of_op(w, (enum mn_op)x->op, x->a, x->b);
	default:
		return fact_any();
	}
}

struct fact fact_of(const struct work *w, sym_t s)
{
	struct fact f = fact_of_form(w, s), stored, both;

	if (!sym(w->eng, s)->has_fact)
		return f;
	stored = stored_fact(w, s);
	return fact_meet(f, stored, &both) ? both : stored;
}

/* ------------------------------------------------------------------ */
/* what a fact about a symbol tells of its parts                       */

/* @s is a number of bits of something, and they are @value */
static bool learn_masked(struct work *w, sym_t s, sym_t value)
{
	struct sym x = *sym(w->eng, s);
	int64_t mask, v;

	return x.kind != SYM_OP || x.op != MN_AND || !sym_const_value(w->eng, x.b, &mask) ||
	       !sym_const_value(w->eng, value, &v) || learn_bits(w, x.a, mask, v);
}

static bool learn_equal(struct work *w, const struct sym *x, bool equal)
{
	struct fact a = fact_of(w, x->a), b = fact_of(w, x->b);

	if (equal)
		return fact_learn(w, x->a, b) && fact_learn(w, x->b, a) && learn_masked(w, x->a, x->b);
	if (b.lo == 0 && b.hi == 0)
		return fact_learn(w, x->a, fact_nonzero());
	if (b.lo == b.hi && a.lo == b.lo)
		return fact_learn(w, x->a, fact_between(a.lo + 1, INT64_MAX));
	if (b.lo == b.hi && a.hi == b.hi)
		return fact_learn(w, x->a, fact_between(INT64_MIN, a.hi - 1));
	return true;
}

static bool learn_less(struct work *w, const struct sym *x, bool less)
{
	struct fact a = fact_of(w, x->a), b = fact_of(w, x->b);

	if (!less)		/* a >= b */
		return fact_learn(w, x->a, fact_between(b.lo, INT64_MAX)) &&
		       fact_learn(w, x->b, fact_between(INT64_MIN, a.hi));
	/* neither overflows: is_less() has said no to it */
	return fact_learn(w, x->a, fact_between(INT64_MIN, b.hi - 1)) &&
	       fact_learn(w, x->b, fact_between(a.lo + 1, INT64_MAX));
}

static bool learn_below(struct work *w, const struct sym *x, bool below)
{
	struct fact a = fact_of(w, x->a), b = fact_of(w, x->b);

	if (below)
		return fact_learn(w, x->b, fact_nonzero());
	/* a >= b, unsigned: with b not 0 neither is a */
	if (b.nonzero)
		return fact_learn(w, x->a, fact_nonzero());
	/* !(0 < b) is b == 0 */
	if (a.lo == 0 && a.hi == 0)
		return fact_learn(w, x->b, fact_is(0));
	return true;
}

/* if one of the two @is so, the other is @other */
static bool learn_other(struct work *w, const struct sym *x, enum truth is, struct fact other)
{
	if (fact_truth(fact_of(w, x->a)) == is && !fact_learn(w, x->b, other))
		return false;
	return fact_truth(fact_of(w, x->b)) != is || fact_learn(w, x->a, other);
}

/* no bit is set in both; of two truth values not both hold */
static bool learn_not_both(struct work *w, const struct sym *x)
{
	int64_t mask;

	if (is_truth_value(fact_of(w, x->a)) && is_truth_value(fact_of(w, x->b)))
		return learn_other(w, x, ALWAYS, fact_is(0));
	return !sym_const_value(w->eng, x->b, &mask) || learn_bits(w, x->a, mask, 0);
}

static bool learn_form(struct work *w, sym_t s, enum truth t)
{
	struct sym x = *sym(w->eng, s);

	if (x.kind != SYM_OP || t == MAYBE)
		return true;
	switch (x.op) {
	case MN_EQ:
		return learn_equal(w, &x, t == ALWAYS);
	case MN_LT:
		return learn_less(w, &x, t == ALWAYS);
	case MN_ULT:
		return learn_below(w, &x, t == ALWAYS);
	case MN_AND:		/* a bit of it is set: it is not 0 */
		if (t == NEVER)
			return learn_not_both(w, &x);
		return (fact_learn(w, x.a, fact_nonzero()) &&
				      fact_learn(w, x.b, fact_nonzero()));
	case MN_OR:
		if (t == ALWAYS)
			return learn_other(w, &x, NEVER, fact_nonzero());
		return fact_learn(w, x.a, fact_is(0)) && fact_learn(w, x.b, fact_is(0));
	case MN_SHL: case MN_SHR:
		return t == NEVER || fact_learn(w, x.a, fact_nonzero());
	default:
		return true;
	}
}

/*
 * Is @t of @s nothing but what is known of its part? "x == 0" is false where x is not 0, and of both paths that meet
 * it is so where that is; but "x == 3" is false on a path with 0, and on one with 5, and between them not.
 */
static bool is_of_part(const struct work *w, sym_t s, enum truth t)
{
	const struct sym *x = sym(w->eng, s);
	int64_t value;

	return x->op == MN_EQ && sym_const_value(w->eng, x->b, &value) &&
	       (t == ALWAYS || !value) && fact_truth(fact_of_form(w, s)) == t;
}

/* "s is not @value" is no interval: it is kept as what is known of the comparison */
static bool is_denied(const struct work *w, sym_t s, int64_t value)
{
	for (int i = 0; i < w->n; i++) {
		struct bind b = w->binds[i];
		const struct sym *x = sym(w->eng, bind_id(b.key));
		int64_t other;

		if (bind_space(b.key) == SPACE_FACT && x->kind == SYM_OP && x->op == MN_EQ && x->a == s &&
		    sym_const_value(w->eng, x->b, &other) && other == value &&
		    fact_truth(fact_of(w, bind_id(b.key))) == NEVER)
			return true;
	}
	return false;
}

bool fact_narrow(struct work *w, sym_t s, struct fact known, struct fact f)
{
	struct fact both;

	if (!fact_meet(known, f, &both) || (both.lo == both.hi && is_denied(w, s, both.lo)))
		return false;
	if (fact_equal(known, both))
		return true;
	if (!learn_form(w, s, fact_truth(both)))
		return false;
	if (sym(w->eng, s)->kind != SYM_CONST && !is_of_part(w, s, fact_truth(both)))
		work_set(w, bind_key(SPACE_FACT, s), fact_number(w->eng, both));
	return true;
}

bool fact_learn(struct work *w, sym_t s, struct fact f)
{
	if (!fact_tells(f))
		return true;
	return fact_narrow(w, s, fact_of(w, s), f);
}
