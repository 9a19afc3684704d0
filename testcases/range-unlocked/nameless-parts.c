/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * nameless-parts.c - is a lock found in a member that lies in nameless parts of its structure?
 */
#include "era-d1/mmu_notifier.h"

/* as rmap.h has it, but for the parts */
struct page_vma_mapped_walk {
	struct page *page;
	unsigned int : 3;
	struct { unsigned int bits : 5, flags; } deep;
	union {
		struct { unsigned long address; };
		struct {
			unsigned int : 7;
			struct { pte_t *pte; spinlock_t *ptl; };
		};
	};
};

bool page_vma_mapped_walk(struct page_vma_mapped_walk *pvmw);

void good_in_loop(struct page *page, struct mm_struct *mm, unsigned long start,
		  unsigned long end)
{
	struct page_vma_mapped_walk pvmw = { .page = page, .address = start };

	mmu_notifier_invalidate_range_start(mm, start, end);
	while (page_vma_mapped_walk(&pvmw))
		mmu_notifier_invalidate_range(mm, start, end);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void bad_lock_dropped(struct page *page, struct mm_struct *mm, unsigned long start,
		      unsigned long end)
{
	struct page_vma_mapped_walk pvmw = { .page = page, .address = start };

	mmu_notifier_invalidate_range_start(mm, start, end);
	if (page_vma_mapped_walk(&pvmw)) {
		spin_unlock(pvmw.ptl);
		mmu_notifier_invalidate_range(mm, start, end); /* warn(range-unlocked:unlocked-after) */
	}
	mmu_notifier_invalidate_range_end(mm, start, end);
}
