/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * thread.c - are changes checked in a thread, which starts
 * outside any region, also behind a start that can fail?
 */
#include "era-d2/mmu_notifier.h"
#include "entries.h"

static struct vm_area_struct *victims;

static bool good_reap(struct mmu_gather *tlb, struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_UNMAP, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	if (mmu_notifier_invalidate_range_start_nonblock(&range))
		return false;
	unmap_page_range(tlb, vma, range.start, range.end, NULL);
	mmu_notifier_invalidate_range_end(&range);
	return true;
}

static bool bad_reap(struct mmu_gather *tlb, struct vm_area_struct *vma)
{
	unmap_page_range(tlb, vma, vma->vm_start, vma->vm_end, NULL); /* warn(unnotified-change:cleared-outside) */
	return true;
}

static int reaper(void *data)
{
	struct vm_area_struct *vma;

	for (vma = victims; vma; vma = vma->vm_next)
		good_reap(data, vma);
	return 0;
}

static int hasty_reaper(void *data)
{
	struct vm_area_struct *vma;

	for (vma = victims; vma; vma = vma->vm_next)
		bad_reap(data, vma);
	return 0;
}

void start_threads(struct mmu_gather *tlb)
{
	kthread_run(reaper, tlb, "reaper");
	kthread_run(hasty_reaper, tlb, "hasty");
}
