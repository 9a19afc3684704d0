// SPDX-License-Identifier: GPL-2.0-only
/*
 * drivers/misc/tlbsnoop.c - a small TLB that only knows single pages
 */

#include <linux/mmu_notifier.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

#define TLBSNOOP_ENTRIES	16

struct tlbsnoop {
	struct mmu_notifier mn;
	spinlock_t lock;
	unsigned long page[TLBSNOOP_ENTRIES];
};

struct tlbsnoop *tlbsnoop_attach(struct mm_struct *mm);

static void tlbsnoop_invalidate_page(struct mmu_notifier *mn,
				     struct mm_struct *mm,
				     unsigned long address)
{
	struct tlbsnoop *snoop = container_of(mn, struct tlbsnoop, mn);
	int i;

	address &= PAGE_MASK;

	spin_lock(&snoop->lock);
	for (i = 0; i < TLBSNOOP_ENTRIES; i++) {
		if (snoop->page[i] == address)
			snoop->page[i] = 0;
	}
	spin_unlock(&snoop->lock);
}

static const struct mmu_notifier_ops tlbsnoop_mn_ops = {
	.invalidate_page = /* warn(ops-invalidate-page:ops-alone) */ tlbsnoop_invalidate_page,
};

struct tlbsnoop *tlbsnoop_attach(struct mm_struct *mm)
{
	struct tlbsnoop *snoop;

	snoop = kzalloc(sizeof(*snoop), GFP_KERNEL);
	if (!snoop)
		return NULL;

	spin_lock_init(&snoop->lock);
	snoop->mn.ops = &tlbsnoop_mn_ops;
	if (mmu_notifier_register(&snoop->mn, mm)) {
		kfree(snoop);
		return NULL;
	}

	return snoop;
}

MODULE_DESCRIPTION("A TLB of single pages");
MODULE_LICENSE("GPL");
