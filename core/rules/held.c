// SPDX-License-Identifier: GPL-2.0-only
/*
 * held.c - the locks that the callbacks of the unit take, and which of them a path holds.
 *
 * A lock is known in all functions by its class: the member that it is, as "struct.member", or a
 * variable. Which ones callbacks take is computed before anything is judged: the engine simulates them
 * by themselves (engine/collect.c), and each lock that is taken there comes here. A lock that is only tried makes
 * nobody wait, but is held where it was got. Two objects of one class may be two locks. That does not matter
 * here: what waits for callbacks waits for those of all objects that have the mm, or of all there are.
 */
#include "judging.h"

static struct callback_lock *find(const struct callback_locks *locks, const char *lock)
{
	for (int i = 0; i < locks->n; i++)
		if (locks->v[i].lock == lock)
			return &locks->v[i];
	return NULL;
}

/* a lock that can be had or not is only tried, unless the row says that it is waited for */
static bool is_waited_for(const struct frame *f, const struct effect *e)
{
	const struct row *row = contract_row(f->eng->contract, f->at->name, f->at->nargs,
					     f->eng->unit->kernels);

	return e->kind == EFFECT_LOCK ? e->cond[0].kind != COND_RET_TRUE :
					row_effect(row, EFFECT_SLEEPS) != NULL;
}

bool event_may_reclaim(const struct work *w)
{
	for (int i = 0; i < w->prop.n; i++)
		if (w->prop.items[i].kind == ITEM_EVENT)
			return fact_true(w, w->prop.items[i].a) != NEVER;
	return true;
}

/* is the callback called there, as far as @w shows? */
static bool is_called(const struct callback *cb, const struct work *w, enum called where)
{
	switch (where) {
	case CALLED_AT_START:
		return cb->fails != FAILS_NEVER;	/* no other callback can */
	case CALLED_FROM_LIST:
		return !cb->sequence;			/* interval notifiers have one */
	case CALLED_MMAP:
		return cb->reclaims;
	default:
		return cb->reclaims && event_may_reclaim(w);
	}
}

void held_collect(const struct frame *f, struct work *w, const struct effect *e)
{
	struct callback_locks *locks = f->eng->collects;
	bool waited = is_waited_for(f, e);
	struct callback_lock *known;
	const char *lock;
	sym_t object;

	if (e->kind != EFFECT_LOCK && e->kind != EFFECT_ACQUIRE)
		return;
	object = object_sym(f, w, &e->object);
	/* that is the callback's fault, which is told there, and none of all those that hold it */
	if (locks->by->reclaims && sym(f->eng, object)->flags & SYM_IS_MMAP)
		return;
	lock = lock_class(f->eng, object);
	locks->unknown |= !lock && locks->by->sequence;
	if (!lock)
		return;
	known = find(locks, lock);
	if (!known) {
		known = vec_push(f->eng->arena, locks);
		known->lock = lock;
		known->shared = true;
	}
	if (waited && !known->func) {
		known->loc = f->at->loc;
		known->func = f->func->name;
		known->name = object_name(f, &e->object);
	}
	known->shared &= e->shared;
	for (int where = 0; waited && where < CALLED_COUNT; where++)
		known->waited[where] |= is_called(locks->by, w, (enum called)where);
}

void held_unseen(const struct frame *f)
{
	struct callback_locks *locks = f->eng->collects;
	bool seen = f->at->op == MN_CALL && unit_func(f->eng->unit, f->at->name);

	/* a body that is here and is not entered comes to no lock */
	if (locks && locks->by->sequence && !seen)
		locks->unknown = true;
}

static bool is_lock(const struct item *item)
{
	return item->kind == ITEM_LOCK || item->kind == ITEM_SLEEPER;
}

static bool returns_nothing(const struct outcome *x)
{
	/* SPACE_ENV 0 is the smallest key */
	return !x->exec->n || x->exec->binds[0].key;
}

/* it was held before, and one way drops it, or a function of another file takes it that gives back what it takes */
bool held_by_chance(const struct frame *f, const struct context_run *callee, const struct item *item)
{
	const struct mn_func *func = callee->run->func;
	bool dropped = false;

	if (!held_lock_of(f->eng, item->a))
		return false;
	if (!prop_has(callee->prop, item))
		return func->closed && is_elsewhere(f->func, func);
	for (int i = 0; i < callee->exits.n; i++) {
		if (!returns_nothing(&callee->exits.v[i]))
			return false;
		dropped |= !prop_has(callee->exits.v[i].prop, item);
	}
	return dropped;
}

/* it was taken, and is dropped, where a comparison holds, and what it compares may have changed since then */
void held_doubt(const struct frame *f, struct work *w, struct item *lock)
{
	lock->c = sym_const(f->eng, 1);
	unseen_note(f, w, UNSEEN_SLEEPER);
}

/*
 * An RCU section keeps no other CPU out, nor do interrupts or bottom halves that are off here. With preemption off a
 * lock that is a bit may be held, which is known by no other name.
 */
bool holds_any_lock(const struct work *w)
{
	for (int i = 0; i < w->prop.n; i++)
		if (is_lock(&w->prop.items[i]))
			return true;
	return w->prop.count[CONTEXT_PREEMPT];
}

const struct callback_lock *held_lock_of(const struct engine *eng, sym_t lock)
{
	const char *name = eng->locks ? lock_class(eng, lock) : NULL;

	return name ? find(eng->locks, name) : NULL;
}

/* who holds it for reading does not keep others from that, but both wait for a writer */
const struct callback_lock *held_for(const struct work *w, enum called where, const char **name)
{
	for (int i = 0; w->eng->locks && i < w->prop.n; i++) {
		const struct item *item = &w->prop.items[i];
		const struct callback_lock *taken = is_lock(item) ? held_lock_of(w->eng, item->a) : NULL;
		const struct step *s;

		if (!taken || item->c || (taken->shared && item->b) ||
		    !taken->waited[where])
			continue;
		s = step_of(w->trail, STEP_LOCK, item->a);
		*name = s && s->name ? s->name : source_name(w->eng->arena, taken->lock);
		return taken;
	}
	return NULL;
}

const char *held_another(const struct work *w)
{
	const struct callback_locks *locks = w->eng->locks;
	const char *name = NULL;

	if (!locks || locks->unknown || !locks->sequences)
		return NULL;
	for (int i = 0; i < CONTEXT_COUNT; i++)
		if (w->prop.count[i])
			return NULL;
	for (int i = 0; i < w->prop.n; i++) {
		const struct item *item = &w->prop.items[i];
		const struct step *s;

		if (!is_lock(item))
			continue;
		if (!lock_class(w->eng, item->a) || held_lock_of(w->eng, item->a))
			return NULL;
		s = step_of(w->trail, STEP_LOCK, item->a);
		name = s && s->name ? s->name : source_name(w->eng->arena, lock_class(w->eng, item->a));
	}
	return name;
}

void held_report(const struct frame *f, struct work *w, enum message m, const char *name,
		 const struct callback_lock *taken)
{
	struct judged *j = judge_report(f, w, m, f->at->name, name);
	struct step *s;

	be_quiet(w, message_rule(m));
	if (!j || j->elsewhere)
		return;
	s = (struct step *)arena_alloc(f->eng->arena, sizeof(*s));
	s->kind = STEP_TAKEN;
	s->loc = taken->loc;
	s->func = taken->func;
	s->name = taken->name;
	j->elsewhere = s;
}
