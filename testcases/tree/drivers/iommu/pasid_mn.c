// SPDX-License-Identifier: GPL-2.0-only
/*
 * drivers/iommu/pasid_mn.c - devices that walk a process's own page tables
 *
 * Only the device's TLB has to be told, which is done by writing a command to a
 * queue: no callback sleeps.
 */

#include <linux/iommu.h>
#include <linux/mmu_notifier.h>
#include <linux/module.h>

struct pasid_state {
	struct mmu_notifier mn;
	struct iommu_domain *domain;
	int pasid;
};

int pasid_bind(struct pasid_state *state, struct mm_struct *mm);

static void pasid_flush_page(struct mmu_notifier *mn, unsigned long address)
{
	struct pasid_state *state = container_of(mn, struct pasid_state, mn);

	iommu_queue_flush_page(state->domain, state->pasid, address);
}

static int pasid_clear_flush_young(struct mmu_notifier *mn,
				   struct mm_struct *mm, unsigned long start,
				   unsigned long end)
{
	for (; start < end; start += PAGE_SIZE)
		pasid_flush_page(mn, start);

	return 0;
}

static void pasid_invalidate_page(struct mmu_notifier *mn,
				  struct mm_struct *mm, unsigned long address)
{
	pasid_flush_page(mn, address);
}

static void pasid_invalidate_range(struct mmu_notifier *mn,
				   struct mm_struct *mm, unsigned long start,
				   unsigned long end)
{
	struct pasid_state *state = container_of(mn, struct pasid_state, mn);

	if (end - start <= PAGE_SIZE)
		iommu_queue_flush_page(state->domain, state->pasid, start);
	else
		iommu_queue_flush_all(state->domain, state->pasid);
}

static void pasid_release(struct mmu_notifier *mn, struct mm_struct *mm)
{
	struct pasid_state *state = container_of(mn, struct pasid_state, mn);

	iommu_queue_flush_all(state->domain, state->pasid);
}

static const struct mmu_notifier_ops pasid_mn_ops = {
	.release		= pasid_release,
	.clear_flush_young	= pasid_clear_flush_young,
	.invalidate_page	= /* warn(ops-invalidate-page:ops-beside) */ pasid_invalidate_page,
	.invalidate_range	= pasid_invalidate_range,
};

int pasid_bind(struct pasid_state *state, struct mm_struct *mm)
{
	state->mn.ops = &pasid_mn_ops;
	return mmu_notifier_register(&state->mn, mm);
}
EXPORT_SYMBOL_GPL(pasid_bind);

MODULE_DESCRIPTION("Devices in the address space of a process");
MODULE_LICENSE("GPL");
