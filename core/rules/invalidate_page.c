// SPDX-License-Identifier: GPL-2.0-only
/*
 * invalidate_page.c - a call of invalidate_page(), and the contexts that it is met in.
 *
 * One finding a place; what it says of the contexts is put together when all are known.
 */
#include "judging.h"

#define SEEN_PTL		(1u << 0)
#define SEEN_NO_PTL		(1u << 1)
#define SEEN_PTL_UNKNOWN	(1u << 2)
#define SEEN_REGION		(1u << 3)
#define SEEN_NO_REGION		(1u << 4)
#define SEEN_REGION_UNKNOWN	(1u << 5)

static const char *ptl_text(struct engine *eng, const struct judged *j)
{
	unsigned int seen = j->seen & (SEEN_PTL | SEEN_NO_PTL | SEEN_PTL_UNKNOWN);

	if (seen == SEEN_PTL)
		return words_text(eng->arena, j->lock ? WORDS_PTL_HELD :
				    WORDS_PTL_HELD_BY, j->lock, NULL);
	if (seen & SEEN_PTL)
		return words_text(eng->arena, WORDS_PTL_SOMETIMES,
				    j->lock ? j->lock : "ptl", NULL);
	return words_text(eng->arena, seen == SEEN_NO_PTL ? WORDS_PTL_NOT_HELD :
			    WORDS_PTL_NOT_TAKEN, NULL, NULL);
}

static const char *region_text(struct engine *eng, const struct judged *j)
{
	unsigned int seen = j->seen & (SEEN_REGION | SEEN_NO_REGION |
				       SEEN_REGION_UNKNOWN);
	enum words w = seen == SEEN_REGION ? WORDS_REGION_INSIDE :
			 seen & SEEN_REGION ? WORDS_REGION_SOMETIMES :
			 seen == SEEN_NO_REGION ? WORDS_REGION_OUTSIDE :
			 WORDS_REGION_NOT_STARTED;
	const char *text = words_text(eng->arena, w, NULL, NULL);

	/* only where there is a notification for regions, this one needs a region as well */
	if (seen & SEEN_REGION || eng->notifies)
		return text;
	return words_text(eng->arena, WORDS_REGION_NOT_NEEDED, text, NULL);
}

static const char *contexts(struct engine *eng, const struct judged *j)
{
	return arena_printf(eng->arena, "%s, %s", ptl_text(eng, j), region_text(eng, j));
}

static void at_event(const struct frame *f, struct work *w, struct event *ev)
{
	struct judged *j = finding_make(f, w, f->at->loc, MESSAGE_PAGE, f->at->name,
					NULL);
	const struct item *lock = NULL;
	const struct step *s;

	(void)ev;
	if (!j)
		return;
	for (int i = 0; i < w->prop.n; i++)
		if (w->prop.items[i].kind == ITEM_LOCK &&
		    w->prop.items[i].flags != LOCK_SPIN)
			lock = &w->prop.items[i];
	s = lock ? step_of(w->trail, STEP_LOCK, lock->a) : NULL;
	if (s && s->name)
		j->lock = s->name;
	j->fill = contexts;
	j->shows_drop = true;
	j->seen |= prop_ptl_held(&w->prop) ? SEEN_PTL :
		   w->prop.ptl == ABSENT ? SEEN_NO_PTL : SEEN_PTL_UNKNOWN;
	j->seen |= latest(w, ITEM_REGION, NULL, false) ||
		   w->prop.region == PRESENT ? SEEN_REGION :
		   w->prop.region == ABSENT ? SEEN_NO_REGION : SEEN_REGION_UNKNOWN;
}

const struct rule rule_INVALIDATE_PAGE = { SEES(PAGE), 0, at_event, NULL, NULL, NULL };
