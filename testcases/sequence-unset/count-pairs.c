/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * count-pairs.c - are a start and an end found of which one counts a region on paths on which the other does not?
 */
#define TEST_COUNTED_OLD
#include "era-d2/mmu_notifier.h"
#include "counted.h"

static int good_start(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	spin_lock(&kvm->mmu_lock);
	kvm->mmu_notifier_count++;
	kvm_unmap(kvm, range->start, range->end);
	spin_unlock(&kvm->mmu_lock);
	return 0;
}

static void good_end(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	spin_lock(&kvm->mmu_lock);
	kvm->mmu_notifier_seq++;
	kvm->mmu_notifier_count--;
	spin_unlock(&kvm->mmu_lock);
}

const struct mmu_notifier_ops good_ops = {
	.invalidate_range_start = good_start,
	.invalidate_range_end = good_end,
};

/* a region that it is not told of by the start */
static int bad_start_no_blocking(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	if (!mmu_notifier_range_blockable(range))
		return 0; /* warn(sequence-unset:count-missed) */
	spin_lock(&kvm->mmu_lock);
	kvm->mmu_notifier_count += 1;
	spin_unlock(&kvm->mmu_lock);
	return 0;
}

static void good_end_of_each(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	spin_lock(&kvm->mmu_lock);
	kvm->mmu_notifier_seq++;
	kvm->mmu_notifier_count--;
	spin_unlock(&kvm->mmu_lock);
}

const struct mmu_notifier_ops ops_start_misses = {
	.invalidate_range_start = bad_start_no_blocking,
	.invalidate_range_end = good_end_of_each,
};

/* what another file returns may be a failure: the end need not follow */
int kvm_try(struct kvm *kvm, const struct mmu_notifier_range *range);

static int good_start_or_try(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	if (!mmu_notifier_range_blockable(range))
		return kvm_try(kvm, range);
	spin_lock(&kvm->mmu_lock);
	kvm->mmu_notifier_count++;
	spin_unlock(&kvm->mmu_lock);
	return 0;
}

static void good_end_unless_dying(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	spin_lock(&kvm->mmu_lock);
	kvm->mmu_notifier_seq++;
	if (!kvm->dying)
		kvm->mmu_notifier_count--;
	spin_unlock(&kvm->mmu_lock);
}

const struct mmu_notifier_ops ops_start_or_try = {
	.invalidate_range_start = good_start_or_try,
	.invalidate_range_end = good_end_unless_dying,
};

/* .. or by no start */
static int bad_start_never(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	spin_lock(&kvm->mmu_lock);
	kvm_flush(range->start, range->end);
	spin_unlock(&kvm->mmu_lock);
	return 0; /* warn(sequence-unset:count-missed) */
}

static void good_end_if_mapped(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	if (range->start > kvm->last)
		return;
	spin_lock(&kvm->mmu_lock);
	kvm->mmu_notifier_seq++;
	kvm->mmu_notifier_count--;
	spin_unlock(&kvm->mmu_lock);
}

const struct mmu_notifier_ops ops_start_never = {
	.invalidate_range_start = bad_start_never,
	.invalidate_range_end = good_end_if_mapped,
};

/* the end leaves it open */
static int good_start_of_each(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	spin_lock(&kvm->mmu_lock);
	kvm->mmu_notifier_count++;
	kvm_flush(range->start, range->end);
	spin_unlock(&kvm->mmu_lock);
	return 0;
}

static void bad_end_dying(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	spin_lock(&kvm->mmu_lock);
	kvm->mmu_notifier_seq++;
	if (!kvm->dying)
		kvm->mmu_notifier_count--;
	spin_unlock(&kvm->mmu_lock);
} /* warn(sequence-unset:count-kept) */

const struct mmu_notifier_ops ops_end_keeps = {
	.invalidate_range_start = good_start_of_each,
	.invalidate_range_end = bad_end_dying,
};

/* .. always */
static int good_start_if_mapped(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	if (range->start > kvm->last)
		return 0;
	spin_lock(&kvm->mmu_lock);
	kvm->mmu_notifier_count++;
	spin_unlock(&kvm->mmu_lock);
	return 0;
}

static void bad_end_never(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	spin_lock(&kvm->mmu_lock);
	kvm->mmu_notifier_seq++;
	spin_unlock(&kvm->mmu_lock);
} /* warn(sequence-unset:count-kept) */

const struct mmu_notifier_ops ops_end_never = {
	.invalidate_range_start = good_start_if_mapped,
	.invalidate_range_end = bad_end_never,
};

/* where both leave out what is not mapped, which paths these are is not compared */
static int good_start_of_mapped(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	if (range->start > kvm->last || range->end <= kvm->first)
		return 0;
	spin_lock(&kvm->mmu_lock);
	kvm->mmu_notifier_count++;
	spin_unlock(&kvm->mmu_lock);
	return 0;
}

static void good_end_of_mapped(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	if (range->start > kvm->last || range->end <= kvm->first)
		return;
	spin_lock(&kvm->mmu_lock);
	kvm->mmu_notifier_seq++;
	kvm->mmu_notifier_count--;
	spin_unlock(&kvm->mmu_lock);
}

const struct mmu_notifier_ops ops_mapped = {
	.invalidate_range_start = good_start_of_mapped,
	.invalidate_range_end = good_end_of_mapped,
};

/* what it calls of another file does not count for it */
static int bad_start_elsewhere(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	kvm_unmap(kvm_of(mn), range->start, range->end);
	return 0; /* warn(sequence-unset:count-missed) */
}

static void good_end_of_elsewhere(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	spin_lock(&kvm->mmu_lock);
	kvm->mmu_notifier_seq++;
	kvm->mmu_notifier_count--;
	spin_unlock(&kvm->mmu_lock);
}

const struct mmu_notifier_ops ops_elsewhere = {
	.invalidate_range_start = bad_start_elsewhere,
	.invalidate_range_end = good_end_of_elsewhere,
};

/* an end of another file is not known */
void end_elsewhere(struct mmu_notifier *mn, const struct mmu_notifier_range *range);

static int good_start_alone(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	if (range->start > kvm->last)
		return 0;
	spin_lock(&kvm->mmu_lock);
	kvm->mmu_notifier_count++;
	spin_unlock(&kvm->mmu_lock);
	return 0;
}

const struct mmu_notifier_ops ops_alone = {
	.invalidate_range_start = good_start_alone,
	.invalidate_range_end = end_elsewhere,
};
