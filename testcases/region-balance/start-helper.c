/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * start-helper.c - may a function that others call leave the caller's region open
 * when it returns 0, and not when it fails?
 */
#include "era-d1/mmu_notifier.h"

struct job {
	struct mm_struct *mm;
	unsigned long start, end;
};

int good_lock_entry(struct mm_struct *mm, pmd_t *pmd, unsigned long *start,
		    unsigned long *end, spinlock_t **ptlp)
{
	*end = *start + PMD_SIZE;
	mmu_notifier_invalidate_range_start(mm, *start, *end);
	*ptlp = pmd_lock(mm, pmd);
	if (!pmd_none(*pmd))
		return 0;
	spin_unlock(*ptlp);
	mmu_notifier_invalidate_range_end(mm, *start, *end);
	return -EINVAL;
}

int bad_lock_entry(struct mm_struct *mm, pmd_t *pmd, unsigned long *start,
		   unsigned long *end, spinlock_t **ptlp)
{
	*end = *start + PMD_SIZE;
	mmu_notifier_invalidate_range_start(mm, *start, *end);
	*ptlp = pmd_lock(mm, pmd);
	if (!pmd_none(*pmd))
		return 0;
	spin_unlock(*ptlp);
	return -EINVAL; /* warn(region-balance:open-at-return) */
}

void good_job_start(struct job *job)
{
	mmu_notifier_invalidate_range_start(job->mm, job->start, job->end);
}

void good_job_end(struct job *job)
{
	mmu_notifier_invalidate_range_end(job->mm, job->start, job->end);
}
