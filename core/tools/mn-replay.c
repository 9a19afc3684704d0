// SPDX-License-Identifier: GPL-2.0-only
/*
 * mn-replay - the engine on programs in their text form, with no compiler.
 *
 * An adapter like the others: it includes nothing of core but mn.h. What a plugin wrote
 * down replays here under a debugger or a sanitizer, and a test of the engine
 * needs no C. Exit status: 0 when all was read and simulated, 1 when a program
 * was refused by the engine's door, 2 for bad options or input, which the comments of its
 * source are, too.
 */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "command.h"
#include "report.h"

#define CONTRACTS_MAX 16

struct replay {
	struct mn_options options;
	const char *contracts[CONTRACTS_MAX];
	int ncontracts;
	bool only_user, stats, print;
	const char *dot, *record;
};

static const char help_text[] =
"usage: mn-replay [OPTION]... FILE...\n"
"Run the engine on programs in their text form (testcases/cfg/README.md) and\n"
"print what it finds.\n"
"\n"
"  --contract=FILE          read FILE on top of the embedded contract\n"
"  --only-user-contract     leave the embedded contract out\n"
"  --rules=RULE[,RULE]...   check these rules only; -RULE: all but it\n"
"  --kernel=MAJOR.MINOR     use the rows of this kernel\n"
"  --limit-states=N         states kept at one point of a function\n"
"  --limit-steps=N          instructions executed for one function\n"
"  --limit-contexts=N       entry states for which a function is simulated\n"
"  --detail=N               from 3, all, to 0: states kept apart (a test of the engine)\n"
"  --no-merge               never merge states\n"
"  --check-paths            fail if the path of a finding contradicts itself\n"
"  --reach                  records say what each function does\n"
"  --seconds                records say how long each program took\n"
"  --trace=FUNC             print the changes of state in FUNC\n"
"  --context=FUNC[,FUNC]..[:FILE]\n"
"                           append to FILE what is held at each line of FUNC\n"
"  --dot=FUNC               print the CFG of FUNC with its states, and no findings\n"
"  --print                  print the programs in their text form and do nothing else\n"
"  --stats                  print what the engine took\n"
"  --record=FILE            append the findings to FILE, a line of JSON for each program\n"
"  --version                print the version\n"
"  --help                   print this\n";

/* from OPT_COMMON on they go to mn_option(), by name */
enum {
	OPT_CONTRACT = 1, OPT_ONLY_USER, OPT_DOT, OPT_PRINT, OPT_STATS, OPT_RECORD,
	OPT_CHECK_PATHS, OPT_VERSION, OPT_HELP, OPT_COMMON
};

static const struct option long_options[] = {
	{ "rules", required_argument, NULL, OPT_COMMON },
	{ "kernel", required_argument, NULL, OPT_COMMON + 1 },
	{ "limit-states", required_argument, NULL, OPT_COMMON + 2 },
	{ "limit-steps", required_argument, NULL, OPT_COMMON + 3 },
	{ "limit-contexts", required_argument, NULL, OPT_COMMON + 4 },
	{ "detail", required_argument, NULL, OPT_COMMON + 8 },
	{ "no-merge", no_argument, NULL, OPT_COMMON + 5 },
	{ "trace", required_argument, NULL, OPT_COMMON + 6 },
	{ "reach", no_argument, NULL, OPT_COMMON + 7 },
	{ "seconds", no_argument, NULL, OPT_COMMON + 9 },
	{ "context", required_argument, NULL, OPT_COMMON + 10 },
	{ "check-paths", no_argument, NULL, OPT_CHECK_PATHS },
	{ "contract", required_argument, NULL, OPT_CONTRACT },
	{ "only-user-contract", no_argument, NULL, OPT_ONLY_USER },
	{ "dot", required_argument, NULL, OPT_DOT },
	{ "print", no_argument, NULL, OPT_PRINT },
	{ "stats", no_argument, NULL, OPT_STATS },
	{ "record", required_argument, NULL, OPT_RECORD },
	{ "version", no_argument, NULL, OPT_VERSION },
	{ "help", no_argument, NULL, OPT_HELP },
	{ NULL, 0, NULL, 0 },
};

/* ------------------------------------------------------------------ */
/* options                                                             */

static int refuse(const char *message)
{
	fprintf(stderr, "%s\n", message);
	return 2;
}

static int add_contract(struct replay *replay, const char *path)
{
	if (replay->ncontracts == CONTRACTS_MAX)
		return refuse("mncheck: error: --contract given too often; join the files");
	replay->contracts[replay->ncontracts++] = path;
	return 0;
}

static int set_option(struct replay *replay, int opt, const char *name)
{
	char err[1024];

	switch (opt) {
	case OPT_CONTRACT:
		return add_contract(replay, optarg);
	case OPT_ONLY_USER:
		replay->only_user = true;
		return 0;
	case OPT_DOT:
		replay->dot = optarg;
		return 0;
	case OPT_PRINT:
		replay->print = true;
		return 0;
	case OPT_CHECK_PATHS:
		replay->options.check_paths = true;
		return 0;
	case OPT_STATS:
		replay->stats = true;
		return 0;
	case OPT_RECORD:
		replay->record = optarg;
		return 0;
	}
	return mn_option(&replay->options, name, optarg, err, sizeof(err)) ?
	       refuse(err) : 0;
}

/* -1: go on; else the exit status */
static int parse_options(struct replay *replay, int argc, char **argv)
{
	int opt, index = 0;

	opterr = 0;
	while ((opt = getopt_long(argc, argv, ":", long_options, &index)) != -1) {
		if (opt == OPT_HELP || opt == OPT_VERSION) {
			fputs(opt == OPT_HELP ? help_text : "mn-replay (mncheck) " MN_VERSION "\n",
			      stdout);
			return 0;
		}
		if (opt == ':' || opt == '?')
			return refuse_option(opt, argv, "mn-replay");
		if (set_option(replay, opt, long_options[index].name))
			return 2;
	}
	if (optind == argc)
		return refuse("mncheck: error: no FILE; see mn-replay --help");
	return -1;
}

static struct mn_contract *read_contracts(const struct replay *replay)
{
	struct mn_contract *contract = mn_contract_new();
	char err[1024];
	int i, ret = 0;

	if (!replay->only_user)
		ret = mn_contract_read(contract, CONTRACT_NAME,
				       mn_contract_text(), err, sizeof(err));
	for (i = 0; i < replay->ncontracts && !ret; i++)
		ret = mn_contract_read_file(contract, replay->contracts[i], err,
					    sizeof(err));
	if (!ret)
		return contract;
	refuse(err);
	mn_contract_free(contract);
	return NULL;
}

/* ------------------------------------------------------------------ */
/* what is printed                                                     */

static void print_line(const char *unit, struct mn_loc loc, const char *kind,
		       const char *text, const char *rule)
{
	if (!loc.file)
		loc.file = unit;
	printf("%s:%d:%d: %s: %s", loc.file, loc.line, loc.col, kind, text);
	if (rule)
		printf(" [mn-%s]", rule);
	putchar('\n');
}

static void print_findings(const struct mn_unit *unit, const char *path)
{
	const struct mn_finding *finding;
	size_t i;
	int k;

	for (i = 0; (finding = mn_unit_finding(unit, i)); i++) {
		print_line(path, finding->loc, "warning", finding->text,
			   mn_rule_name(finding->rule));
		for (k = 0; k < finding->nevents; k++)
			print_line(path, finding->events[k].loc, "note",
				   finding->events[k].text, NULL);
		printf("%s:%d:%d: note: fix: %s; see 'mncheck explain %s'\n",
		       finding->loc.file ? finding->loc.file : path, finding->loc.line,
		       finding->loc.col, finding->fix, mn_rule_name(finding->rule));
	}
}

static void print_troubles(const struct mn_unit *unit)
{
	size_t i;

	for (i = 0; mn_unit_trouble(unit, i); i++)
		fprintf(stderr, "%s\n", mn_unit_trouble(unit, i));
	for (int k = 0; k < unit->bad_ignores.n; k++)
		fprintf(stderr, "%s\n", unit->bad_ignores.v[k]);
}

static void print_stats(const struct mn_unit *unit, const char *path)
{
	const struct mn_finding *f;
	struct mn_stats s;
	size_t i;

	mn_unit_stats(unit, &s);
	printf("%s: era %s, functions %u, wanted %u, simulated %u, given up %u\n",
	       path, *s.era ? s.era : "unknown", s.functions, s.wanted,
	       s.simulated, s.given_up);
	printf("%s: contexts %u, states %u, merged %u, steps %u\n", path,
	       s.contexts, s.states, s.merged, s.steps);
	for (i = 0; mn_unit_excused(unit, i); i++)
		printf("%s: excused: %s\n", path, mn_unit_excused(unit, i));
	for (i = 0; mn_unit_silenced(unit, i); i++)
		printf("%s: silenced: %s\n", path, mn_unit_silenced(unit, i));
	for (i = 0; (f = unit_hidden(unit, i)); i++)
		printf("%s: ignored: %s: %s: %s:%d: %s\n", path, f->func, mn_rule_name(f->rule),
		       f->loc.file, f->loc.line, f->hidden->reason);
}

static int cannot_write(const char *path, int ret)
{
	fprintf(stderr, "mncheck: error: cannot write '%s': %s; name another place\n", path, strerror(-ret));
	return 2;
}

static int append_record(const struct mn_unit *unit, const char *path,
			 double seconds)
{
	int ret = mn_record_append(unit, seconds, path);

	return ret ? cannot_write(path, ret) : 0;
}

static int append_context(const struct mn_unit *unit)
{
	const char *path;
	int ret = context_append(unit, &path);

	return ret ? cannot_write(path, ret) : 0;
}

/* ------------------------------------------------------------------ */
/* one program                                                         */

/* the whole file with a NUL behind it; NULL with errno set */
static char *read_file(const char *path)
{
	FILE *from = fopen(path, "r");
	char *text = NULL, *more;
	size_t n = 0, room = 0, got = 1;

	if (!from)
		return NULL;
	while (got) {
		if (room - n < 2) {
			room = room ? room * 2 : 65536;
			more = (char *)realloc(text, room);
			if (!more)
				break;
			text = more;
		}
		got = fread(text + n, 1, room - n - 1, from);
		n += got;
	}
	if (got || ferror(from)) {
		free(text);
		text = NULL;
	} else {
		text[n] = 0;
	}
	fclose(from);
	return text;
}

static double now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static int check_unit(const struct replay *replay, struct mn_unit *unit,
		      const char *path)
{
	double start = now();
	int ret = mn_unit_check(unit) ? 1 : 0;
	double seconds = now() - start;

	ignores_read(unit, NULL);
	ignores_apply(unit);
	print_troubles(unit);
	if (replay->options.trace)
		note_missing(unit, "trace", replay->options.trace, path);
	if (replay->record && append_record(unit, replay->record, seconds))
		return 2;
	if (replay->options.context && append_context(unit))
		return 2;
	if (ret)
		return ret;
	if (!replay->dot) {
		print_findings(unit, path);
	} else if (mn_dot_write(unit, replay->dot, stdout)) {
		fprintf(stderr, "mncheck: error: %s: no function '%s' with blocks; see --print\n",
			path, replay->dot);
		return 2;
	}
	if (replay->stats)
		print_stats(unit, path);
	return unit->bad_ignores.n ? 2 : 0;
}

static int read_unit(struct mn_unit *unit, const char *path, const char *text,
		     char *err, size_t size)
{
	int ret = mn_text_read(unit, path, text, err, size);

	if (ret)
		return ret;
	mn_unit_plan(unit);
	return mn_text_bodies(unit, path, err, size);
}

static int replay_file(const struct replay *replay,
		       const struct mn_contract *contract, const char *path)
{
	char *text = read_file(path);
	struct mn_unit *unit;
	char err[1024];
	int ret = 0;

	if (!text) {
		fprintf(stderr, "mncheck: error: %s: %s; name a program in its text form\n", path, strerror(errno));
		return 2;
	}
	unit = mn_unit_new(contract, &replay->options, path);
	if (read_unit(unit, path, text, err, sizeof(err)))
		ret = refuse(err);
	else if (replay->print)
		mn_text_write(unit, stdout);
	else
		ret = check_unit(replay, unit, path);
	mn_unit_free(unit);
	free(text);
	return ret;
}

static int run(int argc, char **argv)
{
	struct mn_contract *contract;
	struct replay replay;
	int i, ret, worst = 0;

	memset(&replay, 0, sizeof(replay));
	ret = parse_options(&replay, argc, argv);
	if (ret >= 0)
		return ret;
	contract = read_contracts(&replay);
	if (!contract)
		return 2;
	for (i = optind; i < argc; i++) {
		ret = replay_file(&replay, contract, argv[i]);
		worst = ret > worst ? ret : worst;
	}
	mn_contract_free(contract);
	return worst;
}

int main(int argc, char **argv)
{
	return flushed(run(argc, argv));
}
