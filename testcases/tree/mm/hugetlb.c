// SPDX-License-Identifier: GPL-2.0-only
/*
 * mm/hugetlb.c - areas of reserved huge pages
 */

#include <linux/fs.h>
#include <linux/hugetlb.h>
#include <linux/mmu_notifier.h>
#include <linux/rmap.h>
#include <linux/swap.h>

/**
 * copy_hugetlb_page_range - give a child the huge entries of its parent
 */
int copy_hugetlb_page_range(struct mm_struct *dst, struct mm_struct *src,
			    struct vm_area_struct *vma)
{
	struct hstate *h = hstate_vma(vma);
	unsigned long sz = huge_page_size(h);
	unsigned long mmun_start = vma->vm_start;
	unsigned long mmun_end = vma->vm_end;
	pte_t *src_pte, *dst_pte;
	unsigned long addr;
	struct page *page;
	pte_t entry;
	int ret = 0;
	int cow;

	cow = (vma->vm_flags & (VM_SHARED | VM_MAYWRITE)) == VM_MAYWRITE;
	if (cow)
		mmu_notifier_invalidate_range_start(src, mmun_start, mmun_end);

	for (addr = vma->vm_start; addr < vma->vm_end; addr += sz) {
		spinlock_t *src_ptl, *dst_ptl;

		src_pte = huge_pte_offset(src, addr);
		if (!src_pte)
			continue;
		dst_pte = huge_pte_alloc(dst, addr, sz);
		if (!dst_pte) {
			ret = -ENOMEM;
			break;
		}

		/* one table for both: nothing to copy */
		if (dst_pte == src_pte)
			continue;

		dst_ptl = huge_pte_lock(h, dst, dst_pte);
		src_ptl = huge_pte_lockptr(h, src, src_pte);
		spin_lock_nested(src_ptl, SINGLE_DEPTH_NESTING);
		entry = huge_ptep_get(src_pte);
		if (!pte_none(entry)) {
			if (cow) {
				huge_ptep_set_wrprotect(src, addr, src_pte);
				mmu_notifier_invalidate_range(src, mmun_start,
							      mmun_end);
			}
			entry = huge_ptep_get(src_pte);
			page = pfn_to_page(pte_pfn(entry));
			get_page(page);
			set_huge_pte_at(dst, addr, dst_pte, entry);
		}
		spin_unlock(src_ptl);
		spin_unlock(dst_ptl);
	}

	if (cow)
		mmu_notifier_invalidate_range_end(src, mmun_start, mmun_end);

	return ret;
}

/**
 * __unmap_hugepage_range - take away the huge entries of a range
 */
void __unmap_hugepage_range(struct mmu_gather *tlb,
			    struct vm_area_struct *vma, unsigned long start,
			    unsigned long end)
{
	struct mm_struct *mm = vma->vm_mm;
	struct hstate *h = hstate_vma(vma);
	unsigned long sz = huge_page_size(h);
	unsigned long address;
	struct page *page;
	spinlock_t *ptl;
	pte_t *ptep;
	pte_t pte;

	mmu_notifier_invalidate_range_start(mm, start, end);
	for (address = start; address < end; address += sz) {
		ptep = huge_pte_offset(mm, address);
		if (!ptep)
			continue;

		ptl = huge_pte_lock(h, mm, ptep);
		if (huge_pmd_unshare(mm, &address, ptep)) {
			spin_unlock(ptl);
			continue;
		}

		pte = huge_ptep_get(ptep);
		if (pte_none(pte)) {
			spin_unlock(ptl);
			continue;
		}

		page = pfn_to_page(pte_pfn(pte));
		pte = huge_ptep_get_and_clear(mm, address, ptep);
		tlb_remove_tlb_entry(tlb, ptep, address);
		if (pte_dirty(pte))
			set_page_dirty(page);
		page_remove_rmap(page, true);
		spin_unlock(ptl);

		__tlb_remove_page(tlb, page);
	}
	mmu_notifier_invalidate_range_end(mm, start, end);
}

/**
 * hugetlb_change_protection - other rights for the huge entries of a range
 *
 * Return: the number of small pages whose rights changed.
 */
unsigned long hugetlb_change_protection(struct vm_area_struct *vma,
					unsigned long address,
					unsigned long end, pgprot_t newprot)
{
	struct mm_struct *mm = vma->vm_mm;
	struct hstate *h = hstate_vma(vma);
	unsigned long start = address;
	unsigned long pages = 0;
	pte_t *ptep;
	pte_t pte;

	BUG_ON(address >= end);
	flush_cache_range(vma, address, end);

	mmu_notifier_invalidate_range_start(mm, start, end);
	i_mmap_lock_write(vma->vm_file->f_mapping);
	for (; address < end; address += huge_page_size(h)) {
		spinlock_t *ptl;

		ptep = huge_pte_offset(mm, address);
		if (!ptep)
			continue;

		ptl = huge_pte_lock(h, mm, ptep);
		if (huge_pmd_unshare(mm, &address, ptep)) {
			pages++;
			spin_unlock(ptl);
			continue;
		}
		if (!pte_none(huge_ptep_get(ptep))) {
			pte = huge_ptep_get_and_clear(mm, address, ptep);
			set_huge_pte_at(mm, address, ptep,
					pte_modify(pte, newprot));
			pages++;
		}
		spin_unlock(ptl);
	}
	/*
	 * One flush for all of them, while i_mmap_rwsem keeps the tables that
	 * huge_pmd_unshare() gave back from being used for something else.
	 */
	flush_hugetlb_tlb_range(vma, start, end);
	mmu_notifier_invalidate_range(mm, start, end);
	i_mmap_unlock_write(vma->vm_file->f_mapping);
	mmu_notifier_invalidate_range_end(mm, start, end);

	return pages << h->order;
}

/*
 * A write to a huge page that is shared by fork. @ptl is held by the caller,
 * who finds it held again; in between the copy may sleep.
 */
static int hugetlb_cow(struct mm_struct *mm, struct vm_area_struct *vma,
		       unsigned long address, pte_t *ptep, spinlock_t *ptl)
{
	struct hstate *h = hstate_vma(vma);
	unsigned long mmun_start;
	unsigned long mmun_end;
	struct page *old_page, *new_page;
	pte_t pte;
	int ret = 0;

	pte = huge_ptep_get(ptep);
	old_page = pfn_to_page(pte_pfn(pte));
	get_page(old_page);

	spin_unlock(ptl);
	new_page = alloc_huge_page(vma, address);
	if (!new_page) {
		ret = VM_FAULT_OOM;
		goto out_release_old;
	}
	copy_user_huge_page(new_page, old_page, address, vma);

	mmun_start = address & huge_page_mask(h);
	mmun_end = mmun_start + huge_page_size(h);
	mmu_notifier_invalidate_range_start(mm, mmun_start, mmun_end);

	spin_lock(ptl);
	ptep = huge_pte_offset(mm, mmun_start);
	if (likely(ptep && pte_same(huge_ptep_get(ptep), pte))) {
		huge_ptep_clear_flush(vma, mmun_start, ptep);
		mmu_notifier_invalidate_range(mm, mmun_start, mmun_end);
		set_huge_pte_at(mm, mmun_start, ptep,
				make_huge_pte(vma, new_page, 1));
		page_remove_rmap(old_page, true);
		page_add_new_anon_rmap(new_page, vma, mmun_start, true);
		/* the old one is dropped below in its place */
		new_page = old_page;
	}
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, mmun_start, mmun_end);
	put_page(new_page);
out_release_old:
	put_page(old_page);
	spin_lock(ptl);
	return ret;
}

/**
 * hugetlb_wp_fault - a write to a huge page that is mapped read-only
 */
int hugetlb_wp_fault(struct mm_struct *mm, struct vm_area_struct *vma,
		     unsigned long address)
{
	struct hstate *h = hstate_vma(vma);
	spinlock_t *ptl;
	pte_t *ptep;
	int ret = 0;

	ptep = huge_pte_offset(mm, address);
	if (!ptep)
		return 0;

	ptl = huge_pte_lock(h, mm, ptep);
	if (!pte_write(huge_ptep_get(ptep)))
		ret = hugetlb_cow(mm, vma, address, ptep, ptl);
	spin_unlock(ptl);

	return ret;
}
