// SPDX-License-Identifier: GPL-2.0-only
/*
 * hook.c - do a definition, its comment, a prototype and an export go?
 *
 * spatch: -D HOOK=arch_invalidate_page
 */
#include <linux/kvm_host.h>

void arch_invalidate_page(struct kvm *kvm, unsigned long address);
void arch_invalidate_range(struct kvm *kvm, unsigned long start, unsigned long end);

static inline void arch_nothing(struct kvm *kvm)
{
}

/* one page is gone */
void arch_invalidate_page(struct kvm *kvm, unsigned long address)
{
	if (address == apic_page(kvm))
		reload(kvm);
}
EXPORT_SYMBOL_GPL(arch_invalidate_page);

void arch_invalidate_range(struct kvm *kvm, unsigned long start, unsigned long end)
{
	reload(kvm);
}
