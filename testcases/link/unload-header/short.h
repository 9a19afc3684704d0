/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * short.h - what is called by an inline function of a header is called by whoever includes it.
 */
#include "../unload/mirror.h"

void mirror_forget(struct mmu_notifier *mn);

static inline void put_shortly(struct mmu_notifier *mn)
{
	mirror_put(mn);
}

static inline void forget_shortly(struct mmu_notifier *mn)
{
	mirror_forget(mn);
}
