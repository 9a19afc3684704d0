/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * set-entry.c - is it known what a store takes away, from the
 * old entry and from the value that is stored?
 */
#include "era-d2/mmu_notifier.h"
#include "entries.h"

void bad_write_protect(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte;

	mmap_read_lock(mm);
	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	set_pte_at(mm, addr, pte, pte_wrprotect(*pte)); /* warn(unnotified-change:downgraded-outside) */
	pte_unmap_unlock(pte, ptl);
	mmap_read_unlock(mm);
}

void good_upgrade(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte;

	mmap_read_lock(mm);
	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	set_pte_at(mm, addr, pte, pte_mkdirty(*pte));
	pte_unmap_unlock(pte, ptl);
	mmap_read_unlock(mm);
}

void good_young_bit(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte;

	mmap_read_lock(mm);
	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	set_pte_at(mm, addr, pte, pte_mkold(*pte));
	pte_unmap_unlock(pte, ptl);
	mmap_read_unlock(mm);
}

/* write-protected is the parent's entry, and the child's is new */
void good_copy_to_child(struct mm_struct *mm, pte_t *parent, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte;

	mmap_read_lock(mm);
	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	set_pte_at(mm, addr, pte, pte_wrprotect(*parent));
	pte_unmap_unlock(pte, ptl);
	mmap_read_unlock(mm);
}

void bad_other_page(struct mm_struct *mm, pmd_t *pmd, unsigned long addr, struct page *page,
		    pgprot_t prot)
{
	spinlock_t *ptl;
	pte_t *pte;

	mmap_read_lock(mm);
	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	if (pte_present(*pte))
		set_pte_at(mm, addr, pte, pte_mkyoung(mk_pte(page, prot))); /* warn(unnotified-change:replaced-outside) */
	pte_unmap_unlock(pte, ptl);
	mmap_read_unlock(mm);
}

/* what a caller made of it may be the same page */
void good_of_caller(struct mm_struct *mm, pmd_t *pmd, unsigned long addr, pte_t entry)
{
	spinlock_t *ptl;
	pte_t *pte;

	mmap_read_lock(mm);
	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	if (pte_present(*pte))
		set_pte_at(mm, addr, pte, entry);
	pte_unmap_unlock(pte, ptl);
	mmap_read_unlock(mm);
}

void good_first_page(struct mm_struct *mm, pmd_t *pmd, unsigned long addr, struct page *page,
		     pgprot_t prot)
{
	spinlock_t *ptl;
	pte_t *pte;

	mmap_read_lock(mm);
	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	if (pte_none(*pte))
		set_pte_at(mm, addr, pte, pte_mkyoung(mk_pte(page, prot)));
	pte_unmap_unlock(pte, ptl);
	mmap_read_unlock(mm);
}

void bad_modify(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte, old;

	mmap_read_lock(vma->vm_mm);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	old = ptep_modify_prot_start(vma, addr, pte);
	ptep_modify_prot_commit(vma, addr, pte, old, pte_wrprotect(old)); /* warn(unnotified-change:downgraded-outside) */
	pte_unmap_unlock(pte, ptl);
	mmap_read_unlock(vma->vm_mm);
}

void good_modify(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte, old;

	mmap_read_lock(vma->vm_mm);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	old = ptep_modify_prot_start(vma, addr, pte);
	ptep_modify_prot_commit(vma, addr, pte, old, pte_mkyoung(old));
	pte_unmap_unlock(pte, ptl);
	mmap_read_unlock(vma->vm_mm);
}
