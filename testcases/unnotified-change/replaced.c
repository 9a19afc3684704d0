/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * replaced.c - is a missing notification found between clearing an entry and setting
 * it to another page, up to 6.5, where the end does not send one or comes too late?
 */
#include "era-d2/mmu_notifier.h"
#include "entries.h"

void bad_only_end(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr,
		  struct page *page, pgprot_t prot)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	ptep_clear_flush(vma, addr, pte);
	set_pte_at_notify(vma->vm_mm, addr, pte, mk_pte(page, prot)); /* warn(unnotified-change:replaced-unnotified) */
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_only_end(&range);
}

void good_flush_notify(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr,
		       struct page *page, pgprot_t prot)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	ptep_clear_flush_notify(vma, addr, pte);
	set_pte_at_notify(vma->vm_mm, addr, pte, mk_pte(page, prot));
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_only_end(&range);
}

void good_plain_end(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr,
		    struct page *page, pgprot_t prot)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	ptep_clear_flush(vma, addr, pte);
	set_pte_at_notify(vma->vm_mm, addr, pte, mk_pte(page, prot));
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_end(&range);
}

/* the second entry is told of in time, and the end tells of the first */
void good_one_after_another(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr,
			    struct page *page, pgprot_t prot)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + 2 * PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	ptep_clear_flush(vma, addr, pte);
	set_pte_at_notify(vma->vm_mm, addr, pte, mk_pte(page, prot));
	ptep_clear_flush(vma, addr + PAGE_SIZE, pte + 1);
	mmu_notifier_invalidate_range(vma->vm_mm, addr + PAGE_SIZE, addr + 2 * PAGE_SIZE);
	set_pte_at_notify(vma->vm_mm, addr + PAGE_SIZE, pte + 1, mk_pte(page + 1, prot));
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_end(&range);
}

void bad_told_after(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr,
		    struct page *page, pgprot_t prot)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	ptep_clear_flush(vma, addr, pte);
	set_pte_at_notify(vma->vm_mm, addr, pte, mk_pte(page, prot)); /* warn(unnotified-change:replaced-early) */
	mmu_notifier_invalidate_range(vma->vm_mm, addr, addr + PAGE_SIZE);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_end(&range);
}

/* one mistake, reported once */
void bad_told_after_unlock(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr,
			   struct page *page, pgprot_t prot)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	ptep_clear_flush(vma, addr, pte);
	set_pte_at_notify(vma->vm_mm, addr, pte, mk_pte(page, prot));
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range(vma->vm_mm, addr, addr + PAGE_SIZE); /* warn(range-unlocked:unlocked-after) */
	mmu_notifier_invalidate_range_only_end(&range);
}

/* write-protected: the same page, and the pair is enough */
void good_same_page(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr,
		    struct page *page, pgprot_t prot)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte, old;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	old = ptep_clear_flush(vma, addr, pte);
	set_pte_at_notify(vma->vm_mm, addr, pte, pte_wrprotect(old));
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_end(&range);
	if (pte_none(old))
		set_pte_at(vma->vm_mm, addr, pte, mk_pte(page, prot));
}

void bad_freed_inside(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr,
		      struct page *old, struct page *page, pgprot_t prot)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	ptep_clear_flush(vma, addr, pte);
	set_pte_at(vma->vm_mm, addr, pte, maybe_mkwrite(mk_pte(page, prot), vma)); /* warn(unnotified-change:replaced-unnotified) */
	pte_unmap_unlock(pte, ptl);
	put_page(old);
	mmu_notifier_invalidate_range_end(&range);
}

void good_freed_behind(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr,
		       struct page *old, struct page *page, pgprot_t prot)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	ptep_clear_flush(vma, addr, pte);
	set_pte_at(vma->vm_mm, addr, pte, maybe_mkwrite(mk_pte(page, prot), vma));
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_end(&range);
	put_page(old);
}

/* it is the new page's own count that is dropped */
void good_new_page_put(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr,
		       struct page *page, pgprot_t prot)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	ptep_clear_flush(vma, addr, pte);
	set_pte_at(vma->vm_mm, addr, pte, pfn_pte((unsigned long)page, prot));
	pte_unmap_unlock(pte, ptl);
	put_page(page);
	mmu_notifier_invalidate_range_end(&range);
}

/* another page's entry is made, but the old one is put back */
void good_put_back(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr, struct page *page,
		   pgprot_t prot, bool again)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte, old, entry = mk_pte(page, prot);

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	old = ptep_clear_flush(vma, addr, pte);
	set_pte_at(vma->vm_mm, addr, pte, old);
	pte_unmap_unlock(pte, ptl);
	put_page(page);
	mmu_notifier_invalidate_range_end(&range);
	if (again)
		set_pte_at(vma->vm_mm, addr, pte, entry);
}

static void replace(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr,
		    pte_t entry)
{
	spinlock_t *ptl;
	pte_t *pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);

	ptep_clear_flush_notify(vma, addr, pte);
	set_pte_at_notify(vma->vm_mm, addr, pte, entry);
	pte_unmap_unlock(pte, ptl);
}

void good_in_callee(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr,
		    struct page *page, pgprot_t prot)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	replace(vma, pmd, addr, mk_pte(page, prot));
	mmu_notifier_invalidate_range_only_end(&range);
}

static void bad_replace(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr,
			struct page *page, pgprot_t prot)
{
	spinlock_t *ptl;
	pte_t *pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);

	ptep_clear_flush(vma, addr, pte);
	set_pte_at_notify(vma->vm_mm, addr, pte, mk_pte(page, prot)); /* warn(unnotified-change:replaced-unnotified) */
	pte_unmap_unlock(pte, ptl);
}

void its_caller(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr,
			 struct page *page, pgprot_t prot)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	bad_replace(vma, pmd, addr, page, prot);
	mmu_notifier_invalidate_range_only_end(&range);
}

static void end_without_a_call(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_only_end(range);
}

/* the mistake stands where the entry was set, whoever ends the region */
void bad_ended_by_helper(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr,
			 struct page *page, pgprot_t prot)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	ptep_clear_flush(vma, addr, pte);
	set_pte_at_notify(vma->vm_mm, addr, pte, mk_pte(page, prot)); /* warn(unnotified-change:replaced-unnotified) */
	pte_unmap_unlock(pte, ptl);
	end_without_a_call(&range);
}

void good_ended_by_helper(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr,
			  struct page *page, pgprot_t prot)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	ptep_clear_flush_notify(vma, addr, pte);
	set_pte_at_notify(vma->vm_mm, addr, pte, mk_pte(page, prot));
	pte_unmap_unlock(pte, ptl);
	end_without_a_call(&range);
}
