// SPDX-License-Identifier: GPL-2.0-only
/*
 * check.c - a unit from its program to its findings: valid, simulated, confirmed, closed.
 */
#include <errno.h>

#include "engine.h"

int mn_unit_check(struct mn_unit *unit)
{
	struct engine *eng;
	char err[512];

	if (mn_validate(unit, err, sizeof(err))) {
		const char **slot = (const char **)vec_push(unit->arena, &unit->trouble);

		*slot = arena_printf(unit->arena, "mncheck: internal: %s", err);
		return -EINVAL;
	}
	eng = (struct engine *)arena_alloc(unit->arena, sizeof(*eng));
	unit->engine = eng;
	engine_init(eng, unit, unit->options);
	eng->locks = collect_locks(unit);
	simulate_roots(eng, NULL);
	walks_settle(eng);
	confirm_findings(eng);
	rules_at_tables(eng);
	findings_close(eng);
	return unit->options.check_paths && paths_check(eng) ? -EINVAL : 0;
}
