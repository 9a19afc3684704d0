// SPDX-License-Identifier: GPL-2.0-only
/*
 * callbacks.c - is the hook called from the callback that remains?
 * spatch: -D HOOK=arch_invalidate_page -D RANGE_HOOK=arch_invalidate_range
 */
#include <linux/mmu_notifier.h>

static void gone(struct mmu_notifier *mn, struct mm_struct *mm,
		 unsigned long address)
{
	struct kvm *kvm = to_kvm(mn);
	int idx;

	idx = srcu_read_lock(&kvm->srcu);
	arch_invalidate_page(kvm, address);
	srcu_read_unlock(&kvm->srcu, idx);
}

static void start_region(struct mmu_notifier *mn, struct mm_struct *mm,
			 unsigned long start, unsigned long end)
{
	struct kvm *kvm = to_kvm(mn);
	int idx;

	idx = srcu_read_lock(&kvm->srcu);
	unmap(kvm, start, end);
	srcu_read_unlock(&kvm->srcu, idx);
}

static const struct mmu_notifier_ops ops = {
	.invalidate_page = gone,
	.invalidate_range_start = start_region,
};
