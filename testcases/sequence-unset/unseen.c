/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * unseen.c - is a function of another file that is passed the sequence left alone, and one that is not
 * passed it no excuse?
 */
#include "era-d2/mmu_notifier.h"
#include "sleep.h"

struct mirror {
	struct mmu_interval_notifier mni;
	struct mutex lock;
};

void mirror_evict(struct mirror *mirror, unsigned long seq);
void mirror_unmap(struct mirror *mirror, unsigned long start);

bool good_passed_on(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		    unsigned long cur_seq)
{
	if (!mmu_notifier_range_blockable(range))
		return false;
	mirror_evict(container_of(mni, struct mirror, mni), cur_seq);
	return true;
}

static void evict(struct mirror *mirror, unsigned long seq)
{
	mirror_evict(mirror, seq);
}

bool good_passed_on_by_helper(struct mmu_interval_notifier *mni,
			      const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	if (!mmu_notifier_range_blockable(range))
		return false;
	evict(container_of(mni, struct mirror, mni), cur_seq);
	return true;
}

bool bad_not_passed(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		    unsigned long cur_seq)
{
	if (!mmu_notifier_range_blockable(range))
		return false;
	mirror_unmap(container_of(mni, struct mirror, mni), range->start);
	return true; /* warn(sequence-unset:sequence-unset) */
}

#define OPS(name) const struct mmu_interval_notifier_ops ops_##name = { .invalidate = name }
OPS(good_passed_on);
OPS(good_passed_on_by_helper);
OPS(bad_not_passed);
