// SPDX-License-Identifier: GPL-2.0-only
/*
 * lower.c - statements become blocks of ops; and what each function needs of its caller.
 */
#include <string.h>

#include "oracle.h"

/* ------------------------------------------------------------------ */
/* parameters                                                          */

static void need(struct func *f, int param)
{
	f->params |= 1u << param;
}

static void need_lock(struct func *f, int lock)
{
	if (lock == LOCK_PARAM) {
		need(f, PARAM_LOCK);
	} else if (lock == LOCK_PTL) {
		need(f, PARAM_MM);
		need(f, PARAM_PMD);
	}
}

static void need_slot(const struct program *p, struct func *f, const struct stmt *s, int slot)
{
	if (p->kernel.values) {
		need(f, PARAM_MM);
		need(f, slot == SLOT_1 ? PARAM_START2 : PARAM_START);
		need(f, slot == SLOT_1 ? PARAM_END2 : PARAM_END);
	} else if (s->kind == DO_INIT) {
		need(f, PARAM_VMA);
		need(f, PARAM_MM);
		need(f, PARAM_START);
		need(f, PARAM_END);
	}
	if (!p->kernel.values && slot == SLOT_PARAM)
		need(f, PARAM_RANGE);
}

static void need_call(const struct program *p, struct func *f, const struct stmt *s)
{
	const struct call *c = &s->call;
	uint32_t theirs = p->funcs[c->func].params;

	for (int i = 0; i < VARS_PARAM; i++)
		if (theirs >> i & 1 && c->vars[i] != VAR_NONE && c->vars[i] < VARS_PARAM)
			need(f, c->vars[i]);
	for (int i = PARAM_VMA; i <= PARAM_PTE; i++)
		if (theirs >> i & 1)
			need(f, i);
	for (int i = PARAM_START; i <= PARAM_END2; i++)
		if (theirs >> i & 1)
			need(f, p->kernel.values && c->slot[SLOT_0] == SLOT_1 ?
			     i < PARAM_START2 ? i + 2 : i - 2 : i);
	if (theirs >> PARAM_RANGE & 1 && c->slot[SLOT_PARAM] == SLOT_PARAM)
		need(f, PARAM_RANGE);
	if (theirs >> PARAM_LOCK & 1)
		need_lock(f, c->lock);
}

static void need_change(struct func *f, int change)
{
	need(f, PARAM_START);
	need(f, change == CHANGE_FLUSH || change == CHANGE_HUGE ? PARAM_VMA : PARAM_MM);
	need(f, change == CHANGE_HUGE ? PARAM_PMD : PARAM_PTE);
}

static void need_stmt(const struct program *p, struct func *f, const struct stmt *s)
{
	if (s->kind == DO_LOCK || s->kind == DO_UNLOCK || s->kind == DO_TRYLOCK)
		need_lock(f, s->a);
	if (s->kind >= DO_INIT && s->kind <= DO_ONLY_END)
		need_slot(p, f, s, s->a);
	if (s->kind == DO_NOTIFY) {
		need(f, s->a ? PARAM_MM2 : PARAM_MM);
		need(f, s->b == 1 ? PARAM_START2 : PARAM_START);
		need(f, s->b == 1 ? PARAM_END2 : PARAM_END);
	}
	if (s->kind == DO_CHANGE)
		need_change(f, s->a);
	if (s->kind == DO_MMAP_LOCK || s->kind == DO_MMAP_UNLOCK)
		need(f, PARAM_MM);
	if ((s->kind == DO_ASK && !p->kernel.values) ||
	    (s->kind == DO_FOREIGN && s->a == SLOT_PARAM))
		need(f, PARAM_RANGE);
	if (s->kind == DO_CALL)
		need_call(p, f, s);
	if ((s->kind == DO_SET || s->kind == DO_RETURN) && s->b < VARS_PARAM)
		need(f, s->b);
	if ((s->kind == DO_IF || s->kind == DO_LOOP) && s->cond.var < VARS_PARAM)
		need(f, s->cond.var);
}

static void need_list(const struct program *p, struct func *f, const struct stmt *s)
{
	for (; s; s = s->next) {
		need_stmt(p, f, s);
		need_list(p, f, s->body);
		need_list(p, f, s->other);
	}
}

/* helpers come before their callers */
void program_params(struct program *p)
{
	for (int i = 0; i < p->nfuncs; i++) {
		p->funcs[i].params = 0;
		need_list(p, &p->funcs[i], p->funcs[i].body);
	}
}

/* ------------------------------------------------------------------ */
/* blocks                                                              */

struct lower {
	struct program *p;
	int func, block;		/* -1: nothing leads here */
	int top, out, head, exit;	/* of the function; of the innermost loop */
};

static int new_block(struct lower *l)
{
	struct program *p = l->p;

	if (p->nblocks == BLOCKS_MAX) {
		p->too_large = true;
		return p->nblocks - 1;
	}
	memset(&p->blocks[p->nblocks], 0, sizeof(p->blocks[0]));
	p->blocks[p->nblocks].number = -1;
	return p->nblocks++;
}

static void begin(struct lower *l, int block, bool entry)
{
	struct program *p = l->p;
	struct block *b = &p->blocks[block];

	l->block = -1;
	if ((!b->npreds && !entry) || p->too_large)
		return;
	l->block = block;
	b->first = p->nops;
	b->number = p->norder - p->funcs[l->func].first;
	p->order[p->norder++] = block;
}

static struct op *emit(struct lower *l, int kind, const struct stmt *s)
{
	static struct op lost;
	struct program *p = l->p;
	struct op *op = &lost;

	if (p->nops == OPS_MAX)
		p->too_large = true;
	if (l->block < 0 || p->too_large)
		return op;
	op = &p->ops[p->nops++];
	memset(op, 0, sizeof(*op));
	p->blocks[l->block].nops++;
	op->kind = (uint8_t)kind;
	op->func = (uint8_t)l->func;
	op->block = l->block;
	op->b = VAR_NONE;
	op->stmt = s;
	if (s) {
		op->a = s->a;
		op->b = s->b;
		op->value = s->value;
	}
	if (kind == DO_RETURN) {
		p->too_large |= p->nreturns == 32;
		op->a = (uint8_t)(p->nreturns % 32);
		p->returns[p->nreturns++ % 32] = p->nops - 1;
	}
	return op;
}

static int succ(struct lower *l, int to)
{
	struct block *b = &l->p->blocks[to];

	if (b->npreds == PREDS_MAX)
		l->p->too_large = true;
	else
		b->preds[b->npreds++] = l->block;
	return to;
}

static void go(struct lower *l, int to)
{
	if (l->block < 0)
		return;
	emit(l, DO_GOTO, NULL)->then = succ(l, to);
	l->block = -1;
}

static void branch(struct lower *l, const struct stmt *s, int then, int other)
{
	struct op *op = emit(l, DO_BRANCH, s);

	op->cond = s->cond;
	op->then = succ(l, s->cond.negated ? other : then);
	op->other = succ(l, s->cond.negated ? then : other);
	l->block = -1;
}

static void list(struct lower *l, const struct stmt *s);

static void lower_if(struct lower *l, const struct stmt *s)
{
	int then = new_block(l), other = new_block(l), join = new_block(l);

	branch(l, s, then, s->other ? other : join);
	begin(l, then, false);
	list(l, s->body);
	go(l, join);
	if (s->other) {
		begin(l, other, false);
		list(l, s->other);
		go(l, join);
	}
	begin(l, join, false);
}

static void lower_loop(struct lower *l, const struct stmt *s)
{
	int head = new_block(l), body = new_block(l), exit = new_block(l);
	struct lower outer = *l;

	go(l, head);
	begin(l, head, false);
	emit(l, DO_UNKNOWN, NULL)->a = VAR_T;
	branch(l, s, body, exit);
	begin(l, body, false);
	l->head = head;
	l->exit = exit;
	list(l, s->body);
	go(l, head);
	l->head = outer.head;
	l->exit = outer.exit;
	begin(l, exit, false);
}

static void stmt(struct lower *l, const struct stmt *s)
{
	switch (s->kind) {
	case DO_IF:
		lower_if(l, s);
		break;
	case DO_LOOP:
		lower_loop(l, s);
		break;
	case DO_BREAK:
		go(l, l->exit >= 0 ? l->exit : l->out);
		break;
	case DO_CONTINUE:
		go(l, l->head >= 0 ? l->head : l->out);
		break;
	case DO_OUT:
		go(l, l->out);
		break;
	case DO_AGAIN:
		go(l, l->top);
		break;
	case DO_RETURN:
		emit(l, DO_RETURN, s);
		l->block = -1;
		break;
	default:
		emit(l, s->kind, s);
		break;
	}
}

/* the last return stands behind the label 'out' */
static void list(struct lower *l, const struct stmt *s)
{
	for (; s && l->block >= 0; s = s->next)
		stmt(l, s);
}

static void function(struct lower *l, int i)
{
	struct func *f = &l->p->funcs[i];
	const struct stmt *last = f->body;
	struct stmt *s;

	l->func = i;
	l->head = l->exit = -1;
	f->first = l->p->norder;
	begin(l, new_block(l), true);
	l->top = new_block(l);
	l->out = new_block(l);
	emit(l, DO_SET, NULL)->a = VAR_F;
	emit(l, DO_SET, NULL)->a = VAR_G;
	emit(l, DO_SET, NULL)->a = VAR_ERR;
	emit(l, DO_SET, NULL)->a = VAR_T;
	go(l, l->top);
	begin(l, l->top, false);
	for (; last && last->next; last = last->next)
		;
	for (s = f->body; s && s != last && l->block >= 0; s = s->next)
		stmt(l, s);
	if (last && last->kind != DO_RETURN && l->block >= 0)
		stmt(l, last);
	go(l, l->out);
	begin(l, l->out, false);
	emit(l, DO_RETURN, last && last->kind == DO_RETURN ? last : NULL);
	l->block = -1;
	f->nblocks = l->p->norder - f->first;
}

/* variables that the function looks at; results in others are dropped */
static uint32_t reads(const struct program *p, int func)
{
	uint32_t vars = 0;

	for (int i = 0; i < p->nops; i++) {
		const struct op *op = &p->ops[i];

		if (op->func != func)
			continue;
		if (op->kind == DO_BRANCH)
			vars |= 1u << op->cond.var;
		if (op->kind == DO_SET || (op->kind == DO_RETURN && p->funcs[func].returns))
			vars |= 1u << op->b;
		for (int v = 0; v < VARS_PARAM && op->kind == DO_CALL; v++)
			if (p->funcs[op->stmt->call.func].params >> v & 1)
				vars |= 1u << op->stmt->call.vars[v];
	}
	return vars;
}

static void drop_results(struct program *p)
{
	for (int i = 0; i < p->nfuncs; i++)
		p->funcs[i].reads = reads(p, i);
	for (int i = 0; i < p->nops; i++) {
		struct op *op = &p->ops[i];
		uint32_t vars = p->funcs[op->func].reads;

		if ((op->kind == DO_TRYLOCK || op->kind == DO_MUTEX_TRYLOCK ||
		     op->kind == DO_NONBLOCK) && !(vars >> op->b & 1))
			op->b = VAR_NONE;
		if (op->kind == DO_CALL && !(vars >> op->a & 1))
			op->a = VAR_NONE;
	}
}

static bool leads_back(const struct program *p, int from, int to, bool *seen)
{
	const struct block *b = &p->blocks[from];

	for (int i = 0; i < b->npreds; i++) {
		if (b->preds[i] == to)
			return true;
		if (seen[b->preds[i]])
			continue;
		seen[b->preds[i]] = true;
		if (leads_back(p, b->preds[i], to, seen))
			return true;
	}
	return false;
}

/* one that nobody calls would be a root of its own, and is left out */
static void find_called(struct program *p)
{
	for (int i = 0; i < p->nfuncs; i++)
		p->funcs[i].called = i == p->nfuncs - 1;
	for (int i = p->nops - 1; i >= 0; i--)
		if (p->ops[i].kind == DO_CALL && p->funcs[p->ops[i].func].called)
			p->funcs[p->ops[i].stmt->call.func].called = true;
}

void program_lower(struct program *p)
{
	struct lower l;
	bool seen[BLOCKS_MAX];

	memset(&l, 0, sizeof(l));
	l.p = p;
	p->nblocks = p->nops = p->norder = p->nreturns = 0;
	for (int i = 0; i < p->nfuncs; i++)
		function(&l, i);
	drop_results(p);
	find_called(p);
	for (int i = 0; i < p->nblocks; i++) {
		memset(seen, 0, sizeof(seen));
		p->blocks[i].looping = leads_back(p, i, i, seen);
	}
}
