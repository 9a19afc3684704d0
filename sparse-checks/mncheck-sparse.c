// SPDX-License-Identifier: GPL-2.0-only
/*
 * mncheck-sparse - the contract checked by sparse's front end, for make C=1.
 *
 * It takes sparse's own arguments, and its own as --mn-NAME[=VALUE]: see core/lower/settings.c.
 * Per file: read, evaluate, tell the facts, plan, lower what is wanted, check,
 * print. sparse's warnings are not repeated, its errors are: they say why
 * a function was not checked.
 */
#include "adapter.h"

/* ------------------------------------------------------------------ */
/* options                                                             */

static bool set_option(struct mn_settings *s, const char *name, const char *value)
{
	char err[1024];

	switch (mn_setting(s, name, value, err, sizeof(err))) {
	case 0:
		return true;
	case -ENOENT:
		fprintf(stderr, "mncheck: error: --mn-%s: no such option; "
			"--mn-help lists them\n", name);
		return false;
	default:
		fprintf(stderr, "mncheck: error: --mn-%s\n", err);
		return false;
	}
}

/* take our options out of @argv, which stays NULL at its end */
static bool take_options(struct mn_settings *s, char **argv)
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

/* ------------------------------------------------------------------ */
/* output                                                              */

/* @ret: 0 or a negative errno */
static bool told(int ret, const char *path)
{
	if (ret)
		fprintf(stderr, "mncheck: error: cannot write '%s': %s\n", path,
			strerror(-ret));
	return !ret;
}

static bool report(const struct mn_settings *s, const struct adapter *a, const char *file,
		   double seconds)
{
	bool fine = true;

	report_findings(a->unit, s->error);
	report_trouble(a->unit);
	report_unread(a->source, file);
	if (s->dot)
		fine &= told(mn_settings_dot(s, a->unit), s->dot);
	if (s->stats)
		report_figures(a->unit, file, seconds);
	if (s->record)
		fine &= told(mn_record_append(a->unit, seconds, s->record), s->record);
	return fine;
}

/* ------------------------------------------------------------------ */
/* one file                                                            */

static bool check_unit(const struct mn_settings *s, struct adapter *a, const char *file)
{
	double began = mn_user_seconds();
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
	return report(s, a, file, mn_user_seconds() - began) && fine;
}

/* Return: the exit status that it deserves */
static int check_file(const struct mn_settings *s, const struct mn_contract *contract,
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
	struct mn_settings settings;
	int sparse_error, status, worst = 0;
	char *file, err[1024];

	(void)argc;
	memset(&settings, 0, sizeof(settings));
	if (!take_options(&settings, argv))
		return 2;
	if (settings.help)
		printf("usage: mncheck-sparse [--mn-NAME[=VALUE]]... [sparse's arguments] FILE...\n"
		       "Check the MMU-notifier contract, as in make C=1 CHECK=mncheck-sparse. NAME is\n"
		       "%s\nCHECK= takes them too: CHECK=\"mncheck-sparse --mn-stats\".\n",
		       mn_settings_help());
	if (settings.help || settings.disable)
		return 0;
	contract = mn_settings_contract(&settings, err, sizeof(err));
	if (!contract) {
		fprintf(stderr, "%s\n", err);
		return 2;
	}
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
	mn_settings_free(&settings);
	return !worst && sparse_error && die_if_error ? 1 : worst;
}
