// SPDX-License-Identifier: GPL-2.0-only
/*
 * names.c - what users call a rule.
 */
#include "base.h"

static const char *const rule_names[] = {
#define MN_RULE(rule, name) name,
#include "rules.def"
#undef MN_RULE
};

const char *mn_rule_name(enum mn_rule rule)
{
	return rule_names[rule];
}

enum mn_rule mn_rule_find(const char *name)
{
	int i;

	for (i = 0; i < MN_RULE_COUNT; i++)
		if (!strcmp(rule_names[i], name))
			break;
	return (enum mn_rule)i;
}
