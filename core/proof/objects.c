// SPDX-License-Identifier: GPL-2.0-only
/*
 * objects.c - what a row speaks of, seen from inside the body.
 *
 * A row names its objects by the arguments of a call; in the body argument N is its parameter N, and what
 * lies behind it is a cell. What a row takes is in a cell when the body returns, what it gives back was
 * in it at the entry.
 */
#include "proving.h"

struct leaving leaving_of(const struct observation *o, const struct outcome *x)
{
	struct leaving l;

	memset(&l, 0, sizeof(l));
	l.o = o;
	l.x = x;
	work_view(&l.w, (struct engine *)&o->eng, x->exec, NULL);
	return l;
}

static sym_t parameter(const struct leaving *l, int n)
{
	return n > l->o->func->nparams ? SYM_NONE : sym_input(l->w.eng, n - 1, SYM_STABLE);
}

static sym_t address(const struct leaving *l, const struct object *obj)
{
	return object_at(l->w.eng, parameter(l, obj->arg), obj);
}

sym_t leaving_result(const struct leaving *l)
{
	return work_get(&l->w, bind_key(SPACE_ENV, 0));
}

sym_t object_before(const struct leaving *l, const struct object *obj)
{
	sym_t addr;

	switch (obj->kind) {
	case OBJECT_ARG:
		return parameter(l, obj->arg);
	case OBJECT_CELL:
		addr = address(l, obj);
		return addr ? sym_content(l->w.eng, addr, SYM_NONE) : SYM_NONE;
	case OBJECT_PART:
	case OBJECT_OWNER:
		return address(l, obj);
	default:
		return SYM_NONE;
	}
}

sym_t object_after(struct leaving *l, const struct object *obj)
{
	if (obj->kind == OBJECT_RET)
		return leaving_result(l);
	if (obj->kind == OBJECT_CELL)
		return work_read(&l->w, address(l, obj));
	return object_before(l, obj);
}

static enum truth negated(enum truth t)
{
	return t == ALWAYS ? NEVER : t == NEVER ? ALWAYS : MAYBE;
}

static enum truth is_true(struct leaving *l, sym_t s)
{
	return s ? fact_true(&l->w, s) : MAYBE;
}

static enum truth condition_holds(struct leaving *l, const struct cond *c)
{
	struct engine *eng = l->w.eng;
	struct fact known;

	switch (c->kind) {
	case COND_RET_TRUE:
		return is_true(l, leaving_result(l));
	case COND_RET_FALSE:
		return negated(is_true(l, leaving_result(l)));
	case COND_RET_IS:
		return leaving_result(l) ? is_true(l, sym_op(eng, MN_EQ, leaving_result(l),
							     sym_const(eng, c->value))) : MAYBE;
	case COND_ARG_TRUE:
		return is_true(l, parameter(l, c->arg));
	case COND_ARG_FALSE:
		return negated(is_true(l, parameter(l, c->arg)));
	case COND_ARG_HAS:
		known = fact_of(&l->w, parameter(l, c->arg));
		if (known.lo != known.hi)
			return MAYBE;
		return (known.lo & c->value) == c->value ? ALWAYS : NEVER;
	default:
		return ALWAYS;
	}
}

enum truth conditions_hold(struct leaving *l, const struct effect *e)
{
	enum truth a = condition_holds(l, &e->cond[0]), b = condition_holds(l, &e->cond[1]);

	if (a == NEVER || b == NEVER)
		return NEVER;
	return a == ALWAYS && b == ALWAYS ? ALWAYS : MAYBE;
}

bool is_named(const struct leaving *l, sym_t s)
{
	const struct engine *eng = l->w.eng;

	return s && !sym(eng, s)->sites && !sym(eng, s)->olds && sym(eng, sym_base(eng, s))->kind != SYM_LOCAL;
}
