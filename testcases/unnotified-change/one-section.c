/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * one-section.c - are changes under one lock that lack the same region told once, and those under two locks twice?
 */
#include "era-e/mmu_notifier.h"
#include "entries.h"

void bad_two_ways(struct vm_area_struct *vma, pmd_t *pmd, pte_t *pte, unsigned long addr, int huge)
{
	spinlock_t *ptl;

	mmap_read_lock(vma->vm_mm);
	ptl = pmd_lock(vma->vm_mm, pmd);
	if (huge)
		pmdp_huge_clear_flush(vma, addr, pmd); /* warn(unnotified-change:cleared-outside) */
	else
		ptep_clear_flush(vma, addr, pte);
	spin_unlock(ptl);
	mmap_read_unlock(vma->vm_mm);
}

void bad_two_sections(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr, int huge)
{
	spinlock_t *ptl;

	mmap_read_lock(vma->vm_mm);
	if (huge) {
		ptl = pmd_lock(vma->vm_mm, pmd);
		pmdp_huge_clear_flush(vma, addr, pmd); /* warn(unnotified-change:cleared-outside) */
		spin_unlock(ptl);
	} else {
		ptl = pmd_lock(vma->vm_mm, pmd);
		ptep_clear_flush(vma, addr, (pte_t *)pmd); /* warn(unnotified-change:cleared-outside) */
		spin_unlock(ptl);
	}
	mmap_read_unlock(vma->vm_mm);
}
