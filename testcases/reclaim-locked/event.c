/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * event.c - is a callback that only waits where memory is unmapped on purpose no matter of reclaim?
 */
#include "era-e/mmu_notifier.h"
#include "interval.h"
#include "reader.h"

struct context {
	struct mmu_interval_notifier mni;
	struct mm_struct *mm;
	struct mutex unmap, all;
	void *table;
};

static void context_forget(struct context *ctx, const struct mmu_notifier_range *range)
{
	if (range->event != MMU_NOTIFY_UNMAP)
		return;
	mutex_lock(&ctx->unmap);
	ctx->table = kmalloc(64, TEST_GFP_KERNEL);
	mutex_unlock(&ctx->unmap);
}

static bool context_invalidate(struct mmu_interval_notifier *mni,
			       const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct context *ctx = container_of(mni, struct context, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&ctx->all);
	mmu_interval_set_seq(mni, cur_seq);
	mutex_unlock(&ctx->all);
	context_forget(ctx, range);
	return true;
}

const struct mmu_interval_notifier_ops context_ops = { .invalidate = context_invalidate };

void good_unmap(struct context *ctx)
{
	mutex_lock(&ctx->unmap);
	ctx->table = kmalloc(64, TEST_GFP_KERNEL);
	mutex_unlock(&ctx->unmap);
}

/* who unmaps has the mmap lock */
void bad_unmap(struct context *ctx)
{
	mutex_lock(&ctx->unmap);
	mmap_read_lock(ctx->mm); /* warn(reclaim-locked:mmap-locked) */
	mmap_read_unlock(ctx->mm);
	mutex_unlock(&ctx->unmap);
}

void bad_all(struct context *ctx)
{
	mutex_lock(&ctx->all);
	ctx->table = kmalloc(64, TEST_GFP_KERNEL); /* warn(reclaim-locked:reclaim-locked) */
	mutex_unlock(&ctx->all);
}

static bool bad_other_event(struct mmu_interval_notifier *mni,
			    const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct context *ctx = container_of(mni, struct context, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&ctx->all);
	mmu_interval_set_seq(mni, cur_seq);
	mutex_unlock(&ctx->all);
	if (range->event != MMU_NOTIFY_UNMAP)
		ctx->table = kmalloc(64, TEST_GFP_KERNEL); /* warn(reclaim-locked:callback-reclaims) */
	return true;
}

const struct mmu_interval_notifier_ops other_ops = { .invalidate = bad_other_event };

/* who unmaps memory on purpose reclaims none, and has the mmap lock */
static bool bad_waits_for_unmap(struct mmu_interval_notifier *mni,
				const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct context *ctx = container_of(mni, struct context, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&ctx->all);
	mmu_interval_set_seq(mni, cur_seq);
	mutex_unlock(&ctx->all);
	if (range->event == MMU_NOTIFY_UNMAP) {
		mmap_read_lock(ctx->mm); /* warn(reclaim-locked:callback-mmap-lock) */
		mmap_read_unlock(ctx->mm);
	}
	return true;
}

const struct mmu_interval_notifier_ops waits_ops = { .invalidate = bad_waits_for_unmap };
