/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * unshared.c - where huge_pmd_unshare() may take a page table with entries of other addresses away, are bounds found that were
 * not widened for it (adjust_range_if_pmd_sharing_possible()), and a flush of less than the region?
 */
#include "era-d2/mmu_notifier.h"
#include "entries.h"
#include "hugetlb.h"

void good_widened(struct vm_area_struct *vma, unsigned long addr, unsigned long end, pte_t *pte)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr, end);
	adjust_range_if_pmd_sharing_possible(vma, &range.start, &range.end);
	mmu_notifier_invalidate_range_start(&range);
	huge_pmd_unshare(vma->vm_mm, &addr, pte);
	mmu_notifier_invalidate_range_end(&range);
}

void bad_not_widened(struct vm_area_struct *vma, unsigned long addr, unsigned long end, pte_t *pte)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr, end);
	mmu_notifier_invalidate_range_start(&range); /* warn(region-mismatch:not-widened) */
	huge_pmd_unshare(vma->vm_mm, &addr, pte);
	mmu_notifier_invalidate_range_end(&range);
}

/* widened too late */
void bad_widened_after(struct vm_area_struct *vma, pte_t *pte)
{
	struct mmu_notifier_range range;
	unsigned long start = vma->vm_start, end = vma->vm_end;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, start, end);
	mmu_notifier_invalidate_range_start(&range); /* warn(region-mismatch:not-widened) */
	adjust_range_if_pmd_sharing_possible(vma, &start, &end);
	huge_pmd_unshare(vma->vm_mm, &start, pte);
	mmu_notifier_invalidate_range_end(&range);
}

/* the bounds are those of whole page tables */
void good_rounded(struct vm_area_struct *vma, unsigned long addr, pte_t *pte)
{
	struct mmu_notifier_range range;
	unsigned long start = addr & PUD_MASK;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, start,
				start + PUD_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	huge_pmd_unshare(vma->vm_mm, &addr, pte);
	mmu_notifier_invalidate_range_end(&range);
}

static void unshare_all(struct vm_area_struct *vma, unsigned long start, unsigned long end,
			pte_t *pte)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, start, end);
	mmu_notifier_invalidate_range_start(&range);
	huge_pmd_unshare(vma->vm_mm, &start, pte);
	mmu_notifier_invalidate_range_end(&range);
}

/* .. in the caller */
void good_rounded_by_caller(struct vm_area_struct *vma, unsigned long addr, pte_t *pte)
{
	unshare_all(vma, addr & PUD_MASK, (addr & PUD_MASK) + PUD_SIZE, pte);
}

static void unshare_in(struct mmu_notifier_range *range, struct vm_area_struct *vma,
		       unsigned long addr, pte_t *pte)
{
	mmu_notifier_invalidate_range_start(range); /* warn(region-mismatch:not-widened) */
	huge_pmd_unshare(vma->vm_mm, &addr, pte);
	mmu_notifier_invalidate_range_end(range);
}

void its_caller(struct vm_area_struct *vma, unsigned long addr, unsigned long end, pte_t *pte)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr, end);
	unshare_in(&range, vma, addr, pte);
}

static void unshare_one(struct vm_area_struct *vma, unsigned long addr, pmd_t *pmd)
{
	spinlock_t *ptl = pmd_lock(vma->vm_mm, pmd);

	huge_pmd_unshare(vma->vm_mm, &addr, (pte_t *)pmd);
	spin_unlock(ptl);
}

void bad_not_widened_for_callee(struct vm_area_struct *vma, unsigned long addr,
				unsigned long end, pmd_t *pmd)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr, end);
	mmu_notifier_invalidate_range_start(&range); /* warn(region-mismatch:not-widened) */
	unshare_one(vma, addr, pmd);
	mmu_notifier_invalidate_range_end(&range);
}

void good_widened_for_callee(struct vm_area_struct *vma, unsigned long addr,
			     unsigned long end, pmd_t *pmd)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr, end);
	adjust_range_if_pmd_sharing_possible(vma, &range.start, &range.end);
	mmu_notifier_invalidate_range_start(&range);
	unshare_one(vma, addr, pmd);
	mmu_notifier_invalidate_range_end(&range);
}

/* no huge page: nothing is shared */
void good_not_shared(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr, pte_t *pte)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	if (is_vm_hugetlb_page(vma))
		adjust_range_if_pmd_sharing_possible(vma, &range.start, &range.end);
	mmu_notifier_invalidate_range_start(&range);
	if (is_vm_hugetlb_page(vma)) {
		huge_pmd_unshare(vma->vm_mm, &addr, pte);
	} else {
		pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
		ptep_clear_flush(vma, addr, pte);
		pte_unmap_unlock(pte, ptl);
	}
	mmu_notifier_invalidate_range_end(&range);
}

void good_flush_of_all(struct vm_area_struct *vma, unsigned long start, unsigned long end,
		       pte_t *pte)
{
	struct mmu_notifier_range range;
	unsigned long addr = start;
	bool shared = false;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, start, end);
	adjust_range_if_pmd_sharing_possible(vma, &range.start, &range.end);
	mmu_notifier_invalidate_range_start(&range);
	if (huge_pmd_unshare(vma->vm_mm, &addr, pte))
		shared = true;
	if (shared)
		flush_tlb_range(vma, range.start, range.end);
	else
		flush_tlb_range(vma, start, end);
	mmu_notifier_invalidate_range_end(&range);
}

/* of another region around it the flush has one bound: what it is less of is not known */
void good_flush_from_outer(struct vm_area_struct *vma, unsigned long start, unsigned long end,
			   pte_t *pte)
{
	struct mmu_notifier_range outer, range;
	unsigned long addr = start;

	mmu_notifier_range_init(&outer, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, start, end);
	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, start, end);
	adjust_range_if_pmd_sharing_possible(vma, &range.start, &range.end);
	mmu_notifier_invalidate_range_start(&outer);
	mmu_notifier_invalidate_range_start(&range);
	huge_pmd_unshare(vma->vm_mm, &addr, pte);
	mmu_notifier_invalidate_range_end(&range);
	flush_tlb_range(vma, start, vma->vm_end);
	flush_tlb_range(vma, vma->vm_start, end);
	mmu_notifier_invalidate_range_end(&outer);
}

void bad_flush_of_less(struct vm_area_struct *vma, unsigned long start, unsigned long end,
		       pte_t *pte)
{
	struct mmu_notifier_range range;
	unsigned long addr = start;
	bool shared = false;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, start, end);
	adjust_range_if_pmd_sharing_possible(vma, &range.start, &range.end);
	mmu_notifier_invalidate_range_start(&range);
	if (huge_pmd_unshare(vma->vm_mm, &addr, pte))
		shared = true;
	if (shared)
		flush_tlb_range(vma, start, end); /* warn(region-mismatch:flush-narrow) */
	else
		flush_tlb_range(vma, range.start, range.end);
	mmu_notifier_invalidate_range_end(&range);
}
