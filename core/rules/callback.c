// SPDX-License-Identifier: GPL-2.0-only
/*
 * callback.c - callbacks that must not sleep, or not always: what their rules share.
 *
 * The contract says of a callback that it is called in atomic context, or which value says
 * whether blocking is allowed. The state carries that value as an item, renamed into
 * callees like everything else; so a call that may sleep raises one question,
 * wherever it is: is that value known not to be 0 on this path?
 */
#include <string.h>

#include "judging.h"

bool callback_is_atomic(const struct item *item)
{
	return item->a == SYM_NONE;
}

const struct item *callback_item(const struct work *w)
{
	for (int i = 0; i < w->prop.n; i++)
		if (w->prop.items[i].kind == ITEM_CALLBACK)
			return &w->prop.items[i];
	return NULL;
}

enum truth callback_may_block(const struct work *w)
{
	enum truth answer = MAYBE;

	for (int i = 0; i < w->prop.n && answer == MAYBE; i++)
		if (w->prop.items[i].kind == ITEM_CALLBACK)
			answer = callback_is_atomic(&w->prop.items[i]) ? NEVER :
				 fact_true(w, w->prop.items[i].a);
	return answer;
}

/* ------------------------------------------------------------------ */
/* entry                                                               */

/* what @o names, as the callback is entered: a parameter, or a member of what it points to */
static sym_t entry_sym(struct work *w, const struct mn_func *func, const struct object *o)
{
	sym_t s = o->arg <= func->nparams ? work_value(w, (mn_val)o->arg) : SYM_NONE;
	int64_t bits;

	if (o->kind != OBJECT_CELL || !o->type)
		return s;
	bits = unit_offset(w->eng->unit, o->type, o->member);
	return bits < 0 ? SYM_NONE : work_read(w, sym_addr(w->eng, s, bits, 0));
}

static sym_t ask_sym(struct work *w, const struct mn_func *func,
		     const struct ask *ask)
{
	sym_t s = entry_sym(w, func, &ask->object);

	if (!s || !ask->func)
		return s;
	return sym_pure(w->eng, arena_intern(w->eng->unit->arena, ask->func), s, SYM_NONE);
}

static void bounds_enter(struct work *entry, const struct mn_func *func, const struct callback *cb)
{
	sym_t end = cb->end.kind ? entry_sym(entry, func, &cb->end) : SYM_NONE;
	bool judged = is_asked(entry->eng, MN_RULE_RANGE_ARITHMETIC);

	/* work that is queued may be given a bound */
	if (!end || (!judged && !is_asked(entry->eng, MN_RULE_CALLBACK_INCOMPLETE)))
		return;
	entry->eng->bounded |= judged;
	prop_add(entry, ITEM_BOUNDS, cb->whole ? BOUNDS_WHOLE : 0, end)->b =
		entry_sym(entry, func, &cb->start);
}

void callback_enter(struct work *entry, const struct mn_func *func,
		    const struct callback *cb)
{
	const char *member = arena_printf(entry->eng->arena, "%s.%s", cb->type,
					  cb->member);
	sym_t event;

	if (cb->atomic == PRESENT)
		prop_add(entry, ITEM_CALLBACK, 0, SYM_NONE);
	for (int i = 0; i < cb->nasks && cb->atomic != PRESENT; i++) {
		sym_t s = ask_sym(entry, func, &cb->asks[i]);

		if (!s)
			continue;
		prop_add(entry, ITEM_CALLBACK, cb->fails ? CALLBACK_CAN_FAIL : 0, s);
		fact_learn(entry, s, fact_between(0, 1));	/* it is a bool */
	}
	sequence_enter(entry, cb);
	idle_enter(entry, func, cb);
	count_enter(entry, func, cb);
	bounds_enter(entry, func, cb);
	event = cb->event.kind ? entry_sym(entry, func, &cb->event) : SYM_NONE;
	if (event)
		prop_add(entry, ITEM_EVENT, 0, event);
	step_add(entry, STEP_CALLBACK, func->loc, func->name, member);
}

/* ------------------------------------------------------------------ */
/* sleeping                                                            */

const struct callback *callback_around(const struct context_run *ctx)
{
	return context_root(ctx)->callback;
}

static bool same_file(struct mn_loc a, struct mn_loc b)
{
	return a.file == b.file || (a.file && b.file && !strcmp(a.file, b.file));
}

void callback_finding(const struct frame *f, struct work *w, struct mn_loc loc,
		      enum message m, const char *a, const char *b)
{
	struct judged *j = finding_make(f, w, loc, m, a, b);

	if (j)
		j->shows_entry = true;
}

/*
 * The call that a person can repair: the last one on the way that stands in the
 * file of the callback, not in an inline function of some header. The path goes on to the call that sleeps.
 */
void callback_report_sleep(const struct frame *f, struct work *w, enum message m)
{
	const struct context_run *ctx = f->ctx, *root = context_root(ctx);
	const struct step *trail = w->trail;
	const char *callee = f->at->name;
	struct mn_loc loc = f->at->loc;
	struct frame at = *f;

	if (is_quiet(w, message_rule(m)) || !root->callback)
		return;
	while (ctx->caller && !same_file(loc, root->run->func->loc)) {
		callee = ctx->run->func->name;
		loc = ctx->called_at;
		ctx = ctx->caller;
		at.func = ctx->run->func;
	}
	step_add(w, m == MESSAGE_REMOVED_INSIDE ? STEP_REMOVE : STEP_SLEEP, f->at->loc, f->func->name,
		 f->at->name);
	callback_finding(&at, w, loc, m, callee, root->callback->member);
	w->trail = trail;
	be_quiet(w, message_rule(m));
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

/* the same, of what an object of the callback's own holds */
static bool holds(const struct work *w, sym_t arg, sym_t answer)
{
	sym_t base = sym_base(w->eng, arg);

	for (int i = 0; i < w->n; i++)
		if (bind_space(w->binds[i].key) == SPACE_CELL &&
		    sym_base(w->eng, bind_id(w->binds[i].key)) == base &&
		    tells(w->eng, w->binds[i].val, answer))
			return true;
	return false;
}

void callback_tell(const struct frame *f, struct work *w, sym_t arg)
{
	const struct sym *x = sym(w->eng, sym_base(w->eng, arg));
	bool own = x->kind == SYM_LOCAL || x->flags & SYM_STACK;

	for (int i = 0; arg && i < w->prop.n; i++) {
		struct item *item = &w->prop.items[i];
		bool told;

		if (item->kind != ITEM_CALLBACK || callback_is_atomic(item))
			continue;
		told = tells(w->eng, arg, item->a) || (own && holds(w, arg, item->a));
		if (item->flags & CALLBACK_CAN_FAIL && (own || told))
			item->flags |= CALLBACK_TOLD;
		if (told && result_is_used(f) && !(item->flags & CALLBACK_ANSWERED)) {
			item->flags |= CALLBACK_ANSWERED;
			unseen_note(f, w, UNSEEN_ANSWER);
		}
	}
}

enum truth callback_hands_on(struct work *w, const struct callback *cb)
{
	sym_t to, handed;

	if (!cb->hands)
		return NEVER;
	to = sym_input(w->eng, cb->hands - 1, SYM_STABLE);
	handed = work_read(w, to);
	/* NULL at the entry; and a member of an object is something */
	if (handed == sym_content(w->eng, to, SYM_NONE))
		return NEVER;
	return handed && sym(w->eng, handed)->kind == SYM_ADDR ? ALWAYS : fact_true(w, handed);
}

bool callback_is_done(const struct work *w, const struct callback *cb, sym_t result)
{
	enum truth t = fact_true(w, result);

	switch (cb->fails) {
	case FAILS_IF_RET:
		return t == NEVER;
	case FAILS_IF_NOT_RET:
		return t == ALWAYS;
	default:
		return true;
	}
}

bool callback_ignores(const struct frame *f, struct work *w, const struct effect *e)
{
	const struct item *item;
	sym_t lock;

	if (e->kind != EFFECT_ACQUIRE && e->kind != EFFECT_RELEASE)
		return false;
	if (is_reading(w) || f->eng->collects || count_item(&w->prop) ||
	    item_of(&w->prop, ITEM_ANSWERED))
		return false;
	item = callback_item(w);
	if (item && (item->flags & CALLBACK_CAN_FAIL || e->kind == EFFECT_RELEASE))
		return false;
	lock = f->eng->locks ? object_sym(f, w, &e->object) : SYM_NONE;
	return !lock || !(held_lock_of(f->eng, lock) || prop_find(&w->prop, ITEM_SLEEPER, lock));
}
