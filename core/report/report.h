/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * report.h - from what the rules see to what a user sees: texts, findings, paths, traces,
 * records.
 */
#ifndef REPORT_H
#define REPORT_H

#include "plan.h"
#include "state.h"

enum words {
#define MN_WORDS(name, text) WORDS_##name,
#include "words.def"
#undef MN_WORDS
};

/* the texts of messages.def and words.def with their %s filled */
const char *message_text(struct mn_arena *arena, enum message m, const char *a,
			 const char *b);
const char *words_text(struct mn_arena *arena, enum words w, const char *a, const char *b);

/* where a finding was made, and how it was come to */
struct sighting {
	const struct context_run *ctx;
	const struct step *trail;
};

struct judged {
	enum mn_rule rule;
	enum message message;
	struct mn_loc loc;
	const struct mn_insn *returns;	/* the return that it was made at: @loc is one of the jumps to it; or NULL */
	const char *func;
	const char *a, *b;		/* what the message is filled with */
	const struct context_run *ctx;
	const struct step *trail;
	struct engine *eng;		/* whose symbols the trail has */
	MN_VEC(struct sighting) others;	/* of one that was made in a walk */
	bool ptl;			/* is held on the path */
	bool ptl_varies;		/* .. but not on all paths, or the other way round */
	const struct step *elsewhere;	/* off the path, what explains it, or NULL */
	bool shows_entry;		/* how the callback was entered is news */
	bool shows_drop;		/* .. or that a lock was dropped */
	/* what @b becomes when all is known; NULL: what it is */
	const char *(*fill)(struct engine *eng, const struct judged *j);
	unsigned int seen;		/* .. of what the rule has met at the place */
	const char *lock;		/* .. the name of a lock held there */
	const struct mn_event *events;	/* of a finding that no path led to */
	int nevents;
};

/* the @i-th is of a mistake that another one tells */
void finding_take_back(struct engine *eng, int i);
/* @rule would have spoken in @func, but for what the function @name, which is not seen, may do */
void finding_silenced(struct engine *eng, const char *func, enum mn_rule rule,
		      const char *name);
/* .. or, for @j, but for a region that the same call of @walk is in on another path */
void finding_disputed(struct engine *eng, const struct judged *j, const char *walk);
/* a row excuses @func from @rule: the report lists it */
void finding_excused(struct engine *eng, const char *func, enum mn_rule rule,
		     const struct excuse *x);
/* a finding that no state led to; @func is where @loc is */
struct judged *finding_note(struct engine *eng, const char *func, struct mn_loc loc,
			    enum message m, const char *a, const char *b);
/*
 * Note that the rule of @m says it at @loc, filled with @a and @b. Return: the finding, the
 * one of that rule that is there already, or NULL where the rule is not asked for or a row
 * excuses it.
 */
struct judged *finding_make(const struct frame *f, struct work *w, struct mn_loc loc,
			    enum message m, const char *a, const char *b);
/* turn what was judged into the unit's sorted findings with their paths */
void findings_close(struct engine *eng);

/* a finding at the frame's instruction */
struct judged *judge_report(const struct frame *f, struct work *w, enum message m,
			    const char *a, const char *b);
/* where the region started on this path, and what the source calls it */
const struct step *start_of(const struct step *trail, const struct item *r);
const char *region_name(const struct work *w, const struct item *r);

/*
 * path.c: the path of @to, its events, at most MN_EVENTS_MAX of them, and the repair, which the path
 * decides; repair.c: the repair of a finding that no path led to
 */
const char *repair_without_path(struct mn_arena *arena, const struct judged *j);
/* does the sentence say where? */
bool repair_has_place(const char *fix);
void path_events(struct mn_arena *arena, const struct judged *j, struct mn_finding *to);

/* path_check.c: the step of its path that contradicts those before it, or NULL */
const struct step *path_contradicts(const struct judged *j);
/* path_check.c: 0, or where there is one -1, and the unit's troubles say where */
int paths_check(struct engine *eng);

/*
 * ignore.c: comments that hide findings, from @own, the unit's own file (NULL: it is not known),
 * and from the files that have findings; what they hide; those that hide nothing. NULL past the last
 */
void ignores_read(struct mn_unit *unit, const char *own);
void ignores_apply(struct mn_unit *unit);
const struct mn_ignore *ignore_needless(const struct mn_unit *unit, size_t i);

/* trace.c: a line where the property part changed */
void trace_change(const struct frame *f, const struct prop *before,
		  const struct work *after);
/* trace.c: say where nothing is shown of the function @name that @option asks for, and @where is all there is */
void note_missing(const struct mn_unit *unit, const char *option, const char *name, const char *where);
/* trace.c: the states that a check left at the beginning of @block */
void trace_states(const struct mn_unit *unit, const struct mn_func *func,
		  int block, FILE *to, const char *eol);

/*
 * lines.c: where the instructions of @run, of which @n blocks are reached, go from line to line; an array
 * for what the states of one context of it hold there; what @works hold at the instruction at hand
 */
const struct lines *lines_of(struct engine *eng, const struct run *run, const int *by_order, int n);
uint32_t *lines_seen(struct engine *eng, const struct run *run);
void lines_see(const struct frame *f, const struct works *works);
/* .. that the call at hand enters @ctx */
void lines_called(const struct frame *f, struct context_run *ctx);
/* the first line of @lines, and how many there are; does the function have code at the nth? */
int lines_first(const struct lines *lines, int *n);
bool lines_code(const struct lines *lines, int n);

/* what is known of a bar (a lock is held, a region is open, sleeping is not allowed) at a line */
enum told { TOLD_NOTHING, TOLD_NO, TOLD_UNKNOWN, TOLD_SOME, TOLD_ALL };

#define BARS 3
/* of the MN_HOLDS_* 1 << @bar, from what was @seen at a line: before it, or @behind it */
enum told line_told(uint32_t seen, int bar, bool behind);

/* context.c: the lock context of the functions that context= asks for, as one line of JSON */
void context_write(const struct mn_unit *unit, FILE *to);
/*
 * Append it to the file that context= names. Return: 0; a negative errno, and the file is as it
 * was. *@path receives the name.
 */
int context_append(const struct mn_unit *unit, const char **path);
/* near.c: the functions of @unit whose names are most like @name, at most @n of them. Return: how many */
int near_names(const struct mn_unit *unit, const char *name, const char **names, int n);

/* record.c: a unit as one line of JSON */
void record_write(const struct mn_unit *unit, double seconds, FILE *to);
/* json.c: a string of JSON, with its quotes */
void record_string(const char *s, FILE *to);
/* record_reach.c: ,"tables":[..] and, if asked for, ,"reach":{..} */
void record_reach(const struct mn_unit *unit, FILE *to);

/**
 * mn_dot_write() - the CFG of one function in Graphviz form, with the states
 * that mn_unit_check() left at the beginning of each block.
 * Return: 0, or -ENOENT if the unit has no such lowered function.
 */
int mn_dot_write(const struct mn_unit *unit, const char *func, FILE *to);

#endif /* REPORT_H */
