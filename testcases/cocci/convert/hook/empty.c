// SPDX-License-Identifier: GPL-2.0-only
/*
 * empty.c - does an empty hook go?
 * spatch: -D HOOK=arch_invalidate_page -D RANGE_HOOK=arch_invalidate_range
 */
#include <linux/mmu_notifier.h>

/* nothing to do here */
static inline void arch_invalidate_page(struct kvm *kvm, unsigned long address)
{
}

int other(struct kvm *kvm);
