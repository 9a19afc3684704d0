/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * other-lock.c - is a spinlock that protects something else not taken for a ptl?
 */
#include "era-d1/mmu_notifier.h"

void bad_mapping_lock(struct mm_struct *mm, struct address_space *mapping,
		      unsigned long start, unsigned long end)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	spin_lock(&mapping->tree_lock);
	mmu_notifier_invalidate_range(mm, start, end); /* warn(range-unlocked:unlocked) */
	spin_unlock(&mapping->tree_lock);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void good_ptl_inside_mapping_lock(struct mm_struct *mm, struct address_space *mapping,
				  pmd_t *pmd, unsigned long start, unsigned long end)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, start, end);
	spin_lock(&mapping->tree_lock);
	ptl = pmd_lock(mm, pmd);
	spin_unlock(&mapping->tree_lock);
	mmu_notifier_invalidate_range(mm, start, end);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void bad_semaphore(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	down_write(&mm->mmap_sem);
	mmu_notifier_invalidate_range_start(mm, start, end);
	mmu_notifier_invalidate_range(mm, start, end); /* warn(range-unlocked:unlocked) */
	mmu_notifier_invalidate_range_end(mm, start, end);
	up_write(&mm->mmap_sem);
}

void good_mm_wide_lock(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	spin_lock(&mm->page_table_lock);
	mmu_notifier_invalidate_range(mm, start, end);
	spin_unlock(&mm->page_table_lock);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

struct table {
	spinlock_t lock;
	unsigned long entries;
};

/* the lock lies at the structure's beginning: its address is that of the whole */
void bad_first_member(struct mm_struct *mm, struct table *table, unsigned long start,
		      unsigned long end)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	spin_lock(&table->lock);
	mmu_notifier_invalidate_range(mm, start, end); /* warn(range-unlocked:unlocked) */
	spin_unlock(&table->lock);
	mmu_notifier_invalidate_range_end(mm, start, end);
}
