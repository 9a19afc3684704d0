/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * locked.c - is a removal, or a read_begin, found that waits for callbacks with a lock held that one of them takes?
 */
#include "era-e/mmu_notifier.h"
#include "interval.h"
#include "reader.h"

struct context {
	struct mmu_notifier mn;
	struct mmu_interval_notifier mni;
	struct mutex lock, other, released;
	struct rw_semaphore sem;
	struct mm_struct *mm;
};

static bool context_invalidate(struct mmu_interval_notifier *mni,
			       const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct context *ctx = container_of(mni, struct context, mni);

	if (mmu_notifier_range_blockable(range))
		mutex_lock(&ctx->lock);
	else if (!mutex_trylock(&ctx->lock))
		return false;
	mmu_interval_set_seq(mni, cur_seq);
	mutex_unlock(&ctx->lock);
	return true;
}

const struct mmu_interval_notifier_ops context_ops = { .invalidate = context_invalidate };

/* mmu_notifier_unregister() calls it */
static void context_release(struct mmu_notifier *mn, struct mm_struct *mm)
{
	struct context *ctx = container_of(mn, struct context, mn);

	mutex_lock(&ctx->released);
	down_read(&ctx->sem);
	up_read(&ctx->sem);
	mutex_unlock(&ctx->released);
}

const struct mmu_notifier_ops release_ops = { .release = context_release };

void bad_removes(struct context *ctx)
{
	mutex_lock(&ctx->lock);
	mmu_interval_notifier_remove(&ctx->mni); /* warn(removal-deadlock:awaited-locked): while 'ctx->lock' is held */
	mutex_unlock(&ctx->lock);
}

void good_removes(struct context *ctx)
{
	mutex_lock(&ctx->lock);
	mutex_unlock(&ctx->lock);
	mmu_interval_notifier_remove(&ctx->mni);
}

void bad_unregisters(struct context *ctx)
{
	mutex_lock(&ctx->released);
	mmu_notifier_unregister(&ctx->mn, ctx->mm); /* warn(removal-deadlock:awaited-locked) */
	mutex_unlock(&ctx->released);
}

void good_unregisters(struct context *ctx)
{
	mutex_lock(&ctx->other);
	mmu_notifier_unregister(&ctx->mn, ctx->mm);
	mutex_unlock(&ctx->other);
}

/* it waits for the callbacks of such notifiers, not of interval notifiers */
void good_unregisters_another_kind(struct context *ctx)
{
	mutex_lock(&ctx->lock);
	mmu_notifier_unregister(&ctx->mn, ctx->mm);
	mutex_unlock(&ctx->lock);
}

/* .. and the other way round: no region waits for a release */
void good_removes_another_kind(struct context *ctx)
{
	mutex_lock(&ctx->released);
	mmu_interval_notifier_remove(&ctx->mni);
	mutex_unlock(&ctx->released);
}

void bad_synchronizes(struct context *ctx)
{
	down_write(&ctx->sem);
	mmu_notifier_synchronize(); /* warn(removal-deadlock:awaited-locked) */
	up_write(&ctx->sem);
}

/* both read */
void good_synchronizes(struct context *ctx)
{
	down_read(&ctx->sem);
	mmu_notifier_synchronize();
	up_read(&ctx->sem);
}

static void context_forget(struct context *ctx)
{
	mmu_interval_notifier_remove(&ctx->mni); /* warn(removal-deadlock:awaited-locked) */
}

void bad_in_helper(struct context *ctx)
{
	mutex_lock(&ctx->lock);
	context_forget(ctx);
	mutex_unlock(&ctx->lock);
}

void good_in_helper(struct context *ctx)
{
	mutex_lock(&ctx->other);
	context_forget(ctx);
	mutex_unlock(&ctx->other);
}

int bad_begins(struct context *ctx)
{
	unsigned long seq;
	int ret;

	mutex_lock(&ctx->lock);
	seq = mmu_interval_read_begin(&ctx->mni); /* warn(removal-deadlock:awaited-locked) */
	ret = mmu_interval_read_retry(&ctx->mni, seq);
	mutex_unlock(&ctx->lock);
	return ret;
}

int good_begins(struct context *ctx)
{
	unsigned long seq;
	int ret;

	seq = mmu_interval_read_begin(&ctx->mni);
	mutex_lock(&ctx->lock);
	ret = mmu_interval_read_retry(&ctx->mni, seq);
	mutex_unlock(&ctx->lock);
	return ret;
}
