/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_COMPILER_H
#define _LINUX_COMPILER_H

#include <linux/autoconf.h>

#ifdef __CHECKER__
# define __acquires(x)		__attribute__((context(x, 0, 1)))
# define __releases(x)		__attribute__((context(x, 1, 0)))
# define __acquire(x)		__context__(x, 1)
# define __release(x)		__context__(x, -1)
# define __cond_lock(x, c)	((c) ? ({ __acquire(x); 1; }) : 0)
#else
# define __acquires(x)
# define __releases(x)
# define __acquire(x)		(void)0
# define __release(x)		(void)0
# define __cond_lock(x, c)	(c)
#endif

#define __always_inline		inline __attribute__((__always_inline__))
#define __must_check		__attribute__((__warn_unused_result__))
#define __maybe_unused		__attribute__((__unused__))
#define __printf(a, b)		__attribute__((__format__(printf, a, b)))

#define likely(x)		__builtin_expect(!!(x), 1)
#define unlikely(x)		__builtin_expect(!!(x), 0)
#define __weak		__attribute__((weak))

#define READ_ONCE(x)		(*(volatile __typeof__(x) *)&(x))
#define WRITE_ONCE(x, val)	(*(volatile __typeof__(x) *)&(x) = (val))

#endif /* _LINUX_COMPILER_H */
