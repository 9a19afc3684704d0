/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * encl.h - an enclave, and an address space that it is mapped into.
 */
#ifndef REPAIRS_ENCL_H
#define REPAIRS_ENCL_H

#include "linux/mmu_notifier.h"

struct enclave {
	struct kref refcount;
	unsigned long pages;
};

struct enclave_mm {
	struct enclave *encl;
	struct mm_struct *mm;
	struct mmu_notifier mmu_notifier;
};

void sgx_encl_release(struct kref *ref);

#endif /* REPAIRS_ENCL_H */
