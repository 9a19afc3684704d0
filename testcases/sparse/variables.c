/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * variables.c - does a variable keep its value through what sparse's tree makes of it?
 */
#include "era-d1/mmu_notifier.h"
#include "pgtable.h"

struct pair {
	struct mm_struct *mm;
	spinlock_t *locks[2];
};

#define TAKE(lock, where)			\
({						\
	spinlock_t *__lock = lock;		\
	*(where) = __lock;			\
	spin_lock(__lock);			\
	1;					\
})

void good_address_in_macro(struct mm_struct *mm, spinlock_t *lock)
{
	spinlock_t *ptl;

	if (TAKE(lock, &ptl))
		spin_unlock(ptl);
	mmu_notifier_invalidate_range_start(mm, 0, 1);
	mmu_notifier_invalidate_range_end(mm, 0, 1);
}

void bad_address_in_macro(struct mm_struct *mm, spinlock_t *lock)
{
	spinlock_t *ptl;

	if (!TAKE(lock, &ptl))
		spin_unlock(ptl);
	mmu_notifier_invalidate_range_start(mm, 0, 1); /* warn(region-atomic:atomic-lock) */
	mmu_notifier_invalidate_range_end(mm, 0, 1);
}

void good_compound_literal(struct mm_struct *mm, spinlock_t *lock)
{
	struct pair pair = (struct pair){ .mm = mm, .locks = { NULL, lock } };

	spin_lock(pair.locks[1]);
	spin_unlock(lock);
	mmu_notifier_invalidate_range_start(pair.mm, 0, 1);
	mmu_notifier_invalidate_range_end(mm, 0, 1);
}

void bad_compound_literal(struct mm_struct *mm, spinlock_t *lock)
{
	struct pair pair = (struct pair){ .mm = mm, .locks = { NULL, lock } };

	spin_lock(pair.locks[1]);
	spin_unlock(pair.locks[0]);
	mmu_notifier_invalidate_range_start(pair.mm, 0, 1); /* warn(region-atomic:atomic-lock) */
	mmu_notifier_invalidate_range_end(mm, 0, 1);
}

void good_condition_as_value(struct mm_struct *mm, int a)
{
	bool given = !!a;

	if (given)
		mmu_notifier_invalidate_range_start(mm, 0, 1);
	if (!a ? false : given)
		mmu_notifier_invalidate_range_end(mm, 0, 1);
}

void bad_condition_as_value(struct mm_struct *mm, int a)
{
	bool given = !!a;

	if (given)
		mmu_notifier_invalidate_range_start(mm, 0, 1);
	if (a ? false : given)
		mmu_notifier_invalidate_range_end(mm, 0, 1);
} /* warn(region-balance:open-at-return) */

void good_computed_goto(struct mm_struct *mm, int way)
{
	static void *const ways[] = { &&first, &&second };

	mmu_notifier_invalidate_range_start(mm, 0, 1);
	goto *ways[way];
first:
	flush_tlb_range(NULL, 0, 1);
second:
	mmu_notifier_invalidate_range_end(mm, 0, 1);
}

int good_asm_goto(struct mm_struct *mm)
{
	mmu_notifier_invalidate_range_start(mm, 0, 1);
	asm goto("jmp %l0" : : "r" (mm) : "memory" : failed);
	mmu_notifier_invalidate_range_end(mm, 0, 1);
	return 0;
failed:
	mmu_notifier_invalidate_range_end(mm, 0, 1);
	return 1;
}

int bad_asm_goto(struct mm_struct *mm)
{
	mmu_notifier_invalidate_range_start(mm, 0, 1);
	asm goto("jmp %l0" : : "r" (mm) : "memory" : failed);
	mmu_notifier_invalidate_range_end(mm, 0, 1);
	return 0;
failed:
	return 0; /* warn(region-balance:open-at-return) */
}
