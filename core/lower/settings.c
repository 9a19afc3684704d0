// SPDX-License-Identifier: GPL-2.0-only
/*
 * settings.c - what the front ends that read C are asked for, and how they answer.
 *
 * The plugin and the checker spell an option each in its own way; which options there
 * are, what they mean and what is wrong with a value is the same. The engine's part of
 * them is options.c's. A fault is not printed here: each front end reports it in its own way.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "lower.h"
#include "report.h"

const char *mn_settings_help(void)
{
	return
	"  contract=FILE      rows of your own, on top of the built-in contract (repeatable)\n"
	"  rules=LIST         check these rules only, separated by commas; -RULE: all but it\n"
	"  error              findings are errors\n"
	"  kernel=VERSION     the kernel whose rows hold, such as 4.12\n"
	"  record=FILE        append findings and figures to FILE, one line of JSON a unit;\n"
	"                     -: print it to stderr, behind 'mncheck: record: '\n"
	"  link=DIR           leave in DIR what mncheck-link joins with other units\n"
	"  stats              print figures to stderr\n"
	"  trace=FUNC         print how the state changes in FUNC to stderr\n"
	"  context=FUNC[,FUNC]..[:FILE]\n"
	"                     append to FILE what is held at each line of FUNC (mncheck context)\n"
	"  dot=FUNC[:FILE]    the graph of FUNC with its states, for Graphviz\n"
	"  dump[=FILE]        what the engine is given, in its text form\n"
	"  limit-states=N, limit-steps=N, limit-contexts=N\n"
	"                     where to give up on a function\n"
	"  detail=N           from 3, all, to 0: states kept apart (a test of the engine)\n"
	"  no-merge           keep all states apart (a test of the engine)\n"
	"  reach              records say what each function does (make conversion)\n"
	"  seconds            records say how long each unit took\n"
	"  disable            do nothing\n"
	"  help               this text";
}

int mn_settings_answer(const struct mn_settings *s, char **words, const char *usage,
		       const char *program, const char *with)
{
	bool help = s->help;

	for (; *words; words++) {
		help |= !strcmp(*words, "--help");
		if (!strcmp(*words, "--version")) {
			printf("%s %s\n", program, with);
			return flushed(0);
		}
	}
	if (!help)
		return s->disable ? 0 : -1;
	printf(usage, mn_settings_help());
	return flushed(0);
}

static int bad(char *err, size_t size, const char *name, const char *what)
{
	snprintf(err, size, "%s: %s", name, what);
	return -EINVAL;
}

static int set_text(const char **text, const char *name, const char *value,
		    char *err, size_t size)
{
	if (!value || !*value)
		return bad(err, size, name, "needs a value; write NAME=VALUE");
	*text = value;
	return 0;
}

static int add_contract(struct mn_settings *s, const char *name, const char *value,
			char *err, size_t size)
{
	s->contracts = (const char **)mn_room(s->contracts, s->ncontracts, &s->contracts_room,
					      sizeof(*s->contracts));
	return set_text(&s->contracts[s->ncontracts++], name, value, err, size);
}

static bool *flag_named(struct mn_settings *s, const char *name)
{
	if (!strcmp(name, "error"))
		return &s->error;
	if (!strcmp(name, "stats"))
		return &s->stats;
	if (!strcmp(name, "disable"))
		return &s->disable;
	return strcmp(name, "help") ? NULL : &s->help;
}

/* the engine's texts, without the words that each front end puts in front itself */
static int set_engine(struct mn_settings *s, const char *name, const char *value,
		      char *err, size_t size)
{
	static const char front[] = "mncheck: error: ";
	int ret = mn_option(&s->engine, name, value, err, size);

	if (ret == -EINVAL && !strncmp(err, front, sizeof(front) - 1))
		memmove(err, err + sizeof(front) - 1, strlen(err) - sizeof(front) + 2);
	return ret;
}

int mn_setting(struct mn_settings *s, const char *name, const char *value,
	       char *err, size_t size)
{
	bool *flag = flag_named(s, name);

	if (flag) {
		if (value)
			return bad(err, size, name, "takes no value; leave it out");
		*flag = true;
		return 0;
	}
	if (!strcmp(name, "contract"))
		return add_contract(s, name, value, err, size);
	if (!strcmp(name, "record"))
		return set_text(&s->record, name, value, err, size);
	if (!strcmp(name, "link")) {
		s->engine.keep = true;
		s->every = true;
		return set_text(&s->link, name, value, err, size);
	}
	s->every |= !strcmp(name, "context");
	if (!strcmp(name, "dot"))
		return set_text(&s->dot, name, value, err, size);
	if (!strcmp(name, "dump"))
		return set_text(&s->dump, name, value ? value : "-", err, size);
	return set_engine(s, name, value, err, size);
}

int mn_settings_dot(const struct mn_settings *s, const struct mn_unit *unit)
{
	const char *colon = strchr(s->dot, ':');
	size_t n = colon ? (size_t)(colon - s->dot) : strlen(s->dot);
	char *name = (char *)malloc(n + 1);
	const struct mn_func *func;

	if (!name)
		return -ENOMEM;
	memcpy(name, s->dot, n);
	name[n] = '\0';
	func = unit_func(unit, name);
	if (unit->linked)
		note_missing(unit, "dot", name, unit->file);
	free(name);
	/* a build gives the option to all units, and one of them has the function */
	if (!func || !func->wanted)
		return 0;
	return mn_dot_save(unit, func->name, colon && colon[1] ? colon + 1 : "-");
}

void mn_settings_free(struct mn_settings *s)
{
	free(s->contracts);
	memset(s, 0, sizeof(*s));
}
