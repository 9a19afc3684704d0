/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * helper-sets.c - does a callback whose helper sets the sequence on some paths have to set it on all, though nobody
 * reads it here?
 */
#include "era-d2/mmu_notifier.h"
#include "interval.h"
#include "sleep.h"

struct mirror {
	struct mmu_interval_notifier mni;
	spinlock_t lock;
	bool valid;
};

static void mirror_stop(struct mirror *mirror, unsigned long cur_seq)
{
	if (!mirror->valid)
		return;
	mmu_interval_set_seq(&mirror->mni, cur_seq);
	mirror->valid = false;
}

static bool bad_sometimes(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
			  unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	spin_lock(&mirror->lock);
	mirror_stop(mirror, cur_seq);
	spin_unlock(&mirror->lock);
	return true; /* warn(sequence-unset:sequence-unset) */
}

static const struct mmu_interval_notifier_ops mirror_ops = { .invalidate = bad_sometimes };

int mirror_insert(struct mirror *mirror, struct mm_struct *mm, unsigned long start, unsigned long length)
{
	return mmu_interval_notifier_insert(&mirror->mni, mm, start, length, &mirror_ops);
}
