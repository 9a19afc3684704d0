// SPDX-License-Identifier: GPL-2.0-only
/*
 * bounds.c - is a length found in callbacks that are passed the two bounds, whatever they call them?
 */
#include "era-d2/mmu_notifier.h"
#include "shadow.h"
#include "numbers.h"

static void bad_invalidate(struct mmu_notifier *mn, struct mm_struct *mm,
			   unsigned long start, unsigned long end)
{
	shadow_flush(container_of(mn, struct shadow, mn), start, end - start + 1); /* warn(range-arithmetic): callback 'invalidate_range' counts the end of its range, which is exclusive, as a part of it */
}

static int bad_young(struct mmu_notifier *mn, struct mm_struct *mm,
		     unsigned long from, unsigned long to)
{
	shadow_flush(container_of(mn, struct shadow, mn), from, to - from + 1); /* warn(range-arithmetic): callback 'clear_flush_young' counts the end of its range, which is exclusive, as a part of it */
	return 0;
}

const struct mmu_notifier_ops bad_ops = {
	.invalidate_range = bad_invalidate,
	.clear_flush_young = bad_young,
};

