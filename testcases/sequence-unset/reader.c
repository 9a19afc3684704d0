/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * reader.c - is a callback that never sets the sequence found where the unit reads what it inserts?
 */
#include "era-d2/mmu_notifier.h"
#include "interval.h"
#include "sleep.h"

struct mirror {
	struct mmu_interval_notifier mni;
	struct mutex lock;
	bool valid;
};

static bool bad_invalidate(struct mmu_interval_notifier *mni,
			   const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&mirror->lock);
	mirror->valid = false;
	mutex_unlock(&mirror->lock);
	return true; /* warn(sequence-unset:sequence-unset) */
}

static const struct mmu_interval_notifier_ops mirror_ops = { .invalidate = bad_invalidate };

int mirror_insert(struct mirror *mirror, struct mm_struct *mm, unsigned long start,
		  unsigned long length)
{
	return mmu_interval_notifier_insert(&mirror->mni, mm, start, length, &mirror_ops);
}

/* it means to wait for an invalidation that is under way, and never does */
void mirror_use(struct mirror *mirror)
{
	mmu_interval_read_begin(&mirror->mni);
	mirror->valid = true;
}
