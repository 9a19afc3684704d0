/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * compiler.h - what only an adapter inside of a compiler needs.
 *
 * It hears of declarations before there is a unit, and gets expressions that the compiler has
 * put together anew.
 */
#ifndef MN_COMPILER_H
#define MN_COMPILER_H

#include "lower.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ------------------------------------------------------------------ */
/* what a parser has seen                                              */

struct mn_declaration {
	char *name;
	int nargs;
};

/* functions that were declared when there was no unit yet: mn_unit_declares(), for later */
struct mn_declared {
	MN_LIST(struct mn_declaration) list;
};

void mn_declare(struct mn_declared *d, const char *name, int nargs);
void mn_declared_tell(const struct mn_declared *d, struct mn_unit *unit);
void mn_declared_free(struct mn_declared *d);

/* ------------------------------------------------------------------ */
/* one test of several members                                         */

struct mn_test_part {
	int64_t from, width, shift;
	uint64_t bits;			/* of the mask */
	bool is_signed;
};

/**
 * struct mn_test - a compiler's test of bits that belong to members.
 * @whole: the address of the structure
 * @from, @size: the bits of it that are read, with the byte order of the machine
 * @mask: those that are tested, whether they are @value
 * @equal: or not. The rest is bits.c's.
 */
struct mn_test {
	mn_val whole;
	int64_t from, size;
	uint64_t mask, value;
	bool equal, big_endian;
	MN_LIST(struct mn_test_part) parts;
};

/**
 * mn_test_member() - a scalar member of the structure, @width bits wide; it may have none of those that are read.
 */
void mn_test_member(struct mn_test *t, int64_t from, int64_t width, bool is_signed);

/**
 * mn_test_element() - where the element that is read lies, of an array at @from whose elements have @size bits.
 */
int64_t mn_test_element(const struct mn_test *t, int64_t from, int64_t size);

/**
 * mn_put_test() - all of the test; @t has its members, and is done with.
 */
mn_val mn_put_test(struct mn_builder *b, mn_val dst, struct mn_test *t);

#ifdef __cplusplus
}
#endif
#endif /* MN_COMPILER_H */
