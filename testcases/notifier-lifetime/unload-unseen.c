/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * unload-unseen.c - is a module silent where a function of another file may wait for what it has put?
 */
#include "era-e/mmu_notifier.h"
#include "module.h"

void mirror_tear_down(void);

void mirror_close(struct mmu_notifier *mn)
{
	mmu_notifier_put(mn);
}

static void good_exit(void)
{
	mirror_tear_down();
}
module_exit(good_exit);
