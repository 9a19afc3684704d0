// SPDX-License-Identifier: GPL-2.0-only
/*
 * lines.c - what the states of a function hold at each of its lines, where context= asks for it.
 *
 * A line is entered and left many times: on other paths, in each round of a loop, from other callers.
 * What a state holds then is noted, before the line and behind it. Where a path goes from line to
 * line is known before any state is; a line of several blocks is entered and left at its
 * outer edges only.
 */
#include <string.h>

#include "report.h"

/* lines at which the instruction leaves one and enters another; 0: it does not */
struct crossing {
	int left, entered;
};

struct lines {
	int first, n;
	bool *code;			/* by line */
	int **line;			/* by block and instruction: its line, or 0 */
	struct crossing **at;		/* by block and instruction */
	int *left;			/* by block: what is left behind its end, or 0 */
};

/* more than one line, or none of the function */
#define MIXED -1

/* lines of a function, from that of its name on; what #line puts behind them has none */
#define LINES_MAX 65536

/* bits of what was seen, three for each bar, before a line; as many follow for behind it */
enum { SEEN_NO = 1, SEEN_UNKNOWN = 2, SEEN_YES = 4, SEEN_BITS = 3, SEEN_ALL = 7 };

/* ------------------------------------------------------------------ */
/* the line of each instruction                                        */

/* a constant, or the address of an object, is said once in front of all that use it */
static bool is_said_before(enum mn_op op)
{
	return op == MN_PHI || op == MN_CONST || op == MN_UNKNOWN || op == MN_LOCAL ||
	       op == MN_GLOBAL || op == MN_FUNC;
}

static int line_of(const struct mn_func *func, const struct mn_insn *insn)
{
	const char *file = func->loc.file, *here = insn->loc.file;

	if (is_said_before(insn->op) || !file || !here || func->loc.line < 1 ||
	    insn->loc.line < func->loc.line || insn->loc.line - func->loc.line >= LINES_MAX)
		return 0;
	return here == file || !strcmp(here, file) ? insn->loc.line : 0;
}

static void find_extent(struct lines *lines, const struct mn_func *func)
{
	int last = 0;

	for (int i = 0; i < func->blocks.n; i++)
		for (int k = 0; k < func->blocks.v[i].insns.n; k++) {
			int line = line_of(func, &func->blocks.v[i].insns.v[k]);

			if (line > last)
				last = line;
			if (line && (!lines->first || line < lines->first))
				lines->first = line;
		}
	lines->n = last ? last - lines->first + 1 : 0;
}

/*
 * Instructions have the lines of the source, but for two. A jump that the source has no word for is
 * at any line: it counts only where nothing else is, as that of a break. And what is done when a
 * variable goes out of scope is at its declaration: it belongs to the line that it is done at, the one
 * before it. Only a loop comes back to a line.
 */
static void find_lines(struct lines *lines, const struct run *run, const int *by_order, int n)
{
	bool *passed = arena_new_array(run->func->unit->arena, bool, lines->n + 1);

	for (int i = 0; i < n; i++) {
		const struct block *b = &run->func->blocks.v[by_order[i]];
		int *line = lines->line[by_order[i]], here = 0, from = 0;

		for (int k = 0; k < b->insns.n; k++) {
			int at = line_of(run->func, &b->insns.v[k]);

			if (!at || b->insns.v[k].op == MN_GOTO)
				continue;
			if (at != here && passed[at - lines->first] &&
			    (here ? at < here && at >= from : !run->looping[by_order[i]]))
				continue;
			line[k] = at;
			here = at;
			from = !from || at < from ? at : from;
			passed[at - lines->first] = true;
		}
	}
	for (int i = 0; i < n; i++) {
		const struct block *b = &run->func->blocks.v[by_order[i]];
		int k = b->insns.n - 1, at = line_of(run->func, &b->insns.v[k]);

		if (at && b->insns.v[k].op == MN_GOTO && !passed[at - lines->first])
			lines->line[by_order[i]][k] = at;
	}
}

/* ------------------------------------------------------------------ */
/* where lines change                                                  */

static int meet(int a, int b)
{
	return !a || a == b ? b : !b ? a : MIXED;
}

static bool put_meet(int *line, int with)
{
	int met = meet(*line, with);
	bool changed = met != *line;

	*line = met;
	return changed;
}

static int first_of(const int *line, int n)
{
	int i;

	for (i = 0; i < n && !line[i]; i++)
		;
	return i < n ? line[i] : 0;
}

static int last_of(const int *line, int n)
{
	while (n && !line[n - 1])
		n--;
	return n ? line[n - 1] : 0;
}

/* what @block says of its neighbours, and they of it. True: that is news */
static bool hand_on(const struct lines *lines, const struct mn_func *func, int block, int *from,
		    int *to)
{
	const struct block *b = &func->blocks.v[block];
	const struct mn_insn *end = &b->insns.v[b->insns.n - 1];
	int first = first_of(lines->line[block], b->insns.n);
	int last = last_of(lines->line[block], b->insns.n);
	bool changed = false;

	if (first || !end->nsucc)
		changed |= put_meet(&to[block], first ? first : MIXED);
	for (int k = 0; k < end->nsucc; k++) {
		int next = end->succ[k].block;

		changed |= put_meet(&from[next], last ? last : from[block]);
		if (!first)
			changed |= put_meet(&to[block], to[next]);
	}
	return changed;
}

/* the line that each block is come to from, and the one that a path goes to from its beginning on */
static void find_flow(const struct lines *lines, const struct mn_func *func, int *from, int *to)
{
	bool changed = true;

	from[0] = MIXED;
	while (changed) {
		changed = false;
		for (int i = 0; i < func->blocks.n; i++)
			if (func->blocks.v[i].order >= 0)
				changed |= hand_on(lines, func, i, from, to);
	}
}

static void find_crossings(struct lines *lines, const struct mn_func *func, int block, int from,
			   const int *to)
{
	const struct block *b = &func->blocks.v[block];
	const struct mn_insn *end = &b->insns.v[b->insns.n - 1];
	int here = 0;

	for (int i = 0; i < b->insns.n; i++) {
		int line = lines->line[block][i];

		if (!line)
			continue;
		lines->code[line - lines->first] = true;
		if (line != (here ? here : from)) {
			lines->at[block][i].left = here;
			lines->at[block][i].entered = line;
		}
		here = line;
	}
	if (!end->nsucc)
		lines->left[block] = here;
	for (int i = 0; here && i < end->nsucc; i++)
		if (to[end->succ[i].block] != here)
			lines->left[block] = here;
}

const struct lines *lines_of(struct engine *eng, const struct run *run, const int *by_order, int n)
{
	const struct mn_func *func = run->func;
	struct lines *lines = arena_new_array(eng->arena, struct lines, 1);
	int *from = arena_new_array(eng->arena, int, func->blocks.n);
	int *to = arena_new_array(eng->arena, int, func->blocks.n);

	find_extent(lines, func);
	lines->code = arena_new_array(eng->arena, bool, lines->n);
	lines->left = arena_new_array(eng->arena, int, func->blocks.n);
	lines->line = arena_new_array(eng->arena, int *, func->blocks.n);
	lines->at = arena_new_array(eng->arena, struct crossing *, func->blocks.n);
	for (int i = 0; i < func->blocks.n; i++) {
		int ninsns = func->blocks.v[i].insns.n;

		lines->line[i] = arena_new_array(eng->arena, int, ninsns);
		lines->at[i] = arena_new_array(eng->arena, struct crossing, ninsns);
	}
	find_lines(lines, run, by_order, n);
	find_flow(lines, func, from, to);
	for (int i = 0; i < n; i++)
		find_crossings(lines, func, by_order[i], from[by_order[i]], to);
	return lines;
}

int lines_first(const struct lines *lines, int *n)
{
	*n = lines->n;
	return lines->first;
}

bool lines_code(const struct lines *lines, int n)
{
	return lines->code[n];
}

/* ------------------------------------------------------------------ */
/* what is held there                                                  */

uint32_t *lines_seen(struct engine *eng, const struct run *run)
{
	return arena_new_array(eng->arena, uint32_t, run->lines->n);
}

void lines_called(const struct frame *f, struct context_run *ctx)
{
	/* a walk is no function of the unit: who calls it calls what it calls */
	const struct context_run *from = f->func->walk ? f->ctx->caller : f->ctx;
	struct mn_loc loc = f->func->walk ? f->ctx->called_at : f->at->loc;
	struct call_place *place;

	for (int i = 0; i < ctx->callers.n; i++)
		if (ctx->callers.v[i].loc.line == loc.line &&
		    ctx->callers.v[i].func == from->run->func)
			return;
	place = vec_push(f->eng->arena, &ctx->callers);
	place->func = from->run->func;
	place->loc = loc;
}

static uint32_t seen(bool yes, int presence)
{
	return yes || presence == PRESENT ? SEEN_YES : presence == ABSENT ? SEEN_NO : SEEN_UNKNOWN;
}

/* a region that a function may have ended that is not seen is one of which nothing is known */
static uint32_t region_seen(const struct prop *p)
{
	bool lent = false;

	for (int i = 0; i < p->n; i++) {
		if (p->items[i].kind != ITEM_REGION)
			continue;
		if (!(p->items[i].flags & REGION_LENT))
			return SEEN_YES;
		lent = true;
	}
	return lent ? (uint32_t)SEEN_UNKNOWN : seen(false, p->region);
}

void lines_see(const struct frame *f, const struct works *works)
{
	const struct lines *lines = f->ctx->run->lines;
	const struct crossing *c = &lines->at[f->block][f->insn];
	int left = op_ends_block(f->at->op) ? lines->left[f->block] : 0;
	uint32_t *at = f->ctx->lines;

	for (int i = 0; (c->entered || left) && i < works->n; i++) {
		const struct prop *p = &works->v[i]->prop;
		uint32_t bits = seen(prop_ptl_held(p), p->ptl) | region_seen(p) << SEEN_BITS |
				seen(prop_atomic(p), p->atomic) << 2 * SEEN_BITS;

		if (c->entered)
			at[c->entered - lines->first] |= bits;
		if (c->left)
			at[c->left - lines->first] |= bits << BARS * SEEN_BITS;
		if (left)
			at[left - lines->first] |= bits << BARS * SEEN_BITS;
	}
}

enum told line_told(uint32_t seen, int bar, bool behind)
{
	seen = seen >> (bar + (behind ? BARS : 0)) * SEEN_BITS & SEEN_ALL;
	if (!seen)
		return TOLD_NOTHING;
	if (seen & SEEN_YES)
		return seen == SEEN_YES ? TOLD_ALL : TOLD_SOME;
	return seen & SEEN_UNKNOWN ? TOLD_UNKNOWN : TOLD_NO;
}
