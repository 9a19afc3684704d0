/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_CLEANUP_H
#define _LINUX_CLEANUP_H

#include <linux/spinlock.h>

#define __cleanup(func)	__attribute__((__cleanup__(func)))

typedef struct {
	spinlock_t *lock;
} class_spinlock_t;

static inline class_spinlock_t class_spinlock_constructor(spinlock_t *lock)
{
	class_spinlock_t guarded = { .lock = lock };

	spin_lock(guarded.lock);
	return guarded;
}

static inline void class_spinlock_destructor(class_spinlock_t *guarded)
{
	if (guarded->lock)
		spin_unlock(guarded->lock);
}

#define __guard_name(line)	__guard_name_(line)
#define __guard_name_(line)	__guard_ ## line

/* held from here to the end of the block */
#define guard(name)						\
	class_##name##_t __guard_name(__LINE__)			\
	__cleanup(class_##name##_destructor) = class_##name##_constructor

#endif /* _LINUX_CLEANUP_H */
