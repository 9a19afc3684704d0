// SPDX-License-Identifier: GPL-2.0-only
/*
 * mn-contract.c - shows a contract and checks it as data.
 *
 * The parser refuses what it does not understand; this program refuses what it
 * understands but cannot be right as a table: --check. Does not know the
 * kernel: whether a name exists there is tests/kernel/check_contract_names.py's question.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "contract_read.h"

static const struct option options[] = {
	{ "check", no_argument, NULL, 'c' },
	{ "names", no_argument, NULL, 'n' },
	{ "on-top", no_argument, NULL, 't' },
	{ "version", no_argument, NULL, 'v' },
	{ "help", no_argument, NULL, 'h' },
	{ NULL, 0, NULL, 0 },
};

static void print_usage(void)
{
	fputs("usage: mn-contract [--check | --names] [--on-top] [FILE...]\n"
	      "Reads the embedded contract, or the files named, and prints its numbers of rows.\n"
	      "  --check   check the tables: order, pairs, reasons, kernels\n"
	      "  --names   print section, name, arguments, first kernel, last kernel, line\n"
	      "  --on-top  FILE is read on top of the embedded contract, as contract=FILE is:\n"
	      "            --check has nothing to say of order and quotes then\n"
	      "  --version print the version\n"
	      "  --help    print this text\n"
	      "Exit status: 0 all right, 1 --check found a fault, 2 a contract cannot be read.\n",
	      stdout);
}

/* ------------------------------------------------------------------ */
/* --check                                                             */

static int faults;
static bool on_top;		/* what the plugin takes is right, whatever its form */

static void fault(const char *file, int line, const char *name, const char *what)
{
	printf("%s:%d:1: error: %s: %s\n", file, line, name, what);
	faults++;
}

/* of the project's own contract: its order, its quotes */
static void fault_of_form(const char *file, int line, const char *name, const char *what)
{
	if (!on_top)
		fault(file, line, name, what);
}

static void check_kernels(const char *file, int line, const char *name,
			  struct kernels k)
{
	if ((k.from && k.from < KERNEL(3, 7)) || k.to < KERNEL(3, 7))
		fault(file, line, name, "its kernels are before 3.7, start there");
}

static int compare_rows(const struct row *a, const struct row *b)
{
	int order = strcmp(a->name, b->name);

	if (order)
		return order;
	if (a->nargs != b->nargs)
		return a->nargs - b->nargs;
	return a->kernels.from - b->kernels.from;
}

/* what an effect takes and what gives it back must speak of the same kind */
enum hold { HOLD_LOCK, HOLD_SLEEPER, HOLD_REGION, HOLD_CONTEXT, HOLD_COUNT = HOLD_CONTEXT + CONTEXT_COUNT };

static int hold_taken(const struct effect *e)
{
	switch (e->kind) {
	case EFFECT_LOCK:
		return HOLD_LOCK;
	case EFFECT_ACQUIRE:
		return HOLD_SLEEPER;
	case EFFECT_START:
		return HOLD_REGION;
	case EFFECT_ENTER:
		return HOLD_CONTEXT + (int)e->context;
	default:
		return -1;
	}
}

static int hold_given(const struct effect *e)
{
	switch (e->kind) {
	case EFFECT_UNLOCK:
	case EFFECT_DROP:
		return HOLD_LOCK;
	case EFFECT_RELEASE:
		return HOLD_SLEEPER;
	case EFFECT_END:
		return HOLD_REGION;
	case EFFECT_LEAVE:
		return HOLD_CONTEXT + (int)e->context;
	default:
		return -1;
	}
}

/* does some row give @hold back in kernels of @when? */
static bool given_back(const struct mn_contract *c, int hold, struct kernels when)
{
	const struct row *row;
	int i, k;

	for (i = 0; i < c->rows.n; i++) {
		row = &c->rows.v[i];
		for (k = 0; k < row->neffects; k++)
			if (hold_given(&row->effects[k]) == hold &&
			    kernels_overlap(row->kernels, when))
				return true;
	}
	return false;
}

static bool same_effects(const struct row *a, const struct row *b)
{
	return a->neffects == b->neffects &&
	       !memcmp(a->effects, b->effects, sizeof(*a->effects) * (size_t)a->neffects);
}

/* a unit shows its era only: within one, the first row of a call has to be right */
static void check_eras(const struct mn_contract *c, const struct row *row)
{
	const struct row *b;
	int i, k;

	for (k = c->functions.next[row - c->rows.v]; k >= 0; k = c->functions.next[k]) {
		b = &c->rows.v[k];
		if (b->nargs != row->nargs || same_effects(row, b))
			continue;
		for (i = 0; i < c->eras.n; i++)
			if (kernels_overlap(row->kernels, c->eras.v[i].kernels) &&
			    kernels_overlap(b->kernels, c->eras.v[i].kernels))
				fault(b->file, b->line, b->name, "another row of the "
				      "same era has other effects, make them one");
	}
}

static void check_row(const struct mn_contract *c, int i)
{
	const struct row *row = &c->rows.v[i];
	int k, hold;

	if (i && row[-1].file == row->file && compare_rows(&row[-1], row) >= 0)
		fault_of_form(row->file, row->line, row->name, "not in order of names, "
		      "move it up");
	check_kernels(row->file, row->line, row->name, row->kernels);
	check_eras(c, row);
	if (row->differs && !strchr(row->reason, '"'))
		fault_of_form(row->file, row->line, row->name, "differs from the body without the kernel's own "
			      "words, quote them in \"...\"");
	for (k = 0; k < row->neffects; k++) {
		hold = hold_taken(&row->effects[k]);
		if (hold >= 0 && !given_back(c, hold, row->kernels))
			fault(row->file, row->line, row->name,
			      "no row gives back what it takes, add one");
	}
}

static bool tells_context(const struct callback *cb)
{
	return cb->ptl || cb->region || cb->atomic || cb->may_leave_region || cb->ends_region ||
	       cb->nasks || cb->fails;
}

static void check_callback_eras(const struct mn_contract *c, const struct callback *cb)
{
	const struct callback *b;
	int i;

	for (b = cb + 1; b < c->callbacks.v + c->callbacks.n; b++) {
		if (b->type != cb->type || b->member != cb->member ||
		    b->nargs != cb->nargs || !tells_context(b))
			continue;
		for (i = 0; i < c->eras.n; i++)
			if (kernels_overlap(cb->kernels, c->eras.v[i].kernels) &&
			    kernels_overlap(b->kernels, c->eras.v[i].kernels))
				fault(b->file, b->line, b->member, "another row of the "
				      "same era has another context, make them one");
	}
}

static void check_callback(const struct mn_contract *c, int i)
{
	const struct callback *cb = &c->callbacks.v[i];
	int order;

	if (!*cb->reason)
		fault_of_form(cb->file, cb->line, cb->type, "a context without a reason, "
		      "say where the kernel states it");
	check_kernels(cb->file, cb->line, cb->type, cb->kernels);
	check_callback_eras(c, cb);
	if (!i || cb[-1].file != cb->file)
		return;
	order = strcmp(cb[-1].type, cb->type);
	if (!order)
		order = strcmp(cb[-1].member, cb->member);
	if (order > 0)
		fault_of_form(cb->file, cb->line, cb->type, "not in order of names, move it up");
}

static void check_walk(const struct mn_contract *c, int i)
{
	const struct walk_row *walk = &c->walks.v[i];

	check_kernels(walk->file, walk->line, walk->name, walk->kernels);
	if (!contract_member_of(c, walk->type ? walk->type : walk->name, walk->kernels, 0))
		fault(walk->file, walk->line, walk->name,
		      "no row of [callbacks] says how it calls them, add one");
	if (i && walk[-1].file == walk->file && strcmp(walk[-1].name, walk->name) > 0)
		fault_of_form(walk->file, walk->line, walk->name, "not in order of names, move it up");
}

static void check_lock(const struct mn_contract *c, int i)
{
	const struct lockcell *lock = &c->locks.v[i];
	int order;

	if (!i || lock[-1].file != lock->file)
		return;
	order = strcmp(lock[-1].type, lock->type);
	if (!order && lock->member)
		order = lock[-1].member ? strcmp(lock[-1].member, lock->member) : -1;
	if (order >= 0)
		fault_of_form(lock->file, lock->line, lock->type,
		      "not in order of names, or twice: move or remove it");
}

static void check_excuse(const struct mn_contract *c, int i)
{
	const struct excuse *excuse = &c->excuses.v[i];

	check_kernels(excuse->file, excuse->line, excuse->func, excuse->kernels);
	if (!strchr(excuse->reason, '"'))
		fault_of_form(excuse->file, excuse->line, excuse->func,
		      "a reason without the kernel's own words, quote them in \"...\"");
	if (i && excuse[-1].file == excuse->file &&
	    strcmp(excuse[-1].func, excuse->func) > 0)
		fault_of_form(excuse->file, excuse->line, excuse->func,
		      "not in order of names, move it up");
}

static int check(const struct mn_contract *c)
{
	int i;

	for (i = 0; i < c->rows.n; i++)
		check_row(c, i);
	for (i = 0; i < c->callbacks.n; i++)
		check_callback(c, i);
	for (i = 0; i < c->walks.n; i++)
		check_walk(c, i);
	for (i = 0; i < c->locks.n; i++)
		check_lock(c, i);
	for (i = 0; i < c->excuses.n; i++)
		check_excuse(c, i);
	for (i = 0; i < c->eras.n; i++)
		check_kernels(c->eras.v[i].file, c->eras.v[i].line,
			      c->eras.v[i].name, c->eras.v[i].kernels);
	return faults ? 1 : 0;
}

/* ------------------------------------------------------------------ */
/* --names and the numbers                                             */

static void print_name(const char *section, const char *name, const char *member,
		       int nargs, struct kernels k, int line)
{
	char from[16], to[16];

	printf("%s\t%s%s%s\t", section, name, member ? "." : "", member ? member : "");
	if (nargs >= 0)
		printf("%d", nargs);
	printf("\t%s\t%s\t%d\n", kernel_text(k.from, from, sizeof(from)),
	       kernel_text(k.to, to, sizeof(to)), line);
}

static void print_names(const struct mn_contract *c)
{
	const struct kernels all = { 0, KERNEL_ANY };
	const struct row *row;
	const struct callback *cb;
	int i;

	for (i = 0; i < c->rows.n; i++) {
		row = &c->rows.v[i];
		print_name("functions", row->name, NULL, row->nargs, row->kernels, row->line);
	}
	for (i = 0; i < c->callbacks.n; i++) {
		cb = &c->callbacks.v[i];
		print_name("callbacks", cb->type, cb->member, cb->nargs,
			   cb->kernels, cb->line);
	}
	for (i = 0; i < c->walks.n; i++)
		print_name("walks", c->walks.v[i].name, NULL, c->walks.v[i].nargs,
			   c->walks.v[i].kernels, c->walks.v[i].line);
	for (i = 0; i < c->locks.n; i++)
		print_name("locks", c->locks.v[i].type, c->locks.v[i].member, -1, all,
			   c->locks.v[i].line);
	for (i = 0; i < c->excuses.n; i++)
		print_name("excuses", c->excuses.v[i].func, NULL, -1,
			   c->excuses.v[i].kernels, c->excuses.v[i].line);
	for (i = 0; i < c->cells.n; i++)
		print_name("cells", c->cells.v[i].type, c->cells.v[i].member, -1, all, 0);
}

static void print_numbers(const struct mn_contract *c)
{
	printf("eras %d\nfunctions %d\ncallbacks %d\nwalks %d\nlocks %d\nexcuses %d\n", c->eras.n,
	       c->rows.n, c->callbacks.n, c->walks.n, c->locks.n, c->excuses.n);
}

static int read_all(struct mn_contract *c, char **files)
{
	char err[512];
	int ret = 0;

	if (!*files || on_top)
		ret = mn_contract_read(c, CONTRACT_NAME, mn_contract_text(),
				       err, sizeof(err));
	for (; *files && !ret; files++)
		ret = mn_contract_read_file(c, *files, err, sizeof(err));
	if (ret)
		fprintf(stderr, "%s\n", err);
	return ret;
}

/* Return: 'c', 'n', 'v', 'h', '-': none of them, '?': the options are wrong */
static int parse_options(int argc, char **argv)
{
	int opt, mode = '-';

	opterr = 0;
	while ((opt = getopt_long(argc, argv, ":", options, NULL)) != -1) {
		if (opt == '?' || opt == ':') {
			refuse_option(opt, argv, "mn-contract");
			return '?';
		}
		if (opt == 'h' || opt == 'v')
			return opt;
		if (opt == 't') {
			on_top = true;
		} else if (mode != '-' && mode != opt) {
			fputs("mncheck: error: --check and --names: give one of them; see mn-contract --help\n", stderr);
			return '?';
		} else {
			mode = opt;
		}
	}
	return mode;
}

static int run(int argc, char **argv)
{
	struct mn_contract *contract;
	int mode, ret = 2;

	mode = parse_options(argc, argv);
	if (mode == 'h')
		print_usage();
	else if (mode == 'v')
		puts("mn-contract (mncheck) " MN_VERSION);
	if (strchr("hv?", mode))
		return mode == '?' ? 2 : 0;
	contract = mn_contract_new();
	if (!read_all(contract, argv + optind)) {
		ret = 0;
		if (mode == 'n')
			print_names(contract);
		else
			print_numbers(contract);
		if (mode == 'c')
			ret = check(contract);
	}
	mn_contract_free(contract);
	return ret;
}

int main(int argc, char **argv)
{
	return flushed(run(argc, argv));
}
