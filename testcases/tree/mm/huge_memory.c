// SPDX-License-Identifier: GPL-2.0-only
/*
 * mm/huge_memory.c - entries that map a whole PMD
 */

#include <linux/huge_mm.h>
#include <linux/mmu_notifier.h>
#include <linux/rmap.h>
#include <linux/slab.h>

/* The huge entry is checked again with the lock held. */
spinlock_t *__pmd_trans_huge_lock(pmd_t *pmd, struct vm_area_struct *vma)
{
	spinlock_t *ptl;

	ptl = pmd_lock(vma->vm_mm, pmd);
	if (likely(pmd_trans_huge(*pmd)))
		return ptl;
	spin_unlock(ptl);
	return NULL;
}

static void __split_huge_pmd_locked(struct vm_area_struct *vma, pmd_t *pmd,
				    unsigned long haddr)
{
	struct mm_struct *mm = vma->vm_mm;
	struct page *page;
	pgtable_t pgtable;
	unsigned long addr;
	pmd_t _pmd, old;
	int i;

	/* the old entry goes first: both sizes at once confuse a TLB */
	old = pmdp_huge_clear_flush_notify(vma, haddr, pmd);
	page = pfn_to_page(pmd_pfn(old));
	pgtable = pgtable_trans_huge_withdraw(mm, pmd);
	pmd_populate(mm, &_pmd, pgtable);

	for (i = 0, addr = haddr; i < HPAGE_PMD_NR; i++, addr += PAGE_SIZE) {
		pte_t entry = mk_pte(page + i, vma->vm_page_prot);
		pte_t *pte = pte_offset_map(&_pmd, addr);

		if (!pmd_write(old))
			entry = pte_wrprotect(entry);
		set_pte_at(mm, addr, pte, entry);
		pte_unmap(pte);
	}
	pmd_populate(mm, pmd, pgtable);
}

void __split_huge_pmd(struct vm_area_struct *vma, pmd_t *pmd,
		      unsigned long address)
{
	struct mm_struct *mm = vma->vm_mm;
	unsigned long haddr = address & HPAGE_PMD_MASK;
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, haddr, haddr + HPAGE_PMD_SIZE);
	ptl = pmd_lock(mm, pmd);
	if (!pmd_trans_huge(*pmd))
		goto out;
	__split_huge_pmd_locked(vma, pmd, haddr);
out:
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, haddr, haddr + HPAGE_PMD_SIZE);
}

void split_huge_pmd_address(struct vm_area_struct *vma, unsigned long address,
			    struct page *page)
{
	pmd_t *pmd = mm_find_pmd(vma->vm_mm, address);

	if (!pmd || !pmd_trans_huge(*pmd))
		return;
	if (page && page != pfn_to_page(pmd_pfn(*pmd)))
		return;

	__split_huge_pmd(vma, pmd, address);
}

/**
 * zap_huge_pmd - take away a huge entry
 *
 * Return: 1 when it is gone, 0 when it was not, or is no more, a huge one.
 */
int zap_huge_pmd(struct mmu_gather *tlb, struct vm_area_struct *vma,
		 pmd_t *pmd, unsigned long address)
{
	struct page *page;
	spinlock_t *ptl;
	pmd_t orig;

	ptl = pmd_trans_huge_lock(pmd, vma);
	if (!ptl)
		return 0;

	orig = pmdp_huge_get_and_clear(tlb->mm, address, pmd);
	page = pfn_to_page(pmd_pfn(orig));
	page_remove_rmap(page, true);
	add_mm_counter(tlb->mm, MM_ANONPAGES, -HPAGE_PMD_NR);
	pgtable_trans_huge_withdraw(tlb->mm, pmd);
	spin_unlock(ptl);

	__tlb_remove_page(tlb, page);
	return 1;
}

/**
 * change_huge_pmd - other rights for a huge entry; the caller has the pair
 *
 * Return: 0 when the entry is no huge one any more.
 */
int change_huge_pmd(struct vm_area_struct *vma, pmd_t *pmd,
		    unsigned long address, pgprot_t prot)
{
	struct mm_struct *mm = vma->vm_mm;
	spinlock_t *ptl;
	pmd_t entry;
	int ret = 0;

	ptl = pmd_trans_huge_lock(pmd, vma);
	if (ptl) {
		entry = pmdp_huge_get_and_clear(mm, address, pmd);
		entry = __pmd((pmd_val(entry) & ~_PAGE_RW) | prot.pgprot);
		set_pmd_at(mm, address, pmd, entry);
		ret = HPAGE_PMD_NR;
		spin_unlock(ptl);
	}

	return ret;
}

/**
 * do_huge_pmd_wp_page - a write to a huge page that is shared by fork
 * @vmf: the fault
 * @orig_pmd: what the entry was when it happened
 */
int do_huge_pmd_wp_page(struct vm_fault *vmf, pmd_t orig_pmd)
{
	struct vm_area_struct *vma = vmf->vma;
	struct mm_struct *mm = vma->vm_mm;
	unsigned long haddr = vmf->address & HPAGE_PMD_MASK;
	unsigned long mmun_start = haddr;
	unsigned long mmun_end = haddr + HPAGE_PMD_SIZE;
	struct page *page, *new_page;
	int ret = 0;

	vmf->ptl = pmd_lockptr(mm, vmf->pmd);
	spin_lock(vmf->ptl);
	if (unlikely(!pmd_same(*vmf->pmd, orig_pmd)))
		goto out_unlock;
	page = pfn_to_page(pmd_pfn(orig_pmd));
	get_page(page);
	spin_unlock(vmf->ptl);

	new_page = alloc_page_vma(GFP_KERNEL, vma, haddr);
	if (!new_page) {
		put_page(page);
		return VM_FAULT_OOM;
	}
	copy_user_highpage(new_page, page, haddr, vma);

	mmu_notifier_invalidate_range_start(mm, mmun_start, mmun_end);

	spin_lock(vmf->ptl);
	put_page(page);
	if (unlikely(!pmd_same(*vmf->pmd, orig_pmd))) {
		spin_unlock(vmf->ptl);
		put_page(new_page);
		goto out_mn;
	} else {
		pmd_t entry = pmd_mkhuge(mk_pmd(new_page, vma->vm_page_prot));

		pmdp_huge_clear_flush_notify(vma, haddr, vmf->pmd);
		page_add_new_anon_rmap(new_page, vma, haddr, true);
		set_pmd_at(mm, haddr, vmf->pmd, entry);
		page_remove_rmap(page, true);
		put_page(page);
		ret |= VM_FAULT_WRITE;
	}
	spin_unlock(vmf->ptl);
out_mn:
	mmu_notifier_invalidate_range_end(mm, mmun_start, mmun_end);
	return ret;
out_unlock:
	spin_unlock(vmf->ptl);
	return ret;
}
