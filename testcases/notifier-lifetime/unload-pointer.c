/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * unload-pointer.c - is a module silent that may wait in a function that it calls through a pointer?
 */
#include "era-e/mmu_notifier.h"
#include "module.h"

extern void (*mirror_stop)(void);

void mirror_close(struct mmu_notifier *mn)
{
	mmu_notifier_put(mn);
}

static void good_exit(void)
{
	mirror_stop();
}
module_exit(good_exit);
