// SPDX-License-Identifier: GPL-2.0-only
/*
 * callers-lock.c - is a lock that the caller may hold left alone?
 */
#include <linux/mmu_notifier.h>

static void clear_locked(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	pte_t *pte = lookup(mm, addr);

	pte_clear(mm, addr, pte);
	mmu_notifier_invalidate_range(mm, addr, addr + PAGE_SIZE);
}
