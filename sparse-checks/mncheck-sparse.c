// SPDX-License-Identifier: GPL-2.0-only
/*
 * mncheck-sparse - the contract checked by sparse's front end, for make C=1.
 *
 * It takes sparse's own arguments, and its own as --mn-NAME[=VALUE]: see help_text below.
 * Per file: read, evaluate, tell the facts, plan, lower what is wanted, check,
 * print. sparse's warnings are not repeated, its errors are: they say why
 * a function was not checked.
 */
#include <sys/resource.h>

#include "adapter.h"

static const char help_text[] =
	"usage: mncheck-sparse [--mn-NAME[=VALUE]]... [sparse's arguments] FILE...\n"
	"Check the MMU-notifier contract, as in make C=1 CHECK=mncheck-sparse. NAME is\n"
	"  contract=FILE      rows of your own, on top of the built-in contract (repeatable)\n"
	"  rules=LIST         judge these rules only, separated by commas\n"
	"  error              findings are errors\n"
	"  kernel=VERSION     the kernel whose rows hold, such as 4.12\n"
	"  record=FILE        append findings and figures to FILE, one line of JSON a unit\n"
	"  stats              print figures to stderr\n"
	"  trace=FUNC         print how the state changes in FUNC to stderr\n"
	"  dot=FUNC[:FILE]    the graph of FUNC with its states, for Graphviz\n"
	"  dump[=FILE]        what the engine is given, in its text form\n"
	"  limit-states=N, limit-steps=N, limit-contexts=N\n"
	"                     where to give up on a function\n"
	"  no-merge           keep all states apart (a test of the engine)\n"
	"  reach              records say what each function gets done (make conversion)\n"
	"  disable            do nothing\n"
	"  help               this text\n"
	"CHECK= takes them too: CHECK=\"mncheck-sparse --mn-stats\".\n";

struct settings {
	struct mn_options engine;
	const char **contracts;
	int ncontracts;
	const char *record, *dump, *dot;
	bool disable, error, stats, help;
};

/* ------------------------------------------------------------------ */
/* options                                                             */

static bool option_error(const char *name, const char *what)
{
	fprintf(stderr, "mncheck: error: --mn-%s: %s\n", name, what);
	return false;
}

static bool set_flag(bool *flag, const char *name, const char *value)
{
	if (value)
		return option_error(name, "takes no value");
	*flag = true;
	return true;
}

static bool set_text(const char **text, const char *name, const char *value)
{
	if (!value || !*value)
		return option_error(name, "needs a value, write it behind '='");
	*text = value;
	return true;
}

static bool set_contract(struct settings *s, const char *name, const char *value)
{
	s->contracts = (const char **)realloc(s->contracts,
		sizeof(*s->contracts) * (size_t)(s->ncontracts + 1));
	return set_text(&s->contracts[s->ncontracts++], name, value);
}

/* an option that all adapters have */
static bool set_common(struct settings *s, const char *name, const char *value)
{
	static const char prefix[] = "mncheck: error: ";
	char err[1024];

	switch (mn_option(&s->engine, name, value, err, sizeof(err))) {
	case 0:
		return true;
	case -ENOENT:
		return option_error(name, "no such option; --mn-help lists them");
	default:
		fprintf(stderr, "%s--mn-%s\n", prefix,
			strncmp(err, prefix, sizeof(prefix) - 1) ? err :
			err + sizeof(prefix) - 1);
		return false;
	}
}

static bool set_option(struct settings *s, const char *name, const char *value)
{
	if (!strcmp(name, "contract"))
		return set_contract(s, name, value);
	if (!strcmp(name, "record"))
		return set_text(&s->record, name, value);
	if (!strcmp(name, "dot"))
		return set_text(&s->dot, name, value);
	if (!strcmp(name, "dump"))
		return set_text(&s->dump, name, value ? value : "-");
	if (!strcmp(name, "error"))
		return set_flag(&s->error, name, value);
	if (!strcmp(name, "stats"))
		return set_flag(&s->stats, name, value);
	if (!strcmp(name, "disable"))
		return set_flag(&s->disable, name, value);
	if (!strcmp(name, "help"))
		return set_flag(&s->help, name, value);
	return set_common(s, name, value);
}

/* take our options out of @argv, which stays NULL at its end */
static bool take_options(struct settings *s, char **argv)
{
	static const char prefix[] = "--mn-";
	char **to = argv, *value;
	bool fine = true;

	for (; *argv; argv++) {
		if (strncmp(*argv, prefix, sizeof(prefix) - 1)) {
			*to++ = *argv;
			continue;
		}
		*argv += sizeof(prefix) - 1;
		value = strchr(*argv, '=');
		if (value)
			*value++ = '\0';
		fine &= set_option(s, *argv, value);
	}
	*to = NULL;
	return fine;
}

/* what newer compilers have and this sparse does not know; its own words come later */
static const char *const new_words[] = { "-D__typeof_unqual__=__typeof__" };

static struct string_list *start_sparse(char **argv)
{
	size_t i, n = 0, m = ARRAY_SIZE(new_words);
	struct string_list *files = NULL;
	char **args;

	while (argv[n])
		n++;
	/* sparse keeps pointers into them, and writes to them */
	args = (char **)calloc(n + m + 1, sizeof(*args));
	args[0] = argv[0];
	for (i = 0; i < m; i++)
		args[i + 1] = strdup(new_words[i]);
	for (i = 1; i < n; i++)
		args[i + m] = argv[i];
	sparse_initialize((int)(n + m), args, &files);
	return files;
}

static struct mn_contract *read_contract(const struct settings *s)
{
	struct mn_contract *contract = mn_contract_new();
	char err[1024];
	int i, ret;

	ret = mn_contract_read(contract, "mmu_notifier.contract", mn_contract_text(),
			       err, sizeof(err));
	for (i = 0; i < s->ncontracts && !ret; i++)
		ret = mn_contract_read_file(contract, s->contracts[i], err, sizeof(err));
	if (!ret)
		return contract;
	fprintf(stderr, "%s\n", err);
	mn_contract_free(contract);
	return NULL;
}

/* ------------------------------------------------------------------ */
/* output                                                              */

static double user_seconds(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return (double)usage.ru_utime.tv_sec + (double)usage.ru_utime.tv_usec / 1e6;
}

/* @ret: 0 or a negative errno */
static bool told(int ret, const char *path)
{
	if (ret)
		fprintf(stderr, "mncheck: error: cannot write '%s': %s\n", path,
			strerror(-ret));
	return !ret;
}

static bool is_lowered(const struct source *source, const char *name)
{
	int i;

	for (i = 0; i < source->nbodies; i++)
		if (source->bodies[i].func && mn_func_wanted(source->bodies[i].func) &&
		    !strcmp(mn_func_name(source->bodies[i].func), name))
			return true;
	return false;
}

/* of the unit that has the function: a build gives the option to all */
static bool write_dot(const struct settings *s, const struct adapter *a)
{
	char *func = strdup(s->dot);
	char *path = strchr(func, ':');
	bool fine = true;

	if (path)
		*path++ = '\0';
	else
		path = func + strlen(func);
	if (is_lowered(a->source, func))
		fine = told(mn_dot_save(a->unit, func, *path ? path : "-"), path);
	free(func);
	return fine;
}

static bool report(const struct settings *s, const struct adapter *a, const char *file,
		   double seconds)
{
	bool fine = true;

	report_findings(a->unit, s->error);
	report_trouble(a->unit);
	report_unread(a->source, file);
	if (s->dot)
		fine &= write_dot(s, a);
	if (s->stats)
		report_figures(a->unit, file, seconds);
	if (s->record)
		fine &= told(mn_record_append(a->unit, seconds, s->record), s->record);
	return fine;
}

/* ------------------------------------------------------------------ */
/* one file                                                            */

static bool check_unit(const struct settings *s, struct adapter *a, const char *file)
{
	double began = user_seconds();
	bool fine = true;
	int i;

	facts_tell(a);
	mn_unit_plan(a->unit);
	for (i = 0; i < a->source->nbodies; i++)
		if (a->source->bodies[i].func &&
		    mn_func_wanted(a->source->bodies[i].func))
			lower_body(a, &a->source->bodies[i]);
	if (s->dump)
		fine &= told(mn_text_save(a->unit, s->dump), s->dump);
	mn_unit_check(a->unit);
	return report(s, a, file, user_seconds() - began) && fine;
}

/* Return: the exit status that it deserves */
static int check_file(const struct settings *s, const struct mn_contract *contract,
		      char *file)
{
	struct source source;
	struct adapter a;
	int status = 0;

	source_read(&source, file);
	if (source_is_worth_a_look(&source)) {
		adapter_begin(&a, contract, mn_unit_new(contract, &s->engine, file),
			      &source);
		if (!check_unit(s, &a, file))
			status = 2;
		else if (s->error && mn_unit_finding(a.unit, 0))
			status = 1;
		mn_unit_free(a.unit);
		adapter_end(&a);
	}
	source_free(&source);
	return status;
}

int main(int argc, char **argv)
{
	struct mn_contract *contract;
	struct string_list *files;
	struct settings settings;
	int sparse_error, status, worst = 0;
	char *file;

	(void)argc;
	memset(&settings, 0, sizeof(settings));
	if (!take_options(&settings, argv))
		return 2;
	if (settings.help)
		fputs(help_text, stdout);
	if (settings.help || settings.disable)
		return 0;
	contract = read_contract(&settings);
	if (!contract)
		return 2;
	do_output = 0;
	files = start_sparse(argv);
	source_prepare();
	sparse_error = Wsparse_error;
	Wsparse_error = 0;	/* else a warning is an error, and breaks a function */
	fmax_warnings = 0;
	FOR_EACH_PTR(files, file) {
		status = check_file(&settings, contract, file);
		worst = status > worst ? status : worst;
	} END_FOR_EACH_PTR(file);
	mn_contract_free(contract);
	free(settings.contracts);
	return !worst && sparse_error && die_if_error ? 1 : worst;
}
