/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * user.c - who walks with a lock held.
 */
#include "walk.h"

int walk_with_lock(struct mm_struct *mm, spinlock_t *lock, const struct mm_walk_ops *ops)
{
	int ret;

	spin_lock(lock); /* note[link]: 'lock' is taken here */
	ret = walk_page_range(mm, 0, PAGE_SIZE, ops, NULL);
	spin_unlock(lock);
	return ret;
}
