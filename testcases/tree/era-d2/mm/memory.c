// SPDX-License-Identifier: GPL-2.0-only
/*
 * mm/memory.c, era D2 - the pair as one structure
 *
 * No finding: init, start and end of copy_page_range() stand under the same
 * condition, asked three times.
 */

#include <linux/hugetlb.h>
#include <linux/mmu_notifier.h>
#include <linux/rmap.h>
#include <linux/slab.h>

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
		if (is_cow_mapping(vma->vm_flags))
			set_pte_at(src_mm, addr, src_pte,
				   pte_wrprotect(*src_pte));
		set_pte_at(dst_mm, addr, dst_pte, pte_mkold(*src_pte));
	} while (dst_pte++, src_pte++, addr += PAGE_SIZE, addr != end);

	spin_unlock(src_ptl);
	pte_unmap(src_pte - 1);
	pte_unmap_unlock(dst_pte - 1, dst_ptl);

	return 0;
}

int copy_page_range(struct mm_struct *dst_mm, struct mm_struct *src_mm,
		    struct vm_area_struct *vma)
{
	unsigned long addr = vma->vm_start;
	unsigned long end = vma->vm_end;
	struct mmu_notifier_range range;
	unsigned long next;
	bool is_cow;
	int ret = 0;

	if (vma->vm_flags & VM_HUGETLB)
		return copy_hugetlb_page_range(dst_mm, src_mm, vma);

	is_cow = is_cow_mapping(vma->vm_flags);
	if (is_cow) {
		mmu_notifier_range_init(&range, MMU_NOTIFY_PROTECTION_PAGE, 0,
					vma, src_mm, addr, end);
		mmu_notifier_invalidate_range_start(&range);
	}

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
		mmu_notifier_invalidate_range_end(&range);
	return ret;
}

int wp_page_copy(struct vm_fault *vmf, struct page *old_page)
{
	struct vm_area_struct *vma = vmf->vma;
	struct mm_struct *mm = vma->vm_mm;
	struct mmu_notifier_range range;
	struct page *new_page;
	int page_copied = 0;
	pte_t entry;

	new_page = alloc_page_vma(GFP_KERNEL, vma, vmf->address);
	if (!new_page)
		return VM_FAULT_OOM;
	copy_user_highpage(new_page, old_page, vmf->address, vma);

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, mm,
				vmf->address & PAGE_MASK,
				(vmf->address & PAGE_MASK) + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);

	vmf->pte = pte_offset_map_lock(mm, vmf->pmd, vmf->address, &vmf->ptl);
	if (likely(pte_same(*vmf->pte, vmf->orig_pte))) {
		entry = pte_mkwrite(mk_pte(new_page, vma->vm_page_prot));
		ptep_clear_flush_notify(vma, vmf->address, vmf->pte);
		page_add_new_anon_rmap(new_page, vma, vmf->address, false);
		set_pte_at_notify(mm, vmf->address, vmf->pte, entry);
		page_remove_rmap(old_page, false);
		new_page = old_page;
		page_copied = 1;
	}

	pte_unmap_unlock(vmf->pte, vmf->ptl);
	mmu_notifier_invalidate_range_only_end(&range);
	put_page(new_page);

	return page_copied ? VM_FAULT_WRITE : 0;
}
