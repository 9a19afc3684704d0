/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * reaper.c - is a thread that unmaps whole ranges found, in a
 * file that does not even declare the notifiers?
 */
#include "entries.h"

static struct vm_area_struct *next_victim;

static void bad_reap(struct mmu_gather *tlb, struct vm_area_struct *vma)
{
	unmap_page_range(tlb, vma, vma->vm_start, vma->vm_end, NULL); /* warn(unnotified-change:cleared-outside) */
}

static int reaper(void *data)
{
	for (;;) {
		if (next_victim)
			bad_reap(data, next_victim);
		schedule();
	}
	return 0;
}

struct task_struct *start_reaper(struct mmu_gather *tlb)
{
	return kthread_run(reaper, tlb, "reaper");
}

void good_unknown_caller(struct mmu_gather *tlb, struct vm_area_struct *vma)
{
	unmap_page_range(tlb, vma, vma->vm_start, vma->vm_end, NULL);
}
