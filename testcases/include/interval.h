/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * interval.h - what drivers call for their interval notifiers.
 */
#ifndef TEST_INTERVAL_H
#define TEST_INTERVAL_H

int mmu_interval_notifier_insert(struct mmu_interval_notifier *mni, struct mm_struct *mm,
				 unsigned long start, unsigned long length,
				 const struct mmu_interval_notifier_ops *ops);
void mmu_notifier_unregister(struct mmu_notifier *mn, struct mm_struct *mm);

#endif /* TEST_INTERVAL_H */
