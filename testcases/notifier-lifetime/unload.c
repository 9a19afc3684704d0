/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * unload.c - does a module go that has put notifiers, and waits for none of their callbacks?
 */
#include "era-e/mmu_notifier.h"
#include "module.h"

void mirror_close(struct mmu_notifier *mn)
{
	mmu_notifier_put(mn);
}

static void mirror_forget(struct mmu_notifier *mn, struct mm_struct *mm)
{
	mmu_notifier_unregister(mn, mm);
}

static struct mmu_notifier last;
extern struct mm_struct init_mm;

static void bad_exit(void) /* warn(notifier-lifetime:unload): 'bad_exit()' lets the module go */
{
	mirror_forget(&last, &init_mm);
}
module_exit(bad_exit);
