// SPDX-License-Identifier: GPL-2.0-only
/*
 * callback_idle.c - has a callback done anything yet that may have taken pages from its device?
 *
 * A callback that can queue work is followed for that: what it leaves to the work is not done when it returns.
 * Whatever may do it itself ends that: a function that is not seen, or not looked into; a wait; a
 * store to anything but its own objects, what it has just allocated, and the bounds of the range in the
 * object of the notifier. So what is left are callbacks that set the sequence, take locks, write down for
 * the work what it has to do, and queue it. What callback_incomplete.c says of them rests on nothing unknown.
 */
#include "judging.h"

struct item *idle_item(struct prop *p)
{
	return item_of(p, ITEM_IDLE);
}

/* it may be done from here on: so the callback is one that does something by itself */
static void idle_done(const struct frame *f, struct work *w)
{
	struct item *item = idle_item(&w->prop);

	if (!item)
		return;
	context_root(f->ctx)->run->does = true;
	prop_remove(&w->prop, item);
}

void idle_enter(struct work *entry, const struct mn_func *func, const struct callback *cb)
{
	bool asked = func->queues && is_asked(entry->eng, MN_RULE_CALLBACK_INCOMPLETE);

	if (!(asked || entry->eng->leaving) || !func->nparams || !(cb->invalidates || cb->sequence))
		return;
	entry->eng->idles = true;
	prop_add(entry, ITEM_IDLE, 0, work_value(entry, 1));
}

void idle_unseen(const struct frame *f, struct work *w)
{
	wait_unseen(w);
	idle_done(f, w);
}

/* ------------------------------------------------------------------ */
/* rows                                                                */

static const struct row *row_at(const struct frame *f, const struct mn_insn *call)
{
	return contract_row(f->eng->contract, call->name, call->nargs, f->eng->unit->kernels);
}

void apply_queues(const struct frame *f, struct work *w, struct event *ev)
{
	struct item *item = idle_item(&w->prop);

	(void)ev;
	if (!item)
		return;
	item->flags |= IDLE_QUEUED;
	step_add(w, STEP_QUEUE, f->at->loc, f->func->name, f->at->name);
}

/* a row that also sleeps has ended a wait with a timeout before: wait_unseen() */
void apply_waited(const struct frame *f, struct work *w, struct event *ev)
{
	(void)ev;
	idle_done(f, w);
	wait_over(w);
}

/*
 * To wait for a lock, or for memory, is to do nothing; to wait for anything else may be for the work, or the device. So
 * may what is asked behind a mere might_sleep(): wait_event() does that, and does not wait if there is no need.
 */
void idle_sleeps(const struct frame *f, struct work *w, const struct effect *e)
{
	const struct row *row;

	if (!(idle_item(&w->prop) || last_wait(w)) || e->cond[0].kind == COND_ARG_HAS)
		return;
	row = row_at(f, f->at);
	if (row_effect(row, EFFECT_ACQUIRE) || row_effect(row, EFFECT_LOCK) ||
	    row_effect(row, EFFECT_RECLAIMS) || row_effect(row, EFFECT_POPULATES))
		return;
	idle_unseen(f, w);
	wait_signalled(w);
}

/* ------------------------------------------------------------------ */
/* functions that nothing is judged in                                 */

#define HELPER_DEPTH 3	/* of calls below it: to put something into a list takes two, and a check of it one more */

/* what a function does, itself or in those that it calls */
struct doing {
	bool stores;
	bool branches;
	bool other;			/* a call that is not seen, or what no instruction expresses */
};

static void look_into(const struct frame *f, const struct mn_func *func, int depth, struct doing *doing);

static void look_at_call(const struct frame *f, const struct mn_insn *call, int depth, struct doing *doing)
{
	const struct row *row = row_at(f, call);
	struct mn_func *callee = row ? NULL : unit_func(f->eng->unit, call->name);

	if (row)
		doing->other |= row_effect(row, EFFECT_SLEEPS) != NULL;
	else if (depth && callee && func_ready(callee))
		look_into(f, callee, depth - 1, doing);
	else
		doing->other = true;
}

static void look_into(const struct frame *f, const struct mn_func *func, int depth, struct doing *doing)
{
	for (int b = 0; b < func->blocks.n; b++)
		for (int i = 0; i < func->blocks.v[b].insns.n; i++) {
			const struct mn_insn *insn = &func->blocks.v[b].insns.v[i];

			doing->stores |= insn->op == MN_STORE || insn->op == MN_MOVE || insn->op == MN_ZERO;
			doing->branches |= insn->op == MN_IF || insn->op == MN_SWITCH || insn->op == MN_FORK;
			doing->other |= insn->op == MN_ICALL || insn->op == MN_UNKNOWN;
			if (insn->op == MN_CALL)
				look_at_call(f, insn, depth, doing);
		}
}

void idle_helper(const struct frame *f, struct work *w, const struct mn_func *callee)
{
	struct item *item = idle_item(&w->prop);
	struct doing doing = { false, false, false };

	if (!item && !f->eng->timed)
		return;
	look_into(f, callee, HELPER_DEPTH, &doing);
	/* a store may be to the device */
	if (doing.other || doing.stores)
		wait_unseen(w);
	if (doing.other)
		idle_done(f, w);
	else if (item)
		item->flags |= (doing.stores ? IDLE_CHANGED : 0) | (doing.branches ? IDLE_ASKED : 0);
}

/* the call in this function whose result @s is; NULL: it is none */
static const struct mn_insn *call_of(const struct frame *f, sym_t s)
{
	const struct sym *x = sym(f->eng, s);
	uint64_t site = (uint64_t)x->imm, block = site >> SITE_INSN_BITS & EXIT_BLOCK;
	uint64_t insn = site & ((1ull << SITE_INSN_BITS) - 1);
	const struct mn_func *func = f->ctx->run->func;

	if (x->kind != SYM_BORN || (uint64_t)x->imm2 != birth(BIRTH_RESULT, 0) ||
	    run_site(f->ctx->run, block, insn) != site)
		return NULL;
	return func->blocks.v[block].insns.v[insn].op == MN_CALL ? &func->blocks.v[block].insns.v[insn] : NULL;
}

/* memory: nobody else has it yet */
static bool is_allocation(const struct frame *f, const struct mn_insn *call)
{
	const struct effect *e = call ? row_effect(row_at(f, call), EFFECT_SLEEPS) : NULL;

	return e && e->cond[0].kind == COND_ARG_HAS;
}

static bool is_trylock(const struct frame *f, const struct mn_insn *call)
{
	const struct row *row = call ? row_at(f, call) : NULL;

	return row_effect(row, EFFECT_ACQUIRE) || row_effect(row, EFFECT_LOCK);
}

/* ------------------------------------------------------------------ */
/* conditions                                                          */

enum asked { ASKED_NOTHING, ASKED_STATE, ASKED_EVENT };

struct question {
	const struct frame *f;
	struct work *w;
	sym_t range;			/* the structure that has the bounds; SYM_NONE: they are parameters */
	enum asked asked;
};

static bool is_answer(const struct work *w, sym_t s)
{
	for (int i = 0; i < w->prop.n; i++) {
		const struct item *item = &w->prop.items[i];

		if ((item->kind == ITEM_CALLBACK && item->a == s) ||
		    (item->kind == ITEM_BOUNDS && (item->a == s || item->b == s)))
			return true;
	}
	return false;
}

static bool look_at_atom(void *arg, sym_t s, sym_t *to)
{
	struct question *q = (struct question *)arg;
	const struct engine *eng = q->f->eng;
	const struct sym *x = sym(eng, s);
	bool root = !q->f->ctx->caller, known = is_answer(q->w, s) || x->kind == SYM_CONST ||
		    x->kind == SYM_GLOBAL || x->kind == SYM_FUNC || (x->kind == SYM_INPUT && root);

	*to = s;
	if (!known && (x->kind == SYM_ADDR || x->kind == SYM_OP || x->kind == SYM_PURE))
		return false;
	if (!known && x->kind == SYM_BORN)
		known = is_allocation(q->f, call_of(q->f, s)) || is_trylock(q->f, call_of(q->f, s));
	if (known)
		return true;
	if (x->kind == SYM_CONTENT && q->range && sym_base(eng, x->a) == q->range)
		q->asked = ASKED_EVENT;
	else if (q->asked == ASKED_NOTHING)
		q->asked = ASKED_STATE;
	return true;
}

/*
 * Whether it may block, whether a lock or memory was to be had, and where the range is: none of that says that there
 * is nothing to do. What an object holds may say it. Who looks at the event is told of changes, and
 * may have no use for the pages: of that nothing is said.
 */
void idle_asks(const struct frame *f, struct work *w, sym_t condition)
{
	struct item *item = idle_item(&w->prop);
	const struct item *bounds = item_of(&w->prop, ITEM_BOUNDS);
	const struct sym *end = bounds ? sym(f->eng, bounds->a) : NULL;
	struct question q = { f, w, SYM_NONE, ASKED_NOTHING };

	if (!item)
		return;
	if (end && end->kind == SYM_CONTENT)
		q.range = sym_base(f->eng, end->a);
	if (!condition)
		q.asked = ASKED_STATE;
	else
		sym_map(f->eng, condition, look_at_atom, &q);
	if (q.asked == ASKED_EVENT)
		idle_done(f, w);
	else if (q.asked == ASKED_STATE)
		item->flags |= IDLE_ASKED;
}

/* ------------------------------------------------------------------ */
/* stores                                                              */

struct search {
	const struct item *bounds;
	bool found;
};

static bool look_for_bound(void *arg, sym_t s, sym_t *to)
{
	struct search *search = (struct search *)arg;

	search->found |= s == search->bounds->a || s == search->bounds->b;
	*to = s;
	return search->found;
}

/* @s is computed of a bound of the range that the callback is called for */
static bool has_bound(const struct frame *f, struct work *w, sym_t s)
{
	struct search search = { item_of(&w->prop, ITEM_BOUNDS), false };

	if (search.bounds && s)
		sym_map(f->eng, s, look_for_bound, &search);
	return search.found;
}

/* both are the same value, plus constants: the object that holds the notifier is found by subtraction */
static bool same_object(const struct engine *eng, sym_t a, sym_t b)
{
	int64_t off;

	return sym_base(eng, sym_linear(eng, sym_base(eng, a), &off)) ==
	       sym_base(eng, sym_linear(eng, sym_base(eng, b), &off));
}

/* @from is the structure that has the bounds */
static bool is_range(const struct frame *f, struct work *w, sym_t from)
{
	const struct item *bounds = item_of(&w->prop, ITEM_BOUNDS);
	const struct sym *end = bounds ? sym(f->eng, bounds->a) : NULL;

	return end && end->kind == SYM_CONTENT && sym_base(f->eng, end->a) == sym_base(f->eng, from);
}

void idle_stored(const struct frame *f, struct work *w)
{
	struct item *item = idle_item(&w->prop);
	sym_t base = item ? sym_base(f->eng, work_value(w, f->at->a)) : SYM_NONE;
	const struct sym *x = sym(f->eng, base);
	bool bound, known;

	if (!item || x->kind == SYM_LOCAL || x->flags & SYM_STACK)
		return;
	bound = f->at->op == MN_STORE ? has_bound(f, w, work_value(w, f->at->b)) :
		f->at->op == MN_MOVE && is_range(f, w, work_value(w, f->at->b));
	known = is_allocation(f, call_of(f, base));
	if (bound && (known || same_object(f->eng, base, item->a)))
		item->flags |= IDLE_HANDED;
	else if (!known)
		idle_done(f, w);
}
