/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * other-lock.c - is a retry found that is asked under locks of which the callback takes none?
 */
#include "era-e/mmu_notifier.h"
#include "entries.h"
#include "interval.h"
#include "reader.h"

struct ww_mutex {
	struct mutex base;
};

struct dma_resv {
	struct ww_mutex lock;
};

int dma_resv_lock(struct dma_resv *resv, void *ctx);
void dma_resv_unlock(struct dma_resv *resv);

struct context {
	struct mmu_interval_notifier mni;
	struct mutex lock, other, *pointed;
	struct rw_semaphore sem;
	struct dma_resv resv;
	spinlock_t update;
	struct mm_struct *mm;
};

static bool context_invalidate(struct mmu_interval_notifier *mni,
			       const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct context *ctx = container_of(mni, struct context, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&ctx->lock);
	down_write(&ctx->sem);
	mmu_interval_set_seq(mni, cur_seq);
	up_write(&ctx->sem);
	mutex_unlock(&ctx->lock);
	return true;
}

const struct mmu_interval_notifier_ops context_ops = { .invalidate = context_invalidate };

int bad_other(struct context *ctx, struct hmm_range *range)
{
	int ret;

	range->notifier_seq = mmu_interval_read_begin(&ctx->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	mutex_lock(&ctx->other);
	ret = mmu_interval_read_retry(&ctx->mni, range->notifier_seq); /* warn(retry-unlocked:other-lock): with 'ctx->other' held */
	mutex_unlock(&ctx->other);
	return ret;
}

/* an invalidation holds it for nobody, and the callback does not take it */
int bad_mmap_lock(struct context *ctx, struct hmm_range *range)
{
	int ret;

	range->notifier_seq = mmu_interval_read_begin(&ctx->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	mmap_read_lock(ctx->mm);
	ret = mmu_interval_read_retry(&ctx->mni, range->notifier_seq); /* warn(retry-unlocked:other-lock) */
	mmap_read_unlock(ctx->mm);
	return ret;
}

/* it was held since before the sequence was read */
int bad_mmap_lock_around(struct context *ctx, struct hmm_range *range)
{
	int ret;

	mmap_read_lock(ctx->mm);
	range->notifier_seq = mmu_interval_read_begin(&ctx->mni);
	ret = hmm_range_fault(range);
	if (!ret)
		ret = mmu_interval_read_retry(&ctx->mni, range->notifier_seq); /* warn(retry-unlocked:retry-unlocked) */
	mmap_read_unlock(ctx->mm);
	return ret;
}

int good_its(struct context *ctx, struct hmm_range *range)
{
	int ret;

	range->notifier_seq = mmu_interval_read_begin(&ctx->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	mutex_lock(&ctx->lock);
	ret = mmu_interval_read_retry(&ctx->mni, range->notifier_seq);
	mutex_unlock(&ctx->lock);
	return ret;
}

int bad_spinlock(struct context *ctx, struct hmm_range *range)
{
	int ret;

	range->notifier_seq = mmu_interval_read_begin(&ctx->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	spin_lock(&ctx->update);
	ret = mmu_interval_read_retry(&ctx->mni, range->notifier_seq); /* warn(retry-unlocked:other-lock) */
	spin_unlock(&ctx->update);
	return ret;
}

/* the callback writes, so readers keep it out */
int good_reads(struct context *ctx, struct hmm_range *range)
{
	int ret;

	range->notifier_seq = mmu_interval_read_begin(&ctx->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	down_read(&ctx->sem);
	ret = mmu_interval_read_retry(&ctx->mni, range->notifier_seq);
	up_read(&ctx->sem);
	return ret;
}

int good_both(struct context *ctx, struct hmm_range *range)
{
	int ret;

	range->notifier_seq = mmu_interval_read_begin(&ctx->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	mutex_lock(&ctx->other);
	mutex_lock(&ctx->lock);
	ret = mmu_interval_read_retry(&ctx->mni, range->notifier_seq);
	mutex_unlock(&ctx->lock);
	mutex_unlock(&ctx->other);
	return ret;
}

/* it may be the address of the other */
int good_pointed(struct context *ctx, struct hmm_range *range)
{
	int ret;

	range->notifier_seq = mmu_interval_read_begin(&ctx->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	mutex_lock(ctx->pointed);
	ret = mmu_interval_read_retry(&ctx->mni, range->notifier_seq);
	mutex_unlock(ctx->pointed);
	return ret;
}

/* which locks the callback of another notifier takes is another question */
struct watcher {
	struct mmu_notifier mn;
	struct mutex *lock;
};

void watcher_tell(struct watcher *watcher);

static int watcher_start(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct watcher *watcher = container_of(mn, struct watcher, mn);

	if (!mmu_notifier_range_blockable(range))
		return -11;
	mutex_lock(watcher->lock);
	watcher_tell(watcher);
	mutex_unlock(watcher->lock);
	return 0;
}

const struct mmu_notifier_ops watcher_ops = { .invalidate_range_start = watcher_start };

int bad_resv(struct context *ctx, struct hmm_range *range)
{
	int ret;

	range->notifier_seq = mmu_interval_read_begin(&ctx->mni);
	ret = hmm_range_fault(range);
	if (ret || dma_resv_lock(&ctx->resv, NULL))
		return ret;
	ret = mmu_interval_read_retry(&ctx->mni, range->notifier_seq); /* warn(retry-unlocked:other-lock) */
	dma_resv_unlock(&ctx->resv);
	return ret;
}

int good_resv_and_lock(struct context *ctx, struct hmm_range *range)
{
	int ret;

	range->notifier_seq = mmu_interval_read_begin(&ctx->mni);
	ret = hmm_range_fault(range);
	if (ret || dma_resv_lock(&ctx->resv, NULL))
		return ret;
	mutex_lock(&ctx->lock);
	ret = mmu_interval_read_retry(&ctx->mni, range->notifier_seq);
	mutex_unlock(&ctx->lock);
	dma_resv_unlock(&ctx->resv);
	return ret;
}
