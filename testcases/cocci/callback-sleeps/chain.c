// SPDX-License-Identifier: GPL-2.0-only
/*
 * chain.c - is a sleeping function two calls away found?
 */
#include <linux/mmu_notifier.h>

static void drain(void)
{
	wait_for_completion(&idle); /* warn(callback-sleeps): 'wait_for_completion' may sleep in callback 'invalidate_page' (under the lock from 4.11 on): flush -> stop -> drain -> wait_for_completion */
}

static void stop(void)
{
	drain();
}

static void flush(struct mmu_notifier *mn, struct mm_struct *mm,
		  unsigned long address)
{
	stop();
}

static const struct mmu_notifier_ops ops = {
	.invalidate_page = flush,
};
