// SPDX-License-Identifier: GPL-2.0-only
/*
 * broken.c - is code that cannot be parsed said?
 */
#include <linux/mmu_notifier.h>

static int fine(struct mm_struct *mm, unsigned long addr)
{
	mmu_notifier_invalidate_page(mm, addr);
	return 0;
}

static int strange(struct mm_struct *mm, unsigned long addr)
{
	FOR_EACH(x, y) if then {
	mmu_notifier_invalidate_page(mm, addr); /* not checked: spatch cannot parse the code here */
}
