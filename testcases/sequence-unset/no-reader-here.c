/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * no-reader-here.c - is a callback that never sets the sequence left alone where the unit inserts the notifier, and
 * what another file reads is not known?
 */
#include "era-d2/mmu_notifier.h"
#include "interval.h"
#include "sleep.h"

struct mirror {
	struct mmu_interval_notifier mni;
	struct mutex lock;
	bool valid;
};

static bool good_invalidate(struct mmu_interval_notifier *mni,
			    const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&mirror->lock);
	mirror->valid = false;
	mutex_unlock(&mirror->lock);
	return true;
}

static const struct mmu_interval_notifier_ops mirror_ops = { .invalidate = good_invalidate };

int mirror_insert(struct mirror *mirror, struct mm_struct *mm, unsigned long start,
		  unsigned long length)
{
	return mmu_interval_notifier_insert(&mirror->mni, mm, start, length, &mirror_ops);
}
