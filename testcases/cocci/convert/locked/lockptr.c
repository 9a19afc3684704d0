// SPDX-License-Identifier: GPL-2.0-only
/*
 * lockptr.c - is a lock that was looked up followed?
 */
#include <linux/mmu_notifier.h>

static void clear(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl = pte_lockptr(mm, pmd);

	spin_lock(ptl);
	pte_clear(mm, addr, lookup(mm, addr));
	mmu_notifier_invalidate_page(mm, addr);
	spin_unlock(ptl);
}
