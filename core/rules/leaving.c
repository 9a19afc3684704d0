// SPDX-License-Identifier: GPL-2.0-only
/*
 * leaving.c - on which members of its notifier's object a callback leaves early.
 *
 * Each path of it that says that it is done tells what it found, and whether it did anything that may have
 * invalidated (callback_idle.c). What follows for readers is leaves.c's.
 */
#include "judging.h"

static struct leave *leave_at(struct callback_leaves *leaves, struct mn_arena *arena, int64_t at)
{
	struct leave *leave;

	for (int i = 0; i < leaves->n; i++)
		if (leaves->v[i].at == at)
			return &leaves->v[i];
	leave = vec_push(arena, leaves);
	leave->at = at;
	return leave;
}

/* what the path knows of the member that @s is the content of, as the callback was entered */
static void note_fact(const struct frame *f, struct work *w, sym_t s, bool idle, struct mn_loc loc)
{
	const struct sym *x = sym(f->eng, s), *root;
	enum truth t = fact_true(w, s);
	struct leave *leave;
	int64_t at;

	if (x->kind != SYM_CONTENT || x->b || t == MAYBE)
		return;
	root = sym(f->eng, sym_place(f->eng, x->a, &at));
	if (root->kind != SYM_INPUT || root->imm)
		return;
	leave = leave_at(f->eng->leaving, f->eng->arena, at);
	leave->idle[t == ALWAYS] |= idle;
	leave->busy[t == ALWAYS] |= !idle;
	if (idle)
		leave->loc = loc;
}

void leaves_collect(const struct frame *f, struct work *w, sym_t result, struct mn_loc loc)
{
	const struct callback *cb = f->ctx->callback;
	const struct item *idle = idle_item(&w->prop);

	if (!cb || !callback_is_done(w, cb, result))
		return;
	for (int i = 0; i < w->n; i++)
		if (bind_space(w->binds[i].key) == SPACE_FACT)
			note_fact(f, w, bind_id(w->binds[i].key), idle && !(idle->flags & (IDLE_QUEUED | IDLE_HANDED)), loc);
}
