/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * lists.c - does a loop that reads the sequences of many notifiers come to rest, and one that asks the retries speak for it?
 */
#include "era-e/mmu_notifier.h"
#include "interval.h"
#include "reader.h"

struct list_head {
	struct list_head *next, *prev;
};

#define list_for_each_entry(pos, head, member)						\
	for (pos = container_of((head)->next, __typeof__(*pos), member);		\
	     &pos->member != (head);							\
	     pos = container_of(pos->member.next, __typeof__(*pos), member))

struct object {
	struct mmu_interval_notifier mni;
	struct list_head link;
	struct hmm_range *range;
	unsigned long seq;
};

void good_reads_many(struct object *object, int n)
{
	for (int i = 0; i < n; i++)
		object[i].seq = mmu_interval_read_begin(&object[i].mni);
}

int good_two_loops(struct mirror *mirror, struct object *object, int n)
{
	bool changed = false;

	for (int i = 0; i < n; i++) {
		object[i].range->notifier_seq = mmu_interval_read_begin(&object[i].mni);
		if (hmm_range_fault(object[i].range))
			return -EBUSY;
	}
	mutex_lock(&mirror->lock);
	for (int i = 0; i < n; i++)
		changed |= mmu_interval_read_retry(&object[i].mni, object[i].range->notifier_seq);
	if (!changed)
		mirror_program(mirror, object->range);
	mutex_unlock(&mirror->lock);
	return changed ? -EAGAIN : 0;
}

int good_list(struct mirror *mirror, struct list_head *objects)
{
	struct object *object;
	bool changed = false;

	list_for_each_entry(object, objects, link) {
		object->range->notifier_seq = mmu_interval_read_begin(&object->mni);
		if (hmm_range_fault(object->range))
			return -EBUSY;
	}
	mutex_lock(&mirror->lock);
	list_for_each_entry(object, objects, link)
		changed |= mmu_interval_read_retry(&object->mni, object->range->notifier_seq);
	mutex_unlock(&mirror->lock);
	return changed ? -EAGAIN : 0;
}

static int look_up(struct object *object)
{
	object->range->notifier = &object->mni;
	object->range->notifier_seq = mmu_interval_read_begin(&object->mni);
	return hmm_range_fault(object->range);
}

static bool is_changed(struct object *object)
{
	return mmu_interval_read_retry(object->range->notifier, object->range->notifier_seq);
}

int good_list_by_helpers(struct mirror *mirror, struct list_head *objects)
{
	struct object *object;
	bool changed = false;

	list_for_each_entry(object, objects, link)
		if (look_up(object))
			return -EBUSY;
	mutex_lock(&mirror->lock);
	list_for_each_entry(object, objects, link)
		changed |= is_changed(object);
	if (!changed)
		mirror_program(mirror, NULL);
	mutex_unlock(&mirror->lock);
	return changed ? -EAGAIN : 0;
}

int bad_list_not_asked(struct mirror *mirror, struct list_head *objects)
{
	struct object *object;

	list_for_each_entry(object, objects, link) {
		object->range->notifier_seq = mmu_interval_read_begin(&object->mni);
		if (hmm_range_fault(object->range)) /* warn(retry-missing:retry-missing) */
			return -EBUSY;
	}
	mutex_lock(&mirror->lock);
	list_for_each_entry(object, objects, link)
		mirror_program(mirror, NULL);
	mutex_unlock(&mirror->lock);
	return 0;
}
