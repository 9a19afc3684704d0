/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * locks.c - is it seen which locks, and which atomic contexts, a body leaves behind, and on which condition?
 */
#include "bodies.h"

void lock_it(struct held *h)
{
	spin_lock(&h->lock);
}

int lock_tried(struct held *h)
{
	if (!spin_trylock(&h->lock))
		return 0;
	return 1;
}

int lock_tried_but(struct held *h)
{
	return spin_trylock(&h->lock);
}

int lock_inverted(struct held *h)
{
	if (spin_trylock(&h->lock))
		return 0;
	return 1;
}

void lock_never(struct held *h)
{
	(void)h;
}

void lock_left(struct held *h)
{
	spin_lock(&h->lock);
}

void lock_dropped(struct held *h)
{
	spin_unlock(&h->lock);
}

void lock_given(struct held *h)
{
	spin_unlock(&h->lock);
}

void lock_broken(struct held *h)
{
	spin_unlock(&h->lock);
	schedule();
	spin_lock(&h->lock);
}

void lock_broken_unsaid(struct held *h)
{
	spin_unlock(&h->lock);
	schedule();
	spin_lock(&h->lock);
}

void lock_in_cell(struct mm_struct *mm, pmd_t *pmd, spinlock_t **ptlp)
{
	spinlock_t *ptl = pte_lockptr(mm, pmd);

	spin_lock(ptl);
	*ptlp = ptl;
}

int lock_if_asked(struct held *h, int ask)
{
	if (!ask)
		return 0;
	spin_lock(&h->lock);
	return 1;
}

/* the lock of its caller is kept, or dropped and another one taken */
void lock_of_walk(struct held *h, struct mm_struct *mm, pmd_t *pmd, int again)
{
	if (!again)
		return;
	spin_unlock(h->ptl);
	h->ptl = pte_lockptr(mm, pmd);
	spin_lock(h->ptl);
}

/* &other->lock may be the same lock */
void lock_by_name(struct held *h, struct held *other)
{
	spin_lock(&h->lock);
	h->count++;
	spin_unlock(&h->lock);
	other->count++;
}

spinlock_t *lock_returned(struct mm_struct *mm, pmd_t *pmd)
{
	spinlock_t *ptl = pte_lockptr(mm, pmd);

	if (!pmd->pmd)
		return NULL;
	spin_lock(ptl);
	return ptl;
}

void atomic_from_here(void)
{
	rcu_read_lock();
}

void atomic_to_here(void)
{
	rcu_read_unlock();
}

void atomic_unsaid(void)
{
	rcu_read_lock();
}

void atomic_twice(void)
{
	rcu_read_lock();
	rcu_read_lock();
}

/* with the lock not taken it says NULL; that the pointer is it before is no path */
int atomic_if_free(struct held **hp)
{
	struct held *h = *hp;

	rcu_read_lock();
	if (h->count) {
		rcu_read_unlock();
		h = NULL;
	}
	return h ? 1 : 0;
}

int mutex_tried(struct held *h)
{
	if (!mutex_trylock(&h->mutex))
		return -1;
	return 0;
}

int mutex_kept(struct held *h)
{
	mutex_lock(&h->mutex);
	return h->count;
}

int mutex_dropped(struct held *h)
{
	mutex_unlock(&h->mutex);
	return h->count;
}

/* a lock of its own making */
void lock_made(int *lock)
{
	while (*lock)
		;
	*lock = 1;
}

void lock_explained(struct held *h)
{
	if (h->count)
		spin_lock(&h->lock);
}
