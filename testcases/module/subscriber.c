// SPDX-License-Identifier: GPL-2.0-only
/*
 * subscriber.c - is a small driver right that does all that docs/drivers.md asks for, and is each of the
 * mistakes found that the page has?
 *
 * Compiled with the headers of any kernel from 5.8 on. The device is a page table of its own.
 */
#include <linux/completion.h>
#include <linux/hmm.h>
#include <linux/mm.h>
#include <linux/mmu_notifier.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>

#define WINDOW_PAGES 16

struct window {
	struct mmu_interval_notifier notifier;
	struct mutex lock;		/* of pfns and idle, which the callback takes */
	struct completion idle;		/* the device has dropped what it was told to */
	unsigned long pfns[WINDOW_PAGES];
};

static void device_map(struct window *window, const unsigned long *pfns)
{
	memcpy(window->pfns, pfns, sizeof(window->pfns));
}

static void device_unmap(struct window *window, unsigned long start, unsigned long end)
{
	unsigned long first = max(start, window->notifier.interval_tree.start);
	unsigned long last = min(end - 1, window->notifier.interval_tree.last);

	for (; first <= last; first += PAGE_SIZE)
		window->pfns[(first - window->notifier.interval_tree.start) >> PAGE_SHIFT] = 0;
}

/* ------------------------------------------------------------------ */
/* the callback                                                        */

static bool good_invalidate(struct mmu_interval_notifier *notifier,
			    const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct window *window = container_of(notifier, struct window, notifier);

	if (mmu_notifier_range_blockable(range))
		mutex_lock(&window->lock);
	else if (!mutex_trylock(&window->lock))
		return false;
	mmu_interval_set_seq(notifier, cur_seq);
	device_unmap(window, range->start, range->end);
	mutex_unlock(&window->lock);
	return true;
}

static const struct mmu_interval_notifier_ops good_ops = { .invalidate = good_invalidate };

/* sleeps where it must not */
static bool bad_blocks(struct mmu_interval_notifier *notifier,
		       const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct window *window = container_of(notifier, struct window, notifier);

	mutex_lock(&window->lock); /* warn(callback-nonblock:callback-unchecked) */
	mmu_interval_set_seq(notifier, cur_seq);
	device_unmap(window, range->start, range->end);
	mutex_unlock(&window->lock);
	return true;
}

static const struct mmu_interval_notifier_ops bad_blocks_ops = { .invalidate = bad_blocks };

/* a reader that asks later does not hear of it */
static bool bad_sequence(struct mmu_interval_notifier *notifier,
			 const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct window *window = container_of(notifier, struct window, notifier);

	if (range->event == MMU_NOTIFY_SOFT_DIRTY)
		return true; /* warn(sequence-unset:sequence-unset) */
	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&window->lock);
	mmu_interval_set_seq(notifier, cur_seq);
	device_unmap(window, range->start, range->end);
	mutex_unlock(&window->lock);
	return true;
}

static const struct mmu_interval_notifier_ops bad_sequence_ops = { .invalidate = bad_sequence };

/* a signal hands pages back that the device still uses */
static bool bad_wait(struct mmu_interval_notifier *notifier,
		     const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct window *window = container_of(notifier, struct window, notifier);

	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&window->lock);
	mmu_interval_set_seq(notifier, cur_seq);
	device_unmap(window, range->start, range->end);
	mutex_unlock(&window->lock);
	wait_for_completion_interruptible(&window->idle);
	return true; /* warn(callback-incomplete:wait-interrupted) */
}

static const struct mmu_interval_notifier_ops bad_wait_ops = { .invalidate = bad_wait };

/* .. and so does a device that is slow */
static bool bad_timeout(struct mmu_interval_notifier *notifier,
			const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct window *window = container_of(notifier, struct window, notifier);

	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&window->lock);
	mmu_interval_set_seq(notifier, cur_seq);
	device_unmap(window, range->start, range->end);
	mutex_unlock(&window->lock);
	if (!wait_for_completion_timeout(&window->idle, msecs_to_jiffies(100)))
		pr_warn("the device is late\n");
	return true; /* warn(callback-incomplete:wait-expired) */
}

static const struct mmu_interval_notifier_ops bad_timeout_ops = { .invalidate = bad_timeout };

/* waits for itself */
static bool bad_removes(struct mmu_interval_notifier *notifier,
			const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct window *window = container_of(notifier, struct window, notifier);

	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&window->lock);
	mmu_interval_set_seq(notifier, cur_seq);
	device_unmap(window, range->start, range->end);
	mutex_unlock(&window->lock);
	if (range->event == MMU_NOTIFY_UNMAP)
		mmu_interval_notifier_remove(notifier); /* warn(removal-deadlock:removed-in-callback) */
	return true;
}

static const struct mmu_interval_notifier_ops bad_removes_ops = { .invalidate = bad_removes };

/* the range of a whole address space ends at -1UL */
static bool bad_rounds(struct mmu_interval_notifier *notifier,
		       const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct window *window = container_of(notifier, struct window, notifier);

	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&window->lock);
	mmu_interval_set_seq(notifier, cur_seq);
	device_unmap(window, ALIGN_DOWN(range->start, PMD_SIZE), ALIGN(range->end, PMD_SIZE)); /* warn(range-arithmetic:end-wraps) */
	mutex_unlock(&window->lock);
	return true;
}

static const struct mmu_interval_notifier_ops bad_rounds_ops = { .invalidate = bad_rounds };

/* ------------------------------------------------------------------ */
/* the reader                                                          */

static int look_up(struct window *window, struct hmm_range *range)
{
	struct mm_struct *mm = window->notifier.mm;
	int ret;

	mmap_read_lock(mm);
	ret = hmm_range_fault(range);
	mmap_read_unlock(mm);
	return ret;
}

static void range_of(struct window *window, struct hmm_range *range, unsigned long *pfns)
{
	memset(range, 0, sizeof(*range));
	range->notifier = &window->notifier;
	range->start = window->notifier.interval_tree.start;
	range->end = range->start + WINDOW_PAGES * PAGE_SIZE;
	range->hmm_pfns = pfns;
	range->default_flags = HMM_PFN_REQ_FAULT;
}

int good_fault(struct window *window)
{
	unsigned long pfns[WINDOW_PAGES] = { 0 };
	struct hmm_range range;
	int ret;

	range_of(window, &range, pfns);
again:
	range.notifier_seq = mmu_interval_read_begin(&window->notifier);
	ret = look_up(window, &range);
	if (ret == -EBUSY)
		goto again;
	if (ret)
		return ret;
	mutex_lock(&window->lock);
	if (mmu_interval_read_retry(&window->notifier, range.notifier_seq)) {
		mutex_unlock(&window->lock);
		goto again;
	}
	device_map(window, pfns);
	mutex_unlock(&window->lock);
	return 0;
}

int bad_no_retry(struct window *window)
{
	unsigned long pfns[WINDOW_PAGES] = { 0 };
	struct mm_struct *mm = window->notifier.mm;
	struct hmm_range range;
	int ret;

	range_of(window, &range, pfns);
	range.notifier_seq = mmu_interval_read_begin(&window->notifier);
	mmap_read_lock(mm);
	ret = hmm_range_fault(&range); /* warn(retry-missing:retry-missing) */
	mmap_read_unlock(mm);
	if (ret)
		return ret;
	mutex_lock(&window->lock);
	device_map(window, pfns);
	mutex_unlock(&window->lock);
	return 0;
}

int bad_unlocked(struct window *window)
{
	unsigned long pfns[WINDOW_PAGES] = { 0 };
	struct hmm_range range;
	int ret;

	range_of(window, &range, pfns);
	do {
		range.notifier_seq = mmu_interval_read_begin(&window->notifier);
		ret = look_up(window, &range);
		if (ret)
			return ret;
	} while (mmu_interval_read_retry(&window->notifier, range.notifier_seq)); /* warn(retry-unlocked:retry-unlocked) */
	mutex_lock(&window->lock);
	device_map(window, pfns);
	mutex_unlock(&window->lock);
	return 0;
}

int bad_late(struct window *window)
{
	unsigned long pfns[WINDOW_PAGES] = { 0 };
	struct hmm_range range;
	int ret;

	range_of(window, &range, pfns);
	ret = look_up(window, &range);
	if (ret)
		return ret;
	range.notifier_seq = mmu_interval_read_begin(&window->notifier);
	mutex_lock(&window->lock);
	ret = mmu_interval_read_retry(&window->notifier, range.notifier_seq); /* warn(retry-missing:begin-late) */
	if (!ret)
		device_map(window, pfns);
	mutex_unlock(&window->lock);
	return ret ? -EAGAIN : 0;
}

/* the callback may be called to reclaim memory, and waits for the lock */
int bad_allocates(struct window *window)
{
	unsigned long *pfns;

	mutex_lock(&window->lock);
	pfns = kcalloc(WINDOW_PAGES, sizeof(*pfns), GFP_KERNEL); /* warn(reclaim-locked:reclaim-locked) */
	if (pfns)
		device_map(window, pfns);
	mutex_unlock(&window->lock);
	kfree(pfns);
	return pfns ? 0 : -ENOMEM;
}

/* ------------------------------------------------------------------ */
/* a window begins and ends                                            */

struct window *good_open(unsigned long start, const struct mmu_interval_notifier_ops *ops)
{
	struct window *window = kzalloc(sizeof(*window), GFP_KERNEL);
	int ret;

	if (!window)
		return ERR_PTR(-ENOMEM);
	mutex_init(&window->lock);
	init_completion(&window->idle);
	ret = mmu_interval_notifier_insert(&window->notifier, current->mm, start,
					   WINDOW_PAGES * PAGE_SIZE, ops);
	if (ret) {
		kfree(window);
		return ERR_PTR(ret);
	}
	return window;
}

void good_close(struct window *window)
{
	mmu_interval_notifier_remove(&window->notifier);
	kfree(window);
}

/* the callback waits for the lock, and the removal for the callback */
void bad_close(struct window *window)
{
	mutex_lock(&window->lock);
	mmu_interval_notifier_remove(&window->notifier); /* warn(removal-deadlock:awaited-locked) */
	mutex_unlock(&window->lock);
	kfree(window);
}

struct window *bad_open(unsigned long start)
{
	struct window *window = kzalloc(sizeof(*window), GFP_KERNEL);
	int ret;

	if (!window)
		return ERR_PTR(-ENOMEM);
	ret = mmu_interval_notifier_insert(&window->notifier, current->mm, start,
					   WINDOW_PAGES * PAGE_SIZE, &good_ops);
	if (ret) {
		kfree(window);
		return ERR_PTR(ret);
	}
	mutex_init(&window->lock); /* warn(notifier-lifetime:inserted-early) */
	return window;
}

struct window *bad_way_out(unsigned long start)
{
	struct window *window = kzalloc(sizeof(*window), GFP_KERNEL);
	int ret;

	if (!window)
		return ERR_PTR(-ENOMEM);
	mutex_init(&window->lock);
	ret = mmu_interval_notifier_insert(&window->notifier, current->mm, start,
					   WINDOW_PAGES * PAGE_SIZE, &good_ops);
	if (!ret && !IS_ALIGNED(start, PMD_SIZE))
		ret = -EINVAL;
	if (ret) {
		kfree(window); /* warn(notifier-lifetime:freed-inserted) */
		return ERR_PTR(ret);
	}
	return window;
}

const struct mmu_interval_notifier_ops *window_ops(int number)
{
	static const struct mmu_interval_notifier_ops *const all[] = {
		&good_ops, &bad_blocks_ops, &bad_sequence_ops, &bad_wait_ops, &bad_timeout_ops,
		&bad_removes_ops, &bad_rounds_ops,
	};

	return all[number % ARRAY_SIZE(all)];
}

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("a test of mncheck: a small subscriber, and its mistakes");
