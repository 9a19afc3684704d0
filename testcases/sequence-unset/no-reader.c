/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * no-reader.c - is a callback that never sets the sequence right where nobody reads what the unit inserts with it, or
 * where what is read may be the notifier of another one?
 */
#include "era-d2/mmu_notifier.h"
#include "interval.h"
#include "sleep.h"

struct mirror {
	struct mmu_interval_notifier mni;
	struct mutex lock;
	bool valid;
};

struct window {
	struct mmu_interval_notifier mni;
	spinlock_t lock;
	unsigned long seq;
};

static bool good_not_read(struct mmu_interval_notifier *mni,
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

static const struct mmu_interval_notifier_ops mirror_ops = { .invalidate = good_not_read };

static bool good_read(struct mmu_interval_notifier *mni,
		      const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct window *window = container_of(mni, struct window, mni);

	spin_lock(&window->lock);
	mmu_interval_set_seq(mni, cur_seq);
	spin_unlock(&window->lock);
	return true;
}

static const struct mmu_interval_notifier_ops window_ops = { .invalidate = good_read };

int mirror_insert(struct mirror *mirror, struct mm_struct *mm, unsigned long start,
		  unsigned long length)
{
	return mmu_interval_notifier_insert(&mirror->mni, mm, start, length, &mirror_ops);
}

int window_insert(struct window *window, struct mm_struct *mm, unsigned long start,
		  unsigned long length)
{
	return mmu_interval_notifier_insert(&window->mni, mm, start, length, &window_ops);
}

void window_open(struct window *window)
{
	window->seq = mmu_interval_read_begin(&window->mni);
}
