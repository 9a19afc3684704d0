/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * table.c - does a table say of functions of another file that they are callbacks?
 */
#include "callbacks.h"

static const struct mmu_notifier_ops mirror_ops = {
	.invalidate_range_start = bad_start,
};

static const struct mmu_notifier_ops careful_ops = {
	.invalidate_range_start = good_start,
};

void mirror_register(struct mirror *mirror, struct mm_struct *mm, bool careful)
{
	mirror->mn.ops = careful ? &careful_ops : &mirror_ops;
	mmu_notifier_register(&mirror->mn, mm);
}
