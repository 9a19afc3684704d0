// SPDX-License-Identifier: GPL-2.0-only
/*
 * walk.c - executes a program in every state that can be reached.
 *
 * Nothing is merged, joined or widened: a state is concrete, there are finitely many, and one
 * that was seen at a block is not executed again. A parameter gets its value where a branch
 * first asks for it, and keeps it.
 */
#include <stdlib.h>
#include <string.h>

#include "oracle.h"

enum { STATES_MAX = 60000, WAITING_MAX = 4096, TABLE = 1 << 17 };

/* numbers that tell all comparisons of 'mode' apart */
static const int8_t of_bool[] = { 0, 1 }, of_mode[] = { -1, 0, 1, 2, 3, 4 };

struct walk {
	const struct program *p;
	struct said *said;
	struct state *waiting, *seen;
	int nwaiting, nseen;
	int *table;			/* a state + 1, by its hash */
};

static struct frame *top(struct state *s)
{
	return &s->frames[s->depth - 1];
}

/* ------------------------------------------------------------------ */
/* states                                                              */

static uint32_t hash(const struct state *s)
{
	const unsigned char *bytes = (const unsigned char *)s;
	uint32_t h = 2166136261u;

	for (size_t i = 0; i < sizeof(*s); i++)
		h = (h ^ bytes[i]) * 16777619u;
	return h;
}

/* false: it was here before */
static bool arrive(struct walk *w, const struct state *s)
{
	uint32_t at = hash(s) % TABLE;

	for (; w->table[at]; at = (at + 1) % TABLE)
		if (!memcmp(&w->seen[w->table[at] - 1], s, sizeof(*s)))
			return false;
	if (w->nseen == STATES_MAX) {
		w->said->too_many = true;
		return false;
	}
	w->seen[w->nseen++] = *s;
	w->table[at] = w->nseen;
	return true;
}

static void later(struct walk *w, const struct state *s)
{
	if (w->nwaiting == WAITING_MAX)
		w->said->too_many = true;
	else
		w->waiting[w->nwaiting++] = *s;
}

/* ------------------------------------------------------------------ */
/* values                                                              */

static int input_of(const struct state *s, int8_t var)
{
	return var >= UNASSIGNED && s->inputs[var - UNASSIGNED] == UNCHOSEN ?
	       var - UNASSIGNED : -1;
}

static int value_of(const struct state *s, int8_t var)
{
	if (var < UNASSIGNED)
		return var;
	return input_of(s, var) >= 0 ? RESULT_UNKNOWN : s->inputs[var - UNASSIGNED];
}

/* the other values of the input go on later */
static void choose(struct walk *w, struct state *s, int input)
{
	const int8_t *values = input == VAR_MODE ? of_mode : of_bool;
	int n = input == VAR_MODE ? 6 : 2;

	s->answered_below |= input == INPUT_BLOCKABLE && s->depth > 1;
	for (int i = 1; i < n; i++) {
		s->inputs[input] = values[i];
		later(w, s);
	}
	s->inputs[input] = values[0];
}

static bool is_true(const struct cond *c, int value)
{
	switch (c->compare) {
	case IS_EQUAL:
		return value == c->value;
	case IS_NOT_EQUAL:
		return value != c->value;
	case IS_LESS:
		return value < c->value;
	default:
		return value;
	}
}

/* ------------------------------------------------------------------ */
/* ops                                                                 */

static void go(struct state *s, const struct program *p, int block)
{
	top(s)->block = (int16_t)block;
	top(s)->op = (int16_t)p->blocks[block].first;
}

static void set_var(struct state *s, int var, int value)
{
	if (var != VAR_NONE)
		top(s)->vars[var] = (int8_t)value;
}

/* one that can fail goes both ways */
static void both(struct walk *w, struct state *s, const struct op *op, int good, int bad)
{
	struct state other = *s;

	apply_op(w->p, &other, op, false);
	set_var(&other, op->b, bad);
	top(&other)->op++;
	later(w, &other);
	apply_op(w->p, s, op, true);
	set_var(s, op->b, good);
	top(s)->op++;
}

static void enter(struct walk *w, struct state *s, const struct op *op)
{
	const struct call *c = &op->stmt->call;
	const struct func *callee = &w->p->funcs[c->func];
	const struct frame *from = top(s);
	struct frame *to = &s->frames[s->depth];
	bool values = w->p->kernel.values;

	memset(to, 0, sizeof(*to));
	to->func = c->func;
	to->returns_to = (int16_t)(op - w->p->ops);
	to->lock = (uint8_t)lock_number(s, c->lock);
	for (int i = SLOT_0; i <= SLOT_1; i++)
		to->slot[i] = (uint8_t)(values ? from->slot[c->slot[i]] : 2 * s->depth + i);
	to->slot[SLOT_PARAM] = from->slot[c->slot[SLOT_PARAM]];
	for (int i = 0; i < VARS_PARAM; i++)
		if (callee->params >> i & 1)
			to->vars[i] = c->vars[i] == VAR_NONE ? c->values[i] :
							       from->vars[c->vars[i]];
	s->depth++;
	go(s, w->p, w->p->order[callee->first]);
}

/* false: the root has returned */
static bool leave(struct walk *w, struct state *s, const struct op *op)
{
	const struct func *f = &w->p->funcs[op->func];
	int8_t result = op->b == VAR_NONE ? op->value : top(s)->vars[op->b];
	const struct op *call = &w->p->ops[top(s)->returns_to];
	int value = f->returns ? value_of(s, result) : 0;

	judge_return(w->p, w->said, s, op, value);
	if (s->depth == 1)
		return false;
	if (any_open(s))
		s->left |= 1u << op->a;
	if (!w->p->kernel.values)
		forget_own(s);
	memset(top(s), 0, sizeof(struct frame));
	s->depth--;
	top(s)->op++;
	set_var(s, call->a, f->returns ? result : 0);
	return true;
}

static void any_value(struct walk *w, struct state *s, const struct op *op)
{
	struct state other;

	top(s)->op++;
	other = *s;
	set_var(&other, op->a, 1);
	later(w, &other);
	set_var(s, op->a, 0);
}

/* false: this path ends here */
static bool branch(struct walk *w, struct state *s, const struct op *op)
{
	int8_t var = op->kind == DO_BRANCH ? top(s)->vars[op->cond.var] : 0;
	int input = input_of(s, var);

	if (input >= 0)
		choose(w, s, input);
	go(s, w->p, op->kind == DO_GOTO || is_true(&op->cond, value_of(s, var)) ? op->then :
								       op->other);
	return arrive(w, s);
}

/* false: this path ends here */
static bool step(struct walk *w, struct state *s)
{
	const struct op *op = &w->p->ops[top(s)->op];

	judge_op(w->p, w->said, s, op);
	switch (op->kind) {
	case DO_GOTO:
	case DO_BRANCH:
		return branch(w, s, op);
	case DO_TRYLOCK:
	case DO_MUTEX_TRYLOCK:
		both(w, s, op, 1, 0);
		return true;
	case DO_NONBLOCK:
		both(w, s, op, 0, -11);
		return true;
	case DO_UNKNOWN:
		any_value(w, s, op);
		return true;
	case DO_CALL:
		enter(w, s, op);
		return true;
	case DO_RETURN:
		return leave(w, s, op);
	case DO_SET:
		set_var(s, op->a, op->b == VAR_NONE ? op->value : top(s)->vars[op->b]);
		break;
	case DO_ASK:
		set_var(s, op->a, UNASSIGNED + INPUT_BLOCKABLE);
		break;
	default:
		apply_op(w->p, s, op, true);
		break;
	}
	top(s)->op++;
	return true;
}

static void start(const struct program *p, struct state *s)
{
	struct frame *f = &s->frames[0];

	memset(s, 0, sizeof(*s));
	memset(s->inputs, UNCHOSEN, sizeof(s->inputs));
	s->depth = 1;
	f->func = (uint8_t)(p->nfuncs - 1);
	f->lock = LOCK_CALLERS;
	f->slot[SLOT_0] = 0;
	f->slot[SLOT_1] = 1;
	f->slot[SLOT_PARAM] = REGION_CALLERS;
	for (int i = 0; i < VARS_PARAM; i++)
		f->vars[i] = (int8_t)(UNASSIGNED + i);
	go(s, p, p->order[p->funcs[p->nfuncs - 1].first]);
}

void program_walk(const struct program *p, struct said *said)
{
	static struct walk w;
	struct state s;

	memset(said, 0, sizeof(*said));
	if (!w.waiting) {
		w.waiting = malloc(WAITING_MAX * sizeof(*w.waiting));
		w.seen = malloc(STATES_MAX * sizeof(*w.seen));
		w.table = malloc(TABLE * sizeof(*w.table));
		if (!w.waiting || !w.seen || !w.table)
			exit(2);
	}
	memset(w.table, 0, TABLE * sizeof(*w.table));
	w.p = p;
	w.said = said;
	w.nwaiting = w.nseen = 0;
	start(p, &s);
	later(&w, &s);
	while (w.nwaiting) {
		s = w.waiting[--w.nwaiting];
		while (step(&w, &s))
			;
	}
	said->nstates = w.nseen;
	judge_exits(said);
}
