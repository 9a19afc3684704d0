/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * compiler.h - the few words of the language that kernel code takes for granted.
 *
 * Only what the test cases use. BUG() ends in code that cannot be reached,
 * WARN_ON() is a statement expression: both shapes matter to an analysis.
 */
#ifndef TEST_COMPILER_H
#define TEST_COMPILER_H

typedef unsigned char u8;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef _Bool bool;
typedef unsigned int gfp_t;

enum { false = 0, true = 1 };

#define NULL		((void *)0)
#define EAGAIN		11
#define ENOMEM		12
#define EFAULT		14
#define EBUSY		16
#define EINVAL		22

#define likely(x)	__builtin_expect(!!(x), 1)
#define unlikely(x)	__builtin_expect(!!(x), 0)
#define READ_ONCE(x)	(*(const volatile __typeof__(x) *)&(x))
#define WRITE_ONCE(x, v) (*(volatile __typeof__(x) *)&(x) = (v))
#define barrier()	__asm__ __volatile__("" : : : "memory")

#define __always_inline	inline __attribute__((__always_inline__))
#define __maybe_unused	__attribute__((__unused__))
#define __noreturn	__attribute__((__noreturn__))
#define offsetof(type, member)	__builtin_offsetof(type, member)
#define container_of(ptr, type, member) \
	((type *)((char *)(ptr) - offsetof(type, member)))

/* each argument once, as the kernel's */
#define min(x, y) ({ __typeof__(x) _x = (x); __typeof__(y) _y = (y); _x < _y ? _x : _y; })
#define max(x, y) ({ __typeof__(x) _x = (x); __typeof__(y) _y = (y); _x > _y ? _x : _y; })

#define BUG()							\
do {								\
	__asm__ __volatile__("ud2");				\
	__builtin_unreachable();				\
} while (0)
#define BUG_ON(condition)	do { if (unlikely(condition)) BUG(); } while (0)
#define VM_BUG_ON(condition)	BUG_ON(condition)

void __warn(const char *file, int line);
#define WARN_ON(condition)					\
({								\
	int __warn_condition = !!(condition);			\
								\
	if (unlikely(__warn_condition))				\
		__warn(__FILE__, __LINE__);			\
	unlikely(__warn_condition);				\
})

__noreturn void panic(const char *fmt, ...);

#endif /* TEST_COMPILER_H */
