// SPDX-License-Identifier: GPL-2.0-only
/*
 * options.c - the options that the front ends and mn-replay take, a line each: NAME[=VALUE].
 *
 * One that is refused has an error that fits where it is put, one that is not there has none, and one that is
 * taken is of use: a unit is made with it.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lower.h"
#include "fuzz.h"

/* @size: room for the error */
static void check_error(int ret, const char *err, size_t size)
{
	if (ret && ret != -ENOENT && ret != -EINVAL)
		fuzz_fail("an option gives another error than it says");
	if (ret == -EINVAL && !memchr(err, '\0', size))
		fuzz_fail("an error is not ended");
	if (ret == -EINVAL && !*err)
		fuzz_fail("an option was refused without an error");
}

static void set_one(struct mn_settings *settings, struct mn_options *options, char *line)
{
	char *value = strchr(line, '='), *err = malloc(MN_ERROR_SIZE);
	size_t room = MN_ERROR_SIZE;

	if (!err)
		abort();
	if (value)
		*value++ = '\0';
	check_error(mn_setting(settings, line, value, err, room), err, room);
	check_error(mn_option(options, line, value, err, room), err, room);
	free(err);
}

/* a unit without a function: the options are read and kept */
static void use(const struct mn_settings *settings, const struct mn_options *options)
{
	struct mn_contract *contract = mn_contract_new();
	struct mn_unit *unit = mn_unit_new(contract, &settings->engine, "fuzz.c");

	mn_unit_plan(unit);
	mn_unit_check(unit);
	if (settings->dot)
		mn_settings_dot(settings, unit);
	mn_unit_free(unit);
	mn_unit_free(mn_unit_new(contract, options, "fuzz.c"));
	mn_contract_free(contract);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size), *line, *rest;
	struct mn_settings settings;
	struct mn_options options;

	memset(&settings, 0, sizeof(settings));
	memset(&options, 0, sizeof(options));
	for (line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
		set_one(&settings, &options, line);
	use(&settings, &options);
	mn_settings_free(&settings);
	free(text);
	return 0;
}
