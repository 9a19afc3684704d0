// SPDX-License-Identifier: GPL-2.0-only
/*
 * mm/memory.c, era D1 - started here and ended by the caller
 *
 * No finding: follow_pte_pmd() succeeds with the lock held and the pair open,
 * and wp_page_copy() ends with the form that does not notify once more.
 */

#include <linux/follow_pte.h>
#include <linux/mmu_notifier.h>
#include <linux/rmap.h>
#include <linux/slab.h>

static int __follow_pte_pmd(struct mm_struct *mm, unsigned long address,
			    unsigned long *start, unsigned long *end,
			    pte_t **ptepp, pmd_t **pmdpp, spinlock_t **ptlp)
{
	pmd_t *pmd = mm_find_pmd(mm, address);
	pte_t *ptep;

	if (!pmd)
		return -EINVAL;

	if (pmd_huge(*pmd)) {
		if (!pmdpp)
			return -EINVAL;

		if (start && end) {
			*start = address & PMD_MASK;
			*end = *start + PMD_SIZE;
			mmu_notifier_invalidate_range_start(mm, *start, *end);
		}
		*ptlp = pmd_lock(mm, pmd);
		if (pmd_huge(*pmd)) {
			*pmdpp = pmd;
			return 0;
		}
		spin_unlock(*ptlp);
		if (start && end)
			mmu_notifier_invalidate_range_end(mm, *start, *end);
	}

	if (start && end) {
		*start = address & PAGE_MASK;
		*end = *start + PAGE_SIZE;
		mmu_notifier_invalidate_range_start(mm, *start, *end);
	}
	ptep = pte_offset_map_lock(mm, pmd, address, ptlp);
	if (!pte_present(*ptep))
		goto unlock;

	*ptepp = ptep;
	return 0;
unlock:
	pte_unmap_unlock(ptep, *ptlp);
	if (start && end)
		mmu_notifier_invalidate_range_end(mm, *start, *end);
	return -EINVAL;
}

/**
 * follow_pte_pmd - find the entry of an address and lock its table
 * @start: receives where the pair starts; NULL: no pair is wanted
 * @end: receives where it ends
 *
 * Return: 0 with *@ptlp held and the pair open, or -EINVAL with neither.
 */
int follow_pte_pmd(struct mm_struct *mm, unsigned long address,
		   unsigned long *start, unsigned long *end,
		   pte_t **ptepp, pmd_t **pmdpp, spinlock_t **ptlp)
{
	int res;

	(void)__cond_lock(*ptlp, !(res = __follow_pte_pmd(mm, address, start,
							  end, ptepp, pmdpp,
							  ptlp)));
	return res;
}

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
		return VM_FAULT_OOM;
	copy_user_highpage(new_page, old_page, vmf->address, vma);

	mmu_notifier_invalidate_range_start(mm, mmun_start, mmun_end);

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
	/* the flush above has notified */
	mmu_notifier_invalidate_range_only_end(mm, mmun_start, mmun_end);
	put_page(new_page);

	return page_copied ? VM_FAULT_WRITE : 0;
}
