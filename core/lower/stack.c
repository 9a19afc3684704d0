// SPDX-License-Identifier: GPL-2.0-only
/*
 * stack.c - the stack of a front end that is a program.
 *
 * A parser, and what walks its trees, goes as deep as the source is nested. That depth cannot
 * be computed beforehand, so the end of the stack itself is reported.
 */
#define _DEFAULT_SOURCE		/* sigaltstack() */
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "program.h"
#include "lower.h"

#define STACK_SIZE	((rlim_t)64 << 20)	/* what GCC takes for its own */
#define SPARE_STACK	((size_t)64 << 10)	/* where the handler runs */

/* what a handler of signals knows */
static struct {
	uintptr_t top, size;
	char text[128];
} stack;

/* GCOVR_EXCL_START: _exit() ends the process before it writes what it counted */
/* an address below the stack, as near as one function's variables can be */
static bool is_overflow(uintptr_t at)
{
	return at < stack.top && stack.top - at < stack.size + ((uintptr_t)1 << 20);
}

static void on_fault(int signal_number, siginfo_t *info, void *context)
{
	(void)context;
	if (is_overflow((uintptr_t)info->si_addr) &&
	    write(STDERR_FILENO, stack.text, strlen(stack.text)) >= 0)
		_exit(2);
	signal(signal_number, SIG_DFL);		/* a fault of ours: it comes again */
}
/* GCOVR_EXCL_STOP */

void mn_guard_stack(void)
{
	struct sigaction action;
	struct rlimit limit;
	stack_t spare;

	getrlimit(RLIMIT_STACK, &limit);
	if (limit.rlim_cur < STACK_SIZE && limit.rlim_max >= STACK_SIZE) {
		limit.rlim_cur = STACK_SIZE;
		setrlimit(RLIMIT_STACK, &limit);
	}
	stack.top = (uintptr_t)&limit;
	stack.size = limit.rlim_cur;
	snprintf(stack.text, sizeof(stack.text), "mncheck: error: the source is nested too deep "
		 "for a stack of %llu MB; raise it with ulimit -s\n",
		 (unsigned long long)limit.rlim_cur >> 20);
	memset(&spare, 0, sizeof(spare));
	spare.ss_size = SPARE_STACK;
	spare.ss_sp = mn_alloc(1, SPARE_STACK);
	sigaltstack(&spare, NULL);
	memset(&action, 0, sizeof(action));
	action.sa_sigaction = on_fault;
	action.sa_flags = SA_SIGINFO | SA_ONSTACK;
	sigaction(SIGSEGV, &action, NULL);
}
