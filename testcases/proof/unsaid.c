/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * unsaid.c - is what a row leaves out told from what goes without saying, and from what has no name for a caller?
 */
#include "bodies.h"

/* the range that is told of is that of somebody who is excused */
void notify_excused(struct mm_struct *mm, unsigned long addr)
{
	mmu_notifier_invalidate_range(mm, addr, addr + PAGE_SIZE);
}

void notify_unsaid(struct mm_struct *mm, unsigned long addr)
{
	mmu_notifier_invalidate_range(mm, addr, addr + PAGE_SIZE);
}

void set_unsaid(struct mm_struct *mm, unsigned long addr, pte_t *ptep, pte_t pte)
{
	set_pte_at(mm, addr, ptep, pte);
}

void less_unsaid(struct mm_struct *mm, unsigned long addr, pte_t *ptep)
{
	ptep_set_wrprotect(mm, addr, ptep);
}

/* a page fault clears entries, too */
void clear_in_fault(struct mm_struct *mm, unsigned long addr, pte_t *ptep)
{
	if (copy_to_user((void *)addr, ptep, sizeof(*ptep)))
		ptep_get_and_clear(mm, addr, ptep);
}

/* that the start of a region may sleep goes without saying */
int start_sleeps(struct mmu_notifier_range *range)
{
	might_sleep();
	return __mmu_notifier_invalidate_range_start(range);
}

/* that of a caller: who drops it by another name drops it */
void lock_dropped_if_held(struct held *h)
{
	spin_unlock(&h->lock);
}

void lock_dropped_there(struct held *h)
{
	lock_may_be_dropped(h);
}

/* no caller can say which lock that is */
void lock_nameless(struct held *h)
{
	spin_lock(lock_from_nowhere(h));
}

void lock_given_nameless(struct mm_struct *mm, pmd_t *pmd)
{
	spin_unlock(pte_lockptr(mm, pmd));
}

/* .. unless it is where a caller finds it */
void lock_found(struct held *h)
{
	spinlock_t *lock = lock_from_nowhere(h);

	spin_lock(lock);
	h->ptl = lock;
}

void mutex_other_left(struct held *h, struct held *other)
{
	mutex_unlock(&h->mutex);
	mutex_lock(&other->mutex);
}

void mutex_other_given(struct held *h, struct held *other)
{
	mutex_unlock(&other->mutex);
	mutex_lock(&h->mutex);
}

void mutex_broken(struct held *h)
{
	mutex_unlock(&h->mutex);
	h->count++;
	mutex_lock(&h->mutex);
}

void mutex_unsaid(struct held *h)
{
	mutex_lock(&h->mutex);
}

/* on a path where nobody listens nothing is left open */
int region_unless_alone(struct mmu_notifier_range *range, struct mm_struct *mm)
{
	mmu_notifier_range_init(range, MMU_NOTIFY_CLEAR, 0, NULL, mm, 0, PAGE_SIZE);
	mmu_notifier_invalidate_range_start(range);
	if (mm_has_notifiers(mm)) {
		mmu_notifier_invalidate_range_end(range);
		return 0;
	}
	return 1;
}

/* more locks than are followed: nothing is claimed of any */
void lock_many(struct held *h)
{
	spin_lock(&h[0].lock);
	spin_lock(&h[1].lock);
	spin_lock(&h[2].lock);
	spin_lock(&h[3].lock);
	spin_lock(&h[4].lock);
	spin_lock(&h[5].lock);
	spin_lock(&h[6].lock);
	spin_lock(&h[7].lock);
	spin_lock(&h[8].lock);
}

/* one more than is remembered: of the first nothing is known */
void lock_many_given(struct held *h)
{
	spin_unlock(&h[0].lock);
	spin_unlock(&h[1].lock);
	spin_unlock(&h[2].lock);
	spin_unlock(&h[3].lock);
	spin_unlock(&h[4].lock);
}

void atomic_ended_unsaid(void)
{
	rcu_read_unlock();
}

int atomic_maybe(struct held *h)
{
	rcu_read_lock();
	return h->count;
}

int atomic_not_if(struct held *h)
{
	if (h->count)
		return 0;
	rcu_read_lock();
	return 1;
}

/* the same name in two files: a row speaks of both */
static __attribute__((noinline)) void lock_of_two(struct held *h)
{
	if (h->count)
		rcu_read_lock();
}

void use_first(struct held *h)
{
	lock_of_two(h);
	lock_of_two(h + 1);
}
