// SPDX-License-Identifier: GPL-2.0-only
/*
 * member.c - do the member and its comment go?
 */
#include <linux/mmu_notifier.h>

struct mmu_notifier_ops {
	void (*release)(struct mmu_notifier *mn, struct mm_struct *mm);

	/*
	 * One page is gone.
	 */
	void (*invalidate_page)(struct mmu_notifier *mn, struct mm_struct *mm,
				unsigned long address);

	/*
	 * A range is gone.
	 */
	void (*invalidate_range)(struct mmu_notifier *mn, struct mm_struct *mm,
				 unsigned long start, unsigned long end);
};
