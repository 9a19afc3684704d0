/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * changed.c - are entries changed although the start failed, so that no notifier hears of it?
 */
#include "era-d2/mmu_notifier.h"

bool good_change_inside(struct vm_area_struct *vma, unsigned long addr, pte_t *ptep)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				addr, addr + PAGE_SIZE);
	if (mmu_notifier_invalidate_range_start_nonblock(&range))
		return false;
	ptep_clear_flush(vma, addr, ptep);
	mmu_notifier_invalidate_range_end(&range);
	return true;
}

bool bad_change_all_the_same(struct vm_area_struct *vma, unsigned long addr, pte_t *ptep)
{
	struct mmu_notifier_range range;
	bool told = true;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				addr, addr + PAGE_SIZE);
	if (mmu_notifier_invalidate_range_start_nonblock(&range))
		told = false;
	ptep_clear_flush(vma, addr, ptep); /* warn(start-ignored): page table entry is changed although 'mmu_notifier_invalidate_range_start_nonblock()' failed */
	if (told)
		mmu_notifier_invalidate_range_end(&range);
	return told;
}

bool good_change_if_told(struct vm_area_struct *vma, unsigned long addr, pte_t *ptep)
{
	struct mmu_notifier_range range;
	bool told = true;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				addr, addr + PAGE_SIZE);
	if (mmu_notifier_invalidate_range_start_nonblock(&range))
		told = false;
	if (told)
		ptep_clear_flush(vma, addr, ptep);
	if (told)
		mmu_notifier_invalidate_range_end(&range);
	return told;
}

/* the next area is another region: what failed before it is over */
bool good_areas(struct vm_area_struct *vma, pte_t *ptep)
{
	struct mmu_notifier_range range;
	bool ret = true;

	for (; vma; vma = vma->vm_next) {
		mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
					vma->vm_start, vma->vm_end);
		if (mmu_notifier_invalidate_range_start_nonblock(&range)) {
			ret = false;
			continue;
		}
		ptep_clear_flush(vma, range.start, ptep);
		mmu_notifier_invalidate_range_end(&range);
	}
	return ret;
}

bool bad_areas(struct vm_area_struct *vma, pte_t *ptep)
{
	struct mmu_notifier_range range;
	bool told, ret = true;

	for (; vma; vma = vma->vm_next) {
		mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
					vma->vm_start, vma->vm_end);
		told = !mmu_notifier_invalidate_range_start_nonblock(&range);
		ptep_clear_flush(vma, range.start, ptep); /* warn(start-ignored:failed-changed) */
		if (told)
			mmu_notifier_invalidate_range_end(&range);
		ret &= told;
	}
	return ret;
}

/* one mistake: neither the change nor the end is reported once more */
int bad_goes_on(struct vm_area_struct *vma, pmd_t *pmd, unsigned long address)
{
	struct mm_struct *mm = vma->vm_mm;
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte;
	int err;

	down_read(&mm->mmap_sem);
	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, mm, address,
				address + PAGE_SIZE);
	err = mmu_notifier_invalidate_range_start_nonblock(&range);
	pte = pte_offset_map_lock(mm, pmd, address, &ptl);
	ptep_clear_flush(vma, address, pte); /* warn(start-ignored): page table entry is changed */
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_end(&range);
	up_read(&mm->mmap_sem);
	return err;
}
