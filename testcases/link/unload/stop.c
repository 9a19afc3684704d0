/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * stop.c - it unregisters one, which waits for the callbacks of that one.
 */
#include "mirror.h"

static struct mmu_notifier last;
extern struct mm_struct init_mm;

void mirror_stop(void)
{
	mmu_notifier_unregister(&last, &init_mm);
}
