// SPDX-License-Identifier: GPL-2.0-only
/*
 * mm/mapping_dirty_helpers.c, era D2 - started in one callback, ended in another
 *
 * No finding: the walk calls post_vma after each pre_vma that returned 0.
 */

#include <linux/dirty.h>
#include <linux/mmu_notifier.h>
#include <linux/pagewalk.h>

struct wp_walk {
	struct mmu_notifier_range range;
	unsigned long total;
};

static int wp_clean_pmd_entry(pmd_t *pmd, unsigned long addr,
			      unsigned long end, struct mm_walk *walk)
{
	struct wp_walk *wpwalk = walk->private;
	spinlock_t *ptl;
	pte_t *pte;

	pte = pte_offset_map_lock(walk->mm, pmd, addr, &ptl);
	for (; addr != end; pte++, addr += PAGE_SIZE) {
		pte_t old;

		if (!pte_write(*pte))
			continue;
		old = ptep_get_and_clear(walk->mm, addr, pte);
		set_pte_at(walk->mm, addr, pte, pte_wrprotect(old));
		wpwalk->total++;
	}
	pte_unmap_unlock(pte - 1, ptl);

	return 0;
}

static int wp_clean_pre_vma(unsigned long start, unsigned long end,
			    struct mm_walk *walk)
{
	struct wp_walk *wpwalk = walk->private;

	mmu_notifier_range_init(&wpwalk->range, MMU_NOTIFY_PROTECTION_PAGE, 0,
				walk->vma, walk->mm, start, end);
	mmu_notifier_invalidate_range_start(&wpwalk->range);
	flush_cache_range(walk->vma, start, end);

	return 0;
}

static void wp_clean_post_vma(struct mm_walk *walk)
{
	struct wp_walk *wpwalk = walk->private;

	flush_tlb_range(walk->vma, wpwalk->range.start, wpwalk->range.end);
	mmu_notifier_invalidate_range_end(&wpwalk->range);
}

static const struct mm_walk_ops wp_walk_ops = {
	.pmd_entry	= wp_clean_pmd_entry,
	.pre_vma	= wp_clean_pre_vma,
	.post_vma	= wp_clean_post_vma,
};

unsigned long wp_shared_mapping_range(struct vm_area_struct *vma,
				      unsigned long start, unsigned long end)
{
	struct wp_walk wpwalk = { .total = 0 };

	walk_page_range(vma->vm_mm, start, end, &wp_walk_ops, &wpwalk);

	return wpwalk.total;
}
