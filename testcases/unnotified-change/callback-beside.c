/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * callback-beside.c - is a change outside any region found in a unit that has a callback with a lock of its
 * own, which makes others that hold locks worth a look for another reason?
 */
#include "era-e/mmu_notifier.h"
#include "entries.h"
#include "sleep.h"

struct mirror {
	struct mmu_interval_notifier mni;
	struct mutex lock;
};

static bool good_invalidate(struct mmu_interval_notifier *mni,
			    const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&mirror->lock);
	mmu_interval_set_seq(mni, cur_seq);
	mutex_unlock(&mirror->lock);
	return true;
}

const struct mmu_interval_notifier_ops mirror_ops = { .invalidate = good_invalidate };

void bad_clear(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte;

	mmap_read_lock(vma->vm_mm);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	if (pte) {
		ptep_clear_flush(vma, addr, pte); /* warn(unnotified-change:cleared-outside) */
		pte_unmap_unlock(pte, ptl);
	}
	mmap_read_unlock(vma->vm_mm);
}
