/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * lock-and-region.c - is a way out that forgets the lock and the region one mistake, where the caller goes on in a loop?
 */
#include "era-d2/mmu_notifier.h"
#include "entries.h"

static int bad_forgets_both(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte;
	int ret = -1;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	if (!pte_present(*pte))
		goto out; /* warn(region-balance:open-at-return) */
	ptep_clear_flush_notify(vma, addr, pte);
	ret = 0;
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_end(&range);
out:
	return ret;
}

static int good_forgets_nothing(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte;
	int ret = -1;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	if (!pte_present(*pte))
		goto out;
	ptep_clear_flush_notify(vma, addr, pte);
	ret = 0;
out:
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_end(&range);
	return ret;
}

/* the lock that stays held is another mistake where the region is ended */
static int bad_forgets_lock(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl = pte_lockptr(vma->vm_mm, pmd);
	pte_t *pte = pte_offset_map(pmd, addr);
	int ret = -1;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	spin_lock(ptl);
	if (!pte_present(*pte))
		goto out;
	ptep_clear_flush_notify(vma, addr, pte);
	ret = 0;
	spin_unlock(ptl);
out:
	mmu_notifier_invalidate_range_end(&range); /* warn(region-atomic:atomic-lock) */
	return ret;
}

int walks_both(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr, int n)
{
	while (n--)
		if (bad_forgets_both(vma, pmd, addr) || good_forgets_nothing(vma, pmd, addr))
			continue;
	return n;
}

int walks_lock(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr, int n)
{
	while (n--)
		bad_forgets_lock(vma, pmd, addr);
	return n;
}
