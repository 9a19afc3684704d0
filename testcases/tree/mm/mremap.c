// SPDX-License-Identifier: GPL-2.0-only
/*
 * mm/mremap.c - move entries to another place of the same address space
 */

#include <linux/fs.h>
#include <linux/huge_mm.h>
#include <linux/mman.h>
#include <linux/mmu_notifier.h>

static void move_ptes(struct vm_area_struct *vma, pmd_t *old_pmd,
		      unsigned long old_addr, unsigned long old_end,
		      struct vm_area_struct *new_vma, pmd_t *new_pmd,
		      unsigned long new_addr, bool need_rmap_locks)
{
	struct mm_struct *mm = vma->vm_mm;
	spinlock_t *old_ptl, *new_ptl;
	pte_t *old_pte, *new_pte, pte;
	bool force_flush = false;
	unsigned long len = old_end - old_addr;

	/* so that a walk by rmap finds the page here or there, not nowhere */
	if (need_rmap_locks && vma->vm_file)
		i_mmap_lock_write(vma->vm_file->f_mapping);

	old_pte = pte_offset_map_lock(mm, old_pmd, old_addr, &old_ptl);
	new_pte = pte_offset_map(new_pmd, new_addr);
	new_ptl = pte_lockptr(mm, new_pmd);
	if (new_ptl != old_ptl)
		spin_lock_nested(new_ptl, SINGLE_DEPTH_NESTING);

	for (; old_addr < old_end; old_pte++, old_addr += PAGE_SIZE,
				   new_pte++, new_addr += PAGE_SIZE) {
		if (pte_none(*old_pte))
			continue;

		pte = ptep_get_and_clear(mm, old_addr, old_pte);
		if (pte_present(pte) && pte_dirty(pte))
			force_flush = true;
		set_pte_at(mm, new_addr, new_pte, pte);
	}

	if (force_flush)
		flush_tlb_range(vma, old_end - len, old_end);
	if (new_ptl != old_ptl)
		spin_unlock(new_ptl);
	pte_unmap(new_pte - 1);
	pte_unmap_unlock(old_pte - 1, old_ptl);

	if (need_rmap_locks && vma->vm_file)
		i_mmap_unlock_write(vma->vm_file->f_mapping);
}

/**
 * move_page_tables - move the entries of @len bytes
 *
 * Return: how many bytes were moved; fewer than @len when memory ran out.
 */
unsigned long move_page_tables(struct vm_area_struct *vma,
			       unsigned long old_addr,
			       struct vm_area_struct *new_vma,
			       unsigned long new_addr, unsigned long len,
			       bool need_rmap_locks)
{
	unsigned long old_end = old_addr + len;
	unsigned long mmun_start = old_addr;
	unsigned long mmun_end = old_end;
	unsigned long extent, next;
	pmd_t *old_pmd, *new_pmd;

	flush_cache_range(vma, old_addr, old_end);
	mmu_notifier_invalidate_range_start(vma->vm_mm, mmun_start, mmun_end);

	for (; old_addr < old_end; old_addr += extent, new_addr += extent) {
		cond_resched();
		next = (old_addr + PMD_SIZE) & PMD_MASK;
		extent = min(next, old_end) - old_addr;
		old_pmd = mm_find_pmd(vma->vm_mm, old_addr);
		if (!old_pmd)
			continue;

		new_pmd = mm_find_pmd(vma->vm_mm, new_addr);
		if (!new_pmd)
			break;

		if (pmd_trans_huge(*old_pmd))
			__split_huge_pmd(vma, old_pmd, old_addr);

		next = (new_addr + PMD_SIZE) & PMD_MASK;
		extent = min(extent, next - new_addr);
		move_ptes(vma, old_pmd, old_addr, old_addr + extent, new_vma,
			  new_pmd, new_addr, need_rmap_locks);
	}

	mmu_notifier_invalidate_range_end(vma->vm_mm, mmun_start, mmun_end);

	return len + old_addr - old_end;
}
