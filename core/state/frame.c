// SPDX-License-Identifier: GPL-2.0-only
/*
 * frame.c - where an instruction is executed: its place as a number, its result.
 */
#include "state.h"

uint64_t run_site(const struct run *run, uint64_t block, uint64_t insn)
{
	return (uint64_t)run->number << (SITE_BLOCK_BITS + SITE_INSN_BITS) |
	       block << SITE_INSN_BITS | insn;
}

uint64_t frame_site(const struct frame *f)
{
	return run_site(f->ctx->run, (uint64_t)f->block, (uint64_t)f->insn);
}

static void tell_given_up(struct mn_unit *unit, const struct run *run, const char *why)
{
	const char **slot = (const char **)vec_push(unit->arena, &unit->trouble);

	unit->stats.given_up += !run->given_up || !run->lacked_detail;
	*slot = arena_printf(unit->arena, "mncheck: given up: %s: %s",
			     source_name(unit->arena, run->func->name), why);
}

void lack_detail(struct engine *eng, struct run *run, bool withheld)
{
	if (run->lacked_detail || (!withheld && !eng->options.less_detail))
		return;
	run->lacked_detail = true;
	tell_given_up(eng->unit, run, "too many states for all details");
}

void give_up(struct engine *eng, struct run *run, const char *why)
{
	if (run->given_up)
		return;
	run->given_up = true;
	tell_given_up(eng->unit, run, why);
	for (int i = 0; i < run->contexts.n; i++)
		run->contexts.v[i]->heap.n = 0;
}

/* what was born at this instruction in an earlier round becomes old */
void frame_age(const struct frame *f, struct work *w)
{
	if (f->ctx->run->looping[f->block])
		work_age(w, frame_site(f), false);
}

void frame_result(const struct frame *f, struct work *w, sym_t value)
{
	if (!f->at->dst)
		return;
	if (!value) {
		frame_age(f, w);
		value = sym_born(f->eng, frame_site(f), birth(BIRTH_RESULT, 0));
	}
	work_set(w, bind_key(SPACE_ENV, f->at->dst), value);
}

sym_t frame_pure(const struct frame *f, const struct work *w, const char *name)
{
	sym_t rest = SYM_NONE;

	/* where the result goes says nothing about it */
	for (int i = f->at->nargs - 1 - !!(f->at->imm & MN_CALL_PLACE); i >= 0; i--) {
		sym_t arg = work_value(w, f->at->args[i]);

		if (!arg)
			return SYM_NONE;
		rest = sym_pure(f->eng, name, arg, rest);
		if (!rest)
			return SYM_NONE;
	}
	return rest;
}

void frame_changes(const struct frame *f, struct work *w)
{
	f->ctx->changes = true;
	for (int i = 0; i < w->prop.n; i++)
		if (w->prop.items[i].kind == ITEM_REGION)
			w->prop.items[i].flags |= REGION_USED;
}
