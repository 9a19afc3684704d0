/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * always.c - does what a function always returns rule out a path in another file?
 */
#include "always.h"

int always(struct mmu_notifier_range *range)
{
	return range ? 1 : 2;
}

int sometimes(struct mmu_notifier_range *range)
{
	return range->start > 7;
}
