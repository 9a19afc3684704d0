/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TEST_HELPERS_H
#define TEST_HELPERS_H

#include "era-d2/mmu_notifier.h"
#include "entries.h"
#include "young.h"

void range_setup(struct mmu_notifier_range *range, struct vm_area_struct *vma);
unsigned long range_size(struct mmu_notifier_range *range);
void range_finish(struct mmu_notifier_range *range);
int range_try(struct mmu_notifier_range *range);
void ptl_drop(spinlock_t *ptl);
void ptl_look(spinlock_t *ptl);
void clear_entry(struct mm_struct *mm, pmd_t *pmd, unsigned long addr);
void clear_in_region(struct mm_struct *mm, pmd_t *pmd, unsigned long addr);
void break_lock(struct mm_struct *mm);
void keep_lock(struct mm_struct *mm);
void zap(struct vm_area_struct *vma);

#endif /* TEST_HELPERS_H */
