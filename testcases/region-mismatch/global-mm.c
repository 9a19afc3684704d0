/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * global-mm.c - is the kernel's own mm, or another global, told from that of a process?
 */
#include "era-d2/mmu_notifier.h"

/* of the same shape as the kernel's */
struct task_struct {
	struct mm_struct *mm;
};

extern struct task_struct *current_task;

#define current current_task

extern struct mm_struct init_mm, efi_mm;

void bad_init_mm(struct vm_area_struct *vma, unsigned long addr, pte_t *pte, spinlock_t *ptl)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	ptep_clear_flush(vma, addr, pte);
	spin_lock(ptl);
	mmu_notifier_invalidate_range(&init_mm, addr, addr + PAGE_SIZE); /* warn(region-mismatch:other-mm) */
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(&range);
}

void bad_of_a_parameter(struct mm_struct *mm, unsigned long addr, spinlock_t *ptl)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, NULL, &efi_mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	spin_lock(ptl);
	mmu_notifier_invalidate_range(mm, addr, addr + PAGE_SIZE); /* warn(region-mismatch:other-mm) */
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(&range);
}

void bad_two_globals(unsigned long addr, spinlock_t *ptl)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, NULL, &efi_mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	spin_lock(ptl);
	mmu_notifier_invalidate_range(&init_mm, addr, addr + PAGE_SIZE); /* warn(region-mismatch:other-mm) */
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(&range);
}

void bad_mm_changed(struct vm_area_struct *vma, unsigned long addr, spinlock_t *ptl)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	range.mm = &init_mm;
	mmu_notifier_invalidate_range_end(&range); /* warn(region-mismatch:other-mm) */
}

/* a process that looks at itself, and what an object remembers of it, may be the same */
void good_current(struct task_struct *task, unsigned long addr, spinlock_t *ptl)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, NULL, task->mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	spin_lock(ptl);
	mmu_notifier_invalidate_range(current->mm, addr, addr + PAGE_SIZE);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(&range);
}

void good_asked(struct mm_struct *mm, unsigned long addr, spinlock_t *ptl)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, NULL, mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	spin_lock(ptl);
	if (mm == &init_mm)
		mmu_notifier_invalidate_range(&init_mm, addr, addr + PAGE_SIZE);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(&range);
}
