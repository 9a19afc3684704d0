/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * invalidate-range.c - are planted faults found, and correct idioms left alone, in a
 * file that a user compiles against the headers of Linux 5.10 to 6.5?
 *
 * Not compiled with the headers of testcases/include: "make check-kernel" does it
 * with the kernel's own, where they still have mmu_notifier_invalidate_range().
 */
#include <linux/hugetlb.h>
#include <linux/mm.h>
#include <linux/mmu_notifier.h>
#include <linux/rmap.h>
#include <asm/tlbflush.h>
#include "planted.h"

#ifdef DEFINE_PAGE_VMA_WALK
#define DEFINE_WALK(name, page, vma, address) \
	DEFINE_PAGE_VMA_WALK(name, page, vma, address, 0)
#else
#define DEFINE_WALK(name, _page, _vma, _address) \
	struct page_vma_mapped_walk name = { .page = _page, .vma = _vma, .address = _address }
#endif

void bad_range_without_lock(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte;

	range_init(&range, vma, vma->vm_mm, addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	ptep_clear_flush(vma, addr, pte);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range(vma->vm_mm, addr, addr + PAGE_SIZE); /* warn(range-unlocked:unlocked-after) */
	mmu_notifier_invalidate_range_end(&range);
}

void bad_range_without_pair(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte;

	mmap_read_lock(vma->vm_mm);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	mmu_notifier_invalidate_range(vma->vm_mm, addr, addr + PAGE_SIZE); /* warn(range-unpaired:unpaired) */
	pte_unmap_unlock(pte, ptl);
	mmap_read_unlock(vma->vm_mm);
}

int good_huge_lock(struct vm_area_struct *vma, pmd_t *pmd, unsigned long haddr)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	int changed = 0;

	range_init(&range, vma, vma->vm_mm, haddr, haddr + HPAGE_PMD_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	ptl = pmd_trans_huge_lock(pmd, vma);
	if (ptl) {
		pmdp_huge_clear_flush(vma, haddr, pmd);
		mmu_notifier_invalidate_range(vma->vm_mm, haddr, haddr + HPAGE_PMD_SIZE);
		changed = 1;
		spin_unlock(ptl);
	}
	mmu_notifier_invalidate_range_end(&range);
	return changed;
}

bool good_mapped_walk(struct page *page, struct vm_area_struct *vma, unsigned long addr)
{
	DEFINE_WALK(pvmw, page, vma, addr);
	struct mmu_notifier_range range;
	bool clean = true;

	range_init(&range, vma, vma->vm_mm, addr, addr + page_size(page));
	mmu_notifier_invalidate_range_start(&range);
	while (page_vma_mapped_walk(&pvmw)) {
		if (pvmw.pte && pte_dirty(*pvmw.pte)) {
			clean = false;
			page_vma_mapped_walk_done(&pvmw);
			break;
		}
		if (pvmw.pte)
			ptep_clear_flush(vma, pvmw.address, pvmw.pte);
		mmu_notifier_invalidate_range(vma->vm_mm, range.start, range.end);
	}
	mmu_notifier_invalidate_range_end(&range);
	return clean;
}
