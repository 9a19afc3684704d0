/* SPDX-License-Identifier: GPL-2.0-only */
/* What the planted files call in another way, kernel by kernel. */
#ifndef PLANTED_H
#define PLANTED_H

#include <linux/version.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 3, 0)
#define range_init(range, vma, mm, start, end) \
	mmu_notifier_range_init(range, MMU_NOTIFY_CLEAR, 0, vma, mm, start, end)
#else
#define range_init(range, vma, mm, start, end) \
	mmu_notifier_range_init(range, MMU_NOTIFY_CLEAR, 0, mm, start, end)
#endif

#endif
