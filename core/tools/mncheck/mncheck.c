// SPDX-License-Identifier: GPL-2.0-only
/*
 * mncheck.c - the one program: it runs its subcommands.
 *
 * Those that read records are built in. Another, mncheck NAME, is the program mncheck-NAME, which
 * is beside this one or in ../libexec/mncheck of it, as git has it.
 */
#define _POSIX_C_SOURCE 200809L
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "mn.h"
#include "mncheck.h"

static const struct {
	const char *name, *summary;
	int (*run)(int argc, char **argv);
} commands[] = {
	{ "report", "what runs found: a table, or findings with their steps", cmd_report },
	{ "diff", "what a run found that another did not", cmd_diff },
	{ "context", "what is held at each line of a function", cmd_context },
	{ "explain", "what a rule or a message means, and the repair", cmd_explain },
};

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* where programs of our own are, beside this one first */
static const char *const folders[] = { "", "../libexec/mncheck/" };

const char *own_folder(void)
{
	char path[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path));

	while (n > 0 && path[n - 1] != '/')
		n--;
	return text_cut(path, n > 0 ? (size_t)n : 0);
}

static void list_folder(const char *folder)
{
	static const char start[] = "mncheck-";
	DIR *dir = opendir(folder);
	struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		const char *name = entry->d_name;

		if (!strncmp(name, start, sizeof(start) - 1) && !strchr(name, '.') &&
		    !access(text_of("%s%s", folder, name), X_OK))
			printf("  %-10s the program %s\n", name + sizeof(start) - 1, name);
	}
	if (dir)
		closedir(dir);
}

static void print_help(void)
{
	puts("usage: mncheck COMMAND [ARGUMENT]...\n"
	     "Findings of the MMU-notifier checker: look at them, compare them, understand them.\n"
	     "The plugin and mncheck-sparse write them with record=FILE; mncheck(7) says how.\n");
	for (size_t i = 0; i < COUNT(commands); i++)
		printf("  %-10s %s\n", commands[i].name, commands[i].summary);
	for (size_t i = 0; i < COUNT(folders); i++)
		list_folder(text_of("%s%s", own_folder(), folders[i]));
	puts("\n  --help     print this; mncheck COMMAND --help says more\n"
	     "  --version  print the version");
}

/* @argv[0] is the command */
static int run_program(char **argv)
{
	const char *name = argv[0];

	for (size_t i = 0; i < COUNT(folders) && !strchr(name, '/'); i++) {
		argv[0] = text_of("%s%smncheck-%s", own_folder(), folders[i], name);
		execv(argv[0], argv);
		if (errno != ENOENT && errno != ENOTDIR)
			die("%s: %s; install mncheck again", argv[0], strerror(errno));
	}
	die("'%s' is no command; mncheck --help lists them", name);
}

int main(int argc, char **argv)
{
	if (argc < 2)
		die("no command; mncheck --help lists them");
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "help")) {
		print_help();
		return flushed(STATUS_FINE);
	}
	if (!strcmp(argv[1], "--version")) {
		puts("mncheck " MN_VERSION);
		return flushed(STATUS_FINE);
	}
	for (size_t i = 0; i < COUNT(commands); i++)
		if (!strcmp(argv[1], commands[i].name))
			return flushed(commands[i].run(argc - 1, argv + 1));
	return run_program(argv + 1);
}
