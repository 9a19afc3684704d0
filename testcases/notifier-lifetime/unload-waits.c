/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * unload-waits.c - is a module silent that waits for the callbacks of what it has put, in a helper?
 */
#include "era-e/mmu_notifier.h"
#include "module.h"

void mirror_close(struct mmu_notifier *mn)
{
	mmu_notifier_put(mn);
}

static void mirror_wait(void)
{
	mmu_notifier_synchronize();
}

static void good_exit(void)
{
	mirror_wait();
}
module_exit(good_exit);
