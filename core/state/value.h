/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * value.h - what a value is (a symbol), and what is known of one (a fact).
 *
 * Equal expressions are equal numbers: see sym.c, interval.h, fact.c.
 */
#ifndef VALUE_H
#define VALUE_H

#include "contract.h"
#include "interval.h"
#include "program.h"

typedef uint32_t sym_t;
#define SYM_NONE 0u

enum sym_kind {
	SYM_CONST,		/* imm */
	SYM_INPUT,		/* the imm-th value that came in from the caller */
	SYM_LOCAL,		/* address of the function's own object NAME */
	SYM_GLOBAL,		/* address of the unit's object NAME */
	SYM_FUNC,		/* address of the function NAME */
	SYM_BORN,		/* made at site imm, the imm2-th there */
	SYM_OLD,		/* what the born a was in an earlier round of its loop */
	SYM_ADDR,		/* a + imm bits; NAME: a lock, and which member it is */
	SYM_CONTENT,		/* of the cell at a, as of tag b (SYM_NONE: at entry) */
	SYM_OP,			/* a op b */
	SYM_PURE,		/* NAME(a, ..): a is an argument, b the SYM_PURE of the rest */
};

#define SYM_IS_PTL	(1u << 0)	/* the address of a page table lock */
#define SYM_POINTS_PTL	(1u << 1)	/* the address of a cell that points to one */
#define SYM_STACK	(1u << 2)	/* INPUT: an object of a caller's frame */
#define SYM_UNTOUCHED	(1u << 3)	/* INPUT: .. whose contents are those of its stores only */
#define SYM_STABLE	(1u << 4)	/* INPUT: a parameter of the outermost function */
#define SYM_IS_MMAP	(1u << 5)	/* the address of an mmap lock */
#define SYM_NEW_ENTRY	(1u << 6)	/* an entry for a page that was not there before */
#define SYM_OLD_ENTRY	(1u << 7)	/* what an entry was, before it was cleared, or more */
#define SYM_KEPT	(1u << 8)	/* INPUT: .. that no function of another file was given */

#define SYM_IS_BOUND	(1u << 9)	/* the address of a bound of an area */
#define SYM_IS_COUNT	(1u << 10)	/* the address of the count of regions that are open .. */
#define SYM_IS_SEQUENCE	(1u << 11)	/* .. or of those that there were */

#define SYM_POINTER	(1u << 12)	/* NULL or a pointer, no error */

static_assert(SYM_POINTER <= UINT16_MAX, "flags have 16 bits");

#define SYM_ENTRIES	(SYM_NEW_ENTRY | SYM_OLD_ENTRY)

static_assert(SYM_PURE <= UINT8_MAX && MN_OP_COUNT <= UINT8_MAX, "struct sym has 8 bits each");

struct sym {
	uint8_t kind, op, size;
	bool has_fact;		/* in some state, now or earlier */
	bool has_bits;		/* .. and so has some "it & mask" */
	uint16_t flags;
	sym_t a, b;
	int64_t imm, imm2;
	const char *name;
	uint64_t sites;		/* a Bloom filter of the sites of its BORN atoms */
	uint64_t olds;		/* the same of its OLD atoms */
};

struct engine;

sym_t sym_const(struct engine *eng, int64_t value);
sym_t sym_input(struct engine *eng, int n, unsigned int flags);
sym_t sym_named(struct engine *eng, enum sym_kind kind, const char *name);
sym_t sym_born(struct engine *eng, uint64_t site, uint64_t k);
sym_t sym_old(struct engine *eng, sym_t s);
/* @flags: SYM_IS_PTL or SYM_POINTS_PTL, of the member that lies there */
sym_t sym_addr(struct engine *eng, sym_t base, int64_t bits, unsigned int flags);
/* .. @lock: the member that lies there is a lock, known as "struct.member" (interned); NULL: it is none */
sym_t sym_member(struct engine *eng, sym_t base, int64_t bits, unsigned int flags,
		 const char *lock);
/* by what name a lock is known in all functions: "struct.member", or a variable; NULL: by none */
const char *lock_class(const struct engine *eng, sym_t lock);
sym_t sym_content(struct engine *eng, sym_t addr, sym_t tag);
sym_t sym_op(struct engine *eng, enum mn_op op, sym_t a, sym_t b);
sym_t sym_pure(struct engine *eng, const char *name, sym_t arg, sym_t rest);
/* flags that follow from how a symbol was made, not part of what it is; of BORN and PURE */
void sym_mark(struct engine *eng, sym_t s, unsigned int flags);
/* what the contract says of a member, for the symbol of its address */
unsigned int lock_flags(const struct lockcell *cell);
/* s = *base + *off with the constant *off taken apart */
sym_t sym_linear(const struct engine *eng, sym_t s, int64_t *off);
/* .. all the way: the value that @s is, plus @off bytes */
sym_t sym_place(const struct engine *eng, sym_t s, int64_t *off);

/*
 * Rebuild @s with its atoms replaced: @atom is asked for every node, outermost
 * first, and answers false to have the node rebuilt from its parts. Parts that become
 * SYM_NONE make the whole SYM_NONE.
 */
typedef bool (*sym_map_fn)(void *arg, sym_t s, sym_t *to);
sym_t sym_map(struct engine *eng, sym_t s, sym_map_fn atom, void *arg);
/* .. one node: @s made of @a and @b where it was made of others */
sym_t sym_made_of(struct engine *eng, sym_t s, sym_t a, sym_t b);

#endif /* VALUE_H */
