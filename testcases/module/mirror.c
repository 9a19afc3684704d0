// SPDX-License-Identifier: GPL-2.0-only
/*
 * mirror.c - is a module outside of the tree checked in its own build?
 *
 * Compiled with the headers of a kernel up to 6.5. Its functions also work on entries of
 * the mm, as only a test would: what a module may not link with is left open
 * (KBUILD_MODPOST_WARN=1).
 */
#include "mirror.h"

/* ------------------------------------------------------------------ */
/* what the core calls                                                 */

static void good_invalidate_range(struct mmu_notifier *mn, struct mm_struct *mm,
				  unsigned long start, unsigned long end)
{
	drop(to_mirror(mn), start, end);
}

static void good_release(struct mmu_notifier *mn, struct mm_struct *mm)
{
	drop(to_mirror(mn), 0, TASK_SIZE);
}

static const struct mmu_notifier_ops good_ops = {
	.invalidate_range = good_invalidate_range,
	.release = good_release,
};

/* called under the page table lock, where no region may be started */
static void bad_invalidate_range(struct mmu_notifier *mn, struct mm_struct *mm,
				 unsigned long start, unsigned long end)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, NULL, mm, start, end);
	mmu_notifier_invalidate_range_start(&range); /* warn(region-atomic:atomic-callback) */
	drop(to_mirror(mn), start, end);
	mmu_notifier_invalidate_range_end(&range);
}

/* called under it as well, where nobody may sleep */
static void bad_change_pte(struct mmu_notifier *mn, struct mm_struct *mm,
			   unsigned long address, pte_t pte)
{
	struct mirror *mirror = to_mirror(mn);

	mutex_lock(&mirror->mutex); /* warn(callback-sleeps:callback-atomic) */
	drop(mirror, address, address + PAGE_SIZE);
	mutex_unlock(&mirror->mutex);
}

static const struct mmu_notifier_ops bad_ops = {
	.invalidate_range = bad_invalidate_range,
	.change_pte = bad_change_pte,
	.release = good_release,
};

/* ------------------------------------------------------------------ */
/* what calls the core                                                 */

void good_clear(struct vm_area_struct *vma, unsigned long address, pmd_t *pmd)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, address,
				address + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, address, &ptl);
	pte_clear(vma->vm_mm, address, pte);
	mmu_notifier_invalidate_range(vma->vm_mm, address, address + PAGE_SIZE);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_end(&range);
}

void bad_clear(struct vm_area_struct *vma, unsigned long address, pmd_t *pmd)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, address,
				address + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, address, &ptl);
	pte_clear(vma->vm_mm, address, pte);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range(vma->vm_mm, address, address + PAGE_SIZE); /* warn(range-unlocked:unlocked-after) */
	mmu_notifier_invalidate_range_end(&range);
}

int bad_forget(struct vm_area_struct *vma, unsigned long address, void *buffer)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, address,
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
