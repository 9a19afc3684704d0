// SPDX-License-Identifier: GPL-2.0-only
/*
 * options.c - the options that every adapter offers, from their text.
 *
 * An adapter hands over name and value as its own command line spells them, and keeps
 * only what is its own. The texts of errors are the same everywhere.
 */
#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "program.h"

/* a value longer than that is cut in what is said of it, not what to do */
#define SHOWN 200

static int bad(char *err, size_t size, const char *name, const char *value,
	       const char *what)
{
	snprintf(err, size, "mncheck: error: %s%s%.*s: %s", name, value ? "=" : "", SHOWN,
		 value ? value : "", what);
	return -EINVAL;
}

static int set_number(unsigned int *number, const char *name, const char *value,
		      char *err, size_t size)
{
	unsigned long long parsed;
	char *end;

	errno = 0;
	parsed = strtoull(value, &end, 10);
	/* it takes a space and a sign, too */
	if (*value < '0' || *end || errno || !parsed || parsed > UINT_MAX)
		return bad(err, size, name, value,
			   "not a number; write one from 1 to 4294967295");
	*number = (unsigned int)parsed;
	return 0;
}

static int bad_rule(char *err, size_t size, const char *word, int length)
{
	size_t n;
	int i;

	snprintf(err, size, "mncheck: error: rules=%.*s: no such rule; the rules are", length,
		 word);
	for (i = 0; i < MN_RULE_COUNT; i++) {
		n = strlen(err);
		snprintf(err + n, size - n, "%s %s", i ? "," : "",
			 mn_rule_name((enum mn_rule)i));
	}
	return -EINVAL;
}

/* the rule of the first @length characters, MN_RULE_COUNT if there is none */
static int rule_named(const char *word, size_t length)
{
	const char *name;
	int i;

	for (i = 0; i < MN_RULE_COUNT; i++) {
		name = mn_rule_name((enum mn_rule)i);
		if (strlen(name) == length && !memcmp(name, word, length))
			break;
	}
	return i;
}

static int set_rules(struct mn_options *options, const char *value, char *err,
		     size_t size)
{
	/* "-RULE" takes away, from all where the list starts so */
	uint32_t rules = *value == '-' ? (1u << MN_RULE_COUNT) - 1 : 0;
	const char *list = value;
	bool away;
	size_t length;
	int rule;

	static_assert(MN_RULE_COUNT < 32, "a rule is a bit of mn_options.rules");
	for (;; value += length + 1) {
		away = *value == '-';
		value += away;
		length = strcspn(value, ",");
		rule = rule_named(value, length);
		if (rule == MN_RULE_COUNT)
			return bad_rule(err, size, value, length < SHOWN ? (int)length :
					SHOWN);
		rules = away ? rules & ~(1u << rule) : rules | 1u << rule;
		if (!value[length])
			break;
	}
	options->rules = rules;
	/* 0 would be all of them */
	return rules ? 0 : bad(err, size, "rules", list, "leaves no rule; say disable");
}

static int set_kernel(struct mn_options *options, const char *value, char *err,
		      size_t size)
{
	if (!mn_kernel_valid(value))
		return bad(err, size, "kernel", value,
			   "not a kernel version; write MAJOR.MINOR from 3.7, such as 4.12");
	options->kernel = value;
	return 0;
}

static int set_detail(struct mn_options *options, const char *value, char *err,
		      size_t size)
{
	unsigned int lower = (unsigned int)DETAIL_ALL - ((unsigned int)value[0] - '0');

	if (lower > DETAIL_ALL || value[1])
		return bad(err, size, "detail", value, "not a stage of detail; write one from 0 to 3");
	options->less_detail = lower;
	return 0;
}

static int set_context(struct mn_options *options, const char *value, char *err,
		       size_t size)
{
	const char *names = value;
	size_t n;

	for (;; names += n + 1) {
		n = strcspn(names, ",:");
		if (!n)
			return bad(err, size, "context", value,
				   "a function has no name; write FUNC[,FUNC]..[:FILE]");
		if (names[n] != ',')
			break;
	}
	options->context = value;
	return 0;
}

static int set_flag(bool *flag, const char *name, const char *value, char *err,
		    size_t size)
{
	if (value)
		return bad(err, size, name, value, "takes no value; leave it out");
	*flag = true;
	return 0;
}

int mn_option(struct mn_options *options, const char *name, const char *value,
	      char *err, size_t size)
{
	static const char *const valued[] = {
		"kernel", "rules", "trace", "detail", "context",
		"limit-states", "limit-steps", "limit-contexts",
	};
	unsigned int *limits[] = {
		&options->limit_states, &options->limit_steps,
		&options->limit_contexts,
	};
	size_t i, n = sizeof(valued) / sizeof(*valued);

	if (!strcmp(name, "no-merge"))
		return set_flag(&options->no_merge, name, value, err, size);
	if (!strcmp(name, "reach"))
		return set_flag(&options->reach, name, value, err, size);
	if (!strcmp(name, "seconds"))
		return set_flag(&options->seconds, name, value, err, size);
	for (i = 0; i < n && strcmp(name, valued[i]); i++)
		;
	if (i == n)
		return -ENOENT;
	if (!value || !*value)
		return bad(err, size, name, NULL, "needs a value; write NAME=VALUE");
	if (i == 0)
		return set_kernel(options, value, err, size);
	if (i == 1)
		return set_rules(options, value, err, size);
	if (i == 3)
		return set_detail(options, value, err, size);
	if (i == 4)
		return set_context(options, value, err, size);
	if (i > 4)
		return set_number(limits[i - 5], name, value, err, size);
	options->trace = value;
	return 0;
}
