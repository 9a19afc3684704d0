/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * put.c - what is put here is not waited for where the module is left.
 */
#include "mirror.h"

void mirror_put(struct mmu_notifier *mn)
{
	mmu_notifier_put(mn);
}
