/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * helpers.c - is a range compared across helpers that start and end it?
 */
#include "era-d1/mmu_notifier.h"

static void start_page(struct mm_struct *mm, unsigned long addr)
{
	mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE);
}

static void end_page(struct mm_struct *mm, unsigned long addr)
{
	mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE);
}

static void end_outer(struct mm_struct *mm, unsigned long addr)
{
	end_page(mm, addr);
}

static void bad_end_pmd(struct mm_struct *mm, unsigned long addr)
{
	mmu_notifier_invalidate_range_end(mm, addr, addr + PMD_SIZE); /* warn(region-mismatch:other-range) */
}

static void start_either(struct mm_struct *mm, unsigned long addr, unsigned long *end,
			 bool huge)
{
	*end = addr + (huge ? PMD_SIZE : PAGE_SIZE);
	mmu_notifier_invalidate_range_start(mm, addr, *end);
}

void good_one_level(struct mm_struct *mm, unsigned long addr)
{
	start_page(mm, addr);
	end_page(mm, addr);
}

void good_two_levels(struct mm_struct *mm, unsigned long addr)
{
	start_page(mm, addr);
	end_outer(mm, addr);
}

void call_wrong_helper(struct mm_struct *mm, unsigned long addr)
{
	start_page(mm, addr);
	bad_end_pmd(mm, addr);
}

void good_end_handed_back(struct mm_struct *mm, unsigned long addr, bool huge)
{
	unsigned long end;

	start_either(mm, addr, &end, huge);
	mmu_notifier_invalidate_range_end(mm, addr, end);
}

void bad_flag_forgotten(struct mm_struct *mm, unsigned long addr)
{
	unsigned long end;

	start_either(mm, addr, &end, true);
	mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE); /* warn(region-mismatch:other-range) */
}
