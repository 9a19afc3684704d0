/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * freed.c - is an object found that is freed with its notifier inserted?
 */
#include "era-d2/mmu_notifier.h"
#include "lifetime.h"

int object_check(unsigned long start);

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

struct object *bad_error_path(struct mm_struct *mm, unsigned long start)
{
	struct object *object = object_alloc();

	if (mmu_interval_notifier_insert(&object->mni, mm, start, PAGE_SIZE, &interval_ops))
		goto free;
	if (object_check(start))
		goto free;
	return object;
free:
	kfree(object); /* warn(notifier-lifetime:freed-inserted) */
	return NULL;
}

struct object *good_error_path(struct mm_struct *mm, unsigned long start)
{
	struct object *object = object_alloc();

	if (mmu_interval_notifier_insert(&object->mni, mm, start, PAGE_SIZE, &interval_ops))
		goto free;
	if (object_check(start))
		goto remove;
	return object;
remove:
	mmu_interval_notifier_remove(&object->mni);
free:
	kfree(object);
	return NULL;
}

/* a function of another file may remove it */
struct object *good_undone(struct mm_struct *mm, unsigned long start)
{
	struct object *object = object_alloc();

	if (mmu_interval_notifier_insert(&object->mni, mm, start, PAGE_SIZE, &interval_ops))
		goto free;
	if (object_check(start)) {
		object_undo(object);
		goto free;
	}
	return object;
free:
	kfree(object);
	return NULL;
}

/* .. but none that fails: it undoes what it did itself */
int bad_start_fails(struct mm_struct *mm, unsigned long start)
{
	struct object *object = object_alloc();
	int ret;

	ret = mmu_interval_notifier_insert(&object->mni, mm, start, PAGE_SIZE, &interval_ops);
	if (ret)
		goto free;
	ret = object_start(object);
	if (ret)
		goto free;
	return 0;
free:
	kfree(object); /* warn(notifier-lifetime:freed-inserted) */
	return ret;
}

struct object *bad_start_fails_below_zero(struct mm_struct *mm, unsigned long start)
{
	struct object *object = object_alloc();

	if (mmu_interval_notifier_insert(&object->mni, mm, start, PAGE_SIZE, &interval_ops))
		goto free;
	if (object_start(object) < 0)
		goto free;
	return object;
free:
	kfree(object); /* warn(notifier-lifetime:freed-inserted) */
	return NULL;
}

/* it says that it was the last reference, and may have removed the notifier */
int good_put_last(struct mm_struct *mm, unsigned long start)
{
	struct object *object = object_alloc();

	if (mmu_interval_notifier_insert(&object->mni, mm, start, PAGE_SIZE, &interval_ops)) {
		kfree(object);
		return -EINVAL;
	}
	if (object_put(object))
		kfree(object);
	return 0;
}

static bool put_last(struct object *object)
{
	bool last = object_put(object);

	if (last)
		kfree(object);
	return last;
}

int good_put_last_told(struct mm_struct *mm, unsigned long start)
{
	struct object *object = object_alloc();

	if (mmu_interval_notifier_insert(&object->mni, mm, start, PAGE_SIZE, &interval_ops)) {
		kfree(object);
		return -EINVAL;
	}
	put_last(object);
	return 0;
}

/* it worked, and may have removed the notifier */
int good_stopped(struct mm_struct *mm, unsigned long start)
{
	struct object *object = object_alloc();
	int ret;

	ret = mmu_interval_notifier_insert(&object->mni, mm, start, PAGE_SIZE, &interval_ops);
	if (!ret) {
		ret = object_start(object);
		if (ret)
			return ret;
	}
	kfree(object);
	return ret;
}

/* one that has worked before may have removed it, whatever the next one does */
int good_second_fails(struct mm_struct *mm, unsigned long start)
{
	struct object *object = object_alloc();
	int ret;

	ret = mmu_interval_notifier_insert(&object->mni, mm, start, PAGE_SIZE, &interval_ops);
	if (ret || object_start(object))
		return -EINVAL;
	ret = object_start(object);
	if (ret < 0)
		kfree(object);
	return ret;
}

/* what is freed is something else */
struct object *good_other(struct mm_struct *mm, unsigned long start, void *name)
{
	struct object *object = object_alloc();
	int ret;

	ret = mmu_interval_notifier_insert(&object->mni, mm, start, PAGE_SIZE, &interval_ops);
	kfree(name);
	return ret ? NULL : object;
}

static const struct mmu_notifier_ops ops = {
};

int bad_whole_mm(struct mm_struct *mm, unsigned long start)
{
	struct object *object = object_alloc();
	int ret;

	object->mn.ops = &ops;
	ret = mmu_notifier_register(&object->mn, mm);
	if (!ret)
		ret = object_check(start);
	if (ret)
		kfree(object); /* warn(notifier-lifetime:freed-inserted) */
	return ret;
}

/* it is freed when no callback runs any more */
int good_put(struct mm_struct *mm, unsigned long start)
{
	struct object *object = object_alloc();
	int ret;

	object->mn.ops = &ops;
	ret = mmu_notifier_register(&object->mn, mm);
	if (ret) {
		kfree(object);
		return ret;
	}
	ret = object_check(start);
	if (ret)
		mmu_notifier_put(&object->mn);
	return ret;
}

int good_unregistered(struct mm_struct *mm, unsigned long start)
{
	struct object *object = object_alloc();
	int ret;

	object->mn.ops = &ops;
	ret = mmu_notifier_register(&object->mn, mm);
	if (!ret && object_check(start)) {
		mmu_notifier_unregister(&object->mn, mm);
		kfree(object);
	}
	return ret;
}
