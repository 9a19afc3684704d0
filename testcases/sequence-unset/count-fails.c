/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * count-fails.c - is a start found that counts a region and fails, so that no end is called?
 */
#define TEST_COUNTED_OLD
#include "era-d2/mmu_notifier.h"
#include "counted.h"

extern void (*kvm_give_up)(struct kvm *kvm);
bool is_mapped(unsigned long start, unsigned long end);

int bad_start(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	spin_lock(&kvm->mmu_lock);
	kvm->mmu_notifier_count++;
	spin_unlock(&kvm->mmu_lock);
	if (!mmu_notifier_range_blockable(range))
		return -EAGAIN; /* warn(sequence-unset:count-failed) */
	mutex_lock(&kvm->slots_lock);
	kvm_unmap(kvm, range->start, range->end);
	mutex_unlock(&kvm->slots_lock);
	return 0;
}

int good_start_asks_first(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	if (!mmu_notifier_range_blockable(range))
		return -EAGAIN;
	spin_lock(&kvm->mmu_lock);
	kvm->mmu_notifier_count++;
	spin_unlock(&kvm->mmu_lock);
	return 0;
}

int good_start_takes_back(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	spin_lock(&kvm->mmu_lock);
	kvm->mmu_notifier_count++;
	if (!mmu_notifier_range_blockable(range) && is_mapped(range->start, range->end)) {
		kvm->mmu_notifier_count--;
		spin_unlock(&kvm->mmu_lock);
		return -EAGAIN;
	}
	spin_unlock(&kvm->mmu_lock);
	return 0;
}

/* the one that the pointer points to may have taken it back */
int good_start_pointer(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	spin_lock(&kvm->mmu_lock);
	kvm->mmu_notifier_count++;
	spin_unlock(&kvm->mmu_lock);
	if (!mmu_notifier_range_blockable(range)) {
		kvm_give_up(kvm);
		return -EAGAIN;
	}
	return 0;
}

#define OPS(name) const struct mmu_notifier_ops ops_##name = { .invalidate_range_start = name }
OPS(bad_start);
OPS(good_start_asks_first);
OPS(good_start_takes_back);
OPS(good_start_pointer);
