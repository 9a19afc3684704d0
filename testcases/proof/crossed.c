/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * crossed.c - what no row says of a function that other files call: under which condition, and of which object?
 */
#include "bodies.h"

void walk_taken(struct page_vma_mapped_walk *walk, struct mm_struct *mm)
{
	walk->ptl = pte_lockptr(mm, walk->pmd);
	spin_lock(walk->ptl);
}

void walk_given(struct page_vma_mapped_walk *walk)
{
	spin_unlock(walk->ptl);
}

void cell_given(spinlock_t **ptlp)
{
	spin_unlock(*ptlp);
}

/* the member has no name in the contract */
void held_taken(struct held *h, struct mm_struct *mm, pmd_t *pmd)
{
	h->ptl = pte_lockptr(mm, pmd);
	spin_lock(h->ptl);
}

void held_given(struct held *h)
{
	spin_unlock(h->ptl);
}

int taken_both_ways(struct held *h)
{
	if (h->count) {
		h->count--;
		spin_lock(&h->lock);
		return 1;
	}
	spin_lock(&h->lock);
	return 0;
}

/* no result tells which */
int taken_at_random(struct held *h)
{
	if (h->count > 3)
		spin_lock(&h->lock);
	return h->ptl != NULL;
}

int atomic_of_two_kinds(struct held *h)
{
	if (h->count) {
		rcu_read_lock();
		return 1;
	}
	preempt_disable();
	return 0;
}

void taken_if_two(struct held *h, int ask)
{
	if (ask)
		spin_lock(&h->lock);
}

void taken_unless_two(struct held *h, int ask)
{
	if (!ask)
		spin_lock(&h->lock);
}

/* on some path only */
void may_break(struct held *h)
{
	if (h->count < 3)
		return;
	spin_unlock(&h->lock);
	schedule();
	spin_lock(&h->lock);
}

/* a lock that is waited for asleep is no row's */
void mutex_given(struct held *h)
{
	mutex_unlock(&h->mutex);
}

void taken_many(struct held *h)
{
	lock_many(h);
}

void sleeps_if_third(struct held *h, int count, int wait, int last)
{
	if (count == 7)
		h->count += last;
	if (wait == 1)
		return;
	if (wait)
		schedule();
}

void sleeps_whatever(struct held *h, int count, int wait)
{
	if (7 != count)
		h->count++;
	if (wait)
		h->count--;
	if (h->count)
		schedule();
}

void *allocates_third(struct held *h, unsigned long size, unsigned int flags, int more)
{
	return __kmalloc(size + (unsigned long)h->count, flags | (unsigned int)more);
}

void *allocates_second(struct held *h, unsigned int flags, int more)
{
	return __kmalloc(sizeof(*h) + (unsigned long)more, flags);
}

/* whatever it is passed: not because of that */
void *allocates_always(struct held *h, unsigned int flags)
{
	return __kmalloc(sizeof(*h), flags | 0xc00);
}

/* the rights go first, and then the entry */
void less_and_clear(struct mm_struct *mm, unsigned long addr, pte_t *ptep)
{
	ptep_set_wrprotect(mm, addr, ptep);
	ptep_get_and_clear(mm, addr, ptep);
}

void entry_set(struct mm_struct *mm, unsigned long addr, pte_t *ptep, pte_t pte)
{
	set_pte_at(mm, addr, ptep, pte);
}

/* where the result goes is no argument */
struct pair pair_of(struct held *h, int count)
{
	struct pair p = { { h->count, count, h->count, 0, 0, 0, 0, 0 } };

	if (h->count)
		schedule();
	return p;
}
