/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * path.h - the path of a finding, laid out: what path.c and repair.c share; no other file
 * includes it.
 */
#ifndef PATH_H
#define PATH_H

#include "report.h"

struct shown {
	const struct step *step;
	int depth, frame;	/* which call of its function it is in */
	bool on_stack;		/* a call that has not returned yet */
	bool balanced;		/* taken, and given back on the path */
	bool keep;
	bool leads;		/* .. or a change of the lock context, or a call of one */
};

struct path {
	struct mn_arena *arena;
	const struct judged *judged;
	MN_VEC(struct shown) steps;
	int frames;
};

/*
 * repair.c: the repair of @j in a sentence. @p: its path, NULL for a finding that has none
 * @holds: MN_HOLDS_*, behind the path
 */
const char *repair_text(struct mn_arena *arena, const struct judged *j, const struct path *p,
			unsigned int holds);

#endif /* PATH_H */
