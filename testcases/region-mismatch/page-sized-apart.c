/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * page-sized-apart.c - is it found where a helper, or what a walk calls, has changed the PMD or notifies?
 */
#include "era-d2/mmu_notifier.h"
#include "entries.h"
#include "highmem.h"
#include "pagewalk.h"

struct huge {
	struct vm_area_struct *vma;
	pmd_t *pmd;
};

static void clear_huge(const struct huge *huge, unsigned long addr)
{
	pmdp_huge_clear_flush(huge->vma, addr, huge->pmd);
}

static void tell_page(struct mm_struct *mm, unsigned long addr)
{
	mmu_notifier_invalidate_range(mm, addr, addr + PAGE_SIZE); /* warn(region-mismatch:page-for-huge) */
}

void bad_helpers(const struct huge *huge, unsigned long addr)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, huge->vma, huge->vma->vm_mm, addr,
				addr + PMD_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	ptl = pmd_lock(huge->vma->vm_mm, huge->pmd);
	clear_huge(huge, addr);
	tell_page(huge->vma->vm_mm, addr);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(&range);
}

static void tell_huge(struct mm_struct *mm, unsigned long addr)
{
	mmu_notifier_invalidate_range(mm, addr, addr + PMD_SIZE);
}

void good_helpers(const struct huge *huge, unsigned long addr)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, huge->vma, huge->vma->vm_mm, addr,
				addr + PMD_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	ptl = pmd_lock(huge->vma->vm_mm, huge->pmd);
	clear_huge(huge, addr);
	tell_huge(huge->vma->vm_mm, addr);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(&range);
}

static int clear_in_walk(pte_t *pte, unsigned long addr, void *data)
{
	clear_huge(data, addr);
	return 0;
}

void bad_cleared_in_walk(struct huge *huge, unsigned long addr)
{
	struct mm_struct *mm = huge->vma->vm_mm;
	struct mmu_notifier_range range;
	spinlock_t *ptl;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, huge->vma, mm, addr, addr + PMD_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	ptl = pmd_lock(mm, huge->pmd);
	apply_to_page_range(mm, addr, PAGE_SIZE, clear_in_walk, huge);
	mmu_notifier_invalidate_range(mm, addr, addr + PAGE_SIZE); /* warn(region-mismatch:page-for-huge) */
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(&range);
}

static int tell_in_walk(pte_t *pte, unsigned long addr, void *data)
{
	struct huge *huge = data;

	mmu_notifier_invalidate_range(huge->vma->vm_mm, addr, addr + PAGE_SIZE); /* warn(region-mismatch:page-for-huge) */
	return 0;
}

/* its row says that the page table lock is held, and a region open */
void set_pmd_migration_entry(struct huge *huge, unsigned long addr)
{
	pmdp_huge_clear_flush(huge->vma, addr, huge->pmd);
	apply_to_page_range(huge->vma->vm_mm, addr, PAGE_SIZE, tell_in_walk, huge);
}
