/* SPDX-License-Identifier: GPL-2.0-only */
#include "era-d2/mmu_notifier.h"
#include "entries.h"

void vma_adjust_trans_huge(struct vm_area_struct *vma, unsigned long addr, pte_t *pte, spinlock_t *ptl);
