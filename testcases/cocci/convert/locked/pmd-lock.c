// SPDX-License-Identifier: GPL-2.0-only
/*
 * pmd-lock.c - is the range of a PMD lock that of a PMD?
 */
#include <linux/mmu_notifier.h>

static void clear(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;

	ptl = pmd_lock(mm, pmd);
	pmdp_huge_get_and_clear(mm, addr, pmd);
	spin_unlock(ptl);
	mmu_notifier_invalidate_page(mm, addr);
}
