// SPDX-License-Identifier: GPL-2.0-only
/*
 * arena.c - memory that lives as long as its unit, and strings that are unique.
 *
 * Nothing is freed piece by piece: chunks are cut from the front and given back
 * together. An interned text has one address, so that comparing names is
 * comparing pointers; the table of texts lies in the arena as well. Chunks are fresh
 * pages, which are zero: what malloc() hands out inside a compiler was used before and
 * would have to be cleared.
 *
 * AddressSanitizer sees what malloc() hands out and nothing of what is cut from a page. So
 * under it all of a chunk is poisoned but what was handed out, with a gap behind each, and
 * what arena_grow() leaves behind is poisoned again.
 */
#define _DEFAULT_SOURCE		/* MAP_ANONYMOUS */
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base.h"

#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define SANITIZED			/* clang's word for it */
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#define SANITIZED			/* GCC's */
#endif

#ifdef SANITIZED
#include <sanitizer/asan_interface.h>
#include <sanitizer/lsan_interface.h>
#define hide(mem, size)		ASAN_POISON_MEMORY_REGION(mem, size)
#define show(mem, size)		ASAN_UNPOISON_MEMORY_REGION(mem, size)
/* what a chunk points to is no leak */
#define search(mem, size)	__lsan_register_root_region(mem, size)
#define search_no_more(mem, size) __lsan_unregister_root_region(mem, size)
#define GAP			ALIGNMENT
#else
#define hide(mem, size)		((void)(mem))
#define show(mem, size)		((void)(mem))
#define search(mem, size)	((void)(mem))
#define search_no_more(mem, size) ((void)(mem))
#define GAP			((size_t)0)
#endif

#define CHUNK_SIZE	((size_t)256 * 1024)
#define ALIGNMENT	((size_t)16)
/* what the processor may map as one page */
#define HUGE_PAGE	((size_t)2 * 1024 * 1024)

struct chunk {
	struct chunk *next;
	size_t used, room;
};

/* the memory of a chunk starts behind its head, aligned */
#define CHUNK_HEAD	((sizeof(struct chunk) + ALIGNMENT - 1) & ~(ALIGNMENT - 1))

struct text {
	const char *text;
	uint32_t hash, len;
};

struct mn_arena {
	struct chunk *chunks;		/* the first one is being filled */
	struct text *texts;		/* open addressing */
	uint32_t ntexts, room;		/* room: 0 or a power of two */
	size_t mapped;
	const struct mn_arena *below;	/* its texts are here as well; NULL: there is none */
};

void out_of_memory(void)
{
	fputs("mncheck: error: out of memory\n", stderr);
	exit(2);
}

struct mn_arena *arena_new(void)
{
	struct mn_arena *arena = (struct mn_arena *)calloc(1, sizeof(*arena));

	if (!arena)
		out_of_memory();
	return arena;
}

struct mn_arena *arena_above(const struct mn_arena *below)
{
	struct mn_arena *arena = arena_new();

	arena->below = below;
	return arena;
}

void arena_free(struct mn_arena *arena)
{
	struct chunk *next;

	for (; arena->chunks; arena->chunks = next) {
		next = arena->chunks->next;
		show(arena->chunks, CHUNK_HEAD + arena->chunks->room);
		search_no_more(arena->chunks, CHUNK_HEAD + arena->chunks->room);
		munmap(arena->chunks, CHUNK_HEAD + arena->chunks->room);
	}
	free(arena);
}

static char *map(size_t size, int how)
{
	void *pages = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | how, -1, 0);

	if (pages == MAP_FAILED)
		out_of_memory();
	return (char *)pages;
}

/* @size: of whole huge pages; where there are none, small ones */
static char *map_huge(size_t size)
{
	char *pages = map(size + HUGE_PAGE, 0);
	size_t before = HUGE_PAGE - (uintptr_t)pages % HUGE_PAGE;

	munmap(pages, before);
	if (before < HUGE_PAGE)
		munmap(pages + before + size, HUGE_PAGE - before);
	pages += before;
	madvise(pages, size, MADV_HUGEPAGE);
	if (size == HUGE_PAGE)
		madvise(pages, size, MADV_POPULATE_WRITE);
	return pages;
}

/*
 * Who needs a second chunk will fill it: all its pages at once take half the time of one by one. And
 * who has filled many looks for things in all of them: the processor finds its way in few large pages sooner.
 */
static char *map_chunk(const struct mn_arena *arena, size_t *size)
{
	if (arena->mapped < HUGE_PAGE)
		return map(*size, arena->mapped ? MAP_POPULATE : 0);
	*size = (*size + HUGE_PAGE - 1) & ~(HUGE_PAGE - 1);
	return map_huge(*size);
}

static size_t left_in(const struct chunk *chunk)
{
	return chunk ? chunk->room - chunk->used : 0;
}

static struct chunk *new_chunk(struct mn_arena *arena, size_t size)
{
	size_t mapped = CHUNK_HEAD + size > CHUNK_SIZE / 4 ? CHUNK_HEAD + size : CHUNK_SIZE;
	struct chunk *chunk = (struct chunk *)map_chunk(arena, &mapped);

	arena->mapped += mapped;
	chunk->room = mapped - CHUNK_HEAD;
	search(chunk, mapped);
	hide((char *)chunk + CHUNK_HEAD, chunk->room);
	/* the one that has more left is filled next */
	if (left_in(chunk) - size < left_in(arena->chunks)) {
		chunk->next = arena->chunks->next;
		arena->chunks->next = chunk;
	} else {
		chunk->next = arena->chunks;
		arena->chunks = chunk;
	}
	return chunk;
}

void *arena_alloc(struct mn_arena *arena, size_t size)
{
	size_t taken = ((size + ALIGNMENT - 1) & ~(ALIGNMENT - 1)) + GAP;
	struct chunk *chunk = arena->chunks;
	void *mem;

	if (!chunk || chunk->room - chunk->used < taken)
		chunk = new_chunk(arena, taken);
	mem = (char *)chunk + CHUNK_HEAD + chunk->used;
	chunk->used += taken;
	show(mem, size);
	return mem;
}

void *arena_grow(struct mn_arena *arena, void *old, int *room, size_t size)
{
	size_t more = *room ? (size_t)*room * 2 : 8;
	void *mem;

	if (*room > INT_MAX / 2)
		out_of_memory();
	mem = arena_alloc(arena, size * more);
	if (old) {
		memcpy(mem, old, size * (size_t)*room);
		hide(old, size * (size_t)*room);
	}
	*room = (int)more;
	return mem;
}

char *arena_printf(struct mn_arena *arena, const char *fmt, ...)
{
	va_list args, again;
	char *text;
	int len;

	va_start(args, fmt);
	va_copy(again, args);
	len = vsnprintf(NULL, 0, fmt, args);
	text = (char *)arena_alloc(arena, (size_t)len + 1);
	vsnprintf(text, (size_t)len + 1, fmt, again);
	va_end(again);
	va_end(args);
	return text;
}

/* of the first @len characters; eight at a time */
static uint32_t part_hash(const char *text, size_t len)
{
	uint64_t hash = len, word;

	for (; len >= sizeof(word); len -= sizeof(word), text += sizeof(word)) {
		memcpy(&word, text, sizeof(word));
		hash = (hash ^ word) * 0x9e3779b97f4a7c15ull;
		hash ^= hash >> 32;
	}
	word = 0;
	memcpy(&word, text, len);
	hash = (hash ^ word) * 0x9e3779b97f4a7c15ull;
	return (uint32_t)(hash >> 32);
}

uint32_t text_hash(const char *text)
{
	return part_hash(text, strlen(text));
}

static bool is_text(const struct text *t, const char *text, size_t len, uint32_t hash)
{
	return t->hash == hash && t->len == len && !memcmp(t->text, text, len);
}

static struct text *text_slot(const struct mn_arena *arena, const char *text, size_t len,
			      uint32_t hash)
{
	uint32_t i = hash & (arena->room - 1);

	while (arena->texts[i].text && !is_text(&arena->texts[i], text, len, hash))
		i = (i + 1) & (arena->room - 1);
	return &arena->texts[i];
}

static struct text *free_slot(const struct mn_arena *arena, uint32_t hash)
{
	uint32_t i = hash & (arena->room - 1);

	while (arena->texts[i].text)
		i = (i + 1) & (arena->room - 1);
	return &arena->texts[i];
}

static void grow_texts(struct mn_arena *arena)
{
	const struct text *old = arena->texts;
	uint32_t i, room = arena->room;

	arena->room = room ? room * 2 : 256;
	arena->texts = arena_new_array(arena, struct text, arena->room);
	for (i = 0; i < room; i++)
		if (old[i].text)
			*free_slot(arena, old[i].hash) = old[i];
}

const char *arena_intern(struct mn_arena *arena, const char *text)
{
	return text ? arena_intern_part(arena, text, strlen(text)) : NULL;
}

/* Return: the text of that arena, or NULL */
static const char *known_text(const struct mn_arena *arena, const char *text, size_t len, uint32_t hash)
{
	return arena && arena->room ? text_slot(arena, text, len, hash)->text : NULL;
}

const char *arena_intern_part(struct mn_arena *arena, const char *text, size_t len)
{
	uint32_t hash = part_hash(text, len);
	const char *known = known_text(arena->below, text, len, hash);
	struct text *slot;
	char *copy;

	if (known)
		return known;
	if (arena->ntexts >= arena->room / 4 * 3)
		grow_texts(arena);
	slot = text_slot(arena, text, len, hash);
	if (!slot->text) {
		copy = (char *)arena_alloc(arena, len + 1);
		memcpy(copy, text, len);
		slot->text = copy;
		slot->hash = hash;
		slot->len = (uint32_t)len;
		arena->ntexts++;
	}
	return slot->text;
}
