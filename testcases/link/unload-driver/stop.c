/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * stop.c - it waits when the device goes.
 */
#include "../unload/mirror.h"

void mirror_remove(int device);

void mirror_stop(void)
{
}

void mirror_put(struct mmu_notifier *mn)
{
	mmu_notifier_put(mn);
}

void mirror_remove(int device)
{
	mmu_notifier_synchronize();
}
