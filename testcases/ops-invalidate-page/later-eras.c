/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * later-eras.c - is the rule silent where the kernel has no such member?
 *
 * A driver's own structure may have one of that name for long.
 */
#include "era-d1/mmu_notifier.h"

struct own_ops {
	void (*invalidate_page)(struct mm_struct *mm, unsigned long address);
};

void driver_flush(struct mm_struct *mm, unsigned long start, unsigned long end);

static void drop_own(struct mm_struct *mm, unsigned long address)
{
	driver_flush(mm, address, address + 1);
}

static void range(struct mmu_notifier *mn, struct mm_struct *mm,
		       unsigned long start, unsigned long end)
{
	driver_flush(mm, start, end);
}

const struct own_ops good_own = {
	.invalidate_page = drop_own,
};

const struct mmu_notifier_ops good_ops = {
	.invalidate_range = range,
};
