// SPDX-License-Identifier: GPL-2.0-only
/*
 * arch/x86/kvm/x86.c - what a guest needs on this architecture
 */

#include <linux/export.h>
#include <linux/kvm_host.h>

static unsigned long apic_access_pfn;

/* The processor has its own copy of the page's address. */
void kvm_vcpu_reload_apic_access_page(struct kvm_vcpu *vcpu)
{
	struct page *page;

	page = gfn_to_page(vcpu->kvm, APIC_DEFAULT_PHYS_BASE >> PAGE_SHIFT);
	if (!page)
		return;

	apic_access_pfn = page_to_pfn(page);
	/* no reference is kept: invalidation comes by the notifiers */
	put_page(page);
}
EXPORT_SYMBOL_GPL(kvm_vcpu_reload_apic_access_page);

/* When the host moves the APIC access page, every CPU must reload it. */
void kvm_arch_mmu_notifier_invalidate_page(struct kvm *kvm,
					   unsigned long address)
{
	if (address == gfn_to_hva(kvm, APIC_DEFAULT_PHYS_BASE >> PAGE_SHIFT))
		kvm_make_all_cpus_request(kvm, KVM_REQ_APIC_PAGE_RELOAD);
}
