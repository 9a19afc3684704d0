/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * user-memory.c - is each way to touch user memory found inside a region, and a copy that must not
 * fault not?
 */
#include "era-d2/mmu_notifier.h"
#include "uaccess.h"

int bad_get_user(struct mmu_notifier_range *range, unsigned long *user)
{
	unsigned long word;
	int err;

	mmu_notifier_invalidate_range_start(range);
	err = get_user(word, user); /* warn(region-mmap-lock:user-memory) */
	mmu_notifier_invalidate_range_end(range);
	return err;
}

int good_get_user(struct mmu_notifier_range *range, unsigned long *user)
{
	unsigned long word;
	int err;

	err = get_user(word, user);
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
	return err;
}

unsigned long bad_fault_in(struct mmu_notifier_range *range, const char *user)
{
	unsigned long left;

	mmu_notifier_invalidate_range_start(range);
	left = fault_in_readable(user, PAGE_SIZE); /* warn(region-mmap-lock:user-memory) */
	mmu_notifier_invalidate_range_end(range);
	return left;
}

unsigned long good_fault_in(struct mmu_notifier_range *range, const char *user)
{
	unsigned long left = fault_in_readable(user, PAGE_SIZE);

	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
	return left;
}

unsigned long bad_copy(struct mmu_notifier_range *range, void *page, const void *user)
{
	unsigned long left;

	mmu_notifier_invalidate_range_start(range);
	left = copy_from_user(page, user, PAGE_SIZE); /* warn(region-mmap-lock:user-memory) */
	mmu_notifier_invalidate_range_end(range);
	return left;
}

unsigned long good_copy_that_does_not_fault(struct mmu_notifier_range *range, void *page,
					    const void *user)
{
	unsigned long left;

	mmu_notifier_invalidate_range_start(range);
	left = __copy_from_user_inatomic(page, user, PAGE_SIZE);
	mmu_notifier_invalidate_range_end(range);
	return left;
}

/* it is said once of a region */
int bad_both_bounds(struct vm_area_struct *vma, unsigned long *user)
{
	struct mmu_notifier_range range;
	unsigned long left;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(&range);
	left = copy_to_user(user, &vma->vm_start, sizeof(vma->vm_start)); /* warn(region-mmap-lock:user-memory) */
	left |= copy_to_user(user + 1, &vma->vm_end, sizeof(vma->vm_end));
	mmu_notifier_invalidate_range_end(&range);
	return left ? -EFAULT : 0;
}
