/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * relock.c - where a caller's lock is taken again at each
 * return, does each return end the region?
 */
#include "era-d2/mmu_notifier.h"

int good_every_return(struct vm_fault *vmf, struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	spin_unlock(vmf->ptl);
	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vmf->address, vmf->address + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	spin_lock(vmf->ptl);
	if (pmd_none(*vmf->pmd)) {
		spin_unlock(vmf->ptl);
		mmu_notifier_invalidate_range_end(&range);
		spin_lock(vmf->ptl);
		return -EAGAIN;
	}
	spin_unlock(vmf->ptl);
	mmu_notifier_invalidate_range_end(&range);
	spin_lock(vmf->ptl);
	return 0;
}

int bad_one_return(struct vm_fault *vmf, struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	spin_unlock(vmf->ptl);
	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vmf->address, vmf->address + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	spin_lock(vmf->ptl);
	if (pmd_none(*vmf->pmd))
		return -EAGAIN; /* warn(region-balance:open-at-return) */
	spin_unlock(vmf->ptl);
	mmu_notifier_invalidate_range_end(&range);
	spin_lock(vmf->ptl);
	return 0;
}
