/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * passes.c - is the first of two passes asked what the second one needs: that it may block, and finds no lock held?
 *
 * The second pass is called with what the first one has handed out, after those of all notifiers.
 */
#include "era-e/mmu_notifier.h"
#include "sleep.h"
#include "spinlock.h"

struct mirror {
	struct mmu_interval_notifier mni;
	struct mmu_interval_notifier_finish finish;
	struct mutex lock;
	spinlock_t update;
	struct completion idle;
	bool busy, may_block;
};

void mirror_stop(struct mirror *mirror);	/* of another file, as are both */
void mirror_unmap(struct mirror *mirror, unsigned long start, unsigned long end);

static void set_seq(struct mirror *mirror, unsigned long seq)
{
	spin_lock(&mirror->update);
	mmu_interval_set_seq(&mirror->mni, seq);
	spin_unlock(&mirror->update);
}

/* ------------------------------------------------------------------ */
/* second passes                                                       */

void good_waits(struct mmu_interval_notifier_finish *finish)
{
	struct mirror *mirror = container_of(finish, struct mirror, finish);

	wait_for_completion(&mirror->idle);
	mutex_lock(&mirror->lock);
	mirror->busy = false;
	mutex_unlock(&mirror->lock);
}

/* .. which the first pass has told whether it may */
void good_waits_if(struct mmu_interval_notifier_finish *finish)
{
	struct mirror *mirror = container_of(finish, struct mirror, finish);

	if (mirror->may_block)
		wait_for_completion(&mirror->idle);
	mirror->busy = false;
}

void good_polls(struct mmu_interval_notifier_finish *finish)
{
	struct mirror *mirror = container_of(finish, struct mirror, finish);

	mirror_stop(mirror);
	mirror->busy = false;
}

/* ------------------------------------------------------------------ */
/* first passes                                                        */

bool good_asks(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
	       unsigned long cur_seq, struct mmu_interval_notifier_finish **finish)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	set_seq(mirror, cur_seq);
	mirror->busy = true;
	*finish = &mirror->finish;
	return true;
}

bool bad_does_not_ask(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		      unsigned long cur_seq, struct mmu_interval_notifier_finish **finish)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	set_seq(mirror, cur_seq);
	mirror->busy = true;
	*finish = &mirror->finish;
	return true; /* warn(callback-nonblock:pass-sleeps) */
}

bool good_for_polls(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		    unsigned long cur_seq, struct mmu_interval_notifier_finish **finish)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	set_seq(mirror, cur_seq);
	mirror->busy = true;
	*finish = &mirror->finish;
	return true;
}

/* .. in one table, and does not know which one it is called for */
bool good_for_either(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		     unsigned long cur_seq, struct mmu_interval_notifier_finish **finish)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	set_seq(mirror, cur_seq);
	mirror->busy = true;
	*finish = &mirror->finish;
	return true;
}

bool good_tells(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		unsigned long cur_seq, struct mmu_interval_notifier_finish **finish)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	set_seq(mirror, cur_seq);
	mirror->may_block = mmu_notifier_range_blockable(range);
	*finish = &mirror->finish;
	return true;
}

/* it does all itself, and hands nothing out */
bool good_alone(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		unsigned long cur_seq, struct mmu_interval_notifier_finish **finish)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	set_seq(mirror, cur_seq);
	mirror_unmap(mirror, range->start, range->end);
	*finish = NULL;
	return true;
}

bool bad_keeps_lock(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		    unsigned long cur_seq, struct mmu_interval_notifier_finish **finish)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&mirror->lock);
	mmu_interval_set_seq(mni, cur_seq);
	mirror->busy = true;
	*finish = &mirror->finish;
	return true; /* warn(callback-nonblock:pass-keeps-lock) */
}

/* what another file has made of it may be anything */
struct mmu_interval_notifier_finish *mirror_finish(struct mirror *mirror);

bool good_unknown(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		  unsigned long cur_seq, struct mmu_interval_notifier_finish **finish)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	set_seq(mirror, cur_seq);
	*finish = mirror_finish(mirror);
	return true;
}

#define PASSES(start, finish) \
	const struct mmu_interval_notifier_ops ops_##start = { .invalidate_start = start, .invalidate_finish = finish }

PASSES(good_asks, good_waits);
PASSES(bad_does_not_ask, good_waits);
PASSES(good_for_polls, good_polls);
PASSES(good_for_either, good_polls);
PASSES(good_tells, good_waits_if);
PASSES(good_alone, good_waits);
PASSES(bad_keeps_lock, good_waits);
PASSES(good_unknown, good_waits);

const struct mmu_interval_notifier_ops ops_either = {
	.invalidate_start = good_for_either, .invalidate_finish = good_waits
};
