/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * count-d1.c - is a region that is not counted found by the callbacks of 4.13 to 4.20, which have no range?
 */
#define TEST_COUNTED_OLD
#define TEST_KERNEL_4_19
#include "era-d1/mmu_notifier.h"
#include "counted.h"

static int bad_start(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end,
		     bool blockable)
{
	struct kvm *kvm = kvm_of(mn);

	if (!blockable)
		return 0; /* warn(sequence-unset:count-missed) */
	spin_lock(&kvm->mmu_lock);
	kvm->mmu_notifier_count++;
	spin_unlock(&kvm->mmu_lock);
	return 0;
}

static int good_start(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end,
		      bool blockable)
{
	struct kvm *kvm = kvm_of(mn);

	if (!blockable)
		return -EAGAIN;
	spin_lock(&kvm->mmu_lock);
	kvm->mmu_notifier_count++;
	spin_unlock(&kvm->mmu_lock);
	return 0;
}

static void good_end(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct kvm *kvm = kvm_of(mn);

	spin_lock(&kvm->mmu_lock);
	kvm->mmu_notifier_seq++;
	kvm->mmu_notifier_count--;
	spin_unlock(&kvm->mmu_lock);
}

const struct mmu_notifier_ops ops_short = {
	.invalidate_range_start = bad_start,
	.invalidate_range_end = good_end,
};

const struct mmu_notifier_ops good_ops = {
	.invalidate_range_start = good_start,
	.invalidate_range_end = good_end,
};

/* of two callbacks it is judged as the stricter one, which may not sleep, and counts nothing */
static void good_for_two(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct kvm *kvm = kvm_of(mn);

	spin_lock(&kvm->mmu_lock);
	kvm->mmu_notifier_seq++;
	if (!kvm->dying)
		kvm->mmu_notifier_count--;
	spin_unlock(&kvm->mmu_lock);
}

const struct mmu_notifier_ops ops_both = {
	.invalidate_range = good_for_two,
	.invalidate_range_start = good_start,
	.invalidate_range_end = good_for_two,
};
