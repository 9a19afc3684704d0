/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * table.h - table.c: hash tables from a hash to numbers, which are never 0.
 */
#ifndef TABLE_H
#define TABLE_H

#include "core.h"

struct slot {
	uint32_t hash, number;
};

struct table {
	struct slot *slots;
	uint32_t room, used;
};

/* the next number under @hash, or 0; *@at begins as @hash */
uint32_t table_next(const struct table *t, uint32_t hash, uint32_t *at);
void table_add(struct mn_arena *arena, struct table *t, uint32_t hash,
	       uint32_t number);
uint32_t hash_bytes(const void *data, size_t size);

#endif /* TABLE_H */
