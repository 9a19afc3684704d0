/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * other-ops.c - is a callback right that sets no sequence, where nobody reads, and some insert whatever they are passed?
 */
#include "era-d2/mmu_notifier.h"
#include "interval.h"
#include "sleep.h"

struct mirror {
	struct mmu_interval_notifier mni;
	spinlock_t lock;
	bool valid;
};

extern struct mm_struct init_mm;

static bool good_not_read(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
			  unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	spin_lock(&mirror->lock);
	mirror->valid = false;
	spin_unlock(&mirror->lock);
	return true;
}

static const struct mmu_interval_notifier_ops mirror_ops = { .invalidate = good_not_read };

int insert_kernel(struct mirror *mirror, unsigned long start, unsigned long length)
{
	return mmu_interval_notifier_insert(&mirror->mni, &init_mm, start, length, &mirror_ops);
}

int insert_any(struct mirror *mirror, struct mm_struct *mm, unsigned long start, unsigned long length,
	       const struct mmu_interval_notifier_ops *ops)
{
	return mmu_interval_notifier_insert(&mirror->mni, mm, start, length, ops);
}
