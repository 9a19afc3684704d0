/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * report.h - from what the rules see to what a user sees: texts, findings, paths, traces,
 * records.
 */
#ifndef REPORT_H
#define REPORT_H

#include "plan.h"
#include "state.h"

/* the words are messages.def's */
enum message {
#define MN_MESSAGE(name, text) MESSAGE_##name,
#include "messages.def"
#undef MN_MESSAGE
	MESSAGE_COUNT
};

/* the text with its %s filled */
const char *message_text(struct mn_arena *arena, enum message m, const char *a,
			 const char *b);

/* contexts in which one invalidate_page() was met */
#define SEEN_PTL		(1u << 0)
#define SEEN_NO_PTL		(1u << 1)
#define SEEN_PTL_UNKNOWN	(1u << 2)
#define SEEN_REGION		(1u << 3)
#define SEEN_NO_REGION		(1u << 4)
#define SEEN_REGION_UNKNOWN	(1u << 5)

struct judged {
	enum mn_rule rule;
	struct mn_loc loc;
	const char *func, *text;
	const struct context_run *ctx;
	const struct step *trail;
	unsigned int seen;		/* invalidate-page: SEEN_* */
	const char *name, *callee;	/* .. the lock, the function called */
	const struct mn_event *events;	/* of a finding that no path led to */
	int nevents;
};

/* a row excuses what @func does from @rule: to be told */
void finding_excused(struct engine *eng, const char *func, enum mn_rule rule,
		     const struct excuse *x);
/* a finding that no state led to; @func is where @loc is */
struct judged *finding_note(struct engine *eng, const char *func, enum mn_rule rule,
			    struct mn_loc loc, const char *text);
/*
 * Note a finding of @rule at @loc. Return: it, the one that is there already, or
 * NULL where the rule is not asked for or a row excuses it.
 */
struct judged *finding_make(const struct frame *f, struct work *w,
			    enum mn_rule rule, struct mn_loc loc, const char *text);
/* turn what was judged into the unit's sorted findings with their paths */
void findings_close(struct engine *eng);

/* a text filled, a finding at the frame's instruction */
const char *judge_text(const struct frame *f, enum message m, const char *a,
		       const char *b);
void judge_report(const struct frame *f, struct work *w, enum mn_rule rule,
		  const char *msg);
/* where the region began on this path, and what the source calls it */
const struct step *begin_of(const struct step *trail, const struct item *r);
const char *region_name(const struct work *w, const struct item *r);

/* path.c: the events of @to, at most MN_EVENTS_MAX of them */
void path_events(struct mn_arena *arena, const struct context_run *ctx,
		 const struct step *trail, struct mn_finding *to);

/* trace.c: a line where the property part changed */
void trace_change(const struct frame *f, const struct prop *before,
		  const struct work *after);
/* trace.c: the states that a check left at the beginning of @block */
void trace_states(const struct mn_unit *unit, const struct mn_func *func,
		  int block, FILE *to, const char *eol);

/* record.c: a unit as one line of JSON */
void record_write(const struct mn_unit *unit, double seconds, FILE *to);
/* json.c: a string of JSON, with its quotes */
void record_string(const char *s, FILE *to);
/* record_reach.c: ,"tables":[..] and, if asked for, ,"reach":{..} */
void record_reach(const struct mn_unit *unit, FILE *to);

#endif /* REPORT_H */
