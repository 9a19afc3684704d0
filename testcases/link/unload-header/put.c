/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * put.c - the kernel's: what it puts, in a function that it exports, is no business of the module.
 */
#include "short.h"

void mirror_put(struct mmu_notifier *mn)
{
	mmu_notifier_put(mn);
}

void mirror_close(struct mmu_notifier *mn)
{
	put_shortly(mn);
}
EXPORT_SYMBOL(mirror_close);
