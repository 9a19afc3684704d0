// SPDX-License-Identifier: GPL-2.0-only
/*
 * one-name-2.c - with one-name-1.c: is a function that ends its caller's region left alone,
 * where another file's function of its name starts one?
 */
#include <linux/mmu_notifier.h>

static void finish(struct mm_struct *mm, unsigned long addr)
{
	mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE);
}
