/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mmu_notifier.h - the notifiers of a kernel between 5.19 and 6.2, and what else the files of
 * this tree call.
 */
#ifndef REPAIRS_MMU_NOTIFIER_H
#define REPAIRS_MMU_NOTIFIER_H

#include "entries.h"
#include "sleep.h"

enum mmu_notifier_event {
	MMU_NOTIFY_UNMAP = 0,
	MMU_NOTIFY_CLEAR,
	MMU_NOTIFY_RELEASE,
};

#define MMU_NOTIFIER_RANGE_BLOCKABLE	(1 << 0)

struct mmu_notifier;
struct mmu_interval_notifier;

struct mmu_notifier_range {
	struct mm_struct *mm;
	unsigned long start, end;
	unsigned int flags;
	enum mmu_notifier_event event;
};

struct mmu_notifier_ops {
	void (*release)(struct mmu_notifier *mn, struct mm_struct *mm);
	void (*invalidate_range)(struct mmu_notifier *mn, struct mm_struct *mm,
				 unsigned long start, unsigned long end);
	void (*free_notifier)(struct mmu_notifier *mn);
};

struct mmu_notifier {
	const struct mmu_notifier_ops *ops;
};

struct mmu_interval_notifier_ops {
	bool (*invalidate)(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
			   unsigned long cur_seq);
};

struct mmu_interval_notifier {
	const struct mmu_interval_notifier_ops *ops;
	struct mm_struct *mm;
};

unsigned long mmu_interval_read_begin(struct mmu_interval_notifier *mni);
bool mmu_interval_read_retry(struct mmu_interval_notifier *mni, unsigned long seq);
void mmu_interval_set_seq(struct mmu_interval_notifier *mni, unsigned long cur_seq);
int mmu_interval_notifier_insert(struct mmu_interval_notifier *mni, struct mm_struct *mm,
				 unsigned long start, unsigned long length,
				 const struct mmu_interval_notifier_ops *ops);
int __mmu_notifier_register(struct mmu_notifier *mn, struct mm_struct *mm);
void mmu_notifier_put(struct mmu_notifier *mn);
int __mmu_notifier_invalidate_range_start(struct mmu_notifier_range *range);
void mmu_notifier_invalidate_range_end(struct mmu_notifier_range *range);
void __mmu_notifier_invalidate_range(struct mm_struct *mm, unsigned long start, unsigned long end);
int mmu_notifier_clear_young(struct mm_struct *mm, unsigned long start, unsigned long end);

static inline bool mmu_notifier_range_blockable(const struct mmu_notifier_range *range)
{
	return range->flags & MMU_NOTIFIER_RANGE_BLOCKABLE;
}

static inline int
mmu_notifier_invalidate_range_start_nonblock(struct mmu_notifier_range *range)
{
	range->flags &= ~MMU_NOTIFIER_RANGE_BLOCKABLE;
	return __mmu_notifier_invalidate_range_start(range);
}

static inline void mmu_notifier_invalidate_range(struct mm_struct *mm, unsigned long start,
						 unsigned long end)
{
	__mmu_notifier_invalidate_range(mm, start, end);
}

static inline void mmu_notifier_range_init(struct mmu_notifier_range *range,
					   enum mmu_notifier_event event, unsigned int flags,
					   struct vm_area_struct *vma, struct mm_struct *mm,
					   unsigned long start, unsigned long end)
{
	range->event = event;
	range->flags = flags;
	range->mm = mm;
	range->start = start;
	range->end = end;
}

/* locks and works */
struct lock_class_key {
	int unused;
};

void __mutex_init(struct mutex *lock, const char *name, struct lock_class_key *key);
#define mutex_init(lock)					\
do {								\
	static struct lock_class_key __key;			\
								\
	__mutex_init(lock, #lock, &__key);			\
} while (0)

void __init_work(struct work_struct *work, void (*func)(struct work_struct *work));
#define INIT_WORK(work, func)	__init_work(work, func)

struct kref {
	int refs;
};

bool kref_last(struct kref *kref);
static inline void kref_put(struct kref *kref, void (*release)(struct kref *kref))
{
	if (kref_last(kref))
		release(kref);
}

/* accessed bits */
int ptep_test_and_clear_young(struct vm_area_struct *vma, unsigned long addr, pte_t *ptep);
int pmdp_test_and_clear_young(struct vm_area_struct *vma, unsigned long addr, pmd_t *pmdp);

#endif /* REPAIRS_MMU_NOTIFIER_H */
