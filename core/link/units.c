// SPDX-License-Identifier: GPL-2.0-only
/*
 * units.c - the files of facts in a directory, in the order of their names.
 *
 * Units are read without bodies, into the arena of the whole. Of the bodies few are read, later: so a text that was
 * read is not kept, and the file is mapped for what is wanted of it.
 */
#define _DEFAULT_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
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

/*
 * The file with a zero behind it. That is in its last page, or in one of its own: there is an end to
 * how many mappings a process may have. Return: NULL with errno set
 */
static const char *map_text(int fd, size_t size)
{
	bool fits = size % (size_t)sysconf(_SC_PAGESIZE);
	void *pages = mmap(NULL, size + 1, PROT_READ, MAP_PRIVATE | (fits ? 0 : MAP_ANONYMOUS), fits ? fd : -1, 0);

	if (pages == MAP_FAILED)
		return NULL;
	if (fits || !size || mmap(pages, size, PROT_READ, MAP_PRIVATE | MAP_FIXED, fd, 0) != MAP_FAILED)
		return (const char *)pages;
	munmap(pages, size + 1);
	return NULL;
}

/* the text that is being read */
struct text {
	char *text;
	size_t room;
};

static bool read_all(struct text *text, int fd, size_t size)
{
	size_t n = 0;
	ssize_t more = 1;

	if (text->room <= size) {
		free(text->text);
		text->room = size * 2 + 1;
		text->text = (char *)malloc(text->room);
		if (!text->text)
			out_of_memory();
	}
	while (n < size && (more = read(fd, text->text + n, size - n)) > 0)
		n += (size_t)more;
	text->text[n] = '\0';
	return more >= 0;
}

/* Return: NULL, or what is wrong */
static const char *read_text(struct text *text, struct member *m)
{
	const char *why = NULL;
	struct stat at;
	int fd;

	/* to open a FIFO is to wait for somebody who writes to it */
	if (!stat(m->path, &at) && !S_ISREG(at.st_mode))
		return "not a regular file";
	fd = open(m->path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return strerror(errno);
	if (!fstat(fd, &at)) {
		m->size = (size_t)at.st_size;
		m->text = map_text(fd, m->size);
	}
	if (!m->text || !read_all(text, fd, m->size))
		why = strerror(errno);
	close(fd);
	return why;
}

void link_damaged(const struct member *m, int line, const char *what, char *err, size_t size)
{
	snprintf(err, size, "%s:%d:1: error: %s; compile the unit again", m->path, line, what);
}

/* they stay in the file */
static void leave_bodies(const struct text *text, struct member *m)
{
	for (int i = 0; i < m->unit->funcs.n; i++) {
		struct mn_func *func = m->unit->funcs.v[i];

		if (func->unit == m->unit && func->body)
			func->body = m->text + (func->body - text->text);
	}
}

static int read_unit(struct mn_link *link, struct heads *heads, struct text *text, struct member *m, char *err,
		     size_t size)
{
	const char *why = read_text(text, m);
	struct mn_unit *whole = link->whole;
	char what[512];

	if (why) {
		snprintf(err, size, "mncheck: error: %s: %s; remove it, or compile the unit again", m->path, why);
		return -EINVAL;
	}
	if (strncmp(text->text, "facts ", 6)) {
		snprintf(err, size, "%s:1:1: error: no facts of a unit; compile it with link=DIR", m->path);
		return -EINVAL;
	}
	m->unit = unit_new_in(whole->arena, whole->contract, &whole->options, m->path);
	m->unit->loader = m;
	if (text_read_heads(m->unit, heads, m->path, text->text, err, size))
		return -EINVAL;
	leave_bodies(text, m);
	if (!mn_validate(m->unit, what, sizeof(what)))
		return 0;
	link_damaged(m, 1, what, err, size);
	return -EINVAL;
}

static int read_units(struct mn_link *link, char *err, size_t size)
{
	struct heads *heads = heads_new(link->arena);
	struct text text = { NULL, 0 };
	int ret = 0;

	for (int i = 0; i < link->members.n && !ret; i++)
		ret = read_unit(link, heads, &text, &link->members.v[i], err, size);
	free(text.text);
	return ret;
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
			     const char *dir, char *err, size_t size)
{
	struct mn_unit *whole = mn_unit_new(contract, options, dir);
	struct mn_link *link = arena_new_array(whole->arena, struct mn_link, 1);

	link->whole = whole;
	link->arena = whole->arena;
	vec_push(link->arena, &link->names);
	if (!find_units(link, dir, err, size) && !read_units(link, err, size))
		return link;
	mn_link_free(link);
	return NULL;
}

struct mn_unit *mn_link_whole(struct mn_link *link)
{
	return link->whole;
}

const struct symbol *link_own_symbol(const struct mn_link *link, const struct member *member,
				     const char *name)
{
	uint32_t n = unit_func_number(member->unit, name);

	return n ? &link->symbols.v[member->first + (int)n - 1] : NULL;
}

void mn_link_free(struct mn_link *link)
{
	for (int i = 0; i < link->members.n; i++)
		if (link->members.v[i].text)
			munmap((void *)link->members.v[i].text, link->members.v[i].size + 1);
	mn_unit_free(link->whole);
}
