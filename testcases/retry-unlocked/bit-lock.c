/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * bit-lock.c - is a bit of a word a lock for a retry, and is that no other lock than the callback's?
 */
#include "era-e/mmu_notifier.h"
#include "interval.h"
#include "reader.h"

void bit_spin_lock(int bit, unsigned long *word);
int bit_spin_trylock(int bit, unsigned long *word);
void bit_spin_unlock(int bit, unsigned long *word);

struct context {
	struct mmu_interval_notifier mni;
	unsigned long word, other;
};

static bool context_invalidate(struct mmu_interval_notifier *mni,
			       const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct context *ctx = container_of(mni, struct context, mni);

	bit_spin_lock(0, &ctx->word);
	mmu_interval_set_seq(mni, cur_seq);
	bit_spin_unlock(0, &ctx->word);
	return true;
}

const struct mmu_interval_notifier_ops context_ops = { .invalidate = context_invalidate };

static int look_up(struct context *ctx, struct hmm_range *range)
{
	range->notifier_seq = mmu_interval_read_begin(&ctx->mni);
	return hmm_range_fault(range);
}

int good_bit(struct context *ctx, struct hmm_range *range)
{
	int ret = look_up(ctx, range);

	if (ret)
		return ret;
	bit_spin_lock(0, &ctx->word);
	ret = mmu_interval_read_retry(&ctx->mni, range->notifier_seq);
	bit_spin_unlock(0, &ctx->word);
	return ret;
}

int good_bit_tried(struct context *ctx, struct hmm_range *range)
{
	int ret = look_up(ctx, range);

	if (ret)
		return ret;
	if (!bit_spin_trylock(0, &ctx->word))
		return 1;
	ret = mmu_interval_read_retry(&ctx->mni, range->notifier_seq);
	bit_spin_unlock(0, &ctx->word);
	return ret;
}

int bad_dropped(struct context *ctx, struct hmm_range *range)
{
	int ret = look_up(ctx, range);

	if (ret)
		return ret;
	bit_spin_lock(0, &ctx->word);
	bit_spin_unlock(0, &ctx->word);
	return mmu_interval_read_retry(&ctx->mni, range->notifier_seq); /* warn(retry-unlocked:retry-unlocked) */
}
