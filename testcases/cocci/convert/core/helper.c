// SPDX-License-Identifier: GPL-2.0-only
/*
 * helper.c - do the helper and its export go?
 */
#include <linux/mmu_notifier.h>

void __mmu_notifier_invalidate_page(struct mm_struct *mm, unsigned long address)
{
	struct mmu_notifier *mn = first(mm);

	if (mn->ops->invalidate_page)
		mn->ops->invalidate_page(mn, mm, address);
}
EXPORT_SYMBOL_GPL(__mmu_notifier_invalidate_page);

void __mmu_notifier_release(struct mm_struct *mm)
{
}
