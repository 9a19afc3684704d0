/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * put.c - is what the kernel puts, in a function that it exports, no business of a module that calls it?
 */
#include "../unload/mirror.h"

void mirror_put(struct mmu_notifier *mn)
{
	mmu_notifier_put(mn);
}

void mirror_close(struct mmu_notifier *mn)
{
	mirror_put(mn);
}
EXPORT_SYMBOL(mirror_close);
