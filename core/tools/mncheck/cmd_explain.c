// SPDX-License-Identifier: GPL-2.0-only
/*
 * cmd_explain.c - mncheck explain: what a rule or a message means.
 *
 * The text of a rule is its section of docs/rules.md, put into rules_text.c by the build; the messages
 * are messages.def's.
 */
#include <string.h>

#include "mncheck.h"

static const char help_text[] =
"usage: mncheck explain [RULE|MESSAGE]\n"
"What a rule says, why, and how its findings are repaired. RULE is what a finding has in\n"
"brackets, with or without mn-; MESSAGE is the id in a record. Without either: the list.\n";

static const struct message {
	const char *rule_enum, *id, *text;
} messages[] = {
#define MN_MESSAGE(name, rule, id, text) { #rule, id, text },
#include "messages.def"
#undef MN_MESSAGE
};

static const struct {
	const char *rule_enum, *name;
} rules[] = {
#define MN_RULE(id, name, ...) { #id, name },
#include "rules.def"
#undef MN_RULE
};

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static const char *rule_of(const struct message *m)
{
	for (size_t i = 0; i < COUNT(rules); i++)
		if (!strcmp(rules[i].rule_enum, m->rule_enum))
			return rules[i].name;
	return "";
}

/* a name stands where the table has %s */
static void print_message(const struct message *m)
{
	const char *from = m->text, *at;

	printf("    %-24s ", m->id);
	for (; (at = strstr(from, "%s")); from = at + 2)
		printf("%.*s..", (int)(at - from), from);
	printf("%s\n", from);
}

const struct rule_text *rule_text(const char *rule)
{
	for (const struct rule_text *r = rule_texts; r->rule; r++)
		if (!strcmp(r->rule, rule))
			return r;
	return NULL;
}

const char *rule_fix(const char *rule)
{
	const struct rule_text *r = rule_text(rule);

	return r ? r->fix : "";
}

static void print_rule(const struct rule_text *rule)
{
	printf("%s\n\n%s\n\nIts messages:\n\n", rule->rule, rule->text);
	for (size_t i = 0; i < COUNT(messages); i++)
		if (!strcmp(rule_of(&messages[i]), rule->rule))
			print_message(&messages[i]);
}

static void print_list(void)
{
	for (const struct rule_text *r = rule_texts; r->rule; r++) {
		printf("%s\n    %s\n", r->rule, r->summary);
		for (size_t i = 0; i < COUNT(messages); i++)
			if (!strcmp(rule_of(&messages[i]), r->rule))
				print_message(&messages[i]);
	}
}

/* [mn-RULE], mn-RULE, RULE:MESSAGE: the word that counts */
static char *plain_word(const char *word)
{
	const char *colon;

	word += *word == '[';
	word += strncmp(word, "mn-", 3) ? 0 : 3;
	colon = strchr(word, ':');
	return text_cut(colon ? colon + 1 : word, strcspn(colon ? colon + 1 : word, "]"));
}

/* RULE:MESSAGE has to be a message of that rule */
static bool is_of_rule(const char *given, const struct message *m)
{
	const char *colon = strchr(given, ':'), *rule = rule_of(m);
	size_t n;

	given += *given == '[';
	given += strncmp(given, "mn-", 3) ? 0 : 3;
	n = colon ? (size_t)(colon - given) : 0;
	return !colon || (strlen(rule) == n && !strncmp(given, rule, n));
}

static int explain(const char *given)
{
	const char *word = plain_word(given);
	const struct rule_text *rule = strchr(given, ':') ? NULL : rule_text(word);

	for (size_t i = 0; i < COUNT(messages) && !rule; i++) {
		if (strcmp(messages[i].id, word) || !is_of_rule(given, &messages[i]))
			continue;
		print_message(&messages[i]);
		printf("\nIt is a message of ");
		rule = rule_text(rule_of(&messages[i]));
	}
	if (!rule)
		die("'%s' is no rule and no message; mncheck explain lists them", given);
	print_rule(rule);
	return STATUS_FINE;
}

int cmd_explain(int argc, char **argv)
{
	if (argc > 1 && !strcmp(argv[1], "--help")) {
		fputs(help_text, stdout);
		return STATUS_FINE;
	}
	if (argc > 2)
		die("explain: one rule or message; see mncheck explain --help");
	if (argc == 2)
		return explain(argv[1]);
	print_list();
	return STATUS_FINE;
}
