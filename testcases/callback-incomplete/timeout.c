/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * timeout.c - is a callback found that takes a wait which its timeout ended for one that is over?
 */
#include "era-d2/mmu_notifier.h"
#include "sleep.h"

#define MAX_SCHEDULE_TIMEOUT	((long)(~0ul >> 1))

struct dma_fence;
struct dma_resv;

enum dma_resv_usage { DMA_RESV_USAGE_BOOKKEEP = 3 };

long dma_fence_wait_timeout(struct dma_fence *fence, bool intr, long timeout);
long dma_resv_wait_timeout(struct dma_resv *resv, enum dma_resv_usage usage, bool intr,
			   unsigned long timeout);
unsigned long wait_for_completion_timeout(struct completion *x, unsigned long timeout);
unsigned long msecs_to_jiffies(unsigned int ms);
void _printk(const char *fmt, ...);
void device_reset(struct completion *idle);
bool flush_work(struct work_struct *work);

struct mirror {
	struct mmu_interval_notifier mni;
	struct mutex lock;
	struct completion idle;
	struct work_struct work;
	struct dma_fence *fence;
	struct dma_resv *resv;
	long timeout;
	bool late;
};

static bool set_seq(struct mirror *mirror, const struct mmu_notifier_range *range,
		    unsigned long seq)
{
	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&mirror->lock);
	mmu_interval_set_seq(&mirror->mni, seq);
	mutex_unlock(&mirror->lock);
	return true;
}

bool bad_not_looked_at(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		       unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!set_seq(mirror, range, cur_seq))
		return false;
	wait_for_completion_timeout(&mirror->idle, 250);
	return true; /* warn(callback-incomplete:wait-expired) */
}

bool bad_only_printed(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		      unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!set_seq(mirror, range, cur_seq))
		return false;
	if (!wait_for_completion_timeout(&mirror->idle, msecs_to_jiffies(100)))
		_printk("the device is late\n");
	return true; /* warn(callback-incomplete:wait-expired) */
}

bool bad_only_noted(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		    unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!set_seq(mirror, range, cur_seq))
		return false;
	if (dma_fence_wait_timeout(mirror->fence, false, 100) <= 0)
		mirror->late = true;
	return true; /* warn(callback-incomplete:wait-expired) */
}

/* the lock is dropped behind it */
bool bad_under_lock(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		    unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&mirror->lock);
	mmu_interval_set_seq(&mirror->mni, cur_seq);
	dma_resv_wait_timeout(mirror->resv, DMA_RESV_USAGE_BOOKKEEP, false, msecs_to_jiffies(1000));
	mutex_unlock(&mirror->lock);
	return true; /* warn(callback-incomplete:wait-expired) */
}

/* a signal as well: one finding */
bool bad_both(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
	      unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!set_seq(mirror, range, cur_seq))
		return false;
	dma_fence_wait_timeout(mirror->fence, true, 100);
	return true; /* warn(callback-incomplete:wait-interrupted) */
}

bool good_no_timeout(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		     unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!set_seq(mirror, range, cur_seq))
		return false;
	if (dma_resv_wait_timeout(mirror->resv, DMA_RESV_USAGE_BOOKKEEP, false, MAX_SCHEDULE_TIMEOUT) <= 0)
		_printk("that cannot be\n");
	return true;
}

/* it may be MAX_SCHEDULE_TIMEOUT */
bool good_unknown_timeout(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
			  unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!set_seq(mirror, range, cur_seq))
		return false;
	dma_fence_wait_timeout(mirror->fence, false, mirror->timeout);
	return true;
}

bool good_resets(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		 unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!set_seq(mirror, range, cur_seq))
		return false;
	if (!wait_for_completion_timeout(&mirror->idle, 250))
		device_reset(&mirror->idle);
	return true;
}

/* in any case: it may be what stops the device for good */
bool good_does_more(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		    unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!set_seq(mirror, range, cur_seq))
		return false;
	wait_for_completion_timeout(&mirror->idle, 250);
	device_reset(&mirror->idle);
	return true;
}

bool good_waits_again(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		      unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!set_seq(mirror, range, cur_seq))
		return false;
	while (!wait_for_completion_timeout(&mirror->idle, 250))
		_printk("the device is late\n");
	return true;
}

bool good_waits_for_good(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
			 unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!set_seq(mirror, range, cur_seq))
		return false;
	if (!wait_for_completion_timeout(&mirror->idle, 250)) {
		_printk("the device is late\n");
		wait_for_completion(&mirror->idle);
	}
	return true;
}

bool good_flushes(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		  unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!set_seq(mirror, range, cur_seq))
		return false;
	wait_for_completion_timeout(&mirror->idle, 250);
	flush_work(&mirror->work);
	return true;
}

/* an address of the device */
static inline void put_register(unsigned int value, volatile unsigned int *address)
{
	asm volatile("" : : "r"(value), "m"(*address) : "memory");
}

bool good_writes_register(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
			  unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!set_seq(mirror, range, cur_seq))
		return false;
	if (!wait_for_completion_timeout(&mirror->idle, 250))
		put_register(1, (volatile unsigned int *)mirror->resv);
	return true;
}

/* nothing is invalidated in it */
void good_release(struct mmu_notifier *mn, struct mm_struct *mm)
{
	struct mirror *mirror = container_of((struct mmu_interval_notifier *)mn, struct mirror, mni);

	wait_for_completion_timeout(&mirror->idle, 250);
}

#define OPS(name) const struct mmu_interval_notifier_ops ops_##name = { .invalidate = name }
OPS(bad_not_looked_at);
OPS(bad_only_printed);
OPS(bad_only_noted);
OPS(bad_under_lock);
OPS(bad_both);
OPS(good_no_timeout);
OPS(good_unknown_timeout);
OPS(good_resets);
OPS(good_does_more);
OPS(good_waits_again);
OPS(good_waits_for_good);
OPS(good_flushes);
OPS(good_writes_register);
const struct mmu_notifier_ops ops_good_release = { .release = good_release };
