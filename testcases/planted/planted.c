/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * planted.c - are planted faults found, and correct idioms left alone, in a file
 * that a user compiles against the headers of Linux 5.10 and later?
 *
 * Not compiled with the headers of testcases/include: "make check-kernel" does it
 * with the kernel's own.
 */
#include <linux/hugetlb.h>
#include <linux/mm.h>
#include <linux/mmu_notifier.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <asm/tlbflush.h>
#include "planted.h"

struct mirror {
	struct mm_struct *mm;
	spinlock_t lock;
	unsigned long *pages;
};

static void mirror_start(struct mirror *mirror, struct mmu_notifier_range *range,
			 struct vm_area_struct *vma)
{
	range_init(range, vma, mirror->mm, vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-lock) */
}

int bad_start_under_spinlock(struct mirror *mirror, struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	range_init(&range, vma, mirror->mm, vma->vm_start, vma->vm_end);
	spin_lock(&mirror->lock);
	mmu_notifier_invalidate_range_start(&range); /* warn(region-atomic:atomic-lock) */
	mirror->pages = NULL;
	spin_unlock(&mirror->lock);
	mmu_notifier_invalidate_range_end(&range);
	return 0;
}

int bad_start_through_helper(struct mirror *mirror, struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	spin_lock(&mirror->lock);
	mirror_start(mirror, &range, vma);
	mirror->pages = NULL;
	spin_unlock(&mirror->lock);
	mmu_notifier_invalidate_range_end(&range);
	return 0;
}

int bad_no_end_on_error(struct mirror *mirror, struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	range_init(&range, vma, mirror->mm, vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(&range);
	mirror->pages = kcalloc(vma_pages(vma), sizeof(*mirror->pages), GFP_KERNEL);
	if (!mirror->pages)
		return -ENOMEM; /* warn(region-balance:open-at-return) */
	mmu_notifier_invalidate_range_end(&range);
	return 0;
}

void bad_double_end(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	range_init(&range, vma, vma->vm_mm, vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(&range);
	flush_tlb_range(vma, vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_end(&range);
	mmu_notifier_invalidate_range_end(&range); /* warn(region-balance:ended-twice) */
}

void good_lock_if_given(struct mirror *mirror, struct vm_area_struct *vma, spinlock_t *l)
{
	struct mmu_notifier_range range;

	range_init(&range, vma, vma->vm_mm, vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(&range);
	if (l)
		spin_lock(l);
	mirror->pages = NULL;
	if (l)
		spin_unlock(l);
	mmu_notifier_invalidate_range_end(&range);
}

int good_end_on_error(struct mirror *mirror, struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;
	int err = 0;

	range_init(&range, vma, mirror->mm, vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(&range);
	mirror->pages = kcalloc(vma_pages(vma), sizeof(*mirror->pages), GFP_KERNEL);
	if (!mirror->pages) {
		err = -ENOMEM;
		goto end;
	}
	spin_lock(&mirror->lock);
	mirror->pages[0] = vma->vm_start;
	spin_unlock(&mirror->lock);
end:
	mmu_notifier_invalidate_range_end(&range);
	return err;
}
