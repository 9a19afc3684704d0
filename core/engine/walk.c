// SPDX-License-Identifier: GPL-2.0-only
/*
 * walk.c - a walk: a function of another file that calls what it is handed.
 *
 * The contract says in which argument it finds its functions. Those of this unit are called from
 * the state of the call, any number of times and in any order, between the one that
 * leaves a region open and the one that ends it. That is written down as a function of its own,
 * which is followed as others are; so what a callback does to a region comes back to the
 * caller, and one callback is judged for each walk that calls it.
 *
 *	again:	[the one that leaves a region open]
 *	any:	one of the others, and to any:; or on
 *		[the one that ends it], and to again:; or return
 */
#include "engine.h"

/* one function that a walk calls, and what the contract says of how */
struct called_back {
	struct mn_func *func;
	const struct callback *how;
};

/* a walk with these functions; @body calls them */
struct walk {
	const struct walk_row *row;
	MN_VEC(struct called_back) called;
	struct mn_func *body;
};

/* ------------------------------------------------------------------ */
/* which functions                                                     */

/* the function in @member of the structure at @at, or NULL */
static struct mn_func *func_in(const struct frame *f, struct work *w, sym_t at,
			       const struct callback *member)
{
	struct mn_unit *unit = f->eng->unit;
	const struct sym *base = sym(f->eng, at);
	const struct mn_table *table = base->kind == SYM_GLOBAL ? unit_table(unit, base->name) : NULL;
	int64_t bits = unit_offset(unit, member->type, member->member);
	sym_t held;

	for (int i = 0; table && table->flags & MN_TABLE_CONST && i < table->members.n; i++)
		if (!strcmp(table->members.v[i].member, member->member))
			return unit_func(unit, table->members.v[i].func);
	if (base->kind == SYM_GLOBAL || bits < 0)
		return NULL;
	held = work_read(w, sym_addr(f->eng, at, bits, 0));
	return sym(f->eng, held)->kind == SYM_FUNC ? unit_func(unit, sym(f->eng, held)->name) : NULL;
}

static void add_called(struct engine *eng, struct walk *walk, struct mn_func *func,
		       const struct callback *how)
{
	struct called_back *called;

	if (!func || !func->wanted || !func_ready(func))
		return;
	called = vec_push(eng->arena, &walk->called);
	called->func = func;
	called->how = how;
}

static void find_called(const struct frame *f, struct work *w, struct walk *walk)
{
	const struct mn_contract *contract = f->eng->contract;
	struct kernels kernels = f->eng->unit->kernels;
	sym_t arg = work_value(w, f->at->args[walk->row->arg - 1]);
	const struct callback *how;

	if (walk->row->type) {
		for (int i = 0; (how = contract_member_of(contract, walk->row->type, kernels, i)); i++)
			add_called(f->eng, walk, func_in(f, w, arg, how), how);
		return;
	}
	how = contract_member_of(contract, walk->row->name, kernels, 0);
	if (sym(f->eng, arg)->kind == SYM_FUNC)
		add_called(f->eng, walk, unit_func(f->eng->unit, sym(f->eng, arg)->name), how);
}

static bool same_walk(const struct walk *x, const struct walk *y)
{
	if (x->row != y->row || x->called.n != y->called.n)
		return false;
	for (int i = 0; i < x->called.n; i++)
		if (x->called.v[i].func != y->called.v[i].func)
			return false;
	return true;
}

/* ------------------------------------------------------------------ */
/* the function that calls them                                        */

static int new_block(struct mn_func *body)
{
	int block = mn_block(body);

	/* they are made in the order of their simulation */
	body->blocks.v[block].order = block;
	return block;
}

static void put_jump(struct mn_func *body, int block, const struct mn_case *to, int n)
{
	struct mn_insn insn;

	memset(&insn, 0, sizeof(insn));
	insn.op = n == 0 ? MN_RETURN : n == 1 ? MN_GOTO : MN_FORK;
	insn.succ = to;
	insn.nsucc = n;
	insn.loc = body->loc;
	mn_emit(body, block, &insn);
}

static void put_goto(struct mn_func *body, int from, int to)
{
	struct mn_case succ = { to, 0, 0 };

	put_jump(body, from, &succ, 1);
}

static mn_val put_value(struct mn_func *body, int block, struct mn_insn insn)
{
	insn.dst = mn_value(body, NULL);
	insn.loc = body->loc;
	mn_emit(body, block, &insn);
	return insn.dst;
}

static mn_val put_unknown(struct mn_func *body, int block)
{
	struct mn_insn insn;

	memset(&insn, 0, sizeof(insn));
	insn.op = MN_UNKNOWN;
	return put_value(body, block, insn);
}

/* the address of @member of the structure at @at; MN_NONE: the unit does not say where it lies */
static mn_val put_part(struct mn_func *body, int block, mn_val at, const char *type,
		       const char *member)
{
	struct mn_insn insn;

	memset(&insn, 0, sizeof(insn));
	insn.op = MN_ADDR;
	insn.a = at;
	insn.imm = unit_offset(body->unit, type, member);
	return insn.imm < 0 ? MN_NONE : put_value(body, block, insn);
}

/* an argument of the walk, or what it points to holds */
static mn_val put_object(struct mn_func *body, int block, const struct object *o)
{
	struct mn_insn insn;

	memset(&insn, 0, sizeof(insn));
	insn.op = MN_LOAD;
	if (o->arg > body->nparams)
		return put_unknown(body, block);	/* a call with fewer arguments than the row has */
	if (!o->type)
		return (mn_val)o->arg;
	insn.a = put_part(body, block, (mn_val)o->arg, o->type, o->member);
	return insn.a ? put_value(body, block, insn) : put_unknown(body, block);
}

static void put_member(struct mn_func *body, int block, mn_val whole, const struct handed *handed)
{
	struct mn_insn insn;

	memset(&insn, 0, sizeof(insn));
	insn.op = MN_STORE;
	insn.loc = body->loc;
	insn.b = put_object(body, block, &handed->value);
	insn.a = put_part(body, block, whole, handed->type, handed->member);
	if (insn.a)
		mn_emit(body, block, &insn);
}

/* what the last parameter of each function is */
static mn_val put_handed(struct mn_func *body, int block, const struct walk_row *row)
{
	mn_val whole;

	if (row->nhanded && !row->handed[0].type)
		return put_object(body, block, &row->handed[0].value);
	whole = put_unknown(body, block);
	for (int i = 0; i < row->nhanded; i++)
		put_member(body, block, whole, &row->handed[i]);
	return whole;
}

static void put_call(struct mn_func *body, int block, const struct called_back *called,
		     mn_val handed)
{
	int n = called->func->nparams;
	mn_val *args = arena_new_array(body->unit->arena, mn_val, n + 1);
	bool is_handed = !called->how || !called->how->not_handed;
	struct mn_insn insn;

	for (int i = 0; i < n; i++)
		args[i] = is_handed && i == n - 1 ? handed : put_unknown(body, block);
	memset(&insn, 0, sizeof(insn));
	insn.op = MN_CALL;
	insn.name = called->func->name;
	insn.args = args;
	insn.nargs = n;
	insn.loc = called->func->loc;
	mn_emit(body, block, &insn);
}

static void put_calls(const struct walk *walk, int block, mn_val handed, bool first)
{
	for (int i = 0; i < walk->called.n; i++) {
		const struct callback *how = walk->called.v[i].how;

		if (how && (first ? how->may_leave_region : how->ends_region))
			put_call(walk->body, block, &walk->called.v[i], handed);
	}
}

static bool is_between(const struct called_back *called)
{
	return !called->how || (!called->how->may_leave_region && !called->how->ends_region);
}

static void put_body(struct mn_arena *arena, const struct walk *walk)
{
	struct mn_func *body = walk->body;
	struct mn_case *to = arena_new_array(arena, struct mn_case, walk->called.n + 1);
	int first, again, any, last, n = 0;
	mn_val handed;

	first = new_block(body);
	handed = put_handed(body, first, walk->row);
	again = new_block(body);
	any = new_block(body);
	put_goto(body, first, again);
	put_calls(walk, again, handed, true);
	put_goto(body, again, any);
	for (int i = 0; i < walk->called.n; i++) {
		if (!is_between(&walk->called.v[i]))
			continue;
		to[n].block = new_block(body);
		put_call(body, to[n].block, &walk->called.v[i], handed);
		put_goto(body, to[n++].block, any);
	}
	last = to[n++].block = new_block(body);
	put_jump(body, any, to, n);
	put_calls(walk, last, handed, false);
	to[0].block = again;
	to[1].block = new_block(body);
	put_jump(body, last, to, 2);
	put_jump(body, to[1].block, NULL, 0);
}

/* it does what the functions do that it calls */
static void sum_up(struct mn_func *body, const struct walk *walk)
{
	body->wanted = body->neutral = body->only_changes = true;
	for (int i = 0; i < walk->called.n; i++) {
		const struct mn_func *func = walk->called.v[i].func;

		body->neutral &= func->neutral;
		body->judged |= func->judged;
		body->starts |= func->starts;
		body->watched |= func->watched;
		body->inside |= func->inside;
		body->copies |= func->copies;
		body->told |= func->told;
		body->relied |= func->relied;
		body->only_changes &= !func->judged || func->only_changes;
	}
}

static struct mn_func *body_of(const struct frame *f, const struct walk *walk)
{
	struct mn_unit *unit = f->eng->unit;
	struct mn_func *body = arena_new_array(unit->arena, struct mn_func, 1);

	body->unit = unit;
	body->name = f->at->name;
	body->loc = f->at->loc;
	body->walk = walk;
	body->nparams = f->at->nargs;
	/* MN_NONE, and the parameters */
	for (int i = 0; i <= body->nparams; i++)
		vec_push(unit->arena, &body->values);
	return body;
}

struct mn_func *walk_of(const struct frame *f, struct work *w)
{
	struct engine *eng = f->eng;
	const struct walk_row *row;
	struct walk *walk;

	row = contract_walk(eng->contract, f->at->name, f->at->nargs, eng->unit->kernels, 0);
	if (!row || row->arg > f->at->nargs)
		return NULL;
	walk = arena_new_array(eng->arena, struct walk, 1);
	walk->row = row;
	find_called(f, w, walk);
	if (!walk->called.n)
		return NULL;
	for (int i = 0; i < eng->walks.n; i++)
		if (same_walk(eng->walks.v[i], walk))
			return eng->walks.v[i]->body;
	*vec_push(eng->arena, &eng->walks) = walk;
	walk->body = body_of(f, walk);
	put_body(eng->arena, walk);
	sum_up(walk->body, walk);
	return walk->body;
}

/* ------------------------------------------------------------------ */
/* how they are called                                                 */

/* the walk may take what it says it may; what it says it has not, its unseen callers have not */
static uint8_t refined(uint8_t known, enum presence how, bool taken)
{
	if (how == PRESENT || (how == UNKNOWN && taken && known == ABSENT))
		return (uint8_t)how;
	return known == UNKNOWN ? (uint8_t)how : known;
}

void walk_enters(const struct mn_func *body, const struct mn_func *func, struct prop *p)
{
	const struct walk *walk = body->walk;
	const struct callback *how = NULL;

	for (int i = 0; i < walk->called.n; i++)
		if (walk->called.v[i].func == func)
			how = walk->called.v[i].how;
	if (!how)
		return;
	p->ptl = refined(p->ptl, how->ptl, true);
	p->atomic = refined(p->atomic, how->atomic, true);
	p->region = refined(p->region, how->region, false);
	if (p->region == ABSENT && p->outside == OUTSIDE_UNKNOWN)
		p->outside = OUTSIDE_CALLERS;
}

/* only what is handed to a walk can be called by one */
bool walk_calls(const struct engine *eng, const struct mn_func *func)
{
	for (int i = 0; i < eng->walks.n; i++)
		for (int k = 0; k < eng->walks.v[i]->called.n; k++)
			if (eng->walks.v[i]->called.v[k].func == func)
				return true;
	return false;
}

bool walk_may_call(const struct engine *eng, const struct mn_func *func)
{
	for (int i = 0; i < func->stored.n; i++)
		if (!contract_is_walked(eng->contract, func->stored.v[i].type))
			return false;
	return func->stored.n > 0;
}

/* ------------------------------------------------------------------ */
/* findings                                                            */

static bool same_call(const struct context_run *x, const struct context_run *y)
{
	return x->caller->run == y->caller->run &&
	       same_place(&x->called_at, &y->called_at);
}

/*
 * What decides whether the call of the walk is in a region is handed on in a structure, and may be asked
 * there in another way ("flags & X" here, "~flags & X" there). So where one path to the call
 * has a region open, another is no evidence.
 */
static bool is_disputed(const struct context_run *ctx)
{
	const struct context_run *walk = walk_around(ctx);

	if (!walk || walk->inside)
		return false;
	for (int i = 0; i < walk->run->contexts.n; i++) {
		const struct context_run *other = walk->run->contexts.v[i];

		if (same_call(walk, other) && other->inside)
			return true;
	}
	return false;
}

/* false: it is disputed wherever it was made */
static bool settle(struct judged *j)
{
	for (int i = 0; is_disputed(j->ctx); i++) {
		if (i == j->others.n)
			return false;
		j->ctx = j->others.v[i].ctx;
		j->trail = j->others.v[i].trail;
	}
	return true;
}

void walks_settle(struct engine *eng)
{
	int kept = 0;

	for (int i = 0; i < eng->judged.n; i++) {
		struct judged *j = &eng->judged.v[i];
		const struct context_run *walk = walk_around(j->ctx);

		if (rule_place(j->rule) == RULE_OUTSIDE && !settle(j))
			finding_disputed(eng, j, walk->run->func->name);
		else
			eng->judged.v[kept++] = *j;
	}
	eng->judged.n = kept;
}
