// SPDX-License-Identifier: GPL-2.0-only
/*
 * context_compile.c - compile one file once more, with the plugin, for the lock context of a function.
 *
 * All that the compiler writes goes to a folder of our own, which is gone when the program ends, also
 * where it is interrupted. The build's folder is only read.
 */
#define _XOPEN_SOURCE 700
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "context.h"

/* ------------------------------------------------------------------ */
/* a folder of our own                                                 */

static char *scratch;			/* NULL: there is none */
static volatile sig_atomic_t interrupted;
static volatile pid_t child;

static void clear_scratch(void)
{
	DIR *dir = scratch ? opendir(scratch) : NULL;
	struct dirent *entry;

	while (dir && (entry = readdir(dir)))
		if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
			unlink(text_of("%s/%s", scratch, entry->d_name));
	if (dir)
		closedir(dir);
	if (scratch)
		rmdir(scratch);
	scratch = NULL;
}

static void on_signal(int number)
{
	interrupted = number;
	if (child > 0)
		kill(child, SIGTERM);
}

static const int signals[] = { SIGINT, SIGTERM, SIGHUP };

static void make_scratch(void)
{
	const char *folder = getenv("TMPDIR");
	struct sigaction action;

	scratch = text_of("%s/mncheck.XXXXXX", folder && *folder ? folder : "/tmp");
	memset(&action, 0, sizeof(action));
	action.sa_handler = on_signal;
	for (int i = 0; i < 3; i++)
		sigaction(signals[i], &action, NULL);
	if (!mkdtemp(scratch)) {
		const char *path = scratch;

		scratch = NULL;
		die("%s: %s; name another folder as TMPDIR", path, strerror(errno));
	}
	atexit(clear_scratch);
}

/* ------------------------------------------------------------------ */
/* running a compiler                                                  */

struct words {
	char **v;
	int n, room;
};

static void add_word(struct words *w, const char *word)
{
	w->v = (char **)grow(w->v, w->n, &w->room, sizeof(*w->v));
	w->v[w->n] = (char *)word;
	w->n += word != NULL;
}

static void run_child(const struct words *w, const char *folder, const char *log)
	__attribute__((noreturn));

static void run_child(const struct words *w, const char *folder, const char *log)
{
	int null = open("/dev/null", O_RDONLY), out = open(log, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	if (null < 0 || out < 0 || chdir(folder) || dup2(null, 0) < 0 || dup2(out, 1) < 0 ||
	    dup2(out, 2) < 0)
		_exit(126);
	setenv("LC_ALL", "C", 1);
	execvp(w->v[0], w->v);
	fprintf(stderr, "error: %s: %s\n", w->v[0], strerror(errno));
	fflush(stderr);
	_exit(127);
}

/* a signal waits until it is known whom to end */
static void start_child(const struct words *w, const char *folder, const char *log)
{
	sigset_t held, before;

	sigemptyset(&held);
	for (int i = 0; i < 3; i++)
		sigaddset(&held, signals[i]);
	sigprocmask(SIG_BLOCK, &held, &before);
	child = interrupted ? 0 : fork();
	if (!child && !interrupted) {
		sigprocmask(SIG_SETMASK, &before, NULL);
		run_child(w, folder, log);
	}
	sigprocmask(SIG_SETMASK, &before, NULL);
}

/* Return: its status; what it prints is in @log */
static int run_words(struct words *w, const char *folder, const char *log)
{
	int status = 0;

	add_word(w, NULL);
	fflush(stdout);
	start_child(w, folder, log);
	if (child < 0)
		die("no process for the compiler: %s", strerror(errno));
	while (child && waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	child = 0;
	if (interrupted) {
		fputs("mncheck: error: interrupted; run it again\n", stderr);
		exit(128 + interrupted);
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* the first line of @log that has @word in it, or NULL */
static const char *line_with(const char *log, const char *word)
{
	FILE *from = fopen(log, "r");
	char *line = NULL, *found = NULL;
	size_t size = 0;

	while (from && !found && getline(&line, &size, from) >= 0)
		if (strstr(line, word))
			found = text_cut(line, strcspn(line, "\n"));
	if (from)
		fclose(from);
	free(line);
	return found;
}

/* GCC calls a plugin by the name of its file */
static const char *plugin_arg(const struct context_unit *unit, const char *option)
{
	const char *name = strrchr(unit->front, '/') + 1;

	return text_of("-fplugin-arg-%.*s-%s", (int)strcspn(name, "."), name, option);
}

/* ------------------------------------------------------------------ */
/* why there is no record                                              */

static const char own_error[] = "mncheck: error: ", any_error[] = "error: ";

/* what the plugin says of it comes first */
static const char *reason_of(const char *log)
{
	const char *line = line_with(log, own_error);

	if (line)
		return strstr(line, own_error) + strlen(own_error);
	line = line_with(log, any_error);
	return line ? strstr(line, any_error) + strlen(any_error) : "no reason given";
}

/* is it the compiler that cannot use the plugin? Then the program ends */
static void try_plugin(const struct context_unit *unit, const char *compiler, const char *folder)
{
	const char *log = text_of("%s/try", scratch);
	struct words w = { NULL, 0, 0 };

	add_word(&w, compiler);
	add_word(&w, text_of("-fplugin=%s", unit->front));
	add_word(&w, plugin_arg(unit, "disable"));
	add_word(&w, "-S");
	add_word(&w, "-xc");
	add_word(&w, "/dev/null");
	add_word(&w, "-o");
	add_word(&w, text_of("%s/try.s", scratch));
	if (run_words(&w, folder, log))
		die("%s does not load %s: %s", compiler, unit->front, reason_of(log));
}

static void tell_failure(const struct context_unit *unit, const struct compile_command *c,
			 const char *log)
{
	const char *line;

	if (!unit->sparse)
		try_plugin(unit, c->words[0], c->folder);
	if (line_with(log, own_error))
		die("%s", reason_of(log));
	line = line_with(log, any_error);
	die("%s does not compile: %s", unit->file, line ? line : "no reason given");
}

/* ------------------------------------------------------------------ */
/* one file                                                            */

static bool is_clang(const char *compiler)
{
	const char *name = strrchr(compiler, '/');

	return strstr(name ? name + 1 : compiler, "clang") != NULL;
}

static const char *front_of(const struct context_unit *unit)
{
	static const char *const plugin[] = { "mmu_notifier_plugin.so",
					      "../lib/mncheck/mmu_notifier_plugin.so" };
	static const char *const sparse[] = { "mncheck-sparse", "../bin/mncheck-sparse" };
	char *path;

	if (unit->front) {
		path = realpath(unit->front, NULL);
		if (!path)
			die("%s: %s; make builds it", unit->front, strerror(errno));
		return path;
	}
	for (int i = 0; i < 2; i++) {
		path = realpath(text_of("%s%s", own_folder(), unit->sparse ? sparse[i] : plugin[i]),
				NULL);
		if (path)
			return path;
	}
	die("no %s beside this program or in its installation; name it with --%s=FILE",
	    unit->sparse ? "mncheck-sparse" : "plugin", unit->sparse ? "sparse" : "plugin");
}

static void add_options(struct words *w, const struct context_unit *unit, const char *record)
{
	const char *start = unit->sparse ? "--mn-" : plugin_arg(unit, "");

	add_word(w, text_of("%scontext=%s:%s", start, unit->functions, record));
	for (int i = 0; i < unit->nargs; i++)
		add_word(w, text_of("%s%s", start, unit->args[i]));
}

static void compile(struct context_unit *unit, const struct compile_command *c, const char *record)
{
	const char *log = text_of("%s/log", scratch);
	struct words w = { NULL, 0, 0 };

	add_word(&w, unit->sparse ? unit->front : c->words[0]);
	if (!unit->sparse)
		add_word(&w, text_of("-fplugin=%s", unit->front));
	add_options(&w, unit, record);
	for (int i = 1; i < c->n; i++)
		add_word(&w, c->words[i]);
	if (!unit->sparse) {
		/* findings are no matter here, and no error */
		add_word(&w, "-w");
		add_word(&w, "-S");
		add_word(&w, "-o");
		add_word(&w, text_of("%s/out.s", scratch));
	}
	add_word(&w, c->source);
	if (run_words(&w, c->folder, log) || access(record, R_OK))
		tell_failure(unit, c, log);
}

static char *source_path(const struct context_unit *unit)
{
	char *real = NULL;

	if (unit->kdir && *unit->file != '/')
		real = realpath(text_of("%s/%s", unit->kdir, unit->file), NULL);
	if (!real)
		real = realpath(unit->file, NULL);
	if (!real)
		die("%s: %s; name a C file%s, or what context= wrote", unit->file, strerror(errno),
		    unit->kdir ? " of the kernel" : "");
	return real;
}

/* a build knows its source; and who is in a build means this one */
static void find_folders(struct context_unit *unit)
{
	if (!unit->objdir)
		unit->objdir = unit->kdir;
	if (!unit->objdir && !access("include/config/auto.conf", R_OK))
		unit->objdir = realpath(".", NULL);
	if (!unit->kdir && unit->objdir)
		unit->kdir = realpath(text_of("%s/source", unit->objdir), NULL);
	if (!unit->kdir)
		unit->kdir = unit->objdir;
}

const char *context_compile(struct context_unit *unit)
{
	const char *real, *record;
	struct compile_command *c;

	find_folders(unit);
	real = source_path(unit);
	if (!strrchr(strrchr(real, '/'), '.'))
		die("%s: no C file, and no record of context=", unit->file);
	c = command_of(unit, real);
	if (!c || !c->n)
		die("%s: how it is compiled is not known: build its object first%s", unit->file,
		    unit->objdir ? "" : ", and name the folder of the kernel's build, of a module "
		    "/lib/modules/RELEASE/build, as --objdir=DIR");
	unit->sparse |= is_clang(c->words[0]);
	unit->front = front_of(unit);
	unit->folder = c->folder;
	make_scratch();
	record = text_of("%s/context.json", scratch);
	compile(unit, c, record);
	return record;
}
