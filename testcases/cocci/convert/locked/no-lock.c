// SPDX-License-Identifier: GPL-2.0-only
/*
 * no-lock.c - is a call with no lock in its function left alone?
 */
#include <linux/mmu_notifier.h>

static void clear(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	pte_clear(mm, addr, lookup(mm, addr));
	mmu_notifier_invalidate_page(mm, addr);
}
