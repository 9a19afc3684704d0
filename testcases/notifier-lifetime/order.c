/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * order.c - is a notifier found that is inserted before the lock, list or work of its callback is initialised?
 */
#include "era-d2/mmu_notifier.h"
#include "lifetime.h"

static bool good_invalidate(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
			    unsigned long cur_seq)
{
	struct object *object = container_of(mni, struct object, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&object->lock);
	mmu_interval_set_seq(mni, cur_seq);
	mutex_unlock(&object->lock);
	return true;
}

static const struct mmu_interval_notifier_ops interval_ops = {
	.invalidate = good_invalidate,
};

int bad_mutex(struct object *object, struct mm_struct *mm)
{
	int ret;

	ret = mmu_interval_notifier_insert(&object->mni, mm, object->start, object->length, &interval_ops);
	if (ret)
		return ret;
	mutex_init(&object->lock); /* warn(notifier-lifetime:inserted-early) */
	return 0;
}

int good_mutex(struct object *object, struct mm_struct *mm)
{
	mutex_init(&object->lock);
	return mmu_interval_notifier_insert(&object->mni, mm, object->start, object->length, &interval_ops);
}

/* it is not the callback's */
int good_own_mutex(struct object *object, struct mm_struct *mm)
{
	int ret;

	mutex_init(&object->lock);
	ret = mmu_interval_notifier_insert(&object->mni, mm, object->start, object->length, &interval_ops);
	mutex_init(&object->own);
	return ret;
}

/* another object's */
int good_other_object(struct object *object, struct object *other, struct mm_struct *mm)
{
	int ret;

	ret = mmu_interval_notifier_insert(&object->mni, mm, object->start, object->length, &interval_ops);
	mutex_init(&other->lock);
	return ret;
}

/* where the insertion failed nothing runs */
int good_where_it_failed(struct object *object, struct mm_struct *mm)
{
	int ret;

	ret = mmu_interval_notifier_insert(&object->mni, mm, object->start, object->length, &interval_ops);
	if (ret)
		mutex_init(&object->lock);
	return ret;
}

static int object_insert(struct object *object, struct mm_struct *mm)
{
	return mmu_interval_notifier_insert(&object->mni, mm, object->start, object->length, &interval_ops);
}

int bad_inserted_by_helper(struct object *object, struct mm_struct *mm)
{
	int ret = object_insert(object, mm);

	if (!ret)
		mutex_init(&object->lock); /* warn(notifier-lifetime:inserted-early) */
	return ret;
}

/* what is used by a helper of the callback, a loop over a list, and work */
static void object_lock(struct object *object)
{
	down_write(&object->sem);
}

static int good_start(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct object *object = container_of(mn, struct object, mn);
	struct list_head *entry;

	if (!mmu_notifier_range_blockable(range))
		return -11;
	object_lock(object);
	for (entry = object->maps.next; entry != &object->maps; entry = entry->next)
		object_show(range->start);
	up_write(&object->sem);
	schedule_work(&object->work);
	return 0;
}

static const struct mmu_notifier_ops ops = {
	.invalidate_range_start = good_start,
};

int bad_rwsem(struct object *object, struct mm_struct *mm)
{
	int ret;

	object->mn.ops = &ops;
	ret = mmu_notifier_register(&object->mn, mm);
	init_rwsem(&object->sem); /* warn(notifier-lifetime:inserted-early) */
	return ret;
}

int bad_list(struct object *object, struct mm_struct *mm)
{
	int ret;

	object->mn.ops = &ops;
	ret = mmu_notifier_register(&object->mn, mm);
	if (ret)
		return ret;
	INIT_LIST_HEAD(&object->maps); /* warn(notifier-lifetime:inserted-early) */
	return 0;
}

int bad_work(struct object *object, struct mm_struct *mm)
{
	int ret;

	object->mn.ops = &ops;
	ret = mmu_notifier_register(&object->mn, mm);
	if (ret)
		return ret;
	INIT_WORK(&object->work, 1); /* warn(notifier-lifetime:inserted-early) */
	return 0;
}

int good_all(struct object *object, struct mm_struct *mm)
{
	init_rwsem(&object->sem);
	INIT_LIST_HEAD(&object->maps);
	INIT_WORK(&object->work, 1);
	object->mn.ops = &ops;
	return mmu_notifier_register(&object->mn, mm);
}

/* removed again, it may be made ready anew */
int good_removed(struct object *object, struct mm_struct *mm)
{
	int ret;

	object->mn.ops = &ops;
	ret = mmu_notifier_register(&object->mn, mm);
	if (ret)
		return ret;
	mmu_notifier_unregister(&object->mn, mm);
	init_rwsem(&object->sem);
	return 0;
}

/* whose callbacks are not known */
int good_no_table(struct object *object, struct mm_struct *mm, const struct mmu_notifier_ops *others)
{
	int ret;

	object->mn.ops = others;
	ret = mmu_notifier_register(&object->mn, mm);
	init_rwsem(&object->sem);
	return ret;
}

/* queues that lie behind the first, as far apart as the device says: the callback takes the lock of one of those */
struct queue {
	struct mmu_interval_notifier mni;
	struct mutex lock;
};

unsigned long queue_distance(unsigned long start);

static bool queue_invalidate(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
			     unsigned long cur_seq)
{
	struct queue *other = (struct queue *)((char *)mni + queue_distance(range->start));

	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&other->lock);
	mmu_interval_set_seq(mni, cur_seq);
	mutex_unlock(&other->lock);
	return true;
}

static const struct mmu_interval_notifier_ops queue_ops = {
	.invalidate = queue_invalidate,
};

int good_other_queue(struct queue *first, struct mm_struct *mm)
{
	int ret;

	ret = mmu_interval_notifier_insert(&first->mni, mm, 0, PAGE_SIZE, &queue_ops);
	mutex_init(&first->lock);
	return ret;
}

bool flush_work(struct work_struct *work);

/* the callback initialises it each time, and relies on nobody else for that */
static bool work_invalidate(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
			    unsigned long cur_seq)
{
	struct object *object = container_of(mni, struct object, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&object->lock);
	mmu_interval_set_seq(mni, cur_seq);
	mutex_unlock(&object->lock);
	INIT_WORK(&object->work, range->start);
	schedule_work(&object->work);
	flush_work(&object->work);
	return true;
}

static const struct mmu_interval_notifier_ops work_ops = {
	.invalidate = work_invalidate,
};

int good_work_of_its_own(struct object *object, struct mm_struct *mm)
{
	int ret;

	mutex_init(&object->lock);
	ret = mmu_interval_notifier_insert(&object->mni, mm, object->start, object->length, &work_ops);
	if (!ret)
		INIT_WORK(&object->work, 0);
	return ret;
}
