/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * leaked-lock.c - is a lock that is never dropped one mistake, wherever
 * something sleeps behind it, and another lock another one?
 */
#include "era-d2/mmu_notifier.h"

extern int entries_counted;

static void clear_one(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	ptep_clear_flush_notify(vma, addr, pte);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_end(&range);
}

void bad_unlock_forgotten(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PMD_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	ptl = pmd_lock(vma->vm_mm, pmd);
	pmdp_huge_clear_flush_notify(vma, addr, pmd);
	mmu_notifier_invalidate_range_end(&range); /* warn(region-atomic:atomic-lock) */
	clear_one(vma, pmd, addr);
	clear_one(vma, pmd, addr + PAGE_SIZE);
	if (!ptl)
		return;
}

/* each lock is told of at the first call that may sleep under it */
void bad_two_locks(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl = pmd_lock(vma->vm_mm, pmd);

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PMD_SIZE);
	mmu_notifier_invalidate_range_start(&range); /* warn(region-atomic:atomic-lock) */
	spin_lock(&vma->vm_mm->page_table_lock);
	mmu_notifier_invalidate_range_end(&range); /* warn(region-atomic:atomic-lock) */
	mmu_notifier_invalidate_range_start(&range);
	spin_unlock(&vma->vm_mm->page_table_lock);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(&range);
}

static void count_one(struct vm_area_struct *vma)
{
	if (vma->vm_start)
		entries_counted++;
	mmu_notifier_invalidate_range(vma->vm_mm, vma->vm_start, vma->vm_end);
}

/* a caller's lock stays held in a helper, and behind it */
void bad_started_under_it(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl = pmd_lock(vma->vm_mm, pmd);

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PMD_SIZE);
	mmu_notifier_invalidate_range_start(&range); /* warn(region-atomic:atomic-lock) */
	count_one(vma);
	mmu_notifier_invalidate_range(vma->vm_mm, vma->vm_start, vma->vm_end);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(&range);
}

static void lock_it(struct mm_struct *mm)
{
	spin_lock(&mm->page_table_lock);
}

/* a lock that a helper took is leaked here all the same */
static void bad_helper_took_it(struct vm_area_struct *vma, unsigned long addr)
{
	struct mmu_notifier_range range;

	lock_it(vma->vm_mm);
	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PMD_SIZE);
	mmu_notifier_invalidate_range_start(&range); /* warn(region-atomic:atomic-lock) */
	mmu_notifier_invalidate_range_end(&range);
}

void caller_of_it(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	bad_helper_took_it(vma, addr);
	clear_one(vma, pmd, addr);
}
