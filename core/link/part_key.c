// SPDX-License-Identifier: GPL-2.0-only
/*
 * part_key.c - what a part is made of, as numbers: the same numbers, the same answer.
 *
 * All goes in that the engine could see of it: heads, what the plan says of functions, tables,
 * what units have found, the contract and the options; and of what is entered the bodies.
 */
#include "contract.h"
#include "linking.h"

void key_place(struct key *key, struct mn_loc loc)
{
	key_text(key, loc.file);
	key_number(key, (uint64_t)loc.line << 32 | (uint32_t)loc.col);
}

void key_func(struct key *key, const struct mn_func *func)
{
	const bool plan[] = {
		func->wanted, func->reached, func->root, func->balanced, func->closed, func->service,
		func->behind_walk, func->only_atomic,
		func->changes, func->neutral, func->judged, func->starts, func->only_changes, func->inside,
		func->copies, func->disposes, func->makes_entries, func->tells, func->watched, func->only_watched, func->locks,
		func->holder,
		func->queues, func->counts, func->awaited
	};

	key_text(key, func->name);
	key_text(key, func->loc.file);
	key_number(key, func->body != NULL);
	key_number(key, (uint64_t)func->nparams << 32 | func->flags);
	key_number(key, (uint64_t)func->size);
	key_bytes(key, plan, sizeof(plan));
	for (int i = 1; i <= func->nparams; i++)
		key_text(key, func->values.v[i].name);
	for (int i = 0; i < func->calls.n; i++)
		key_text(key, func->calls.v[i]);
	for (int i = 0; i < func->stored.n; i++) {
		key_text(key, func->stored.v[i].type);
		key_text(key, func->stored.v[i].member);
	}
}

void key_table(struct key *key, const struct mn_table *table)
{
	key_text(key, table->name);
	key_text(key, table->type);
	key_place(key, table->loc);
	key_number(key, table->flags);
	for (int i = 0; i < table->members.n; i++) {
		key_text(key, table->members.v[i].member);
		key_text(key, table->members.v[i].func);
		key_number(key, (uint64_t)table->members.v[i].bits);
	}
}

void key_finding(struct key *key, const struct mn_finding *f)
{
	key_text(key, mn_rule_name(f->rule));
	key_text(key, f->id);
	key_text(key, f->func);
	key_text(key, f->text);
	key_text(key, f->fix);
	key_place(key, f->loc);
	for (int i = 0; i < f->nevents; i++) {
		key_place(key, f->events[i].loc);
		key_text(key, f->events[i].func);
		key_text(key, f->events[i].text);
	}
}

void key_whole(struct key *key, const struct mn_unit *whole)
{
	const struct mn_options *o = &whole->options;
	const unsigned int numbers[] = {
		o->rules, o->limit_states, o->limit_steps, o->limit_contexts, o->less_detail,
		o->no_merge, o->check_paths, is_driver(whole)
	};

	key_bytes(key, numbers, sizeof(numbers));
	key_text(key, o->kernel);
	key_text(key, whole->era);
	key_number(key, contract_key(whole->contract));
	for (int i = 0; i < whole->layouts.n; i++) {
		key_text(key, whole->layouts.v[i].type);
		key_text(key, whole->layouts.v[i].member);
		key_number(key, (uint64_t)whole->layouts.v[i].bits);
	}
}
