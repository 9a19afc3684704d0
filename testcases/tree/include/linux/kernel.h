/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_KERNEL_H
#define _LINUX_KERNEL_H

#include <linux/types.h>
#include <linux/errno.h>

#define offsetof(type, member)	__builtin_offsetof(type, member)
#define container_of(ptr, type, member) \
	((type *)((char *)(ptr) - offsetof(type, member)))

#define min(x, y) ({			\
	__typeof__(x) __x = (x);	\
	__typeof__(y) __y = (y);	\
	__x < __y ? __x : __y; })

#define max(x, y) ({			\
	__typeof__(x) __x = (x);	\
	__typeof__(y) __y = (y);	\
	__x > __y ? __x : __y; })

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))
#define ULONG_MAX	(~0UL)

void panic(const char *fmt, ...) __attribute__((noreturn)) __printf(1, 2);
void warn_slowpath(const char *file, int line);
int printk(const char *fmt, ...) __printf(1, 2);

#define pr_err(fmt, ...)	printk(fmt, ##__VA_ARGS__)

#define BUG_ON(cond) do {				\
	if (unlikely(cond))				\
		panic("%s:%d", __FILE__, __LINE__);	\
} while (0)

#define WARN_ON(cond) ({				\
	int __warn = !!(cond);				\
	if (unlikely(__warn))				\
		warn_slowpath(__FILE__, __LINE__);	\
	unlikely(__warn); })

#define WARN_ON_ONCE(cond)	WARN_ON(cond)
#define VM_BUG_ON(cond)		BUG_ON(cond)
#define VM_BUG_ON_PAGE(cond, page)	BUG_ON(cond)

void ___might_sleep(const char *file, int line);
#define might_sleep()	___might_sleep(__FILE__, __LINE__)

#endif /* _LINUX_KERNEL_H */
