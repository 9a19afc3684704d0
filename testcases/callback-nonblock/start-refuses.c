/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * start-refuses.c - may the end sleep for what a start refuses that must not block, and keeps away with a lock?
 */
#include "era-d2/mmu_notifier.h"
#include "sleep.h"

struct item {
	struct mutex lock;
	int running;
};

struct per_mm {
	struct mmu_notifier mn;
	struct rw_semaphore sem;
	struct mutex lock;
	int root, dying;
};

typedef int (*item_fn)(struct item *item);

void msleep(unsigned int msecs);
struct item *first_in(int *root, unsigned long start, unsigned long last);
struct item *next_in(struct item *item, unsigned long start, unsigned long last);

static struct per_mm *per_mm_of(struct mmu_notifier *mn)
{
	return container_of(mn, struct per_mm, mn);
}

static int for_each_in_range(int *root, unsigned long start, unsigned long end, item_fn fn, bool blockable)
{
	struct item *item;
	int ret = 0;

	for (item = first_in(root, start, end - 1); item; item = next_in(item, start, end - 1)) {
		if (!blockable)
			return -EAGAIN;
		ret |= fn(item);
	}
	return ret;
}

static int count_start(struct item *item)
{
	mutex_lock(&item->lock);
	item->running++;
	mutex_unlock(&item->lock);
	return 0;
}

/* nothing comes into the range from here on */
static int hold(struct per_mm *per_mm, const struct mmu_notifier_range *range)
{
	if (mmu_notifier_range_blockable(range))
		down_read(&per_mm->sem);
	else if (!down_read_trylock(&per_mm->sem))
		return -EAGAIN;
	return 0;
}

static int good_count_end(struct item *item)
{
	mutex_lock(&item->lock);
	item->running--;
	mutex_unlock(&item->lock);
	return 0;
}

/* what is in a range that must not block was refused, and the lock keeps others out until the end */
static int good_keeps_start(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct per_mm *per_mm = per_mm_of(mn);
	int ret;

	if (mmu_notifier_range_blockable(range))
		down_read(&per_mm->sem);
	else if (!down_read_trylock(&per_mm->sem))
		return -EAGAIN;
	ret = for_each_in_range(&per_mm->root, range->start, range->end, count_start,
				mmu_notifier_range_blockable(range));
	if (ret)
		up_read(&per_mm->sem);
	return ret;
}

static void good_keeps_end(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct per_mm *per_mm = per_mm_of(mn);

	for_each_in_range(&per_mm->root, range->start, range->end, good_count_end, true);
	up_read(&per_mm->sem);
}

const struct mmu_notifier_ops good_keeps = {
	.invalidate_range_start = good_keeps_start,
	.invalidate_range_end = good_keeps_end,
};

static int good_one(struct item *item, bool blockable)
{
	if (!blockable)
		return -EAGAIN;
	msleep(1);
	item->running++;
	return 0;
}

/* the walk is the callback's own */
static int good_walks_start(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct per_mm *per_mm = per_mm_of(mn);
	struct item *item;

	if (hold(per_mm, range))
		return -EAGAIN;
	for (item = first_in(&per_mm->root, range->start, range->end); item;
	     item = next_in(item, range->start, range->end))
		if (good_one(item, mmu_notifier_range_blockable(range))) {
			up_read(&per_mm->sem);
			return -EAGAIN;
		}
	return 0;
}

static void good_walks_end(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct per_mm *per_mm = per_mm_of(mn);
	struct item *item;

	for (item = first_in(&per_mm->root, range->start, range->end); item;
	     item = next_in(item, range->start, range->end))
		good_one(item, true);
	up_read(&per_mm->sem);
}

const struct mmu_notifier_ops good_walks = {
	.invalidate_range_start = good_walks_start,
	.invalidate_range_end = good_walks_end,
};

static int good_other(struct item *item, bool blockable)
{
	if (!blockable)
		return -EAGAIN;
	msleep(2);
	item->running--;
	return 0;
}

static int good_third(struct item *item, bool blockable)
{
	if (!blockable)
		return -EAGAIN;
	msleep(3);
	item->running = 0;
	return 0;
}

/* each of two helpers refuses */
static int good_two_start(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct per_mm *per_mm = per_mm_of(mn);
	struct item *item;

	if (hold(per_mm, range))
		return -EAGAIN;
	item = first_in(&per_mm->root, range->start, range->end);
	if (item && (good_third(item, mmu_notifier_range_blockable(range)) ||
		     good_other(item, mmu_notifier_range_blockable(range)))) {
		up_read(&per_mm->sem);
		return -EAGAIN;
	}
	item = first_in(&per_mm->dying, range->start, range->end);
	if (item && good_other(item, mmu_notifier_range_blockable(range))) {
		up_read(&per_mm->sem);
		return -EAGAIN;
	}
	return 0;
}

static void good_two_end(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct per_mm *per_mm = per_mm_of(mn);
	struct item *item = first_in(&per_mm->root, range->start, range->end);

	if (item) {
		good_third(item, true);
		good_other(item, true);
	}
	item = first_in(&per_mm->dying, range->start, range->end);
	if (item)
		good_other(item, true);
	up_read(&per_mm->sem);
}

const struct mmu_notifier_ops good_two = {
	.invalidate_range_start = good_two_start,
	.invalidate_range_end = good_two_end,
};

/* an item may have been added since */
static int bad_count_end(struct item *item)
{
	mutex_lock(&item->lock); /* warn(callback-nonblock:callback-unchecked): in callback 'invalidate_range_end' */
	item->running--;
	mutex_unlock(&item->lock);
	return 0;
}

static int for_each_dropped(int *root, unsigned long start, unsigned long end, bool blockable)
{
	struct item *item;

	for (item = first_in(root, start, end - 1); item; item = next_in(item, start, end - 1)) {
		if (!blockable)
			return -EAGAIN;
		bad_count_end(item);
	}
	return 0;
}

static int drops_start(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct per_mm *per_mm = per_mm_of(mn);
	int ret;

	if (hold(per_mm, range))
		return -EAGAIN;
	ret = for_each_dropped(&per_mm->root, range->start, range->end, mmu_notifier_range_blockable(range));
	up_read(&per_mm->sem);
	return ret;
}

static void bad_drops_end(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct per_mm *per_mm = per_mm_of(mn);

	for_each_dropped(&per_mm->root, range->start, range->end, true);
}

const struct mmu_notifier_ops drops_ops = {
	.invalidate_range_start = drops_start,
	.invalidate_range_end = bad_drops_end,
};

/* what sleeps is not what was refused */
static void bad_outside_end(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct per_mm *per_mm = per_mm_of(mn);

	for_each_in_range(&per_mm->root, range->start, range->end, good_count_end, true);
	mutex_lock(&per_mm->lock); /* warn(callback-nonblock:callback-unchecked): in callback 'invalidate_range_end' */
	per_mm->dying = 0;
	mutex_unlock(&per_mm->lock);
	up_read(&per_mm->sem);
}

const struct mmu_notifier_ops outside_ops = {
	.invalidate_range_start = good_keeps_start,
	.invalidate_range_end = bad_outside_end,
};

/* nothing is refused: the walk of the start is told that it may block */
static int bad_told_end_item(struct item *item)
{
	mutex_lock(&item->lock); /* warn(callback-nonblock:callback-unchecked): in callback 'invalidate_range_end' */
	item->running--;
	mutex_unlock(&item->lock);
	return 0;
}

static int nothing_to_do(struct item *item)
{
	return item->running < 0;
}

static int told_start(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct per_mm *per_mm = per_mm_of(mn);

	if (!down_read_trylock(&per_mm->sem))
		return mmu_notifier_range_blockable(range) ? 0 : -EAGAIN;
	for_each_in_range(&per_mm->root, range->start, range->end, nothing_to_do, true);
	return 0;
}

static void bad_told_end(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct per_mm *per_mm = per_mm_of(mn);

	for_each_in_range(&per_mm->root, range->start, range->end, bad_told_end_item, true);
	up_read(&per_mm->sem);
}

const struct mmu_notifier_ops told_ops = {
	.invalidate_range_start = told_start,
	.invalidate_range_end = bad_told_end,
};

/* the start takes no notice */
static int bad_forgiven_item(struct item *item)
{
	mutex_lock(&item->lock); /* warn(callback-nonblock:callback-unchecked): in callback 'invalidate_range_end' */
	mutex_unlock(&item->lock);
	return 0;
}

static int forgives_start(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct per_mm *per_mm = per_mm_of(mn);

	if (!down_read_trylock(&per_mm->sem))
		return mmu_notifier_range_blockable(range) ? 0 : -EAGAIN;
	for_each_in_range(&per_mm->root, range->start, range->end, nothing_to_do,
			  mmu_notifier_range_blockable(range));
	return 0;
}

static void bad_forgiven_end(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct per_mm *per_mm = per_mm_of(mn);

	for_each_in_range(&per_mm->root, range->start, range->end, bad_forgiven_item, true);
	up_read(&per_mm->sem);
}

const struct mmu_notifier_ops forgiven_ops = {
	.invalidate_range_start = forgives_start,
	.invalidate_range_end = bad_forgiven_end,
};

/* the lock is dropped too early */
static int bad_dropped_item(struct item *item)
{
	mutex_lock(&item->lock); /* warn(callback-nonblock:callback-unchecked): in callback 'invalidate_range_end' */
	mutex_unlock(&item->lock);
	return 1;
}

static void bad_dropped_end(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct per_mm *per_mm = per_mm_of(mn);

	up_read(&per_mm->sem);
	for_each_in_range(&per_mm->root, range->start, range->end, bad_dropped_item, true);
}

const struct mmu_notifier_ops dropped_ops = {
	.invalidate_range_start = good_keeps_start,
	.invalidate_range_end = bad_dropped_end,
};

/* the lock is taken too late */
static int bad_late_item(struct item *item)
{
	mutex_lock(&item->lock); /* warn(callback-nonblock:callback-unchecked): in callback 'invalidate_range_end' */
	mutex_unlock(&item->lock);
	return 2;
}

static int late_start(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct per_mm *per_mm = per_mm_of(mn);
	int ret = for_each_in_range(&per_mm->root, range->start, range->end, count_start,
				    mmu_notifier_range_blockable(range));

	if (ret)
		return ret;
	if (hold(per_mm, range))
		return -EAGAIN;
	return 0;
}

static void bad_late_end(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct per_mm *per_mm = per_mm_of(mn);

	for_each_in_range(&per_mm->root, range->start, range->end, bad_late_item, true);
	up_read(&per_mm->sem);
}

const struct mmu_notifier_ops late_ops = {
	.invalidate_range_start = late_start,
	.invalidate_range_end = bad_late_end,
};

/* it is refused only if somebody else has it, and at another place than the end sleeps */
static int bad_if_contended(int *root, unsigned long start, unsigned long end, bool blockable)
{
	struct item *item;

	for (item = first_in(root, start, end - 1); item; item = next_in(item, start, end - 1)) {
		if (blockable)
			mutex_lock(&item->lock); /* warn(callback-nonblock:callback-unchecked): in callback 'invalidate_range_end' */
		else if (!mutex_trylock(&item->lock))
			return -EAGAIN;
		item->running++;
		mutex_unlock(&item->lock);
	}
	return 0;
}

static int contended_start(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct per_mm *per_mm = per_mm_of(mn);
	int ret;

	if (hold(per_mm, range))
		return -EAGAIN;
	ret = bad_if_contended(&per_mm->root, range->start, range->end, mmu_notifier_range_blockable(range));
	if (ret)
		up_read(&per_mm->sem);
	return ret;
}

static void bad_contended_end(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct per_mm *per_mm = per_mm_of(mn);

	bad_if_contended(&per_mm->root, range->start, range->end, true);
	up_read(&per_mm->sem);
}

const struct mmu_notifier_ops contended_ops = {
	.invalidate_range_start = contended_start,
	.invalidate_range_end = bad_contended_end,
};
