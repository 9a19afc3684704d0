/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * count-elsewhere.c - is an object left alone that counts regions, where the notifier that is told of them does not lie in it?
 */
#include "era-e/mmu_notifier.h"
#include "sleep.h"

struct kvm {
	spinlock_t mmu_lock;
	unsigned long mmu_invalidate_seq;
	long mmu_invalidate_in_progress;
};

struct listener {
	struct mmu_notifier mmu_notifier;
	struct kvm *kvm, *next;
};

static int good_start(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = container_of(mn, struct listener, mmu_notifier)->kvm;

	spin_lock(&kvm->mmu_lock);
	kvm->mmu_invalidate_in_progress++;
	spin_unlock(&kvm->mmu_lock);
	return 0;
}

/* which one is told, and which one goes on, is the listener's business */
static void good_end(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = container_of(mn, struct listener, mmu_notifier)->next;

	spin_lock(&kvm->mmu_lock);
	kvm->mmu_invalidate_in_progress--;
	spin_unlock(&kvm->mmu_lock);
}

const struct mmu_notifier_ops ops = {
	.invalidate_range_start = good_start,
	.invalidate_range_end = good_end,
};
