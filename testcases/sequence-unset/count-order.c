/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * count-order.c - is an end found that lets readers go on before they can see that they are late, or with no lock?
 */
#include "era-e/mmu_notifier.h"
#include "counted.h"

void kvm_lock(struct kvm *kvm);
void kvm_unlock(struct kvm *kvm);

void bad_no_sequence(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	spin_lock(&kvm->mmu_lock);
	kvm->mmu_invalidate_in_progress--; /* warn(sequence-unset:count-early) */
	spin_unlock(&kvm->mmu_lock);
}

void bad_order(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	spin_lock(&kvm->mmu_lock);
	kvm->mmu_invalidate_in_progress--; /* warn(sequence-unset:count-early) */
	kvm->mmu_invalidate_seq++;
	spin_unlock(&kvm->mmu_lock);
}

void bad_no_lock(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	kvm->mmu_invalidate_seq++; /* warn(sequence-unset:count-unlocked) */
	kvm->mmu_invalidate_in_progress--;
}

int bad_start_behind_lock(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	spin_lock(&kvm->mmu_lock);
	kvm_flush(range->start, range->end);
	spin_unlock(&kvm->mmu_lock);
	kvm->mmu_invalidate_in_progress++; /* warn(sequence-unset:count-unlocked) */
	return 0;
}

void good_order(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	spin_lock(&kvm->mmu_lock);
	kvm->mmu_invalidate_seq++;
	kvm->mmu_invalidate_in_progress--;
	spin_unlock(&kvm->mmu_lock);
}

void good_mutex(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	if (!mmu_notifier_range_blockable(range))
		return;
	mutex_lock(&kvm->slots_lock);
	kvm->mmu_invalidate_seq++;
	kvm->mmu_invalidate_in_progress--;
	mutex_unlock(&kvm->slots_lock);
}

/* another file may take the lock */
void good_lock_of_another_file(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	kvm_lock(kvm);
	kvm->mmu_invalidate_seq++;
	kvm->mmu_invalidate_in_progress--;
	kvm_unlock(kvm);
}

static inline void kvm_wake(struct kvm *kvm)
{
	kvm->mmu_invalidate_seq++;
}

void good_sequence_of_helper(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	spin_lock(&kvm->mmu_lock);
	kvm_wake(kvm);
	kvm->mmu_invalidate_in_progress--;
	spin_unlock(&kvm->mmu_lock);
}

/* who is no callback may do as he likes */
void good_no_callback(struct kvm *kvm)
{
	kvm->mmu_invalidate_in_progress--;
}

#define END(name) const struct mmu_notifier_ops ops_##name = { .invalidate_range_end = name }
END(bad_no_sequence);
END(bad_order);
END(bad_no_lock);
END(good_order);
END(good_mutex);
END(good_lock_of_another_file);
END(good_sequence_of_helper);
const struct mmu_notifier_ops ops_start = { .invalidate_range_start = bad_start_behind_lock };
