// SPDX-License-Identifier: GPL-2.0-only
/*
 * mncheck-sparse - the contract checked by sparse's front end, for make C=1.
 *
 * It takes sparse's arguments, and its own as --mn-NAME[=VALUE]: see core/lower/settings.c. Per file: read, evaluate,
 * collect the facts, plan, lower the wanted functions, check, print. Sparse's reporter falls silent after an error, so it
 * prints no findings. Its warnings are dropped; its errors are repeated: they say why a function was not checked.
 */
#include "adapter.h"

static void tell_error(const char *text)
{
	fprintf(stderr, "mncheck: error: %s\n", text);
}

static const void *find_identifier(const char *word)
{
	return word_of(built_in_ident(word));
}

/* functions that are used and that sparse has found an error in */
static bool report_unread(const struct mn_run *run)
{
	const struct source *s = &adapter_of(run)->source;
	int i, n = 0;

	for (i = 0; i < s->bodies.n; i++)
		n += s->bodies.v[i].used && s->bodies.v[i].broken;
	if (!n)
		return true;
	fprintf(stderr, "mncheck: note: %s: %d function%s not checked: sparse cannot read %s: ",
		run->file, n, n == 1 ? "" : "s", n == 1 ? "it" : "them");
	for (i = 0; i < s->bodies.n; i++)
		if (s->bodies.v[i].used && s->bodies.v[i].broken)
			fprintf(stderr, "%s%s", word_of(s->bodies.v[i].sym->ident), --n ? ", " : "\n");
	return false;
}

static const struct mn_front front = {
	.option = "--mn-",
	.error = tell_error,
	.identifier = find_identifier,
	.facts = facts_tell,
	.lower = lower_body,
	.finding = mn_run_print,
	.end = report_unread,
};

/* ------------------------------------------------------------------ */
/* options                                                             */

static const char program[] = "mncheck-sparse (mncheck) " MN_VERSION ", with sparse";
static const char usage[] =
"usage: mncheck-sparse [--mn-NAME[=VALUE]]... [sparse's arguments] FILE...\n"
"Check the MMU-notifier contract, as in make C=1 CHECK=mncheck-sparse. NAME is\n"
"%s\nCHECK= takes them too: CHECK=\"mncheck-sparse --mn-stats\". --help, --version: as usual.\n";

/* take our options out of @argv, which stays NULL at its end */
static bool take_options(struct mn_settings *s, char **argv)
{
	size_t n = strlen(front.option);
	char **to = argv, *value;
	bool fine = true;

	for (; *argv; argv++) {
		if (strncmp(*argv, front.option, n)) {
			*to++ = *argv;
			continue;
		}
		*argv += n;
		value = strchr(*argv, '=');
		if (value)
			*value++ = '\0';
		fine &= mn_front_option(&front, s, *argv, value);
	}
	*to = NULL;
	return fine;
}

/* what newer compilers have and this sparse does not know; its own words come later */
static char new_word[] = "-D__typeof_unqual__=__typeof__";

static struct string_list *start_sparse(char **argv)
{
	struct string_list *files = NULL;
	char **args;
	int n = 0;

	while (argv[n])
		n++;
	/* sparse keeps pointers into them, and writes to them */
	args = (char **)mn_alloc((size_t)n + 2, sizeof(*args));
	args[0] = argv[0];
	args[1] = new_word;
	memcpy(args + 2, argv + 1, sizeof(*args) * (size_t)n);
	sparse_initialize(n + 1, args, &files);
	return files;
}

/* ------------------------------------------------------------------ */
/* one file                                                            */

/* Return: the exit status that it deserves */
static int check_file(const struct mn_settings *s, const struct mn_contract *contract, char *file)
{
	struct adapter a = { .run = { .front = &front, .settings = s, .contract = contract, .file = file, .data = &a } };
	int status = 0;

	source_read(&a.source, file);
	if (s->every || source_is_worth_a_look(&a.source))
		status = mn_run_check(&a.run);
	source_free(&a.source);
	mn_map_free(&a.bodies);
	mn_map_free(&a.escaped);
	return status;
}

int main(int argc __attribute__((unused)), char **argv)
{
	struct mn_contract *contract;
	struct string_list *files;
	struct mn_settings settings = { .disable = false };
	int sparse_error, status, worst;
	char *file;

	if (!take_options(&settings, argv))
		return 2;
	status = mn_settings_answer(&settings, argv, usage, program, sparse_version);
	if (status >= 0)
		return status;
	contract = mn_front_contract(&settings);
	if (!contract)
		return 2;
	mn_guard_stack();
	do_output = 0;
	tabstop = 1;	/* a column is a byte, as the plugin's records have it */
	files = start_sparse(argv);
	worst = files ? 0 : 2;
	if (!files)
		tell_error("no FILE; see mncheck-sparse --help");
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
