/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * early.c - is a reader found that sets what a callback leaves early without only behind the lock?
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
	if (!window->mapped) {
		mutex_unlock(&window->lock);
		return true;
	}
	device_unmap(window->table);
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
	window_map(window, pfns[0]);
	window->mapped = true; /* warn(callback-incomplete:leaves-early) */
	return 0;
}

int bad_set_late(struct window *window, unsigned long *pfns)
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
	window_map(window, pfns[0]);
	mutex_unlock(&window->lock);
	window->mapped = true; /* warn(callback-incomplete:leaves-early) */
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
	window_map(window, pfns[0]);
	window->mapped = true;
	mutex_unlock(&window->lock);
	return 0;
}

int good_unmap(struct window *window, unsigned long *pfns)
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
	window->mapped = false;
	return 0;
}

int good_other_member(struct window *window, unsigned long *pfns)
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
	window_map(window, pfns[0]);
	window->mapped = true;
	mutex_unlock(&window->lock);
	window->hits = 1;
	return 0;
}

int good_other_window(struct window *window, unsigned long *pfns, struct window *other)
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
	other->mapped = true;
	return 0;
}

/* who asks once more sees that it was late */
int good_another_retry(struct window *window, unsigned long *pfns)
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
	window_map(window, pfns[0]);
	window->mapped = true;
	mutex_lock(&window->lock);
	if (mmu_interval_read_retry(&window->mni, range.notifier_seq)) {
		window->mapped = false;
		mutex_unlock(&window->lock);
		goto again;
	}
	mutex_unlock(&window->lock);
	return 0;
}

/* what another file does behind it may put that right */
int good_started_elsewhere(struct window *window, unsigned long *pfns)
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
	window_map(window, pfns[0]);
	window->mapped = true;
	ret = device_start(window);
	if (ret)
		return ret;
	return 0;
}

/* .. and so may who finds the sequence in memory */
int good_sequence_kept(struct window *window, struct hmm_range *range, unsigned long *pfns)
{
	int ret;

	range->notifier_seq = mmu_interval_read_begin(&window->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	mutex_lock(&window->lock);
	ret = mmu_interval_read_retry(&window->mni, range->notifier_seq);
	mutex_unlock(&window->lock);
	if (ret)
		return -EAGAIN;
	window_map(window, pfns[0]);
	window->mapped = true;
	return 0;
}

/* with no retry before it is set by who sets the window up */
void good_prepare(struct window *window)
{
	window->mapped = true;
}
