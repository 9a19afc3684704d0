// SPDX-License-Identifier: GPL-2.0-only
/*
 * one-name-1.c - with one-name-2.c: is what a function of this file does not taken for what
 * another file's function of its name does?
 */
#include <linux/mmu_notifier.h>

static void finish(struct mm_struct *mm, unsigned long addr)
{
	mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE);
	change(mm);
	mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE);
}
