// SPDX-License-Identifier: GPL-2.0-only
/*
 * fs/proc/task_mmu.c - /proc/PID/clear_refs
 */

#include <linux/mm.h>
#include <linux/mmu_notifier.h>
#include <linux/pagewalk.h>
#include <linux/proc_fs.h>
#include <linux/slab.h>

struct clear_refs_private {
	enum clear_refs_types type;
};

static void clear_soft_dirty(struct vm_area_struct *vma, unsigned long addr,
			     pte_t *pte)
{
	pte_t ptent = *pte;

	if (!pte_present(ptent))
		return;

	ptent = ptep_get_and_clear(vma->vm_mm, addr, pte);
	ptent = pte_clear_soft_dirty(pte_wrprotect(ptent));
	set_pte_at(vma->vm_mm, addr, pte, ptent);
}

static int clear_refs_pte_range(pmd_t *pmd, unsigned long addr,
				unsigned long end, struct mm_walk *walk)
{
	struct clear_refs_private *cp = walk->private;
	struct vm_area_struct *vma = walk->vma;
	spinlock_t *ptl;
	pte_t *pte;

	ptl = pmd_trans_huge_lock(pmd, vma);
	if (ptl) {
		pmdp_clear_flush_young(vma, addr, pmd); /* warn(young-unnotified:young-unnotified) */
		spin_unlock(ptl);
		return 0;
	}

	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	for (; addr != end; pte++, addr += PAGE_SIZE) {
		if (cp->type == CLEAR_REFS_SOFT_DIRTY) {
			clear_soft_dirty(vma, addr, pte);
			continue;
		}
		if (pte_present(*pte))
			ptep_test_and_clear_young(vma, addr, pte); /* warn(young-unnotified:young-unnotified) */
	}
	pte_unmap_unlock(pte - 1, ptl);
	cond_resched();

	return 0;
}

static int clear_refs_test_walk(unsigned long start, unsigned long end,
				struct mm_walk *walk)
{
	struct clear_refs_private *cp = walk->private;

	if (walk->vma->vm_flags & VM_PFNMAP)
		return 1;
	if (cp->type == CLEAR_REFS_MAPPED && !walk->vma->vm_file)
		return 1;
	return 0;
}

/**
 * clear_refs_write - forget which pages a task has used, or written to
 * @task: the task
 * @type: what to forget
 */
int clear_refs_write(struct task_struct *task, enum clear_refs_types type)
{
	struct clear_refs_private cp = {
		.type = type,
	};
	struct mm_walk walk = {
		.pmd_entry = clear_refs_pte_range,
		.test_walk = clear_refs_test_walk,
		.private = &cp,
	};
	struct vm_area_struct *vma;
	struct mm_struct *mm;

	mm = get_task_mm(task);
	if (!mm)
		return 0;
	walk.mm = mm;

	down_read(&mm->mmap_sem);
	if (type == CLEAR_REFS_SOFT_DIRTY) {
		for (vma = mm->mmap; vma; vma = vma->vm_next)
			vma->vm_flags &= ~VM_SOFTDIRTY;
		mmu_notifier_invalidate_range_start(mm, 0, -1);
	}
	walk_page_range(0, ~0UL, &walk);
	if (type == CLEAR_REFS_SOFT_DIRTY)
		mmu_notifier_invalidate_range_end(mm, 0, -1);
	flush_tlb_mm(mm);
	up_read(&mm->mmap_sem);
	mmput(mm);

	return 0;
}
