// SPDX-License-Identifier: GPL-2.0-only
/*
 * key.c - what something is made of, as numbers: the same numbers, the same thing.
 *
 * Two lanes of 64 bits are enough for what nobody makes up to be alike.
 */
#include "base.h"

static uint64_t mixed(uint64_t h, uint64_t with, uint64_t factor)
{
	h = (h ^ with) * factor;
	return h ^ h >> 29;
}

void key_number(struct key *key, uint64_t n)
{
	key->a = mixed(key->a + 1, n, 0x9e3779b97f4a7c15ull);
	key->b = mixed(key->b + 2, n, 0xc2b2ae3d27d4eb4full);
}

void key_bytes(struct key *key, const void *data, size_t size)
{
	const char *p = (const char *)data;
	uint64_t eight;

	key_number(key, size);
	for (; size; size -= size < 8 ? size : 8, p += 8) {
		eight = 0;
		memcpy(&eight, p, size < 8 ? size : 8);
		key_number(key, eight);
	}
}

void key_text(struct key *key, const char *text)
{
	key_bytes(key, text ? text : "", text ? strlen(text) : 0);
}

void key_key(struct key *key, const struct key *more)
{
	key_number(key, more->a);
	key_number(key, more->b);
}

bool key_same(struct key x, struct key y)
{
	return x.a == y.a && x.b == y.b;
}
