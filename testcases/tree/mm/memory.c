// SPDX-License-Identifier: GPL-2.0-only
/*
 * mm/memory.c - copy, take away and replace the entries of an address space
 */

#include <linux/huge_mm.h>
#include <linux/hugetlb.h>
#include <linux/mm.h>
#include <linux/mmu_notifier.h>
#include <linux/rmap.h>
#include <linux/slab.h>
#include <linux/swap.h>

static void copy_one_pte(struct mm_struct *dst_mm, struct mm_struct *src_mm,
			 pte_t *dst_pte, pte_t *src_pte,
			 struct vm_area_struct *vma, unsigned long addr)
{
	pte_t pte = *src_pte;
	struct page *page;

	if (!pte_present(pte)) {
		if (swap_duplicate(pte_to_swp_entry(pte)) < 0)
			return;
		inc_mm_counter(dst_mm, MM_SWAPENTS);
		set_pte_at(dst_mm, addr, dst_pte, pte);
		return;
	}

	/* both sides fault on a write, and then get a page of their own */
	if (is_cow_mapping(vma->vm_flags)) {
		set_pte_at(src_mm, addr, src_pte, pte_wrprotect(pte));
		pte = pte_wrprotect(pte);
	}

	if (vma->vm_flags & VM_SHARED)
		pte = pte_mkclean(pte);
	pte = pte_mkold(pte);

	page = vm_normal_page(vma, addr, pte);
	if (page) {
		get_page(page);
		inc_mm_counter(dst_mm, mm_counter(page));
	}
	set_pte_at(dst_mm, addr, dst_pte, pte);
}

static int copy_pte_range(struct mm_struct *dst_mm, struct mm_struct *src_mm,
			  pmd_t *dst_pmd, pmd_t *src_pmd,
			  struct vm_area_struct *vma, unsigned long addr,
			  unsigned long end)
{
	pte_t *src_pte, *dst_pte;
	spinlock_t *src_ptl, *dst_ptl;

	dst_pte = pte_alloc_map_lock(dst_mm, dst_pmd, addr, &dst_ptl);
	if (!dst_pte)
		return -ENOMEM;
	src_pte = pte_offset_map(src_pmd, addr);
	src_ptl = pte_lockptr(src_mm, src_pmd);
	spin_lock_nested(src_ptl, SINGLE_DEPTH_NESTING);

	do {
		if (pte_none(*src_pte))
			continue;
		copy_one_pte(dst_mm, src_mm, dst_pte, src_pte, vma, addr);
	} while (dst_pte++, src_pte++, addr += PAGE_SIZE, addr != end);

	spin_unlock(src_ptl);
	pte_unmap(src_pte - 1);
	pte_unmap_unlock(dst_pte - 1, dst_ptl);
	cond_resched();

	return 0;
}

/**
 * copy_page_range - give a child the entries of its parent
 * @dst_mm: of the child
 * @src_mm: of the parent
 * @vma: which area
 */
int copy_page_range(struct mm_struct *dst_mm, struct mm_struct *src_mm,
		    struct vm_area_struct *vma)
{
	unsigned long addr = vma->vm_start;
	unsigned long end = vma->vm_end;
	unsigned long mmun_start;	/* for the notifiers */
	unsigned long mmun_end;
	unsigned long next;
	bool is_cow;
	int ret;

	if (vma->vm_flags & VM_HUGETLB)
		return copy_hugetlb_page_range(dst_mm, src_mm, vma);

	/* only a private mapping loses rights in the parent */
	is_cow = is_cow_mapping(vma->vm_flags);
	mmun_start = addr;
	mmun_end = end;
	if (is_cow)
		mmu_notifier_invalidate_range_start(src_mm, mmun_start,
						    mmun_end);

	ret = 0;
	do {
		pmd_t *src_pmd = mm_find_pmd(src_mm, addr);
		pmd_t *dst_pmd = mm_find_pmd(dst_mm, addr);

		next = pmd_addr_end(addr, end);
		if (!src_pmd)
			continue;
		if (!dst_pmd ||
		    copy_pte_range(dst_mm, src_mm, dst_pmd, src_pmd, vma, addr,
				   next)) {
			ret = -ENOMEM;
			break;
		}
	} while (addr = next, addr != end);

	if (is_cow)
		mmu_notifier_invalidate_range_end(src_mm, mmun_start,
						  mmun_end);
	return ret;
}

/* The gather's entries are gone; its pages are freed only after this. */
static void tlb_flush_mmu_tlbonly(struct mmu_gather *tlb)
{
	if (!tlb->end)
		return;

	tlb_flush(tlb);
	mmu_notifier_invalidate_range(tlb->mm, tlb->start, tlb->end);
	tlb->start = ULONG_MAX;
	tlb->end = 0;
}

static void tlb_flush_mmu_free(struct mmu_gather *tlb)
{
	tlb->nr_pages = 0;
}

void tlb_flush_mmu(struct mmu_gather *tlb)
{
	tlb_flush_mmu_tlbonly(tlb);
	tlb_flush_mmu_free(tlb);
}

static unsigned long zap_pte_range(struct mmu_gather *tlb,
				   struct vm_area_struct *vma, pmd_t *pmd,
				   unsigned long addr, unsigned long end)
{
	struct mm_struct *mm = tlb->mm;
	bool force_flush = false;
	spinlock_t *ptl;
	pte_t *start_pte;
	pte_t *pte;

	start_pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	pte = start_pte;
	do {
		struct page *page;
		pte_t ptent = *pte;

		if (pte_none(ptent))
			continue;

		if (!pte_present(ptent)) {
			free_swap_and_cache(pte_to_swp_entry(ptent));
			pte_clear(mm, addr, pte);
			continue;
		}

		page = vm_normal_page(vma, addr, ptent);
		ptent = ptep_get_and_clear(mm, addr, pte);
		tlb_remove_tlb_entry(tlb, pte, addr);
		if (!page)
			continue;

		if (!PageAnon(page) && pte_dirty(ptent)) {
			force_flush = true;
			set_page_dirty(page);
		}
		page_remove_rmap(page, false);
		if (__tlb_remove_page(tlb, page)) {
			force_flush = true;
			addr += PAGE_SIZE;
			break;
		}
	} while (pte++, addr += PAGE_SIZE, addr != end);

	/* before the lock is dropped: a dirty page must not be cleaned yet */
	if (force_flush)
		tlb_flush_mmu_tlbonly(tlb);
	pte_unmap_unlock(start_pte, ptl);

	if (force_flush)
		tlb_flush_mmu_free(tlb);

	return addr;
}

static void unmap_single_vma(struct mmu_gather *tlb,
			     struct vm_area_struct *vma, unsigned long start,
			     unsigned long end)
{
	unsigned long addr = max(vma->vm_start, start);
	unsigned long next;

	end = min(vma->vm_end, end);
	if (addr >= end)
		return;

	if (vma->vm_flags & VM_HUGETLB) {
		__unmap_hugepage_range(tlb, vma, addr, end);
		return;
	}

	do {
		pmd_t *pmd = mm_find_pmd(vma->vm_mm, addr);

		next = pmd_addr_end(addr, end);
		if (!pmd)
			continue;

		if (pmd_trans_huge(*pmd)) {
			if (next - addr != HPAGE_PMD_SIZE)
				__split_huge_pmd(vma, pmd, addr);
			else if (zap_huge_pmd(tlb, vma, pmd, addr))
				continue;
		}
		next = zap_pte_range(tlb, vma, pmd, addr, next);
		cond_resched();
	} while (addr = next, addr != end);
}

/**
 * unmap_vmas - take away all entries of a list of areas
 * @tlb: collects the pages
 * @vma: the first area
 * @start: where to start
 * @end: where to stop
 */
void unmap_vmas(struct mmu_gather *tlb, struct vm_area_struct *vma,
		unsigned long start, unsigned long end)
{
	struct mm_struct *mm = vma->vm_mm;

	mmu_notifier_invalidate_range_start(mm, start, end);
	for (; vma && vma->vm_start < end; vma = vma->vm_next)
		unmap_single_vma(tlb, vma, start, end);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

/**
 * zap_page_range - take away all entries of a range
 * @vma: the first area
 * @start: where to start
 * @size: in bytes
 */
void zap_page_range(struct vm_area_struct *vma, unsigned long start,
		    unsigned long size)
{
	struct mm_struct *mm = vma->vm_mm;
	unsigned long end = start + size;
	struct mmu_gather tlb;

	tlb_gather_mmu(&tlb, mm, start, end);
	mmu_notifier_invalidate_range_start(mm, start, end);
	for (; vma && vma->vm_start < end; vma = vma->vm_next)
		unmap_single_vma(&tlb, vma, start, end);
	mmu_notifier_invalidate_range_end(mm, start, end);
	tlb_finish_mmu(&tlb, start, end);
}

/**
 * wp_page_copy - a write to a page that is shared by fork: give it a copy
 * @vmf: the fault; its ->ptl is not held
 * @old_page: what is mapped there, or NULL; a reference to it is dropped
 */
int wp_page_copy(struct vm_fault *vmf, struct page *old_page)
{
	struct vm_area_struct *vma = vmf->vma;
	struct mm_struct *mm = vma->vm_mm;
	const unsigned long mmun_start = vmf->address & PAGE_MASK;
	const unsigned long mmun_end = mmun_start + PAGE_SIZE;
	struct page *new_page;
	int page_copied = 0;
	pte_t entry;

	new_page = alloc_page_vma(GFP_KERNEL, vma, vmf->address);
	if (!new_page)
		goto oom;
	if (old_page)
		copy_user_highpage(new_page, old_page, vmf->address, vma);

	mmu_notifier_invalidate_range_start(mm, mmun_start, mmun_end);

	/* is it still what we copied? */
	vmf->pte = pte_offset_map_lock(mm, vmf->pmd, vmf->address, &vmf->ptl);
	if (likely(pte_same(*vmf->pte, vmf->orig_pte))) {
		if (!old_page)
			inc_mm_counter(mm, MM_ANONPAGES);

		flush_cache_page(vma, vmf->address, pte_pfn(vmf->orig_pte));
		entry = mk_pte(new_page, vma->vm_page_prot);
		entry = pte_mkwrite(pte_mkdirty(entry));

		/* Two threads must not see different pages, even briefly. */
		ptep_clear_flush_notify(vma, vmf->address, vmf->pte);
		page_add_new_anon_rmap(new_page, vma, vmf->address, false);
		set_pte_at_notify(mm, vmf->address, vmf->pte, entry);
		if (old_page)
			page_remove_rmap(old_page, false);

		new_page = old_page;
		page_copied = 1;
	}

	pte_unmap_unlock(vmf->pte, vmf->ptl);
	mmu_notifier_invalidate_range_end(mm, mmun_start, mmun_end);
	if (new_page)
		put_page(new_page);
	if (old_page)
		put_page(old_page);
	return page_copied ? VM_FAULT_WRITE : 0;
oom:
	if (old_page)
		put_page(old_page);
	return VM_FAULT_OOM;
}

/**
 * mm_find_pmd - the PMD entry of an address
 *
 * Return: the entry, or NULL where there is no table of it.
 */
pmd_t *mm_find_pmd(struct mm_struct *mm, unsigned long address)
{
	pud_t *pud;
	pmd_t *pmd;

	pud = pud_offset(pgd_offset(mm, address), address);
	if (pud_none(*pud))
		return NULL;

	pmd = pmd_offset(pud, address);
	if (pmd_none(*pmd) || pmd_bad(*pmd))
		return NULL;
	return pmd;
}

static int __follow_pte_pmd(struct mm_struct *mm, unsigned long address,
			    pte_t **ptepp, pmd_t **pmdpp, spinlock_t **ptlp)
{
	pmd_t *pmd = mm_find_pmd(mm, address);
	pte_t *ptep;

	if (!pmd)
		return -EINVAL;

	if (pmd_huge(*pmd)) {
		if (!pmdpp)
			return -EINVAL;

		*ptlp = pmd_lock(mm, pmd);
		if (pmd_huge(*pmd)) {
			*pmdpp = pmd;
			return 0;
		}
		/* it was split before we had the lock */
		spin_unlock(*ptlp);
	}

	ptep = pte_offset_map_lock(mm, pmd, address, ptlp);
	if (!pte_present(*ptep)) {
		pte_unmap_unlock(ptep, *ptlp);
		return -EINVAL;
	}

	*ptepp = ptep;
	return 0;
}

/**
 * follow_pte_pmd - find the entry of an address and lock its table
 * @mm: the address space
 * @address: the address
 * @ptepp: receives a small entry
 * @pmdpp: receives a huge one
 * @ptlp: receives the lock
 *
 * Return: 0 with *@ptlp held, or -EINVAL with no lock held.
 */
int follow_pte_pmd(struct mm_struct *mm, unsigned long address,
		   pte_t **ptepp, pmd_t **pmdpp, spinlock_t **ptlp)
{
	int res;

	/* sparse is told that success means the lock */
	(void)__cond_lock(*ptlp, !(res = __follow_pte_pmd(mm, address, ptepp,
							  pmdpp, ptlp)));
	return res;
}
EXPORT_SYMBOL(follow_pte_pmd);
