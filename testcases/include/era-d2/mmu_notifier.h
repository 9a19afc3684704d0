/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mmu_notifier.h - the API of Linux 5.2 to 6.2.
 *
 * init takes (range, event, flags, vma, mm, start, end).
 */
#ifndef TEST_ERA_D2_MMU_NOTIFIER_H
#define TEST_ERA_D2_MMU_NOTIFIER_H

#include "mm.h"
#include "pgtable.h"

struct mmu_notifier;
struct mmu_notifier_range;

enum mmu_notifier_event {
	MMU_NOTIFY_UNMAP = 0,
	MMU_NOTIFY_CLEAR,
	MMU_NOTIFY_PROTECTION_VMA,
	MMU_NOTIFY_PROTECTION_PAGE,
	MMU_NOTIFY_MIGRATE,
};

#define MMU_NOTIFIER_RANGE_BLOCKABLE	(1 << 0)

struct mmu_notifier_ops {
	void (*release)(struct mmu_notifier *mn, struct mm_struct *mm);
	int (*clear_flush_young)(struct mmu_notifier *mn, struct mm_struct *mm,
				 unsigned long start, unsigned long end);
	int (*test_young)(struct mmu_notifier *mn, struct mm_struct *mm,
			  unsigned long address);
	int (*invalidate_range_start)(struct mmu_notifier *mn,
				      const struct mmu_notifier_range *range);
	void (*invalidate_range_end)(struct mmu_notifier *mn,
				     const struct mmu_notifier_range *range);
	void (*invalidate_range)(struct mmu_notifier *mn, struct mm_struct *mm,
				 unsigned long start, unsigned long end);
};

struct mmu_notifier {
	const struct mmu_notifier_ops *ops;
};

struct mmu_interval_notifier;

struct mmu_interval_notifier_ops {
	bool (*invalidate)(struct mmu_interval_notifier *mni,
			   const struct mmu_notifier_range *range,
			   unsigned long cur_seq);
};

struct mmu_interval_notifier {
	unsigned long start, last;
	const struct mmu_interval_notifier_ops *ops;
	struct mm_struct *mm;
};

unsigned long mmu_interval_read_begin(struct mmu_interval_notifier *mni);
bool mmu_interval_read_retry(struct mmu_interval_notifier *mni, unsigned long seq);
void mmu_interval_notifier_remove(struct mmu_interval_notifier *mni);
int mmu_notifier_register(struct mmu_notifier *mn, struct mm_struct *mm);
void mmu_notifier_synchronize(void);
void mmu_interval_set_seq(struct mmu_interval_notifier *mni, unsigned long cur_seq);

struct mmu_notifier_range {
	struct vm_area_struct *vma;
	struct mm_struct *mm;
	unsigned long start;
	unsigned long end;
	unsigned int flags;
	enum mmu_notifier_event event;
	void *owner;
};

void __mmu_notifier_change_pte(struct mm_struct *mm, unsigned long address,
			       pte_t pte);
int __mmu_notifier_invalidate_range_start(struct mmu_notifier_range *range);
void __mmu_notifier_invalidate_range_end(struct mmu_notifier_range *range,
					  bool only_end);
void __mmu_notifier_invalidate_range(struct mm_struct *mm,
				     unsigned long start, unsigned long end);

static inline int mm_has_notifiers(struct mm_struct *mm)
{
	return unlikely(mm->mmu_notifier_mm != NULL);
}

static inline void mmu_notifier_change_pte(struct mm_struct *mm,
					   unsigned long address, pte_t pte)
{
	if (mm_has_notifiers(mm))
		__mmu_notifier_change_pte(mm, address, pte);
}

static inline bool
mmu_notifier_range_blockable(const struct mmu_notifier_range *range)
{
	return range->flags & MMU_NOTIFIER_RANGE_BLOCKABLE;
}

static inline void
mmu_notifier_invalidate_range_start(struct mmu_notifier_range *range)
{
	might_sleep();
	if (mm_has_notifiers(range->mm)) {
		range->flags |= MMU_NOTIFIER_RANGE_BLOCKABLE;
		__mmu_notifier_invalidate_range_start(range);
	}
}

static inline int
mmu_notifier_invalidate_range_start_nonblock(struct mmu_notifier_range *range)
{
	if (mm_has_notifiers(range->mm)) {
		range->flags &= ~MMU_NOTIFIER_RANGE_BLOCKABLE;
		return __mmu_notifier_invalidate_range_start(range);
	}
	return 0;
}

static inline void
mmu_notifier_invalidate_range_end(struct mmu_notifier_range *range)
{
	if (mmu_notifier_range_blockable(range))
		might_sleep();
	if (mm_has_notifiers(range->mm))
		__mmu_notifier_invalidate_range_end(range, false);
}

static inline void
mmu_notifier_invalidate_range_only_end(struct mmu_notifier_range *range)
{
	if (mm_has_notifiers(range->mm))
		__mmu_notifier_invalidate_range_end(range, true);
}

static inline void mmu_notifier_invalidate_range(struct mm_struct *mm,
						 unsigned long start,
						 unsigned long end)
{
	if (mm_has_notifiers(mm))
		__mmu_notifier_invalidate_range(mm, start, end);
}

static inline void mmu_notifier_range_init(struct mmu_notifier_range *range,
					   enum mmu_notifier_event event,
					   unsigned int flags,
					   struct vm_area_struct *vma,
					   struct mm_struct *mm,
					   unsigned long start,
					   unsigned long end)
{
	range->event = event;
	range->flags = flags;
	range->vma = vma;
	range->mm = mm;
	range->start = start;
	range->end = end;
}

static inline void
mmu_notifier_range_init_owner(struct mmu_notifier_range *range,
			      enum mmu_notifier_event event, unsigned int flags,
			      struct vm_area_struct *vma,
			      struct mm_struct *mm, unsigned long start,
			      unsigned long end, void *owner)
{
	mmu_notifier_range_init(range, event, flags, vma, mm, start, end);
	range->owner = owner;
}

#define ptep_clear_flush_notify(vma, address, ptep)			\
({									\
	unsigned long __start = (address) & PAGE_MASK;			\
	struct mm_struct *__mm = (vma)->vm_mm;				\
	pte_t __old;							\
									\
	__old = ptep_clear_flush(vma, address, ptep);			\
	mmu_notifier_invalidate_range(__mm, __start, __start + PAGE_SIZE); \
	__old;								\
})

#define pmdp_huge_clear_flush_notify(vma, haddr, pmdp)			\
({									\
	unsigned long __start = (haddr) & HPAGE_PMD_MASK;		\
	struct mm_struct *__mm = (vma)->vm_mm;				\
	pmd_t __old;							\
									\
	__old = pmdp_huge_clear_flush(vma, haddr, pmdp);		\
	mmu_notifier_invalidate_range(__mm, __start, __start + HPAGE_PMD_SIZE); \
	__old;								\
})

#define set_pte_at_notify(mm, address, ptep, pte)			\
({									\
	struct mm_struct *__set_mm = (mm);				\
	unsigned long __set_address = (address);			\
	pte_t __set_pte = (pte);					\
									\
	mmu_notifier_change_pte(__set_mm, __set_address, __set_pte);	\
	set_pte_at(__set_mm, __set_address, ptep, __set_pte);		\
})

#endif /* TEST_ERA_D2_MMU_NOTIFIER_H */
