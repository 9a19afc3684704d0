// SPDX-License-Identifier: GPL-2.0-only
/*
 * cmd_context.c - mncheck context: what is held at each line of a function.
 *
 * It compiles the file of the function once more for that, or reads what context= wrote before.
 */
#define _XOPEN_SOURCE 700
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "context.h"

static const char help_text[] =
"usage: mncheck context [OPTION]... FILE FUNCTION...\n"
"Draw each FUNCTION with what is held at each of its lines: a page table lock, a region,\n"
"what forbids to sleep. FILE is a C file of a kernel or a module that was built, which is\n"
"compiled once more, aside; or what the option context= wrote (then all its functions,\n"
"where none is named).\n"
"\n"
"  --kdir=DIR       the kernel's source, where FILE may start, and names that are shown\n"
"  --objdir=DIR     where it was built (O= of make); default: that of --kdir, or above FILE\n"
"  --each           draw apart the calls that differ\n"
"  --format=FORM    text (the default), html, or json: the record itself\n"
"  --output=FILE    write there, completely or not at all\n"
"  --source=DIR     of a record: the folder that its names start in; default: here\n"
"  --plugin=FILE    the GCC plugin; default: that of this installation\n"
"  --sparse[=FILE]  read FILE with mncheck-sparse, as it is done for a clang build\n"
"  --arg=NAME[=VALUE]  an option of the plugin, such as contract=FILE (repeatable)\n"
"  --help           print this\n";

enum {
	OPT_KDIR = 1, OPT_OBJDIR, OPT_EACH, OPT_FORMAT, OPT_OUTPUT, OPT_SOURCE, OPT_PLUGIN,
	OPT_SPARSE, OPT_ARG, OPT_HELP
};

static const struct option options[] = {
	{ "kdir", required_argument, NULL, OPT_KDIR },
	{ "objdir", required_argument, NULL, OPT_OBJDIR },
	{ "each", no_argument, NULL, OPT_EACH },
	{ "format", required_argument, NULL, OPT_FORMAT },
	{ "output", required_argument, NULL, OPT_OUTPUT },
	{ "source", required_argument, NULL, OPT_SOURCE },
	{ "plugin", required_argument, NULL, OPT_PLUGIN },
	{ "sparse", optional_argument, NULL, OPT_SPARSE },
	{ "arg", required_argument, NULL, OPT_ARG },
	{ "help", no_argument, NULL, OPT_HELP },
	{ NULL, 0, NULL, 0 },
};

enum form { FORM_TEXT, FORM_HTML, FORM_JSON };

struct request {
	struct context_unit unit;
	struct context_view view;
	struct contexts contexts;
	enum form form;
	const char *record, *output;
	char **functions;		/* up to NULL */
};

static enum form form_named(const char *name)
{
	static const char *const names[] = { "text", "html", "json" };

	for (int i = 0; i < 3; i++)
		if (!strcmp(names[i], name))
			return (enum form)i;
	die("--format=%s: no such form; see mncheck context --help", name);
}

/* a folder that is there, by a name that stays right wherever the compiler runs */
static const char *folder_named(const char *option, const char *name)
{
	char *real = realpath(name, NULL);

	if (!real)
		die("--%s=%s: %s; name a folder", option, name, strerror(errno));
	return real;
}

static void add_arg(struct context_unit *unit, const char *arg)
{
	unit->args = (const char **)grow(unit->args, unit->nargs, &unit->args_room,
					 sizeof(*unit->args));
	unit->args[unit->nargs++] = arg;
}

/* Return: false where the program has to end */
static bool set_option(struct request *q, int opt)
{
	switch (opt) {
	case OPT_KDIR:
		q->unit.kdir = folder_named("kdir", optarg);
		return true;
	case OPT_OBJDIR:
		q->unit.objdir = folder_named("objdir", optarg);
		return true;
	case OPT_EACH:
		q->view.each = true;
		return true;
	case OPT_FORMAT:
		q->form = form_named(optarg);
		return true;
	case OPT_OUTPUT:
		q->output = optarg;
		return true;
	case OPT_SOURCE:
		q->view.source = optarg;
		return true;
	case OPT_PLUGIN:
		q->unit.front = optarg;
		return true;
	case OPT_SPARSE:
		q->unit.sparse = true;
		q->unit.front = optarg;
		return true;
	case OPT_ARG:
		add_arg(&q->unit, optarg);
		return true;
	}
	return false;
}

/* ------------------------------------------------------------------ */
/* the functions                                                       */

/* a line of JSON starts with a brace, which no C file does; one that is not there is no record */
static bool is_record(const char *path)
{
	FILE *from = fopen(path, "r");
	int c = from ? getc(from) : EOF;

	if (from)
		fclose(from);
	return c == '{';
}

static bool is_wanted(const struct request *q, const char *name)
{
	char **f = q->functions;

	while (*f && strcmp(*f, name))
		f++;
	return *f || !q->functions[0];
}

static void tell_missing(const struct request *q, const char *name)
	__attribute__((noreturn));

static void tell_missing(const struct request *q, const char *name)
{
	const struct context_missing *m = NULL;
	char *like = text_of("%s", "");

	for (int i = 0; i < q->contexts.nmissing; i++)
		if (!strcmp(q->contexts.missing[i].name, name))
			m = &q->contexts.missing[i];
	for (int i = 0; m && i < m->nnear; i++)
		like = text_of("%s%s%s()", like, i ? ", " : "; there is ", m->near[i]);
	die("%s: %s has no function of this name that it uses%s", name, q->unit.file, like);
}

/* a function that nothing comes to has nothing to draw */
static void need_paths(const struct context_function *f)
{
	if (f->neach)
		return;
	if (f->ngiven_up)
		die("%s(): given up before a path came to it: %s", f->name, f->given_up[0]);
	die("%s(): no path comes to it: nothing that is compiled in %s calls it", f->name, f->unit);
}

static void check_functions(const struct request *q)
{
	const struct contexts *all = &q->contexts;

	for (char **name = q->functions; *name; name++) {
		bool there = false;

		for (int i = 0; i < all->nfunctions; i++)
			there |= !strcmp(all->functions[i].name, *name);
		if (!there)
			tell_missing(q, *name);
	}
	for (int i = 0; i < all->nfunctions; i++)
		if (is_wanted(q, all->functions[i].name))
			need_paths(&all->functions[i]);
	if (!all->nfunctions)
		die("%s: no function in it; make the record again with context=FUNC", q->unit.file);
}

static const char *names_joined(char **names)
{
	char *text = text_of("%s", *names);

	for (names++; *names; names++)
		text = text_of("%s,%s", text, *names);
	return text;
}

static void find_record(struct request *q)
{
	q->record = q->unit.file;
	q->view.top = q->unit.kdir;
	if (is_record(q->unit.file))
		return;
	if (!q->functions[0])
		die("context: no function; see mncheck context --help");
	for (char **f = q->functions; *f; f++)
		if (strpbrk(*f, ",:") || !**f)
			die("'%s' is no name of a function", *f);
	q->unit.functions = names_joined(q->functions);
	q->record = context_compile(&q->unit);
	q->view.source = q->unit.folder;
	q->view.top = q->unit.kdir ? q->unit.kdir : q->unit.folder;
}

/* ------------------------------------------------------------------ */
/* what is written                                                     */

static void copy_record(const struct request *q, FILE *to)
{
	FILE *from = fopen(q->record, "r");
	int c;

	while (from && (c = getc(from)) != EOF)
		putc(c, to);
	if (!from || ferror(from))
		die("%s: %s; name what context= wrote", q->record, strerror(errno));
	fclose(from);
}

static void write_functions(const struct request *q, FILE *to)
{
	const char *title = q->functions[0] ? text_of("mncheck: %s", names_joined(q->functions)) :
			    text_of("mncheck: %s", q->unit.file);

	if (q->form == FORM_JSON) {
		copy_record(q, to);
		return;
	}
	if (q->form == FORM_HTML)
		context_html_start(title, to);
	else
		context_text_start(to);
	for (int i = 0; i < q->contexts.nfunctions; i++) {
		const struct context_function *f = &q->contexts.functions[i];

		if (!is_wanted(q, f->name))
			continue;
		(q->form == FORM_HTML ? context_html : context_text)(&q->view, f, to);
	}
	if (q->form == FORM_HTML)
		context_html_end(to);
	else
		context_text_end(to);
}

int cmd_context(int argc, char **argv)
{
	struct request q;
	struct output out;
	int opt;

	memset(&q, 0, sizeof(q));
	while ((opt = next_option(argc, argv, options)) != -1) {
		if (opt == OPT_HELP)
			fputs(help_text, stdout);
		if (!set_option(&q, opt))
			return STATUS_FINE;
	}
	if (optind == argc)
		die("context: no file; see mncheck context --help");
	q.unit.file = argv[optind];
	q.functions = argv + optind + 1;
	find_record(&q);
	contexts_read(&q.contexts, q.record);
	check_functions(&q);
	/* what is wrong with a source is said before anything is written */
	for (int i = 0; i < q.contexts.nfunctions; i++)
		if (q.form != FORM_JSON && is_wanted(&q, q.contexts.functions[i].name))
			context_source(&q.view, &q.contexts.functions[i]);
	write_functions(&q, output_open(&out, q.output));
	output_close(&out);
	return STATUS_FINE;
}
