/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * expressions.c - is a lock the same lock where the structure that points to it is an expression?
 */
#include "era-d2/mmu_notifier.h"

struct held {
	spinlock_t *lock;
};

struct named {
	char name[4];
	spinlock_t *lock;
	unsigned long count;
};

void bad_statement(struct mmu_notifier_range *range, spinlock_t *lock)
{
	struct held held = ({ struct held inner = { lock }; inner; });

	spin_lock(held.lock);
	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-lock) */
	mmu_notifier_invalidate_range_end(range);
	spin_unlock(lock);
}

void good_statement(struct mmu_notifier_range *range, spinlock_t *lock)
{
	struct held held = ({ struct held inner = { lock }; inner; });

	spin_lock(held.lock);
	spin_unlock(lock);
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
}

void good_statement_of_more(struct mmu_notifier_range *range, spinlock_t *lock)
{
	struct named named = ({ struct named inner = { "pmd", lock, 1 }; inner; });

	spin_lock(named.lock);
	spin_unlock(lock);
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
}

void good_assigned(struct mmu_notifier_range *range, spinlock_t *lock)
{
	struct named a, b = { .name = "pte", .lock = lock };

	spin_lock((a = b).lock);
	spin_unlock(a.lock);
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
}

void good_truth(struct mmu_notifier_range *range, spinlock_t *lock, unsigned int flags)
{
	bool locked = (bool)(flags & 4);

	if (flags & 4)
		spin_lock(lock);
	if (locked)
		spin_unlock(lock);
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
}

void bad_truth(struct mmu_notifier_range *range, spinlock_t *lock, unsigned int flags)
{
	bool locked = (bool)(flags & 4);

	if (flags & 4)
		spin_lock(lock);
	if (!locked)
		spin_unlock(lock);
	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-lock) */
	mmu_notifier_invalidate_range_end(range);
}
