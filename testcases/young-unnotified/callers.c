/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * callers.c - is a function that clears an accessed bit checked with its caller,
 * if the caller asks the notifiers, has a region open, or is the notify form?
 */
#include "era-d2/mmu_notifier.h"
#include "young.h"

static __attribute__((noinline)) int clear(struct vm_area_struct *vma, unsigned long addr,
					   pte_t *pte)
{
	return ptep_test_and_clear_young(vma, addr, pte); /* warn(young-unnotified:young-unnotified) */
}

int good_caller_asks(struct vm_area_struct *vma, unsigned long addr, pte_t *pte)
{
	int young = clear(vma, addr, pte);

	return young | mmu_notifier_clear_young(vma->vm_mm, addr, addr + PAGE_SIZE);
}

int bad_caller_forgets(struct vm_area_struct *vma, unsigned long addr, pte_t *pte)
{
	return clear(vma, addr, pte);
}

int good_caller_asks_if_any(struct vm_area_struct *vma, unsigned long addr, unsigned long end,
			    pte_t *pte)
{
	int young = 0;

	for (; addr != end; addr += PAGE_SIZE, pte++) {
		young |= clear(vma, addr, pte);
		if (mm_has_notifiers(vma->vm_mm))
			young |= mmu_notifier_clear_young(vma->vm_mm, addr, addr + PAGE_SIZE);
	}
	return young;
}

void good_inside_region(struct vm_area_struct *vma, unsigned long addr, pte_t *pte,
			struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range);
	clear(vma, addr, pte);
	mmu_notifier_invalidate_range_end(range);
}

void bad_after_region(struct vm_area_struct *vma, unsigned long addr, pte_t *pte,
		      struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
	ptep_test_and_clear_young(vma, addr, pte); /* warn(young-unnotified:young-unnotified) */
}

void good_loop(struct vm_area_struct *vma, unsigned long addr, unsigned long end, pte_t *pte)
{
	for (; addr != end; addr += PAGE_SIZE, pte++)
		if (ptep_clear_young_notify(vma, addr, pte))
			return;
}

/* what the architecture has in place of the generic one */
int ptep_clear_flush_young(struct vm_area_struct *vma, unsigned long addr, pte_t *ptep)
{
	return ptep_test_and_clear_young(vma, addr, ptep);
}
