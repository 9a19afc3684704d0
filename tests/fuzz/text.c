// SPDX-License-Identifier: GPL-2.0-only
/*
 * text.c - programs in their text form: read, checked, simulated with all rules, printed.
 *
 * A first line "# NAME[=VALUE] .." gives the engine's options. A valid program is written, and
 * read again: it has to be the same. The limits are smaller than the usual ones, so that an
 * input costs little; how long one may take is libFuzzer's question.
 */
#include <stdlib.h>
#include <string.h>

#include "program.h"
#include "report.h"
#include "fuzz.h"

#define STEPS	20000

static struct mn_contract *contract;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	char err[MN_ERROR_SIZE];

	(void)argc;
	(void)argv;
	contract = mn_contract_new();
	if (mn_contract_read(contract, "contract", mn_contract_text(), err, sizeof(err)))
		fuzz_fail(err);
	return 0;
}

/* Return: a copy of the first line, which the options point into */
static char *set_options(struct mn_options *options, const char *text)
{
	char *line = fuzz_text((const uint8_t *)text, strcspn(text, "\n")), *word, *value, *rest;
	char err[MN_ERROR_SIZE];

	memset(options, 0, sizeof(*options));
	for (word = strtok_r(line, " ", &rest); *text == '#' && word; word = strtok_r(NULL, " ", &rest)) {
		value = strchr(word, '=');
		if (value)
			*value++ = '\0';
		if (strcmp(word, "trace"))	/* it prints to stderr */
			mn_option(options, word, value, err, sizeof(err));
	}
	if (!options->limit_steps || options->limit_steps > STEPS)
		options->limit_steps = STEPS;
	return line;
}

static int read_unit(struct mn_unit *unit, const char *text)
{
	char err[MN_ERROR_SIZE] = "";
	int ret = mn_text_read(unit, "fuzz", text, err, sizeof(err));

	if (!ret) {
		mn_unit_plan(unit);
		ret = mn_text_bodies(unit, "fuzz", err, sizeof(err));
	}
	if (ret && (strncmp(err, "fuzz:", 5) || !strstr(err, ": error: ")))
		fuzz_fail("a program was refused without an error");
	return ret;
}

/* Return: the text form, to be freed */
static char *written(const struct mn_unit *unit)
{
	char *text = NULL;
	size_t size = 0;
	FILE *to = open_memstream(&text, &size);

	if (!to)
		abort();
	mn_text_write(unit, to);
	fclose(to);
	return text;
}

static void write_and_read(const struct mn_unit *unit, const struct mn_options *options)
{
	struct mn_unit *again = mn_unit_new(contract, options, "fuzz.c");
	char *text = written(unit), *second;

	if (read_unit(again, text))
		fuzz_fail("what was written is not read");
	second = written(again);
	if (strcmp(text, second))
		fuzz_fail("what was written and read is written in another way");
	free(second);
	free(text);
	mn_unit_free(again);
}

static void print_all(const struct mn_unit *unit)
{
	const struct mn_finding *finding;
	FILE *to = fuzz_sink();
	size_t i;

	for (i = 0; (finding = mn_unit_finding(unit, i)); i++)
		for (int k = 0; k < finding->nevents; k++)
			fprintf(to, "%s %s: %s\n", finding->text, finding->id,
				finding->events[k].text);
	record_write(unit, 0.0, to);
	for (int f = 0; f < unit->funcs.n; f++)
		mn_dot_write(unit, unit->funcs.v[f]->name, to);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size), *line;
	struct mn_options options;
	struct mn_unit *unit;

	line = set_options(&options, text);
	unit = mn_unit_new(contract, &options, "fuzz.c");
	if (!read_unit(unit, text) && !mn_unit_check(unit)) {
		print_all(unit);
		write_and_read(unit, &options);
	}
	mn_unit_free(unit);
	free(line);
	free(text);
	return 0;
}
