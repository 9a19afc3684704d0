/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mmu_notifier.h - the API of Linux 4.13 to 4.20.
 *
 * invalidate_page() is gone. 4.15 added invalidate_range_only_end(), 4.19 a start that
 * does not sleep and can fail: define TEST_KERNEL_4_19 for callbacks that are told so.
 */
#ifndef TEST_ERA_D1_MMU_NOTIFIER_H
#define TEST_ERA_D1_MMU_NOTIFIER_H

#include "mm.h"
#include "pgtable.h"

struct mmu_notifier;

struct mmu_notifier_ops {
	void (*release)(struct mmu_notifier *mn, struct mm_struct *mm);
	int (*clear_flush_young)(struct mmu_notifier *mn, struct mm_struct *mm,
				 unsigned long start, unsigned long end);
	int (*test_young)(struct mmu_notifier *mn, struct mm_struct *mm,
			  unsigned long address);
	void (*change_pte)(struct mmu_notifier *mn, struct mm_struct *mm,
			   unsigned long address, pte_t pte);
#ifdef TEST_KERNEL_4_19
	int (*invalidate_range_start)(struct mmu_notifier *mn, struct mm_struct *mm,
				      unsigned long start, unsigned long end,
				      bool blockable);
#else
	void (*invalidate_range_start)(struct mmu_notifier *mn, struct mm_struct *mm,
				       unsigned long start, unsigned long end);
#endif
	void (*invalidate_range_end)(struct mmu_notifier *mn, struct mm_struct *mm,
				     unsigned long start, unsigned long end);
	void (*invalidate_range)(struct mmu_notifier *mn, struct mm_struct *mm,
				 unsigned long start, unsigned long end);
};

struct mmu_notifier {
	const struct mmu_notifier_ops *ops;
};

void __mmu_notifier_change_pte(struct mm_struct *mm, unsigned long address,
			       pte_t pte);
int __mmu_notifier_invalidate_range_start(struct mm_struct *mm, unsigned long start,
					  unsigned long end, bool blockable);
void __mmu_notifier_invalidate_range_end(struct mm_struct *mm, unsigned long start,
					 unsigned long end, bool only_end);
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

static inline void mmu_notifier_invalidate_range_start(struct mm_struct *mm,
						       unsigned long start,
						       unsigned long end)
{
	if (mm_has_notifiers(mm))
		__mmu_notifier_invalidate_range_start(mm, start, end, true);
}

static inline void mmu_notifier_invalidate_range_end(struct mm_struct *mm,
						     unsigned long start,
						     unsigned long end)
{
	if (mm_has_notifiers(mm))
		__mmu_notifier_invalidate_range_end(mm, start, end, false);
}

static inline int
mmu_notifier_invalidate_range_start_nonblock(struct mm_struct *mm,
					     unsigned long start,
					     unsigned long end)
{
	if (mm_has_notifiers(mm))
		return __mmu_notifier_invalidate_range_start(mm, start, end, false);
	return 0;
}

static inline void mmu_notifier_invalidate_range_only_end(struct mm_struct *mm,
							  unsigned long start,
							  unsigned long end)
{
	if (mm_has_notifiers(mm))
		__mmu_notifier_invalidate_range_end(mm, start, end, true);
}

static inline void mmu_notifier_invalidate_range(struct mm_struct *mm,
						 unsigned long start,
						 unsigned long end)
{
	if (mm_has_notifiers(mm))
		__mmu_notifier_invalidate_range(mm, start, end);
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

#endif /* TEST_ERA_D1_MMU_NOTIFIER_H */
