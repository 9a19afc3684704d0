/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * generic.c - is a weak function the one that is called where there is no other, and only there?
 */
#include "arch.h"

void __weak arch_both(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
}

void __weak arch_weak_only(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-lock)[link] */
	mmu_notifier_invalidate_range_end(range);
}

int __weak arch_quiet(struct mmu_notifier_range *range, int n)
{
	return n;
}

/* of no interest here, and too large to be kept: what it calls is another function in the whole */
int generic(struct mmu_notifier_range *range, int n)
{
	if (n & 1)
		n -= 3;
	if (n & 2)
		n -= 4;
	if (n & 4)
		n -= 5;
	if (n & 8)
		n -= 6;
	if (n & 16)
		n -= 7;
	if (n & 32)
		n -= 8;
	if (n & 64)
		n -= 9;
	if (n & 128)
		n -= 10;
	if (n & 256)
		n -= 11;
	if (n & 512)
		n -= 12;
	return arch_quiet(range, n);
}
