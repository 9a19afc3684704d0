/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mmu_notifier.h - the API of Linux 3.7 to 3.18.
 *
 * There is no invalidate_range() yet. invalidate_page() needs no region around it; start/end
 * and invalidate_page() stand outside the ptl.
 */
#ifndef TEST_ERA_B_MMU_NOTIFIER_H
#define TEST_ERA_B_MMU_NOTIFIER_H

#include "mm.h"
#include "pgtable.h"

void mmu_notifier_invalidate_page(struct mm_struct *mm, unsigned long address);
void mmu_notifier_invalidate_range_start(struct mm_struct *mm,
					 unsigned long start, unsigned long end);
void mmu_notifier_invalidate_range_end(struct mm_struct *mm,
				       unsigned long start, unsigned long end);

#endif /* TEST_ERA_B_MMU_NOTIFIER_H */
