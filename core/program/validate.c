// SPDX-License-Identifier: GPL-2.0-only
/*
 * validate.c - the door of the engine: a broken program is our fault, never a finding.
 *
 * Looks at every function with a body, and numbers its blocks on the way (order.c). Does
 * not judge what the program means. That a value is defined before its use on every path is
 * dominance: the block of its definition dominates that of the use (immediate dominators
 * after Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm", 2001). Code that
 * nothing reaches is checked for its form only. A table that is const holds one function in
 * a place.
 */
#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include "program.h"

struct door {
	const struct mn_func *func;
	struct mn_arena *arena;		/* freed when all are checked */
	char *err;
	size_t size;
	int n;				/* blocks */
	int *by_order;			/* reached blocks, in that order */
	int nordered;
	int *pred, *first, *npreds;	/* pred[first[b]] .. [first[b] + npreds[b] - 1] */
	int *idom;
	int *tree, *below;		/* tree[b] .. [b] + below[b] - 1: b, and what it dominates */
	int *def_block;			/* of a value; -1: not defined */
	int *def_insn;			/* -1: parameter, defined at entry */
};

static int fault(const struct door *d, int block, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

static int fault(const struct door *d, int block, const char *fmt, ...)
{
	va_list args;
	int len;

	len = snprintf(d->err, d->size, block < 0 ? "function '%s': " :
		       "function '%s', block %d: ", d->func->name, block);
	if ((size_t)len < d->size) {
		va_start(args, fmt);
		vsnprintf(d->err + len, d->size - (size_t)len, fmt, args);
		va_end(args);
	}
	return -EINVAL;
}

/* ------------------------------------------------------------------ */
/* the form of one instruction                                         */

static bool in_shape(const char *shape, char field, bool *required)
{
	*required = strchr(shape, field) != NULL;
	return *required || strchr(shape, field - 'A' + 'a');
}

static int check_value(const struct door *d, int block, const struct mn_insn *in,
		       char field, mn_val value)
{
	bool required, used = in_shape(op_shape(in->op), field, &required);
	const char *word = op_word(in->op);

	if (value >= (mn_val)d->func->values.n)
		return fault(d, block, "'%s' names v%u, which was never made", word,
			     value);
	if (!used && value != MN_NONE)
		return fault(d, block, "'%s' has v%u as its %c and uses none", word,
			     value, field);
	if (required && value == MN_NONE)
		return fault(d, block, "'%s' lacks its %c", word, field);
	return 0;
}

static int check_args(const struct door *d, int block, const struct mn_insn *in)
{
	int i;

	if (in->nargs && !strchr(op_shape(in->op), 'L'))
		return fault(d, block, "'%s' has arguments and uses none",
			     op_word(in->op));
	for (i = 0; i < in->nargs; i++)
		if (in->args[i] == MN_NONE ||
		    in->args[i] >= (mn_val)d->func->values.n)
			return fault(d, block, "argument %d of '%s' is v%u, which was never made",
				     i + 1, op_word(in->op), in->args[i]);
	return 0;
}

static int check_name(const struct door *d, int block, const struct mn_insn *in)
{
	bool required, used = in_shape(op_shape(in->op), 'N', &required);

	if (!used && in->name)
		return fault(d, block, "'%s' has the name '%s' and uses none",
			     op_word(in->op), in->name);
	if (required && !in->name)
		return fault(d, block, "'%s' lacks its name", op_word(in->op));
	return 0;
}

static int check_default(const struct door *d, int block, const struct mn_insn *in)
{
	int i, n = 0;

	for (i = 0; i < in->nsucc; i++)
		n += in->succ[i].lo > in->succ[i].hi;
	if (n != 1)
		return fault(d, block, "'switch' has %d defaults instead of one", n);
	return 0;
}

static int check_succ(const struct door *d, int block, const struct mn_insn *in)
{
	bool many = in->op == MN_SWITCH || in->op == MN_FORK;
	int i, want = in->op == MN_GOTO ? 1 : in->op == MN_IF ? 2 : 0;

	if (many ? in->nsucc < 1 : in->nsucc != want)
		return fault(d, block, "'%s' has %d successors", op_word(in->op),
			     in->nsucc);
	for (i = 0; i < in->nsucc; i++)
		if (in->succ[i].block < 0 || in->succ[i].block >= d->n)
			return fault(d, block, "'%s' goes to block %d, which does not exist",
				     op_word(in->op), in->succ[i].block);
	return in->op == MN_SWITCH ? check_default(d, block, in) : 0;
}

static int check_insn(const struct door *d, int block, const struct mn_insn *in)
{
	int ret;

	if ((unsigned int)in->op >= MN_OP_COUNT)
		return fault(d, block, "no operation has the number %d", in->op);
	ret = check_value(d, block, in, 'D', in->dst);
	if (!ret)
		ret = check_value(d, block, in, 'A', in->a);
	if (!ret)
		ret = check_value(d, block, in, 'B', in->b);
	if (!ret)
		ret = check_args(d, block, in);
	if (!ret)
		ret = check_name(d, block, in);
	if (!ret)
		ret = check_succ(d, block, in);
	return ret;
}

static int check_place(const struct door *d, int block, int at)
{
	const struct block *b = &d->func->blocks.v[block];
	const struct mn_insn *in = &b->insns.v[at];

	if (op_ends_block(in->op) != (at == b->insns.n - 1))
		return fault(d, block, op_ends_block(in->op) ?
			     "'%s' leaves the block and is not its last instruction" :
			     "'%s' is the last instruction and does not leave the block",
			     op_word(in->op));
	if (in->op != MN_PHI)
		return 0;
	if (!block)
		return fault(d, block, "'phi' in the entry block");
	if (at && b->insns.v[at - 1].op != MN_PHI)
		return fault(d, block, "'phi' behind another instruction");
	if (in->nargs != b->npreds)
		return fault(d, block, "'phi' has %d arguments for %d predecessors",
			     in->nargs, b->npreds);
	return 0;
}

static int check_form(const struct door *d)
{
	const struct block *b;
	int i, k, ret;

	for (i = 0; i < d->n; i++) {
		b = &d->func->blocks.v[i];
		if (!b->insns.n)
			return fault(d, i, "has no instruction");
		for (k = 0; k < b->insns.n; k++) {
			ret = check_insn(d, i, &b->insns.v[k]);
			if (!ret)
				ret = check_place(d, i, k);
			if (ret)
				return ret;
		}
	}
	return 0;
}

/* ------------------------------------------------------------------ */
/* edges and their order                                               */

static const struct mn_insn *last_insn(const struct mn_func *func, int block)
{
	const struct block *b = &func->blocks.v[block];

	return &b->insns.v[b->insns.n - 1];
}

static void count_preds(struct door *d)
{
	const struct mn_insn *in;
	int b, i;

	d->first = arena_new_array(d->arena, int, d->n + 1);
	d->npreds = arena_new_array(d->arena, int, d->n);
	for (b = 0; b < d->n; b++) {
		in = last_insn(d->func, b);
		for (i = 0; i < in->nsucc; i++)
			d->first[in->succ[i].block + 1]++;
	}
	for (b = 0; b < d->n; b++)
		d->first[b + 1] += d->first[b];
	d->pred = arena_new_array(d->arena, int, d->first[d->n]);
}

/* each edge once, though several cases of a switch may go the same way */
static void collect_preds(struct door *d)
{
	const struct mn_insn *in;
	int b, i, to, end;

	count_preds(d);
	for (b = 0; b < d->n; b++) {
		in = last_insn(d->func, b);
		for (i = 0; i < in->nsucc; i++) {
			to = in->succ[i].block;
			end = d->first[to] + d->npreds[to];
			if (d->npreds[to] && d->pred[end - 1] == b)
				continue;
			d->pred[end] = b;
			d->npreds[to]++;
		}
	}
}

static int check_told_preds(const struct door *d, int block, int *seen)
{
	const struct block *b = &d->func->blocks.v[block];
	int i, p;

	for (i = 0; i < b->npreds; i++) {
		p = b->preds[i];
		if (p < 0 || p >= d->n || seen[p] != block + 1)
			return fault(d, block, "predecessor %d does not exist or is listed twice",
				     p);
		seen[p] = 0;
	}
	if (b->npreds && b->npreds != d->npreds[block])
		return fault(d, block, "lists %d predecessors and has %d",
			     b->npreds, d->npreds[block]);
	return 0;
}

/* seen[p] is block + 1 for a predecessor p of block that was not reported yet */
static int check_preds(const struct door *d)
{
	int *seen = arena_new_array(d->arena, int, d->n);
	int b, i, ret = 0;

	for (b = 0; b < d->n && !ret; b++) {
		for (i = 0; i < d->npreds[b]; i++)
			seen[d->pred[d->first[b] + i]] = b + 1;
		ret = check_told_preds(d, b, seen);
	}
	return ret;
}

static void number_blocks(struct door *d)
{
	struct block *blocks = d->func->blocks.v;
	int i;

	for (i = 0; i < d->n; i++)
		blocks[i].order = -1;
	d->by_order = arena_new_array(d->arena, int, d->n);
	d->nordered = order_blocks(d->func, d->arena, d->by_order);
	for (i = 0; i < d->nordered; i++)
		blocks[d->by_order[i]].order = i;
}

/* ------------------------------------------------------------------ */
/* definitions before uses                                             */

static int common_dominator(const struct door *d, int a, int b)
{
	const struct block *blocks = d->func->blocks.v;

	while (a != b) {
		while (blocks[a].order > blocks[b].order)
			a = d->idom[a];
		while (blocks[b].order > blocks[a].order)
			b = d->idom[b];
	}
	return a;
}

static int new_idom(const struct door *d, int block)
{
	int i, p, idom = -1;

	for (i = 0; i < d->npreds[block]; i++) {
		p = d->pred[d->first[block] + i];
		if (d->idom[p] < 0)
			continue;
		idom = idom < 0 ? p : common_dominator(d, p, idom);
	}
	return idom;
}

/*
 * Numbers in the tree of dominators, each block before those that it dominates. What is not
 * reached dominates nothing, and what the entry does nobody asks.
 */
static void number_tree(struct door *d)
{
	int *next = arena_new_array(d->arena, int, d->n);
	int i, b;

	d->tree = arena_new_array(d->arena, int, d->n);
	d->below = arena_new_array(d->arena, int, d->n);
	for (i = d->nordered - 1; i > 0; i--) {
		b = d->by_order[i];
		d->below[b]++;
		d->below[d->idom[b]] += d->below[b];
	}
	for (i = 0; i < d->nordered; i++) {
		b = d->by_order[i];
		d->tree[b] = next[d->idom[b]];
		next[d->idom[b]] += d->below[b];
		next[b] = d->tree[b] + 1;
	}
}

static void find_dominators(struct door *d)
{
	bool changed = true;
	int i, b, idom;

	d->idom = arena_new_array(d->arena, int, d->n);
	for (i = 0; i < d->n; i++)
		d->idom[i] = -1;
	d->idom[0] = 0;
	while (changed) {
		changed = false;
		for (i = 1; i < d->nordered; i++) {
			b = d->by_order[i];
			idom = new_idom(d, b);
			changed |= idom != d->idom[b];
			d->idom[b] = idom;
		}
	}
	number_tree(d);
}

static int collect_defs(struct door *d)
{
	const struct block *b;
	int i, k;
	mn_val v;

	d->def_block = arena_new_array(d->arena, int, d->func->values.n);
	d->def_insn = arena_new_array(d->arena, int, d->func->values.n);
	for (i = 0; i < d->func->values.n; i++) {
		d->def_block[i] = i <= d->func->nparams ? 0 : -1;
		d->def_insn[i] = -1;
	}
	for (i = 0; i < d->n; i++) {
		b = &d->func->blocks.v[i];
		for (k = 0; k < b->insns.n; k++) {
			v = b->insns.v[k].dst;
			if (v == MN_NONE)
				continue;
			if (d->def_block[v] >= 0)
				return fault(d, i, "v%u is defined a second time", v);
			d->def_block[v] = i;
			d->def_insn[v] = k;
		}
	}
	return 0;
}

/* is @v defined on every path to instruction @at of @block? */
static bool is_defined(const struct door *d, int block, int at, mn_val v)
{
	int def = d->def_block[v];

	if (def == block)
		return d->def_insn[v] < at;
	if (def <= 0)
		return !def;
	return d->tree[def] <= d->tree[block] &&
	       d->tree[block] < d->tree[def] + d->below[def];
}

static int check_use(const struct door *d, int block, int at, mn_val v)
{
	if (v == MN_NONE || is_defined(d, block, at, v))
		return 0;
	return fault(d, block, d->def_block[v] < 0 ?
		     "v%u is used and never defined" :
		     "v%u is used where it is not defined on every path", v);
}

static int check_phi(const struct door *d, int block, const struct mn_insn *in)
{
	const struct block *b = &d->func->blocks.v[block];
	const struct block *pred;
	int i;

	for (i = 0; i < in->nargs; i++) {
		pred = &d->func->blocks.v[b->preds[i]];
		if (pred->order >= 0 &&
		    !is_defined(d, b->preds[i], pred->insns.n, in->args[i]))
			return fault(d, block, "'phi' takes v%u, which is not defined on every path through predecessor %d",
				     in->args[i], b->preds[i]);
	}
	return 0;
}

static int check_uses(const struct door *d, int block)
{
	const struct block *b = &d->func->blocks.v[block];
	const struct mn_insn *in;
	int i, k, ret = 0;

	for (k = 0; k < b->insns.n && !ret; k++) {
		in = &b->insns.v[k];
		if (in->op == MN_PHI) {
			ret = check_phi(d, block, in);
			continue;
		}
		ret = check_use(d, block, k, in->a);
		if (!ret)
			ret = check_use(d, block, k, in->b);
		for (i = 0; i < in->nargs && !ret; i++)
			ret = check_use(d, block, k, in->args[i]);
	}
	return ret;
}

/* ------------------------------------------------------------------ */

static int check_body(struct door *d)
{
	int i, ret = check_form(d);

	if (ret)
		return ret;
	collect_preds(d);
	ret = check_preds(d);
	if (ret)
		return ret;
	number_blocks(d);
	find_dominators(d);
	ret = collect_defs(d);
	for (i = 0; i < d->nordered && !ret; i++)
		ret = check_uses(d, d->by_order[i]);
	return ret;
}

static int table_fault(const struct mn_table *table, const char *what, char *err,
		       size_t size)
{
	snprintf(err, size, "table '%s': %s", table->name, what);
	return -EINVAL;
}

static int check_table(const struct mn_table *table, char *err, size_t size)
{
	const struct table_member *a, *b;
	int i, k;

	for (i = 0; i < table->members.n; i++) {
		a = &table->members.v[i];
		if (a->bits < 0 || !a->member || !a->func || !*a->func)
			return table_fault(table, "a member lacks its place or its function",
					   err, size);
		for (k = 0; k < i; k++) {
			b = &table->members.v[k];
			if (a->bits == b->bits && table->flags & MN_TABLE_CONST)
				return table_fault(table, "is const and has two functions in one place",
						   err, size);
		}
	}
	return 0;
}

static int check_func(const struct mn_func *func, struct mn_arena *arena, char *err, size_t size)
{
	struct door d;

	memset(&d, 0, sizeof(d));
	d.func = func;
	d.arena = arena;
	d.err = err;
	d.size = size;
	d.n = func->blocks.n;
	if (d.n)
		return check_body(&d);
	return func->wanted && !func->unit->load ? fault(&d, -1, "is wanted and has no body") : 0;
}

int func_validate(const struct mn_func *func, char *err, size_t size)
{
	struct mn_arena *arena = arena_new();
	int ret = check_func(func, arena, err, size);

	arena_free(arena);
	return ret;
}

int mn_validate(const struct mn_unit *unit, char *err, size_t size)
{
	struct mn_arena *arena = arena_new();
	int i, ret = 0;

	for (i = 0; i < unit->tables.n && !ret; i++)
		ret = check_table(unit->tables.v[i], err, size);
	for (i = 0; i < unit->funcs.n && !ret; i++) {
		const struct mn_func *func = unit->funcs.v[i];

		/* built for other units only: they will look at it */
		if (func->wanted || !func->keep)
			ret = check_func(func, arena, err, size);
	}
	arena_free(arena);
	return ret;
}
