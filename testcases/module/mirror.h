/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mirror.h - a device with page tables of its own, which mirror those of a process: what the
 * modules of all kernels have in common.
 */
#ifndef MIRROR_H
#define MIRROR_H

#include <linux/mm.h>
#include <linux/mmu_notifier.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct mirror {
	struct mmu_notifier mn;
	struct mutex mutex;
	spinlock_t lock;		/* taken under the page table lock */
	unsigned long dropped;
};

static inline struct mirror *to_mirror(struct mmu_notifier *mn)
{
	return container_of(mn, struct mirror, mn);
}

static inline void drop(struct mirror *mirror, unsigned long start, unsigned long end)
{
	spin_lock(&mirror->lock);
	mirror->dropped += (end - start) >> PAGE_SHIFT;
	spin_unlock(&mirror->lock);
}

static inline int mirror_register(struct mirror *mirror, struct mm_struct *mm,
				  const struct mmu_notifier_ops *ops)
{
	spin_lock_init(&mirror->lock);
	mutex_init(&mirror->mutex);
	mirror->mn.ops = ops;
	return mmu_notifier_register(&mirror->mn, mm);
}

#endif /* MIRROR_H */
