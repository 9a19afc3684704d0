// SPDX-License-Identifier: GPL-2.0-only
/*
 * other-use.c - is a hook that passes the address on refused?
 * spatch: -D HOOK=arch_invalidate_page -D RANGE_HOOK=arch_invalidate_range
 */
#include <linux/mmu_notifier.h>

void arch_invalidate_page(struct kvm *kvm, unsigned long address)
{
	flush(kvm, address); /* not rewritten: the hook uses the address other than to compare it */
}
