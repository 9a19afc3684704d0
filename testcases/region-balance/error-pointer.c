/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * error-pointer.c - is a pointer that was used, or that a row makes, told from an error?
 */
#include "era-d2-6.5/mmu_notifier.h"

#define ERR_PTR(error)	((void *)(long)(error))
#define IS_ERR(ptr)	((unsigned long)(void *)(ptr) >= (unsigned long)-4095)

static pte_t *start_and_lock(struct mmu_notifier_range *range, struct mm_struct *mm, pmd_t *pmd,
			     unsigned long address, spinlock_t **ptl)
{
	pte_t *pte;

	mmu_notifier_range_init(range, MMU_NOTIFY_CLEAR, 0, mm, address, address + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(range);
	pte = pte_offset_map_lock(mm, pmd, address, ptl);
	if (!pte) {
		mmu_notifier_invalidate_range_end(range);
		return ERR_PTR(-EAGAIN);
	}
	return pte;
}

int good_entry(struct mm_struct *mm, pmd_t *pmd, unsigned long address)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte = start_and_lock(&range, mm, pmd, address, &ptl);

	if (IS_ERR(pte))
		return -EAGAIN;
	ptep_get_and_clear(mm, address, pte);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_end(&range);
	return 0;
}

int bad_entry(struct mm_struct *mm, pmd_t *pmd, unsigned long address, bool cond)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte = start_and_lock(&range, mm, pmd, address, &ptl);

	if (IS_ERR(pte))
		return -EAGAIN;
	ptep_get_and_clear(mm, address, pte);
	pte_unmap_unlock(pte, ptl);
	if (cond)
		return -EAGAIN; /* warn(region-balance:open-at-return) */
	mmu_notifier_invalidate_range_end(&range);
	return 0;
}

static spinlock_t *start_and_lock_table(struct mmu_notifier_range *range, struct mm_struct *mm, pmd_t *pmd,
					unsigned long address)
{
	spinlock_t *ptl;

	mmu_notifier_range_init(range, MMU_NOTIFY_CLEAR, 0, mm, address, address + PMD_SIZE);
	mmu_notifier_invalidate_range_start(range);
	ptl = pmd_lock(mm, pmd);
	if (pmd_none(*pmd)) {
		spin_unlock(ptl);
		mmu_notifier_invalidate_range_end(range);
		return ERR_PTR(-EAGAIN);
	}
	return ptl;
}

int good_lock(struct mm_struct *mm, pmd_t *pmd, unsigned long address)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl = start_and_lock_table(&range, mm, pmd, address);

	if (IS_ERR(ptl))
		return -EAGAIN;
	pmdp_huge_get_and_clear(mm, address, pmd);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(&range);
	return 0;
}

struct work {
	struct mmu_notifier_range range;
	bool done;
};

static struct work *start_work(struct work *work, struct mm_struct *mm, unsigned long address)
{
	if (work->done)
		return ERR_PTR(-EINVAL);
	mmu_notifier_range_init(&work->range, MMU_NOTIFY_CLEAR, 0, mm, address, address + PMD_SIZE);
	mmu_notifier_invalidate_range_start(&work->range);
	return work;
}

int good_used(struct work *given, struct mm_struct *mm, unsigned long address)
{
	struct work *work = start_work(given, mm, address);

	if (IS_ERR(work))
		return -EINVAL;
	mmu_notifier_invalidate_range_end(&work->range);
	return 0;
}

/* a number that says what went wrong is one */
int bad_error_value(struct mm_struct *mm, unsigned long address)
{
	struct mmu_notifier_range range;
	int ret;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, mm, address, address + PMD_SIZE);
	ret = mmu_notifier_invalidate_range_start_nonblock(&range);
	if (IS_ERR((long)ret)) {
		mmu_notifier_invalidate_range_end(&range); /* warn(start-ignored:failed-ended) */
		return ret;
	}
	if (!ret)
		mmu_notifier_invalidate_range_end(&range);
	return 0;
}

int follow_pte(struct mm_struct *mm, unsigned long address, pte_t **pte, spinlock_t **ptl);

int bad_error_with_lock(struct mm_struct *mm, unsigned long address)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte;
	int ret;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, mm, address, address + PMD_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	ret = follow_pte(mm, address, &pte, &ptl);
	if (IS_ERR((long)ret))
		return ret; /* warn(region-balance:open-at-return) */
	if (!ret)
		pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_end(&range);
	return 0;
}

struct work *find_work(unsigned long address);

/* what another file gives back may be one */
int bad_unknown(struct mmu_notifier_range *range, struct mm_struct *mm, unsigned long address)
{
	struct work *work;

	mmu_notifier_range_init(range, MMU_NOTIFY_CLEAR, 0, mm, address, address + PMD_SIZE);
	mmu_notifier_invalidate_range_start(range);
	work = find_work(address);
	if (IS_ERR(work))
		return -EINVAL; /* warn(region-balance:open-at-return) */
	mmu_notifier_invalidate_range_end(range);
	return 0;
}
