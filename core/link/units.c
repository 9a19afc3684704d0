// SPDX-License-Identifier: GPL-2.0-only
/*
 * units.c - the files of facts in a directory, in the order of their names.
 *
 * Each unit is read by itself, heads only, several at a time; the texts stay, since bodies are read from
 * them later.
 */
#define _DEFAULT_SOURCE
#include <dirent.h>
#include <errno.h>
#include <pthread.h>
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

/* the file, with the zeros of a page of its own behind it. Return: NULL with errno set */
static const char *map_text(int fd, size_t size)
{
	void *pages = mmap(NULL, size + 1, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (pages == MAP_FAILED)
		return NULL;
	if (!size || mmap(pages, size, PROT_READ, MAP_PRIVATE | MAP_FIXED, fd, 0) != MAP_FAILED)
		return (const char *)pages;
	munmap(pages, size + 1);
	return NULL;
}

/* Return: NULL, or what is wrong */
static const char *read_text(struct member *m)
{
	struct stat at;
	FILE *from;

	/* to open a FIFO is to wait for somebody who writes to it */
	if (!stat(m->path, &at) && !S_ISREG(at.st_mode))
		return "not a regular file";
	from = fopen(m->path, "r");
	if (!from)
		return strerror(errno);
	if (!fstat(fileno(from), &at)) {
		m->size = (size_t)at.st_size;
		m->text = map_text(fileno(from), m->size);
	}
	fclose(from);
	return m->text ? NULL : strerror(errno);
}

/* what comes from the file is read again where it is needed */
static void leave_text(const struct member *m)
{
	madvise((void *)m->text, m->size, MADV_DONTNEED);
}

/* one thread's share of the units: every so many */
struct share {
	struct mn_link *link;
	const struct mn_contract *contract;
	const struct mn_options *options;
	int first, step;
	int failed;			/* the unit that could not be read; members.n: none */
	char error[MN_ERROR_SIZE];
	pthread_t thread;
	bool started;
};

void link_damaged(const struct member *m, int line, const char *what, char *err, size_t size)
{
	snprintf(err, size, "%s:%d:1: error: %s; compile the unit again", m->path, line, what);
}

static bool read_unit(struct share *share, struct member *m)
{
	const char *why = read_text(m);
	char what[512];
	bool fine;

	if (why) {
		snprintf(share->error, sizeof(share->error),
			 "mncheck: error: %s: %s; remove it, or compile the unit again", m->path, why);
		return false;
	}
	if (strncmp(m->text, "facts ", 6)) {
		snprintf(share->error, sizeof(share->error),
			 "%s:1:1: error: no facts of a unit; compile it with link=DIR", m->path);
		return false;
	}
	m->unit = mn_unit_new(share->contract, share->options, m->path);
	fine = !text_read_heads(m->unit, m->path, m->text, share->error, sizeof(share->error));
	leave_text(m);
	if (!fine || !mn_validate(m->unit, what, sizeof(what)))
		return fine;
	link_damaged(m, 1, what, share->error, sizeof(share->error));
	return false;
}

static void *read_share(void *data)
{
	struct share *share = (struct share *)data;
	int n = share->link->members.n, i = share->first;

	while (i < n && read_unit(share, &share->link->members.v[i]))
		i += share->step;
	share->failed = i < n ? i : n;
	return NULL;
}

/* units share nothing until they are joined. Return: the share that failed first, or NULL */
static const struct share *read_shares(struct share *shares, int n)
{
	const struct share *failed = NULL;

	for (int i = 1; i < n; i++)
		shares[i].started = !pthread_create(&shares[i].thread, NULL, read_share, &shares[i]);
	for (int i = 0; i < n; i++) {
		if (shares[i].started)
			pthread_join(shares[i].thread, NULL);
		else
			read_share(&shares[i]);
		if (*shares[i].error && (!failed || shares[i].failed < failed->failed))
			failed = &shares[i];
	}
	return failed;
}

static int read_units(struct mn_link *link, const struct mn_contract *contract,
		      const struct mn_options *options, int at_once, char *err, size_t size)
{
	int n = at_once < link->members.n ? at_once : link->members.n;
	struct share *shares = arena_new_array(link->arena, struct share, n);
	const struct share *failed;

	for (int i = 0; i < n; i++) {
		shares[i].link = link;
		shares[i].contract = contract;
		shares[i].options = options;
		shares[i].first = i;
		shares[i].step = n;
	}
	failed = read_shares(shares, n);
	if (!failed)
		return 0;
	snprintf(err, size, "%s", failed->error);
	return -EINVAL;
}

static int find_units(struct mn_link *link, const char *dir, char *err, size_t size)
{
	paths_t paths = { NULL, 0, 0 };
	int ret = list_units(link->arena, dir, &paths);

	if (ret || !paths.n) {
		snprintf(err, size, "mncheck: error: %s: %s; %s link=DIR", dir,
			 ret ? strerror(-ret) : "no facts of units in it", ret ? "name the directory of" :
			 "compile them with");
		return -EINVAL;
	}
	for (int i = 0; i < paths.n; i++) {
		struct member *m = vec_push(link->arena, &link->members);

		m->path = paths.v[i];
		m->scope = scope_new(link->arena);
	}
	return 0;
}

struct mn_link *mn_link_open(const struct mn_contract *contract, const struct mn_options *options,
			     const char *dir, int at_once, char *err, size_t size)
{
	struct mn_arena *arena = arena_new();
	struct mn_link *link = arena_new_array(arena, struct mn_link, 1);

	link->arena = arena;
	vec_push(arena, &link->names);
	if (!find_units(link, dir, err, size) && !read_units(link, contract, options, at_once, err, size))
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
		if (m->text)
			munmap((void *)m->text, m->size + 1);
	}
	arena_free(link->arena);
}
