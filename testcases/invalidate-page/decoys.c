/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * decoys.c - are members and functions of the same name in other interfaces left alone?
 */
#include "era-c/mmu_notifier.h"

struct swap_ops {
	void (*invalidate_page)(unsigned type, unsigned long offset);
	void (*invalidate_area)(unsigned type);
};

void __swap_cache_invalidate_page(unsigned type, unsigned long offset);
extern struct swap_ops *swap_ops;

static inline void swap_cache_invalidate_page(unsigned type, unsigned long offset)
{
	__swap_cache_invalidate_page(type, offset);
}

void good_member_of_other_ops(unsigned type, unsigned long offset)
{
	swap_ops->invalidate_page(type, offset);
}

void good_function_of_like_name(unsigned type, unsigned long offset)
{
	swap_cache_invalidate_page(type, offset);
}

void bad_the_real_one(struct mm_struct *mm, unsigned long addr)
{
	mmu_notifier_invalidate_page(mm, addr); /* warn(invalidate-page:page-called) */
}
