/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * counted.h - an object that counts the regions which it was told of; a file has mmu_notifier.h first.
 *
 * The members have the names of Linux 6.0 and later; with TEST_COUNTED_OLD those of before.
 */
#ifndef TEST_COUNTED_H
#define TEST_COUNTED_H

#include "sleep.h"

#ifdef TEST_COUNTED_OLD
#define COUNT		mmu_notifier_count
#define SEQUENCE	mmu_notifier_seq
#else
#define COUNT		mmu_invalidate_in_progress
#define SEQUENCE	mmu_invalidate_seq
#endif

struct kvm {
	spinlock_t mmu_lock;
	struct mutex slots_lock;
	struct mmu_notifier mmu_notifier;
	unsigned long SEQUENCE;
	long COUNT;
	unsigned long first, last;	/* that are mapped; last is 0: none is */
	bool dying;
};

static inline struct kvm *kvm_of(struct mmu_notifier *mn)
{
	return container_of(mn, struct kvm, mmu_notifier);
}

void kvm_unmap(struct kvm *kvm, unsigned long start, unsigned long end);
void kvm_flush(unsigned long start, unsigned long end);

#endif /* TEST_COUNTED_H */
