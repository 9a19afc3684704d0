// SPDX-License-Identifier: GPL-2.0-only
/*
 * units.c - the files of facts in a directory, in the order of their names.
 *
 * Each unit is read by itself, heads only; the texts stay, since bodies are read from them later.
 */
#define _DEFAULT_SOURCE
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "linking.h"

typedef MN_VEC(const char *) paths_t;

static bool is_facts(const char *name)
{
	static const char suffix[] = ".facts";
	size_t n = strlen(name), k = sizeof(suffix) - 1;

	return n > k && !strcmp(name + n - k, suffix);
}

static int by_name(const void *x, const void *y)
{
	return strcmp(*(const char *const *)x, *(const char *const *)y);
}

/* Return: 0, or the negative errno of reading the directory */
static int list_units(struct mn_arena *arena, const char *dir, paths_t *paths)
{
	DIR *d = opendir(dir);
	const char **path;
	struct dirent *e;

	if (!d)
		return -errno;
	while ((e = readdir(d))) {
		if (!is_facts(e->d_name))
			continue;
		path = vec_push(arena, paths);
		*path = arena_printf(arena, "%s/%s", dir, e->d_name);
	}
	closedir(d);
	if (paths->n)
		qsort(paths->v, (size_t)paths->n, sizeof(*paths->v), by_name);
	return 0;
}

/* of a file that ends with its page there is no NUL behind it */
static const char *copy_text(struct mn_arena *arena, FILE *from, size_t size)
{
	char *text = (char *)arena_alloc(arena, size + 1);

	if (fread(text, 1, size, from) == size)
		return text;
	errno = EIO;	/* a short read sets none */
	return NULL;
}

/* the whole file with a NUL behind it; NULL with errno set */
static const char *read_text(struct mn_arena *arena, struct member *m)
{
	FILE *from = fopen(m->path, "r");
	const char *text = NULL;
	struct stat at;

	if (!from)
		return NULL;
	if (!fstat(fileno(from), &at)) {
		m->size = (size_t)at.st_size;
		if (m->size % (size_t)sysconf(_SC_PAGESIZE)) {
			text = (const char *)mmap(NULL, m->size, PROT_READ, MAP_PRIVATE, fileno(from), 0);
			m->mapped = text != MAP_FAILED;
		}
		if (!m->mapped)
			text = copy_text(arena, from, m->size);
	}
	fclose(from);
	return text;
}

/* what comes from the file is read again where it is needed */
static void leave_text(const struct member *m)
{
	if (m->mapped)
		madvise((void *)m->text, m->size, MADV_DONTNEED);
}

static int read_unit(struct mn_link *link, struct member *m, const struct mn_contract *contract,
		     const struct mn_options *options, char *err, size_t size)
{
	int ret;

	m->text = read_text(link->arena, m);
	if (!m->text) {
		snprintf(err, size, "mncheck: error: %s: %s", m->path, strerror(errno));
		return -errno;
	}
	if (strncmp(m->text, "facts ", 6)) {
		snprintf(err, size, "%s:1:1: error: no facts of a unit; compile it with link=DIR", m->path);
		return -EINVAL;
	}
	m->unit = mn_unit_new(contract, options, m->path);
	m->scope = scope_new(link->arena);
	ret = text_read_heads(m->unit, m->path, m->text, err, size);
	leave_text(m);
	return ret;
}

static int read_units(struct mn_link *link, const struct mn_contract *contract,
		      const struct mn_options *options, const char *dir, char *err, size_t size)
{
	paths_t paths = { NULL, 0, 0 };
	int ret = list_units(link->arena, dir, &paths);

	if (ret || !paths.n) {
		snprintf(err, size, "mncheck: error: %s: %s", dir, ret ? strerror(-ret) :
			 "no facts of units in it; compile them with link=DIR");
		return -EINVAL;
	}
	for (int i = 0; i < paths.n && !ret; i++) {
		struct member *m = vec_push(link->arena, &link->members);

		m->path = paths.v[i];
		ret = read_unit(link, m, contract, options, err, size);
	}
	return ret;
}

struct mn_link *mn_link_open(const struct mn_contract *contract, const struct mn_options *options,
			     const char *dir, char *err, size_t size)
{
	struct mn_arena *arena = arena_new();
	struct mn_link *link = arena_new_array(arena, struct mn_link, 1);

	link->arena = arena;
	vec_push(arena, &link->names);
	if (!read_units(link, contract, options, dir, err, size))
		return link;
	mn_link_free(link);
	return NULL;
}

const struct symbol *link_own_symbol(const struct mn_link *link, const struct member *member,
				     const char *name)
{
	const struct mn_func *func = unit_func(member->unit, name);

	return func ? &link->symbols.v[member->first + func->index] : NULL;
}

void mn_link_free(struct mn_link *link)
{
	for (int i = 0; i < link->members.n; i++) {
		struct member *m = &link->members.v[i];

		mn_unit_free(m->unit);
		if (m->mapped)
			munmap((void *)m->text, m->size);
	}
	arena_free(link->arena);
}
