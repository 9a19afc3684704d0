/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * walkers.c - is a callback of a walk that a region surrounds seen, where more than four are stored in its member?
 */
#include "relock.h"

static int relock_entry(pmd_t *pmd, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	relock(walk->mm);
	return 0;
}

static int look_entry(pmd_t *pmd, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	look(walk->mm);
	return 0;
}

static int no_entry(pmd_t *pmd, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	return 0;
}

static int next_entry(pmd_t *pmd, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	return addr < next;
}

static int last_entry(pmd_t *pmd, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	return addr == next;
}

static const struct mm_walk_ops relock_ops = { .pmd_entry = relock_entry };
static const struct mm_walk_ops look_ops = { .pmd_entry = look_entry };
const struct mm_walk_ops no_ops = { .pmd_entry = no_entry };
const struct mm_walk_ops next_ops = { .pmd_entry = next_entry };
const struct mm_walk_ops last_ops = { .pmd_entry = last_entry };

void bad_relocks_in_walk(struct vm_area_struct *vma, struct mm_struct *mm)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, mm, vma->vm_start, vma->vm_end);
	mmap_read_lock(mm);
	mmu_notifier_invalidate_range_start(&range);
	walk_page_range(mm, vma->vm_start, vma->vm_end, &relock_ops, NULL);
	mmu_notifier_invalidate_range_end(&range);
	mmap_read_unlock(mm);
}

void good_looks_outside(struct vm_area_struct *vma, struct mm_struct *mm)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, mm, vma->vm_start, vma->vm_end);
	mmap_read_lock(mm);
	walk_page_range(mm, vma->vm_start, vma->vm_end, &look_ops, NULL);
	mmu_notifier_invalidate_range_start(&range);
	mmu_notifier_invalidate_range_end(&range);
	mmap_read_unlock(mm);
}
