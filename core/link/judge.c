// SPDX-License-Identifier: GPL-2.0-only
/*
 * judge.c - the parts of the whole, judged each by a process of its own, several at a time.
 *
 * A part is judged in a copy of this process, whose memory goes with it. What it says comes back in a
 * file, and is put together in the order of the parts: so how many run at a time changes nothing. A body
 * is read when the engine first enters it.
 */
#define _DEFAULT_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "linking.h"

/* ------------------------------------------------------------------ */
/* in the process of a part                                            */

struct loader {
	struct mn_link *link;
	const int *was;			/* a function's index in the whole, by that in the part; NULL: the same */
	char error[512];		/* the first one; "": none */
};

static void load(struct mn_unit *unit, struct mn_func *func)
{
	struct loader *l = (struct loader *)unit->loader;
	int index = l->was ? l->was[func->index] : func->index;
	const struct member *m = l->link->funcs.v[index].member;

	if (*l->error)
		return;
	if (link_read_body(func, m, l->error, sizeof(l->error)))
		func->blocks.n = 0;
}

static void judge(struct mn_link *link, const struct part *part, FILE *to)
{
	struct mn_unit *whole = link->whole;
	struct loader loader = { link, part->funcs.v, "" };

	unit_narrow(whole, part->funcs.v, part->funcs.n);
	whole->load = load;
	whole->loader = &loader;
	for (int i = 0; i < whole->funcs.n; i++) {
		whole->funcs.v[i]->root &= i < part->own;
		if (i < part->own)
			func_ready(whole->funcs.v[i]);
	}
	unit_check_code(whole);
	said_write(whole, *loader.error ? loader.error : NULL, to);
}

/* ------------------------------------------------------------------ */
/* in this process                                                     */

struct job {
	struct part *part;
	pid_t process;			/* 0: none */
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

static void start(struct mn_link *link, struct job *job, struct part *part)
{
	job->part = part;
	job->said = tmpfile();
	if (!job->said)
		fail("a temporary file", make_room);
	fflush(NULL);
	job->process = fork();
	if (job->process < 0)
		fail("cannot start a process", "give a smaller -jN");
	if (job->process)
		return;
	judge(link, part, job->said);
	if (fflush(job->said) || ferror(job->said))
		tell("a temporary file", make_room);
	_exit(ferror(job->said) ? 2 : 0);
}

/* what the process wrote, or nothing, where it did not come to its end */
static void take_said(struct mn_link *link, struct job *job, int status)
{
	long size;
	char *said;

	if (WIFEXITED(status) && WEXITSTATUS(status) == 2)
		exit(2);
	size = fseek(job->said, 0, SEEK_END) ? -1 : ftell(job->said);
	if (!WIFEXITED(status) || size < 0)
		return;
	said = (char *)arena_alloc(link->arena, (size_t)size + 1);
	rewind(job->said);
	if (fread(said, 1, (size_t)size, job->said) != (size_t)size)
		return;
	job->part->said = said;
	job->part->size = (size_t)size;
}

static void wait_for_one(struct mn_link *link, struct job *jobs, int n)
{
	int status, i;
	pid_t process = wait(&status);

	if (process < 0)
		fail("a process is lost", "run it again");
	for (i = 0; i < n && jobs[i].process != process; i++)
		;
	if (i == n)
		return;
	take_said(link, &jobs[i], status);
	fclose(jobs[i].said);
	jobs[i].process = 0;
}

/* the largest first: the last ones to end shall be small */
static int by_size(const void *x, const void *y)
{
	const struct part *a = *(struct part *const *)x, *b = *(struct part *const *)y;

	if (a->funcs.n != b->funcs.n)
		return a->funcs.n < b->funcs.n ? 1 : -1;
	return strcmp(a->member->path, b->member->path);
}

static void run_parts(struct mn_link *link, struct part **parts, int n, int at_once)
{
	struct job *jobs = arena_new_array(link->arena, struct job, at_once);
	int running = 0, next = 0, i;

	while (next < n || running) {
		if (running == at_once || next == n) {
			wait_for_one(link, jobs, at_once);
			running--;
			continue;
		}
		for (i = 0; jobs[i].process; i++)
			;
		start(link, &jobs[i], parts[next++]);
		running++;
	}
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
		error = said_read(whole, part->said);
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
	struct loader loader = { link, NULL, "" };
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
	struct part **parts;
	int n = 0, ret;

	if (cache && !cache_is_file(cache)) {
		snprintf(err, size, "mncheck: error: cannot write '%s': not a regular file; say --no-cache, or "
			 "remove it", cache);
		return -EINVAL;
	}
	link_parts(link);
	link->cache = cache;
	cache_read(link);
	parts = arena_new_array(link->arena, struct part *, link->parts.n);
	for (int i = 0; i < link->parts.n; i++)
		if (!link->parts.v[i]->said)
			parts[n++] = link->parts.v[i];
	qsort(parts, (size_t)n, sizeof(*parts), by_size);
	run_parts(link, parts, n, at_once);
	link->judged = n;
	ret = put_together(link, err, size);
	if (ret)
		return ret;
	if (n && !cache_write(link)) {
		snprintf(err, size, "mncheck: error: cannot write '%s': %s; say --no-cache where DIR cannot be "
			 "written", cache, strerror(errno));
		return -EINVAL;
	}
	return check_tables(link, err, size);
}
