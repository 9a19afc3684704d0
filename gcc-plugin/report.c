// SPDX-License-Identifier: GPL-2.0-only
/*
 * report.c - findings as GCC's own diagnostics.
 *
 * The words are the engine's. A finding is a warning whose path is GCC's diagnostic
 * path, so that -fdiagnostics-path-format and the JSON output show it. It is printed
 * under -w too and is no error under -Werror: a user who loads the plugin wants to see
 * findings, and a finding must not break the build of a kernel. What the option
 * "error" asks for is an error.
 */
#include "adapter.h"

/* the place that a person wrote: outside of macros */
static location_t written_at(location_t where)
{
	if (where >= LINEMAPS_MACRO_LOWEST_LOCATION(line_table) ||
	    IS_ADHOC_LOC(where))
		return linemap_resolve_location(line_table, where,
						LRK_MACRO_EXPANSION_POINT, NULL);
	return where;
}

struct mn_loc place_of(location_t where)
{
	struct mn_loc loc = { NULL, 0, 0, 0 };
	expanded_location at;

	where = written_at(where);
	if (where <= BUILTINS_LOCATION)
		return loc;
	at = expand_location(where);
	loc.file = at.file;
	loc.line = at.line;
	loc.col = at.column;
	loc.cookie = where;
	return loc;
}

static void say(rich_location *where, const struct mn_run *run, const struct mn_finding *f)
{
	if (run->settings->error)
		error_at(where, "%s [mn-%s]", f->text, mn_rule_name(f->rule));
	else
		warning_at(where, 0, "%s [mn-%s]", f->text, mn_rule_name(f->rule));
}

#if COMPAT_HAS_PATH
static void say_with_path(const struct mn_run *run, const struct mn_finding *f)
{
	rich_location where(line_table, (location_t)f->loc.cookie);
	/* not GCC's own, which still has the prefix of the diagnostic before */
	pretty_printer printer;
	simple_diagnostic_path path compat_path_arguments(&printer);

	for (int i = 0; i < f->nevents; i++)
		path.add_event((location_t)f->events[i].loc.cookie,
			       (tree)mn_run_body(run, f->events[i].func),
			       f->events[i].depth, "%s", f->events[i].text);
	if (f->nevents)
		where.set_path(&path);
	say(&where, run, f);
}
#else
static void say_with_path(const struct mn_run *run, const struct mn_finding *f)
{
	rich_location where(line_table, (location_t)f->loc.cookie);

	say(&where, run, f);
	for (int i = 0; i < f->nevents; i++)
		inform((location_t)f->events[i].loc.cookie, "(%d) %s", i + 1,
		       f->events[i].text);
}
#endif

void report_finding(const struct mn_run *run, const struct mn_finding *f)
{
	auto *dc = global_dc;
	bool werror = compat_werror(dc);
	bool quiet = compat_inhibit_warnings(dc);
	bool headers = compat_warn_system_headers(dc);

	compat_set_werror(dc, false);
	compat_inhibit_warnings(dc) = false;
	compat_warn_system_headers(dc) = true;
	say_with_path(run, f);
	inform((location_t)f->loc.cookie, "fix: %s; see 'mncheck explain %s'", f->fix,
	       mn_rule_name(f->rule));
	compat_set_werror(dc, werror);
	compat_inhibit_warnings(dc) = quiet;
	compat_warn_system_headers(dc) = headers;
}
