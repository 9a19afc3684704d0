/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * encl.c - the last reference of an enclave frees its pages, which takes its time.
 */
#include "encl.h"

void free_page_of(struct enclave *encl);
void leave(struct enclave_mm *encl_mm);

void sgx_encl_release(struct kref *ref)
{
	struct enclave *encl = container_of(ref, struct enclave, refcount);

	while (encl->pages--) {
		free_page_of(encl);
		cond_resched();
	}
	kfree(encl);
}

static void enclave_mm_release(struct mmu_notifier *mn, struct mm_struct *mm)
{
	leave(container_of(mn, struct enclave_mm, mmu_notifier));
	mmu_notifier_put(mn);
}

static void enclave_mm_free(struct mmu_notifier *mn)
{
	struct enclave_mm *encl_mm = container_of(mn, struct enclave_mm, mmu_notifier);

	/* the mm has one */
	kref_put(&encl_mm->encl->refcount, sgx_encl_release);

	kfree(encl_mm);
}

static const struct mmu_notifier_ops enclave_mm_ops = {
	.release		= enclave_mm_release,
	.free_notifier		= enclave_mm_free,
};

int enclave_mm_add(struct enclave_mm *encl_mm, struct mm_struct *mm)
{
	encl_mm->mmu_notifier.ops = &enclave_mm_ops;
	return __mmu_notifier_register(&encl_mm->mmu_notifier, mm);
}
