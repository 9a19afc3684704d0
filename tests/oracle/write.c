// SPDX-License-Identifier: GPL-2.0-only
/*
 * write.c - the blocks in the engine's text form (testcases/cfg/README.md).
 *
 * Each op gets the line of the call that it is: there the findings are. A function is
 * written twice, the first time to nowhere: then it is known which value a flag has at the
 * end of each block, which the phis of a loop's head need.
 */
#include <stdarg.h>
#include <string.h>

#include "oracle.h"

struct writer {
	struct program *p;
	const struct func *f;
	FILE *to;			/* NULL the first time */
	int line, call, values;
	int params[PARAMS], slots[SLOTS], ptl, blockable;
	int env[VARS], out[BLOCKS_MAX][VARS];
};

static const char *const param_names[PARAMS] = {
	[VAR_C] = "c", [VAR_D] = "d", [VAR_MODE] = "mode", [PARAM_VMA] = "vma",
	[PARAM_MM] = "mm", [PARAM_MM2] = "mm2", [PARAM_PMD] = "pmd", [PARAM_PTE] = "pte",
	[PARAM_START] = "start", [PARAM_END] = "end", [PARAM_START2] = "start2",
	[PARAM_END2] = "end2", [PARAM_RANGE] = "range", [PARAM_LOCK] = "lock",
	[PARAM_NOTIFIER] = "mn",
};
static const char *const var_names[VARS] = { "c", "d", "mode", "f", "g", "t", "err" };

static void put(struct writer *w, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* a line */
static void put(struct writer *w, const char *fmt, ...)
{
	va_list args;

	w->line++;
	if (!w->to)
		return;
	va_start(args, fmt);
	vfprintf(w->to, fmt, args);
	va_end(args);
	fputc('\n', w->to);
}

static int constant(struct writer *w, int value)
{
	put(w, "  v%d = const %d", ++w->values, value);
	return w->values;
}

static int global(struct writer *w, const char *name)
{
	put(w, "  v%d \"&%s\" = global %s", ++w->values, name, name);
	return w->values;
}

/* ------------------------------------------------------------------ */
/* variables                                                           */

static int get(struct writer *w, int var)
{
	if (var < VARS_PARAM)
		return w->params[var];
	if (!w->f->in_memory)
		return w->env[var];
	put(w, "  v%d \"%s\" = load v%d", w->values + 1, var_names[var], w->env[var]);
	return ++w->values;
}

static bool is_read(const struct writer *w, int var)
{
	return w->f->reads >> var & 1;
}

static void set(struct writer *w, int var, int value)
{
	if (var == VAR_NONE || !is_read(w, var))
		return;
	if (w->f->in_memory)
		put(w, "  store v%d v%d %s", w->env[var], value, var_names[var]);
	else
		w->env[var] = value;
}

/* the result of a call, used or not */
static const char *result(struct writer *w, int var, char *room, size_t size)
{
	room[0] = 0;
	if (var != VAR_NONE)
		snprintf(room, size, "v%d \"%s\" = ", w->values + 1, var_names[var]);
	return room;
}

/* the line before this one is the call */
static void keep_result(struct writer *w, int var)
{
	w->call = w->line;
	if (var != VAR_NONE)
		set(w, var, ++w->values);
}

/* ------------------------------------------------------------------ */
/* what ops name                                                       */

static int ptl(struct writer *w)
{
	put(w, "  v%d \"ptl\" = call pte_lockptr(v%d, v%d)", w->values + 1,
	    w->params[PARAM_MM], w->params[PARAM_PMD]);
	return ++w->values;
}

static int lock(struct writer *w, int which)
{
	switch (which) {
	case LOCK_PTL:
		return w->f->ptl_once ? w->ptl : ptl(w);
	case LOCK_PARAM:
		return w->params[PARAM_LOCK];
	default:
		return global(w, which == LOCK_A ? "lock_a" : "lock_b");
	}
}

/* the arguments that say which region: a structure, or mm and bounds */
static const char *range(struct writer *w, int slot, char *room, size_t size)
{
	if (w->p->kernel.values)
		snprintf(room, size, "v%d, v%d, v%d", w->params[PARAM_MM],
			 w->params[slot == SLOT_1 ? PARAM_START2 : PARAM_START],
			 w->params[slot == SLOT_1 ? PARAM_END2 : PARAM_END]);
	else
		snprintf(room, size, "v%d", w->slots[slot]);
	return room;
}

static int compare(struct writer *w, const struct cond *c)
{
	static const char *const ops[] = { "", "eq", "ne", "lt" };
	int value = get(w, c->var), with;

	if (c->compare == IS_TRUE)
		return value;
	with = constant(w, c->value);
	put(w, "  v%d = %s v%d v%d", w->values + 1, ops[c->compare], value, with);
	return ++w->values;
}

/* ------------------------------------------------------------------ */
/* ops                                                                 */

static void write_init(struct writer *w, const struct op *op)
{
	const int *v = w->params;
	int range = w->slots[op->a], zero;

	if (!kernel_from(w->p, 5, 2)) {
		put(w, "  call mmu_notifier_range_init(v%d, v%d, v%d, v%d)", range,
		    v[PARAM_MM], v[PARAM_START], v[PARAM_END]);
		return;
	}
	zero = constant(w, 0);
	if (kernel_from(w->p, 6, 3))
		put(w, "  call mmu_notifier_range_init(v%d, v%d, v%d, v%d, v%d, v%d)", range,
		    zero, zero, v[PARAM_MM], v[PARAM_START], v[PARAM_END]);
	else
		put(w, "  call mmu_notifier_range_init(v%d, v%d, v%d, v%d, v%d, v%d, v%d)",
		    range, zero, zero, v[PARAM_VMA], v[PARAM_MM], v[PARAM_START],
		    v[PARAM_END]);
}

static void write_change(struct writer *w, const struct op *op)
{
	const int *v = w->params;
	int value, one;

	switch (op->a) {
	case CHANGE_GET:
		put(w, "  v%d = call ptep_get_and_clear(v%d, v%d, v%d)", ++w->values,
		    v[PARAM_MM], v[PARAM_START], v[PARAM_PTE]);
		break;
	case CHANGE_FLUSH:
		put(w, "  v%d = call ptep_clear_flush(v%d, v%d, v%d)", ++w->values,
		    v[PARAM_VMA], v[PARAM_START], v[PARAM_PTE]);
		break;
	case CHANGE_LESS:
		put(w, "  call ptep_set_wrprotect(v%d, v%d, v%d)", v[PARAM_MM],
		    v[PARAM_START], v[PARAM_PTE]);
		break;
	case CHANGE_HUGE:
		put(w, "  v%d = call pmdp_huge_clear_flush(v%d, v%d, v%d)", ++w->values,
		    v[PARAM_VMA], v[PARAM_START], v[PARAM_PMD]);
		break;
	default:
		put(w, "  v%d = unknown", value = ++w->values);
		if (!kernel_from(w->p, 6, 6)) {
			put(w, "  call set_pte_at(v%d, v%d, v%d, v%d)", v[PARAM_MM],
			    v[PARAM_START], v[PARAM_PTE], value);
			break;
		}
		one = constant(w, 1);
		put(w, "  call set_ptes(v%d, v%d, v%d, v%d, v%d)", v[PARAM_MM],
		    v[PARAM_START], v[PARAM_PTE], value, one);
		break;
	}
}

static void write_notify(struct writer *w, const struct op *op)
{
	const int *v = w->params;
	bool other = op->b == 1;

	put(w, "  call mmu_notifier_invalidate_range(v%d, v%d, v%d)",
	    v[op->a ? PARAM_MM2 : PARAM_MM], v[other ? PARAM_START2 : PARAM_START],
	    v[other ? PARAM_END2 : PARAM_END]);
}

/* the value of one of the callee's parameters */
static int argument(struct writer *w, const struct call *c, int param)
{
	bool swap = w->p->kernel.values && c->slot[SLOT_0] == SLOT_1;

	if (param < VARS_PARAM)
		return c->vars[param] == VAR_NONE ? constant(w, c->values[param]) :
						    get(w, c->vars[param]);
	if (param == PARAM_RANGE)
		return w->slots[c->slot[SLOT_PARAM]];
	if (param == PARAM_LOCK)
		return lock(w, c->lock);
	if (swap && param >= PARAM_START && param <= PARAM_END2)
		return w->params[param < PARAM_START2 ? param + 2 : param - 2];
	return w->params[param];
}

static void write_call(struct writer *w, const struct op *op)
{
	const struct call *c = &op->stmt->call;
	const struct func *callee = &w->p->funcs[c->func];
	char args[256] = "", room[32];
	size_t n = 0;

	for (int i = 0; i < PARAMS; i++)
		if (callee->params >> i & 1)
			n += (size_t)snprintf(args + n, sizeof(args) - n, "%sv%d",
					      n ? ", " : "", argument(w, c, i));
	put(w, "  %scall %s(%s)", result(w, op->a, room, sizeof(room)), callee->name, args);
	keep_result(w, op->a);
}

static void write_locking(struct writer *w, const struct op *op)
{
	static const char *const names[] = {
		[DO_LOCK] = "spin_lock", [DO_UNLOCK] = "spin_unlock",
		[DO_TRYLOCK] = "spin_trylock", [DO_MUTEX_LOCK] = "mutex_lock",
		[DO_MUTEX_UNLOCK] = "mutex_unlock", [DO_MUTEX_TRYLOCK] = "mutex_trylock",
	};
	bool mutex = op->kind >= DO_MUTEX_LOCK;
	int which = mutex ? global(w, op->a ? "mutex_b" : "mutex_a") : lock(w, op->a);
	char room[32];

	put(w, "  %scall %s(v%d)", result(w, op->b, room, sizeof(room)), names[op->kind],
	    which);
	keep_result(w, op->b);
}

static void write_mmap(struct writer *w, const struct op *op)
{
	put(w, "  v%d = addr v%d +1024 mm_struct.%s", ++w->values, w->params[PARAM_MM],
	    kernel_from(w->p, 5, 8) ? "mmap_lock" : "mmap_sem");
	put(w, "  call %s(v%d)", op->kind == DO_MMAP_LOCK ? "down_read" : "up_read",
	    w->values);
}

static void write_context(struct writer *w, const struct op *op)
{
	static const char *const names[CONTEXTS][2] = {
		{ "rcu_read_lock", "rcu_read_unlock" },
		{ "__preempt_count_add", "__preempt_count_sub" },
		{ "local_bh_disable", "local_bh_enable" },
	};
	const char *name = names[op->a][op->kind == DO_LEAVE];

	if (op->a == CONTEXT_PREEMPT)
		put(w, "  call %s(v%d)", name, constant(w, 1));
	else
		put(w, "  call %s()", name);
}

static void write_region(struct writer *w, const struct op *op)
{
	static const char *const names[] = {
		[DO_START] = "start", [DO_NONBLOCK] = "start_nonblock",
		[DO_END] = "end", [DO_ONLY_END] = "only_end",
	};
	char room[32], args[64];

	put(w, "  %scall mmu_notifier_invalidate_range_%s(%s)",
	    result(w, op->b, room, sizeof(room)), names[op->kind],
	    range(w, op->a, args, sizeof(args)));
	keep_result(w, op->b);
}

static void write_value(struct writer *w, const struct op *op)
{
	if (!is_read(w, op->a))
		return;
	if (op->kind == DO_SET) {
		set(w, op->a, op->b == VAR_NONE ? constant(w, op->value) : get(w, op->b));
		return;
	}
	if (op->kind == DO_UNKNOWN)
		put(w, "  v%d = unknown", ++w->values);
	else if (w->blockable)
		put(w, "  v%d = copy v%d", ++w->values, w->blockable);
	else
		put(w, "  v%d = call mmu_notifier_range_blockable(v%d)", ++w->values,
		    w->slots[SLOT_PARAM]);
	set(w, op->a, w->values);
}

static void write_leave(struct writer *w, const struct op *op)
{
	const struct block *b = w->p->blocks;
	int value;

	if (op->kind == DO_GOTO) {
		put(w, "  goto %d", b[op->then].number);
	} else if (op->kind == DO_BRANCH) {
		value = compare(w, &op->cond);
		put(w, "  if v%d goto %d else %d", value, b[op->then].number,
		    b[op->other].number);
	} else if (!w->f->returns) {
		put(w, "  return");
	} else {
		value = op->b == VAR_NONE ? constant(w, op->value) : get(w, op->b);
		put(w, "  return v%d", value);
	}
}

static void write_op(struct writer *w, struct op *op)
{
	w->call = 0;
	if (op->kind == DO_LOCK || op->kind == DO_UNLOCK || op->kind == DO_TRYLOCK ||
	    (op->kind >= DO_MUTEX_LOCK && op->kind <= DO_MUTEX_TRYLOCK))
		write_locking(w, op);
	else if (op->kind == DO_INIT)
		write_init(w, op);
	else if (op->kind >= DO_START && op->kind <= DO_ONLY_END)
		write_region(w, op);
	else if (op->kind == DO_NOTIFY)
		write_notify(w, op);
	else if (op->kind == DO_CHANGE)
		write_change(w, op);
	else if (op->kind == DO_ENTER || op->kind == DO_LEAVE)
		write_context(w, op);
	else if (op->kind == DO_MMAP_LOCK || op->kind == DO_MMAP_UNLOCK)
		write_mmap(w, op);
	else if (op->kind == DO_SLEEP)
		put(w, "  call msleep(v%d)", constant(w, 1));
	else if (op->kind == DO_FOREIGN)
		put(w, "  call driver_touch(v%d)%s", w->blockable ? w->blockable :
		    w->slots[op->a], w->p->kernel.values ? "" : " lends 1");
	else if (op->kind == DO_CALL)
		write_call(w, op);
	else if (op->kind == DO_SET || op->kind == DO_UNKNOWN || op->kind == DO_ASK)
		write_value(w, op);
	else
		write_leave(w, op);
	op->line = w->call ? w->call : w->line;
}

/* ------------------------------------------------------------------ */
/* functions                                                           */

/* does one value come from all of the block's preds? a loop's head has a phi in any case */
static bool is_same(const struct writer *w, const struct block *b, int var)
{
	for (int i = 0; i < b->npreds; i++)
		if (w->p->blocks[b->preds[i]].number >= b->number ||
		    w->out[b->preds[i]][var] != w->out[b->preds[0]][var])
			return false;
	return true;
}

static void write_phis(struct writer *w, const struct block *b)
{
	for (int var = VARS_PARAM; var < VARS; var++) {
		char args[16 * PREDS_MAX] = "";
		size_t n = 0;

		if (!is_read(w, var) || is_same(w, b, var))
			continue;
		for (int i = 0; i < b->npreds; i++)
			n += (size_t)snprintf(args + n, sizeof(args) - n, "%sv%d",
					      n ? ", " : "", w->out[b->preds[i]][var]);
		put(w, "  v%d \"%s\" = phi(%s)", ++w->values, var_names[var], args);
		w->env[var] = w->values;
	}
}

static void write_head(struct writer *w, const struct block *b)
{
	char preds[8 * PREDS_MAX] = "";
	size_t n = 0;

	for (int i = 0; i < b->npreds; i++)
		n += (size_t)snprintf(preds + n, sizeof(preds) - n, " %d",
				      w->p->blocks[b->preds[i]].number);
	put(w, "block %d%s%s:", b->number, n ? " preds" : "", preds);
	if (w->f->in_memory || !b->npreds)
		return;
	memcpy(w->env, w->out[b->preds[0]], sizeof(w->env));
	if (b->npreds > 1)
		write_phis(w, b);
}

static bool uses_slot(const struct writer *w, int slot)
{
	const struct program *p = w->p;

	if (p->kernel.values || w->f->role != ROLE_PLAIN)
		return false;
	for (int i = 0; i < p->nops; i++) {
		const struct op *op = &p->ops[i];

		if (&p->funcs[op->func] != w->f)
			continue;
		if (((op->kind >= DO_INIT && op->kind <= DO_ONLY_END) ||
		     op->kind == DO_FOREIGN) && op->a == slot)
			return true;
		if (op->kind == DO_CALL && op->stmt->call.slot[SLOT_PARAM] == slot &&
		    p->funcs[op->stmt->call.func].params >> PARAM_RANGE & 1)
			return true;
	}
	return false;
}

/* addresses of what the function owns, and what a callback reads itself */
static void write_locals(struct writer *w)
{
	const struct func *f = w->f;
	bool callback = f->role != ROLE_PLAIN;

	for (int i = 0; i < VARS_PARAM && callback; i++) {
		if (!(f->params >> i & 1))
			continue;
		put(w, "  v%d \"%s\" = call read_%s()", ++w->values, var_names[i],
		    var_names[i]);
		w->params[i] = w->values;
	}
	for (int i = SLOT_0; i <= SLOT_1; i++) {
		if (!uses_slot(w, i))
			continue;
		put(w, "  v%d \"&%s\" = local %s", ++w->values, i ? "other" : "range",
		    i ? "other" : "range");
		w->slots[i] = w->values;
	}
	if (f->ptl_once && f->params >> PARAM_PMD & 1 && f->params >> PARAM_MM & 1)
		w->ptl = ptl(w);
	for (int i = VARS_PARAM; i < VARS && f->in_memory; i++) {
		if (!is_read(w, i))
			continue;
		put(w, "  v%d \"&%s\" = local %s", ++w->values, var_names[i], var_names[i]);
		w->env[i] = w->values;
	}
}

static uint32_t signature(const struct writer *w)
{
	const uint32_t bounds = 1u << PARAM_NOTIFIER | 1u << PARAM_MM | 1u << PARAM_START |
				1u << PARAM_END;

	if (w->f->role == ROLE_PLAIN)
		return w->f->params;
	return w->f->role == ROLE_ATOMIC || w->p->kernel.values ? bounds :
	       1u << PARAM_NOTIFIER | 1u << PARAM_RANGE;
}

static const char *member(const struct writer *w)
{
	switch (w->f->role) {
	case ROLE_ATOMIC:
		return kernel_from(w->p, 6, 6) ?
		       "mmu_notifier_ops.arch_invalidate_secondary_tlbs" :
		       "mmu_notifier_ops.invalidate_range";
	case ROLE_START:
		return "mmu_notifier_ops.invalidate_range_start";
	default:
		return "mmu_interval_notifier_ops.invalidate";
	}
}

/* 'mn' comes first in a callback, the rest in the order of enum param */
static void write_signature(struct writer *w, bool root)
{
	uint32_t has = signature(w);
	char args[512] = "";
	size_t n = 0;

	for (int i = -1; i < PARAM_NOTIFIER; i++) {
		int param = i < 0 ? PARAM_NOTIFIER : i;

		if (!(has >> param & 1))
			continue;
		w->params[param] = ++w->values;
		n += (size_t)snprintf(args + n, sizeof(args) - n, "%sv%d \"%s\"",
				      n ? ", " : "", w->values, param_names[param]);
	}
	if (w->f->role == ROLE_INVALIDATE || (w->f->role == ROLE_START &&
					      w->p->kernel.values)) {
		n += (size_t)snprintf(args + n, sizeof(args) - n, ", v%d \"%s\"",
				      ++w->values, w->f->role == ROLE_START ? "blockable" :
				      "seq");
		w->blockable = w->f->role == ROLE_START ? w->values : 0;
	}
	w->slots[SLOT_PARAM] = w->params[PARAM_RANGE];
	put(w, "func %s(%s)%s", w->f->name, args, !root ? "" :
	    w->f->role == ROLE_PLAIN ? " external" : " address");
	if (w->f->role != ROLE_PLAIN)
		put(w, "  stored-in %s", member(w));
}

static void write_body(struct writer *w, bool root)
{
	struct program *p = w->p;

	w->values = 0;
	w->blockable = 0;
	memset(w->params, 0, sizeof(w->params));
	memset(w->slots, 0, sizeof(w->slots));
	write_signature(w, root);
	for (int i = 0; i < w->f->nblocks; i++) {
		int number = p->order[w->f->first + i];
		const struct block *b = &p->blocks[number];

		write_head(w, b);
		if (!i)
			write_locals(w);
		for (int k = 0; k < b->nops; k++)
			write_op(w, &p->ops[b->first + k]);
		memcpy(w->out[number], w->env, sizeof(w->env));
	}
}

/* @line: how many stand above; how many stand there behind it */
int program_write(struct program *p, int line, FILE *to)
{
	struct writer w;

	memset(&w, 0, sizeof(w));
	w.p = p;
	w.line = line;
	for (int i = 0; i < p->nfuncs; i++) {
		struct func *f = &p->funcs[i];
		int before = w.line;

		if (!f->called)
			continue;
		w.f = f;
		w.to = NULL;
		write_body(&w, i == p->nfuncs - 1);
		w.line = before;
		w.to = to;
		f->line = before + 1;
		write_body(&w, i == p->nfuncs - 1);
		put(&w, "%s", "");
	}
	return w.line;
}
