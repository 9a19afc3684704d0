// SPDX-License-Identifier: GPL-2.0-only
/*
 * form_sarif.c - mncheck report as SARIF 2.1.0, for code scanners and editors.
 *
 * It is made from records, so that every GCC and both front ends give it. Names of files are relative
 * to SRCROOT, the top of the kernel, unless they are absolute. What a baseline knows is suppressed,
 * and so is what a comment in the source hides.
 */
#include <jansson.h>
#include <string.h>

#include "forms.h"
#include "mn.h"

/* a name of a file as a URI: what has a meaning there is written as %XX */
static char *uri_of(const char *name)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789-._~/+,@";
	char *uri = text_of("%s%*s", *name == '/' ? "file://" : "", (int)(3 * strlen(name)), "");
	char *to = uri + (*name == '/' ? 7 : 0);

	for (; *name; name++) {
		if (strchr(plain, *name))
			*to++ = *name;
		else
			to += sprintf(to, "%%%02X", (unsigned int)(unsigned char)*name);
	}
	*to = '\0';
	return uri;
}

static json_t *artifact_of(const char *file)
{
	if (*file == '/')
		return json_pack("{s:s}", "uri", uri_of(file));
	return json_pack("{s:s, s:s}", "uri", uri_of(file), "uriBaseId", "SRCROOT");
}

/* a line that is not known has no region */
static json_t *place_of(const char *file, int line, int col)
{
	json_t *place = json_pack("{s:o}", "artifactLocation", artifact_of(file));
	json_t *region;

	if (line < 1)
		return place;
	region = json_pack("{s:i}", "startLine", line);
	if (col > 0)
		json_object_set_new(region, "startColumn", json_integer(col));
	json_object_set_new(place, "region", region);
	return place;
}

static json_t *location_of(const char *file, int line, int col, const char *func)
{
	json_t *location = json_pack("{s:o}", "physicalLocation", place_of(file, line, col));

	if (*func)
		json_object_set_new(location, "logicalLocations",
				    json_pack("[{s:s, s:s}]", "name", func, "kind", "function"));
	return location;
}

static json_t *flow_of(const struct finding *f)
{
	json_t *steps = json_array(), *location;

	for (int i = 0; i < f->nevents; i++) {
		const struct step *s = &f->events[i];

		location = location_of(s->file, s->line, s->col, s->func);
		json_object_set_new(location, "message", json_pack("{s:s}", "text", s->text));
		json_array_append_new(steps, json_pack("{s:o, s:i, s:i}", "location", location,
						       "nestingLevel", s->depth,
						       "executionOrder", i + 1));
	}
	location = location_of(f->file, f->line, f->col, f->func);
	json_object_set_new(location, "message", json_pack("{s:s}", "text", f->text));
	json_array_append_new(steps, json_pack("{s:o, s:i}", "location", location,
					       "executionOrder", f->nevents + 1));
	return json_pack("[{s:[{s:o}]}]", "threadFlows", "locations", steps);
}

static int rule_index(const char *rule)
{
	int i;

	for (i = 0; rule_texts[i].rule && strcmp(rule_texts[i].rule, rule); i++)
		;
	return rule_texts[i].rule ? i : -1;
}

static json_t *suppressions_of(const struct finding *f)
{
	json_t *all = json_array();

	if (f->ignored)
		json_array_append_new(all, json_pack("{s:s, s:s, s:o}", "kind", "inSource",
						     "justification", f->ignored, "location",
						     location_of(f->file, f->comment_line,
								 f->comment_col, "")));
	if (f->known)
		json_array_append_new(all, json_pack("{s:s, s:s}", "kind", "external", "justification",
						     f->verdict ? text_of("%s: %s", f->verdict, f->reason) :
						     "known to the baseline"));
	return all;
}

/* a fix of SARIF is a change of bytes: a sentence goes behind the message, whose first one stands alone */
static const char *message_of(const struct finding *f)
{
	return *f->fix ? text_of("%s. Fix: %s", f->text, f->fix) : f->text;
}

static json_t *result_of(const struct finding *f)
{
	json_t *result = json_pack("{s:s, s:i, s:s, s:{s:s}, s:[o], s:{s:s}}",
				   "ruleId", f->rule, "ruleIndex", rule_index(f->rule),
				   "level", "warning", "message", "text", message_of(f), "locations",
				   location_of(f->file, f->line, f->col, f->func),
				   "partialFingerprints", "mncheck/v1",
				   text_of("%s:%s", f->file, f->fingerprint));

	if (f->nevents)
		json_object_set_new(result, "codeFlows", flow_of(f));
	if (f->known || f->ignored)
		json_object_set_new(result, "suppressions", suppressions_of(f));
	return result;
}

static json_t *rules_of(const struct report *report)
{
	json_t *rules = json_array();

	for (const struct rule_text *r = rule_texts; r->rule; r++)
		json_array_append_new(rules, json_pack("{s:s, s:{s:s}, s:{s:s}, s:s}", "id", r->rule,
						       "shortDescription", "text", r->summary,
						       "help", "text", r->text, "helpUri",
						       text_of("%s#%s", report->help_uri, r->rule)));
	return rules;
}

/* what was not checked, and whether that is mncheck's fault */
static json_t *invocation_of(const struct records *r)
{
	json_t *said = json_array();
	bool fine = true;

	for (int i = 0; i < r->nunits; i++) {
		const struct unit *u = &r->units[i];

		fine &= !unit_unchecked(u);
		for (int k = 0; k < u->nneedless; k++)
			json_array_append_new(said, json_pack("{s:s, s:{s:s}}", "level", "warning",
							      "message", "text", u->needless[k]));
		for (int k = 0; k < u->ntrouble; k++)
			json_array_append_new(said, json_pack("{s:s, s:{s:s}, s:[{s:o}]}", "level",
				unit_unchecked(u) ? "error" : "warning", "message", "text",
				u->trouble[k], "locations", "physicalLocation",
				place_of(u->file, 0, 0)));
	}
	return json_pack("[{s:b, s:o}]", "executionSuccessful", fine,
			 "toolExecutionNotifications", said);
}

void print_sarif(const struct report *report, FILE *to)
{
	const struct records *r = &report->records;
	json_t *results = json_array(), *log;

	for (int i = 0; i < r->nfindings; i++)
		if (report_shows(report, &r->findings[i]) || r->findings[i].ignored)
			json_array_append_new(results, result_of(&r->findings[i]));
	log = json_pack("{s:s, s:s, s:[{s:{s:{s:s, s:s, s:o}}, s:{s:{s:{s:s}}}, s:s, s:o, s:o}]}",
			"$schema", "https://json.schemastore.org/sarif-2.1.0.json",
			"version", "2.1.0", "runs", "tool", "driver", "name", "mncheck",
			"version", MN_VERSION, "rules", rules_of(report),
			"originalUriBaseIds", "SRCROOT", "description", "text",
			"the top of the kernel's source", "columnKind", "unicodeCodePoints",
			"invocations", invocation_of(r), "results", results);
	if (!log || json_dumpf(log, to, JSON_INDENT(1)))
		die("the report cannot be made: no memory, or a text that is not UTF-8");
	putc('\n', to);
	json_decref(log);
}
