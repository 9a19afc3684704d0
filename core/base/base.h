/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * base.h - what every room of core/ stands on: memory, hash tables, keys, versions of kernels,
 * names of rules and messages.
 *
 * Nothing here knows what a program or a contract is.
 */
#ifndef BASE_H
#define BASE_H

#include <assert.h>
#include <string.h>

#include "mn.h"

/*
 * How much is kept apart: states at one point, entry states of one function. What is left of
 * it says what a state keeps (merge.c), in stages from DETAIL_ALL down.
 */
#define DETAIL_BUDGET 64

enum detail { DETAIL_ARGUMENTS, DETAIL_LESS_EQUAL, DETAIL_MERGED, DETAIL_ALL };

/* ------------------------------------------------------------------ */
/* arena.c: memory that is freed all at once; strings that are unique   */

struct mn_arena;

/* one line to stderr; ends the process with status 2 */
void out_of_memory(void) __attribute__((noreturn));
struct mn_arena *arena_new(void);
/* .. whose texts are those of @below as well, which must outlive it and get no more of its own */
struct mn_arena *arena_above(const struct mn_arena *below);
void arena_free(struct mn_arena *arena);
/* zeroed, aligned for any type; never NULL (out of memory ends the process) */
void *arena_alloc(struct mn_arena *arena, size_t size);
char *arena_printf(struct mn_arena *arena, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* one pointer per distinct text: compare with == ; NULL stays NULL */
const char *arena_intern(struct mn_arena *arena, const char *text);
/* .. of its first @len characters */
const char *arena_intern_part(struct mn_arena *arena, const char *text, size_t len);
uint32_t text_hash(const char *text);

#define arena_new_array(arena, type, n) \
	((type *)arena_alloc(arena, sizeof(type) * (size_t)(n)))

/*
 * A growing array in an arena: struct { type *v; int n, room; }.
 * vec_push() evaluates to the address of the new, zeroed element.
 */
#define MN_VEC(type) struct { type *v; int n, room; }
#define vec_push(arena, vec) \
	((vec)->v = (__typeof__((vec)->v))vec_room((arena), (vec)->v, (vec)->n, \
			&(vec)->room, sizeof(*(vec)->v)), \
	 &(vec)->v[(vec)->n++])
/* an empty one that will have @size elements */
#define vec_presize(arena, vec, size) \
	((vec)->v = (__typeof__((vec)->v))arena_alloc((arena), sizeof(*(vec)->v) * (size_t)(size)), (vec)->room = (size))
/* double *room (from 8), copy, zero the rest */
void *arena_grow(struct mn_arena *arena, void *old, int *room, size_t size);

/* room for one more behind the first @n */
static inline void *vec_room(struct mn_arena *arena, void *v, int n, int *room, size_t size)
{
	return n < *room ? v : arena_grow(arena, v, room, size);
}

/* ------------------------------------------------------------------ */
/* table.c: hash tables from a hash to numbers, which are never 0       */

struct slot {
	uint32_t hash, number;
};

struct table {
	struct slot *slots;
	uint32_t room, used;
};

/* the next number under @hash, or 0; *@at starts as @hash */
uint32_t table_next(const struct table *t, uint32_t hash, uint32_t *at);
void table_add(struct mn_arena *arena, struct table *t, uint32_t hash,
	       uint32_t number);
/* @size: a multiple of 4 */
uint32_t hash_bytes(const void *data, size_t size);

/* ------------------------------------------------------------------ */
/* key.c: what something is made of: two numbers of 64 bits             */

struct key {
	uint64_t a, b;
};

/* more of what it is made of */
void key_bytes(struct key *key, const void *data, size_t size);
void key_number(struct key *key, uint64_t n);
void key_text(struct key *key, const char *text);
void key_key(struct key *key, const struct key *more);
bool key_same(struct key x, struct key y);

/* ------------------------------------------------------------------ */
/* version.c: kernels                                                   */

/* MAJOR << 8 | MINOR; an interval of kernels, both ends included */
struct kernels {
	int from, to;
};
#define KERNEL(major, minor)	((major) << 8 | (minor))
#define KERNEL_PART_MAX		254		/* of MAJOR and of MINOR */
#define KERNEL_ANY		0xffff		/* "to" of an open interval */

static_assert(KERNEL(KERNEL_PART_MAX, KERNEL_PART_MAX) < KERNEL_ANY &&
	      KERNEL_PART_MAX <= 0xff, "each part has 8 bits, and the last number is taken");

bool kernels_overlap(struct kernels a, struct kernels b);
/* "4.12" -> KERNEL(4, 12); -1 if it is no version */
int kernel_parse(const char *text);
/* "4.12" of a KERNEL(); "" for an open end */
const char *kernel_text(int kernel, char *buf, size_t size);

/* ------------------------------------------------------------------ */
/* names.c: what a rule can say                                         */

/* where a rule is judged: a column of rules.def */
enum rule_place { RULE_ANYWHERE, RULE_INSIDE, RULE_OUTSIDE };

enum rule_place rule_place(enum mn_rule rule);

/* the rows of messages.def; how a text is filled is the report's, message_text() */
enum message {
	MESSAGE_ANY,			/* of a rule: none in particular */
#define MN_MESSAGE(name, rule, id, text) MESSAGE_##name,
#include "messages.def"
#undef MN_MESSAGE
	MESSAGE_COUNT
};

/* the rule that says it */
enum mn_rule message_rule(enum message m);
/* its name, unique and forever, such as "unlocked-after" */
const char *message_id(enum message m);
/* the message of that id, MESSAGE_ANY if there is none */
enum message message_find(const char *id);

/* ------------------------------------------------------------------ */
/* linked.c: names in a program of several units                        */

/* behind it stands the unit of what is not seen by other units, where its name alone would not do */
#define LINK_MARK '@'

/* @name as the source has it, interned in @arena where it is not the same */
const char *source_name(struct mn_arena *arena, const char *name);
/* is @name, without its unit, @source? */
bool is_source_name(const char *source, const char *name);

/* offsets and constants are those of a machine: they wrap */
static inline int64_t wrapped_sum(int64_t a, int64_t b)
{
	return (int64_t)((uint64_t)a + (uint64_t)b);
}

#endif /* BASE_H */
