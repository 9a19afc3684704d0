/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * user.c - is a lock known behind a walk that a function of another file makes, also where the program has many files?
 */
#include "walk.h"

int clear_pages(struct mm_struct *mm, unsigned long start);

int bad_clears_locked(struct mm_struct *mm, spinlock_t *lock)
{
	int ret;

	spin_lock(lock); /* note[link]: 'lock' is taken here */
	ret = clear_pages(mm, 0);
	spin_unlock(lock);
	return ret;
}

int good_clears_later(struct mm_struct *mm, spinlock_t *lock)
{
	spin_lock(lock);
	spin_unlock(lock);
	return clear_pages(mm, 0);
}
