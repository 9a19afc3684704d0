/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * error-path.c - is an error path without an end found?
 */
#include "era-d2/mmu_notifier.h"
#include "mutex.h"

int bad_early_return(struct vm_area_struct *vma, unsigned long addr)
{
	struct mmu_notifier_range range;
	struct page *page;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	page = alloc_page(GFP_KERNEL);
	if (!page)
		return -ENOMEM; /* warn(region-balance:open-at-return) */
	put_page(page);
	mmu_notifier_invalidate_range_end(&range);
	return 0;
}

int good_early_return(struct vm_area_struct *vma, unsigned long addr)
{
	struct mmu_notifier_range range;
	struct page *page;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	page = alloc_page(GFP_KERNEL);
	if (!page) {
		mmu_notifier_invalidate_range_end(&range);
		return -ENOMEM;
	}
	put_page(page);
	mmu_notifier_invalidate_range_end(&range);
	return 0;
}

int good_return_before_start(struct vm_area_struct *vma, unsigned long addr)
{
	struct mmu_notifier_range range;
	struct page *page;

	page = alloc_page(GFP_KERNEL);
	if (!page)
		return -ENOMEM;
	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	mmu_notifier_invalidate_range_end(&range);
	put_page(page);
	return 0;
}

void bad_void_falls_off(struct vm_area_struct *vma, unsigned long addr, bool failed)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	if (!failed)
		mmu_notifier_invalidate_range_end(&range);
} /* warn(region-balance:open-at-return) */

void bad_never_ended(struct vm_area_struct *vma, unsigned long addr)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	flush_tlb_page(vma, addr);
} /* warn(region-balance:open-at-return) */

int bad_return_in_guard(struct vm_area_struct *vma, unsigned long addr, struct mutex *lock, bool failed)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				addr, addr + PAGE_SIZE);
	guard(mutex)(lock);
	mmu_notifier_invalidate_range_start(&range);
	if (failed)
		return -EINVAL; /* warn(region-balance:open-at-return) */
	mmu_notifier_invalidate_range_end(&range);
	return 0;
}

int bad_last_return_in_guards(struct vm_area_struct *vma, unsigned long addr, struct mutex *lock,
			      struct mutex *inner, bool failed)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				addr, addr + PAGE_SIZE);
	guard(mutex)(lock);
	if (failed)
		return -EINVAL;
	guard(mutex)(inner);
	mmu_notifier_invalidate_range_start(&range);
	if (alloc_page(GFP_KERNEL)) {
		mmu_notifier_invalidate_range_end(&range);
		return 0;
	}
	return -ENOMEM; /* warn(region-balance:open-at-return) */
}

/* a goto that leads straight to a shared return */
int bad_goto_in_guard(struct vm_area_struct *vma, unsigned long addr, struct mutex *lock, bool failed)
{
	struct mmu_notifier_range range;
	int ret = -EINVAL;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				addr, addr + PAGE_SIZE);
	guard(mutex)(lock);
	mmu_notifier_invalidate_range_start(&range);
	if (failed)
		goto out; /* warn(region-balance:open-at-return) */
	ret = 0;
	mmu_notifier_invalidate_range_end(&range);
out:
	return ret;
}

int good_return_in_guard(struct vm_area_struct *vma, unsigned long addr, struct mutex *lock, bool failed)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				addr, addr + PAGE_SIZE);
	guard(mutex)(lock);
	if (failed)
		return -EINVAL;
	mmu_notifier_invalidate_range_start(&range);
	mmu_notifier_invalidate_range_end(&range);
	return 0;
}
