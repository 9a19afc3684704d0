/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * helper.c - is an object found that a helper, or the end of a scope, frees with its notifier inserted?
 */
#include "era-e/mmu_notifier.h"
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

static const struct mmu_interval_notifier_ops ops = {
	.invalidate = good_invalidate,
};

static int object_insert(struct object *object, struct mm_struct *mm)
{
	mutex_init(&object->lock);
	return mmu_interval_notifier_insert(&object->mni, mm, 0, PAGE_SIZE, &ops);
}

static void bad_free(struct object *object)
{
	kfree(object); /* warn(notifier-lifetime:freed-inserted) */
}

static void bad_clear(struct object **object)
{
	if (!*object)
		return;
	kfree(*object); /* warn(notifier-lifetime:freed-inserted) */
	*object = NULL;
}

static void good_destroy(struct object *object)
{
	mmu_interval_notifier_remove(&object->mni);
	kfree(object);
}

static void good_free_other(struct object *object)
{
	kfree(object);
}

struct object *bad_freed_by_helper(struct mm_struct *mm, unsigned long start)
{
	struct object *object = object_alloc();

	if (object_insert(object, mm))
		return NULL;
	if (object_check(start)) {
		bad_free(object); /* note: bad_free()' is called */
		return NULL;
	}
	return object;
}

int bad_cleared_by_helper(struct mm_struct *mm, unsigned long start)
{
	struct object *object = object_alloc();
	int ret;

	if (object_insert(object, mm))
		return -12;
	ret = object_check(start);
	if (ret)
		bad_clear(&object);
	return ret;
}

struct object *good_destroyed_by_helper(struct mm_struct *mm, unsigned long start)
{
	struct object *object = object_alloc();

	if (object_insert(object, mm))
		return NULL;
	if (object_check(start)) {
		good_destroy(object);
		return NULL;
	}
	return object;
}

/* where it was not inserted, and where it is another one */
struct object *good_not_inserted(struct mm_struct *mm, unsigned long start)
{
	struct object *object = object_alloc(), *other = object_alloc();

	if (object_insert(object, mm)) {
		good_free_other(object);
		return NULL;
	}
	good_free_other(other);
	return object;
}

struct object *bad_end_of_scope(struct mm_struct *mm, unsigned long start)
{
	struct object *object __free(kfree) = object_alloc(); /* warn(notifier-lifetime:freed-inserted): '__free_kfree()' frees */

	if (object_insert(object, mm))
		return NULL;
	if (object_check(start))
		return NULL;
	return no_free_ptr(object);
}

struct object *good_end_of_scope(struct mm_struct *mm, unsigned long start)
{
	struct object *object __free(kfree) = object_alloc();

	if (object_check(start))
		return NULL;
	if (object_insert(object, mm))
		return NULL;
	return no_free_ptr(object);
}
