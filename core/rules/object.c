// SPDX-License-Identifier: GPL-2.0-only
/*
 * object.c - the objects of a row ("ret", "*2", "1:tag.member") at a call: their symbols, and
 * how the source writes them.
 */
#include "rules.h"

sym_t argument(const struct frame *f, const struct work *w, int n)
{
	return n <= f->at->nargs ? work_value(w, f->at->args[n - 1]) : SYM_NONE;
}

/* where the call puts an aggregate result; SYM_NONE: its result is a value */
sym_t result_place(const struct frame *f, const struct work *w)
{
	return f->at->imm & MN_CALL_PLACE ? argument(f, w, f->at->nargs) : SYM_NONE;
}

/* the result of the call, used or not */
sym_t result_sym(const struct frame *f, struct work *w)
{
	sym_t place = result_place(f, w);
	sym_t result = place ? work_read(w, place) : work_value(w, f->at->dst);

	return result ? result : sym_born(f->eng, frame_site(f), birth(BIRTH_RESULT, 0));
}

/* as the adapters name the member */
static const char *part_name(struct engine *eng, const struct object *o)
{
	const char *name = arena_printf(eng->arena, "%s.%s", o->type, o->member);

	return arena_intern(eng->unit->arena, name);
}

sym_t object_at(struct engine *eng, sym_t base, const struct object *o)
{
	int64_t bits;

	if (!o->type || !base)
		return base;
	bits = unit_offset(eng->unit, o->type, o->member);
	if (bits < 0)
		return SYM_NONE;
	if (o->kind == OBJECT_OWNER)
		return sym_addr(eng, base, -bits, 0);
	return sym_member(eng, base, bits, lock_flags(contract_lock(eng->contract, o->type, o->member)),
			  o->kind == OBJECT_PART ? part_name(eng, o) : NULL);
}

sym_t object_addr(const struct frame *f, const struct work *w,
		  const struct object *o)
{
	return object_at(f->eng, argument(f, w, o->arg), o);
}

sym_t object_sym(const struct frame *f, struct work *w, const struct object *o)
{
	switch (o->kind) {
	case OBJECT_RET:
		return result_sym(f, w);
	case OBJECT_ARG:
		return argument(f, w, o->arg);
	case OBJECT_CELL:
		return work_read(w, object_addr(f, w, o));
	case OBJECT_PART:
	case OBJECT_OWNER:
		return object_addr(f, w, o);
	default:
		return SYM_NONE;
	}
}

static const char *argument_name(const struct frame *f, int n)
{
	return n <= f->at->nargs ? f->func->values.v[f->at->args[n - 1]].name
				 : NULL;
}

/* a + b + c, without the cost of a format: this is done at each lock */
static const char *joined(struct mn_arena *arena, const char *a, const char *b,
			  const char *c)
{
	size_t la = strlen(a), lb = strlen(b), lc = strlen(c);
	char *text = (char *)arena_alloc(arena, la + lb + lc + 1);

	memcpy(text, a, la);
	memcpy(text + la, b, lb);
	memcpy(text + la + lb, c, lc + 1);
	return text;
}

/* as the source would write it: "ptl" for *(&ptl), "pvmw.ptl", "vmf->ptl" */
const char *object_name(const struct frame *f, const struct object *o)
{
	const char *arg = o->arg ? argument_name(f, o->arg) : NULL;
	bool address = arg && arg[0] == '&';

	if (o->kind == OBJECT_RET)
		return f->at->dst ? f->func->values.v[f->at->dst].name : NULL;
	if (!arg || o->kind == OBJECT_OWNER)
		return arg;
	if (o->type)
		return joined(f->eng->arena, arg + address, address ? "." : "->",
			      o->member);
	if (o->kind == OBJECT_CELL)
		return address ? arg + 1 : joined(f->eng->arena, "*", arg, "");
	return address ? arg + 1 : arg;
}
