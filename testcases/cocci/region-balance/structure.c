// SPDX-License-Identifier: GPL-2.0-only
/*
 * structure.c - is the form with a structure followed as well?
 */
#include <linux/mmu_notifier.h>

static int work(struct mm_struct *mm, unsigned long addr)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	if (change(mm))
		return -EBUSY; /* warn(region-balance): the region of line 13 is still open at this return */
	mmu_notifier_invalidate_range_end(&range);
	return 0;
}
