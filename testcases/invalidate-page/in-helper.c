/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * in-helper.c - is a call in a helper reported once, however many callers it has?
 */
#include "era-c/mmu_notifier.h"

static void bad_tell(struct mm_struct *mm, unsigned long addr)
{
	mmu_notifier_invalidate_page(mm, addr); /* warn(invalidate-page:page-called) */
}

static void tell_outer(struct mm_struct *mm, unsigned long addr)
{
	bad_tell(mm, addr);
}

void call_under_lock(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl = pmd_lock(mm, pmd);

	tell_outer(mm, addr);
	spin_unlock(ptl);
}

void call_again(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl = pmd_lock(mm, pmd);

	tell_outer(mm, addr + PAGE_SIZE);
	spin_unlock(ptl);
}

void good_no_caller_of_it(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl = pmd_lock(mm, pmd);

	flush_tlb_range(NULL, addr, addr + PAGE_SIZE);
	spin_unlock(ptl);
}
