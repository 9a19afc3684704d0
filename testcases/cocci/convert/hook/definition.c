// SPDX-License-Identifier: GPL-2.0-only
/*
 * definition.c - does the hook of an architecture take a range?
 * spatch: -D HOOK=arch_invalidate_page -D RANGE_HOOK=arch_invalidate_range
 */
#include <linux/mmu_notifier.h>

void arch_invalidate_page(struct kvm *kvm, unsigned long address)
{
	/* The guest holds the address of this page. */
	if (address == special_page(kvm))
		reload_all(kvm);
}
