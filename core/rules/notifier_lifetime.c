// SPDX-License-Identifier: GPL-2.0-only
/*
 * notifier_lifetime.c - a notifier that is inserted before what its callback uses is there, or freed as it is.
 *
 * From the insertion on its callbacks run, on any CPU. So the locks, lists and works of the object that holds it are
 * initialised before, and the object is not freed before it was removed, by who waits for callbacks. What a callback uses is read off its
 * body, and off what it passes on: the member that lies as far from the notifier as what is initialised.
 * A callback whose body is not here uses nothing, as far as is known.
 */
#include <limits.h>
#include <string.h>

#include "judging.h"

static bool is_about(const struct engine *eng, const struct item *item, sym_t object)
{
	return item->kind == ITEM_INSERTED && sym_base(eng, item->a) == sym_base(eng, object);
}

void apply_inserts(const struct frame *f, struct work *w, struct event *ev)
{
	sym_t notifier = object_sym(f, w, &ev->effect->object);
	struct item *item = prop_add(w, ITEM_INSERTED, 0, notifier);

	item->b = object_sym(f, w, &ev->effect->value);
	step_add(w, STEP_INSERT, f->at->loc, f->func->name, f->at->name)->subject = notifier;
}

/* it waits until the callbacks have returned */
static bool is_waited(const struct frame *f)
{
	return row_effect(contract_row(f->eng->contract, f->at->name, f->at->nargs, f->eng->unit->kernels),
			  EFFECT_REMOVES) != NULL;
}

/* of one object, at different places in it */
static bool is_another(const struct work *w, sym_t x, sym_t y)
{
	return sym_base(w->eng, x) == sym_base(w->eng, y) && sym_differ(w, x, y);
}

/* who does not wait may not free it, whoever has inserted it */
static void put(const struct frame *f, struct work *w, struct item *item, sym_t notifier)
{
	if (!item)
		item = prop_add(w, ITEM_INSERTED, 0, notifier);
	item->flags |= INSERTED_PUT;
	step_add(w, STEP_PUT, f->at->loc, f->func->name, f->at->name)->subject = notifier;
}

/* one that is not known by this name may be any, but none that lies elsewhere in the same object */
void apply_withdraws(const struct frame *f, struct work *w, struct event *ev)
{
	sym_t notifier = object_sym(f, w, &ev->effect->object);
	struct item *known = prop_find(&w->prop, ITEM_INSERTED, notifier);

	if (!is_waited(f)) {
		put(f, w, known, notifier);
		return;
	}
	for (int i = w->prop.n - 1; i >= 0; i--) {
		struct item *item = &w->prop.items[i];

		if (item->kind == ITEM_INSERTED &&
		    (known ? item->a == notifier : !is_another(w, item->a, notifier)))
			prop_remove(&w->prop, item);
	}
}

/* who waits for all callbacks of notifiers has waited for those of the ones that were put */
void apply_removes(const struct frame *f, struct work *w, struct event *ev)
{
	(void)f;
	(void)ev;
	for (int i = w->prop.n - 1; i >= 0; i--)
		if (w->prop.items[i].kind == ITEM_INSERTED && w->prop.items[i].flags & INSERTED_PUT)
			prop_remove(&w->prop, &w->prop.items[i]);
}

static void note_given(struct work *w, sym_t object, sym_t result)
{
	for (int i = w->prop.n - 1; i >= 0; i--) {
		struct item *item = &w->prop.items[i];

		if (!is_about(w->eng, item, object) || (result && item->c == result))
			continue;
		if (!result || item->c)
			prop_remove(&w->prop, item);
		else
			item->c = result;
	}
}

/*
 * A function that is not seen and gets the object may remove its notifier, but not where it fails: one that fails
 * undoes what it did itself.
 */
void notifier_unseen(const struct frame *f, struct work *w)
{
	sym_t result = f->at->dst ? work_value(w, f->at->dst) : SYM_NONE;

	for (int i = 0; i < f->at->nargs; i++)
		note_given(w, work_value(w, f->at->args[i]), result);
}

static bool has_failed(const struct work *w, const struct item *item)
{
	return fact_of(w, item->c).hi < 0;
}

/* ------------------------------------------------------------------ */
/* what a callback uses                                                */

#define NOWHERE INT64_MIN

/* a function that is passed an address, @bits behind the notifier, as a parameter */
struct passed {
	const struct mn_func *func;
	mn_val param;
	int64_t bits;
};

struct uses {
	const struct mn_unit *unit;
	int64_t wanted;			/* bits from the notifier to the member that is asked for .. */
	bool first;			/* .. with which the object starts: its address is that of the object */
	bool used, prepared;		/* it is; it is initialised there each time */
	MN_VEC(struct passed) v;
};

static void pass(struct uses *u, const struct mn_func *func, mn_val param, int64_t bits)
{
	struct passed *to;

	if ((int)param > func->nparams)
		return;
	for (int i = 0; i < u->v.n; i++)
		if (u->v.v[i].func == func && u->v.v[i].param == param && u->v.v[i].bits == bits)
			return;
	to = vec_push(u->unit->arena, &u->v);
	to->func = func;
	to->param = param;
	to->bits = bits;
}

/* a value of a function: how far behind the notifier it points, or the number that it is */
struct place {
	int64_t bits;			/* NOWHERE: not known to point into the object */
	bool is_number;
	int64_t number;			/* bytes, where it is added to an address */
};

/* container_of() may subtract bytes, as from any pointer */
static int64_t place_of(const struct mn_insn *insn, const struct place *at)
{
	int64_t bits = NOWHERE;

	switch (insn->op) {
	case MN_COPY:
		return at[insn->a].bits;
	case MN_ADDR:
		return at[insn->a].bits == NOWHERE ? NOWHERE : wrapped_sum(at[insn->a].bits, insn->imm);
	case MN_ADD:
		return at[insn->a].bits == NOWHERE || !at[insn->b].is_number ? NOWHERE :
		       wrapped_sum(at[insn->a].bits, (int64_t)((uint64_t)at[insn->b].number * 8));
	case MN_PHI:
		for (int i = 0; bits == NOWHERE && i < insn->nargs; i++)
			bits = at[insn->args[i]].bits;
		return bits;
	default:
		return NOWHERE;
	}
}

/* true: a value is known that was not */
static bool spread_places(const struct mn_func *func, struct place *at)
{
	bool more = false;

	for (int b = 0; b < func->blocks.n; b++)
		for (int i = 0; i < func->blocks.v[b].insns.n; i++) {
			const struct mn_insn *insn = &func->blocks.v[b].insns.v[i];

			if (!insn->dst || at[insn->dst].bits != NOWHERE)
				continue;
			at[insn->dst].bits = place_of(insn, at);
			more |= at[insn->dst].bits != NOWHERE;
		}
	return more;
}

static struct place *places_new(const struct uses *u, const struct mn_func *func)
{
	struct place *at = arena_new_array(u->unit->arena, struct place, func->values.n);

	for (int i = 0; i < func->values.n; i++)
		at[i].bits = NOWHERE;
	for (int b = 0; b < func->blocks.n; b++)
		for (int i = 0; i < func->blocks.v[b].insns.n; i++) {
			const struct mn_insn *insn = &func->blocks.v[b].insns.v[i];

			if (insn->op != MN_CONST)
				continue;
			at[insn->dst].is_number = true;
			at[insn->dst].number = insn->imm;
		}
	return at;
}

/* who is not seen, and gets the object as well, need not use what it starts with */
static void call_uses(struct uses *u, const struct mn_insn *call, const struct place *at)
{
	bool named = call->op == MN_CALL;
	const struct row *row = named ? contract_row(u->unit->contract, call->name, call->nargs, u->unit->kernels) : NULL;
	const struct mn_func *callee = named && !row ? unit_func(u->unit, call->name) : NULL;

	for (int i = 0; i < call->nargs; i++) {
		int64_t bits = at[call->args[i]].bits;

		if (callee && callee->blocks.n && bits != NOWHERE)
			pass(u, callee, (mn_val)i + 1, bits);
		else if (bits == u->wanted && row_effect(row, EFFECT_PREPARES))
			u->prepared = true;
		else if (bits == u->wanted && (row || !u->first))
			u->used = true;
	}
}

/* does @insn read, write, or pass on what is asked for? What else it passes on is followed */
static void look_at_insn(struct uses *u, const struct mn_insn *insn, const struct place *at)
{
	if ((insn->op == MN_LOAD || insn->op == MN_STORE) && at[insn->a].bits == u->wanted)
		u->used = true;
	if (insn->op == MN_CALL || insn->op == MN_ICALL)
		call_uses(u, insn, at);
}

static void look_at_func(struct uses *u, struct passed from)
{
	const struct mn_func *func = from.func;
	struct place *at = places_new(u, func);

	at[from.param].bits = from.bits;
	while (spread_places(func, at))
		;
	for (int b = 0; b < func->blocks.n; b++)
		for (int i = 0; i < func->blocks.v[b].insns.n; i++)
			look_at_insn(u, &func->blocks.v[b].insns.v[i], at);
}

/* those that are called for a range: they may run as soon as the notifier is inserted */
static bool table_uses(const struct mn_unit *unit, const struct mn_table *table, int64_t wanted, bool first)
{
	struct uses u = { unit, wanted, first, false, false, { NULL, 0, 0 } };

	for (int i = 0; table && i < table->members.n; i++) {
		const struct table_member *m = &table->members.v[i];
		const struct mn_func *func = unit_func(unit, m->func);
		const struct callback *cb = func ? contract_callback(unit->contract, table->type, m->member,
								     func->nparams, unit->kernels) : NULL;

		if (cb && cb->end.kind != OBJECT_NONE)
			pass(&u, func, 1, 0);
	}
	for (int i = 0; i < u.v.n; i++)
		look_at_func(&u, u.v.v[i]);
	return u.used && !u.prepared;
}

static const struct mn_table *table_of_item(const struct engine *eng, const struct item *item)
{
	const struct sym *x = sym(eng, item->b);

	return x->kind == SYM_GLOBAL ? unit_table(eng->unit, x->name) : NULL;
}

/* bits from the start of the object that both are in */
static int64_t offset_in(const struct engine *eng, sym_t addr)
{
	return sym(eng, addr)->kind == SYM_ADDR ? sym(eng, addr)->imm : 0;
}

/* ------------------------------------------------------------------ */

/* The place is that of the call that a person can repair: in the file, not in what a header defines for __free(kfree). */
static void report_freed(const struct frame *f, struct work *w, const struct item *item)
{
	const struct step *s = item->flags & INSERTED_PUT ? step_of(w->trail, STEP_PUT, item->a) : NULL;
	const struct context_run *ctx = f->ctx;
	const char *callee = f->at->name;
	struct mn_loc loc = f->at->loc;
	struct frame at = *f;

	while (ctx->caller && is_header(loc.file)) {
		callee = ctx->run->func->name;
		loc = ctx->called_at;
		ctx = ctx->caller;
		at.func = ctx->run->func;
	}
	finding_make(&at, w, loc, s ? MESSAGE_FREED_PUT : MESSAGE_FREED_INSERTED, callee, s ? s->name : NULL);
}

static bool inserts_one(const struct engine *eng, const struct mn_func *func)
{
	for (int i = 0; i < func->calls.n; i++)
		if (contract_query(eng->contract, func->calls.v[i], eng->unit->kernels) & CONTRACT_INSERTS)
			return true;
	return false;
}

/* .. and waits until its callbacks have returned */
static bool removes_one(const struct engine *eng, const struct mn_insn *insn)
{
	return insn->op == MN_CALL &&
	       contract_does(eng->contract, insn->name, EFFECT_WITHDRAWS, eng->unit->kernels) &&
	       contract_does(eng->contract, insn->name, EFFECT_REMOVES, eng->unit->kernels);
}

static bool is_call(const struct mn_insn *insn, const char *name, struct mn_loc loc)
{
	return insn->op == MN_CALL && !strcmp(insn->name, name) && insn->loc.line == loc.line && insn->loc.col == loc.col;
}

/* is there a removal in front of the call of @name at @loc, in the order of the blocks? */
static bool removes_before(const struct engine *eng, const struct mn_func *func, const char *name, struct mn_loc loc)
{
	int first = INT_MAX, call = -1;

	for (int b = 0; b < func->blocks.n; b++) {
		const struct block *block = &func->blocks.v[b];

		for (int i = 0; i < block->insns.n && block->order >= 0; i++) {
			if (removes_one(eng, &block->insns.v[i]) && block->order < first)
				first = block->order;
			if (is_call(&block->insns.v[i], name, loc))
				call = block->order;
		}
	}
	return first < call;
}

/*
 * Behind the function that inserted it, one that removes it on another of its paths asks the object whether there
 * is one. What is stored there when it is inserted is not followed through what is not seen.
 */
static bool asks_object(const struct frame *f)
{
	const char *name = f->at->name;
	struct mn_loc loc = f->at->loc;

	for (const struct context_run *ctx = f->ctx; ctx && !inserts_one(f->eng, ctx->run->func); ctx = ctx->caller) {
		if (removes_before(f->eng, ctx->run->func, name, loc))
			return true;
		name = ctx->run->func->name;
		loc = ctx->called_at;
	}
	return false;
}

static void at_event(const struct frame *f, struct work *w, struct event *ev)
{
	sym_t object = object_sym(f, w, &ev->effect->object);

	for (int i = 0; i < w->prop.n && !is_quiet(w, MN_RULE_NOTIFIER_LIFETIME); i++) {
		const struct item *item = &w->prop.items[i];
		bool freed = ev->effect->kind == EFFECT_DISPOSES;

		if (!is_about(f->eng, item, object) || (item->c && !(freed && has_failed(w, item))))
			continue;
		if (freed ? object != sym_base(f->eng, item->a) :
		    !table_uses(f->eng->unit, table_of_item(f->eng, item),
				offset_in(f->eng, object) - offset_in(f->eng, item->a), !offset_in(f->eng, object)))
			continue;
		if (freed && !(item->flags & INSERTED_PUT) && asks_object(f))
			continue;
		if (freed)
			report_freed(f, w, item);
		else
			judge_report(f, w, MESSAGE_INSERTED_EARLY, f->at->name, NULL);
		be_quiet(w, MN_RULE_NOTIFIER_LIFETIME);
	}
}

/* whether the function that was given it has failed may be said where its result is returned */
void apply_disposes(const struct frame *f, struct work *w, struct event *ev)
{
	sym_t object = object_sym(f, w, &ev->effect->object);

	reading_frees(w, object);
	for (int i = w->prop.n - 1; i >= 0; i--) {
		struct item *item = &w->prop.items[i];

		if (!is_about(f->eng, item, object))
			continue;
		if (!item->c || object != sym_base(f->eng, item->a)) {
			prop_remove(&w->prop, item);
			continue;
		}
		item->flags |= INSERTED_FREED;
		step_add(w, STEP_DISPOSE, f->at->loc, f->func->name, f->at->name)->subject = item->a;
	}
}

/* the function that inserts a notifier returns errors; of another one it may be "the last reference is gone" */
static bool inserts(const struct frame *f, const struct work *w, const struct item *item)
{
	const struct step *s = step_of(w->trail, STEP_INSERT, item->a);

	return s && s->func == f->func->name;
}

static void at_return(const struct frame *f, struct work *w, sym_t result, struct mn_loc loc)
{
	(void)loc;
	for (int i = 0; i < w->prop.n && !is_quiet(w, MN_RULE_NOTIFIER_LIFETIME); i++) {
		const struct item *item = &w->prop.items[i];
		const struct step *s;

		if (item->kind != ITEM_INSERTED || !(item->flags & INSERTED_FREED) || item->c != result ||
		    fact_true(w, result) != ALWAYS || !inserts(f, w, item))
			continue;
		s = step_of(w->trail, STEP_DISPOSE, item->a);
		if (s)
			finding_make(f, w, s->loc, MESSAGE_FREED_INSERTED, s->name, NULL);
		be_quiet(w, MN_RULE_NOTIFIER_LIFETIME);
	}
}

const struct rule rule_NOTIFIER_LIFETIME = {
	SEES(PREPARES) | SEES(DISPOSES), 0, at_event, at_return, NULL, unload_judge
};
