// SPDX-License-Identifier: GPL-2.0-only
/*
 * front.c - one unit, from its facts to what is printed.
 *
 * The order of things is the same for every front end that reads C, and so are the messages
 * besides findings. A front end reads the unit, and shows findings and errors, in its own
 * way.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "report.h"
#include "compiler.h"

/* Return: the text, to be freed */
static char *printed(const char *fmt, va_list args)
{
	va_list again;
	char *text;
	int n;

	va_copy(again, args);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (n < 0)
		out_of_memory();
	text = (char *)mn_alloc((size_t)n + 1, 1);
	vsnprintf(text, (size_t)n + 1, fmt, args);
	return text;
}

static void tell_error(const struct mn_front *front, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

static void tell_error(const struct mn_front *front, const char *fmt, ...)
{
	va_list args;
	char *text;

	va_start(args, fmt);
	text = printed(fmt, args);
	va_end(args);
	front->error(text);
	free(text);
}

bool mn_front_option(const struct mn_front *front, struct mn_settings *settings,
		     const char *name, const char *value)
{
	char err[MN_ERROR_SIZE];

	switch (mn_setting(settings, name, value, err, sizeof(err))) {
	case 0:
		return true;
	case -ENOENT:
		tell_error(front, "%s%s: no such option; %shelp lists them", front->option,
			   name, front->option);
		return false;
	default:
		tell_error(front, "%s%s", front->option, err);
		return false;
	}
}

struct mn_contract *mn_front_contract(const struct mn_settings *s)
{
	char err[MN_ERROR_SIZE];
	struct mn_contract *contract;
	int ret;

	if (!s->ncontracts) {
		contract = contract_embedded(err, sizeof(err));
		if (!contract)
			fprintf(stderr, "%s\n", err);
		return contract;
	}
	contract = mn_contract_new();
	ret = mn_contract_read(contract, CONTRACT_NAME, mn_contract_text(), err, sizeof(err));
	for (int i = 0; i < s->ncontracts && !ret; i++)
		ret = mn_contract_read_file(contract, s->contracts[i], err, sizeof(err));
	if (!ret)
		return contract;
	fprintf(stderr, "%s\n", err);
	mn_contract_free(contract);
	return NULL;
}

/* ------------------------------------------------------------------ */
/* what is asked of the unit, and said                                 */

const char *mn_run_text(const struct mn_run *run, const char *fmt, ...)
{
	va_list args;
	const char *lasting;
	char *text;

	va_start(args, fmt);
	text = printed(fmt, args);
	va_end(args);
	lasting = arena_intern(run->unit->arena, text);
	free(text);
	return lasting;
}

static void read_cells(struct mn_run *run)
{
	const char *type, *member;
	struct mn_cell *cell;
	size_t lock;

	while (mn_contract_cell(run->contract, (size_t)run->cells.n, &type, &member)) {
		cell = mn_append(&run->cells);
		cell->name = mn_run_text(run, "%s.%s", type, member);
		cell->type = type;
		cell->member = member;
		cell->tag = run->front->identifier(type);
		cell->word = run->front->identifier(member);
	}
	for (lock = 0; (type = mn_contract_lock_type(run->contract, lock)); lock++)
		*(const void **)mn_append(&run->locks) = run->front->identifier(type);
}

const char *mn_run_cell(const struct mn_run *run, const void *tag, const void *member)
{
	int i;

	for (i = 0; tag && member && i < run->cells.n; i++)
		if (run->cells.v[i].tag == tag && run->cells.v[i].word == member)
			return run->cells.v[i].name;
	return NULL;
}

bool mn_run_is_lock(const struct mn_run *run, const void *tag)
{
	int i;

	for (i = 0; tag && i < run->locks.n; i++)
		if (run->locks.v[i] == tag)
			return true;
	return false;
}

struct mn_func *mn_run_function(struct mn_run *run, const char *name, struct mn_loc loc,
				int nparams, unsigned int flags, void *body)
{
	struct mn_func *func = mn_func_new(run->unit, name, loc, nparams, flags);

	if (func)
		*mn_append(&run->bodies) = body;
	return func;
}

struct mn_func *mn_run_func(const struct mn_run *run, const char *name)
{
	return unit_func(run->unit, name);
}

void *mn_run_body(const struct mn_run *run, const char *name)
{
	const struct mn_func *func = unit_func(run->unit, name);

	return func ? run->bodies.v[func->index] : NULL;
}

void mn_run_stored(const struct mn_run *run, const char *name, const char *type,
		   const char *member)
{
	struct mn_func *func = unit_func(run->unit, name);

	if (type && !strcmp(type, MN_EXPORT)) {
		if (func)
			func->flags |= MN_FUNC_EXPORTED;
	} else if (func && type) {
		mn_func_stored_in(func, type, member);
	} else if (func) {
		func->flags |= MN_FUNC_ADDRESS;
	} else if (run->unit->options.keep) {
		mn_unit_takes(run->unit, name, type, member);
	}
}

void mn_run_alias(const struct mn_run *run, const char *name, const char *alias)
{
	if (mn_contract_calls_back(run->contract, alias))
		mn_run_stored(run, name, alias, MN_ITSELF);
}

void mn_run_argument(const struct mn_run *run, const char *name, const char *callee, int n)
{
	mn_run_stored(run, name, callee, mn_run_text(run, "%d", n));
}

const char *mn_run_static(const struct mn_run *run, const char *name)
{
	if (run->unit->options.keep)
		mn_unit_static(run->unit, name);
	return name;
}

const char *mn_run_asm(struct mn_run *run, const char *text, int output)
{
	int i;

	text = arena_intern(run->unit->arena, text);
	for (i = 0; i < run->asms.n && run->asms.v[i] != text; i++)
		;
	if (i == run->asms.n)
		*mn_append(&run->asms) = text;
	return mn_run_text(run, "asm.%d.%d", i + 1, output);
}

void mn_run_give_up(const struct mn_run *run, const char *what)
{
	struct mn_unit *unit = run->unit;
	const char *line = mn_run_text(run, "mncheck: given up: %s: %s", run->file, what);
	int i;

	for (i = 0; i < unit->trouble.n; i++)
		if (unit->trouble.v[i] == line)
			return;
	*vec_push(unit->arena, &unit->trouble) = line;
}

/* ------------------------------------------------------------------ */
/* what is printed                                                     */

static void print_place(const struct mn_run *run, struct mn_loc loc)
{
	fprintf(stderr, "%s:%d:%d: ", loc.file ? loc.file : run->file, loc.line, loc.col);
}

void mn_run_print(const struct mn_run *run, const struct mn_finding *f)
{
	int i;

	print_place(run, f->loc);
	fprintf(stderr, "%s: %s [mn-%s]\n", run->settings->error ? "error" : "warning",
		f->text, mn_rule_name(f->rule));
	for (i = 0; i < f->nevents; i++) {
		print_place(run, f->events[i].loc);
		fprintf(stderr, "note: (%d) %s\n", i + 1, f->events[i].text);
	}
	print_place(run, f->loc);
	fprintf(stderr, "note: fix: %s; see 'mncheck explain %s'\n", f->fix, mn_rule_name(f->rule));
}

/* Return: false: one cannot be understood */
static bool print_ignores(const struct mn_run *run)
{
	const struct mn_unit *unit = run->unit;
	const struct mn_ignore *ignore;
	size_t i;
	int k;

	for (k = 0; k < unit->bad_ignores.n; k++)
		fprintf(stderr, "%s\n", unit->bad_ignores.v[k]);
	for (i = 0; (ignore = ignore_needless(unit, i)); i++)
		fprintf(stderr,
			"%s:%d:%d: %s: this 'mncheck: ignore(..)' hides no finding; remove it\n",
			ignore->loc.file, ignore->loc.line, ignore->loc.col,
			run->settings->error ? "error" : "warning");
	return !k;
}

static void print_stats(const struct mn_run *run, double seconds)
{
	const struct mn_finding *f;
	struct mn_stats stats;
	const char *line;
	size_t i;

	mn_unit_stats(run->unit, &stats);
	fprintf(stderr, "mncheck: stats: %s: era %s, %u functions, %u lowered, "
		"%u simulated, %u contexts, %u states (%u merged), %u steps, "
		"%u given up, %.3f s\n", run->file, *stats.era ? stats.era : "unknown",
		stats.functions, stats.wanted, stats.simulated, stats.contexts,
		stats.states, stats.merged, stats.steps, stats.given_up, seconds);
	for (i = 0; (line = mn_unit_excused(run->unit, i)); i++)
		fprintf(stderr, "mncheck: excused: %s\n", line);
	for (i = 0; (line = mn_unit_silenced(run->unit, i)); i++)
		fprintf(stderr, "mncheck: silenced: %s\n", line);
	for (i = 0; (f = unit_hidden(run->unit, i)); i++)
		fprintf(stderr, "mncheck: ignored: %s: %s: %s:%d: %s\n", f->func,
			mn_rule_name(f->rule), f->loc.file, f->loc.line, f->hidden->reason);
}

static bool is_given_up(const char *line)
{
	static const char front[] = "mncheck: given up: ";

	return !strncmp(line, front, sizeof(front) - 1);
}

/* of a linked program so many are named; a whole kernel comes to its limits in hundreds of functions */
#define GIVEN_UP_NAMED	8

static void print_trouble(const struct mn_run *run)
{
	bool all = !run->unit->linked || run->settings->stats;
	int given_up = 0;
	const char *line;

	for (size_t i = 0; (line = mn_unit_trouble(run->unit, i)); i++)
		given_up += is_given_up(line);
	all |= given_up <= GIVEN_UP_NAMED;
	for (size_t i = 0; (line = mn_unit_trouble(run->unit, i)); i++)
		if (all || !is_given_up(line))
			fprintf(stderr, "%s\n", line);
	if (!all)
		fprintf(stderr, "mncheck: given up: %d functions, each for a limit: what is wrong there may be missing; "
			"'%sstats' names them\n", given_up, run->front->option);
}

/* @ret: 0 or a negative errno. Return: is the file written? */
static bool written(const struct mn_run *run, int ret, const char *path)
{
	if (ret)
		tell_error(run->front, "cannot write '%s': %s; name another place", path, strerror(-ret));
	return !ret;
}

static bool context_written(const struct mn_run *run)
{
	const char *path;
	int ret = context_append(run->unit, &path);

	return written(run, ret, path);
}

bool mn_run_dump(const struct mn_run *run)
{
	const char *path = run->settings->dump;

	return written(run, mn_text_save(run->unit, path), path);
}

bool mn_run_report(const struct mn_run *run, double seconds)
{
	const struct mn_settings *s = run->settings;
	const struct mn_finding *finding;
	bool fine = true;
	size_t i;

	for (i = 0; (finding = mn_unit_finding(run->unit, i)); i++)
		run->front->finding(run, finding);
	print_trouble(run);
	/* one unit of a build may lack it */
	if (s->engine.trace && run->unit->linked)
		note_missing(run->unit, "trace", s->engine.trace, run->file);
	run->unit->asks_ignores = (!run->front->end || run->front->end(run)) && !s->link;
	fine &= print_ignores(run);
	if (s->dot)
		fine &= written(run, mn_settings_dot(s, run->unit), s->dot);
	if (s->engine.context)
		fine &= context_written(run);
	if (s->stats)
		print_stats(run, seconds);
	if (s->record)
		fine &= written(run, mn_record_append(run->unit, seconds, s->record),
				s->record);
	return fine;
}

/* ------------------------------------------------------------------ */
/* the run                                                             */

/* user CPU of this process so far */
static double user_seconds(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return (double)usage.ru_utime.tv_sec + (double)usage.ru_utime.tv_usec / 1e6;
}

static bool check(struct mn_run *run)
{
	const char *link = run->settings->link;
	double start = user_seconds();
	bool fine = true;
	int i;

	run->front->facts(run);
	mn_unit_plan(run->unit);
	for (i = 0; i < run->unit->funcs.n; i++)
		if (mn_func_wanted(run->unit->funcs.v[i]))
			run->front->lower(run, run->unit->funcs.v[i], run->bodies.v[i]);
	if (run->settings->dump)
		fine = mn_run_dump(run);
	mn_unit_check(run->unit);
	ignores_read(run->unit, run->file);
	ignores_apply(run->unit);
	if (link)
		fine &= written(run, mn_facts_save(run->unit, link), link);
	return mn_run_report(run, user_seconds() - start) && fine;
}

int mn_run_check(struct mn_run *run)
{
	int status = 0;

	run->unit = mn_unit_new(run->contract, &run->settings->engine, run->file);
	read_cells(run);
	if (!check(run))
		status = 2;
	else if (run->settings->error &&
		 (mn_unit_finding(run->unit, 0) || ignore_needless(run->unit, 0)))
		status = 1;
	mn_unit_free(run->unit);
	run->unit = NULL;
	free(run->cells.v);
	free(run->locks.v);
	free(run->bodies.v);
	free(run->asms.v);
	return status;
}

/* ------------------------------------------------------------------ */
/* what a parser has seen                                              */

void mn_declare(struct mn_declared *d, const char *name, int nargs)
{
	size_t size = strlen(name) + 1;
	struct mn_declaration *seen = mn_append(&d->list);

	seen->name = (char *)memcpy(mn_alloc(size, 1), name, size);
	seen->nargs = nargs;
}

void mn_declared_tell(const struct mn_declared *d, struct mn_unit *unit)
{
	for (int i = 0; i < d->list.n; i++)
		mn_unit_declares(unit, d->list.v[i].name, d->list.v[i].nargs);
}

void mn_declared_free(struct mn_declared *d)
{
	for (int i = 0; i < d->list.n; i++)
		free(d->list.v[i].name);
	free(d->list.v);
	memset(d, 0, sizeof(*d));
}
