/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * flag-many-states.c - is a flag that says whether the region was started still one where a function has
 * more states than are kept apart?
 */
#include "era-d1/mmu_notifier.h"

int cond(void);
int other_cond(void);

int good_flag(struct mm_struct *mm, unsigned long start, unsigned long end, spinlock_t *locks,
	      unsigned long flags)
{
	bool in_region = false;
	int ret = -EAGAIN;

	if (flags & 1)
		spin_lock(&locks[0]);
	if (flags & 2)
		spin_lock(&locks[1]);
	if (flags & 4)
		spin_lock(&locks[2]);
	if (flags & 8)
		spin_lock(&locks[3]);
	if (flags & 16)
		goto out;
	if (!(flags & 15)) {
		mmu_notifier_invalidate_range_start(mm, start, end);
		in_region = true;
	}
	if (flags & 32)
		goto out;
	while (cond())
		ret = other_cond() ? 0 : -EFAULT;
out:
	if (in_region)
		mmu_notifier_invalidate_range_end(mm, start, end);
	if (flags & 8)
		spin_unlock(&locks[3]);
	if (flags & 4)
		spin_unlock(&locks[2]);
	if (flags & 2)
		spin_unlock(&locks[1]);
	if (flags & 1)
		spin_unlock(&locks[0]);
	return ret;
}

int bad_flag(struct mm_struct *mm, unsigned long start, unsigned long end, spinlock_t *locks,
	     unsigned long flags)
{
	bool in_region = false;
	int ret = -EAGAIN;

	if (flags & 1)
		spin_lock(&locks[0]);
	if (flags & 2)
		spin_lock(&locks[1]);
	if (flags & 4)
		spin_lock(&locks[2]);
	if (flags & 8)
		spin_lock(&locks[3]);
	if (flags & 16)
		goto out;
	if (!(flags & 15)) {
		mmu_notifier_invalidate_range_start(mm, start, end);
		in_region = true;
	}
	if (flags & 32) {
		in_region = false;
		goto out;
	}
	while (cond())
		ret = other_cond() ? 0 : -EFAULT;
out:
	if (in_region)
		mmu_notifier_invalidate_range_end(mm, start, end);
	if (flags & 8)
		spin_unlock(&locks[3]);
	if (flags & 4)
		spin_unlock(&locks[2]);
	if (flags & 2)
		spin_unlock(&locks[1]);
	if (flags & 1)
		spin_unlock(&locks[0]);
	return ret; /* warn(region-balance:open-at-return) */
}
