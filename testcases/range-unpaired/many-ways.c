/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * many-ways.c - is a helper that five callers use rightly judged for a
 * sixth one?
 */
#include "era-d2/mmu_notifier.h"

struct walk {
	struct vm_area_struct *vma;
	pmd_t *pmd;
	unsigned long addr;
	bool flush;
};

extern int walks;

static void bad_called_outside(struct walk *walk, int how)
{
	spinlock_t *ptl = pmd_lock(walk->vma->vm_mm, walk->pmd);

	if (how > 3)
		walks += how;
	if (walk->flush)
		mmu_notifier_invalidate_range(walk->vma->vm_mm, walk->addr, walk->addr + PMD_SIZE); /* warn(range-unpaired:unpaired) */
	spin_unlock(ptl);
}

#define WAY(n)								\
void good_way_##n(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)	\
{									\
	struct walk walk = { vma, pmd, addr, true };			\
	struct mmu_notifier_range range;				\
									\
	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,	\
				addr, addr + PMD_SIZE);			\
	mmu_notifier_invalidate_range_start(&range);			\
	bad_called_outside(&walk, n);					\
	mmu_notifier_invalidate_range_end(&range);			\
}

WAY(0)
WAY(1)
WAY(2)
WAY(3)
WAY(4)

void sixth_way(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	struct walk walk = { vma, pmd, addr, true };

	down_read(&vma->vm_mm->mmap_lock);
	bad_called_outside(&walk, 5);
	up_read(&vma->vm_mm->mmap_lock);
}
