/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * address.c - is an entry found whose address cannot lie in the region, and one that may lie in it not?
 */
#include "era-d2/mmu_notifier.h"
#include "entries.h"

static void start_page(struct mmu_notifier_range *range, struct vm_area_struct *vma,
		       unsigned long addr)
{
	mmu_notifier_range_init(range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(range);
}

void bad_next_page(struct vm_area_struct *vma, unsigned long addr, pte_t *pte)
{
	struct mmu_notifier_range range;

	start_page(&range, vma, addr);
	ptep_get_and_clear(vma->vm_mm, addr + PAGE_SIZE, pte + 1); /* warn(region-mismatch:entry-not-covered) */
	mmu_notifier_invalidate_range_end(&range);
}

void good_same_page(struct vm_area_struct *vma, unsigned long addr, pte_t *pte)
{
	struct mmu_notifier_range range;

	start_page(&range, vma, addr);
	ptep_get_and_clear(vma->vm_mm, addr, pte);
	mmu_notifier_invalidate_range_end(&range);
}

void bad_page_before(struct vm_area_struct *vma, unsigned long addr, pte_t *pte)
{
	struct mmu_notifier_range range;

	start_page(&range, vma, addr);
	ptep_get_and_clear(vma->vm_mm, addr - PAGE_SIZE, pte - 1); /* warn(region-mismatch:entry-not-covered) */
	mmu_notifier_invalidate_range_end(&range);
}

/* what rounding down takes away is less than a page */
void bad_behind_rounded(struct vm_area_struct *vma, unsigned long addr, pte_t *pte)
{
	struct mmu_notifier_range range;

	start_page(&range, vma, addr & PAGE_MASK);
	ptep_get_and_clear(vma->vm_mm, addr + PAGE_SIZE, pte + 1); /* warn(region-mismatch:entry-not-covered) */
	mmu_notifier_invalidate_range_end(&range);
}

void bad_before_rounded(struct vm_area_struct *vma, unsigned long addr, pte_t *pte)
{
	struct mmu_notifier_range range;

	start_page(&range, vma, (addr & PAGE_MASK) + PAGE_SIZE);
	ptep_get_and_clear(vma->vm_mm, addr - PAGE_SIZE, pte - 1); /* warn(region-mismatch:entry-not-covered) */
	mmu_notifier_invalidate_range_end(&range);
}

void good_rounded(struct vm_area_struct *vma, unsigned long addr, pte_t *pte)
{
	struct mmu_notifier_range range;

	start_page(&range, vma, addr & PAGE_MASK);
	ptep_get_and_clear(vma->vm_mm, addr, pte);
	mmu_notifier_invalidate_range_end(&range);
}

void good_rounded_up(struct vm_area_struct *vma, unsigned long addr, pte_t *pte)
{
	struct mmu_notifier_range range;

	start_page(&range, vma, (addr & PAGE_MASK) + PAGE_SIZE);
	ptep_get_and_clear(vma->vm_mm, addr + PAGE_SIZE - 1, pte + 1);
	mmu_notifier_invalidate_range_end(&range);
}

void good_other_value(struct vm_area_struct *vma, unsigned long addr, unsigned long other,
		      pte_t *pte)
{
	struct mmu_notifier_range range;

	start_page(&range, vma, addr);
	ptep_get_and_clear(vma->vm_mm, other, pte);
	mmu_notifier_invalidate_range_end(&range);
}

void good_each_page(struct vm_area_struct *vma, unsigned long addr, pte_t *pte)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + 4 * PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	for (int i = 0; i < 4; i++, addr += PAGE_SIZE, pte++)
		ptep_get_and_clear(vma->vm_mm, addr, pte);
	mmu_notifier_invalidate_range_end(&range);
}

/* one of the two regions holds it */
void good_two_regions(struct vm_area_struct *vma, unsigned long addr, pte_t *pte)
{
	struct mmu_notifier_range first, second;

	start_page(&first, vma, addr + PAGE_SIZE);
	start_page(&second, vma, addr);
	ptep_get_and_clear(vma->vm_mm, addr + PAGE_SIZE, pte + 1);
	mmu_notifier_invalidate_range_end(&second);
	mmu_notifier_invalidate_range_end(&first);
}

/* a secondary MMU has no entry that was not present */
void good_was_absent(struct vm_area_struct *vma, unsigned long addr, pte_t *pte, pte_t value)
{
	struct mmu_notifier_range range;

	start_page(&range, vma, addr);
	if (pte_none(ptep_get(pte + 1)))
		set_pte_at(vma->vm_mm, addr + PAGE_SIZE, pte + 1, value);
	ptep_get_and_clear(vma->vm_mm, addr, pte);
	mmu_notifier_invalidate_range_end(&range);
}
