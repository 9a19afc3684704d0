/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mapped-walk.c - is an entry found that a walk reaches in a later turn, whose lock is another one?
 */
#include "era-e/mmu_notifier.h"
#include "entries.h"
#include "rmap.h"

static int clean(struct page_vma_mapped_walk *pvmw)
{
	int first = 1, cleaned = 0;

	while (page_vma_mapped_walk(pvmw)) {
		if (first) {
			first = 0;
			if (pvmw->flags)
				continue;
		} else {
			ptep_clear_flush(pvmw->vma, pvmw->address, pvmw->pte); /* warn(unnotified-change:cleared-outside) */
			cleaned++;
		}
	}
	return cleaned;
}

int bad_walk(struct page_vma_mapped_walk *pvmw)
{
	int cleaned;

	mmap_read_lock(pvmw->vma->vm_mm);
	cleaned = clean(pvmw);
	mmap_read_unlock(pvmw->vma->vm_mm);
	return cleaned;
}

int good_walk(struct page_vma_mapped_walk *pvmw)
{
	struct mmu_notifier_range range;
	int cleaned;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, pvmw->vma->vm_mm, 0, 4096);
	mmu_notifier_invalidate_range_start(&range);
	cleaned = clean(pvmw);
	mmu_notifier_invalidate_range_end(&range);
	return cleaned;
}
