// SPDX-License-Identifier: GPL-2.0-only
/*
 * names.c - what users call a rule, and a message of one.
 */
#include "base.h"

static const char *const rule_names[] = {
#define MN_RULE(rule, name, ...) name,
#include "rules.def"
#undef MN_RULE
};

static const enum rule_place rule_places[] = {
#define MN_RULE(rule, name, place, ...) RULE_##place,
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

enum rule_place rule_place(enum mn_rule rule)
{
	return rule_places[rule];
}

static const struct {
	enum mn_rule rule;
	const char *id;
} messages[MESSAGE_COUNT] = {
	{ MN_RULE_COUNT, "" },
#define MN_MESSAGE(name, rule, id, text) { MN_RULE_##rule, id },
#include "messages.def"
#undef MN_MESSAGE
};

enum mn_rule message_rule(enum message m)
{
	return messages[m].rule;
}

const char *message_id(enum message m)
{
	return messages[m].id;
}

enum message message_find(const char *id)
{
	int i;

	for (i = MESSAGE_COUNT - 1; i > MESSAGE_ANY; i--)
		if (!strcmp(messages[i].id, id))
			break;
	return (enum message)i;
}
