// SPDX-License-Identifier: GPL-2.0-only
/*
 * other-function.c - is another function left alone?
 * spatch: -D HOOK=arch_invalidate_page -D RANGE_HOOK=arch_invalidate_range
 */
#include <linux/mmu_notifier.h>

void arch_invalidate_slot(struct kvm *kvm, unsigned long address)
{
	if (address == special_page(kvm))
		reload_all(kvm);
}
