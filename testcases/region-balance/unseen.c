/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * unseen.c - is nothing concluded from what a function of another file
 * seems not to do with the range, the lock or the fault that it is passed?
 */
#include "era-d2/mmu_notifier.h"

void begins(struct mmu_notifier_range *range, struct vm_area_struct *vma);
void finishes(struct mmu_notifier_range *range);
void looks_at(const struct mmu_notifier_range *range);
void finishes_fault(struct vm_fault *vmf);
void counts(struct vm_area_struct *vma);

void good_ended_elsewhere(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(&range);
	finishes(&range);
}

void good_started_elsewhere(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;

	down_read(&vma->vm_mm->mmap_lock);
	begins(&range, vma);
	ptl = pmd_lock(vma->vm_mm, pmd);
	pmdp_huge_clear_flush(vma, addr, pmd);
	mmu_notifier_invalidate_range(vma->vm_mm, addr, addr + PMD_SIZE);
	spin_unlock(ptl);
	finishes(&range);
	up_read(&vma->vm_mm->mmap_lock);
}

void good_started_again_elsewhere(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(&range);
	finishes(&range);
	mmu_notifier_invalidate_range_start(&range);
	mmu_notifier_invalidate_range_end(&range);
	begins(&range, vma);
	mmu_notifier_invalidate_range_end(&range);
}

void good_unlocked_elsewhere(struct vm_fault *vmf)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vmf->vma, vmf->vma->vm_mm,
				vmf->address, vmf->address + PAGE_SIZE);
	vmf->ptl = pmd_lock(vmf->vma->vm_mm, vmf->pmd);
	finishes_fault(vmf);
	mmu_notifier_invalidate_range_start(&range);
	mmu_notifier_invalidate_range_end(&range);
}

/* .. while another region is open, which is ended first */
void good_another_started_elsewhere(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	struct mmu_notifier_range range, other;
	spinlock_t *ptl;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(&range);
	begins(&other, vma);
	mmu_notifier_invalidate_range_end(&range);
	ptl = pmd_lock(vma->vm_mm, pmd);
	mmu_notifier_invalidate_range(vma->vm_mm, addr, addr + PMD_SIZE);
	spin_unlock(ptl);
	finishes(&other);
}

/* what is passed as const, or not passed, stays as it is */
void bad_only_looked_at(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(&range);
	looks_at(&range);
} /* warn(region-balance:open-at-return) */

void bad_not_passed(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range, other;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(&range);
	begins(&other, vma);
	finishes(&other);
} /* warn(region-balance:open-at-return) */

void bad_fault_not_passed(struct vm_fault *vmf)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vmf->vma, vmf->vma->vm_mm,
				vmf->address, vmf->address + PAGE_SIZE);
	vmf->ptl = pmd_lock(vmf->vma->vm_mm, vmf->pmd);
	counts(vmf->vma);
	mmu_notifier_invalidate_range_start(&range); /* warn(region-atomic:atomic-lock) */
	spin_unlock(vmf->ptl);
	mmu_notifier_invalidate_range_end(&range);
}
