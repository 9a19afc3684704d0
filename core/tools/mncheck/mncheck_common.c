// SPDX-License-Identifier: GPL-2.0-only
/*
 * mncheck_common.c - errors, memory and texts of the subcommands; how a finding is printed.
 */
#define _XOPEN_SOURCE 700
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "records.h"

void die(const char *fmt, ...)
{
	va_list args;

	fflush(stdout);
	fputs("mncheck: error: ", stderr);
	va_start(args, fmt);
	vfprintf(stderr, fmt, args);
	va_end(args);
	putc('\n', stderr);
	exit(STATUS_BAD);
}

int next_option(int argc, char **argv, const struct option *options)
{
	int opt;

	opterr = 0;
	opt = getopt_long(argc, argv, ":", options, NULL);
	if (opt == '?' || opt == ':')
		exit(refuse_option(opt, argv, text_of("mncheck %s", argv[0])));
	return opt;
}

static void *there(void *array)
{
	if (!array)
		die("no memory");
	return array;
}

void *grow(void *array, int n, int *room, size_t size)
{
	if (n < *room)
		return array;
	*room = *room ? 2 * *room : 8;
	return there(realloc(array, (size_t)*room * size));
}

void *zeroed(int n, size_t size)
{
	return there(calloc((size_t)n + 1, size));
}

char *text_of(const char *fmt, ...)
{
	va_list args;
	char *text;
	int n;

	va_start(args, fmt);
	n = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	text = (char *)zeroed(n, 1);
	va_start(args, fmt);
	vsnprintf(text, (size_t)n + 1, fmt, args);
	va_end(args);
	return text;
}

char *text_cut(const char *text, size_t n)
{
	return text_of("%.*s", (int)n, text);
}

FILE *output_open(struct output *out, const char *path)
{
	out->path = path;
	out->to = stdout;
	if (!path)
		return stdout;
	out->other = text_of("%s.tmp", path);
	out->to = fopen(out->other, "w");
	if (!out->to)
		die("%s: %s; name another file", out->other, strerror(errno));
	return out->to;
}

void output_close(struct output *out)
{
	int why;

	if (!out->path)
		return;
	if (ferror(out->to) || fclose(out->to) || rename(out->other, out->path)) {
		why = errno;
		remove(out->other);
		die("%s: %s; name another file", out->path, strerror(why));
	}
}

/* ------------------------------------------------------------------ */
/* names of files                                                      */

/* a/./b, a//b and a/x/../b are a/b; a name that goes up from where it starts stays so */
static char *plain_name(const char *name)
{
	char *out = text_of("%s", name), *to = out;
	const char *end, *floor = out;

	if (*name == '/')
		floor = ++to;
	for (; *name; name = end) {
		while (*name == '/')
			name++;
		end = name + strcspn(name, "/");
		if (end == name || (end - name == 1 && *name == '.'))
			continue;
		if (end - name == 2 && !strncmp(name, "..", 2) && to > floor) {
			while (to > floor && *--to != '/')
				;
			continue;
		}
		if (to > out && to[-1] != '/')
			*to++ = '/';
		memmove(to, name, (size_t)(end - name));
		to += end - name;
		if (end - name == 2 && !strncmp(to - 2, "..", 2))
			floor = to;
	}
	*to = '\0';
	return out;
}

static const char *behind(const char *top, const char *name)
{
	size_t n = strlen(top);

	return !strncmp(name, top, n) && name[n] == '/' ? name + n + 1 : NULL;
}

const char *name_from(const char *top, const char *file)
{
	const char *name = plain_name(file), *rest = NULL;
	char *real;

	if (!top)
		return name;
	real = realpath(top, NULL);
	if (!real)
		die("--top=%s: %s; name the top of the kernel", top, strerror(errno));
	rest = behind(real, name);
	if (!rest)
		rest = behind(plain_name(top), name);
	free(real);
	return rest ? rest : name;
}

/* ------------------------------------------------------------------ */
/* a finding                                                           */

void print_finding(const struct finding *f, FILE *to)
{
	fprintf(to, "%s:%d:%d: warning: %s [mn-%s]\n", f->file, f->line, f->col, f->text,
		f->rule);
	for (int i = 0; i < f->nevents; i++)
		fprintf(to, "%s:%d:%d: note: %*s(%d) %s\n", f->events[i].file,
			f->events[i].line, f->events[i].col, 2 * f->events[i].depth, "", i + 1,
			f->events[i].text);
	if (*f->fix)
		fprintf(to, "%s:%d:%d: note: fix: %s; see 'mncheck explain %s'\n", f->file, f->line,
			f->col, f->fix, f->rule);
}
