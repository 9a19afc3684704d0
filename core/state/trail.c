// SPDX-License-Identifier: GPL-2.0-only
/*
 * trail.c - the steps of the path that led to a state.
 *
 * A trail is a list that grows at its end and is shared by the states that have
 * it in common. It is local to a context: what happened in a callee hangs inside the
 * step of its call, what happened in the callers stands in front. Which steps a finding
 * shows is path.c's.
 */
#include "state.h"

#define INNER_STEPS_MAX	4096

struct step *step_add(struct work *w, enum step_kind kind, struct mn_loc loc,
		      const char *func, const char *name)
{
	struct step *s = (struct step *)arena_alloc(w->eng->arena, sizeof(*s));

	s->prev = w->trail;
	s->length = w->trail ? w->trail->length + 1 : 1;
	s->kind = kind;
	s->loc = loc;
	s->func = func;
	s->name = name;
	w->trail = s;
	return s;
}

/*
 * A function that calls itself twice has the trail of a call twice in its own, at each depth: what is too
 * long is left out, and the path says only that the function was called.
 */
void step_call(struct work *w, struct mn_loc loc, const char *func, const char *callee,
	       const struct step *inner)
{
	struct step *s = step_add(w, STEP_CALL, loc, func, callee);

	if (!inner || inner->length > INNER_STEPS_MAX)
		return;
	s->inner = inner;
	s->length += inner->length;
}

void steps_close(struct work *w, const struct step *before, const char *call)
{
	for (struct step *s = (struct step *)w->trail; s != before; s = (struct step *)s->prev) {
		s->holds = (uint8_t)prop_holds(&w->prop);
		s->call = call;
	}
}

void step_inherit(struct work *w, const struct step *step, sym_t subject)
{
	struct step *s;

	if (!step)
		return;
	s = step_add(w, step->kind, step->loc, step->func, step->name);
	s->subject = subject;
	s->alias = true;
}

const struct step *step_of(const struct step *trail, enum step_kind kind,
			   sym_t subject)
{
	for (; trail; trail = trail->prev)
		if (trail->kind == kind && (!subject || trail->subject == subject))
			return trail;
	return NULL;
}

/* calls nest at most as deep as contexts do */
const struct step *step_last(const struct step *trail, enum step_kind kind)
{
	for (; trail; trail = trail->prev) {
		const struct step *inner = NULL;

		if (trail->kind == kind)
			return trail;
		if (trail->inner)
			inner = step_last(trail->inner, kind);
		if (inner)
			return inner;
	}
	return NULL;
}

/* from the end on: the return, or where it started: no return is behind that. True: it is one of them */
static bool find_return(const struct step *trail, const struct step *start, const struct step **found)
{
	for (; trail; trail = trail->prev) {
		if (trail->kind == STEP_RETURN && trail->func == start->func) {
			*found = trail;
			return true;
		}
		if (trail->kind == start->kind && !trail->alias && same_place(&trail->loc, &start->loc))
			return true;
		if (trail->inner && find_return(trail->inner, start, found))
			return true;
	}
	return false;
}

const struct step *step_return(const struct step *trail, const struct step *start)
{
	const struct step *found = NULL;

	find_return(trail, start, &found);
	return found;
}
