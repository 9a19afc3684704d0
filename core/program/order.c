// SPDX-License-Identifier: GPL-2.0-only
/*
 * order.c - the order in which the blocks of a function are simulated.
 *
 * A block comes after those that lead to it, but for the head of a loop; and a loop is whole before
 * what follows it begins, so that it has come to rest when states leave it. That is the weak
 * topological order of Bourdoncle ("Efficient chaotic iteration strategies with widenings", 1993):
 * a strongly connected part is visited once to find its head, and once more to order the rest.
 * With a stack of its own: blocks nest as deep as a function is long.
 */
#include <limits.h>
#include <string.h>

#include "program.h"

#define ORDERED	INT_MAX

struct visit {
	int block, next;		/* its next successor */
	int head;			/* the least number that its successors come back to */
	bool loops;			/* .. and one does */
};

struct order {
	struct visit *visits;
	int nvisits;
	int *number;			/* of a block, by its visit; 0: none, or ORDERED */
	int numbers;
	int *open;			/* visited, and in what loop is not known yet */
	int nopen;
	int *backwards;
	int n;
};

static void begin_visit(struct order *o, int block)
{
	struct visit *v = &o->visits[o->nvisits++];

	memset(v, 0, sizeof(*v));
	v->block = block;
	v->head = o->number[block] = ++o->numbers;
	o->open[o->nopen++] = block;
}

static void come_back(struct visit *v, int number)
{
	if (number > v->head)
		return;
	v->head = number;
	v->loops = true;
}

/* true: it is the head of a loop, and its successors have to be visited once more */
static bool is_head(struct order *o, struct visit *v)
{
	int block;

	if (v->head != o->number[v->block])
		return false;
	o->number[v->block] = ORDERED;
	while ((block = o->open[--o->nopen]) != v->block)
		o->number[block] = 0;
	v->next = 0;
	return v->loops;
}

static void end_visit(struct order *o, struct visit *v)
{
	if (o->number[v->block] == ORDERED)
		o->backwards[o->n++] = v->block;
	o->nvisits--;
	come_back(v - 1, v->head);
}

static void visit_next(struct order *o, struct visit *v, int to)
{
	if (!o->number[to])
		begin_visit(o, to);
	else
		come_back(v, o->number[to]);
}

int order_blocks(const struct mn_func *func, struct mn_arena *arena, int *by_order)
{
	int n = func->blocks.n;
	struct order o;

	memset(&o, 0, sizeof(o));
	/* below the first one is one that nothing comes back to */
	o.visits = arena_new_array(arena, struct visit, n + 1);
	o.nvisits = 1;
	o.number = arena_new_array(arena, int, n);
	o.open = arena_new_array(arena, int, n);
	o.backwards = arena_new_array(arena, int, n);
	begin_visit(&o, 0);
	while (o.nvisits > 1) {
		struct visit *v = &o.visits[o.nvisits - 1];
		const struct block *b = &func->blocks.v[v->block];
		const struct mn_insn *last = &b->insns.v[b->insns.n - 1];

		if (v->next < last->nsucc)
			visit_next(&o, v, last->succ[v->next++].block);
		else if (!is_head(&o, v))
			end_visit(&o, v);
	}
	for (int i = 0; i < o.n; i++)
		by_order[i] = o.backwards[o.n - 1 - i];
	return o.n;
}
