// SPDX-License-Identifier: GPL-2.0-only
/*
 * inline.c - do both inline functions and the prototype go?
 */
#include <linux/mmu_notifier.h>

extern void __mmu_notifier_invalidate_page(struct mm_struct *mm,
					   unsigned long address);
extern void __mmu_notifier_release(struct mm_struct *mm);

static inline void mmu_notifier_invalidate_page(struct mm_struct *mm,
						unsigned long address)
{
	if (mm_has_notifiers(mm))
		__mmu_notifier_invalidate_page(mm, address);
}

static inline void mmu_notifier_release(struct mm_struct *mm)
{
	__mmu_notifier_release(mm);
}
