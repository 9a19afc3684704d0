/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * put-back.c - is an entry unchanged that is cleared and put
 * back under the same lock with no fewer rights?
 */
#include "era-e/mmu_notifier.h"
#include "entries.h"

void good_put_back(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte, old;

	mmap_read_lock(vma->vm_mm);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	if (pte) {
		old = ptep_clear_flush(vma, addr, pte);
		set_ptes(vma->vm_mm, addr, pte, pte_mkdirty(old), 1);
		pte_unmap_unlock(pte, ptl);
	}
	mmap_read_unlock(vma->vm_mm);
}

void bad_put_back_less(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte, old;

	mmap_read_lock(vma->vm_mm);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	if (pte) {
		old = ptep_clear_flush(vma, addr, pte); /* warn(unnotified-change:cleared-outside) */
		set_ptes(vma->vm_mm, addr, pte, pte_wrprotect(old), 1);
		pte_unmap_unlock(pte, ptl);
	}
	mmap_read_unlock(vma->vm_mm);
}

void good_one_of_two_values(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr,
			    int dirty)
{
	spinlock_t *ptl;
	pte_t *pte, old;

	mmap_read_lock(vma->vm_mm);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	if (pte) {
		old = ptep_clear_flush(vma, addr, pte);
		if (dirty)
			old = pte_mkdirty(old);
		set_ptes(vma->vm_mm, addr, pte, old, 1);
		pte_unmap_unlock(pte, ptl);
	}
	mmap_read_unlock(vma->vm_mm);
}

static int set_flags(struct vm_area_struct *vma, unsigned long addr, pte_t *pte, pte_t entry)
{
	if (pte_same(ptep_get(pte), entry))
		return 0;
	ptep_clear_flush(vma, addr, pte);
	set_ptes(vma->vm_mm, addr, pte, entry, 1);
	return 1;
}

static pte_t with_more(pte_t entry)
{
	return pte_mkdirty(entry);
}

/* as s390 sets more rights: what is put back was made before the entry was cleared */
void good_made_before(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte;

	mmap_read_lock(vma->vm_mm);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	if (pte) {
		set_flags(vma, addr, pte, with_more(ptep_get(pte)));
		pte_unmap_unlock(pte, ptl);
	}
	mmap_read_unlock(vma->vm_mm);
}

void good_made_before_on_one_path(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr,
				  unsigned long end, const int *dirty)
{
	spinlock_t *ptl;
	pte_t *pte, entry;

	mmap_read_lock(vma->vm_mm);
	for (; addr < end; addr += PAGE_SIZE) {
		pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
		if (!pte)
			continue;
		entry = ptep_get(pte);
		if (*dirty++)
			entry = with_more(entry);
		set_flags(vma, addr, pte, entry);
		pte_unmap_unlock(pte, ptl);
	}
	mmap_read_unlock(vma->vm_mm);
}

void good_made_before_of_load(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte, entry;

	mmap_read_lock(vma->vm_mm);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	if (pte) {
		entry = pte_mkdirty(*pte);
		ptep_clear_flush(vma, addr, pte);
		set_ptes(vma->vm_mm, addr, pte, entry, 1);
		pte_unmap_unlock(pte, ptl);
	}
	mmap_read_unlock(vma->vm_mm);
}

void bad_made_before_less(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte, entry;

	mmap_read_lock(vma->vm_mm);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	if (pte) {
		entry = pte_wrprotect(ptep_get(pte));
		ptep_clear_flush(vma, addr, pte); /* warn(unnotified-change:cleared-outside) */
		set_ptes(vma->vm_mm, addr, pte, entry, 1);
		pte_unmap_unlock(pte, ptl);
	}
	mmap_read_unlock(vma->vm_mm);
}

void bad_not_on_each_path(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr, int keep)
{
	spinlock_t *ptl;
	pte_t *pte, old;

	mmap_read_lock(vma->vm_mm);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	if (pte) {
		old = ptep_clear_flush(vma, addr, pte); /* warn(unnotified-change:cleared-outside) */
		if (keep)
			set_ptes(vma->vm_mm, addr, pte, old, 1);
		pte_unmap_unlock(pte, ptl);
	}
	mmap_read_unlock(vma->vm_mm);
}

/* a pair on the path that takes the page away, none on the one that only writes to it */
static void write_page(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr, int zap)
{
	spinlock_t *ptl;
	pte_t *pte, old;

	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	if (!pte)
		return;
	old = ptep_clear_flush(vma, addr, pte);
	if (!zap)
		set_ptes(vma->vm_mm, addr, pte, pte_mkdirty(old), 1);
	pte_unmap_unlock(pte, ptl);
}

void good_pair_if_zapped(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr, int zap)
{
	struct mmu_notifier_range range;

	mmap_read_lock(vma->vm_mm);
	if (zap) {
		mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma->vm_mm, addr,
					addr + PAGE_SIZE);
		mmu_notifier_invalidate_range_start(&range);
	}
	write_page(vma, pmd, addr, zap);
	if (zap)
		mmu_notifier_invalidate_range_end(&range);
	mmap_read_unlock(vma->vm_mm);
}

void bad_cleared_two(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte, old;

	mmap_read_lock(vma->vm_mm);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	if (pte) {
		ptep_clear_flush(vma, addr, pte); /* warn(unnotified-change:cleared-outside) */
		old = ptep_clear_flush(vma, addr + PAGE_SIZE, pte + 1);
		set_ptes(vma->vm_mm, addr + PAGE_SIZE, pte + 1, old, 1);
		pte_unmap_unlock(pte, ptl);
	}
	mmap_read_unlock(vma->vm_mm);
}

static void drop(spinlock_t *lock)
{
	spin_unlock(lock);
}

void bad_dropped_by_helper(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte;

	mmap_read_lock(vma->vm_mm);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	if (pte) {
		ptep_clear_flush(vma, addr, pte); /* warn(unnotified-change:cleared-outside) */
		drop(ptl);
	}
	mmap_read_unlock(vma->vm_mm);
}

void good_put_back_before_helper(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte, old;

	mmap_read_lock(vma->vm_mm);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	if (pte) {
		old = ptep_clear_flush(vma, addr, pte);
		set_ptes(vma->vm_mm, addr, pte, old, 1);
		drop(ptl);
	}
	mmap_read_unlock(vma->vm_mm);
}
