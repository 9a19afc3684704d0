/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * flushed.c - up to 6.5, is a flush of the CPUs' TLBs found that no invalidate_range() follows, although the end does
 * not make one, or the page is copied before the end?
 */
#include "era-d2/mmu_notifier.h"
#include "entries.h"
#include "highmem.h"
#include "pagewalk.h"

void bad_only_end(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	set_pte_at(vma->vm_mm, addr, pte, pte_wrprotect(*pte));
	flush_tlb_range(vma, addr, addr + PAGE_SIZE); /* warn(unnotified-change:flushed-unnotified) */
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_only_end(&range);
}

void good_plain_end(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	set_pte_at(vma->vm_mm, addr, pte, pte_wrprotect(*pte));
	flush_tlb_range(vma, addr, addr + PAGE_SIZE);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_end(&range);
}

void good_notified(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	set_pte_at(vma->vm_mm, addr, pte, pte_wrprotect(*pte));
	flush_tlb_range(vma, addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range(vma->vm_mm, addr, addr + PAGE_SIZE);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_only_end(&range);
}

/* the notification is for the flush before it, not for that behind it */
void bad_flushed_behind(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + 2 * PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	ptep_clear_flush(vma, addr, pte);
	mmu_notifier_invalidate_range(vma->vm_mm, addr, addr + PAGE_SIZE);
	ptep_clear_flush(vma, addr + PAGE_SIZE, pte + 1); /* warn(unnotified-change:flushed-unnotified) */
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_only_end(&range);
}

/* no entry was flushed */
void good_nothing_flushed(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	if (pte_present(*pte)) {
		ptep_clear_flush_notify(vma, addr, pte);
		set_pte_at_notify(vma->vm_mm, addr, pte, pte_wrprotect(*pte));
	}
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_only_end(&range);
}

/* the region around it ends with an invalidate_range() */
void good_inner_region(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	struct mmu_notifier_range range, inner;
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	mmu_notifier_range_init(&inner, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&inner);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	ptep_clear_flush(vma, addr, pte);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_only_end(&inner);
	mmu_notifier_invalidate_range_end(&range);
}

void bad_inner_region(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	struct mmu_notifier_range range, inner;
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	mmu_notifier_range_init(&inner, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&inner);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	ptep_clear_flush(vma, addr, pte); /* warn(unnotified-change:flushed-unnotified) */
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_only_end(&inner);
	mmu_notifier_invalidate_range_only_end(&range);
}

/* the flush of the second region is none: it comes before it starts */
void good_ended_before(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
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
	mmu_notifier_invalidate_range_end(&range);
	flush_tlb_range(vma, addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	mmu_notifier_invalidate_range_only_end(&range);
}

void bad_copied_inside(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr,
		       struct page *to, struct page *from)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PMD_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	ptl = pmd_lock(vma->vm_mm, pmd);
	pmdp_collapse_flush(vma, addr, pmd); /* warn(unnotified-change:flushed-unnotified) */
	spin_unlock(ptl);
	copy_user_highpage(to, from, addr, vma);
	mmu_notifier_invalidate_range_end(&range);
}

static void copy_in_helper(struct page *to, struct page *from, unsigned long addr,
			   struct vm_area_struct *vma)
{
	copy_user_highpage(to, from, addr, vma);
}

void bad_copied_by_helper(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr,
			  struct page *to, struct page *from)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PMD_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	ptl = pmd_lock(vma->vm_mm, pmd);
	pmdp_collapse_flush(vma, addr, pmd); /* warn(unnotified-change:flushed-unnotified) */
	spin_unlock(ptl);
	copy_in_helper(to, from, addr, vma);
	mmu_notifier_invalidate_range_end(&range);
}

void good_copied_behind(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr,
			struct page *to, struct page *from)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PMD_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	ptl = pmd_lock(vma->vm_mm, pmd);
	pmdp_collapse_flush(vma, addr, pmd);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(&range);
	copy_user_highpage(to, from, addr, vma);
}

/* copied first, while a secondary MMU may only read it */
void good_copied_before(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr,
			struct page *to, struct page *from)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	copy_user_highpage(to, from, addr, vma);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	ptep_clear_flush(vma, addr, pte);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_end(&range);
}

static void clear_one(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);

	ptep_clear_flush(vma, addr, pte); /* warn(unnotified-change:flushed-unnotified) */
	pte_unmap_unlock(pte, ptl);
}

void its_caller(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	clear_one(vma, pmd, addr);
	mmu_notifier_invalidate_range_only_end(&range);
}

/* what a walk calls copies the pages */
static int copy_page_of(pte_t *pte, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	struct page **pages = walk->private;

	copy_highpage(pages[1], pages[0]);
	return 0;
}

static const struct mm_walk_ops copy_ops = { .pte_entry = copy_page_of };

void bad_copied_by_walk(struct vm_area_struct *vma, struct page **pages, unsigned long addr)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	flush_tlb_range(vma, addr, addr + PAGE_SIZE); /* warn(unnotified-change:flushed-unnotified) */
	walk_page_range(vma->vm_mm, addr, addr + PAGE_SIZE, &copy_ops, pages);
	mmu_notifier_invalidate_range_end(&range);
}

void good_copied_by_walk(struct vm_area_struct *vma, pmd_t *pmd, struct page **pages,
			 unsigned long addr)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	ptl = pmd_lock(vma->vm_mm, pmd);
	flush_tlb_range(vma, addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range(vma->vm_mm, addr, addr + PAGE_SIZE);
	spin_unlock(ptl);
	walk_page_range(vma->vm_mm, addr, addr + PAGE_SIZE, &copy_ops, pages);
	mmu_notifier_invalidate_range_end(&range);
}

/* .. and here it is what flushes */
static int clear_entry(pte_t *pte, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	ptep_clear_flush(walk->vma, addr, pte); /* warn(unnotified-change:flushed-unnotified) */
	return 0;
}

static const struct mm_walk_ops clear_ops = { .pte_entry = clear_entry };

void its_walk(struct vm_area_struct *vma, unsigned long addr)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	walk_page_range(vma->vm_mm, addr, addr + PAGE_SIZE, &clear_ops, NULL);
	mmu_notifier_invalidate_range_only_end(&range);
}

static int clear_locked(pmd_t *pmd, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	spinlock_t *ptl = pmd_lock(walk->vma->vm_mm, pmd);

	pmdp_huge_clear_flush(walk->vma, addr, pmd); /* warn(unnotified-change:flushed-unnotified) */
	spin_unlock(ptl);
	return 0;
}

static const struct mm_walk_ops locked_ops = { .pmd_entry = clear_locked };

void its_walk_under_lock(struct vm_area_struct *vma, unsigned long addr)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PMD_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	walk_page_range(vma->vm_mm, addr, addr + PMD_SIZE, &locked_ops, NULL);
	mmu_notifier_invalidate_range_only_end(&range);
}

static void change_one(struct vm_area_struct *vma, pte_t *pte, unsigned long addr)
{
	set_pte_at(vma->vm_mm, addr, pte, pte_wrprotect(*pte));
	flush_tlb_range(vma, addr, addr + PAGE_SIZE); /* warn(unnotified-change:flushed-unnotified) */
}

static void change_all(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	pmdp_huge_get_and_clear(vma->vm_mm, addr, pmd);
	flush_tlb_range(vma, addr, addr + PMD_SIZE); /* warn(unnotified-change:flushed-unnotified) */
}

/* the paths of both meet before the end that both rely on */
void bad_two_ways(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr, unsigned long end)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr, end);
	mmu_notifier_invalidate_range_start(&range);
	for (; addr < end; addr += PMD_SIZE, pmd++) {
		pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
		if (pmd_trans_huge(*pmd))
			change_all(vma, pmd, addr);
		else
			change_one(vma, pte, addr);
		pte_unmap_unlock(pte, ptl);
	}
	mmu_notifier_invalidate_range_only_end(&range);
}
