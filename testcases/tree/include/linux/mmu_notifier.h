/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_MMU_NOTIFIER_H
#define _LINUX_MMU_NOTIFIER_H

#include <linux/huge_mm.h>
#include <linux/list.h>
#include <linux/mm_types.h>
#include <linux/srcu.h>

struct mmu_notifier;
struct mmu_notifier_ops;

/* All notifiers of one mm; set up on the first registration. */
struct mmu_notifier_mm {
	struct hlist_head list;
	/* serializes changes of the list */
	spinlock_t lock;
};

struct mmu_notifier_ops {
	/*
	 * The address space goes away, or the notifier is unregistered:
	 * tear down all that the secondary MMU has mapped.
	 */
	void (*release)(struct mmu_notifier *mn, struct mm_struct *mm);

	/* Test and clear the young bit of a range, and flush. */
	int (*clear_flush_young)(struct mmu_notifier *mn,
				 struct mm_struct *mm,
				 unsigned long start, unsigned long end);

	/* Only test the young bit. */
	int (*test_young)(struct mmu_notifier *mn, struct mm_struct *mm,
			  unsigned long address);

	/* The entry at @address is about to become @pte. */
	void (*change_pte)(struct mmu_notifier *mn, struct mm_struct *mm,
			   unsigned long address, pte_t pte);

	/*
	 * The entry of one page was cleared or made stricter. Until this
	 * returns the page is not freed, and the secondary MMU may go on
	 * using it; afterwards it must not.
	 */
	void (*invalidate_page)(struct mmu_notifier *mn, struct mm_struct *mm,
				unsigned long address);

	/*
	 * invalidate_range_start() and invalidate_range_end() come in pairs,
	 * and both may sleep. Between the two the secondary MMU must not map
	 * pages of the range. start is called while all pages are still
	 * there, end when they are gone.
	 */
	void (*invalidate_range_start)(struct mmu_notifier *mn,
				       struct mm_struct *mm,
				       unsigned long start, unsigned long end);
	void (*invalidate_range_end)(struct mmu_notifier *mn,
				     struct mm_struct *mm,
				     unsigned long start, unsigned long end);

	/*
	 * For a TLB that shares the CPU's page tables: called under the page
	 * table lock between start and end, after an entry was cleared and
	 * before its page is freed. It must not sleep. It may be told of a
	 * part of the pair's range only.
	 */
	void (*invalidate_range)(struct mmu_notifier *mn, struct mm_struct *mm,
				 unsigned long start, unsigned long end);
};

struct mmu_notifier {
	struct hlist_node hlist;
	const struct mmu_notifier_ops *ops;
};

static inline int mm_has_notifiers(struct mm_struct *mm)
{
	return unlikely(mm->mmu_notifier_mm != NULL);
}

extern int mmu_notifier_register(struct mmu_notifier *mn,
				 struct mm_struct *mm);
extern void mmu_notifier_unregister(struct mmu_notifier *mn,
				    struct mm_struct *mm);
extern void __mmu_notifier_release(struct mm_struct *mm);
extern int __mmu_notifier_clear_flush_young(struct mm_struct *mm,
					    unsigned long start,
					    unsigned long end);
extern int __mmu_notifier_test_young(struct mm_struct *mm,
				     unsigned long address);
extern void __mmu_notifier_change_pte(struct mm_struct *mm,
				      unsigned long address, pte_t pte);
extern void __mmu_notifier_invalidate_page(struct mm_struct *mm,
					   unsigned long address);
extern void __mmu_notifier_invalidate_range_start(struct mm_struct *mm,
						  unsigned long start,
						  unsigned long end);
extern void __mmu_notifier_invalidate_range_end(struct mm_struct *mm,
						unsigned long start,
						unsigned long end);
extern void __mmu_notifier_invalidate_range(struct mm_struct *mm,
					    unsigned long start,
					    unsigned long end);

#ifdef CONFIG_MMU_NOTIFIER

static inline void mmu_notifier_release(struct mm_struct *mm)
{
	if (mm_has_notifiers(mm))
		__mmu_notifier_release(mm);
}

static inline int mmu_notifier_clear_flush_young(struct mm_struct *mm,
						 unsigned long start,
						 unsigned long end)
{
	if (mm_has_notifiers(mm))
		return __mmu_notifier_clear_flush_young(mm, start, end);
	return 0;
}

static inline int mmu_notifier_test_young(struct mm_struct *mm,
					  unsigned long address)
{
	if (mm_has_notifiers(mm))
		return __mmu_notifier_test_young(mm, address);
	return 0;
}

static inline void mmu_notifier_change_pte(struct mm_struct *mm,
					   unsigned long address, pte_t pte)
{
	if (mm_has_notifiers(mm))
		__mmu_notifier_change_pte(mm, address, pte);
}

static inline void mmu_notifier_invalidate_page(struct mm_struct *mm,
						unsigned long address)
{
	if (mm_has_notifiers(mm))
		__mmu_notifier_invalidate_page(mm, address);
}

static inline void mmu_notifier_invalidate_range_start(struct mm_struct *mm,
						       unsigned long start,
						       unsigned long end)
{
	if (mm_has_notifiers(mm))
		__mmu_notifier_invalidate_range_start(mm, start, end);
}

static inline void mmu_notifier_invalidate_range_end(struct mm_struct *mm,
						     unsigned long start,
						     unsigned long end)
{
	if (mm_has_notifiers(mm))
		__mmu_notifier_invalidate_range_end(mm, start, end);
}

static inline void mmu_notifier_invalidate_range(struct mm_struct *mm,
						 unsigned long start,
						 unsigned long end)
{
	if (mm_has_notifiers(mm))
		__mmu_notifier_invalidate_range(mm, start, end);
}

#define ptep_clear_flush_young_notify(vma, address, ptep)		\
({									\
	struct vm_area_struct *__vma = vma;				\
	unsigned long __addr = address;					\
	int __young = ptep_clear_flush_young(__vma, __addr, ptep);	\
									\
	__young |= mmu_notifier_clear_flush_young(__vma->vm_mm, __addr,	\
						  __addr + PAGE_SIZE);	\
	__young;							\
})

#define pmdp_clear_flush_young_notify(vma, address, pmdp)		\
({									\
	struct vm_area_struct *__vma = vma;				\
	unsigned long __addr = address;					\
	int __young = pmdp_clear_flush_young(__vma, __addr, pmdp);	\
									\
	__young |= mmu_notifier_clear_flush_young(__vma->vm_mm, __addr,	\
						  __addr + PMD_SIZE);	\
	__young;							\
})

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

/* The secondary MMU first: it must not go on reading the old page. */
#define set_pte_at_notify(mm, address, ptep, pte)			\
({									\
	struct mm_struct *__mm = mm;					\
	unsigned long __addr = address;					\
	pte_t __new = pte;						\
									\
	mmu_notifier_change_pte(__mm, __addr, __new);			\
	set_pte_at(__mm, __addr, ptep, __new);				\
})

#else /* CONFIG_MMU_NOTIFIER */

static inline void mmu_notifier_release(struct mm_struct *mm)
{
}

static inline int mmu_notifier_clear_flush_young(struct mm_struct *mm,
						 unsigned long start,
						 unsigned long end)
{
	return 0;
}

static inline int mmu_notifier_test_young(struct mm_struct *mm,
					  unsigned long address)
{
	return 0;
}

static inline void mmu_notifier_change_pte(struct mm_struct *mm,
					   unsigned long address, pte_t pte)
{
}

static inline void mmu_notifier_invalidate_page(struct mm_struct *mm,
						unsigned long address)
{
}

static inline void mmu_notifier_invalidate_range_start(struct mm_struct *mm,
						       unsigned long start,
						       unsigned long end)
{
}

static inline void mmu_notifier_invalidate_range_end(struct mm_struct *mm,
						     unsigned long start,
						     unsigned long end)
{
}

static inline void mmu_notifier_invalidate_range(struct mm_struct *mm,
						 unsigned long start,
						 unsigned long end)
{
}

#define ptep_clear_flush_young_notify ptep_clear_flush_young
#define pmdp_clear_flush_young_notify pmdp_clear_flush_young
#define ptep_clear_flush_notify ptep_clear_flush
#define pmdp_huge_clear_flush_notify pmdp_huge_clear_flush
#define set_pte_at_notify set_pte_at

#endif /* CONFIG_MMU_NOTIFIER */

#endif /* _LINUX_MMU_NOTIFIER_H */
