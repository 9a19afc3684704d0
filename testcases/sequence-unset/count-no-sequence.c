/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * count-no-sequence.c - is nothing asked of a count in an object that keeps readers off in some other way?
 */
#include "era-e/mmu_notifier.h"
#include "sleep.h"

struct kvm {
	spinlock_t mmu_lock;
	struct mmu_notifier mmu_notifier;
	long mmu_invalidate_in_progress;
};

void good_end(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = container_of(mn, struct kvm, mmu_notifier);

	kvm->mmu_invalidate_in_progress--;
}

const struct mmu_notifier_ops good_ops = { .invalidate_range_end = good_end };
