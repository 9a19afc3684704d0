/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * count-pointer.c - is a region followed that functions count whose addresses a structure of the callback hands to
 * a helper?
 */
#include "era-e/mmu_notifier.h"
#include "counted.h"

struct walk {
	unsigned long start, end;
	void (*on_lock)(struct kvm *kvm, unsigned long start, unsigned long end);
	bool (*handler)(unsigned long start, unsigned long end);
};

bool unmap_slot(unsigned long start, unsigned long end);

static bool no_handler(unsigned long start, unsigned long end)
{
	return false;
}

static void count_up(struct kvm *kvm, unsigned long start, unsigned long end)
{
	kvm->mmu_invalidate_in_progress++;
	if (kvm->mmu_invalidate_in_progress == 1)
		kvm->first = start;
}

static void count_down(struct kvm *kvm, unsigned long start, unsigned long end)
{
	kvm->mmu_invalidate_seq++;
	kvm->mmu_invalidate_in_progress--;
}

static void bad_down(struct kvm *kvm, unsigned long start, unsigned long end)
{
	kvm->mmu_invalidate_in_progress--; /* warn(sequence-unset:count-early) */
}

static void do_nothing(struct kvm *kvm, unsigned long start, unsigned long end)
{
}

static void walk_slots(struct kvm *kvm, const struct walk *walk)
{
	unsigned long slot;
	bool locked = false;

	for (slot = kvm->first; slot < kvm->last; slot++) {
		if (slot < walk->start || slot >= walk->end)
			continue;
		if (!locked) {
			locked = true;
			spin_lock(&kvm->mmu_lock);
			walk->on_lock(kvm, walk->start, walk->end);
			if (walk->handler == no_handler)
				break;
		}
		walk->handler(slot, slot + 1);
	}
	if (locked)
		spin_unlock(&kvm->mmu_lock);
}

static int good_start(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	const struct walk walk = { range->start, range->end, count_up, unmap_slot };

	walk_slots(kvm_of(mn), &walk);
	return 0;
}

static void good_end(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	const struct walk walk = { range->start, range->end, count_down, no_handler };

	walk_slots(kvm_of(mn), &walk);
}

static int bad_start(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	const struct walk walk = { range->start, range->end, do_nothing, unmap_slot };

	walk_slots(kvm_of(mn), &walk);
	return 0; /* warn(sequence-unset:count-missed) */
}

static void bad_end(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	const struct walk walk = { range->start, range->end, count_up, no_handler };

	walk_slots(kvm_of(mn), &walk);
} /* warn(sequence-unset:count-kept) */

static void bad_end_tells_nobody(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	const struct walk walk = { range->start, range->end, bad_down, no_handler };

	walk_slots(kvm_of(mn), &walk);
}

const struct mmu_notifier_ops good_ops = {
	.invalidate_range_start = good_start,
	.invalidate_range_end = good_end,
};

const struct mmu_notifier_ops start_ops = {
	.invalidate_range_start = bad_start,
	.invalidate_range_end = good_end,
};

const struct mmu_notifier_ops end_ops = {
	.invalidate_range_start = good_start,
	.invalidate_range_end = bad_end,
};

const struct mmu_notifier_ops early_ops = {
	.invalidate_range_end = bad_end_tells_nobody,
};
