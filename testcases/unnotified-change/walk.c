/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * walk.c - is a change in a function that a walk calls judged by
 * the region in which the walk is called, walk by walk?
 */
#include "era-d2/mmu_notifier.h"
#include "entries.h"
#include "pagewalk.h"
#include "rmap.h"
#include "sleep.h"

/* what the callers hand on */
struct scan {
	unsigned int flags;
	unsigned long seen;
	struct mmu_notifier_range range;
};

#define SCAN_PROTECTS	(1u << 2)

static int protect(pmd_t *pmd, unsigned long addr, struct mm_walk *walk)
{
	spinlock_t *ptl;
	pte_t *pte = pte_offset_map_lock(walk->mm, pmd, addr, &ptl);
	pte_t entry = *pte;

	if (pte_present(entry))
		set_pte_at(walk->mm, addr, pte, pte_wrprotect(entry));
	pte_unmap_unlock(pte, ptl);
	return 0;
}

static int good_inside(pmd_t *pmd, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	return protect(pmd, addr, walk);
}

static const struct mm_walk_ops inside_ops = { .pmd_entry = good_inside };

int scan_inside(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct mmu_notifier_range range;
	int ret;

	down_read(&mm->mmap_sem);
	mmu_notifier_range_init(&range, MMU_NOTIFY_PROTECTION_PAGE, 0, NULL, mm, start, end);
	mmu_notifier_invalidate_range_start(&range);
	ret = walk_page_range(mm, start, end, &inside_ops, NULL);
	mmu_notifier_invalidate_range_end(&range);
	up_read(&mm->mmap_sem);
	return ret;
}

static int bad_outside(pmd_t *pmd, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	spinlock_t *ptl;
	pte_t *pte = pte_offset_map_lock(walk->mm, pmd, addr, &ptl);
	pte_t entry = *pte;

	if (pte_present(entry))
		set_pte_at(walk->mm, addr, pte, pte_wrprotect(entry)); /* warn(unnotified-change:downgraded-outside) */
	pte_unmap_unlock(pte, ptl);
	return 0;
}

static const struct mm_walk_ops outside_ops = { .pmd_entry = bad_outside };

/* the first walk is in a region, the second is not */
int scan_twice(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct mmu_notifier_range range;
	int ret;

	down_read(&mm->mmap_sem);
	mmu_notifier_range_init(&range, MMU_NOTIFY_PROTECTION_PAGE, 0, NULL, mm, start, end);
	mmu_notifier_invalidate_range_start(&range);
	ret = walk_page_range(mm, start, end, &outside_ops, NULL);
	mmu_notifier_invalidate_range_end(&range);
	ret = walk_page_range(mm, start, end, &outside_ops, NULL);
	up_read(&mm->mmap_sem);
	return ret;
}

/* called with the lock held */
static int bad_pte_entry(pte_t *pte, unsigned long addr, unsigned long next,
			 struct mm_walk *walk)
{
	pte_t entry = *pte;

	if (pte_present(entry))
		set_pte_at(walk->mm, addr, pte, pte_wrprotect(entry)); /* warn(unnotified-change:downgraded-outside) */
	return 0;
}

static const struct mm_walk_ops pte_ops = { .pte_entry = bad_pte_entry };

static int walk_in_helper(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	const struct mm_walk_ops *ops = &pte_ops;

	return walk_page_range(mm, start, end, ops, NULL);
}

int scan_in_helper(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	int ret;

	down_read(&mm->mmap_sem);
	ret = walk_in_helper(mm, start, end);
	up_read(&mm->mmap_sem);
	return ret;
}

/* the callback asks what its caller asked */
static int good_asked(pmd_t *pmd, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	struct scan *scan = walk->private;

	return scan->flags & SCAN_PROTECTS ? protect(pmd, addr, walk) : 0;
}

/* .. in another way */
static int good_asked_otherwise(pte_t *pte, unsigned long addr, unsigned long next,
				struct mm_walk *walk)
{
	struct scan *scan = walk->private;
	pte_t entry = *pte;

	if (~scan->flags & SCAN_PROTECTS)
		return 0;
	if (pte_present(entry))
		set_pte_at(walk->mm, addr, pte, pte_wrprotect(entry));
	scan->seen++;
	return 0;
}

static const struct mm_walk_ops asked_ops = {
	.pmd_entry = good_asked, .pte_entry = good_asked_otherwise,
};

int scan_if_asked(struct mm_struct *mm, unsigned long start, unsigned long end,
		  unsigned int flags)
{
	struct scan scan = { .flags = flags };
	struct mmu_notifier_range range;
	int ret;

	down_read(&mm->mmap_sem);
	if (flags & SCAN_PROTECTS) {
		mmu_notifier_range_init(&range, MMU_NOTIFY_PROTECTION_PAGE, 0, NULL, mm, start, end);
		mmu_notifier_invalidate_range_start(&range);
	}
	ret = walk_page_range(mm, start, end, &asked_ops, &scan);
	if (scan.flags & SCAN_PROTECTS)
		mmu_notifier_invalidate_range_end(&range);
	up_read(&mm->mmap_sem);
	return ret;
}

/* started for each area by one callback, ended by another */
static int good_pre_vma(unsigned long start, unsigned long end, struct mm_walk *walk)
{
	struct scan *scan = walk->private;

	mmu_notifier_range_init(&scan->range, MMU_NOTIFY_PROTECTION_PAGE, 0, walk->vma, walk->mm,
				start, end);
	mmu_notifier_invalidate_range_start(&scan->range);
	return 0;
}

static void good_post_vma(struct mm_walk *walk)
{
	struct scan *scan = walk->private;

	mmu_notifier_invalidate_range_end(&scan->range);
}

static int good_between(pmd_t *pmd, unsigned long addr, unsigned long next,
			struct mm_walk *walk)
{
	return protect(pmd, addr, walk);
}

static const struct mm_walk_ops vma_ops = {
	.pre_vma = good_pre_vma, .pmd_entry = good_between, .post_vma = good_post_vma,
};

int scan_areas(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct scan scan = { .flags = 0 };
	int ret;

	down_read(&mm->mmap_sem);
	ret = walk_page_range(mm, start, end, &vma_ops, &scan);
	up_read(&mm->mmap_sem);
	return ret;
}

static int bad_pre_vma(unsigned long start, unsigned long end, struct mm_walk *walk)
{
	struct scan *scan = walk->private;

	mmu_notifier_range_init(&scan->range, MMU_NOTIFY_PROTECTION_PAGE, 0, walk->vma, walk->mm,
				start, end);
	mmu_notifier_invalidate_range_start(&scan->range); /* warn(region-balance:started-again) */
	return 0;
}

static const struct mm_walk_ops unended_ops = {
	.pre_vma = bad_pre_vma, .pmd_entry = good_between,
};

int scan_unended(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct scan scan = { .flags = 0 };
	int ret;

	down_read(&mm->mmap_sem);
	ret = walk_page_range(mm, start, end, &unended_ops, &scan);
	up_read(&mm->mmap_sem);
	return ret;
}

/* a function that is handed over by itself */
static int bad_apply(pte_t *pte, unsigned long addr, void *data)
{
	struct mm_struct *mm = data;
	pte_t entry = *pte;

	if (pte_present(entry))
		set_pte_at(mm, addr, pte, pte_wrprotect(entry)); /* warn(unnotified-change:downgraded-outside) */
	return 0;
}

int apply_outside(struct mm_struct *mm, unsigned long start)
{
	int ret;

	down_read(&mm->mmap_sem);
	ret = apply_to_page_range(mm, start, PMD_SIZE, bad_apply, mm);
	up_read(&mm->mmap_sem);
	return ret;
}

static int good_apply(pte_t *pte, unsigned long addr, void *data)
{
	struct mm_struct *mm = data;
	pte_t entry = *pte;

	if (pte_present(entry))
		set_pte_at(mm, addr, pte, pte_wrprotect(entry));
	return 0;
}

int apply_inside(struct mm_struct *mm, unsigned long start)
{
	struct mmu_notifier_range range;
	int ret;

	down_read(&mm->mmap_sem);
	mmu_notifier_range_init(&range, MMU_NOTIFY_PROTECTION_PAGE, 0, NULL, mm, start,
				start + PMD_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	ret = apply_to_page_range(mm, start, PMD_SIZE, good_apply, mm);
	mmu_notifier_invalidate_range_end(&range);
	up_read(&mm->mmap_sem);
	return ret;
}

/* called for each area that maps the page; the region is around all of them */
static bool good_one_of_all(struct page *page, struct vm_area_struct *vma, unsigned long addr,
			    void *arg)
{
	struct page_vma_mapped_walk pvmw = { .page = page, .vma = vma, .address = addr };

	while (page_vma_mapped_walk(&pvmw))
		ptep_clear_flush(vma, pvmw.address, pvmw.pte);
	return true;
}

void unmap_all(struct page *page, struct mm_struct *mm, unsigned long addr)
{
	struct rmap_walk_control rwc = { .rmap_one = good_one_of_all };
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, NULL, mm, addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	rmap_walk(page, &rwc);
	mmu_notifier_invalidate_range_end(&range);
}

/* two walks of the same functions find what they hand on in different arguments */
static int good_unless_asked(pmd_t *pmd, unsigned long addr, unsigned long next,
			     struct mm_walk *walk)
{
	struct scan *scan = walk->private;

	return scan->flags & SCAN_PROTECTS ? protect(pmd, addr, walk) : 0;
}

static const struct mm_walk_ops unless_asked_ops = { .pmd_entry = good_unless_asked };

int scan_in_two_ways(struct mm_struct *mm, struct vm_area_struct *vma)
{
	struct scan scan = { .flags = 0 };
	int ret;

	down_read(&mm->mmap_sem);
	ret = walk_page_range(mm, vma->vm_start, vma->vm_end, &unless_asked_ops, &scan);
	if (!ret)
		ret = walk_page_vma(vma, &unless_asked_ops, &scan);
	up_read(&mm->mmap_sem);
	return ret;
}
