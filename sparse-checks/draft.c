// SPDX-License-Identifier: GPL-2.0-only
/*
 * draft.c - a body before it is handed to the engine: variables become values.
 *
 * What lower*.c write refers to variables of the function whose address nobody takes by READ
 * and WRITE. Here each becomes a value: a join gets a PHI for each variable that is
 * live there (Cytron et al., TOPLAS 1991, with liveness instead of dominance
 * frontiers), and a PHI of one value goes again. Blocks that nobody reaches are dropped. Without
 * this a dead variable of a macro would keep states apart that GCC's plugin merges.
 */
#include "lower.h"

struct draft_block {
	struct mn_insn *insns;
	int n, room;
	int number;			/* the engine's; -1: not reached */
	int *preds, npreds, preds_room;
	uint64_t *live;			/* variables that are read before written */
	mn_val *phis;			/* by variable; NULL: no join */
	mn_val *values;			/* by variable; at the end of the block */
};

struct kept {
	struct kept *next;
};

static void *keep(struct draft *d, const void *what, size_t size)
{
	struct kept *k = (struct kept *)calloc(1, sizeof(*k) + size);

	k->next = d->kept;
	d->kept = k;
	if (what)
		memcpy(k + 1, what, size);
	return k + 1;
}

/* ------------------------------------------------------------------ */
/* writing it                                                          */

int draft_block(struct draft *d)
{
	if (d->nblocks == d->room) {
		d->room = d->room * 2 + 32;
		d->blocks = (struct draft_block *)realloc(d->blocks,
			sizeof(*d->blocks) * (size_t)d->room);
	}
	memset(&d->blocks[d->nblocks], 0, sizeof(*d->blocks));
	d->blocks[d->nblocks].number = -1;
	return d->nblocks++;
}

int draft_variable(struct draft *d, const char *name)
{
	if (d->nvars == d->vars_room) {
		d->vars_room = d->vars_room * 2 + 32;
		d->vars = (struct draft_var *)realloc(d->vars,
			sizeof(*d->vars) * (size_t)d->vars_room);
	}
	d->vars[d->nvars].name = name ? (char *)keep(d, name, strlen(name) + 1) : NULL;
	d->vars[d->nvars].undefined = MN_NONE;
	return d->nvars++;
}

void draft_insn(struct draft *d, int block, const struct mn_insn *in)
{
	struct draft_block *b = &d->blocks[block];
	struct mn_insn *copy;

	if (b->n == b->room) {
		b->room = b->room * 2 + 8;
		b->insns = (struct mn_insn *)realloc(b->insns,
			sizeof(*b->insns) * (size_t)b->room);
	}
	copy = &b->insns[b->n++];
	*copy = *in;
	if (in->name)
		copy->name = (const char *)keep(d, in->name, strlen(in->name) + 1);
	if (in->nargs)
		copy->args = (const mn_val *)keep(d, in->args,
			sizeof(*in->args) * (size_t)in->nargs);
	if (in->nsucc)
		copy->succ = (const struct mn_case *)keep(d, in->succ,
			sizeof(*in->succ) * (size_t)in->nsucc);
}

/* ------------------------------------------------------------------ */
/* the graph                                                           */

static const struct mn_insn *last_insn(const struct draft_block *b)
{
	return &b->insns[b->n - 1];
}

static void add_pred(struct draft_block *b, int pred)
{
	/* several cases of one switch are one predecessor */
	if (b->npreds && b->preds[b->npreds - 1] == pred)
		return;
	if (b->npreds == b->preds_room) {
		b->preds_room = b->preds_room * 2 + 4;
		b->preds = (int *)realloc(b->preds,
			sizeof(*b->preds) * (size_t)b->preds_room);
	}
	b->preds[b->npreds++] = pred;
}

/* does @b nothing but go on, where nobody has written so? */
static bool only_goes_on(const struct draft_block *b)
{
	return b->n == 1 && b->insns[0].op == MN_GOTO && !b->insns[0].loc.line;
}

static int target_of(const struct draft *d, int block)
{
	int i;

	/* an empty endless loop goes around, but not for ever */
	for (i = 0; i < d->nblocks && only_goes_on(&d->blocks[block]); i++)
		block = d->blocks[block].insns[0].succ[0].block;
	return block;
}

static void thread_jumps(struct draft *d)
{
	struct mn_insn *last;
	int i, k;

	for (i = 0; i < d->nblocks; i++) {
		if (!d->blocks[i].n)
			continue;
		last = &d->blocks[i].insns[d->blocks[i].n - 1];
		for (k = 0; k < last->nsucc; k++)
			((struct mn_case *)last->succ)[k].block =
				target_of(d, last->succ[k].block);
	}
}

/* Blocks that can be reached get the number 0. */
static void find_reached(struct draft *d)
{
	int *stack = (int *)malloc(sizeof(*stack) * (size_t)d->nblocks);
	const struct mn_insn *last;
	int i, n = 0;

	stack[n++] = PROLOGUE;
	d->blocks[PROLOGUE].number = 0;
	while (n) {
		last = last_insn(&d->blocks[stack[--n]]);
		for (i = 0; i < last->nsucc; i++) {
			if (d->blocks[last->succ[i].block].number >= 0)
				continue;
			d->blocks[last->succ[i].block].number = 0;
			stack[n++] = last->succ[i].block;
		}
	}
	free(stack);
}

static void find_preds(struct draft *d)
{
	const struct mn_insn *last;
	int i, k;

	for (i = 0; i < d->nblocks; i++)
		d->blocks[i].npreds = 0;
	for (i = 0; i < d->nblocks; i++) {
		if (d->blocks[i].number < 0)
			continue;
		last = last_insn(&d->blocks[i]);
		for (k = 0; k < last->nsucc; k++)
			add_pred(&d->blocks[last->succ[k].block], i);
	}
}

static void append(struct draft_block *to, struct draft_block *from)
{
	int n = to->n - 1;		/* its jump goes */

	to->room = n + from->n;
	to->insns = (struct mn_insn *)realloc(to->insns,
		sizeof(*to->insns) * (size_t)to->room);
	memcpy(&to->insns[n], from->insns, sizeof(*from->insns) * (size_t)from->n);
	to->n = to->room;
	from->number = -1;
}

/* a block that only one other goes to, and always, is part of it */
static void merge_chains(struct draft *d)
{
	const struct mn_insn *last;
	struct draft_block *b, *next;
	int i;

	for (i = PROLOGUE + 1; i < d->nblocks; i++) {
		b = &d->blocks[i];
		while (b->number >= 0) {
			last = last_insn(b);
			if (last->op != MN_GOTO || last->loc.line)
				break;
			next = &d->blocks[last->succ[0].block];
			if (next == b || next->npreds != 1)
				break;
			append(b, next);
		}
	}
}

static void number_blocks(struct draft *d, struct mn_func *func)
{
	int i;

	for (i = 0; i < d->nblocks; i++)
		if (d->blocks[i].number >= 0)
			d->blocks[i].number = mn_block(func);
}

/* ------------------------------------------------------------------ */
/* which variables are live                                            */

static bool has_bit(const uint64_t *bits, int n)
{
	return bits[n / 64] >> n % 64 & 1;
}

static void set_bit(uint64_t *bits, int n, bool on)
{
	uint64_t bit = (uint64_t)1 << n % 64;

	bits[n / 64] = on ? bits[n / 64] | bit : bits[n / 64] & ~bit;
}

/* Return: has it changed? */
static bool update_live(struct draft *d, struct draft_block *b, uint64_t *bits, int words)
{
	const struct mn_insn *last = last_insn(b);
	int i, k;

	memset(bits, 0, sizeof(*bits) * (size_t)words);
	for (i = 0; i < last->nsucc; i++)
		for (k = 0; k < words; k++)
			bits[k] |= d->blocks[last->succ[i].block].live[k];
	for (i = b->n; i-- > 0; )
		if (b->insns[i].op == DRAFT_READ || b->insns[i].op == DRAFT_WRITE)
			set_bit(bits, (int)b->insns[i].imm,
				b->insns[i].op == DRAFT_READ);
	if (!memcmp(bits, b->live, sizeof(*bits) * (size_t)words))
		return false;
	memcpy(b->live, bits, sizeof(*bits) * (size_t)words);
	return true;
}

static void find_live(struct draft *d)
{
	int i, words = d->nvars / 64 + 1;
	uint64_t *bits = (uint64_t *)calloc((size_t)words, sizeof(*bits));
	bool changed = true;

	for (i = 0; i < d->nblocks; i++)
		d->blocks[i].live = (uint64_t *)keep(d, NULL,
			sizeof(*bits) * (size_t)words);
	while (changed) {
		changed = false;
		for (i = d->nblocks; i-- > 0; )
			if (d->blocks[i].number >= 0)
				changed |= update_live(d, &d->blocks[i], bits, words);
	}
	free(bits);
}

/* ------------------------------------------------------------------ */
/* values for variables                                                */

static void replace(struct draft *d, mn_val old, mn_val new)
{
	map_put(&d->replaced, old, new);
}

static mn_val resolve(const struct draft *d, mn_val v)
{
	uint32_t next;

	while (v && map_get(&d->replaced, v, &next))
		v = next;
	return v;
}

/* what @var holds where nobody has set it */
static mn_val undefined_value(struct draft *d, struct mn_func *func, int var)
{
	if (!d->vars[var].undefined)
		d->vars[var].undefined = mn_value(func, d->vars[var].name);
	return d->vars[var].undefined;
}

static void give_phis(struct draft *d, struct mn_func *func, struct draft_block *b)
{
	size_t size = sizeof(*b->phis) * (size_t)(d->nvars + 1);
	int i;

	b->phis = (mn_val *)keep(d, NULL, size);
	for (i = 0; i < d->nvars; i++)
		if (has_bit(b->live, i))
			b->values[i] = b->phis[i] = mn_value(func, d->vars[i].name);
}

static void rename_block(struct draft *d, struct mn_func *func, struct draft_block *b)
{
	size_t size = sizeof(*b->values) * (size_t)(d->nvars + 1);
	struct mn_insn *in;
	mn_val *slot;
	int i;

	b->values = (mn_val *)keep(d, b->npreds == 1 ? d->blocks[b->preds[0]].values :
				   NULL, size);
	if (b->npreds > 1)
		give_phis(d, func, b);
	for (i = 0; i < b->n; i++) {
		in = &b->insns[i];
		if (in->op != DRAFT_READ && in->op != DRAFT_WRITE)
			continue;
		slot = &b->values[in->imm];
		if (in->op == DRAFT_READ) {
			replace(d, in->dst, *slot ? *slot :
				undefined_value(d, func, (int)in->imm));
			continue;
		}
		*slot = in->a;
		if (d->vars[in->imm].name) {
			in->dst = *slot = mn_value(func, d->vars[in->imm].name);
			in->op = MN_COPY;
			in->imm = 0;
		}
	}
}

/* a block comes after its predecessor if it has only one */
static void rename_all(struct draft *d, struct mn_func *func)
{
	int *stack = (int *)malloc(sizeof(*stack) * (size_t)(d->nblocks + 1));
	const struct mn_insn *last;
	struct draft_block *b;
	int i, n = 0;

	stack[n++] = PROLOGUE;
	while (n) {
		b = &d->blocks[stack[--n]];
		rename_block(d, func, b);
		last = last_insn(b);
		for (i = last->nsucc; i-- > 0; )
			if (d->blocks[last->succ[i].block].npreds == 1 &&
			    !d->blocks[last->succ[i].block].values)
				stack[n++] = last->succ[i].block;
		/* joins wait for nobody */
		while (!n && d->next_join < d->nblocks) {
			b = &d->blocks[d->next_join];
			if (b->number >= 0 && b->npreds > 1 && !b->values)
				stack[n++] = d->next_join;
			d->next_join++;
		}
	}
	free(stack);
}

/* ------------------------------------------------------------------ */
/* PHIs                                                                */

static mn_val phi_arg(struct draft *d, struct mn_func *func, int pred, int var)
{
	mn_val v = d->blocks[pred].values[var];

	return resolve(d, v ? v : undefined_value(d, func, var));
}

/* does it choose between one value and itself? */
static bool drop_phi(struct draft *d, struct mn_func *func, struct draft_block *b, int var)
{
	mn_val self = b->phis[var], only = MN_NONE, arg;
	int i;

	for (i = 0; i < b->npreds; i++) {
		arg = phi_arg(d, func, b->preds[i], var);
		if (arg == self || arg == only)
			continue;
		if (only)
			return false;
		only = arg;
	}
	b->phis[var] = MN_NONE;
	replace(d, self, only ? only : undefined_value(d, func, var));
	return true;
}

/* Return: has one gone? */
static bool drop_phis_of(struct draft *d, struct mn_func *func, struct draft_block *b)
{
	bool changed = false;
	int i;

	for (i = 0; b->phis && i < d->nvars; i++)
		if (b->phis[i])
			changed |= drop_phi(d, func, b, i);
	return changed;
}

static void drop_phis(struct draft *d, struct mn_func *func)
{
	bool changed = true;
	int i;

	while (changed) {
		changed = false;
		for (i = 0; i < d->nblocks; i++)
			changed |= drop_phis_of(d, func, &d->blocks[i]);
	}
}

/* ------------------------------------------------------------------ */
/* handing it over                                                     */

static void find_args(struct draft *d, struct mn_func *func, const struct draft_block *b)
{
	int i, k;

	for (i = 0; b->phis && i < d->nvars; i++)
		for (k = 0; b->phis[i] && k < b->npreds; k++)
			phi_arg(d, func, b->preds[k], i);
}

/* before the PHIs that take them: they are in the prologue */
static void emit_undefined(struct draft *d, struct mn_func *func)
{
	struct mn_insn in;
	int i;

	for (i = 0; i < d->nblocks; i++)
		find_args(d, func, &d->blocks[i]);
	for (i = 0; i < d->nvars; i++) {
		if (!d->vars[i].undefined)
			continue;
		memset(&in, 0, sizeof(in));
		in.op = MN_UNKNOWN;
		in.dst = d->vars[i].undefined;
		mn_emit(func, PROLOGUE, &in);
	}
}

static void emit_phis(struct draft *d, struct mn_func *func, struct draft_block *b)
{
	mn_val *args = (mn_val *)malloc(sizeof(*args) * (size_t)(b->npreds + 1));
	int *preds = (int *)malloc(sizeof(*preds) * (size_t)(b->npreds + 1));
	struct mn_insn in;
	bool any = false;
	int i, k;

	memset(&in, 0, sizeof(in));
	in.op = MN_PHI;
	in.args = args;
	in.nargs = b->npreds;
	if (b->n)
		in.loc = b->insns[0].loc;
	for (i = 0; b->phis && i < d->nvars; i++) {
		if (!b->phis[i])
			continue;
		for (k = 0; k < b->npreds; k++)
			args[k] = phi_arg(d, func, b->preds[k], i);
		in.dst = b->phis[i];
		mn_emit(func, b->number, &in);
		any = true;
	}
	for (k = 0; k < b->npreds; k++)
		preds[k] = d->blocks[b->preds[k]].number;
	if (any)
		mn_block_preds(func, b->number, preds, b->npreds);
	free(args);
	free(preds);
}

static void emit_insn(struct draft *d, struct mn_func *func, const struct draft_block *b,
		      struct mn_insn *in)
{
	mn_val *args = (mn_val *)in->args;	/* both are ours: see draft_insn() */
	struct mn_case *succ = (struct mn_case *)in->succ;
	int i;

	in->a = resolve(d, in->a);
	in->b = resolve(d, in->b);
	for (i = 0; i < in->nargs; i++)
		args[i] = resolve(d, args[i]);
	for (i = 0; i < in->nsucc; i++)
		succ[i].block = d->blocks[succ[i].block].number;
	mn_emit(func, b->number, in);
}

static void emit_block(struct draft *d, struct mn_func *func, struct draft_block *b)
{
	int i;

	if (b->number < 0)
		return;
	emit_phis(d, func, b);
	for (i = 0; i < b->n; i++)
		if (b->insns[i].op != DRAFT_READ && b->insns[i].op != DRAFT_WRITE)
			emit_insn(d, func, b, &b->insns[i]);
}

void draft_finish(struct draft *d, struct mn_func *func)
{
	int i;

	thread_jumps(d);
	find_reached(d);
	find_preds(d);
	merge_chains(d);
	find_preds(d);
	number_blocks(d, func);
	find_live(d);
	rename_all(d, func);
	drop_phis(d, func);
	emit_undefined(d, func);
	for (i = 0; i < d->nblocks; i++)
		emit_block(d, func, &d->blocks[i]);
}

void draft_free(struct draft *d)
{
	struct kept *next;
	int i;

	for (i = 0; i < d->nblocks; i++) {
		free(d->blocks[i].insns);
		free(d->blocks[i].preds);
	}
	for (; d->kept; d->kept = next) {
		next = d->kept->next;
		free(d->kept);
	}
	free(d->blocks);
	free(d->vars);
	map_free(&d->replaced);
}
