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

int arch_quiet(struct mmu_notifier_range *range, int n)
{
	spin_lock(&range->mm->page_table_lock);
	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-lock) */
	mmu_notifier_invalidate_range_end(range);
	spin_unlock(&range->mm->page_table_lock);
	return 0;
}
