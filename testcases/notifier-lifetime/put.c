/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * put.c - is an object freed behind a removal that does not wait, behind that of another notifier, or by another allocator's function?
 */
#include "era-e/mmu_notifier.h"
#include "lifetime.h"

struct kmem_cache;
struct device;

void kmem_cache_free(struct kmem_cache *cache, void *object);
void devm_kfree(struct device *dev, const void *object);
void mmu_notifier_synchronize(void);

static bool invalidate(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		       unsigned long seq)
{
	struct object *object = container_of(mni, struct object, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&object->lock);
	mmu_interval_set_seq(mni, seq);
	mutex_unlock(&object->lock);
	return true;
}

static const struct mmu_interval_notifier_ops interval_ops = { .invalidate = invalidate };

/* whoever has inserted it */
void bad_put_and_freed(struct object *object)
{
	mmu_notifier_put(&object->mn);
	kfree(object); /* warn(notifier-lifetime:freed-put) */
}

int bad_registered_and_put(struct object *object, struct mm_struct *mm)
{
	if (mmu_notifier_register(&object->mn, mm))
		return 1;
	mmu_notifier_put(&object->mn);
	kfree(object); /* warn(notifier-lifetime:freed-put) */
	return 0;
}

void good_put(struct object *object)
{
	mmu_notifier_put(&object->mn);
}

/* it waits for the callbacks of all that were put */
void good_put_and_waited_for(struct object *object)
{
	mmu_notifier_put(&object->mn);
	mmu_notifier_synchronize();
	kfree(object);
}

void good_another_object(struct object *object, struct object *other)
{
	mmu_notifier_put(&object->mn);
	kfree(other);
}

void good_unregistered(struct object *object, struct mm_struct *mm)
{
	mmu_notifier_unregister(&object->mn, mm);
	kfree(object);
}

/* a function of another file may wait */
void good_put_and_given(struct object *object)
{
	mmu_notifier_put(&object->mn);
	object_undo(object);
	kfree(object);
}

int bad_another_notifier_of_the_object(struct object *object, struct mm_struct *mm)
{
	if (mmu_interval_notifier_insert(&object->mni, mm, 0, PAGE_SIZE, &interval_ops))
		return 1;
	mmu_notifier_unregister(&object->mn, mm);
	kfree(object); /* warn(notifier-lifetime:freed-inserted) */
	return 0;
}

int good_both_notifiers_of_the_object(struct object *object, struct mm_struct *mm)
{
	if (mmu_interval_notifier_insert(&object->mni, mm, 0, PAGE_SIZE, &interval_ops))
		return 1;
	mmu_notifier_unregister(&object->mn, mm);
	mmu_interval_notifier_remove(&object->mni);
	kfree(object);
	return 0;
}

/* it may be the same one */
int good_notifier_of_a_pointer(struct object *object, struct mmu_interval_notifier *mni, struct mm_struct *mm)
{
	if (mmu_interval_notifier_insert(&object->mni, mm, 0, PAGE_SIZE, &interval_ops))
		return 1;
	mmu_interval_notifier_remove(mni);
	kfree(object);
	return 0;
}

int bad_freed_to_a_cache(struct object *object, struct mm_struct *mm, struct kmem_cache *cache)
{
	if (mmu_interval_notifier_insert(&object->mni, mm, 0, PAGE_SIZE, &interval_ops))
		return 1;
	kmem_cache_free(cache, object); /* warn(notifier-lifetime:freed-inserted) */
	return 0;
}

int good_removed_and_freed_to_a_cache(struct object *object, struct mm_struct *mm, struct kmem_cache *cache)
{
	if (mmu_interval_notifier_insert(&object->mni, mm, 0, PAGE_SIZE, &interval_ops))
		return 1;
	mmu_interval_notifier_remove(&object->mni);
	kmem_cache_free(cache, object);
	return 0;
}

int bad_freed_of_a_device(struct object *object, struct mm_struct *mm, struct device *dev)
{
	if (mmu_interval_notifier_insert(&object->mni, mm, 0, PAGE_SIZE, &interval_ops))
		return 1;
	devm_kfree(dev, object); /* warn(notifier-lifetime:freed-inserted) */
	return 0;
}
