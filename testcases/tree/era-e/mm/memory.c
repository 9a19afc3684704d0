// SPDX-License-Identifier: GPL-2.0-only
/*
 * mm/memory.c, era E - the table may be gone: there is no lock to drop then
 *
 * No finding.
 */

#include <linux/mmu_notifier.h>
#include <linux/rmap.h>

int wp_page_copy_folio(struct vm_fault *vmf, struct folio *old)
{
	struct vm_area_struct *vma = vmf->vma;
	struct mm_struct *mm = vma->vm_mm;
	struct mmu_notifier_range range;
	struct folio *fresh;
	bool copied = false;
	pte_t entry;

	fresh = vma_alloc_folio(vma, vmf->address);
	if (!fresh)
		return VM_FAULT_OOM;
	copy_user_highpage(&fresh->page, &old->page, vmf->address, vma);

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, mm,
				vmf->address & PAGE_MASK,
				(vmf->address & PAGE_MASK) + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);

	vmf->pte = pte_offset_map_lock(mm, vmf->pmd, vmf->address, &vmf->ptl);
	if (likely(vmf->pte && pte_same(*vmf->pte, vmf->orig_pte))) {
		entry = pte_mkwrite(mk_pte(&fresh->page, vma->vm_page_prot));
		ptep_clear_flush(vma, vmf->address, vmf->pte);
		folio_add_new_anon_rmap(fresh, vma, vmf->address);
		set_pte_at_notify(mm, vmf->address, vmf->pte, entry);
		folio_remove_rmap_pte(old, vma);
		fresh = old;
		copied = true;
		pte_unmap_unlock(vmf->pte, vmf->ptl);
	} else if (vmf->pte) {
		pte_unmap_unlock(vmf->pte, vmf->ptl);
	}

	mmu_notifier_invalidate_range_end(&range);
	folio_put(fresh);

	return copied ? VM_FAULT_WRITE : 0;
}
