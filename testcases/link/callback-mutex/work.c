/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * work.c - does what sleeps know which callback of another file comes here?
 */
#include "era-d2/mmu_notifier.h"
#include "mirror.h"

void mirror_stop(struct mirror *mirror)
{
	mutex_lock(&mirror->lock); /* note[link]: 'mutex_lock()' may sleep here */
	mirror->pages = 0;
	mutex_unlock(&mirror->lock);
}

void mirror_mark(struct mirror *mirror)
{
	spin_lock(&mirror->pages_lock);
	mirror->pages = 0;
	spin_unlock(&mirror->pages_lock);
}
