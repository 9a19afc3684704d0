/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * relock.c - does a function that callbacks of a walk call know what the walk is in?
 */
#include "relock.h"

void relock(struct mm_struct *mm)
{
	mmap_read_unlock(mm); /* warn(region-mmap-lock:mmap-lock-dropped)[link] */
	mmap_read_lock(mm);
}

void look(struct mm_struct *mm)
{
	mmap_read_unlock(mm);
	mmap_read_lock(mm);
}
