/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * count-first-member.c - is an object that counts regions known where its notifier is its first member?
 */
#include "era-e/mmu_notifier.h"
#include "sleep.h"

struct kvm {
	struct mmu_notifier mmu_notifier;
	spinlock_t mmu_lock;
	unsigned long mmu_invalidate_seq;
	long mmu_invalidate_in_progress;
};

static int good_start(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = container_of(mn, struct kvm, mmu_notifier);

	spin_lock(&kvm->mmu_lock);
	kvm->mmu_invalidate_in_progress++;
	spin_unlock(&kvm->mmu_lock);
	return 0;
}

static void bad_end(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = container_of(mn, struct kvm, mmu_notifier);

	spin_lock(&kvm->mmu_lock);
	kvm->mmu_invalidate_in_progress--; /* warn(sequence-unset:count-early) */
	kvm->mmu_invalidate_seq++;
	spin_unlock(&kvm->mmu_lock);
}

const struct mmu_notifier_ops ops = {
	.invalidate_range_start = good_start,
	.invalidate_range_end = bad_end,
};
