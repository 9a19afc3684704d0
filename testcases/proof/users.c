/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * users.c - which functions does another file call, so that a unit alone would need a row of them?
 */
#include "bodies.h"

void use_locks(struct held *h, struct mm_struct *mm, pmd_t *pmd)
{
	lock_it(h);
	lock_dropped(h);
	if (lock_tried(h))
		lock_dropped(h);
	if (!lock_inverted(h))
		lock_dropped(h);
	lock_it(h);
	lock_broken(h);
	lock_dropped(h);
	if (lock_if_asked(h, h->count))
		lock_dropped(h);
	lock_in_cell(mm, pmd, &h->ptl);
	spin_unlock(h->ptl);
	h->ptl = lock_returned(mm, pmd);
	if (h->ptl)
		spin_unlock(h->ptl);
	atomic_from_here();
	nothing_at_all(h);
	atomic_to_here();
}

void use_ways(struct held *h, pte_t *ptep, unsigned long addr, struct mm_struct *mm)
{
	sleep_here(h);
	sleep_not(h);
	sleep_if_second(h, h->count);
	sleep_unless(h, h->count);
	sleep_by_flags(8, (unsigned int)h->count);
	clear_unsaid(mm, addr, ptep);
	clear_in_own((struct vm_area_struct *)mm, addr, ptep);
}

void use_regions(struct mmu_notifier_range *range, struct mm_struct *mm)
{
	region_unsaid(range);
	region_ended_unsaid(range);
	region_of_its_own(mm);
}

/* that of unsaid.c is another one */
static __attribute__((noinline)) void lock_of_two(struct held *h)
{
	spin_lock(&h->lock);
}

void use_second(struct held *h)
{
	lock_of_two(h);
	h->count++;
	spin_unlock(&h->lock);
}

void use_crossed(struct held *h, struct mm_struct *mm, struct page_vma_mapped_walk *walk)
{
	walk_taken(walk, mm);
	walk_given(walk);
	cell_given(&h->ptl);
	held_taken(h, mm, walk->pmd);
	held_given(h);
	if (taken_both_ways(h) || taken_at_random(h))
		h->count++;
	if (atomic_of_two_kinds(h))
		h->count++;
	taken_if_two(h, h->count);
	taken_unless_two(h, h->count);
	may_break(h);
	mutex_given(h);
	taken_many(h);
}

void use_more(struct held *h, struct mm_struct *mm, pte_t *ptep)
{
	sleeps_if_third(h, 1, h->count, 3);
	sleeps_whatever(h, 1, 2);
	allocates_third(h, 8, (unsigned int)h->count, 0);
	allocates_second(h, (unsigned int)h->count, 0);
	allocates_always(h, (unsigned int)h->count);
	less_and_clear(mm, 0, ptep);
	entry_set(mm, 0, ptep, *ptep);
	h->count = (int)pair_of(h, 3).v[1];
}
