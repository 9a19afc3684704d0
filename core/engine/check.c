// SPDX-License-Identifier: GPL-2.0-only
/*
 * check.c - a unit from its program to its findings: valid, simulated, confirmed, closed.
 */
#include <errno.h>

#include "engine.h"

static struct engine *start(struct mn_unit *unit)
{
	struct engine *eng;
	char err[512];

	if (mn_validate(unit, err, sizeof(err))) {
		*vec_push(unit->arena, &unit->trouble) =
			arena_printf(unit->arena, "mncheck: internal: %s", err);
		return NULL;
	}
	eng = (struct engine *)arena_alloc(unit->arena, sizeof(*eng));
	unit->engine = eng;
	engine_init(eng, unit, unit->options);
	return eng;
}

static void simulate(struct engine *eng)
{
	lines_t lacking = { NULL, 0, 0 };

	eng->locks = collect_locks(eng->unit, &lacking);
	collect_counts(eng->unit);
	eng->leaves = collect_leaves(eng->unit);
	simulate_roots(eng, NULL);
	walks_settle(eng);
	confirm_findings(eng);
	collect_settle(eng->unit, &lacking);
}

static int end(struct engine *eng)
{
	findings_close(eng);
	return eng->options.check_paths && paths_check(eng) ? -EINVAL : 0;
}

int mn_unit_check(struct mn_unit *unit)
{
	struct engine *eng = start(unit);

	if (!eng)
		return -EINVAL;
	simulate(eng);
	rules_at_tables(eng);
	return end(eng);
}

int unit_check_code(struct mn_unit *unit)
{
	struct engine *eng = start(unit);

	if (!eng)
		return -EINVAL;
	simulate(eng);
	return end(eng);
}

int unit_check_tables(struct mn_unit *unit)
{
	struct engine *eng = start(unit);

	if (!eng)
		return -EINVAL;
	rules_at_tables(eng);
	return end(eng);
}
