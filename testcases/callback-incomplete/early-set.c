/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * early-set.c - is a reader found that takes away only behind the lock what a callback leaves early with?
 */
#include "era-d2/mmu_notifier.h"
#include "early.h"

static bool bad_invalidate(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
			    unsigned long cur_seq)
{
	struct window *window = container_of(mni, struct window, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&window->lock);
	mmu_interval_set_seq(mni, cur_seq);
	if (window->table) {
		mutex_unlock(&window->lock);
		return true;
	}
	device_unmap(0);
	mutex_unlock(&window->lock);
	return true;
}

static const struct mmu_interval_notifier_ops window_ops = { .invalidate = bad_invalidate };

int window_insert(struct window *window, struct mm_struct *mm)
{
	return mmu_interval_notifier_insert(&window->mni, mm, 0, 4096, &window_ops);
}

int bad_map(struct window *window, unsigned long *pfns)
{
	struct hmm_range range = { .notifier = &window->mni, .hmm_pfns = pfns };
	int ret;

again:
	range.notifier_seq = mmu_interval_read_begin(&window->mni);
	ret = hmm_range_fault(&range);
	if (ret)
		return ret;
	mutex_lock(&window->lock);
	if (mmu_interval_read_retry(&window->mni, range.notifier_seq)) {
		mutex_unlock(&window->lock);
		goto again;
	}
	mutex_unlock(&window->lock);
	window->table = 0; /* warn(callback-incomplete:leaves-early) */
	return 0;
}

int good_map(struct window *window, unsigned long *pfns)
{
	struct hmm_range range = { .notifier = &window->mni, .hmm_pfns = pfns };
	int ret;

again:
	range.notifier_seq = mmu_interval_read_begin(&window->mni);
	ret = hmm_range_fault(&range);
	if (ret)
		return ret;
	mutex_lock(&window->lock);
	if (mmu_interval_read_retry(&window->mni, range.notifier_seq)) {
		mutex_unlock(&window->lock);
		goto again;
	}
	window->table = 0;
	mutex_unlock(&window->lock);
	return 0;
}

int good_set(struct window *window, unsigned long *pfns)
{
	struct hmm_range range = { .notifier = &window->mni, .hmm_pfns = pfns };
	int ret;

again:
	range.notifier_seq = mmu_interval_read_begin(&window->mni);
	ret = hmm_range_fault(&range);
	if (ret)
		return ret;
	mutex_lock(&window->lock);
	if (mmu_interval_read_retry(&window->mni, range.notifier_seq)) {
		mutex_unlock(&window->lock);
		goto again;
	}
	mutex_unlock(&window->lock);
	window->table = 1;
	return 0;
}
