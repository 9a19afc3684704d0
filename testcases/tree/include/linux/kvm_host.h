/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_KVM_HOST_H
#define _LINUX_KVM_HOST_H

#include <linux/mm.h>
#include <linux/mmu_notifier.h>
#include <linux/srcu.h>

typedef u64 gfn_t;

struct kvm;

#define KVM_REQ_TLB_FLUSH		0
#define KVM_REQ_APIC_PAGE_RELOAD	9
#define KVM_MAX_VCPUS			64

struct kvm_vcpu {
	struct kvm *kvm;
	int vcpu_id;
	unsigned long requests;
};

struct kvm {
	spinlock_t mmu_lock;
	struct mm_struct *mm;
	struct kvm_vcpu *vcpus[KVM_MAX_VCPUS];
	int online_vcpus;
	struct srcu_struct srcu;
	struct mmu_notifier mmu_notifier;
	unsigned long mmu_notifier_seq;
	long mmu_notifier_count;
	long tlbs_dirty;
};

#define kvm_for_each_vcpu(idx, vcpup, kvm)			\
	for (idx = 0;						\
	     idx < (kvm)->online_vcpus &&			\
	     (vcpup = (kvm)->vcpus[idx]) != NULL;		\
	     idx++)

unsigned long gfn_to_hva(struct kvm *kvm, gfn_t gfn);
struct page *gfn_to_page(struct kvm *kvm, gfn_t gfn);
bool kvm_make_all_cpus_request(struct kvm *kvm, unsigned int req);
void kvm_flush_remote_tlbs(struct kvm *kvm);
void kvm_arch_flush_shadow_all(struct kvm *kvm);

int kvm_unmap_hva(struct kvm *kvm, unsigned long hva);
int kvm_unmap_hva_range(struct kvm *kvm, unsigned long start,
			unsigned long end);
void kvm_set_spte_hva(struct kvm *kvm, unsigned long hva, pte_t pte);
int kvm_age_hva(struct kvm *kvm, unsigned long start, unsigned long end);
int kvm_init_mmu_notifier(struct kvm *kvm);
void kvm_destroy_mmu_notifier(struct kvm *kvm);

#include <asm/kvm_host.h>

#endif /* _LINUX_KVM_HOST_H */
