// SPDX-License-Identifier: GPL-2.0-only
/*
 * contract.c - the rows of a contract, and how they are found.
 *
 * Does not know how a contract is written: that is contract_read.c. The one
 * idea: a unit asks for the name of every function that it calls, and nearly
 * all of them have no row, so a name without a row costs one hash and one comparison.
 */
#include <errno.h>
#include <string.h>

#include "contract_read.h"

/* ------------------------------------------------------------------ */
/* the index                                                           */

/* of a name that may have its unit behind it */
static unsigned int hash_text(const char *text)
{
	unsigned int h = 2166136261u;

	for (; *text && *text != LINK_MARK; text++)
		h = (h ^ (unsigned char)*text) * 16777619u;
	return h ^ h >> 15;
}

/* the slot of @name, or the free one where it belongs */
static struct named *slot_of(const struct index *index, const char *name)
{
	unsigned int i = hash_text(name) & index->mask;

	while (index->slots[i].name && !is_source_name(index->slots[i].name, name))
		i = (i + 1) & index->mask;
	return &index->slots[i];
}

static int first_of(const struct index *index, const char *name)
{
	const struct named *slot = slot_of(index, name);

	return slot->name ? slot->first : -1;
}

static void index_new(struct index *index, struct mn_arena *arena, int n)
{
	for (index->mask = 15; index->mask < 2 * (unsigned int)n;)
		index->mask = index->mask * 2 + 1;
	index->slots = arena_new_array(arena, struct named, index->mask + 1);
	index->next = arena_new_array(arena, int, n + 1);
}

/* backwards, so that a chain has the order of the rows */
static void index_add(struct index *index, const char *name, int i)
{
	struct named *slot = slot_of(index, name);

	index->next[i] = slot->name ? slot->first : -1;
	slot->name = name;
	slot->first = i;
}

static unsigned int effect_query(const struct effect *e)
{
	static const unsigned int query[EFFECT_COUNT] = {
#define MN_EFFECT(kind, word, takes, query, ...) query,
#include "effects.def"
#undef MN_EFFECT
	};
	unsigned int says = query[e->kind];

	/* a semaphore is an mmap lock by its address: most calls that take one are of others */
	if (e->object.kind == OBJECT_ARG)
		says &= ~CONTRACT_INSIDE;
	/* what an allocation sleeps for, if its flags say so */
	if (e->kind == EFFECT_SLEEPS && e->cond[0].kind == COND_ARG_HAS)
		says |= CONTRACT_STALLS;
	if (e->kind == EFFECT_CHANGE && e->entry)
		says |= CONTRACT_CHANGES;
	if (e->kind == EFFECT_CHANGE && e->entry == ENTRY_CLEAR)
		says |= CONTRACT_CLEARS;
	if (e->kind == EFFECT_MAKES && e->entry == ENTRY_NEW)
		says |= CONTRACT_MAKES;
	if (e->kind == EFFECT_END && e->only)
		says |= CONTRACT_RELIES;
	return says;
}

static struct cell *cell_of(struct mn_contract *contract, const char *type, const char *member)
{
	struct cell *cell;
	int i;

	for (i = 0; i < contract->cells.n; i++)
		if (contract->cells.v[i].type == type &&
		    contract->cells.v[i].member == member)
			return &contract->cells.v[i];
	cell = vec_push(contract->arena, &contract->cells);
	cell->type = type;
	cell->member = member;
	return cell;
}

static void index_cell(struct mn_contract *contract, const char *type, const char *member)
{
	if (type)
		cell_of(contract, type, member);
}

/* a row that names the address of a member speaks of a lock */
static void index_object(struct mn_contract *contract, const struct object *o)
{
	if (o->type)
		cell_of(contract, o->type, o->member)->lock |= o->kind == OBJECT_PART;
}

static void index_lock(struct mn_contract *contract, const struct lockcell *lock)
{
	if (lock->member)
		cell_of(contract, lock->type, lock->member)->lock |= !lock->pointer;
}

static void index_cells(struct mn_contract *contract)
{
	const struct effect *e;
	int i, k;

	contract->cells.n = 0;
	for (i = 0; i < contract->rows.n; i++) {
		for (k = 0; k < contract->rows.v[i].neffects; k++) {
			e = &contract->rows.v[i].effects[k];
			index_object(contract, &e->object);
			index_cell(contract, e->mm.type, e->mm.member);
			index_cell(contract, e->start.type, e->start.member);
			index_cell(contract, e->end.type, e->end.member);
			index_cell(contract, e->value.type, e->value.member);
		}
	}
	for (i = 0; i < contract->callbacks.n; i++)
		for (k = 0; k < contract->callbacks.v[i].nasks; k++)
			index_cell(contract, contract->callbacks.v[i].asks[k].object.type,
				   contract->callbacks.v[i].asks[k].object.member);
	for (i = 0; i < contract->callbacks.n; i++)
		index_cell(contract, contract->callbacks.v[i].event.type,
			   contract->callbacks.v[i].event.member);
	for (i = 0; i < contract->callbacks.n; i++)
		for (k = 0; k < contract->callbacks.v[i].nowners; k++)
			index_cell(contract, contract->callbacks.v[i].owners[k].type,
				   contract->callbacks.v[i].owners[k].member);
	for (i = 0; i < contract->callbacks.n; i++) {
		const struct callback *cb = &contract->callbacks.v[i];

		index_cell(contract, cb->start.type, cb->start.member);
		index_cell(contract, cb->end.type, cb->end.member);
		index_cell(contract, cb->counted.type, cb->counted.member);
	}
	for (i = 0; i < contract->walks.n; i++)
		for (k = 0; k < contract->walks.v[i].nhanded; k++) {
			const struct handed *handed = &contract->walks.v[i].handed[k];

			index_cell(contract, handed->type, handed->member);
			index_cell(contract, handed->value.type, handed->value.member);
		}
	for (i = 0; i < contract->callbacks.n; i++)
		if (contract_is_walked(contract, contract->callbacks.v[i].type))
			index_cell(contract, contract->callbacks.v[i].type,
				   contract->callbacks.v[i].member);
	for (i = 0; i < contract->locks.n; i++)
		index_lock(contract, &contract->locks.v[i]);
}

/* few: a structure is named by all the functions that walk with it */
bool contract_is_walked(const struct mn_contract *contract, const char *type)
{
	for (int i = 0; i < contract->walks.n; i++) {
		const struct walk_row *walk = &contract->walks.v[i];

		if (!strcmp(walk->type ? walk->type : walk->name, type))
			return true;
	}
	return false;
}

/* few: one, or one and what its name was before */
bool contract_is_range(const struct mn_contract *contract, const char *type)
{
	for (int i = 0; i < contract->ranges.n; i++)
		if (!strcmp(contract->ranges.v[i], type))
			return true;
	return false;
}

static void index_ranges(struct mn_contract *contract, const struct row *row)
{
	for (int i = 0; i < row->neffects; i++) {
		const struct effect *e = &row->effects[i];

		if (e->kind == EFFECT_START && e->mm.type &&
		    !contract_is_range(contract, e->mm.type))
			*vec_push(contract->arena, &contract->ranges) = e->mm.type;
	}
}

void contract_index(struct mn_contract *contract)
{
	index_new(&contract->functions, contract->arena, contract->rows.n);
	for (int i = contract->rows.n - 1; i >= 0; i--) {
		index_add(&contract->functions, contract->rows.v[i].name, i);
		index_ranges(contract, &contract->rows.v[i]);
	}
	index_new(&contract->types, contract->arena, contract->callbacks.n);
	for (int i = contract->callbacks.n - 1; i >= 0; i--)
		index_add(&contract->types, contract->callbacks.v[i].type, i);
	index_new(&contract->walkers, contract->arena, contract->walks.n);
	for (int i = contract->walks.n - 1; i >= 0; i--)
		index_add(&contract->walkers, contract->walks.v[i].name, i);
	index_cells(contract);
}

/* ------------------------------------------------------------------ */
/* life                                                                */

struct mn_contract *contract_in(struct mn_arena *arena)
{
	struct mn_contract *contract = arena_new_array(arena, struct mn_contract, 1);

	contract->arena = arena;
	contract_index(contract);
	return contract;
}

struct mn_contract *mn_contract_new(void)
{
	return contract_in(arena_new());
}

void mn_contract_free(struct mn_contract *contract)
{
	if (contract)
		arena_free(contract->arena);
}

/* ------------------------------------------------------------------ */
/* look-up                                                             */

int contract_first(const struct mn_contract *contract, const char *name)
{
	return first_of(&contract->functions, name);
}

bool mn_contract_knows(const struct mn_contract *contract, const char *name)
{
	return contract_first(contract, name) >= 0;
}

uint64_t contract_key(const struct mn_contract *contract)
{
	return contract->key;
}

unsigned int contract_query(const struct mn_contract *contract, const char *name,
			    struct kernels kernels)
{
	unsigned int what = 0;
	int i, k;

	for (i = contract_first(contract, name); i >= 0; i = contract->functions.next[i]) {
		const struct row *row = &contract->rows.v[i];

		if (!kernels_overlap(row->kernels, kernels))
			continue;
		what |= CONTRACT_KNOWS;
		for (k = 0; k < row->neffects; k++)
			what |= effect_query(&row->effects[k]);
	}
	return what;
}

bool contract_notifies(const struct mn_contract *contract, struct kernels kernels)
{
	int i, k;

	for (i = 0; i < contract->rows.n; i++) {
		const struct row *row = &contract->rows.v[i];

		for (k = 0; k < row->neffects; k++)
			if (row->effects[k].kind == EFFECT_NOTIFY &&
			    kernels_overlap(row->kernels, kernels))
				return true;
	}
	return false;
}

bool mn_contract_cell(const struct mn_contract *contract, size_t i,
		      const char **type, const char **member)
{
	if (i >= (size_t)contract->cells.n)
		return false;
	*type = contract->cells.v[i].type;
	*member = contract->cells.v[i].member;
	return true;
}

const char *mn_contract_lock_type(const struct mn_contract *contract, size_t i)
{
	for (int k = 0; k < contract->locks.n; k++)
		if (!contract->locks.v[k].member && !i--)
			return contract->locks.v[k].type;
	return NULL;
}

bool mn_contract_calls_back(const struct mn_contract *contract, const char *type)
{
	return first_of(&contract->types, type) >= 0;
}

const struct row *contract_row(const struct mn_contract *contract,
			       const char *name, int nargs, struct kernels kernels)
{
	const struct row *row;
	int i;

	for (i = contract_first(contract, name); i >= 0; i = contract->functions.next[i]) {
		row = &contract->rows.v[i];
		if ((row->nargs < 0 || row->nargs == nargs) &&
		    kernels_overlap(row->kernels, kernels))
			return row;
	}
	return NULL;
}

const struct row *contract_function(const struct mn_contract *contract, int i)
{
	return i < contract->rows.n ? &contract->rows.v[i] : NULL;
}

bool contract_does(const struct mn_contract *contract, const char *name, enum effect_kind kind,
		   struct kernels kernels)
{
	for (int i = contract_first(contract, name); i >= 0; i = contract->functions.next[i])
		if (kernels_overlap(contract->rows.v[i].kernels, kernels) &&
		    row_effect(&contract->rows.v[i], kind))
			return true;
	return false;
}

static size_t same_start(const char *a, const char *b)
{
	size_t n = 0;

	while (a[n] && a[n] == b[n])
		n++;
	return n;
}

const char *contract_end_of(const struct mn_contract *contract, const char *start,
			    struct kernels kernels)
{
	const char *best = NULL;
	size_t same = 0;

	for (int i = 0; i < contract->rows.n; i++) {
		const struct row *row = &contract->rows.v[i];
		const struct effect *e = row_effect(row, EFFECT_END);
		size_t n = same_start(row->name, start);

		if (!e || e->only || n <= same || !kernels_overlap(row->kernels, kernels))
			continue;
		best = row->name;
		same = n;
	}
	return best;
}

const struct effect *row_effect(const struct row *row, enum effect_kind kind)
{
	for (int i = 0; row && i < row->neffects; i++)
		if (row->effects[i].kind == kind)
			return &row->effects[i];
	return NULL;
}

const struct callback *contract_callback(const struct mn_contract *contract,
					 const char *type, const char *member,
					 int nargs, struct kernels kernels)
{
	for (int i = first_of(&contract->types, type); i >= 0; i = contract->types.next[i]) {
		const struct callback *cb = &contract->callbacks.v[i];

		if (!strcmp(cb->member, member) &&
		    (cb->nargs < 0 || cb->nargs == nargs) &&
		    kernels_overlap(cb->kernels, kernels))
			return cb;
	}
	return NULL;
}

const struct callback *contract_member_of(const struct mn_contract *contract, const char *type,
					  struct kernels kernels, int i)
{
	for (int k = first_of(&contract->types, type); k >= 0; k = contract->types.next[k])
		if (kernels_overlap(contract->callbacks.v[k].kernels, kernels) && !i--)
			return &contract->callbacks.v[k];
	return NULL;
}

const struct walk_row *contract_walk(const struct mn_contract *contract, const char *name,
				     int nargs, struct kernels kernels, int i)
{
	for (int k = first_of(&contract->walkers, name); k >= 0; k = contract->walkers.next[k]) {
		const struct walk_row *walk = &contract->walks.v[k];

		if ((walk->nargs < 0 || nargs < 0 || walk->nargs == nargs) &&
		    kernels_overlap(walk->kernels, kernels) && !i--)
			return walk;
	}
	return NULL;
}

unsigned int contract_member(const struct mn_contract *contract, const char *type,
			     const char *member, struct kernels kernels)
{
	unsigned int what = 0;

	for (int i = first_of(&contract->types, type); i >= 0; i = contract->types.next[i]) {
		const struct callback *cb = &contract->callbacks.v[i];

		if (!strcmp(cb->member, member) && kernels_overlap(cb->kernels, kernels))
			what |= (cb->invalidates ? MEMBER_INVALIDATES : 0) |
				(cb->retired ? MEMBER_RETIRED : 0);
	}
	return what;
}

const struct excuse *contract_excuse(const struct mn_contract *contract,
				     const char *func, enum mn_rule rule,
				     enum message m, struct kernels kernels)
{
	const struct excuse *excuse;
	int i;

	for (i = 0; i < contract->excuses.n; i++) {
		excuse = &contract->excuses.v[i];
		if (excuse->rule == rule && is_source_name(excuse->func, func) &&
		    (excuse->message == MESSAGE_ANY || excuse->message == m) &&
		    kernels_overlap(excuse->kernels, kernels))
			return excuse;
	}
	return NULL;
}

const struct lockcell *contract_lock(const struct mn_contract *contract,
				     const char *type, const char *member)
{
	for (int i = 0; i < contract->locks.n; i++)
		if (contract->locks.v[i].member && !strcmp(contract->locks.v[i].member, member) &&
		    !strcmp(contract->locks.v[i].type, type))
			return &contract->locks.v[i];
	return NULL;
}

const struct lockcell *contract_lock_at(const struct mn_contract *contract, int i)
{
	return i < contract->locks.n ? &contract->locks.v[i] : NULL;
}

static bool is_named(const char *tag_member, const char *type, const char *member)
{
	size_t len = strlen(type);

	return !strncmp(tag_member, type, len) && tag_member[len] == '.' &&
	       !strcmp(tag_member + len + 1, member);
}

const struct lockcell *contract_lock_named(const struct mn_contract *contract,
					   const char *tag_member)
{
	for (int i = 0; i < contract->locks.n; i++) {
		const struct lockcell *lock = &contract->locks.v[i];

		if (lock->member && is_named(tag_member, lock->type, lock->member))
			return lock;
	}
	return NULL;
}

/* the lock in a lock is no other one: it is known as what it is a part of */
static bool is_part_of_lock(const struct mn_contract *contract, const char *tag_member)
{
	size_t len = strcspn(tag_member, ".");
	const char *type;

	for (size_t i = 0; (type = mn_contract_lock_type(contract, i)); i++)
		if (strlen(type) == len && !memcmp(type, tag_member, len))
			return true;
	return false;
}

bool contract_names_lock(const struct mn_contract *contract, const char *tag_member)
{
	if (is_part_of_lock(contract, tag_member))
		return false;
	for (int i = 0; i < contract->cells.n; i++)
		if (is_named(tag_member, contract->cells.v[i].type, contract->cells.v[i].member))
			return contract->cells.v[i].lock;
	return true;
}

const struct era *contract_era(const struct mn_contract *contract, int i)
{
	return i < contract->eras.n ? &contract->eras.v[i] : NULL;
}
