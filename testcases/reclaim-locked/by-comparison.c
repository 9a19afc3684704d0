/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * by-comparison.c - a lock that a helper takes and another one drops, if the same comparison holds: is it
 * known behind them that nobody can tell whether it is held?
 *
 * Between the two the memory that is compared may have changed, as far as a path shows. A helper
 * that returns nothing does not tell its caller whether it has dropped the lock.
 */
#include "era-e/mmu_notifier.h"
#include "interval.h"
#include "reader.h"

struct queue {
	struct mmu_interval_notifier mni;
	struct mutex lock;
	unsigned int number;
	void *table;
};

static struct mutex spare_lock;
static spinlock_t count_lock;
static int counts;
static void *spare;

/* of another file */
void queue_sends(struct queue *q, void *page);

static void *page_get(struct queue *q)
{
	if (q->table)
		return q->table;
	mutex_lock(&spare_lock);
	return spare;
}

static void page_put(void *page)
{
	if (page == spare)
		mutex_unlock(&spare_lock);
}

static void lock_both(struct queue *a, struct queue *b)
{
	if (!b) {
		mutex_lock(&a->lock);
	} else if (a->number < b->number) {
		mutex_lock(&a->lock);
		mutex_lock(&b->lock);
	} else {
		mutex_lock(&b->lock);
		mutex_lock(&a->lock);
	}
}

static void unlock_both(struct queue *a, struct queue *b)
{
	if (!b) {
		mutex_unlock(&a->lock);
	} else if (a->number == b->number) {
		mutex_unlock(&a->lock);
	} else {
		mutex_unlock(&b->lock);
		mutex_unlock(&a->lock);
	}
}

static void count(struct queue *q)
{
	if (q->number)
		spin_lock(&count_lock);
	counts++;
}

static void count_end(struct queue *q)
{
	if (q->number)
		spin_unlock(&count_lock);
}

static bool queue_invalidate(struct mmu_interval_notifier *mni,
			     const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct queue *q = container_of(mni, struct queue, mni);
	void *page;

	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&q->lock);
	mmu_interval_set_seq(mni, cur_seq);
	page = page_get(q);
	queue_sends(q, page);
	page_put(page);
	spin_lock(&count_lock);
	counts--;
	spin_unlock(&count_lock);
	mutex_unlock(&q->lock);
	return true;
}

const struct mmu_interval_notifier_ops queue_ops = { .invalidate = queue_invalidate };

void good_by_comparison(struct queue *q)
{
	void *page = page_get(q);

	queue_sends(q, page);
	page_put(page);
	q->table = kmalloc(64, TEST_GFP_KERNEL);
}

void bad_in_between(struct queue *q)
{
	void *page;

	mutex_lock(&spare_lock);
	page = spare;
	q->table = kmalloc(64, TEST_GFP_KERNEL); /* warn(reclaim-locked:reclaim-locked): while 'spare_lock' is held */
	page_put(page);
}

/* what "number" is may be another one behind the call */
void good_two(struct queue *a, struct queue *b)
{
	lock_both(a, b);
	queue_sends(a, NULL);
	unlock_both(a, b);
	a->table = kmalloc(64, TEST_GFP_KERNEL);
}

void good_spins(struct queue *q)
{
	count(q);
	queue_sends(q, NULL);
	count_end(q);
	q->table = kmalloc(64, TEST_GFP_KERNEL);
}

void bad_spins(struct queue *q)
{
	count(q);
	queue_sends(q, NULL);
	count_end(q);
	spin_lock(&count_lock);
	q->table = kmalloc(64, TEST_GFP_KERNEL); /* warn(reclaim-locked:reclaim-locked): while 'count_lock' is held */
	spin_unlock(&count_lock);
}

/* taken anew, it is held again */
void bad_taken_anew(struct queue *a, struct queue *b)
{
	lock_both(a, b);
	queue_sends(a, NULL);
	unlock_both(a, b);
	mutex_lock(&a->lock);
	a->table = kmalloc(64, TEST_GFP_KERNEL); /* warn(reclaim-locked:reclaim-locked) */
	mutex_unlock(&a->lock);
}

static void unlock_if(struct queue *q, bool locked)
{
	if (locked)
		mutex_unlock(&q->lock);
}

/* its caller says that it is not dropped */
void bad_not_dropped(struct queue *q)
{
	mutex_lock(&q->lock);
	unlock_if(q, false);
	q->table = kmalloc(64, TEST_GFP_KERNEL); /* warn(reclaim-locked:reclaim-locked) */
	mutex_unlock(&q->lock);
}

static bool unlock_told(struct queue *q)
{
	if (!q->number)
		return false;
	mutex_unlock(&q->lock);
	return true;
}

/* it says that it has not dropped it */
void bad_told(struct queue *q)
{
	mutex_lock(&q->lock);
	if (unlock_told(q))
		return;
	q->table = kmalloc(64, TEST_GFP_KERNEL); /* warn(reclaim-locked:reclaim-locked) */
	mutex_unlock(&q->lock);
}
