// SPDX-License-Identifier: GPL-2.0-only
/*
 * rules.c - the rules, and which of them are shown what.
 *
 * A rule is a file of this room and a row of rules.def. It sees an event with the state before
 * it. A rule that the unit's options leave out is not called.
 */
#include <assert.h>

#include "judging.h"

static_assert(EFFECT_COUNT <= 8 * sizeof(effect_set), "each effect has its bit in an effect_set: widen it");
static_assert(MN_RULE_COUNT <= 32, "the rules that are quiet are bits of 32");

static const struct rule *const rules[MN_RULE_COUNT] = {
#define MN_RULE(id, ...) &rule_##id,
#include "rules.def"
#undef MN_RULE
};

void rules_init(struct engine *eng)
{
	for (int r = 0; r < MN_RULE_COUNT; r++)
		for (int e = 0; e < EFFECT_COUNT; e++) {
			if (is_asked(eng, (enum mn_rule)r) && rules[r]->sees >> e & 1)
				eng->seen_by[e] |= 1u << r;
			if (rules[r]->again >> e & 1)
				eng->speak_again[e] |= 1u << r;
		}
}

void event_show(const struct frame *f, struct work *w, struct event *ev)
{
	uint32_t seen_by = f->eng->seen_by[ev->effect->kind];

	for (int r = 0; seen_by; r++, seen_by >>= 1)
		if (seen_by & 1)
			rules[r]->at_event(f, w, ev);
}

void rules_at_return(const struct frame *f, struct work *w, sym_t result,
		     struct mn_loc loc)
{
	for (int r = 0; r < MN_RULE_COUNT; r++)
		if (rules[r]->at_return && is_asked(f->eng, (enum mn_rule)r))
			rules[r]->at_return(f, w, result, loc);
}

void rules_at_exit(struct engine *eng, struct context_run *ctx)
{
	for (int r = 0; r < MN_RULE_COUNT; r++)
		if (rules[r]->at_exit && is_asked(eng, (enum mn_rule)r))
			rules[r]->at_exit(eng, ctx);
}

void rules_at_tables(struct engine *eng)
{
	for (int r = 0; r < MN_RULE_COUNT; r++)
		if (rules[r]->at_tables && is_asked(eng, (enum mn_rule)r))
			rules[r]->at_tables(eng);
}
