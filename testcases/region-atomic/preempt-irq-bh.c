/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * preempt-irq-bh.c - do disabled preemption, interrupts and bottom halves forbid
 * sleeping?
 */
#include "era-d2/mmu_notifier.h"

void bad_preempt(struct mmu_notifier_range *range)
{
	preempt_disable();
	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-preempt) */
	preempt_enable();
	mmu_notifier_invalidate_range_end(range);
}

void bad_preempt_end(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range);
	preempt_disable();
	mmu_notifier_invalidate_range_end(range); /* warn(region-atomic:atomic-preempt) */
	preempt_enable();
}

void good_preempt(struct mmu_notifier_range *range)
{
	preempt_disable();
	preempt_enable();
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
}

void bad_irq(struct mmu_notifier_range *range)
{
	local_irq_disable();
	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-irq) */
	local_irq_enable();
	mmu_notifier_invalidate_range_end(range);
}

void bad_irq_end(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range);
	local_irq_disable();
	mmu_notifier_invalidate_range_end(range); /* warn(region-atomic:atomic-irq) */
	local_irq_enable();
}

void good_irq(struct mmu_notifier_range *range)
{
	local_irq_disable();
	local_irq_enable();
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
}

void bad_irqsave(struct mmu_notifier_range *range)
{
	unsigned long flags;

	local_irq_save(flags);
	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-irq) */
	local_irq_restore(flags);
	mmu_notifier_invalidate_range_end(range);
}

void good_irqsave(struct mmu_notifier_range *range)
{
	unsigned long flags;

	mmu_notifier_invalidate_range_start(range);
	local_irq_save(flags);
	local_irq_restore(flags);
	mmu_notifier_invalidate_range_end(range);
}

void bad_bh(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range);
	local_bh_disable();
	mmu_notifier_invalidate_range_end(range); /* warn(region-atomic:atomic-bh) */
	local_bh_enable();
}

void good_bh(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range);
	local_bh_disable();
	local_bh_enable();
	mmu_notifier_invalidate_range_end(range);
}
