// SPDX-License-Identifier: GPL-2.0-only
/*
 * program.c - what an adapter tells becomes struct mn_unit and struct mn_func.
 *
 * Everything is copied into the unit's arena, and every name is interned there. Nothing
 * is checked here: an adapter may build in any order, and validate.c looks at the
 * whole when it is complete.
 */
#include <stdlib.h>
#include <string.h>

#include "program.h"

static const struct {
	const char *word, *shape;
} ops[] = {
#define MN_OP(op, word, shape) { word, shape },
#include "ops.def"
#undef MN_OP
};

const char *op_word(enum mn_op op)
{
	return ops[op].word;
}

const char *op_shape(enum mn_op op)
{
	return ops[op].shape;
}

/* ------------------------------------------------------------------ */
/* the unit                                                            */

struct mn_unit *unit_new_in(struct mn_arena *arena, const struct mn_contract *contract,
			    const struct mn_options *options, const char *file)
{
	struct mn_unit *unit = arena_new_array(arena, struct mn_unit, 1);

	unit->arena = arena;
	unit->contract = contract;
	unit->file = arena_intern(arena, file ? file : "");
	unit->kernels.to = KERNEL_ANY;
	unit->era = "";
	if (options)
		unit->options = *options;
	if (!unit->options.rules)
		unit->options.rules = (1u << MN_RULE_COUNT) - 1;
	unit->options.kernel = arena_intern(arena, unit->options.kernel);
	unit->options.trace = arena_intern(arena, unit->options.trace);
	unit->options.context = arena_intern(arena, unit->options.context);
	return unit;
}

struct mn_unit *mn_unit_new(const struct mn_contract *contract,
			    const struct mn_options *options, const char *file)
{
	return unit_new_in(arena_new(), contract, options, file);
}

const char *context_asked(const struct mn_unit *unit, const char *before, size_t *n)
{
	const char *name = before ? before + *n : unit->options.context;

	if (!name || (before && *name != ','))
		return NULL;
	name += before != NULL;
	*n = strcspn(name, ",:");
	return name;
}

bool is_drawn(const struct mn_func *func)
{
	const char *name = NULL;
	size_t n = 0;

	while ((name = context_asked(func->unit, name, &n)))
		if (strlen(func->name) == n && !memcmp(func->name, name, n))
			return true;
	return false;
}

void mn_unit_free(struct mn_unit *unit)
{
	if (unit)
		arena_free(unit->arena);
}

void mn_unit_declares(struct mn_unit *unit, const char *name, int nargs)
{
	uint32_t hash = text_hash(name), at = hash, n;
	struct declared *declared;

	name = arena_intern(unit->arena, name);
	while ((n = table_next(&unit->declared_by_name, hash, &at)) != 0)
		if (unit->declared.v[n - 1].name == name)
			return;
	declared = vec_push(unit->arena, &unit->declared);
	table_add(unit->arena, &unit->declared_by_name, hash, (uint32_t)unit->declared.n);
	declared->name = name;
	declared->nargs = nargs;
}

static uint32_t layout_hash(const char *type, const char *member)
{
	return text_hash(type) * 31 + text_hash(member);
}

static struct layout *find_layout(const struct mn_unit *unit, const char *type,
				  const char *member)
{
	uint32_t hash = layout_hash(type, member), at = hash, n;

	while ((n = table_next(&unit->layouts_by_name, hash, &at)) != 0)
		if (!strcmp(unit->layouts.v[n - 1].member, member) &&
		    !strcmp(unit->layouts.v[n - 1].type, type))
			return &unit->layouts.v[n - 1];
	return NULL;
}

void mn_unit_layout(struct mn_unit *unit, const char *type, const char *member,
		    int64_t bits)
{
	struct layout *layout = find_layout(unit, type, member);

	if (!layout) {
		layout = vec_push(unit->arena, &unit->layouts);
		table_add(unit->arena, &unit->layouts_by_name, layout_hash(type, member),
			  (uint32_t)unit->layouts.n);
	}
	layout->type = arena_intern(unit->arena, type);
	layout->member = arena_intern(unit->arena, member);
	layout->bits = bits;
}

int64_t unit_offset(const struct mn_unit *unit, const char *type,
		    const char *member)
{
	const struct layout *layout = find_layout(unit, type, member);

	return layout ? layout->bits : -1;
}

/* ------------------------------------------------------------------ */
/* functions by name                                                   */

static uint32_t find_func(const struct mn_unit *unit, const char *name, uint32_t hash)
{
	uint32_t at = hash, n;

	while ((n = table_next(&unit->funcs_by_name, hash, &at)) != 0)
		if (!strcmp(unit->funcs.v[n - 1]->name, name))
			return n;
	return 0;
}

static void add_func(struct mn_unit *unit, struct mn_func *func, uint32_t hash)
{
	*vec_push(unit->arena, &unit->funcs) = func;
	table_add(unit->arena, &unit->funcs_by_name, hash, (uint32_t)unit->funcs.n);
}

void unit_shares(struct mn_unit *unit, struct mn_func *func)
{
	add_func(unit, func, text_hash(func->name));
}

void unit_takes_over(struct mn_unit *unit, struct mn_func *func)
{
	func->unit = unit;
	func->index = unit->funcs.n;
	add_func(unit, func, text_hash(func->name));
}

uint32_t unit_func_number(const struct mn_unit *unit, const char *name)
{
	return find_func(unit, name, text_hash(name));
}

struct mn_func *unit_func(const struct mn_unit *unit, const char *name)
{
	uint32_t n = unit_func_number(unit, name);

	return n ? unit->funcs.v[n - 1] : NULL;
}

static void take_up(struct mn_unit *part, const struct mn_func *from)
{
	struct mn_func *func = arena_new_array(part->arena, struct mn_func, 1);

	*func = *from;
	/* reading the body adds to these */
	memset(&func->values, 0, sizeof(func->values));
	for (int i = 0; func->body && i < from->values.n; i++)
		*vec_push(part->arena, &func->values) = from->values.v[i];
	unit_takes_over(part, func);
}

struct mn_unit *unit_part(const struct mn_unit *whole, const int *funcs, int n)
{
	struct mn_arena *arena = arena_above(whole->arena);
	struct mn_unit *part = arena_new_array(arena, struct mn_unit, 1);

	*part = *whole;
	part->arena = arena;
	memset(&part->funcs_by_name, 0, sizeof(part->funcs_by_name));
	memset(&part->funcs, 0, sizeof(part->funcs));
	for (int i = 0; i < n; i++)
		take_up(part, whole->funcs.v[funcs[i]]);
	return part;
}

bool func_ready(struct mn_func *func)
{
	if (!func->blocks.n && func->body && func->unit->load)
		func->unit->load(func->unit, func);
	return func->blocks.n;
}

/* files of a linked program */
#define DRIVER_FILES DETAIL_BUDGET

bool is_driver(const struct mn_unit *unit)
{
	return unit->files <= DRIVER_FILES;
}

bool is_header(const char *file)
{
	size_t n = file ? strlen(file) : 0;

	return n > 2 && !strcmp(file + n - 2, ".h");
}

bool is_elsewhere(const struct mn_func *from, const struct mn_func *to)
{
	return from->loc.file != to->loc.file && !is_header(to->loc.file);
}

bool is_left_alone(const struct mn_func *from, const struct mn_func *to)
{
	if (!is_elsewhere(from, to))
		return false;
	return (to->service && (to->balanced || to->closed)) ||
	       (to->balanced && !to->judged && !to->inside && !to->watched);
}

struct mn_func *func_new(struct mn_unit *unit, const char *name, struct mn_loc loc, int nparams,
			 unsigned int flags)
{
	uint32_t hash = text_hash(name);
	struct mn_func *func;
	int i;

	if (find_func(unit, name, hash))
		return NULL;
	func = arena_new_array(unit->arena, struct mn_func, 1);
	func->unit = unit;
	func->name = name;
	func->loc = loc;
	func->nparams = nparams;
	func->flags = flags;
	func->size = 1;
	for (i = 0; i <= nparams; i++)
		vec_push(unit->arena, &func->values);
	func->index = unit->funcs.n;
	add_func(unit, func, hash);
	return func;
}

struct mn_func *mn_func_new(struct mn_unit *unit, const char *name,
			    struct mn_loc loc, int nparams, unsigned int flags)
{
	loc.file = arena_intern(unit->arena, loc.file);
	return func_new(unit, arena_intern(unit->arena, name), loc, nparams, flags);
}

static struct taken *taken_of(struct mn_unit *unit, const char *name)
{
	struct taken *taken;
	int i;

	for (i = 0; i < unit->taken.n; i++)
		if (unit->taken.v[i].name == name)
			return &unit->taken.v[i];
	taken = vec_push(unit->arena, &unit->taken);
	taken->name = name;
	return taken;
}

void mn_unit_takes(struct mn_unit *unit, const char *name, const char *type,
		   const char *member)
{
	struct mn_arena *arena = unit->arena;
	struct taken *taken = taken_of(unit, arena_intern(arena, name));
	struct stored_in *stored;
	int i;

	type = arena_intern(arena, type);
	member = arena_intern(arena, member);
	for (i = 0; type && i < taken->stored.n; i++)
		if (taken->stored.v[i].type == type && taken->stored.v[i].member == member)
			return;
	if (!type)
		return;
	stored = vec_push(arena, &taken->stored);
	stored->type = type;
	stored->member = member;
}

void mn_unit_static(struct mn_unit *unit, const char *name)
{
	int i;

	name = arena_intern(unit->arena, name);
	for (i = 0; i < unit->statics.n; i++)
		if (unit->statics.v[i] == name)
			return;
	*vec_push(unit->arena, &unit->statics) = name;
}

void mn_func_size(struct mn_func *func, int blocks)
{
	func->size = blocks;
}

void func_calls(struct mn_func *func, const char *callee)
{
	int i;

	for (i = 0; i < func->calls.n; i++)
		if (func->calls.v[i] == callee)
			return;
	*vec_push(func->unit->arena, &func->calls) = callee;
}

void mn_func_calls(struct mn_func *func, const char *callee)
{
	func_calls(func, arena_intern(func->unit->arena, callee));
}

void func_calls_through(struct mn_func *func, const char *member)
{
	member = arena_intern(func->unit->arena, member);
	for (int i = 0; i < func->through.n; i++)
		if (func->through.v[i] == member)
			return;
	*vec_push(func->unit->arena, &func->through) = member;
}

bool func_is_in(const struct mn_func *func, const char *member)
{
	for (int i = 0; i < func->stored.n; i++) {
		size_t n = strlen(func->stored.v[i].type);

		if (!strncmp(member, func->stored.v[i].type, n) && member[n] == '.' &&
		    !strcmp(member + n + 1, func->stored.v[i].member))
			return true;
	}
	return false;
}

void mn_func_stored_in(struct mn_func *func, const char *type,
		       const char *member)
{
	struct mn_arena *arena = func->unit->arena;
	struct stored_in *stored;
	int i;

	type = arena_intern(arena, type);
	member = arena_intern(arena, member);
	for (i = 0; i < func->stored.n; i++)
		if (func->stored.v[i].type == type &&
		    func->stored.v[i].member == member)
			return;
	stored = vec_push(arena, &func->stored);
	stored->type = type;
	stored->member = member;
}

bool mn_func_wanted(const struct mn_func *func)
{
	return func->wanted || func->reached || func->keep == KEEP_BODY;
}

/* who joins units asks what is called through which member */
bool mn_func_reached(const struct mn_func *func)
{
	return func->reached || func->keep == KEEP_BODY;
}

const char *mn_func_name(const struct mn_func *func)
{
	return func->name;
}

/* ------------------------------------------------------------------ */
/* bodies                                                              */

mn_val mn_value(struct mn_func *func, const char *name)
{
	struct value *value = vec_push(func->unit->arena, &func->values);

	value->name = arena_intern(func->unit->arena, name);
	return (mn_val)(func->values.n - 1);
}

void mn_value_name(struct mn_func *func, mn_val value, const char *name)
{
	func->values.v[value].name = arena_intern(func->unit->arena, name);
}

int mn_block(struct mn_func *func)
{
	struct block *block = vec_push(func->unit->arena, &func->blocks);

	block->order = -1;
	return func->blocks.n - 1;
}

void mn_block_preds(struct mn_func *func, int block, const int *preds, int n)
{
	int *copy = arena_new_array(func->unit->arena, int, n);

	if (n)
		memcpy(copy, preds, sizeof(*preds) * (size_t)n);
	func->blocks.v[block].preds = copy;
	func->blocks.v[block].npreds = n;
}

void mn_emit(struct mn_func *func, int block, const struct mn_insn *insn)
{
	struct mn_arena *arena = func->unit->arena;
	struct mn_insn *copy = vec_push(arena, &func->blocks.v[block].insns);
	struct mn_case *succ;
	mn_val *args;

	*copy = *insn;
	copy->name = arena_intern(arena, insn->name);
	copy->loc.file = arena_intern(arena, insn->loc.file);
	copy->args = NULL;
	copy->succ = NULL;
	if (insn->nargs) {
		args = arena_new_array(arena, mn_val, insn->nargs);
		memcpy(args, insn->args, sizeof(*args) * (size_t)insn->nargs);
		copy->args = args;
	}
	if (insn->nsucc) {
		succ = arena_new_array(arena, struct mn_case, insn->nsucc);
		memcpy(succ, insn->succ, sizeof(*succ) * (size_t)insn->nsucc);
		copy->succ = succ;
	}
}

/* ------------------------------------------------------------------ */
/* the answer                                                          */

const char *mn_unit_trouble(const struct mn_unit *unit, size_t i)
{
	return i < (size_t)unit->trouble.n ? unit->trouble.v[i] : NULL;
}

const char *mn_unit_silenced(const struct mn_unit *unit, size_t i)
{
	return i < (size_t)unit->silenced.n ? unit->silenced.v[i] : NULL;
}

const char *mn_unit_excused(const struct mn_unit *unit, size_t i)
{
	return i < (size_t)unit->excused.n ? unit->excused.v[i] : NULL;
}

static const struct mn_finding *nth_finding(const struct mn_unit *unit, size_t i, bool hidden)
{
	for (int k = 0; k < unit->findings.n; k++) {
		const struct mn_finding *f = &unit->findings.v[k];

		if ((f->hidden != NULL) == hidden && !i--)
			return f;
	}
	return NULL;
}

const struct mn_finding *mn_unit_finding(const struct mn_unit *unit, size_t i)
{
	return nth_finding(unit, i, false);
}

const struct mn_finding *unit_hidden(const struct mn_unit *unit, size_t i)
{
	return nth_finding(unit, i, true);
}

void mn_unit_stats(const struct mn_unit *unit, struct mn_stats *stats)
{
	int i;

	*stats = unit->stats;
	stats->era = unit->era;
	memset(stats->findings, 0, sizeof(stats->findings));
	for (i = 0; i < unit->findings.n; i++)
		stats->findings[unit->findings.v[i].rule] += !unit->findings.v[i].hidden;
}

int findings_by_place(const void *x, const void *y)
{
	const struct mn_finding *a = (const struct mn_finding *)x;
	const struct mn_finding *b = (const struct mn_finding *)y;
	int order = strcmp(a->loc.file ? a->loc.file : "", b->loc.file ? b->loc.file : "");

	if (!order)
		order = a->loc.line - b->loc.line;
	if (!order)
		order = a->loc.col - b->loc.col;
	return order ? order : (int)a->rule - (int)b->rule;
}
