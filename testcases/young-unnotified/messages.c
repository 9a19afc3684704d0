/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * messages.c - does the message stand at the call that clears
 * the bit, unless the notifiers are asked before or after?
 */
#include "era-d2/mmu_notifier.h"
#include "young.h"

int bad_cleared(struct vm_area_struct *vma, unsigned long addr, pte_t *pte)
{
	return ptep_test_and_clear_young(vma, addr, pte); /* warn(young-unnotified): 'ptep_test_and_clear_young()' clears the accessed bit without the notifiers' young callbacks */ /* note: fix: use the function whose name ends in _notify, or call the young callback as well; */
}

int good_notify_form(struct vm_area_struct *vma, unsigned long addr, pte_t *pte)
{
	return ptep_clear_young_notify(vma, addr, pte);
}

int good_asked_first(struct vm_area_struct *vma, unsigned long addr, pte_t *pte)
{
	int young = mmu_notifier_clear_young(vma->vm_mm, addr, addr + PAGE_SIZE);

	return young | ptep_test_and_clear_young(vma, addr, pte);
}

int bad_asked_if_young(struct vm_area_struct *vma, unsigned long addr, pte_t *pte)
{
	if (!ptep_test_and_clear_young(vma, addr, pte)) /* warn(young-unnotified:young-unnotified) */ /* note: fix: use the function whose name ends in _notify, or call the young callback as well; */
		return 0;
	mmu_notifier_clear_young(vma->vm_mm, addr, addr + PAGE_SIZE);
	return 1;
}

int good_no_notifier(struct vm_area_struct *vma, unsigned long addr, pte_t *pte)
{
	if (mm_has_notifiers(vma->vm_mm))
		return 0;
	return ptep_test_and_clear_young(vma, addr, pte);
}

int bad_has_notifier(struct vm_area_struct *vma, unsigned long addr, pte_t *pte)
{
	if (!mm_has_notifiers(vma->vm_mm))
		return 0;
	return ptep_test_and_clear_young(vma, addr, pte); /* warn(young-unnotified:young-unnotified) */ /* note: fix: use the function whose name ends in _notify, or call the young callback as well; */
}

int good_asked_if_any(struct vm_area_struct *vma, unsigned long addr, pte_t *pte)
{
	int young = ptep_test_and_clear_young(vma, addr, pte);

	if (mm_has_notifiers(vma->vm_mm))
		young |= mmu_notifier_clear_young(vma->vm_mm, addr, addr + PAGE_SIZE);
	return young;
}

int bad_asked_if_none(struct vm_area_struct *vma, unsigned long addr, pte_t *pte)
{
	int young = ptep_test_and_clear_young(vma, addr, pte); /* warn(young-unnotified:young-unnotified) */ /* note: fix: use the function whose name ends in _notify, or call the young callback as well; */

	if (!mm_has_notifiers(vma->vm_mm))
		young |= mmu_notifier_clear_young(vma->vm_mm, addr, addr + PAGE_SIZE);
	return young;
}

static int has_notifier(struct mm_struct *mm)
{
	return mm_has_notifiers(mm) ? 1 : 0;
}

int good_helper_has_none(struct vm_area_struct *vma, unsigned long addr, pte_t *pte)
{
	if (has_notifier(vma->vm_mm))
		return 0;
	return ptep_test_and_clear_young(vma, addr, pte);
}

int bad_helper_has_one(struct vm_area_struct *vma, unsigned long addr, pte_t *pte)
{
	if (!has_notifier(vma->vm_mm))
		return 0;
	return ptep_test_and_clear_young(vma, addr, pte); /* warn(young-unnotified:young-unnotified) */
}
