// SPDX-License-Identifier: GPL-2.0-only
/*
 * ssa.c - a body before it is in the function: variables become values.
 *
 * What an adapter builds may refer to variables of the source that are in no memory, by
 * reads and writes. Here each becomes a value: a join gets a PHI for each variable that is
 * live there (Cytron et al., TOPLAS 1991, with liveness instead of dominance
 * frontiers), and a PHI of one value goes again. Unreachable blocks are dropped. Without
 * this a dead variable of a macro would keep states apart that GCC's plugin merges.
 */
#include "lower.h"
#include "draft.h"

enum access { NO_ACCESS, READS, WRITES };

struct draft_insn {
	struct mn_insn in;		/* of a read dst and loc, of a write a and loc */
	enum access access;
	int var;
};

struct draft_block {
	MN_VEC(struct draft_insn) insns;
	MN_VEC(int) preds;
	int number;			/* the function's; -1: not reached */
	uint64_t *live;			/* variables that are read before written */
	mn_val *phis;			/* by variable; NULL: no join */
	mn_val *values;			/* by variable; at the end of the block */
};

struct draft_var {
	const char *name;
	mn_val undefined;
};

struct mn_ssa {
	struct mn_arena *arena;
	struct mn_func *func;
	MN_VEC(struct draft_block) blocks;
	MN_VEC(struct draft_var) vars;
	struct mn_map replaced;		/* value -> the value it is */
	int next_join;
};

static void *copy_of(struct mn_ssa *s, const void *what, size_t n, size_t size)
{
	void *copy = arena_alloc(s->arena, n * size);

	if (what)
		memcpy(copy, what, n * size);
	return copy;
}

/* ------------------------------------------------------------------ */
/* writing it                                                          */

struct mn_ssa *ssa_new(struct mn_func *func)
{
	struct mn_arena *arena = arena_new();
	struct mn_ssa *s = arena_new_array(arena, struct mn_ssa, 1);

	s->arena = arena;
	s->func = func;
	return s;
}

int ssa_block(struct mn_ssa *s)
{
	struct draft_block *b = vec_push(s->arena, &s->blocks);

	b->number = -1;
	return s->blocks.n - 1;
}

int ssa_variable(struct mn_ssa *s, const char *name)
{
	struct draft_var *var = vec_push(s->arena, &s->vars);

	var->name = arena_intern(s->arena, name);
	return s->vars.n - 1;
}

static struct draft_insn *add_insn(struct mn_ssa *s, int block)
{
	return vec_push(s->arena, &s->blocks.v[block].insns);
}

void ssa_insn(struct mn_ssa *s, int block, const struct mn_insn *in)
{
	struct mn_insn *copy = &add_insn(s, block)->in;

	*copy = *in;
	copy->name = arena_intern(s->arena, in->name);
	if (in->nargs)
		copy->args = (const mn_val *)copy_of(s, in->args, (size_t)in->nargs,
						     sizeof(*in->args));
	if (in->nsucc)
		copy->succ = (const struct mn_case *)copy_of(s, in->succ, (size_t)in->nsucc,
							     sizeof(*in->succ));
}

mn_val ssa_read(struct mn_ssa *s, int block, int var, struct mn_loc loc)
{
	struct draft_insn *d = add_insn(s, block);

	d->access = READS;
	d->var = var;
	d->in.loc = loc;
	d->in.dst = mn_value(s->func, NULL);
	return d->in.dst;
}

void ssa_write(struct mn_ssa *s, int block, int var, mn_val v, struct mn_loc loc)
{
	struct draft_insn *d = add_insn(s, block);

	d->access = WRITES;
	d->var = var;
	d->in.a = v;
	d->in.loc = loc;
}

/* ------------------------------------------------------------------ */
/* the graph                                                           */

static const struct mn_insn *last_insn(const struct draft_block *b)
{
	return &b->insns.v[b->insns.n - 1].in;
}

static void add_pred(struct mn_ssa *s, struct draft_block *b, int pred)
{
	/* several cases of one switch are one predecessor */
	if (!b->preds.n || b->preds.v[b->preds.n - 1] != pred)
		*vec_push(s->arena, &b->preds) = pred;
}

/* does @b nothing but go on, without a goto in the source? */
static bool only_goes_on(const struct draft_block *b)
{
	return b->insns.n == 1 && b->insns.v[0].in.op == MN_GOTO &&
	       !b->insns.v[0].access && !b->insns.v[0].in.loc.line;
}

static int target_of(const struct mn_ssa *s, int block)
{
	int i;

	/* an empty endless loop goes around, but not for ever */
	for (i = 0; i < s->blocks.n && only_goes_on(&s->blocks.v[block]); i++)
		block = s->blocks.v[block].insns.v[0].in.succ[0].block;
	return block;
}

static void thread_jumps(struct mn_ssa *s)
{
	const struct mn_insn *last;
	int i, k;

	for (i = 0; i < s->blocks.n; i++) {
		if (!s->blocks.v[i].insns.n)
			continue;
		last = last_insn(&s->blocks.v[i]);
		for (k = 0; k < last->nsucc; k++)
			((struct mn_case *)last->succ)[k].block =
				target_of(s, last->succ[k].block);
	}
}

/* Blocks that can be reached get the number 0. */
static void find_reached(struct mn_ssa *s)
{
	int *stack = arena_new_array(s->arena, int, s->blocks.n);
	const struct mn_insn *last;
	struct draft_block *next;
	int i, n = 0;

	stack[n++] = MN_PROLOGUE;
	s->blocks.v[MN_PROLOGUE].number = 0;
	while (n) {
		last = last_insn(&s->blocks.v[stack[--n]]);
		for (i = 0; i < last->nsucc; i++) {
			next = &s->blocks.v[last->succ[i].block];
			if (next->number >= 0)
				continue;
			next->number = 0;
			stack[n++] = last->succ[i].block;
		}
	}
}

static void find_preds(struct mn_ssa *s)
{
	const struct mn_insn *last;
	int i, k;

	for (i = 0; i < s->blocks.n; i++)
		s->blocks.v[i].preds.n = 0;
	for (i = 0; i < s->blocks.n; i++) {
		if (s->blocks.v[i].number < 0)
			continue;
		last = last_insn(&s->blocks.v[i]);
		for (k = 0; k < last->nsucc; k++)
			add_pred(s, &s->blocks.v[last->succ[k].block], i);
	}
}

static void append(struct mn_ssa *s, struct draft_block *to, struct draft_block *from)
{
	int i;

	to->insns.n--;			/* its jump goes */
	for (i = 0; i < from->insns.n; i++)
		*vec_push(s->arena, &to->insns) = from->insns.v[i];
	from->number = -1;
}

/* a block that only one other goes to, and always, is part of it */
static void merge_chains(struct mn_ssa *s)
{
	const struct mn_insn *last;
	struct draft_block *b, *next;
	int i;

	for (i = MN_PROLOGUE + 1; i < s->blocks.n; i++) {
		b = &s->blocks.v[i];
		while (b->number >= 0) {
			last = last_insn(b);
			if (last->op != MN_GOTO || last->loc.line)
				break;
			next = &s->blocks.v[last->succ[0].block];
			if (next == b || next->preds.n != 1)
				break;
			append(s, b, next);
		}
	}
}

static void number_blocks(struct mn_ssa *s)
{
	int i;

	for (i = 0; i < s->blocks.n; i++)
		if (s->blocks.v[i].number >= 0)
			s->blocks.v[i].number = mn_block(s->func);
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
static bool update_live(struct mn_ssa *s, struct draft_block *b, uint64_t *bits, int words)
{
	const struct mn_insn *last = last_insn(b);
	int i, k;

	memset(bits, 0, sizeof(*bits) * (size_t)words);
	for (i = 0; i < last->nsucc; i++)
		for (k = 0; k < words; k++)
			bits[k] |= s->blocks.v[last->succ[i].block].live[k];
	for (i = b->insns.n; i-- > 0; )
		if (b->insns.v[i].access)
			set_bit(bits, b->insns.v[i].var, b->insns.v[i].access == READS);
	if (!memcmp(bits, b->live, sizeof(*bits) * (size_t)words))
		return false;
	memcpy(b->live, bits, sizeof(*bits) * (size_t)words);
	return true;
}

static void find_live(struct mn_ssa *s)
{
	int i, words = s->vars.n / 64 + 1;
	uint64_t *bits = arena_new_array(s->arena, uint64_t, words);
	bool changed = true;

	for (i = 0; i < s->blocks.n; i++)
		s->blocks.v[i].live = arena_new_array(s->arena, uint64_t, words);
	while (changed) {
		changed = false;
		for (i = s->blocks.n; i-- > 0; )
			if (s->blocks.v[i].number >= 0)
				changed |= update_live(s, &s->blocks.v[i], bits, words);
	}
}

/* ------------------------------------------------------------------ */
/* values for variables                                                */

static void replace(struct mn_ssa *s, mn_val old, mn_val by)
{
	mn_map_put(&s->replaced, old, by);
}

static mn_val resolve(const struct mn_ssa *s, mn_val v)
{
	uint32_t next;

	while (v && mn_map_get(&s->replaced, v, &next))
		v = next;
	return v;
}

/* what @var holds before any store */
static mn_val undefined_value(struct mn_ssa *s, int var)
{
	struct draft_var *v = &s->vars.v[var];

	if (!v->undefined)
		v->undefined = mn_value(s->func, v->name);
	return v->undefined;
}

static void give_phis(struct mn_ssa *s, struct draft_block *b)
{
	int i;

	b->phis = arena_new_array(s->arena, mn_val, s->vars.n + 1);
	for (i = 0; i < s->vars.n; i++)
		if (has_bit(b->live, i))
			b->values[i] = b->phis[i] = mn_value(s->func, s->vars.v[i].name);
}

/* what was read may have got a name since: that of what it is assigned to, where a macro's variable has none */
static void hand_name_on(struct mn_ssa *s, mn_val from, mn_val to)
{
	const struct value *values = s->func->values.v;

	if (values[from].name && !values[to].name)
		mn_value_name(s->func, to, values[from].name);
}

/* what is assigned, such as a call's result, may have got the variable's name: then it is the variable */
static bool is_called(const struct mn_ssa *s, mn_val v, const char *name)
{
	const char *known = s->func->values.v[v].name;

	return known && !strcmp(known, name);
}

static void rename_access(struct mn_ssa *s, struct draft_block *b, struct draft_insn *d)
{
	mn_val *slot = &b->values[d->var];
	const char *name = s->vars.v[d->var].name;

	if (d->access == READS) {
		replace(s, d->in.dst, *slot ? *slot : undefined_value(s, d->var));
		hand_name_on(s, d->in.dst, resolve(s, d->in.dst));
		return;
	}
	*slot = d->in.a;
	if (!name || is_called(s, resolve(s, d->in.a), name))
		return;
	d->in.dst = *slot = mn_value(s->func, name);
	d->in.op = MN_COPY;
	d->access = NO_ACCESS;
}

static void rename_block(struct mn_ssa *s, struct draft_block *b)
{
	int i;

	b->values = (mn_val *)copy_of(s, b->preds.n == 1 ?
				      s->blocks.v[b->preds.v[0]].values : NULL,
				      (size_t)s->vars.n + 1, sizeof(*b->values));
	if (b->preds.n > 1)
		give_phis(s, b);
	for (i = 0; i < b->insns.n; i++)
		if (b->insns.v[i].access)
			rename_access(s, b, &b->insns.v[i]);
}

/* a block comes after its predecessor if it has only one */
static void rename_all(struct mn_ssa *s)
{
	int *stack = arena_new_array(s->arena, int, s->blocks.n + 1);
	const struct mn_insn *last;
	struct draft_block *b;
	int i, n = 0;

	stack[n++] = MN_PROLOGUE;
	while (n) {
		b = &s->blocks.v[stack[--n]];
		rename_block(s, b);
		last = last_insn(b);
		for (i = last->nsucc; i-- > 0; ) {
			b = &s->blocks.v[last->succ[i].block];
			if (b->preds.n == 1 && !b->values)
				stack[n++] = last->succ[i].block;
		}
		/* a join waits for no other block */
		while (!n && s->next_join < s->blocks.n) {
			b = &s->blocks.v[s->next_join];
			if (b->number >= 0 && b->preds.n > 1)
				stack[n++] = s->next_join;
			s->next_join++;
		}
	}
}

/* ------------------------------------------------------------------ */
/* PHIs                                                                */

static mn_val phi_arg(struct mn_ssa *s, int pred, int var)
{
	mn_val v = s->blocks.v[pred].values[var];

	return resolve(s, v ? v : undefined_value(s, var));
}

/* does it choose between one value and itself? */
static bool drop_phi(struct mn_ssa *s, struct draft_block *b, int var)
{
	mn_val self = b->phis[var], only = MN_NONE, arg;
	int i;

	for (i = 0; i < b->preds.n; i++) {
		arg = phi_arg(s, b->preds.v[i], var);
		if (arg == self || arg == only)
			continue;
		if (only)
			return false;
		only = arg;
	}
	b->phis[var] = MN_NONE;
	replace(s, self, only ? only : undefined_value(s, var));
	return true;
}

/* Return: has one gone? */
static bool drop_phis_of(struct mn_ssa *s, struct draft_block *b)
{
	bool changed = false;
	int i;

	for (i = 0; b->phis && i < s->vars.n; i++)
		if (b->phis[i])
			changed |= drop_phi(s, b, i);
	return changed;
}

static void drop_phis(struct mn_ssa *s)
{
	bool changed = true;
	int i;

	while (changed) {
		changed = false;
		for (i = 0; i < s->blocks.n; i++)
			changed |= drop_phis_of(s, &s->blocks.v[i]);
	}
}

/* ------------------------------------------------------------------ */
/* into the function                                                   */

static void find_args(struct mn_ssa *s, const struct draft_block *b)
{
	int i, k;

	for (i = 0; b->phis && i < s->vars.n; i++)
		for (k = 0; b->phis[i] && k < b->preds.n; k++)
			phi_arg(s, b->preds.v[k], i);
}

/* before the PHIs that take them: they are in the prologue */
static void emit_undefined(struct mn_ssa *s)
{
	struct mn_insn in;
	int i;

	for (i = 0; i < s->blocks.n; i++)
		find_args(s, &s->blocks.v[i]);
	memset(&in, 0, sizeof(in));
	in.op = MN_UNKNOWN;
	for (i = 0; i < s->vars.n; i++) {
		in.dst = s->vars.v[i].undefined;
		if (in.dst)
			mn_emit(s->func, MN_PROLOGUE, &in);
	}
}

static void emit_phis(struct mn_ssa *s, struct draft_block *b)
{
	mn_val *args = arena_new_array(s->arena, mn_val, b->preds.n + 1);
	int *preds = arena_new_array(s->arena, int, b->preds.n + 1);
	struct mn_insn in;
	bool any = false;
	int i, k;

	memset(&in, 0, sizeof(in));
	in.op = MN_PHI;
	in.args = args;
	in.nargs = b->preds.n;
	if (b->insns.n)
		in.loc = b->insns.v[0].in.loc;
	for (i = 0; b->phis && i < s->vars.n; i++) {
		if (!b->phis[i])
			continue;
		for (k = 0; k < b->preds.n; k++)
			args[k] = phi_arg(s, b->preds.v[k], i);
		in.dst = b->phis[i];
		mn_emit(s->func, b->number, &in);
		any = true;
	}
	for (k = 0; k < b->preds.n; k++)
		preds[k] = s->blocks.v[b->preds.v[k]].number;
	if (any)
		mn_block_preds(s->func, b->number, preds, b->preds.n);
}

static void emit_insn(struct mn_ssa *s, const struct draft_block *b, struct mn_insn *in)
{
	mn_val *args = (mn_val *)in->args;	/* both are ours: see ssa_insn() */
	struct mn_case *succ = (struct mn_case *)in->succ;
	int i;

	in->a = resolve(s, in->a);
	in->b = resolve(s, in->b);
	for (i = 0; i < in->nargs; i++)
		args[i] = resolve(s, args[i]);
	for (i = 0; i < in->nsucc; i++)
		succ[i].block = s->blocks.v[succ[i].block].number;
	mn_emit(s->func, b->number, in);
}

static void emit_block(struct mn_ssa *s, struct draft_block *b)
{
	int i;

	if (b->number < 0)
		return;
	emit_phis(s, b);
	for (i = 0; i < b->insns.n; i++)
		if (!b->insns.v[i].access)
			emit_insn(s, b, &b->insns.v[i].in);
}

void ssa_finish(struct mn_ssa *s)
{
	int i;

	thread_jumps(s);
	find_reached(s);
	find_preds(s);
	merge_chains(s);
	find_preds(s);
	number_blocks(s);
	find_live(s);
	rename_all(s);
	drop_phis(s);
	emit_undefined(s);
	for (i = 0; i < s->blocks.n; i++)
		emit_block(s, &s->blocks.v[i]);
	mn_map_free(&s->replaced);
	arena_free(s->arena);
}
