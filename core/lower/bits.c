// SPDX-License-Identifier: GPL-2.0-only
/*
 * bits.c - one test of the bits of several members, as the tests of the members.
 *
 * A compiler reads members that lie together at once, bit-fields above all, and compares
 * what it has masked. A member has one cell, however it is read: so the test becomes one of
 * each member that the mask has bits of. Where the mask has other bits nothing is known.
 */
#include <stdlib.h>

#include "compiler.h"

static uint64_t ones(int64_t n)
{
	return n < 64 ? ((uint64_t)1 << n) - 1 : UINT64_MAX;
}

void mn_test_member(struct mn_test *t, int64_t from, int64_t width, bool is_signed)
{
	struct mn_test_part *part;

	if (width <= 0 || width > 64 || from < t->from || from - t->from + width > t->size)
		return;
	part = mn_append(&t->parts);
	part->from = from;
	part->width = width;
	part->is_signed = is_signed;
	part->shift = t->big_endian ? t->size - (from - t->from) - width : from - t->from;
}

int64_t mn_test_element(const struct mn_test *t, int64_t from, int64_t size)
{
	return size > 0 && t->from > from ? t->from - (t->from - from) % size : from;
}

/* which of the bits @left each member has, if it has @all or any; members of a union share theirs. Return: what is left */
static uint64_t share_bits(struct mn_test *t, uint64_t left, bool all)
{
	for (int i = 0; i < t->parts.n; i++) {
		struct mn_test_part *part = &t->parts.v[i];
		uint64_t bits = left >> part->shift & ones(part->width);

		if (part->bits || (all && bits != ones(part->width)))
			continue;
		part->bits = bits;
		left &= ~(bits << part->shift);
	}
	return left;
}

static mn_val put_part_test(struct mn_builder *b, const struct mn_test *t, const struct mn_test_part *part)
{
	mn_val v = mn_put_load(b, MN_NONE, mn_put_part(b, MN_NONE, t->whole, part->from, NULL));
	uint64_t value = t->value >> part->shift & ones(part->width), sign = (uint64_t)1 << (part->width - 1);

	if (part->bits != ones(part->width))
		v = mn_put_op(b, MN_AND, MN_NONE, v, mn_put_number(b, MN_NONE, (int64_t)part->bits));
	else if (part->is_signed)
		value = (value ^ sign) - sign;
	return mn_put_op(b, t->equal ? MN_EQ : MN_NE, MN_NONE, v, mn_put_number(b, MN_NONE, (int64_t)value));
}

mn_val mn_put_test(struct mn_builder *b, mn_val dst, struct mn_test *t)
{
	uint64_t left = share_bits(t, share_bits(t, t->mask & ones(t->size), true), false);
	mn_val v = left ? mn_put_unknown(b) : MN_NONE;

	for (int i = 0; i < t->parts.n && !left; i++) {
		mn_val part;

		if (!t->parts.v[i].bits)
			continue;
		part = put_part_test(b, t, &t->parts.v[i]);
		v = v ? mn_put_op(b, t->equal ? MN_AND : MN_OR, MN_NONE, v, part) : part;
	}
	free(t->parts.v);
	return dst ? mn_put_op(b, MN_COPY, dst, v, MN_NONE) : v;
}
