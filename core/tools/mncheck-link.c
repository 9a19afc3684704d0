// SPDX-License-Identifier: GPL-2.0-only
/*
 * mncheck-link - many units as one program: what crosses files.
 *
 * It reads what compilations with link=DIR left in DIR, joins it as a linker would, and runs the
 * engine: a call of another unit is a call. What is printed is what no unit alone could find; what a
 * unit found and the whole refutes is counted. Exit status: 0; 1 for findings with --error; 2
 * for bad options or facts, and for names that are defined twice.
 */
#define _DEFAULT_SOURCE
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "command.h"
#include "link.h"
#include "lower.h"
#include "proof.h"
#include "report.h"

#define JOBS_MAX 256

struct linker {
	struct mn_settings settings;
	const char *dir;
	bool partial, no_modules;	/* who else may call what is not static */
	bool all, show_withdrawn, no_cache, version;
	char *cache;			/* the name of its file */
	int jobs;			/* at a time; 0: as many as there are processors */
	bool contract, suggest;
	struct mn_link *link;
};

static void tell_error(const char *text)
{
	fprintf(stderr, "mncheck: error: %s\n", text);
}

static void print_finding(const struct mn_run *run, const struct mn_finding *finding)
{
	const struct linker *l = (const struct linker *)run->data;

	if (l->all || mn_link_is_news(l->link, finding))
		mn_run_print(run, finding);
}

static bool print_withdrawn(const struct mn_run *run)
{
	const struct linker *l = (const struct linker *)run->data;
	const struct mn_finding *f;
	size_t i;

	for (i = 0; l->show_withdrawn && (f = mn_link_withdrawn(l->link, i)); i++)
		fprintf(stderr, "mncheck: withdrawn: %s:%d:%d: %s [mn-%s]\n",
			f->loc.file ? f->loc.file : "?", f->loc.line, f->loc.col, f->text,
			mn_rule_name(f->rule));
	return !l->partial;
}

static const struct mn_front front = {
	"--", tell_error, NULL, NULL, NULL, print_finding, print_withdrawn
};

/* ------------------------------------------------------------------ */
/* options                                                             */

static void print_help(void)
{
	printf("usage: mncheck-link [--NAME[=VALUE]]... DIR\n"
	       "Check the units as one program whose compilations left facts in DIR (link=DIR of the\n"
	       "plugin, --mn-link=DIR of mncheck-sparse). NAME is\n"
	       "  (-jN)              work in N processes; by default one for each processor\n"
	       "  all                print what units alone have found, too\n"
	       "  withdrawn          print what units alone have found and the whole refutes\n"
	       "  no-cache           judge all, and keep nothing for the next run\n"
	       "  partial            other units may call what is not static\n"
	       "  no-modules         nobody else calls what is exported\n"
	       "  contract           compare the rows of the contract with the bodies, and find nothing else\n"
	       "  suggest            with contract: print rows that units alone would need and have not\n"
	       "%s\n"
	       "  version            print the version\n", mn_settings_help());
}

static int print_version(void)
{
	puts("mncheck-link (mncheck) " MN_VERSION);
	return 0;
}

/* the one of mncheck-link's own that has this name, or NULL */
static bool *own_option(struct linker *l, const char *name)
{
	const struct {
		const char *name;
		bool *flag;
	} own[] = {
		{ "all", &l->all }, { "no-cache", &l->no_cache }, { "withdrawn", &l->show_withdrawn },
		{ "partial", &l->partial }, { "no-modules", &l->no_modules }, { "contract", &l->contract },
		{ "suggest", &l->suggest }, { "version", &l->version },
	};

	for (size_t i = 0; i < sizeof(own) / sizeof(*own); i++)
		if (!strcmp(own[i].name, name))
			return own[i].flag;
	return NULL;
}

static bool take_jobs(struct linker *l, const char *number)
{
	char *end;
	long n = strtol(number, &end, 10);

	if (*end || end == number || n < 1 || n > JOBS_MAX) {
		fprintf(stderr, "mncheck: error: -j%s: no number of processes from 1 to %d\n", number,
			JOBS_MAX);
		return false;
	}
	l->jobs = (int)n;
	return true;
}

static bool take_dir(struct linker *l, const char *arg)
{
	if (*arg == '-')
		fprintf(stderr, "mncheck: error: %s: no such option; see mncheck-link --help\n", arg);
	else if (l->dir)
		tell_error("more than one DIR; see mncheck-link --help");
	else
		l->dir = arg;
	return l->dir == arg;
}

static bool take_argument(struct linker *l, char *arg)
{
	char *value;
	bool *flag;

	if (!strncmp(arg, "-j", 2))
		return take_jobs(l, arg + 2);
	if (strncmp(arg, front.option, 2))
		return take_dir(l, arg);
	arg += 2;
	value = strchr(arg, '=');
	if (value)
		*value++ = '\0';
	flag = own_option(l, arg);
	/* "contract=FILE" is the front ends' */
	if (!flag || (value && flag == &l->contract))
		return mn_front_option(&front, &l->settings, arg, value);
	if (value)
		fprintf(stderr, "mncheck: error: --%s: takes no value; leave it out\n", arg);
	*flag = true;
	return !value;
}

/* ------------------------------------------------------------------ */
/* the run                                                             */

/* of the CPU, with those of the processes that judge parts */
static double now(void)
{
	struct rusage own, parts;

	getrusage(RUSAGE_SELF, &own);
	getrusage(RUSAGE_CHILDREN, &parts);
	return (double)(own.ru_utime.tv_sec + parts.ru_utime.tv_sec) +
	       (double)(own.ru_utime.tv_usec + parts.ru_utime.tv_usec) / 1e6;
}

/* Return: false: some name is defined in two ways */
static bool print_conflicts(const struct linker *l)
{
	size_t i;

	for (i = 0; mn_link_conflict(l->link, i); i++)
		fprintf(stderr, "%s\n", mn_link_conflict(l->link, i));
	return !i;
}

static void print_sum(const struct linker *l, const struct mn_linked *linked)
{
	if (l->settings.stats)
		fprintf(stderr, "mncheck: stats: %s: %u parts, %u of them judged in this run, %u functions "
			"that too many files call\n", l->dir, linked->parts, linked->judged,
			linked->services);
	fprintf(stderr, "mncheck: linked: %s: %u units, %u bodies, %u findings, %u of them new, "
		"%u withdrawn, %u ignored\n", l->dir, linked->units, linked->bodies, linked->found,
		linked->news, linked->withdrawn, linked->hidden);
}

static void print_proved(const struct mn_proved *proved)
{
	printf("%s:%d: %s: %s: %s\n", proved->file, proved->line, proved->func,
	       mn_verdict_word(proved->verdict), proved->what);
	for (int i = 0; i < proved->nevents; i++) {
		const struct mn_event *e = &proved->events[i];

		printf("  %*s%s:%d:%d: %s\n", 2 * e->depth, "", e->loc.file ? e->loc.file : "?", e->loc.line,
		       e->loc.col, e->text);
	}
}

/* Return: the exit status */
static int print_verdicts(struct mn_proof *proof)
{
	unsigned int sums[MN_VERDICTS] = { 0 };
	const struct mn_proved *proved;
	size_t i;

	for (i = 0; (proved = mn_proof_row(proof, i)); i++) {
		print_proved(proved);
		sums[proved->verdict]++;
	}
	printf("%zu rows", i);
	for (int v = 0; v < MN_VERDICTS; v++)
		printf(", %u %s", sums[v], mn_verdict_word((enum mn_verdict)v));
	putchar('\n');
	return sums[MN_WRONG] ? 1 : 0;
}

static int by_text(const void *x, const void *y)
{
	return strcmp(*(const char *const *)x, *(const char *const *)y);
}

/* in the order of a contract. Return: the exit status */
static int print_suggested(struct mn_proof *proof)
{
	const char **rows = NULL, *row;
	int n = 0, room = 0;

	for (size_t i = 0; (row = mn_proof_suggest(proof, i)); i++) {
		if (!*row)
			continue;
		rows = (const char **)mn_room(rows, n, &room, sizeof(*rows));
		rows[n++] = row;
	}
	if (n)
		qsort(rows, (size_t)n, sizeof(*rows), by_text);
	puts("[functions]");
	for (int i = 0; i < n; i++)
		puts(rows[i]);
	free(rows);
	return 0;
}

/* the contract, and not what breaks it. Return: the exit status */
static int prove(struct linker *l, struct mn_unit *whole)
{
	struct mn_proof *proof;
	char err[MN_ERROR_SIZE];

	/* who else calls a function says nothing of its body */
	mn_link_join(l->link, MN_LINK_PARTIAL);
	if (!print_conflicts(l))
		return 2;
	mn_unit_plan(whole);
	mn_proof_plan(whole, l->suggest);
	if (mn_link_bodies(l->link, err, sizeof(err))) {
		fprintf(stderr, "%s\n", err);
		return 2;
	}
	proof = mn_proof_new(whole);
	if (!proof) {
		fprintf(stderr, "%s\n", whole->trouble.v[0]);
		return 2;
	}
	return l->suggest ? print_suggested(proof) : print_verdicts(proof);
}

static int tell_wrong(const char *err)
{
	fprintf(stderr, "%s\n", err);
	return 2;
}

/* what trace= prints shall stand together */
static int jobs_of(const struct linker *l)
{
	long n = l->jobs ? l->jobs : sysconf(_SC_NPROCESSORS_ONLN);

	return !l->settings.engine.trace && n > 0 && n < JOBS_MAX ? (int)n : 1;
}

/* of a function that is looked into nothing is kept */
static const char *cache_of(struct linker *l)
{
	static const char name[] = "/linked.cache";

	if (l->no_cache || l->settings.engine.trace)
		return NULL;
	l->cache = (char *)mn_alloc(strlen(l->dir) + sizeof(name), 1);
	strcat(strcpy(l->cache, l->dir), name);
	return l->cache;
}

/* Return: the exit status */
static int check(struct linker *l, struct mn_run *run)
{
	struct mn_linked linked;
	char err[MN_ERROR_SIZE];
	double start = now();
	bool fine = true, shown;

	mn_link_join(l->link, (l->partial ? MN_LINK_PARTIAL : 0) |
		     (l->no_modules ? MN_LINK_NO_MODULES : 0));
	fine &= print_conflicts(l);
	mn_link_plan(l->link);
	shown = l->settings.dot || l->settings.engine.context;
	if ((l->settings.dump || shown) && mn_link_bodies(l->link, err, sizeof(err)))
		return tell_wrong(err);
	if (l->settings.dump)
		fine &= mn_run_dump(run);
	if (shown)
		mn_unit_check(run->unit);	/* what it shows is this process's */
	else if (mn_link_check(l->link, cache_of(l), jobs_of(l), err, sizeof(err)))
		return tell_wrong(err);
	mn_link_compare(l->link);
	ignores_apply(run->unit);
	mn_link_count(l->link, &linked);
	fine &= mn_run_report(run, now() - start);
	print_sum(l, &linked);
	if (!fine)
		return 2;
	return l->settings.error && ((l->all ? linked.found : linked.news) ||
				     ignore_needless(run->unit, 0)) ? 1 : 0;
}

static int link_units(struct linker *l, const struct mn_contract *contract)
{
	char err[MN_ERROR_SIZE];
	struct mn_run run;
	int status;

	l->link = mn_link_open(contract, &l->settings.engine, l->dir, err, sizeof(err));
	if (!l->link) {
		fprintf(stderr, "%s\n", err);
		return 2;
	}
	memset(&run, 0, sizeof(run));
	run.front = &front;
	run.settings = &l->settings;
	run.contract = contract;
	run.file = l->dir;
	run.data = l;
	run.unit = mn_link_whole(l->link);
	status = l->contract ? prove(l, run.unit) : check(l, &run);
	mn_link_free(l->link);
	return status;
}

static int run(int argc, char **argv)
{
	struct mn_contract *contract;
	struct linker l;
	int i, status = 2;

	memset(&l, 0, sizeof(l));
	for (i = 1; i < argc; i++)
		if (!take_argument(&l, argv[i]))
			return 2;
	if (l.version)
		return print_version();
	if (l.settings.help)
		print_help();
	if (l.settings.help || l.settings.disable)
		return 0;
	if (!l.dir || (l.suggest && !l.contract)) {
		tell_error(l.dir ? "suggest without contract; write --contract --suggest DIR" :
				   "no DIR; see mncheck-link --help");
		return 2;
	}
	contract = mn_front_contract(&l.settings);
	if (contract)
		status = link_units(&l, contract);
	mn_contract_free(contract);
	free(l.cache);
	mn_settings_free(&l.settings);
	return status;
}

int main(int argc, char **argv)
{
	return flushed(run(argc, argv));
}
