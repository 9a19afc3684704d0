/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * full-state.c - is a state checked that holds as many items of each kind as it can?
 *
 * A callback that asked whether it may sleep holds 3 mutexes and 8 spinlocks, has set up 6
 * ranges, ended 2 of them and opened 4, and changed an entry.
 */
#include "era-d2/mmu_notifier.h"
#include "sleep.h"

extern struct mutex config, map, pages;
extern spinlock_t a, b, c, d, e, f, g, h;
extern struct vm_area_struct *vma;
extern pmd_t *pmd;

#define INIT(range)							\
	mmu_notifier_range_init(&(range), MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, \
				vma->vm_start, vma->vm_end)
#define INIT_ALL()							\
do {									\
	INIT(r0); INIT(r1); INIT(r2); INIT(r3); INIT(r4); INIT(r5);	\
} while (0)
#define START_ALL()							\
do {									\
	mmu_notifier_invalidate_range_start(&r0);			\
	mmu_notifier_invalidate_range_end(&r0);				\
	mmu_notifier_invalidate_range_start(&r1);			\
	mmu_notifier_invalidate_range_end(&r1);				\
	mmu_notifier_invalidate_range_start(&r2);			\
	mmu_notifier_invalidate_range_start(&r3);			\
	mmu_notifier_invalidate_range_start(&r4);			\
	mmu_notifier_invalidate_range_start(&r5);			\
} while (0)
#define LOCK_ALL()							\
do {									\
	spin_lock(&a); spin_lock(&b); spin_lock(&c); spin_lock(&d);	\
	spin_lock(&e); spin_lock(&f); spin_lock(&g); spin_lock(&h);	\
} while (0)
#define UNLOCK_ALL()							\
do {									\
	spin_unlock(&h); spin_unlock(&g); spin_unlock(&f); spin_unlock(&e); \
	spin_unlock(&d); spin_unlock(&c); spin_unlock(&b); spin_unlock(&a); \
} while (0)

int bad_left_open(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mmu_notifier_range r0, r1, r2, r3, r4, r5;

	if (!mmu_notifier_range_blockable(range))
		return 0;
	INIT_ALL();
	mutex_lock(&config); mutex_lock(&map); mutex_lock(&pages);
	START_ALL();
	LOCK_ALL();
	pmdp_huge_get_and_clear(vma->vm_mm, vma->vm_start, pmd);
	return 0; /* warn(region-balance): region 'r5' is still open at this return */
}

int good_all_ended(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mmu_notifier_range r0, r1, r2, r3, r4, r5;

	if (!mmu_notifier_range_blockable(range))
		return 0;
	INIT_ALL();
	mutex_lock(&config); mutex_lock(&map); mutex_lock(&pages);
	START_ALL();
	LOCK_ALL();
	pmdp_huge_get_and_clear(vma->vm_mm, vma->vm_start, pmd);
	UNLOCK_ALL();
	mmu_notifier_invalidate_range_end(&r5);
	mmu_notifier_invalidate_range_end(&r4);
	mmu_notifier_invalidate_range_end(&r3);
	mmu_notifier_invalidate_range_end(&r2);
	mutex_unlock(&pages); mutex_unlock(&map); mutex_unlock(&config);
	return 0;
}

const struct mmu_notifier_ops ops = {
	.invalidate_range_start = bad_left_open,
};

const struct mmu_notifier_ops more_ops = {
	.invalidate_range_start = good_all_ended,
};
