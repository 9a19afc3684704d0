/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * uses.c - is what a callback uses found through helpers that call themselves, hooks, and values of two paths?
 */
#include "era-d2/mmu_notifier.h"
#include "lifetime.h"

struct hooks {
	void (*take)(struct mutex *lock);
	void (*note)(unsigned long start);
};

extern const struct hooks *hooks;

void object_note(struct object *object);

#define OBJECT_OF(mn)	container_of(mn, struct object, mn)

/* a helper that calls itself */
static void take_at(struct object *object, int depth)
{
	if (depth)
		take_at(object, depth - 1);
	else
		mutex_lock(&object->lock);
}

static int good_recursive(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct object *object = OBJECT_OF(mn);

	if (!mmu_notifier_range_blockable(range))
		return -11;
	take_at(object, (int)object->length);
	mutex_unlock(&object->lock);
	return 0;
}

/* .. and does not use it */
static void show_at(struct object *object, int depth)
{
	object_show(object->start);
	if (depth)
		show_at(object, depth - 1);
}

static int good_recursive_without(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct object *object = OBJECT_OF(mn);

	show_at(object, (int)object->length);
	return 0;
}

/* more arguments than a function has names for */
static void say(const char *format, ...)
{
	object_show((unsigned long)format);
}

static int good_variable(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct object *object = OBJECT_OF(mn);

	say("%lx %p %p", range->start, object, mn);
	return 0;
}

/* a hook that is passed a lock may take it .. */
static int good_hook(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct object *object = OBJECT_OF(mn);

	if (mmu_notifier_range_blockable(range))
		hooks->take(&object->own);
	return 0;
}

static int good_hook_without(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct object *object = OBJECT_OF(mn);

	hooks->note(object->start + range->start);
	return 0;
}

/* of two paths one comes to the object */
static int good_either(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct object *object = OBJECT_OF(mn), *other = range->owner;
	struct object *one = other ? other : object;

	if (!mmu_notifier_range_blockable(range))
		return -11;
	mutex_lock(&one->lock);
	mutex_unlock(&one->lock);
	return 0;
}

/* by a number that is not known it may be anything */
static int good_by_number(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	unsigned long *at = (unsigned long *)((char *)mn + range->start);

	object_show(*at);
	return 0;
}

/* .. and who is passed the object need not use what stands first in it */
static int good_elsewhere(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	object_note(OBJECT_OF(mn));
	return 0;
}

#define OPS(name) static const struct mmu_notifier_ops name##_ops = { .invalidate_range_start = name }
OPS(good_recursive);
OPS(good_recursive_without);
OPS(good_variable);
OPS(good_hook);
OPS(good_hook_without);
OPS(good_either);
OPS(good_by_number);
OPS(good_elsewhere);

#define REGISTER(name, table, lock)						\
int name(struct object *object, struct mm_struct *mm)				\
{										\
	int ret;								\
										\
	object->mn.ops = &(table);						\
	ret = mmu_notifier_register(&object->mn, mm);				\
	if (ret)								\
		return ret;							\
	__mutex_init(&object->lock, #lock, NULL);				\
	return 0;								\
}

REGISTER(bad_register_recursive, good_recursive_ops, lock) /* warn(notifier-lifetime:inserted-early) */
REGISTER(good_register_recursive_without, good_recursive_without_ops, lock)
REGISTER(good_register_variable, good_variable_ops, lock)
REGISTER(bad_register_hook, good_hook_ops, own) /* warn(notifier-lifetime:inserted-early) */
REGISTER(good_register_hook_without, good_hook_without_ops, own)
REGISTER(bad_register_either, good_either_ops, lock) /* warn(notifier-lifetime:inserted-early) */
REGISTER(good_register_by_number, good_by_number_ops, lock)
REGISTER(good_register_elsewhere, good_elsewhere_ops, lock)
