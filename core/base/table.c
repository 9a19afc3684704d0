// SPDX-License-Identifier: GPL-2.0-only
/*
 * table.c - hash tables from a hash to small numbers, for interning.
 *
 * The table knows hashes and numbers only; what the numbers stand for, and
 * whether two of them are equal, is the caller's:
 *
 *	for (at = hash; (n = table_next(&t, hash, &at)) != 0;)
 *		if (equal(n, key))
 *			return n;
 *	table_add(arena, &t, hash, new_n);
 */
#include "base.h"

uint32_t table_next(const struct table *t, uint32_t hash, uint32_t *at)
{
	if (!t->room)
		return 0;
	for (;; ++*at) {
		const struct slot *s = &t->slots[*at & (t->room - 1)];

		if (!s->number)
			return 0;
		if (s->hash == hash) {
			++*at;
			return s->number;
		}
	}
}

static void insert(struct table *t, uint32_t hash, uint32_t number)
{
	uint32_t at = hash & (t->room - 1);

	while (t->slots[at].number)
		at = (at + 1) & (t->room - 1);
	t->slots[at].hash = hash;
	t->slots[at].number = number;
	t->used++;
}

void table_add(struct mn_arena *arena, struct table *t, uint32_t hash,
	       uint32_t number)
{
	struct table old = *t;

	if ((t->used + 1) * 2 > t->room) {
		t->room = old.room ? old.room * 2 : 256;
		t->slots = arena_new_array(arena, struct slot, t->room);
		t->used = 0;
		for (uint32_t i = 0; i < old.room; i++)
			if (old.slots[i].number)
				insert(t, old.slots[i].hash, old.slots[i].number);
	}
	insert(t, hash, number);
}

uint32_t hash_bytes(const void *data, size_t size)
{
	const char *p = (const char *)data;
	uint64_t h = 0xcbf29ce484222325ull, eight;
	uint32_t four;

	for (; size >= 8; size -= 8, p += 8) {
		memcpy(&eight, p, 8);
		h = (h ^ eight) * 0x9e3779b97f4a7c15ull;
		h ^= h >> 32;
	}
	if (size) {
		memcpy(&four, p, 4);
		h = (h ^ four) * 0x9e3779b97f4a7c15ull;
	}
	return (uint32_t)(h >> 32);
}
