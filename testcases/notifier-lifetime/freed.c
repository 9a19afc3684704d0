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
