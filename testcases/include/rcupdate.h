/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * rcupdate.h - RCU's read side.
 */
#ifndef TEST_RCUPDATE_H
#define TEST_RCUPDATE_H

#include "compiler.h"

void __rcu_read_lock(void);
void __rcu_read_unlock(void);

static __always_inline void rcu_read_lock(void)
{
	__rcu_read_lock();
}

static inline void rcu_read_unlock(void)
{
	__rcu_read_unlock();
}

#endif /* TEST_RCUPDATE_H */
