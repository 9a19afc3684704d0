/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_MMU_NOTIFIER_H
#define _LINUX_MMU_NOTIFIER_H

#include <linux/huge_mm.h>
#include <linux/list.h>
#include <linux/mm_types.h>

enum mmu_notifier_event {
	MMU_NOTIFY_UNMAP,
	MMU_NOTIFY_CLEAR,
	MMU_NOTIFY_PROTECTION_VMA,
	MMU_NOTIFY_PROTECTION_PAGE,
	MMU_NOTIFY_SOFT_DIRTY,
};

#define MMU_NOTIFIER_RANGE_BLOCKABLE	(1 << 0)

struct mmu_notifier_range {
	struct vm_area_struct *vma;
	struct mm_struct *mm;
	unsigned long start;
	unsigned long end;
	unsigned int flags;
	enum mmu_notifier_event event;
};

static inline int mm_has_notifiers(struct mm_struct *mm)
{
	return unlikely(mm->mmu_notifier_mm != NULL);
}

static inline bool
mmu_notifier_range_blockable(const struct mmu_notifier_range *range)
{
	return range->flags & MMU_NOTIFIER_RANGE_BLOCKABLE;
}

extern int __mmu_notifier_invalidate_range_start(struct mmu_notifier_range *r);
extern void __mmu_notifier_invalidate_range_end(struct mmu_notifier_range *r,
						bool only_end);
extern void __mmu_notifier_invalidate_range(struct mm_struct *mm,
					    unsigned long start,
					    unsigned long end);
extern void __mmu_notifier_change_pte(struct mm_struct *mm,
				      unsigned long address, pte_t pte);

static inline void mmu_notifier_range_init(struct mmu_notifier_range *range,
					   enum mmu_notifier_event event,
					   unsigned int flags,
					   struct vm_area_struct *vma,
					   struct mm_struct *mm,
					   unsigned long start,
					   unsigned long end)
{
	range->vma = vma;
	range->event = event;
	range->mm = mm;
	range->start = start;
	range->end = end;
	range->flags = flags;
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

/* Fails with -EAGAIN where a callback would have to sleep. */
static inline int
mmu_notifier_invalidate_range_start_nonblock(struct mmu_notifier_range *range)
{
	int ret = 0;

	if (mm_has_notifiers(range->mm)) {
		range->flags &= ~MMU_NOTIFIER_RANGE_BLOCKABLE;
		ret = __mmu_notifier_invalidate_range_start(range);
	}
	return ret;
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

static inline void mmu_notifier_change_pte(struct mm_struct *mm,
					   unsigned long address, pte_t pte)
{
	if (mm_has_notifiers(mm))
		__mmu_notifier_change_pte(mm, address, pte);
}

#define ptep_clear_flush_notify(vma, address, ptep)			\
({									\
	struct mm_struct *__mm = (vma)->vm_mm;				\
	unsigned long __addr = (address) & PAGE_MASK;			\
	pte_t __old = ptep_clear_flush(vma, address, ptep);		\
									\
	mmu_notifier_invalidate_range(__mm, __addr,			\
				      __addr + PAGE_SIZE);		\
	__old;								\
})

#define pmdp_huge_clear_flush_notify(vma, haddr, pmdp)			\
({									\
	struct mm_struct *__mm = (vma)->vm_mm;				\
	unsigned long __addr = (haddr) & HPAGE_PMD_MASK;		\
	pmd_t __old = pmdp_huge_clear_flush(vma, haddr, pmdp);		\
									\
	mmu_notifier_invalidate_range(__mm, __addr,			\
				      __addr + HPAGE_PMD_SIZE);		\
	__old;								\
})

#define set_pte_at_notify(mm, address, ptep, pte)			\
({									\
	struct mm_struct *__mm = mm;					\
	unsigned long __addr = address;					\
	pte_t __new = pte;						\
									\
	mmu_notifier_change_pte(__mm, __addr, __new);			\
	set_pte_at(__mm, __addr, ptep, __new);				\
})

#endif /* _LINUX_MMU_NOTIFIER_H */
