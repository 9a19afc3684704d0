/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * given-away.c - is an error path found that frees an object with its notifier, beside one that gives it away?
 */
#include "era-e/mmu_notifier.h"
#include "lifetime.h"

static const struct mmu_interval_notifier_ops ops;

/* more blocks than are looked at with all states apart */
struct object *bad_end_of_scope(struct mm_struct *mm, unsigned long length)
{
	struct object *object __free(kfree) = object_alloc(); /* warn(notifier-lifetime:freed-inserted) */

	if (!object)
		return NULL;
	object->length = length;
	if (mmu_interval_notifier_insert(&object->mni, mm, 0, length, &ops))
		return NULL;
	if (length > 5)
		return NULL;
	return no_free_ptr(object);
}

struct object *bad_own_cleanup(struct mm_struct *mm, unsigned long length)
{
	struct object *object = object_alloc(), *done = NULL;

	if (!object)
		return NULL;
	if (mmu_interval_notifier_insert(&object->mni, mm, 0, length, &ops))
		goto out;
	if (length > 5)
		goto out;
	done = object;
	object = NULL;
out:
	if (object)
		kfree(object); /* warn(notifier-lifetime:freed-inserted) */
	return done;
}

struct object *good_own_cleanup(struct mm_struct *mm, unsigned long length)
{
	struct object *object = object_alloc(), *done = NULL;

	if (!object)
		return NULL;
	if (mmu_interval_notifier_insert(&object->mni, mm, 0, length, &ops))
		goto out;
	if (length > 5)
		goto remove;
	done = object;
	object = NULL;
	goto out;
remove:
	mmu_interval_notifier_remove(&object->mni);
out:
	if (object)
		kfree(object);
	return done;
}
