/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * planted.c - are planted faults found, and three correct idioms left alone, in a file
 * that a user compiles against the headers of Linux 6.1?
 *
 * Not compiled with the headers of testcases/include: "make check-kernel" does it
 * with the kernel's own.
 */
#include <linux/hugetlb.h>
#include <linux/mm.h>
#include <linux/mmu_notifier.h>
#include <linux/rmap.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <asm/tlbflush.h>

struct mirror {
	struct mm_struct *mm;
	spinlock_t lock;
	unsigned long *pages;
};

static void mirror_begin(struct mirror *mirror, struct mmu_notifier_range *range,
			 struct vm_area_struct *vma)
{
	mmu_notifier_range_init(range, MMU_NOTIFY_CLEAR, 0, vma, mirror->mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic) */
}

int bad_start_under_spinlock(struct mirror *mirror, struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, mirror->mm,
				vma->vm_start, vma->vm_end);
	spin_lock(&mirror->lock);
	mmu_notifier_invalidate_range_start(&range); /* warn(region-atomic) */
	mirror->pages = NULL;
	spin_unlock(&mirror->lock);
	mmu_notifier_invalidate_range_end(&range);
	return 0;
}

int bad_start_through_helper(struct mirror *mirror, struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	spin_lock(&mirror->lock);
	mirror_begin(mirror, &range, vma);
	mirror->pages = NULL;
	spin_unlock(&mirror->lock);
	mmu_notifier_invalidate_range_end(&range);
	return 0;
}

int bad_no_end_on_error(struct mirror *mirror, struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, mirror->mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(&range);
	mirror->pages = kcalloc(vma_pages(vma), sizeof(*mirror->pages), GFP_KERNEL);
	if (!mirror->pages)
		return -ENOMEM; /* warn(region-balance) */
	mmu_notifier_invalidate_range_end(&range);
	return 0;
}

void bad_range_without_lock(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	ptep_clear_flush(vma, addr, pte);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range(vma->vm_mm, addr, addr + PAGE_SIZE); /* warn(range-unlocked) */
	mmu_notifier_invalidate_range_end(&range);
}

void bad_range_without_pair(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte;

	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	ptep_clear_flush(vma, addr, pte);
	mmu_notifier_invalidate_range(vma->vm_mm, addr, addr + PAGE_SIZE); /* warn(range-unpaired) */
	pte_unmap_unlock(pte, ptl);
}

void bad_double_end(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(&range);
	flush_tlb_range(vma, vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_end(&range);
	mmu_notifier_invalidate_range_end(&range); /* warn(region-balance) */
}

int good_huge_lock(struct vm_area_struct *vma, pmd_t *pmd, unsigned long haddr)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	int changed = 0;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, haddr,
				haddr + HPAGE_PMD_SIZE);
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

void good_lock_if_given(struct mirror *mirror, struct vm_area_struct *vma, spinlock_t *l)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(&range);
	if (l)
		spin_lock(l);
	mirror->pages = NULL;
	if (l)
		spin_unlock(l);
	mmu_notifier_invalidate_range_end(&range);
}

bool good_mapped_walk(struct folio *folio, struct vm_area_struct *vma, unsigned long addr)
{
	DEFINE_FOLIO_VMA_WALK(pvmw, folio, vma, addr, 0);
	struct mmu_notifier_range range;
	bool clean = true;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + folio_size(folio));
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
