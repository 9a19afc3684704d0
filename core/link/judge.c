// SPDX-License-Identifier: GPL-2.0-only
/*
 * judge.c - the parts of the whole, judged by several processes.
 *
 * A process takes the next part that nobody has taken, judges it as a unit of its own, and gives the memory
 * back: so no part depends on another one. What parts say stands in the process's file, and is put
 * together in the order of the parts: so how many processes there are changes nothing. A body is read when
 * the engine first enters it.
 */
#define _DEFAULT_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "linking.h"

/* ------------------------------------------------------------------ */
/* one part                                                            */

struct loader {
	struct mn_link *link;
	const int *was;			/* a function's index in the whole, by that in the part; NULL: the same */
	struct reads reads;
	char error[512];		/* the first one; "": none */
};

static void load(struct mn_unit *unit, struct mn_func *func)
{
	struct loader *l = (struct loader *)unit->loader;
	int index = l->was ? l->was[func->index] : func->index;

	if (*l->error)
		return;
	*vec_push(unit->arena, &l->reads) = func->index;
	if (link_read_body(func, &l->link->funcs.v[index], l->error, sizeof(l->error)))
		func->blocks.n = 0;
}

/* in front of what a part says */
struct heading {
	int part;
	size_t size;
	unsigned int steps;
};

/* Return: what it says, to be freed */
static char *judge(struct mn_link *link, const struct part *part, struct heading *heading)
{
	struct mn_unit *unit = unit_part(link->whole, part->funcs.v, part->funcs.n);
	struct loader loader = { link, part->funcs.v, { NULL, 0, 0 }, "" };
	char *said = NULL;
	FILE *to = open_memstream(&said, &heading->size);

	if (!to)
		out_of_memory();
	unit->load = load;
	unit->loader = &loader;
	for (int i = 0; i < unit->funcs.n; i++) {
		unit->funcs.v[i]->root &= i < part->own;
		if (i < part->own)
			func_ready(unit->funcs.v[i]);
	}
	unit_check_code(unit);
	heading->steps = unit->stats.steps;
	reads_write(link, part, &loader.reads, to);
	said_write(unit, *loader.error ? loader.error : NULL, to);
	mn_unit_free(unit);
	if (fclose(to))
		out_of_memory();
	return said;
}

/* ------------------------------------------------------------------ */
/* in each process                                                     */

struct work_list {
	struct part **parts;
	int n;
	int *taken;			/* so many, in memory that all processes see */
};

struct job {
	pid_t process;
	FILE *said;
};

static void tell(const char *what, const char *remedy)
{
	fprintf(stderr, "mncheck: error: %s: %s; %s\n", what, strerror(errno), remedy);
}

static void fail(const char *what, const char *remedy)
{
	tell(what, remedy);
	exit(2);
}

static const char make_room[] = "make room in /tmp";

static bool take(const struct work_list *list, int *part)
{
	*part = __atomic_fetch_add(list->taken, 1, __ATOMIC_RELAXED);
	return *part < list->n;
}

static void judge_parts(struct mn_link *link, const struct work_list *list, FILE *to)
{
	struct heading heading;
	char *said;

	while (take(list, &heading.part)) {
		said = judge(link, list->parts[heading.part], &heading);
		fwrite(&heading, sizeof(heading), 1, to);
		fwrite(said, heading.size, 1, to);
		free(said);
		/* what was said stays said, whatever becomes of the next part */
		if (!fflush(to) && !ferror(to))
			continue;
		tell("a temporary file", make_room);
		_exit(2);
	}
}

/* ------------------------------------------------------------------ */
/* in this process                                                     */

static void start(struct mn_link *link, struct job *job, const struct work_list *list)
{
	job->said = tmpfile();
	if (!job->said)
		fail("a temporary file", make_room);
	fflush(NULL);
	job->process = fork();
	if (job->process < 0)
		fail("cannot start a process", "give a smaller -jN");
	if (job->process)
		return;
	judge_parts(link, list, job->said);
	_exit(0);
}

/* what the process wrote, as far as it came */
static void take_said(struct mn_link *link, FILE *from, const struct work_list *list)
{
	struct heading heading;
	char *said;

	rewind(from);
	while (fread(&heading, sizeof(heading), 1, from)) {
		said = (char *)arena_alloc(link->arena, heading.size + 1);
		if (!fread(said, heading.size, 1, from))
			return;
		list->parts[heading.part]->said = said;
		list->parts[heading.part]->size = heading.size;
		list->parts[heading.part]->steps = heading.steps;
	}
}

static void finish(struct mn_link *link, struct job *job, const struct work_list *list)
{
	int status;

	if (waitpid(job->process, &status, 0) < 0)
		fail("a process is lost", "run it again");
	if (WIFEXITED(status) && WEXITSTATUS(status) == 2)
		exit(2);
	take_said(link, job->said, list);
	fclose(job->said);
}

/* by steps, else by functions: the last to end shall be short. Steps not known, 0, may be many: one less is the most */
static int longest_first(const void *x, const void *y)
{
	const struct part *a = *(struct part *const *)x, *b = *(struct part *const *)y;

	if (a->steps != b->steps)
		return a->steps - 1 < b->steps - 1 ? 1 : -1;
	if (a->funcs.n != b->funcs.n)
		return a->funcs.n < b->funcs.n ? 1 : -1;
	return strcmp(a->member->path, b->member->path);
}

static void run_parts(struct mn_link *link, struct work_list *list, int at_once)
{
	int n = at_once < list->n ? at_once : list->n;
	struct job *jobs = arena_new_array(link->arena, struct job, n);
	void *shared = mmap(NULL, sizeof(*list->taken), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (shared == MAP_FAILED)
		out_of_memory();
	list->taken = (int *)shared;
	qsort(list->parts, (size_t)list->n, sizeof(*list->parts), longest_first);
	for (int i = 0; i < n; i++)
		start(link, &jobs[i], list);
	for (int i = 0; i < n; i++)
		finish(link, &jobs[i], list);
	munmap(shared, sizeof(*list->taken));
}

/* a finding of several parts is that of the first */
static void drop_repeated(struct mn_unit *whole)
{
	struct mn_finding *v = whole->findings.v;
	int kept = 0;

	if (whole->findings.n)
		qsort(v, (size_t)whole->findings.n, sizeof(*v), findings_by_place);
	for (int i = 0; i < whole->findings.n; i++)
		if (!kept || findings_by_place(&v[kept - 1], &v[i]))
			v[kept++] = v[i];
	whole->findings.n = kept;
}

static int put_together(struct mn_link *link, char *err, size_t size)
{
	struct mn_unit *whole = link->whole;
	const char *error;

	for (int i = 0; i < link->parts.n; i++) {
		const struct part *part = link->parts.v[i];

		if (!part->said) {
			snprintf(err, size, "mncheck: internal: %s: its roots were not judged",
				 part->member->path);
			return -EINVAL;
		}
		error = said_read(whole, reads_skip(part->said));
		if (!error)
			continue;
		snprintf(err, size, "%s", error);
		return -EINVAL;
	}
	drop_repeated(whole);
	return 0;
}

/* callbacks of tables come to any file: they are looked at in the whole, names first */
static int check_tables(struct mn_link *link, char *err, size_t size)
{
	struct loader loader = { link, NULL, { NULL, 0, 0 }, "" };
	struct mn_unit *whole = link->whole;

	whole->load = load;
	whole->loader = &loader;
	unit_check_tables(whole);
	whole->load = NULL;
	if (!*loader.error)
		return 0;
	snprintf(err, size, "%s", loader.error);
	return -EINVAL;
}

int mn_link_check(struct mn_link *link, const char *cache, int at_once, char *err, size_t size)
{
	struct work_list list = { NULL, 0, NULL };
	int ret;

	if (cache && !cache_is_file(cache)) {
		snprintf(err, size, "mncheck: error: cannot write '%s': not a regular file; say --no-cache, or "
			 "remove it", cache);
		return -EINVAL;
	}
	link_parts(link);
	link->cache = cache;
	cache_read(link);
	list.parts = arena_new_array(link->arena, struct part *, link->parts.n);
	for (int i = 0; i < link->parts.n; i++)
		if (!link->parts.v[i]->said)
			list.parts[list.n++] = link->parts.v[i];
	run_parts(link, &list, at_once);
	link->judged = list.n;
	ret = put_together(link, err, size);
	if (ret)
		return ret;
	if (list.n && !cache_write(link)) {
		snprintf(err, size, "mncheck: error: cannot write '%s': %s; say --no-cache where DIR cannot be "
			 "written", cache, strerror(errno));
		return -EINVAL;
	}
	return check_tables(link, err, size);
}
