/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * command.h - what programs do alike: refuse an option, and say that their output did not get through.
 *
 * mncheck shares no object with the others.
 */
#ifndef COMMAND_H
#define COMMAND_H

#include <errno.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* what getopt_long(), whose letters are ":", answers with '?' or ':'. Return: the exit status */
static inline int refuse_option(int answer, char **argv, const char *program)
{
	const char *word = argv[optind - 1];
	const char letter[] = { '-', (char)optopt, '\0' };
	bool known = answer == '?' && optopt && !strncmp(word, "--", 2) && strchr(word, '=');

	/* it may be one of several in a word, which getopt_long() is not through with */
	if (answer == '?' && optopt && !known)
		word = letter;
	fprintf(stderr, "mncheck: error: %s: %s; see %s --help\n", word, answer == ':' ? "needs a value" :
		known ? "takes no value" : "no such option", program);
	return 2;
}

/* what did not reach its reader was not printed. Return: the exit status */
static inline int flushed(int status)
{
	if (!fflush(stdout) && !ferror(stdout))
		return status;
	fprintf(stderr, "mncheck: error: the output cannot be written: %s\n", strerror(errno));
	return 2;
}

#endif /* COMMAND_H */
