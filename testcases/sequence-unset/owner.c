/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * owner.c - may a callback ignore the events of its owner, and no others?
 */
#include "era-d2/mmu_notifier.h"
#include "sleep.h"

struct mirror {
	struct mmu_interval_notifier mni;
	struct mutex lock;
	void *device;
	bool valid;
};

static bool invalidated(struct mirror *mirror, const struct mmu_notifier_range *range,
			unsigned long cur_seq)
{
	if (mmu_notifier_range_blockable(range))
		mutex_lock(&mirror->lock);
	else if (!mutex_trylock(&mirror->lock))
		return false;
	mmu_interval_set_seq(&mirror->mni, cur_seq);
	mutex_unlock(&mirror->lock);
	return true;
}

bool good_own_migration(struct mmu_interval_notifier *mni,
			const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (range->event == MMU_NOTIFY_MIGRATE && range->owner == mirror->device)
		return true;
	return invalidated(mirror, range, cur_seq);
}

bool bad_any_migration(struct mmu_interval_notifier *mni,
		       const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (range->event == MMU_NOTIFY_MIGRATE)
		return true; /* warn(sequence-unset:sequence-unset) */
	return invalidated(mirror, range, cur_seq);
}

bool bad_others(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (range->owner != mirror->device)
		return true; /* warn(sequence-unset:sequence-unset) */
	return invalidated(mirror, range, cur_seq);
}

#define OPS(name) const struct mmu_interval_notifier_ops ops_##name = { .invalidate = name }
OPS(good_own_migration);
OPS(bad_any_migration);
OPS(bad_others);
