// SPDX-License-Identifier: GPL-2.0-only
/*
 * finding.c - from what was judged to what is printed: once, excused or sorted.
 *
 * The same event is judged in many states; a finding is one rule at one place. The
 * words are messages.def's, the steps of its path path.c's.
 */
#include <stdlib.h>
#include <string.h>

#include "report.h"

/* the names of files are interned */
/* each sentence once */
static void add_line(struct engine *eng, lines_t *lines, const char *text)
{
	const char *line = arena_intern(eng->arena, text), **slot;

	for (int i = 0; i < lines->n; i++)
		if (lines->v[i] == line)
			return;
	slot = (const char **)vec_push(eng->arena, lines);
	*slot = line;
}

void finding_excused(struct engine *eng, const char *func, enum mn_rule rule,
		     const struct excuse *x)
{
	add_line(eng, &eng->unit->excused, arena_printf(eng->unit->arena, "%s: %s: %s",
							source_name(eng->arena, func),
							mn_rule_name(rule), x->reason));
}

/* one with a body here was seen, but does it on some of its paths only */
void finding_silenced(struct engine *eng, const char *func, enum mn_rule rule,
		      const char *name)
{
	const struct mn_func *callee = name ? unit_func(eng->unit, name) : NULL;

	add_line(eng, &eng->unit->silenced,
		 arena_printf(eng->unit->arena, "%s: %s: what '%s()' does is not %s",
			      source_name(eng->arena, func), mn_rule_name(rule),
			      name ? source_name(eng->arena, name) : "*",
			      callee && callee->run ? "the same on all paths" : "seen"));
}

void finding_disputed(struct engine *eng, const struct judged *j, const char *walk)
{
	add_line(eng, &eng->unit->silenced,
		 arena_printf(eng->unit->arena, "%s: %s: on another path '%s()' is called inside a region",
			      source_name(eng->arena, j->func), mn_rule_name(j->rule), walk));
}

static struct judged *finding_known(struct engine *eng, enum mn_rule rule,
				    const struct mn_loc *loc)
{
	for (int i = 0; i < eng->judged.n; i++)
		if (eng->judged.v[i].rule == rule &&
		    same_place(&eng->judged.v[i].loc, loc))
			return &eng->judged.v[i];
	return NULL;
}

struct judged *finding_note(struct engine *eng, const char *func, struct mn_loc loc,
			    enum message m, const char *a, const char *b)
{
	enum mn_rule rule = message_rule(m);
	const struct excuse *x;
	struct judged *j;

	if (eng->options.rules && !(eng->options.rules & 1u << rule))
		return NULL;
	x = contract_excuse(eng->contract, func, rule, m, eng->unit->kernels);
	if (x) {
		finding_excused(eng, func, rule, x);
		return NULL;
	}
	j = finding_known(eng, rule, &loc);
	if (j)
		return j;
	j = vec_push(eng->arena, &eng->judged);
	j->rule = rule;
	j->loc = loc;
	j->func = func;
	j->message = m;
	j->a = a;
	j->b = b;
	return j;
}

static bool is_known_or_excused(const struct frame *f, const struct mn_loc *loc,
				enum message m)
{
	return finding_known(f->eng, message_rule(m), loc) ||
	       contract_excuse(f->eng->contract, f->func->name, message_rule(m), m,
			       f->eng->unit->kernels);
}

/* of a state that lost something no finding is made: the path may be none */
static void withhold(const struct frame *f, const struct mn_loc *loc, enum message m)
{
	struct engine *eng = f->eng;
	struct judged *j;

	for (int i = 0; i < eng->withheld.n; i++)
		if (eng->withheld.v[i].rule == message_rule(m) &&
		    same_place(&eng->withheld.v[i].loc, loc))
			return;
	j = vec_push(eng->arena, &eng->withheld);
	j->rule = message_rule(m);
	j->loc = *loc;
	j->ctx = f->ctx;
}

void finding_take_back(struct engine *eng, int i)
{
	eng->judged.n--;
	for (; i < eng->judged.n; i++)
		eng->judged.v[i] = eng->judged.v[i + 1];
}

/* what is judged at a return may be about another place */
static bool is_at_return(const struct frame *f, const struct work *w, const struct mn_loc *loc)
{
	return f->at && f->at->op == MN_RETURN &&
	       (same_place(loc, &w->leaving) || same_place(loc, &f->at->loc));
}

static void seen_first(const struct frame *f, const struct work *w, struct judged *j)
{
	j->ctx = f->ctx;
	j->trail = w->trail;
	j->eng = f->eng;
	j->returns = is_at_return(f, w, &j->loc) ? f->at : NULL;
	j->ptl = prop_ptl_held(&w->prop);
}

static void seen_again(const struct frame *f, const struct work *w, struct judged *j)
{
	struct sighting *other;

	j->ptl_varies |= j->ptl != prop_ptl_held(&w->prop);
	if (j->ctx == f->ctx || !walk_around(j->ctx))
		return;
	other = vec_push(f->eng->arena, &j->others);
	other->ctx = f->ctx;
	other->trail = w->trail;
}

struct judged *finding_make(const struct frame *f, struct work *w, struct mn_loc loc,
			    enum message m, const char *a, const char *b)
{
	struct judged *j;

	if (w->lost & LOST_ANY && !is_known_or_excused(f, &loc, m)) {
		withhold(f, &loc, m);
		return NULL;
	}
	j = finding_note(f->eng, f->func->name, loc, m, a, b);
	if (j && j->ctx)
		seen_again(f, w, j);
	else if (j)
		seen_first(f, w, j);
	return j;
}

/*
 * Two that hold outside of any region, in one function, and that the same region repairs: it would start
 * before the lock that both were made under.
 */
static bool are_one_mistake(const struct mn_finding *x, const struct mn_finding *y)
{
	return x->rule == y->rule && rule_place(x->rule) == RULE_OUTSIDE && !strcmp(x->func, y->func) &&
	       x->loc.file == y->loc.file && !strcmp(x->fix, y->fix) && repair_has_place(x->fix);
}

/* of one mistake the first finding is said */
static void drop_repeated(struct mn_unit *unit)
{
	int n = 0;

	for (int i = 0; i < unit->findings.n; i++) {
		struct mn_finding *f = &unit->findings.v[i];
		int k = 0;

		while (k < n && !are_one_mistake(&unit->findings.v[k], f))
			k++;
		if (k == n)
			unit->findings.v[n++] = *f;
		else
			unit->stats.findings[f->rule]--;
	}
	unit->findings.n = n;
}

void findings_close(struct engine *eng)
{
	struct mn_unit *unit = eng->unit;

	for (int i = 0; i < eng->judged.n; i++) {
		const struct judged *j = &eng->judged.v[i];
		struct mn_finding *to = vec_push(unit->arena, &unit->findings);

		to->rule = j->rule;
		to->loc = j->loc;
		to->func = source_name(eng->arena, j->func);
		to->id = message_id(j->message);
		to->text = message_text(eng->arena, j->message, j->a,
					j->fill ? j->fill(eng, j) : j->b);
		if (j->ctx)
			path_events(eng->arena, j, to);
		else
			to->fix = repair_without_path(eng->arena, j);
		for (int k = 0; k < j->nevents; k++)
			to->events[to->nevents++] = j->events[k];
		if (j->nevents) {
			to->path = j->events;
			to->npath = j->nevents;
		}
		unit->stats.findings[j->rule]++;
	}
	if (unit->findings.n)
		qsort(unit->findings.v, (size_t)unit->findings.n,
		      sizeof(unit->findings.v[0]), findings_by_place);
	drop_repeated(unit);
}

struct judged *judge_report(const struct frame *f, struct work *w, enum message m,
			    const char *a, const char *b)
{
	return finding_make(f, w, f->at->loc, m, a, b);
}

/* where it started; a loop may have made it forget its range. What has ended since, a callee has started again */
const struct step *start_of(const struct step *trail, const struct item *r)
{
	const struct step *s = step_of(trail, STEP_START, r->a ? r->a : r->c);
	const struct step *end = step_of(trail, STEP_END, r->a ? r->a : r->c);

	return s && !(end && end->length > s->length) ? s : step_last(trail, STEP_START);
}

const char *region_name(const struct work *w, const struct item *r)
{
	const struct step *s = start_of(w->trail, r);

	return s && s->name ? s->name : "mm";
}
