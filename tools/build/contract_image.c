// SPDX-License-Identifier: GPL-2.0-only
/*
 * contract_image.c - reads the embedded contract and prints, as a C file, the memory that it comes to.
 *
 * It is linked with the room of the contract, and is itself the arena that this allocates from; so it
 * knows each object. Of a text all is characters; of any other object a word is a pointer if it has the address
 * of an object. Objects that nothing points to any more, such as arrays that have grown, are left out.
 */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "contract_read.h"

#define MEMORY		((size_t)64 << 20)
#define OBJECTS_MAX	(1 << 18)
#define ALIGNMENT	16
#define WORD		sizeof(uintptr_t)

struct object_at {
	const char *mem;
	size_t size;			/* a multiple of ALIGNMENT */
	size_t at;			/* its first word in the image */
	bool text, reached;
};

struct mn_arena {
	char *memory;
	size_t used;
};

/* by address, as they were allocated */
static struct object_at objects[OBJECTS_MAX];
static int nobjects;
static struct mn_arena the_arena;

/* ------------------------------------------------------------------ */
/* the arena                                                           */

__attribute__((noreturn)) static void die(const char *what)
{
	fprintf(stderr, "%s\n", what);
	exit(2);
}

void out_of_memory(void)
{
	die("contract_image.c: error: out of memory: raise MEMORY or OBJECTS_MAX");
}

struct mn_arena *arena_new(void)
{
	the_arena.memory = aligned_alloc(ALIGNMENT, MEMORY);
	if (!the_arena.memory)
		out_of_memory();
	memset(the_arena.memory, 0, MEMORY);
	return &the_arena;
}

void arena_free(struct mn_arena *arena)
{
	free(arena->memory);
}

void *arena_alloc(struct mn_arena *arena, size_t size)
{
	struct object_at *o = &objects[nobjects];

	size = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
	if (nobjects == OBJECTS_MAX || MEMORY - arena->used < size)
		out_of_memory();
	o->mem = arena->memory + arena->used;
	o->size = size;
	arena->used += size;
	nobjects += size > 0;
	return (void *)o->mem;
}

void *arena_grow(struct mn_arena *arena, void *old, int *room, size_t size)
{
	int more = *room ? *room * 2 : 8;
	void *mem = arena_alloc(arena, size * (size_t)more);

	if (old)
		memcpy(mem, old, size * (size_t)*room);
	*room = more;
	return mem;
}

const char *arena_intern_part(struct mn_arena *arena, const char *text, size_t len)
{
	char *copy;

	for (int i = 0; i < nobjects; i++)
		if (objects[i].text && !strncmp(objects[i].mem, text, len) && !objects[i].mem[len])
			return objects[i].mem;
	copy = arena_alloc(arena, len + 1);
	memcpy(copy, text, len);
	objects[nobjects - 1].text = true;
	return copy;
}

const char *arena_intern(struct mn_arena *arena, const char *text)
{
	return text ? arena_intern_part(arena, text, strlen(text)) : NULL;
}

char *arena_printf(struct mn_arena *arena, const char *fmt, ...)
{
	char text[4096];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	return (char *)arena_intern(arena, text);
}

/* ------------------------------------------------------------------ */
/* the image                                                           */

/* the object that @word is an address in, or NULL */
static struct object_at *object_of(uintptr_t word)
{
	int from = 0, to = nobjects;

	while (from < to) {
		int middle = (from + to) / 2;
		struct object_at *o = &objects[middle];

		if (word < (uintptr_t)o->mem)
			to = middle;
		else if (word >= (uintptr_t)o->mem + o->size)
			from = middle + 1;
		else
			return o;
	}
	return NULL;
}

static uintptr_t word_at(const struct object_at *o, size_t i)
{
	uintptr_t word;

	memcpy(&word, o->mem + i * WORD, WORD);
	return word;
}

static void reach(struct object_at *first)
{
	static struct object_at *waiting[OBJECTS_MAX];
	int n = 0;

	first->reached = true;
	waiting[n++] = first;
	while (n) {
		const struct object_at *o = waiting[--n];

		for (size_t i = 0; !o->text && i < o->size / WORD; i++) {
			struct object_at *to = object_of(word_at(o, i));

			if (!to || to->reached)
				continue;
			to->reached = true;
			waiting[n++] = to;
		}
	}
}

static void put_word(const struct object_at *o, size_t i)
{
	uintptr_t word = word_at(o, i);
	const struct object_at *to = o->text ? NULL : object_of(word);
	size_t offset = to ? word - (uintptr_t)to->mem : 0;

	if (offset % WORD)
		die("contract_image.c: error: a pointer into a word: it cannot be written in C");
	if (to)
		printf("{ .p = image + %zu }, ", to->at + offset / WORD);
	else
		printf("{ 0x%jx }, ", (uintmax_t)word);
}

static void put_object(const struct object_at *o)
{
	putchar('\t');
	for (size_t i = 0; i < o->size / WORD; i++)
		put_word(o, i);
	putchar('\n');
}

int main(void)
{
	struct mn_contract *contract = mn_contract_new();
	const struct object_at *root = object_of((uintptr_t)contract);
	char err[512];
	size_t n = 0;

	/* from where make runs; at run time the name is enough */
	strcpy(err, "contract/");
	if (mn_contract_read(contract, CONTRACT_NAME, mn_contract_text(), err + strlen(err), sizeof(err) - strlen(err)))
		die(err);
	if (!contract->rows.n)
		die("contract/" CONTRACT_NAME ":1:1: error: no rows, so that nothing would be found: write some");
	contract->arena = NULL;
	reach((struct object_at *)root);
	for (int i = 0; i < nobjects; i++) {
		objects[i].at = n;
		n += objects[i].reached ? objects[i].size / WORD : 0;
	}
	printf("// SPDX-License-Identifier: GPL-2.0-only\n"
	       "/* Made by tools/build/contract_image.c: the contract, as it is in memory. */\n"
	       "#include \"contract_read.h\"\n\n"
	       "static const union { uintptr_t n; const void *p; } image[%zu] __attribute__((aligned(%d))) = {\n",
	       n, ALIGNMENT);
	for (int i = 0; i < nobjects; i++)
		if (objects[i].reached)
			put_object(&objects[i]);
	printf("};\n\n"
	       "extern const struct mn_contract *const contract_image;\n"
	       "const struct mn_contract *const contract_image = (const struct mn_contract *)(image + %zu);\n",
	       root->at);
	return ferror(stdout) || fflush(stdout) ? 2 : 0;
}
