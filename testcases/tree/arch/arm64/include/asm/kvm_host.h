/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _ASM_ARM64_KVM_HOST_H
#define _ASM_ARM64_KVM_HOST_H

void kvm_arm_halt_guest(struct kvm *kvm);

/* Nothing of a guest's own lies in a page of the host here. */
static inline void kvm_arch_mmu_notifier_invalidate_page(struct kvm *kvm,
							 unsigned long address)
{
}

#endif /* _ASM_ARM64_KVM_HOST_H */
