/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mmu_notifier.h - the API as the overlay finds it, with locks that sparse counts.
 */
#ifndef TEST_LINUX_MMU_NOTIFIER_H
#define TEST_LINUX_MMU_NOTIFIER_H

struct mm_struct;
typedef struct { int raw; } spinlock_t;

extern void spin_lock(spinlock_t *lock) __attribute__((context(lock, 0, 1)));
extern void spin_unlock(spinlock_t *lock) __attribute__((context(lock, 1, 0)));

extern void mmu_notifier_invalidate_range_start(struct mm_struct *mm, unsigned long start,
						unsigned long end);
extern void mmu_notifier_invalidate_range_end(struct mm_struct *mm, unsigned long start,
					      unsigned long end);
extern void mmu_notifier_invalidate_range(struct mm_struct *mm, unsigned long start,
					  unsigned long end);

#endif /* TEST_LINUX_MMU_NOTIFIER_H */
