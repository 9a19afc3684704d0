/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * unload-at-once.c - is a module silent that waits wherever it puts, or never puts?
 */
#include "era-e/mmu_notifier.h"
#include "module.h"

void mirror_close(struct mmu_notifier *mn)
{
	mmu_notifier_put(mn);
	mmu_notifier_synchronize();
}

void mirror_forget(struct mmu_notifier *mn, struct mm_struct *mm)
{
	mmu_notifier_unregister(mn, mm);
}

static void mirror_wait(void)
{
	mmu_notifier_synchronize();
}

void mirror_drop(struct mmu_notifier *mn)
{
	mmu_notifier_put(mn);
	mirror_wait();
}

static void good_exit(void)
{
}
module_exit(good_exit);
