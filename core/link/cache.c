// SPDX-License-Identifier: GPL-2.0-only
/*
 * cache.c - what parts said, kept for the next run: what depends on a changed unit is judged again.
 *
 * The file is written anew under another name and renamed, so that an interrupted run leaves the old one. It
 * starts with the key of the program itself; each part has its key, its length, a key of its bytes, and the steps that
 * it took. What does not fit is not there: the part is judged again, and of several those of most steps first (judge.c).
 */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "linking.h"

#define CACHE_FORM "mncheck-link 3\n"

struct entry {
	struct key key, sum;
	uint64_t size, steps;
};

static struct key sum_of(const char *said, size_t size)
{
	struct key sum = { 0, 0 };

	key_bytes(&sum, said, size);
	return sum;
}

/* Return: all of the file, NULL if it cannot be read */
static char *read_all(struct mn_arena *arena, const char *path, size_t *size)
{
	FILE *from = fopen(path, "r");
	char *all = NULL;
	long n;

	if (!from)
		return NULL;
	n = fseek(from, 0, SEEK_END) ? -1 : ftell(from);
	if (n >= 0 && !fseek(from, 0, SEEK_SET)) {
		all = (char *)arena_alloc(arena, (size_t)n + 1);
		if (fread(all, 1, (size_t)n, from) != (size_t)n)
			all = NULL;
	}
	fclose(from);
	*size = (size_t)n;
	return all;
}

/* another mncheck may say something else */
static struct key key_of_program(struct mn_arena *arena)
{
	struct key key = { 0, 0 };
	size_t size;
	const char *program = read_all(arena, "/proc/self/exe", &size);

	if (program)
		key_bytes(&key, program, size);
	return key;
}

static int by_key(const void *x, const void *y)
{
	const struct part *a = *(struct part *const *)x, *b = *(struct part *const *)y;

	if (a->key.a != b->key.a)
		return a->key.a < b->key.a ? -1 : 1;
	return a->key.b < b->key.b ? -1 : a->key.b > b->key.b;
}

static void take_entry(const struct mn_link *link, struct part **parts, const struct entry *entry,
		       const char *said)
{
	struct part wanted, *at = &wanted, **found;

	memset(&wanted, 0, sizeof(wanted));
	wanted.key = entry->key;
	found = (struct part **)bsearch(&at, parts, (size_t)link->parts.n, sizeof(*parts), by_key);
	if (!found || !key_same(entry->sum, sum_of(said, (size_t)entry->size)))
		return;
	(*found)->steps = (unsigned int)entry->steps;
	if (!reads_hold(link, *found, said))
		return;
	(*found)->said = said;
	(*found)->size = (size_t)entry->size;
}

static void read_entries(const struct mn_link *link, struct part **parts, const char *p, const char *end)
{
	struct entry entry;

	while ((size_t)(end - p) >= sizeof(entry)) {
		memcpy(&entry, p, sizeof(entry));
		p += sizeof(entry);
		if (entry.size > (size_t)(end - p))
			return;
		take_entry(link, parts, &entry, p);
		p += entry.size;
	}
}

bool cache_is_file(const char *path)
{
	struct stat at;

	return stat(path, &at) || S_ISREG(at.st_mode);
}

void cache_read(struct mn_link *link)
{
	struct key program = key_of_program(link->arena);
	size_t size, front = sizeof(CACHE_FORM) - 1;
	const char *all = link->cache ? read_all(link->arena, link->cache, &size) : NULL;
	struct part **parts;

	if (!all || !link->parts.n || size < front + sizeof(program) || memcmp(all, CACHE_FORM, front) ||
	    memcmp(all + front, &program, sizeof(program)))
		return;
	parts = arena_new_array(link->arena, struct part *, link->parts.n);
	memcpy(parts, link->parts.v, sizeof(*parts) * (size_t)link->parts.n);
	qsort(parts, (size_t)link->parts.n, sizeof(*parts), by_key);
	read_entries(link, parts, all + front + sizeof(program), all + size);
}

static void write_part(const struct part *part, FILE *to)
{
	struct entry entry = { part->key, sum_of(part->said, part->size), part->size, part->steps };

	fwrite(&entry, sizeof(entry), 1, to);
	fwrite(part->said, 1, part->size, to);
}

bool cache_write(const struct mn_link *link)
{
	struct key program = key_of_program(link->arena);
	const char *new_name;
	bool fine;
	FILE *to;

	if (!link->cache)
		return true;
	new_name = arena_printf(link->arena, "%s.new", link->cache);
	/* whatever is there: to open a FIFO would wait for a reader */
	unlink(new_name);
	to = fopen(new_name, "w");
	if (!to)
		return false;
	fputs(CACHE_FORM, to);
	fwrite(&program, sizeof(program), 1, to);
	for (int i = 0; i < link->parts.n; i++)
		write_part(link->parts.v[i], to);
	fine = !ferror(to);
	if (fclose(to) || !fine || rename(new_name, link->cache)) {
		remove(new_name);
		return false;
	}
	return true;
}
