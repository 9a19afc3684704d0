// SPDX-License-Identifier: GPL-2.0-only
/*
 * no-helper.c - is a flag with no helper that locks left alone?
 */
#include <linux/mmu_notifier.h>

static void clear(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	bool changed = false;

	if (pte_dirty(*lookup(mm, addr)))
		changed = true;
	if (changed)
		mmu_notifier_invalidate_page(mm, addr);
}
