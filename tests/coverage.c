// SPDX-License-Identifier: GPL-2.0-only
/*
 * coverage.c - what a process has counted when it ends by _exit(), or goes on as another program.
 *
 * "make coverage" links it to each program: libgcov writes the counters at exit() only, and the parts of
 * a whole, and the child that becomes a compiler, never come there.
 */
void __gcov_dump(void);
void __gcov_reset(void);
void __real__exit(int status) __attribute__((noreturn));
int __real_execvp(const char *file, char *const argv[]);
void __wrap__exit(int status) __attribute__((noreturn));
int __wrap_execvp(const char *file, char *const argv[]);

void __wrap__exit(int status)
{
	__gcov_dump();
	__real__exit(status);
}

int __wrap_execvp(const char *file, char *const argv[])
{
	int ret;

	__gcov_dump();
	ret = __real_execvp(file, argv);
	__gcov_reset();
	return ret;
}
