/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * queued.c - is a callback found that leaves its range to work which nobody waits for?
 *
 * What may have invalidated on the path (a function of another file, a hook, a store that the device may
 * see) makes it right, and so does a wait; work that frees something later is no mistake.
 */
#include "era-e/mmu_notifier.h"
#include "sleep.h"
#include "driver.h"

struct workqueue_struct;

bool queue_work(struct workqueue_struct *wq, struct work_struct *work);
bool flush_work(struct work_struct *work);
void flush_workqueue(struct workqueue_struct *wq);
void *interval_tree_iter_first(void *root, unsigned long start, unsigned long last);
void __init_work(struct work_struct *work, int onstack);

/* what a device is told is assembly, which no instruction of the engine expresses */
static inline void writel(unsigned int value, volatile void *to)
{
	__asm__ __volatile__("movl %0,%1" : : "r" (value), "m" (*(volatile unsigned int *)to) : "memory");
}

static inline unsigned int readl(const volatile void *from)
{
	unsigned int value;

	__asm__ __volatile__("movl %1,%0" : "=r" (value) : "m" (*(const volatile unsigned int *)from) : "memory");
	return value;
}

struct mirror;

struct mirror_ops {
	void (*unmap)(struct mirror *mirror, unsigned long start, unsigned long end);
};

struct mirror {
	struct mmu_notifier mn;
	struct mmu_interval_notifier mni;
	const struct mirror_ops *ops;
	struct workqueue_struct *wq;
	struct work_struct work;
	struct mutex lock;
	spinlock_t update;
	struct list_head pending;
	void *objects;
	unsigned long start, end, *table;
	void *regs;
	bool stale;
};

struct stale {
	struct work_struct work;
	struct list_head link;
	struct mirror *mirror;
	unsigned long start, end;
};

struct object {
	struct work_struct work;
	bool valid;
};

static struct work_struct all_work;

void mirror_unmap(struct mirror *mirror, unsigned long start, unsigned long end);	/* of another file */

static inline struct mirror *to_mirror(struct mmu_interval_notifier *mni)
{
	return container_of(mni, struct mirror, mni);
}

/* ------------------------------------------------------------------ */
/* the whole mm                                                        */

int bad_all(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	schedule_work(&mirror->work);
	return 0; /* warn(callback-incomplete:work-not-awaited) */
}

int bad_busy(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	if (!mutex_trylock(&mirror->lock)) {
		schedule_work(&mirror->work);
		return 0; /* warn(callback-incomplete:work-not-awaited) */
	}
	mirror_unmap(mirror, range->start, range->end);
	mutex_unlock(&mirror->lock);
	return 0;
}

int bad_found(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);
	struct object *object;

	spin_lock(&mirror->update);
	object = interval_tree_iter_first(&mirror->objects, range->start, range->end - 1);
	if (object)
		queue_work(mirror->wq, &object->work);
	spin_unlock(&mirror->update);
	return 0; /* warn(callback-incomplete:work-not-awaited) */
}

int good_found(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);
	struct object *object;

	if (!mmu_notifier_range_blockable(range))
		return -11;
	spin_lock(&mirror->update);
	object = interval_tree_iter_first(&mirror->objects, range->start, range->end - 1);
	if (object)
		queue_work(mirror->wq, &object->work);
	spin_unlock(&mirror->update);
	flush_workqueue(mirror->wq);
	return 0;
}

/* readers look at what is valid, under the lock, each time */
int good_marked(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);
	struct object *object;

	spin_lock(&mirror->update);
	object = interval_tree_iter_first(&mirror->objects, range->start, range->end - 1);
	if (object) {
		object->valid = false;
		queue_work(mirror->wq, &object->work);
	}
	spin_unlock(&mirror->update);
	return 0;
}

int good_unmapped(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	mirror_unmap(mirror, range->start, range->end);
	schedule_work(&mirror->work);
	return 0;
}

int good_hook(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	mirror->ops->unmap(mirror, range->start, range->end);
	schedule_work(&mirror->work);
	return 0;
}

int good_register(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	writel(1, mirror->regs);
	schedule_work(&mirror->work);
	return 0;
}

int good_reads_register(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	if (readl(mirror->regs))
		schedule_work(&mirror->work);
	return 0;
}

int good_table(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	mirror->table[range->start >> 12] = 0;
	schedule_work(&mirror->work);
	return 0;
}

int good_flag(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	spin_lock(&mirror->update);
	mirror->stale = true;
	spin_unlock(&mirror->update);
	schedule_work(&mirror->work);
	return 0;
}

/* where nothing is mapped there is nothing to do, but to make room */
int good_nothing_mapped(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	if (mirror->objects)
		mirror_unmap(mirror, range->start, range->end);
	schedule_work(&mirror->work);
	return 0;
}

int good_nothing_found(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);
	struct list_head *entry;

	spin_lock(&mirror->update);
	for (entry = mirror->pending.next; entry != &mirror->pending; entry = entry->next)
		mirror_unmap(mirror, range->start, range->end);
	if (interval_tree_iter_first(&mirror->objects, range->start, range->end - 1))
		mirror_unmap(mirror, range->start, range->end);
	spin_unlock(&mirror->update);
	schedule_work(&mirror->work);
	return 0;
}

/* it is told of areas that go away, and has no use for their pages */
int good_event(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	if (range->event == MMU_NOTIFY_UNMAP)
		schedule_work(&mirror->work);
	return 0;
}

/* whatever it finds, it does nothing itself */
int bad_where_mapped(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	if (mirror->objects)
		schedule_work(&mirror->work);
	return 0; /* warn(callback-incomplete:work-not-awaited) */
}

static struct mirror first_mirror;

/* which notifier it is called for says nothing of what there is to do */
int bad_but_first(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	if (mn == &first_mirror.mn)
		mirror_unmap(mirror, range->start, range->end);
	else
		schedule_work(&mirror->work);
	return 0; /* warn(callback-incomplete:work-not-awaited) */
}

/* what assembly looked at says as much as an object */
int good_asked_by_asm(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	asm goto("jmp %l1" : : "r" (mirror) : "memory" : mapped);
	schedule_work(&mirror->work);
	return 0;
mapped:
	mirror_unmap(mirror, range->start, range->end);
	return 0;
}

/* what it is called with says nothing */
int bad_no_notifier(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	if (!mn) {
		schedule_work(&all_work);
		return 0; /* warn(callback-incomplete:work-not-awaited) */
	}
	mirror_unmap(container_of(mn, struct mirror, mn), range->start, range->end);
	return 0;
}

static void unmap_object(struct mirror *mirror, struct object *object, unsigned long start, unsigned long end)
{
	if (object)
		mirror_unmap(mirror, start, end);
	schedule_work(&mirror->work);
}

/* .. but what a helper is called with is what the callback found */
int good_nothing_to_unmap(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);
	struct object *object = interval_tree_iter_first(&mirror->objects, range->start, range->end - 1);

	unmap_object(mirror, object, range->start, range->end);
	return 0;
}

/* the TLB of the device is flushed by the other callback, under the page table lock */
int good_partner(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	schedule_work(&mirror->work);
	return 0;
}

void good_secondary(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	mirror_unmap(container_of(mn, struct mirror, mn), start, end);
}

void bad_secondary(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	mirror->start = start;
	mirror->end = end;
	schedule_work(&mirror->work);
} /* warn(callback-incomplete:work-not-awaited) */

/* it has references to the pages, and drops them */
void good_end(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	schedule_work(&mirror->work);
}

/* ------------------------------------------------------------------ */
/* an interval                                                         */

bool bad_item(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
	      unsigned long cur_seq)
{
	struct mirror *mirror = to_mirror(mni);
	struct stale *stale;

	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&mirror->lock);
	mmu_interval_set_seq(mni, cur_seq);
	stale = kmalloc(sizeof(*stale), TEST_GFP_ATOMIC);
	if (!stale) {
		mirror_unmap(mirror, range->start, range->end);
		mutex_unlock(&mirror->lock);
		return true;
	}
	stale->mirror = mirror;
	stale->start = range->start;
	stale->end = range->end;
	list_add(&stale->link, &mirror->pending);
	mutex_unlock(&mirror->lock);
	queue_work(mirror->wq, &mirror->work);
	return true; /* warn(callback-incomplete:work-not-awaited) */
}

bool good_item(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
	       unsigned long cur_seq)
{
	struct mirror *mirror = to_mirror(mni);
	struct stale *stale;

	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&mirror->lock);
	mmu_interval_set_seq(mni, cur_seq);
	stale = kmalloc(sizeof(*stale), TEST_GFP_ATOMIC);
	if (!stale) {
		mirror_unmap(mirror, range->start, range->end);
		mutex_unlock(&mirror->lock);
		return true;
	}
	stale->mirror = mirror;
	stale->start = range->start;
	stale->end = range->end;
	list_add(&stale->link, &mirror->pending);
	mutex_unlock(&mirror->lock);
	queue_work(mirror->wq, &mirror->work);
	flush_work(&mirror->work);
	return true;
}

static void note_range(struct mirror *mirror, unsigned long start, unsigned long end)
{
	if (start < mirror->start)
		mirror->start = start;
	if (end > mirror->end)
		mirror->end = end;
}

bool bad_noted(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
	       unsigned long cur_seq)
{
	struct mirror *mirror = to_mirror(mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&mirror->lock);
	mmu_interval_set_seq(mni, cur_seq);
	note_range(mirror, range->start, range->end);
	mutex_unlock(&mirror->lock);
	schedule_work(&mirror->work);
	return true; /* warn(callback-incomplete:work-not-awaited) */
}

bool good_noted(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		unsigned long cur_seq)
{
	struct mirror *mirror = to_mirror(mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&mirror->lock);
	mmu_interval_set_seq(mni, cur_seq);
	note_range(mirror, range->start, range->end);
	mirror_unmap(mirror, range->start, range->end);
	mutex_unlock(&mirror->lock);
	schedule_work(&mirror->work);
	return true;
}

/* readers retry, and the work may free what nobody uses any more */
bool good_frees_later(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		      unsigned long cur_seq)
{
	struct mirror *mirror = to_mirror(mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&mirror->lock);
	mmu_interval_set_seq(mni, cur_seq);
	mutex_unlock(&mirror->lock);
	schedule_work(&mirror->work);
	return true;
}

/* it does not say that it is done */
bool good_not_done(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		   unsigned long cur_seq)
{
	struct mirror *mirror = to_mirror(mni);

	if (!mmu_notifier_range_blockable(range)) {
		schedule_work(&mirror->work);
		return false;
	}
	mutex_lock(&mirror->lock);
	mmu_interval_set_seq(mni, cur_seq);
	mirror_unmap(mirror, range->start, range->end);
	mutex_unlock(&mirror->lock);
	return true;
}

/* ------------------------------------------------------------------ */

#define START(name) const struct mmu_notifier_ops ops_##name = { .invalidate_range_start = name }
#define INTERVAL(name) const struct mmu_interval_notifier_ops ops_##name = { .invalidate = name }

START(bad_all);
START(bad_busy);
START(bad_found);
START(good_found);
START(good_marked);
START(good_unmapped);
START(good_hook);
START(good_register);
START(good_reads_register);
START(good_table);
START(good_flag);
START(good_nothing_mapped);
START(good_nothing_found);
START(good_event);
START(bad_where_mapped);
START(bad_but_first);
START(good_asked_by_asm);
START(bad_no_notifier);
START(good_nothing_to_unmap);
INTERVAL(bad_item);
INTERVAL(good_item);
INTERVAL(bad_noted);
INTERVAL(good_noted);
INTERVAL(good_frees_later);
INTERVAL(good_not_done);

const struct mmu_notifier_ops ops_secondary = { .arch_invalidate_secondary_tlbs = bad_secondary };
const struct mmu_notifier_ops ops_end = { .invalidate_range_end = good_end };
const struct mmu_notifier_ops ops_partner = {
	.invalidate_range_start = good_partner,
	.arch_invalidate_secondary_tlbs = good_secondary,
};
