// SPDX-License-Identifier: GPL-2.0-only
/*
 * repair.c - the repair of a finding in a sentence that fits the case.
 *
 * The rows of repairs.def, in their order: the first one of the message whose condition holds,
 * whose step is on the path, and all of whose words are known. Of steps of one kind that one decides
 * which the message names, else the last one, but of what forbids to sleep the first one, which has
 * to wait for the region. What was given back on the path decides nothing.
 */
#include "path.h"

enum repair_when { WHEN_ANY, WHEN_END, WHEN_FLAGS, WHEN_NO_PTL, WHEN_SAME, WHEN_LOCKS };

static const struct repair {
	enum message message;
	enum repair_when when;
	enum step_kind step;
	const char *text;
} repairs[] = {
#define MN_REPAIR(message, when, step, text) { MESSAGE_##message, WHEN_##when, STEP_##step, text },
#include "repairs.def"
#undef MN_REPAIR
};

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* one finding that a sentence is looked for */
struct case_at_hand {
	struct mn_arena *arena;
	const struct judged *j;
	const struct path *path;
	unsigned int holds;
};

static bool same_words(const char *x, const char *y)
{
	return x && y && !strcmp(x, y);
}

static const struct step *deciding_step(const struct case_at_hand *c, enum step_kind kind)
{
	bool outermost = kind == STEP_LOCK || kind == STEP_ENTER;
	const struct step *found = NULL;

	/* in front of which lock a region would have to start is not the same on all paths */
	if (kind == STEP_LOCK && c->j->ptl_varies && rule_place(c->j->rule) == RULE_OUTSIDE)
		return NULL;
	for (int i = c->path->steps.n - 1; i >= 0; i--) {
		const struct shown *s = &c->path->steps.v[i];

		if (s->step->kind != kind || s->step->alias || s->balanced || s->step->loc.line < 1)
			continue;
		if (same_words(s->step->name, c->j->a) || same_words(s->step->name, c->j->b))
			return s->step;
		if (outermost || !found)
			found = s->step;
	}
	return found;
}

static bool is_here(const struct case_at_hand *c, const struct step *s)
{
	return s->loc.line == c->j->loc.line && same_words(s->loc.file, c->j->loc.file);
}

static bool does(const struct case_at_hand *c, const char *func, enum effect_kind kind)
{
	return contract_does(c->j->eng->contract, func, kind, c->j->eng->unit->kernels);
}

static bool holds_true(const struct case_at_hand *c, const struct repair *r,
		       const struct step *s)
{
	switch (r->when) {
	case WHEN_END:
		return does(c, c->j->a, EFFECT_END);
	case WHEN_FLAGS:
		return !does(c, c->j->a, EFFECT_RECLAIMS);
	case WHEN_NO_PTL:
		return !(c->holds & MN_HOLDS_PTL);
	case WHEN_SAME:
		return s && is_here(c, s);
	case WHEN_LOCKS:
		return s && does(c, s->name, EFFECT_ACQUIRE);
	default:
		return !s || !is_here(c, s);
	}
}

/* "line 47", as a reader of the finding's function finds it */
static const char *place_text(const struct case_at_hand *c, const struct step *s)
{
	if (!same_words(s->loc.file, c->j->loc.file))
		return arena_printf(c->arena, "%s:%d", s->loc.file ? s->loc.file : "?", s->loc.line);
	if (same_words(s->func, c->j->func))
		return arena_printf(c->arena, "line %d", s->loc.line);
	return arena_printf(c->arena, "line %d, in '%s()'", s->loc.line,
			    source_name(c->arena, s->func));
}

/* what stands for %X in a row; NULL: it is not known */
static const char *word_for(const struct case_at_hand *c, char what, const struct step *s)
{
	switch (what) {
	case 'a':
		return source_name(c->arena, c->j->a);
	case 'b':
		return source_name(c->arena, c->j->b);
	case 'n':
		return source_name(c->arena, s->name);
	case 'l':
		return place_text(c, s);
	default:
		return !s->call ? NULL : contract_end_of(c->j->eng->contract, s->call,
							 c->j->eng->unit->kernels);
	}
}

/* Return: the sentence, NULL where a word of it is not known */
static const char *filled(const struct case_at_hand *c, const struct repair *r,
			  const struct step *s)
{
	const char *text = "", *from = r->text, *at, *word;

	for (; (at = strchr(from, '%')) != NULL; from = at + 2) {
		word = word_for(c, at[1], s);
		if (!word)
			return NULL;
		text = arena_printf(c->arena, "%s%.*s%s", text, (int)(at - from), from, word);
	}
	return arena_printf(c->arena, "%s%s", text, from);
}

const char *repair_text(struct mn_arena *arena, const struct judged *j, const struct path *p,
			unsigned int holds)
{
	struct case_at_hand c = { arena, j, p, holds };
	const char *text = NULL;

	for (size_t i = 0; i < COUNT(repairs) && !text; i++) {
		const struct repair *r = &repairs[i];
		const struct step *s = NULL;

		if (r->message != j->message)
			continue;
		if (r->step != STEP_NONE) {
			s = p ? deciding_step(&c, r->step) : NULL;
			if (!s)
				continue;
		}
		if (holds_true(&c, r, s))
			text = filled(&c, r, s);
	}
	return text;
}

const char *repair_without_path(struct mn_arena *arena, const struct judged *j)
{
	return repair_text(arena, j, NULL, 0);
}

bool repair_has_place(const char *fix)
{
	return strstr(fix, " at line ") != NULL;
}
