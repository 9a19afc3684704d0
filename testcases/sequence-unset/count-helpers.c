/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * count-helpers.c - is an end that lets readers go on too early found, unless what it calls may have counted for it?
 */
#include "era-e/mmu_notifier.h"
#include "counted.h"
#include "counting.h"

extern const struct kvm_hooks *hooks;

void bad_note(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	spin_lock(&kvm->mmu_lock);
	kvm_note(kvm);
	kvm->mmu_invalidate_in_progress--; /* warn(sequence-unset:count-early) */
	spin_unlock(&kvm->mmu_lock);
}

void good_tell(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	spin_lock(&kvm->mmu_lock);
	kvm_tell(kvm);
	kvm->mmu_invalidate_in_progress--;
	spin_unlock(&kvm->mmu_lock);
}

void good_uncount(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	spin_lock(&kvm->mmu_lock);
	kvm_uncount(kvm);
	kvm->mmu_invalidate_in_progress--;
	spin_unlock(&kvm->mmu_lock);
}

void good_tell_by_hook(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	spin_lock(&kvm->mmu_lock);
	kvm_tell_by_hook(kvm, hooks);
	kvm->mmu_invalidate_in_progress--;
	spin_unlock(&kvm->mmu_lock);
}

/* another file leaves the count as it was */
void bad_tell_elsewhere(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	spin_lock(&kvm->mmu_lock);
	kvm_tell_elsewhere(kvm);
	kvm->mmu_invalidate_in_progress--; /* warn(sequence-unset:count-early) */
	spin_unlock(&kvm->mmu_lock);
}

/* what is not passed the object does not count for it */
void bad_wake_all(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	spin_lock(&kvm->mmu_lock);
	kvm_wake_all(kvm);
	kvm->mmu_invalidate_in_progress--; /* warn(sequence-unset:count-early) */
	spin_unlock(&kvm->mmu_lock);
}

void bad_check(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	spin_lock(&kvm->mmu_lock);
	kvm_check(kvm);
	kvm->mmu_invalidate_in_progress--; /* warn(sequence-unset:count-early) */
	spin_unlock(&kvm->mmu_lock);
}

void bad_four_calls(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	spin_lock(&kvm->mmu_lock);
	if (kvm_4(kvm) > 3)
		kvm->first = 0;
	kvm->mmu_invalidate_in_progress--; /* warn(sequence-unset:count-early) */
	spin_unlock(&kvm->mmu_lock);
}

void bad_wait(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	spin_lock(&kvm->mmu_lock);
	kvm_wait(kvm);
	kvm->mmu_invalidate_in_progress--; /* warn(sequence-unset:count-early) */
	spin_unlock(&kvm->mmu_lock);
}

/* what is further away may do anything */
void good_five_calls(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	spin_lock(&kvm->mmu_lock);
	if (kvm_5(kvm) > 3)
		kvm->first = 0;
	kvm->mmu_invalidate_in_progress--;
	spin_unlock(&kvm->mmu_lock);
}

/* through a pointer, passed the object, the notifier in it, or a structure that holds it */
void good_hook(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	spin_lock(&kvm->mmu_lock);
	hooks->wake(kvm);
	kvm->mmu_invalidate_in_progress--;
	spin_unlock(&kvm->mmu_lock);
}

void good_hook_notifier(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	spin_lock(&kvm->mmu_lock);
	hooks->wake_all(mn);
	kvm->mmu_invalidate_in_progress--;
	spin_unlock(&kvm->mmu_lock);
}

void good_hook_wait(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);
	struct wait wait = { kvm, range->start };

	spin_lock(&kvm->mmu_lock);
	hooks->wake_all(&wait);
	kvm->mmu_invalidate_in_progress--;
	spin_unlock(&kvm->mmu_lock);
}

/* .. and not passed any of them */
void bad_hook_other_wait(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);
	struct wait wait = { NULL, range->start };

	spin_lock(&kvm->mmu_lock);
	hooks->wake_all(&wait);
	kvm->mmu_invalidate_in_progress--; /* warn(sequence-unset:count-early) */
	spin_unlock(&kvm->mmu_lock);
}

void bad_hook_member(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	spin_lock(&kvm->mmu_lock);
	hooks->wake_all(&kvm->first);
	kvm->mmu_invalidate_in_progress--; /* warn(sequence-unset:count-early) */
	spin_unlock(&kvm->mmu_lock);
}

void bad_hook_range(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	spin_lock(&kvm->mmu_lock);
	hooks->wake_all((void *)range->start);
	kvm->mmu_invalidate_in_progress--; /* warn(sequence-unset:count-early) */
	spin_unlock(&kvm->mmu_lock);
}

void good_hook_count(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	spin_lock(&kvm->mmu_lock);
	hooks->wake_all(&kvm->mmu_invalidate_seq);
	kvm->mmu_invalidate_in_progress--;
	spin_unlock(&kvm->mmu_lock);
}

/* by how much that is less is not known */
void good_set(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	spin_lock(&kvm->mmu_lock);
	kvm->mmu_invalidate_in_progress = 1;
	kvm->mmu_invalidate_in_progress--;
	spin_unlock(&kvm->mmu_lock);
}

/* it is said once */
void bad_twice(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct kvm *kvm = kvm_of(mn);

	spin_lock(&kvm->mmu_lock);
	kvm->mmu_invalidate_in_progress--; /* warn(sequence-unset:count-early) */
	kvm->mmu_invalidate_in_progress--;
	spin_unlock(&kvm->mmu_lock);
}

#define END(name) const struct mmu_notifier_ops ops_##name = { .invalidate_range_end = name }
END(bad_note);
END(good_tell);
END(good_uncount);
END(good_tell_by_hook);
END(bad_tell_elsewhere);
END(bad_wake_all);
END(bad_check);
END(bad_wait);
END(bad_four_calls);
END(good_five_calls);
END(good_hook);
END(good_hook_notifier);
END(good_hook_wait);
END(bad_hook_other_wait);
END(bad_hook_member);
END(bad_hook_range);
END(good_hook_count);
END(good_set);
END(bad_twice);
