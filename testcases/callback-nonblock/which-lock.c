/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * which-lock.c - is the lock that is kept the one that was
 * taken, under any name, and did the callback take it itself?
 */
#define TEST_KERNEL_4_19
#include "era-d1/mmu_notifier.h"
#include "sleep.h"

struct mirror {
	struct mmu_notifier mn;
	struct mutex lock;
	struct mirror *next;
	spinlock_t *pages_lock;
	spinlock_t own_lock;
	bool busy;
};

struct mutex *lock_of(struct mirror *mirror);

int good_found_twice(struct mmu_notifier *mn, struct mm_struct *mm,
		     unsigned long start, unsigned long end, bool blockable)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	if (!blockable && !mutex_trylock(lock_of(mirror)))
		return -EAGAIN;
	if (!blockable && mirror->busy) {
		mutex_unlock(lock_of(mirror));
		return -EAGAIN;
	}
	return 0;
}

int bad_found_once(struct mmu_notifier *mn, struct mm_struct *mm,
		   unsigned long start, unsigned long end, bool blockable)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	if (!blockable && !mutex_trylock(lock_of(mirror)))
		return -EAGAIN;
	if (!blockable && mirror->busy)
		return -EAGAIN; /* warn(callback-nonblock): is still held where */
	return 0;
}

int good_same_lock_by_copy(struct mmu_notifier *mn, struct mm_struct *mm,
			   unsigned long start, unsigned long end,
			   bool blockable)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);
	struct mutex *lock = &mirror->next->lock;

	if (blockable)
		mutex_lock(&mirror->next->lock);
	else if (!mutex_trylock(&mirror->next->lock))
		return -EAGAIN;
	mutex_unlock(lock);
	return blockable ? 0 : -EAGAIN;
}

int bad_first_of_two_names(struct mmu_notifier *mn, struct mm_struct *mm,
			   unsigned long start, unsigned long end,
			   bool blockable)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);
	struct mirror *next = mirror->next;

	if (blockable)
		mutex_lock(&mirror->lock);
	else if (!mutex_trylock(&mirror->lock))
		return -EAGAIN;
	if (blockable)
		mutex_lock(&next->lock);
	else if (!mutex_trylock(&next->lock))
		return -EAGAIN; /* warn(callback-nonblock): 'mirror->lock' is still held */
	mutex_unlock(&mirror->next->lock);
	if (mirror->busy && !blockable)
		return -EAGAIN; /* warn(callback-nonblock): 'mirror->lock' is still held */
	mutex_unlock(&mirror->lock);
	return 0;
}

int bad_spinlock_too(struct mmu_notifier *mn, struct mm_struct *mm,
		     unsigned long start, unsigned long end, bool blockable)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	spin_lock(&mirror->own_lock);
	if (mirror->busy && !blockable)
		return -EAGAIN; /* warn(callback-nonblock): is still held */
	spin_unlock(&mirror->own_lock);
	return 0;
}

int good_spinlock_dropped(struct mmu_notifier *mn, struct mm_struct *mm,
			  unsigned long start, unsigned long end,
			  bool blockable)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	spin_lock(&mirror->own_lock);
	if (mirror->busy && !blockable) {
		spin_unlock(&mirror->own_lock);
		return -EAGAIN;
	}
	spin_unlock(&mirror->own_lock);
	return 0;
}

int good_callers_lock(struct mmu_notifier *mn, struct mm_struct *mm,
		      unsigned long start, unsigned long end, bool blockable)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	lockdep_assert_held(mirror->pages_lock);
	if (mirror->busy && !blockable)
		return -EAGAIN;
	return 0;
}

int good_kept_where_it_succeeds(struct mmu_notifier *mn, struct mm_struct *mm,
				unsigned long start, unsigned long end,
				bool blockable)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	if (blockable)
		mutex_lock(&mirror->lock);
	else if (!mutex_trylock(&mirror->lock))
		return -EAGAIN;
	return 0;
}

const struct mmu_notifier_ops ops_good_found_twice = {
	.invalidate_range_start = good_found_twice,
};

const struct mmu_notifier_ops ops_bad_found_once = {
	.invalidate_range_start = bad_found_once,
};

const struct mmu_notifier_ops ops_good_same_lock_by_copy = {
	.invalidate_range_start = good_same_lock_by_copy,
};

const struct mmu_notifier_ops ops_bad_first_of_two_names = {
	.invalidate_range_start = bad_first_of_two_names,
};

const struct mmu_notifier_ops ops_bad_spinlock_too = {
	.invalidate_range_start = bad_spinlock_too,
};

const struct mmu_notifier_ops ops_good_spinlock_dropped = {
	.invalidate_range_start = good_spinlock_dropped,
};

const struct mmu_notifier_ops ops_good_callers_lock = {
	.invalidate_range_start = good_callers_lock,
};

const struct mmu_notifier_ops ops_good_kept_where_it_succeeds = {
	.invalidate_range_start = good_kept_where_it_succeeds,
};
