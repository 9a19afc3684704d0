// SPDX-License-Identifier: GPL-2.0-only
/*
 * prototype.c - does its prototype?
 * spatch: -D HOOK=arch_invalidate_page -D RANGE_HOOK=arch_invalidate_range
 */
#include <linux/mmu_notifier.h>

void arch_invalidate_page(struct kvm *kvm, unsigned long address);
