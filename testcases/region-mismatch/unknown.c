/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * unknown.c - is the rule silent where two values may be equal?
 */
#include "era-d2/mmu_notifier.h"
#include "pagewalk.h"

void good_may_be_the_end(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, NULL, mm, start, end);
	mmu_notifier_invalidate_range_start(&range);
	range.end = start + PAGE_SIZE;
	mmu_notifier_invalidate_range_end(&range);
}

struct area {
	struct mm_struct *mm;
	unsigned long start, end;
};

unsigned long next_boundary(struct vm_area_struct *vma, unsigned long addr);

void good_inside_region(struct vm_area_struct *vma, pmd_t *pmd)
{
	struct mmu_notifier_range range;
	unsigned long addr;
	spinlock_t *ptl;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(&range);
	for (addr = range.start; addr < range.end; addr = next_boundary(vma, addr)) {
		ptl = pmd_lock(vma->vm_mm, pmd);
		mmu_notifier_invalidate_range(vma->vm_mm, addr, addr + PAGE_SIZE);
		spin_unlock(ptl);
	}
	mmu_notifier_invalidate_range_end(&range);
}

void good_maybe_same_mm(struct mm_walk *walk, struct vm_area_struct *vma, pmd_t *pmd)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(&range);
	ptl = pmd_lock(walk->mm, pmd);
	mmu_notifier_invalidate_range(walk->mm, vma->vm_start, vma->vm_end);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(&range);
}

void good_from_memory(struct area *area, struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, area->mm,
				area->start, area->end);
	mmu_notifier_invalidate_range_start(&range);
	flush_tlb_range(vma, area->start, area->end);
	mmu_notifier_invalidate_range_end(&range);
}
