/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * unknown-lock.c - is nothing said of the lock where the callback may take it in a function of another file?
 */
#include "era-e/mmu_notifier.h"
#include "interval.h"
#include "reader.h"

struct context {
	struct mmu_interval_notifier mni;
	struct mutex lock, other;
};

void context_lock(struct context *ctx);
void context_unlock(struct context *ctx);

static bool context_invalidate(struct mmu_interval_notifier *mni,
			       const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct context *ctx = container_of(mni, struct context, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&ctx->lock);
	context_lock(ctx);
	mmu_interval_set_seq(mni, cur_seq);
	context_unlock(ctx);
	mutex_unlock(&ctx->lock);
	return true;
}

const struct mmu_interval_notifier_ops context_ops = { .invalidate = context_invalidate };

int good_other(struct context *ctx, struct hmm_range *range)
{
	int ret;

	range->notifier_seq = mmu_interval_read_begin(&ctx->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	mutex_lock(&ctx->other);
	ret = mmu_interval_read_retry(&ctx->mni, range->notifier_seq);
	mutex_unlock(&ctx->other);
	return ret;
}
