// SPDX-License-Identifier: GPL-2.0-only
/*
 * reach.c - what a function does: calls that leave the unit, hooks, stores.
 *
 * Read off bodies and the call graph, with no states: whether a path is possible, and
 * with which arguments, is not asked. What a row of the contract describes (a lock,
 * waiting, a counter) is not a deed of its own; neither are stores to the function's own objects
 * and additions to what was there before (x++). A function of a header that writes
 * for its caller is a deed by itself, called by its name: list_add(), set_bit().
 */
#include "plan.h"

enum act_kind { ACT_ENTER, ACT_DEED, ACT_WRITES };

/* parameters that have a bit; stores through a later one are reported */
#define OWN_MAX	64

/* what one instruction does */
struct act {
	enum act_kind kind;
	enum deed_kind deed;
	const char *name;
	const struct mn_func *callee;	/* ACT_ENTER */
	struct mn_loc loc;
	uint64_t own;			/* ACT_ENTER: arguments that are the caller's own objects */
	int param;			/* ACT_DEED, ACT_WRITES: through this parameter, from 1 */
};

struct acts {
	struct act *v;
	int n, room;
	bool read;
};

/* a function that is to be looked at */
struct visit {
	const struct way *way;
	uint64_t own;			/* parameters that are objects of a caller's frame */
};

struct reach {
	const struct mn_unit *unit;
	struct mn_arena *arena;
	struct acts *acts;		/* by index of the function */
};

struct reach *reach_new(const struct mn_unit *unit)
{
	struct reach *r = arena_new_array(unit->arena, struct reach, 1);

	r->unit = unit;
	r->arena = unit->arena;
	r->acts = arena_new_array(unit->arena, struct acts, unit->funcs.n);
	return r;
}

/* ------------------------------------------------------------------ */
/* reading a body                                                      */

struct body {
	struct reach *reach;
	const struct mn_func *func;
	const struct mn_insn **defs;	/* by value; NULL: a parameter */
	struct acts *to;
};

static const struct mn_insn *def_of(const struct body *b, mn_val v)
{
	while (b->defs[v] && b->defs[v]->op == MN_COPY)
		v = b->defs[v]->a;
	return b->defs[v];
}

/* where an address starts from; @param: the parameter that it is, from 1, or 0 */
static const struct mn_insn *base_of(const struct body *b, mn_val v, int *param)
{
	*param = 0;
	while (b->defs[v]) {
		const struct mn_insn *in = b->defs[v];

		if (in->op == MN_PURE && !strcmp(in->name, "[]"))
			v = in->args[0];
		else if (in->op == MN_COPY || in->op == MN_ADDR || in->op == MN_ADD)
			v = in->a;
		else
			return in;
	}
	*param = (int)v <= b->func->nparams ? (int)v : 0;
	return NULL;
}

static bool is_own(const struct body *b, mn_val v)
{
	const struct mn_insn *base;
	int param;

	base = base_of(b, v, &param);
	return base && base->op == MN_LOCAL;
}

/* each step leads to an earlier definition: it comes to an end */
static bool same_value(const struct body *b, mn_val x, mn_val y)
{
	const struct mn_insn *p = def_of(b, x), *q = def_of(b, y);
	int i;

	if (x == y || (p && p == q))
		return true;
	if (!p || !q || p->op != q->op || p->imm != q->imm || p->nargs != q->nargs)
		return false;
	switch (p->op) {
	case MN_CONST:
		return true;
	case MN_LOCAL:
	case MN_GLOBAL:
		return p->name == q->name;
	case MN_ADDR:
	case MN_LOAD:
		return same_value(b, p->a, q->a);
	case MN_PURE:
		for (i = 0; i < p->nargs; i++)
			if (!same_value(b, p->args[i], q->args[i]))
				return false;
		return p->name == q->name;
	default:
		return false;
	}
}

static bool is_load_of(const struct body *b, mn_val v, mn_val addr)
{
	const struct mn_insn *in = def_of(b, v);

	return in && in->op == MN_LOAD && same_value(b, in->a, addr);
}

/* x++, x -= n */
static bool is_counter(const struct body *b, const struct mn_insn *store)
{
	const struct mn_insn *in = def_of(b, store->b);

	return in && (in->op == MN_ADD || in->op == MN_SUB) &&
	       (is_load_of(b, in->a, store->a) || is_load_of(b, in->b, store->a));
}

static struct act *add_act(struct body *b, enum act_kind kind, struct mn_loc loc)
{
	struct act *act = vec_push(b->reach->arena, b->to);

	act->kind = kind;
	act->loc = loc;
	return act;
}

static void add_deed(struct body *b, enum deed_kind kind, const char *name,
		     struct mn_loc loc, int param)
{
	struct act *act = add_act(b, ACT_DEED, loc);

	act->deed = kind;
	act->name = arena_intern(b->reach->arena, name);
	act->param = param;
}

static void read_named_call(struct body *b, const char *name, const struct mn_insn *in)
{
	const struct mn_unit *unit = b->reach->unit;
	struct act *act;
	int i;

	if (contract_query(unit->contract, name, unit->kernels) ||
	    !strncmp(name, "__builtin_", 10))
		return;
	if (!unit_func(unit, name)) {
		if (in->op != MN_FUNC)
			add_deed(b, DEED_CALL, name, in->loc, 0);
		return;
	}
	act = add_act(b, ACT_ENTER, in->loc);
	act->callee = unit_func(unit, name);
	for (i = 0; i < in->nargs && i < OWN_MAX; i++)
		if (is_own(b, in->args[i]))
			act->own |= 1ull << i;
}

/* the function that a const variable holds where @in loads from, or NULL */
static const char *function_at(const struct body *b, const struct mn_insn *in)
{
	const struct mn_insn *at = in && in->op == MN_LOAD ? def_of(b, in->a) : NULL;
	int64_t bits = 0;

	if (in && in->op == MN_FUNC)
		return in->name;
	for (; at && at->op == MN_ADDR; at = def_of(b, at->a))
		bits = wrapped_sum(bits, at->imm);
	return at && at->op == MN_GLOBAL ?
	       table_func(b->reach->unit, at->name, bits) : NULL;
}

static void read_pointer_call(struct body *b, const struct mn_insn *in)
{
	const char *name = function_at(b, def_of(b, in->a));

	if (name)
		read_named_call(b, name, in);
	else if (in->name)
		add_deed(b, DEED_HOOK, in->name, in->loc, 0);
}

/* a const variable that is handed on: whoever gets it may call what it holds */
static void read_table(struct body *b, const struct mn_insn *in)
{
	const struct mn_table *table = unit_table(b->reach->unit, in->name);
	int i;

	for (i = 0; table && table->flags & MN_TABLE_CONST && i < table->members.n; i++) {
		struct mn_func *func = unit_func(b->reach->unit, table->members.v[i].func);

		if (func && func != b->func)
			add_act(b, ACT_ENTER, in->loc)->callee = func;
	}
}

static void read_store(struct body *b, const struct mn_insn *in)
{
	const struct mn_insn *value = def_of(b, in->b), *base;
	bool by_machine = value && value->op == MN_UNKNOWN;
	int param;

	base = base_of(b, in->a, &param);
	if ((base && base->op == MN_LOCAL) || is_counter(b, in))
		return;
	if (is_header(b->func->loc.file) ? in->name || (by_machine && param) :
	    !in->name && by_machine && param)
		add_act(b, ACT_WRITES, in->loc)->param = param;
	else if (in->name && !by_machine)
		add_deed(b, DEED_STORE, in->name, in->loc, param);
}

static void read_insn(struct body *b, const struct mn_insn *in)
{
	switch (in->op) {
	case MN_CALL:
	case MN_FUNC:
		read_named_call(b, in->name, in);
		break;
	case MN_ICALL:
		read_pointer_call(b, in);
		break;
	case MN_GLOBAL:
		read_table(b, in);
		break;
	case MN_STORE:
		read_store(b, in);
		break;
	default:
		break;
	}
}

/* of a function whose body was not built only the names are known that it calls */
static void read_names(struct body *b)
{
	struct mn_insn in;
	int i;

	memset(&in, 0, sizeof(in));
	in.op = MN_CALL;
	in.loc = b->func->loc;
	for (i = 0; i < b->func->calls.n; i++)
		read_named_call(b, b->func->calls.v[i], &in);
}

static const struct acts *acts_of(struct reach *r, const struct mn_func *func)
{
	struct body b = { r, func, NULL, &r->acts[func->index] };
	int i, k;

	if (b.to->read)
		return b.to;
	b.to->read = true;
	if (!(func->reached && func_ready(r->unit->funcs.v[func->index])))
		read_names(&b);
	b.defs = arena_new_array(r->arena, const struct mn_insn *, func->values.n);
	for (i = 0; i < func->blocks.n; i++)
		for (k = 0; k < func->blocks.v[i].insns.n; k++)
			b.defs[func->blocks.v[i].insns.v[k].dst] =
				&func->blocks.v[i].insns.v[k];
	b.defs[MN_NONE] = NULL;
	for (i = 0; i < func->blocks.n; i++)
		for (k = 0; k < func->blocks.v[i].insns.n; k++)
			read_insn(&b, &func->blocks.v[i].insns.v[k]);
	return b.to;
}

enum message deed_lost(const struct deed *deed)
{
	switch (deed->kind) {
	case DEED_CALL:
		return MESSAGE_LOST_CALL;
	case DEED_HOOK:
		return MESSAGE_LOST_HOOK;
	default:
		return MESSAGE_LOST_STORE;
	}
}

/* ------------------------------------------------------------------ */
/* what a root reaches                                                 */

struct search {
	struct reach *reach;
	struct deeds *deeds;
	uint64_t *own;			/* by index: with which parameters it was entered .. */
	bool *seen;			/* .. if it was */
	struct visit *v;
	int n, room;
};

bool deeds_have(const struct deeds *deeds, const struct deed *deed)
{
	int i;

	for (i = 0; i < deeds->n; i++)
		if (deeds->v[i].kind == deed->kind && deeds->v[i].name == deed->name)
			return true;
	return false;
}

static void do_deed(struct search *s, enum deed_kind kind, const char *name,
		    const struct way *way, struct mn_loc loc)
{
	struct deed deed = { kind, name, way, loc };

	if (!deeds_have(s->deeds, &deed))
		*vec_push(s->reach->arena, s->deeds) = deed;
}

static void enter(struct search *s, const struct mn_func *func, const struct way *from,
		  struct mn_loc loc, uint64_t own)
{
	struct visit *visit;
	struct way *way;

	/* again only if more of its parameters are what others see */
	if (s->seen[func->index] && !(s->own[func->index] & ~own))
		return;
	own &= s->seen[func->index] ? s->own[func->index] : ~0ull;
	s->seen[func->index] = true;
	s->own[func->index] = own;
	way = arena_new_array(s->reach->arena, struct way, 1);
	way->before = from;
	way->func = func;
	way->loc = loc;
	visit = vec_push(s->reach->arena, s);
	visit->way = way;
	visit->own = own;
}

static void look_at(struct search *s, const struct visit *visit)
{
	const struct way *way = visit->way;
	const struct acts *acts = acts_of(s->reach, way->func);
	int i;

	for (i = 0; i < acts->n; i++) {
		const struct act *act = &acts->v[i];

		if (act->param && act->param <= OWN_MAX && visit->own >> (act->param - 1) & 1)
			continue;
		if (act->kind == ACT_ENTER)
			enter(s, act->callee, way, act->loc, act->own);
		else if (act->kind == ACT_DEED)
			do_deed(s, act->deed, act->name, way, act->loc);
		else if (way->before)
			do_deed(s, DEED_CALL, way->func->name, way->before, way->loc);
	}
}

void reach_from(struct reach *r, const struct mn_func *func, struct deeds *deeds)
{
	struct search s;
	int i;

	memset(&s, 0, sizeof(s));
	s.reach = r;
	s.deeds = deeds;
	s.own = arena_new_array(r->arena, uint64_t, r->unit->funcs.n);
	s.seen = arena_new_array(r->arena, bool, r->unit->funcs.n);
	enter(&s, func, NULL, func->loc, 0);
	for (i = 0; i < s.n; i++) {
		struct visit visit = s.v[i];

		look_at(&s, &visit);
	}
}
