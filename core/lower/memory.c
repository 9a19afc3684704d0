// SPDX-License-Identifier: GPL-2.0-only
/*
 * memory.c - memory of an adapter that outlives no run, and maps from numbers to numbers.
 *
 * The data of a unit lies in the unit's arena. An adapter has memory of its own only
 * for data that exists before the unit, or ends with a function. It never sees NULL.
 */
#include <limits.h>
#include <stdlib.h>

#include "program.h"
#include "lower.h"

void *mn_alloc(size_t n, size_t size)
{
	void *p = calloc(n ? n : 1, size);

	if (!p)
		out_of_memory();
	return p;
}

void *mn_grow(void *old, int *room, size_t size)
{
	int before = *room;
	char *p;

	if (before > INT_MAX / 2)
		out_of_memory();
	*room = before ? before * 2 : 32;
	p = (char *)realloc(old, (size_t)*room * size);
	if (!p)
		out_of_memory();
	memset(p + (size_t)before * size, 0, (size_t)(*room - before) * size);
	return p;
}

/* ------------------------------------------------------------------ */
/* maps                                                                */

static struct mn_map_slot *slot_of(const struct mn_map *m, uint64_t key)
{
	size_t at = (size_t)(key * 0x9e3779b97f4a7c15ull >> 20) & (m->room - 1);

	while (m->slots[at].value && m->slots[at].key != key)
		at = (at + 1) & (m->room - 1);
	return &m->slots[at];
}

bool mn_map_get(const struct mn_map *m, uint64_t key, uint32_t *value)
{
	const struct mn_map_slot *slot;

	if (!m->n)
		return false;
	slot = slot_of(m, key);
	if (!slot->value)
		return false;
	*value = slot->value - 1;
	return true;
}

static void grow(struct mn_map *m)
{
	struct mn_map_slot *old = m->slots;
	size_t i, room = m->room;

	m->room = room ? room * 2 : 32;
	m->slots = (struct mn_map_slot *)mn_alloc(m->room, sizeof(*m->slots));
	for (i = 0; i < room; i++)
		if (old[i].value)
			*slot_of(m, old[i].key) = old[i];
	free(old);
}

void mn_map_put(struct mn_map *m, uint64_t key, uint32_t value)
{
	struct mn_map_slot *slot;

	if (2 * m->n >= m->room)
		grow(m);
	slot = slot_of(m, key);
	m->n += !slot->value;
	slot->key = key;
	slot->value = value + 1;
}

void mn_map_free(struct mn_map *m)
{
	free(m->slots);
	memset(m, 0, sizeof(*m));
}
