// SPDX-License-Identifier: GPL-2.0-only
/*
 * mirror-6.6.c - mirror.c for the headers of Linux 6.6 and later, where the flush of a TLB tells
 * a secondary one.
 */
#include "mirror.h"

/* ------------------------------------------------------------------ */
/* what the core calls                                                 */

static void good_invalidate(struct mmu_notifier *mn, struct mm_struct *mm,
			    unsigned long start, unsigned long end)
{
	drop(to_mirror(mn), start, end);
}

static int good_start(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = to_mirror(mn);

	if (mmu_notifier_range_blockable(range))
		mutex_lock(&mirror->mutex);
	else if (!mutex_trylock(&mirror->mutex))
		return -EAGAIN;
	drop(mirror, range->start, range->end);
	mutex_unlock(&mirror->mutex);
	return 0;
}

static void good_release(struct mmu_notifier *mn, struct mm_struct *mm)
{
	drop(to_mirror(mn), 0, TASK_SIZE);
}

static const struct mmu_notifier_ops good_ops = {
	.arch_invalidate_secondary_tlbs = good_invalidate,
	.invalidate_range_start = good_start,
	.release = good_release,
};

/* called under the page table lock, where nobody may sleep */
static void bad_invalidate(struct mmu_notifier *mn, struct mm_struct *mm,
			   unsigned long start, unsigned long end)
{
	struct mirror *mirror = to_mirror(mn);

	mutex_lock(&mirror->mutex); /* warn(callback-sleeps:callback-atomic) */
	drop(mirror, start, end);
	mutex_unlock(&mirror->mutex);
}

static int bad_start(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = to_mirror(mn);

	mutex_lock(&mirror->mutex); /* warn(callback-nonblock:callback-unchecked) */
	drop(mirror, range->start, range->end);
	mutex_unlock(&mirror->mutex);
	return 0;
}

static const struct mmu_notifier_ops bad_ops = {
	.arch_invalidate_secondary_tlbs = bad_invalidate,
	.invalidate_range_start = bad_start,
	.release = good_release,
};

/* ------------------------------------------------------------------ */
/* what calls the core                                                 */

void good_clear(struct vm_area_struct *vma, unsigned long address, pmd_t *pmd)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma->vm_mm, address,
				address + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, address, &ptl);
	if (pte) {
		pte_clear(vma->vm_mm, address, pte);
		pte_unmap_unlock(pte, ptl);
	}
	mmu_notifier_invalidate_range_end(&range);
}

void bad_clear(struct vm_area_struct *vma, unsigned long address, pmd_t *pmd)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma->vm_mm, address,
				address + PAGE_SIZE);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, address, &ptl);
	if (!pte)
		return;
	mmu_notifier_invalidate_range_start(&range); /* warn(region-atomic:atomic-lock) */
	pte_clear(vma->vm_mm, address, pte);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_end(&range);
}

int bad_forget(struct vm_area_struct *vma, unsigned long address, void *buffer)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma->vm_mm, address,
				address + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	if (!buffer)
		return -ENOMEM; /* warn(region-balance:open-at-return) */
	memset(buffer, 0, PAGE_SIZE);
	mmu_notifier_invalidate_range_end(&range);
	return 0;
}

/* ------------------------------------------------------------------ */

int mirror_start(struct mirror *mirror, struct mm_struct *mm, bool right)
{
	return mirror_register(mirror, mm, right ? &good_ops : &bad_ops);
}

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("a test of mncheck: faults and correct code of a module");
