/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kinds.c - is each kind of effect, object and condition compared, and is it said where a body does not tell?
 */
#include "bodies.h"

/* on conditions */
int lock_if_two_is(struct held *h)
{
	if (!h->count)
		return 1;
	spin_lock(&h->lock);
	return 2;
}

int lock_if_both(struct held *h, int ask)
{
	if (!ask || !h->count)
		return 0;
	spin_lock(&h->lock);
	return 1;
}

int lock_by_flags(struct held *h, unsigned int flags)
{
	if (flags == 0x600) {
		spin_lock(&h->lock);
		return 1;
	}
	return 0;
}

int lock_by_other_flags(struct held *h, unsigned int flags)
{
	if (flags == 0x200) {
		spin_lock(&h->lock);
		return 1;
	}
	return 0;
}

/* of objects */
void lock_moved(struct held *h, struct held *other)
{
	spin_unlock(&h->lock);
	spin_lock(&other->lock);
}

void lock_moved_inside(struct held *h)
{
	spin_unlock(&h->lock);
	spin_lock(&h->second);
}

void lock_somewhere(struct held *h)
{
	spin_lock(lock_from_nowhere(h));
}

spinlock_t *lock_returned_unsaid(struct held *h)
{
	spinlock_t *lock = lock_from_nowhere(h);

	spin_lock(lock);
	return lock;
}

void lock_of_absent(struct held *h)
{
	h->count++;
}

void same_of_absent(struct held *h)
{
	h->count++;
}

void lock_beyond(struct held *h)
{
	spin_lock(&h->lock);
}

void mutex_other(struct held *h, struct held *other)
{
	h->count++;
	mutex_lock(&other->mutex);
}

/* of the mm alone, as before 5.0 */
int region_of_mm(struct mmu_notifier_range *range, struct mm_struct *mm)
{
	mmu_notifier_range_init(range, MMU_NOTIFY_CLEAR, 0, NULL, mm, 0, PAGE_SIZE);
	mmu_notifier_invalidate_range_start(range);
	return 0;
}

int region_of_no_mm(struct mmu_notifier_range *range)
{
	range->flags = 0;
	return 0;
}

void region_of_mm_ended(struct mm_struct *mm)
{
	region_old_end(mm);
}

void region_of_mm_left(struct mm_struct *mm)
{
	region_old_start(mm);
}

/* with its structure gone nobody can end it: that is a mistake of its own, and no row's */
void region_left_on_stack(struct mm_struct *mm)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, NULL, mm, 0, PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
} /* warn(region-balance:open-at-return) */

int start_nonblock(struct mmu_notifier_range *range)
{
	return mmu_notifier_invalidate_range_start_nonblock(range);
}

/* of values */
struct held *same_maybe(struct held *h, struct held *other, int n)
{
	if (n) {
		h->count++;
		return h;
	}
	return other;
}

int set_maybe(struct held *h, int n)
{
	if (n) {
		h->ptl = (spinlock_t *)h;
		return 1;
	}
	return 0;
}

int negative_maybe(struct held *h, int n)
{
	if (n)
		return -12;
	return h->count;
}

spinlock_t *ptl_maybe(struct held *h, struct mm_struct *mm, pmd_t *pmd)
{
	if (h->count)
		return pte_lockptr(mm, pmd);
	return h->ptl;
}

int write_anyway(struct held *h, int n)
{
	h->count = 3;
	if (!n)
		return 0;
	h->ptl = NULL;
	return 1;
}

void write_not(struct held *h)
{
	(void)h;
}

int init_anyway(struct mmu_notifier_range *range, struct mm_struct *mm, int n)
{
	mmu_notifier_range_init(range, MMU_NOTIFY_CLEAR, 0, NULL, mm, 0, PAGE_SIZE);
	if (!n)
		return 0;
	range->flags = 1;
	return 1;
}

/* of what happens on the way */
void sleep_under_rcu(struct held *h)
{
	rcu_read_lock();
	if (h->count > 7)
		schedule();
	rcu_read_unlock();
}

void less_not_clear(struct mm_struct *mm, unsigned long addr, pte_t *ptep)
{
	ptep_set_wrprotect(mm, addr, ptep);
}

void change_of_any_kind(struct mm_struct *mm, unsigned long addr, pte_t *ptep)
{
	ptep_set_wrprotect(mm, addr, ptep);
}

void change_of_two_levels(struct mm_struct *mm, unsigned long addr, pte_t *ptep, pmd_t *pmdp)
{
	ptep_get_and_clear(mm, addr, ptep);
	pmdp_huge_get_and_clear(mm, addr, pmdp);
}

void awaits_hidden(struct mm_struct *mm)
{
	mm->flags = 0;
}

void removes_hidden(struct mm_struct *mm)
{
	mm->flags = 0;
}

void notify_if_two(struct mm_struct *mm, int ask)
{
	if (ask)
		mmu_notifier_invalidate_range(mm, 0, PAGE_SIZE);
}

/* of what hides it */
void lock_in_large(struct held *h)
{
	large(h);
}

void sleep_in_large(struct held *h)
{
	large(h);
}

void lock_elsewhere(struct held *h)
{
	take_two_there(h, h);
}

int lock_by_asm(struct held *h)
{
	int old = 0;

	__asm__("" : "+r"(old));
	(void)h;
	return old;
}

void sleep_not_builtin(struct held *h)
{
	__builtin_prefetch(h);
}
