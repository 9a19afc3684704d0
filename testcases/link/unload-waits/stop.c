/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * stop.c - it puts, and waits for what was put.
 */
#include "../unload/mirror.h"

void mirror_put(struct mmu_notifier *mn)
{
	mmu_notifier_put(mn);
}

void mirror_stop(void)
{
	mmu_notifier_synchronize();
}
