// SPDX-License-Identifier: GPL-2.0-only
/*
 * judge_callback.c - callbacks that must not sleep, or not always.
 *
 * The contract says of a callback that it is called atomically, or what tells it
 * whether it may block. That value goes along with the state as an item, in the
 * callees' words like everything else; so "may sleep" is one question about
 * it, wherever a call sleeps: is it known not to be 0 on this path? A lock that is
 * waited for asleep is followed here only, for the callback that fails and keeps it.
 * One that fails has to have asked as well; a function that is not seen may have done so.
 * Sleeping in atomic context that does not come from a callback is not looked at.
 */
#include "judge_callback.h"

/* no object: called atomically, there is nothing to ask */
static bool is_atomic(const struct item *item)
{
	return item->a == SYM_NONE;
}

static const struct item *callback_item(const struct work *w)
{
	for (int i = 0; i < w->prop.n; i++)
		if (w->prop.items[i].kind == ITEM_CALLBACK)
			return &w->prop.items[i];
	return NULL;
}

/* ALWAYS: it was asked and may block; NEVER: asked and may not */
static enum truth may_block(const struct work *w)
{
	enum truth answer = MAYBE;

	for (int i = 0; i < w->prop.n && answer == MAYBE; i++)
		if (w->prop.items[i].kind == ITEM_CALLBACK)
			answer = is_atomic(&w->prop.items[i]) ? NEVER :
				 fact_true(w, w->prop.items[i].a);
	return answer;
}

/* ------------------------------------------------------------------ */
/* entry                                                               */

static sym_t ask_sym(struct work *w, const struct mn_func *func,
		     const struct ask *ask)
{
	struct engine *eng = w->eng;
	const struct object *o = &ask->object;
	sym_t s = o->arg <= func->nparams ? work_value(w, (mn_val)o->arg) : SYM_NONE;
	int64_t bits;

	if (o->kind == OBJECT_CELL && o->type) {
		bits = unit_offset(eng->unit, o->type, o->member);
		s = bits < 0 ? SYM_NONE : work_read(w, sym_addr(eng, s, bits, 0));
	}
	if (!s || !ask->func)
		return s;
	return sym_pure(eng, arena_intern(eng->arena, ask->func), s, SYM_NONE);
}

void callback_begin(struct work *entry, const struct mn_func *func,
		    const struct callback *cb)
{
	const char *member = arena_printf(entry->eng->arena, "%s.%s", cb->type,
					  cb->member);

	if (cb->atomic == PRESENT)
		prop_add(entry, ITEM_CALLBACK, 0, SYM_NONE);
	for (int i = 0; i < cb->nasks && cb->atomic != PRESENT; i++) {
		sym_t s = ask_sym(entry, func, &cb->asks[i]);

		if (s)
			prop_add(entry, ITEM_CALLBACK, cb->fails ? CALLBACK_CAN_FAIL : 0, s);
	}
	step_add(entry, STEP_CALLBACK, func->loc, func->name, member);
}

/* ------------------------------------------------------------------ */
/* sleeping                                                            */

static const struct context_run *root_of(const struct context_run *ctx)
{
	while (ctx->caller)
		ctx = ctx->caller;
	return ctx;
}

static bool same_file(struct mn_loc a, struct mn_loc b)
{
	return a.file == b.file || (a.file && b.file && !strcmp(a.file, b.file));
}

/*
 * The call that a person can repair: the last one on the way that stands in the
 * file of the callback, not in an inline function of some header.
 */
static void report_sleep(const struct frame *f, struct work *w, enum message m)
{
	const struct context_run *ctx = f->ctx, *root = root_of(ctx);
	const char *callee = f->at->name;
	struct mn_loc loc = f->at->loc;
	struct frame at = *f;

	while (ctx->caller && !same_file(loc, root->run->func->loc)) {
		callee = ctx->run->func->name;
		loc = ctx->called_at;
		ctx = ctx->caller;
		at.func = ctx->run->func;
	}
	finding_make(&at, w, loc, m, callee, root->callback->member);
}

void judge_callback_sleep(const struct frame *f, struct work *w)
{
	const struct item *item = callback_item(w);
	enum message m;

	if (!item || !root_of(f->ctx)->callback)
		return;
	switch (may_block(w)) {
	case ALWAYS:
		return;
	case MAYBE:
		m = MESSAGE_CALLBACK_UNASKED;
		break;
	default:
		m = MESSAGE_CALLBACK_FORBIDDEN;
		break;
	}
	if (is_atomic(item))
		m = MESSAGE_CALLBACK_SLEEPS;
	if (w->prop.quiet & 1u << message_rule(m))
		return;
	report_sleep(f, w, m);
	w->prop.quiet |= 1u << message_rule(m);
}

/* is the answer to be read from what @arg is, or points to? "!blockable", "range", .. */
static bool tells(const struct engine *eng, sym_t arg, sym_t answer)
{
	const struct sym *x = sym(eng, answer);

	while (arg != answer && sym(eng, arg)->kind == SYM_OP)
		arg = sym(eng, arg)->a;
	if (arg == answer)
		return true;
	while (x->kind == SYM_CONTENT || x->kind == SYM_ADDR || x->kind == SYM_PURE) {
		answer = x->a;
		x = sym(eng, answer);
	}
	return sym_base(eng, arg) == answer;
}

void callback_tell(struct work *w, sym_t arg)
{
	const struct sym *x = sym(w->eng, sym_base(w->eng, arg));
	bool own = x->kind == SYM_LOCAL || x->flags & SYM_STACK;

	for (int i = 0; i < w->prop.n; i++) {
		struct item *item = &w->prop.items[i];

		if (item->kind == ITEM_CALLBACK && item->flags & CALLBACK_CAN_FAIL &&
		    (own || tells(w->eng, arg, item->a)))
			item->flags |= CALLBACK_TOLD;
	}
}

/* ------------------------------------------------------------------ */
/* locks that are waited for asleep                                    */

bool callback_ignores(const struct work *w, const struct effect *e)
{
	const struct item *item;

	if (e->kind != EFFECT_ACQUIRE && e->kind != EFFECT_RELEASE)
		return false;
	item = callback_item(w);
	return !item || !(item->flags & CALLBACK_CAN_FAIL);
}

void callback_acquire(const struct frame *f, struct work *w, const struct effect *e)
{
	sym_t lock = object_sym(f, w, &e->object);

	if (!lock || prop_find(&w->prop, ITEM_SLEEPER, lock))
		return;
	prop_add(w, ITEM_SLEEPER, 0, lock);
	step_add(w, STEP_LOCK, f->at->loc, f->func->name,
		 object_name(f, &e->object))->subject = lock;
}

/* one that is not known by this name is the one taken last */
void callback_release(const struct frame *f, struct work *w, const struct effect *e)
{
	sym_t lock = object_sym(f, w, &e->object);
	struct item *held = lock ? prop_find(&w->prop, ITEM_SLEEPER, lock) : NULL;

	for (int i = w->prop.n - 1; i >= 0 && !held; i--)
		if (w->prop.items[i].kind == ITEM_SLEEPER)
			held = &w->prop.items[i];
	if (!held)
		return;
	step_add(w, STEP_UNLOCK, f->at->loc, f->func->name,
		 object_name(f, &e->object))->subject = held->a;
	prop_remove(&w->prop, held);
}

/* ------------------------------------------------------------------ */
/* the return of the callback itself                                   */

static bool has_failed(const struct work *w, const struct callback *cb, sym_t result)
{
	enum truth t = fact_true(w, result);

	return (cb->fails == FAILS_IF_RET && t == ALWAYS) ||
	       (cb->fails == FAILS_IF_NOT_RET && t == NEVER);
}

/* a spinlock that the caller asserts to hold may be another kind; these are ours */
static const struct item *lock_kept(const struct prop *p)
{
	for (int i = 0; i < p->n; i++)
		if (p->items[i].kind == ITEM_SLEEPER ||
		    (p->items[i].kind == ITEM_LOCK && p->items[i].flags == LOCK_SPIN))
			return &p->items[i];
	return NULL;
}

static void report_kept(const struct frame *f, struct work *w, struct mn_loc loc,
			const struct item *lock, const char *member)
{
	const struct step *s = step_of(w->trail, STEP_LOCK, lock->a);

	if (s && s->name)
		finding_make(f, w, loc, MESSAGE_CALLBACK_HELD, s->name, member);
	else
		finding_make(f, w, loc, MESSAGE_CALLBACK_HELD_NONAME, member, NULL);
}

/* whether the callback may sleep was neither asked nor, by sleeping, taken for granted */
static bool nobody_asked(const struct work *w)
{
	const struct item *item = callback_item(w);

	return item && may_block(w) == MAYBE && !(item->flags & CALLBACK_TOLD) &&
	       !(w->prop.quiet & 1u << MN_RULE_CALLBACK_NONBLOCK);
}

void judge_callback_return(const struct frame *f, struct work *w, sym_t result,
			   struct mn_loc loc)
{
	const struct callback *cb = f->ctx->callback;
	const struct item *lock = lock_kept(&w->prop);

	if (!has_failed(w, cb, result))
		return;
	if (lock)
		report_kept(f, w, loc, lock, cb->member);
	else if (may_block(w) == ALWAYS)
		finding_make(f, w, loc, MESSAGE_CALLBACK_FAILS, cb->member, NULL);
	else if (nobody_asked(w))
		finding_make(f, w, loc, MESSAGE_CALLBACK_FAILS_UNASKED, cb->member, NULL);
}
