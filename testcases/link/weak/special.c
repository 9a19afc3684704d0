/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * special.c - does a function win over a weak one of another file?
 */
#include "arch.h"

static unsigned long count;

void arch_both(struct mmu_notifier_range *range)
{
	count += range->end - range->start;
}
