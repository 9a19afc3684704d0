/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kmap-atomic.c - does kmap_atomic() forbid sleeping, and kmap() not?
 */
#include "era-d2/mmu_notifier.h"
#include "highmem.h"

void bad_kmap_atomic(struct mmu_notifier_range *range, struct page *page)
{
	void *addr = kmap_atomic(page);

	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-kmap) */
	clear_page(addr);
	kunmap_atomic(addr);
	mmu_notifier_invalidate_range_end(range);
}

void bad_kmap_atomic_end(struct mmu_notifier_range *range, struct page *page)
{
	void *addr;

	mmu_notifier_invalidate_range_start(range);
	addr = kmap_atomic(page);
	mmu_notifier_invalidate_range_end(range); /* warn(region-atomic:atomic-kmap) */
	kunmap_atomic(addr);
}

void good_unmapped_first(struct mmu_notifier_range *range, struct page *page)
{
	void *addr = kmap_atomic(page);

	clear_page(addr);
	kunmap_atomic(addr);
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
}

void good_kmap(struct mmu_notifier_range *range, struct page *page)
{
	void *addr = kmap(page);

	mmu_notifier_invalidate_range_start(range);
	clear_page(addr);
	mmu_notifier_invalidate_range_end(range);
	kunmap(page);
}
