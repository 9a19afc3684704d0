/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * memory.c - a write to a page that is shared.
 */
#include "linux/mmu_notifier.h"

bool userfaultfd_wp(struct vm_area_struct *vma);
bool mm_tlb_flush_pending(struct mm_struct *mm);
int wp_copy(struct vm_fault *vmf);

static int do_wp_page(struct vm_fault *vmf)
{
	/*
	 * Whoever write-protected the entry has not flushed it yet.
	 */
	if (unlikely(userfaultfd_wp(vmf->vma) &&
		     mm_tlb_flush_pending(vmf->vma->vm_mm)))
		flush_tlb_page(vmf->vma, vmf->address);

	spin_unlock(vmf->ptl);
	return wp_copy(vmf);
}

int fault(struct vm_fault *vmf)
{
	vmf->ptl = pte_lockptr(vmf->vma->vm_mm, vmf->pmd);
	spin_lock(vmf->ptl);
	return do_wp_page(vmf);
}
