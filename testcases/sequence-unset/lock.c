/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * lock.c - is a sequence found that is set with no lock held, before the lock is taken or after it was dropped?
 */
#include "era-d2/mmu_notifier.h"
#include "sleep.h"

struct mirror {
	struct mmu_interval_notifier mni;
	struct mutex lock;
	struct rw_semaphore sem;
	spinlock_t update;
	bool valid;
};

void mirror_lock(struct mirror *mirror);
void mirror_unlock(struct mirror *mirror);

bool bad_before(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	mmu_interval_set_seq(mni, cur_seq); /* warn(sequence-unset:sequence-unlocked) */
	spin_lock(&mirror->update);
	mirror->valid = false;
	spin_unlock(&mirror->update);
	return true;
}

bool bad_behind(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&mirror->lock);
	mirror->valid = false;
	mutex_unlock(&mirror->lock);
	mmu_interval_set_seq(mni, cur_seq); /* warn(sequence-unset:sequence-unlocked) */
	return true;
}

bool good_spinlock(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		   unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	spin_lock(&mirror->update);
	mmu_interval_set_seq(mni, cur_seq);
	spin_unlock(&mirror->update);
	return true;
}

bool good_semaphore(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		    unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (mmu_notifier_range_blockable(range))
		down_write(&mirror->sem);
	else if (!down_write_trylock(&mirror->sem))
		return false;
	mmu_interval_set_seq(mni, cur_seq);
	up_write(&mirror->sem);
	return true;
}

/* what mirror_lock() does is not seen */
bool good_lock_of_another_file(struct mmu_interval_notifier *mni,
			       const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	mirror_lock(mirror);
	mmu_interval_set_seq(mni, cur_seq);
	mirror_unlock(mirror);
	return true;
}

#define OPS(name) const struct mmu_interval_notifier_ops ops_##name = { .invalidate = name }
OPS(bad_before);
OPS(bad_behind);
OPS(good_spinlock);
OPS(good_semaphore);
OPS(good_lock_of_another_file);
