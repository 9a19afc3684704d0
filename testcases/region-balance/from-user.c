/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * from-user.c - is a structure that user memory is copied to what it was
 * before?
 */
#include "era-d2/mmu_notifier.h"
#include "entries.h"
#include "uaccess.h"

struct request {
	unsigned long start, end, flags;
};

void protect(struct mm_struct *mm, unsigned long start, unsigned long end);

int good_asked_twice(struct mm_struct *mm, const void *user)
{
	struct mmu_notifier_range range;
	struct request request = { .flags = 0 };

	if (copy_from_user(&request, user, sizeof(request)))
		return -EFAULT;
	mmu_notifier_range_init(&range, MMU_NOTIFY_PROTECTION_PAGE, 0, NULL, mm,
				request.start, request.end);
	if (request.flags)
		mmu_notifier_invalidate_range_start(&range);
	protect(mm, request.start, request.end);
	if (request.flags)
		mmu_notifier_invalidate_range_end(&range);
	return 0;
}

int bad_asked_once(struct mm_struct *mm, const void *user)
{
	struct mmu_notifier_range range;
	struct request request = { .flags = 0 };

	if (copy_from_user(&request, user, sizeof(request)))
		return -EFAULT;
	mmu_notifier_range_init(&range, MMU_NOTIFY_PROTECTION_PAGE, 0, NULL, mm,
				request.start, request.end);
	if (request.flags)
		mmu_notifier_invalidate_range_start(&range);
	protect(mm, request.start, request.end);
	return 0; /* warn(region-balance:open-at-return) */
}
