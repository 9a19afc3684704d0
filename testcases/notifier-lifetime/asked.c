/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * asked.c - is an object left alone that is asked whether it has a notifier to remove, before it is freed?
 */
#include "era-e/mmu_notifier.h"
#include "lifetime.h"

struct range_object {
	struct object object;
	unsigned int flags;
	struct object *backing;
};

struct range_object *range_alloc(unsigned int flags);
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

static inline bool good_has_notifier(const struct range_object *range)
{
	return !range->backing && !(range->flags & 1);
}

static void good_free(struct range_object *range)
{
	kfree(&range->object);
}

/* what is stored when it is inserted says which way this one goes */
static void good_destroy(struct range_object *range)
{
	if (good_has_notifier(range))
		mmu_interval_notifier_remove(&range->object.mni);
	good_free(range);
}

static void bad_destroy_early(struct range_object *range)
{
	kfree(&range->object); /* warn(notifier-lifetime:freed-inserted) */
	mmu_interval_notifier_remove(&range->object.mni);
}

static struct range_object *create(struct mm_struct *mm, unsigned int flags)
{
	struct range_object *range = range_alloc(flags);

	if (!good_has_notifier(range))
		return range;
	mutex_init(&range->object.lock);
	if (mmu_interval_notifier_insert(&range->object.mni, mm, 0, PAGE_SIZE, &ops)) {
		kfree(&range->object);
		return NULL;
	}
	return range;
}

struct range_object *good_new(struct mm_struct *mm, unsigned int flags)
{
	struct range_object *range = create(mm, flags);

	if (!range)
		return NULL;
	if (object_check(flags)) {
		good_destroy(range);
		return NULL;
	}
	return range;
}

struct range_object *bad_new(struct mm_struct *mm, unsigned int flags, int busy)
{
	struct range_object *range = create(mm, flags);

	if (!range)
		return NULL;
	if (busy) {
		bad_destroy_early(range);
		return NULL;
	}
	return range;
}

/* here it is the function itself that knows what it inserted */
struct range_object *bad_new_at_once(struct mm_struct *mm, unsigned int flags, int busy, int late)
{
	struct range_object *range = range_alloc(flags);

	mutex_init(&range->object.lock);
	if (mmu_interval_notifier_insert(&range->object.mni, mm, 0, PAGE_SIZE, &ops))
		goto out_free;
	if (busy)
		goto out_free;
	if (late)
		goto out_remove;
	return range;
out_remove:
	mmu_interval_notifier_remove(&range->object.mni);
out_free:
	kfree(&range->object); /* warn(notifier-lifetime:freed-inserted) */
	return NULL;
}
