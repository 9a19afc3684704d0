/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mutex.h - a guard that holds a mutex, as in Linux 6.12.
 */
#ifndef TEST_MUTEX_H
#define TEST_MUTEX_H

#include "cleanup.h"
#include "sched.h"

DEFINE_LOCK_GUARD_1(mutex, struct mutex,
		    mutex_lock(_T->lock), mutex_unlock(_T->lock))

#endif /* TEST_MUTEX_H */
