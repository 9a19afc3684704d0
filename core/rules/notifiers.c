// SPDX-License-Identifier: GPL-2.0-only
/*
 * notifiers.c - which callbacks of interval notifiers have to set the sequence.
 *
 * "If the caller does not call mmu_interval_read_begin() or mmu_interval_read_retry() then this call is not
 * required", says the kernel of mmu_interval_set_seq(). A callback that sets it on some path shows by that
 * that it has a reader. Of another one the unit may show that it has none: what it inserts
 * with that table is not read here, or something else may be what is.
 */
#include <string.h>

#include "judging.h"

static const struct effect *effect_of(const struct mn_unit *unit, const struct mn_insn *call,
				      enum effect_kind kind)
{
	if (call->op != MN_CALL)
		return NULL;
	return row_effect(contract_row(unit->contract, call->name, call->nargs, unit->kernels), kind);
}

/* a call of @func with an effect of @kind behind @after, or the first one; NULL: no more */
static const struct mn_insn *call_with(const struct mn_func *func, enum effect_kind kind,
				       const struct mn_insn *after)
{
	for (int b = 0; b < func->blocks.n; b++)
		for (int i = 0; i < func->blocks.v[b].insns.n; i++) {
			const struct mn_insn *insn = &func->blocks.v[b].insns.v[i];

			if (after)
				after = insn == after ? NULL : after;
			else if (effect_of(func->unit, insn, kind))
				return insn;
		}
	return NULL;
}

bool unit_reads(const struct mn_unit *unit)
{
	bool any = false;

	for (int i = 0; i < unit->funcs.n; i++) {
		bool reads = call_with(unit->funcs.v[i], EFFECT_BEGINS, NULL) != NULL;

		if (!reads && call_with(unit->funcs.v[i], EFFECT_RETRIES, NULL))
			return false;
		any |= reads;
	}
	return any;
}

/* @func, or what it calls, sets the sequence on some path */
static bool sets_sequence(const struct mn_unit *unit, struct mn_func *func)
{
	bool *seen = arena_new_array(unit->arena, bool, unit->funcs.n);
	struct mn_func **todo = arena_new_array(unit->arena, struct mn_func *, unit->funcs.n);
	int n = 0;

	todo[n++] = func;
	seen[func->index] = true;
	while (n) {
		func = todo[--n];
		if (func_ready(func) && call_with(func, EFFECT_SEQUENCE, NULL))
			return true;
		for (int i = 0; i < func->calls.n; i++) {
			struct mn_func *to = unit_func(unit, func->calls.v[i]);

			if (!to || seen[to->index])
				continue;
			seen[to->index] = true;
			todo[n++] = to;
		}
	}
	return false;
}

/* the variable that @v is the address of, or NULL */
static const struct mn_table *table_at(const struct mn_func *func, mn_val v)
{
	for (int b = 0; b < func->blocks.n; b++)
		for (int i = 0; i < func->blocks.v[b].insns.n; i++) {
			const struct mn_insn *insn = &func->blocks.v[b].insns.v[i];

			if (insn->dst == v && insn->op == MN_GLOBAL)
				return unit_table(func->unit, insn->name);
		}
	return NULL;
}

/* a table that another contract names may be no argument of this call */
static const struct mn_table *table_of(const struct mn_func *func, const struct mn_insn *call,
				       const struct object *table)
{
	if (table->kind != OBJECT_ARG || table->arg > call->nargs)
		return NULL;
	return table_at(func, call->args[table->arg - 1]);
}

static bool has_callback(const struct mn_table *table, const struct mn_func *callback)
{
	for (int i = 0; table && i < table->members.n; i++)
		if (!strcmp(table->members.v[i].func, callback->name))
			return true;
	return false;
}

bool sequence_is_required(const struct mn_unit *unit, struct mn_func *callback)
{
	bool inserted = false, others = false, read = false;

	if (sets_sequence(unit, callback))
		return true;
	for (int i = 0; i < unit->funcs.n; i++) {
		const struct mn_func *func = unit->funcs.v[i];
		const struct mn_insn *call = NULL;

		read |= call_with(func, EFFECT_BEGINS, NULL) || call_with(func, EFFECT_RETRIES, NULL);
		while ((call = call_with(func, EFFECT_INSERTS, call))) {
			const struct effect *e = effect_of(unit, call, EFFECT_INSERTS);
			bool own;

			/* a notifier of a whole mm has no sequence */
			if (e->value.kind != OBJECT_ARG)
				continue;
			own = has_callback(table_of(func, call, &e->value), callback);

			inserted |= own;
			others |= !own;
		}
	}
	return !inserted || (read && !others);
}
