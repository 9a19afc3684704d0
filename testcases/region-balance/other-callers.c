/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * other-callers.c - is a function that other files can call followed on ways that its callers
 * in this one never take?
 */
#include "era-d2/mmu_notifier.h"

int bad_if_page_is_given(struct vm_area_struct *vma, struct page *page)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(&range);
	if (page)
		return 1; /* warn(region-balance:open-at-return) */
	mmu_notifier_invalidate_range_end(&range);
	return 0;
}

int good_never_gives_one(struct vm_area_struct *vma)
{
	return bad_if_page_is_given(vma, NULL);
}

static void unmap_all(struct vm_area_struct *vma, struct page *page)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(&range);
	if (page)
		return;
	mmu_notifier_invalidate_range_end(&range);
}

void good_all_callers_are_here(struct vm_area_struct *vma)
{
	unmap_all(vma, NULL);
}

static void unmap_listed(struct vm_area_struct *vma, struct page *page)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(&range);
	if (page)
		return;
	mmu_notifier_invalidate_range_end(&range);
}

/* as ADDRESSABLE() has it: the linker is to see the symbol, and nobody calls it by this */
static void *__UNIQUE_ID___addressable_unmap_listed
	__attribute__((__used__, __section__(".discard.addressable"))) = (void *)unmap_listed;

/* .. and as EXPORT_SYMBOL() has it where relocations are absolute */
struct kernel_symbol {
	unsigned long value;
	const char *name;
};

static const struct kernel_symbol __ksymtab_unmap_listed
	__attribute__((__used__, __section__("___ksymtab+unmap_listed"))) = {
		(unsigned long)&unmap_listed, "unmap_listed"
	};

void good_nobody_calls_by_the_lists(struct vm_area_struct *vma)
{
	unmap_listed(vma, NULL);
}

/* the definition that other files inline: they have another one to call */
extern inline __attribute__((__gnu_inline__)) void
unmap_inlined(struct vm_area_struct *vma, struct page *page)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(&range);
	if (page)
		return;
	mmu_notifier_invalidate_range_end(&range);
}

void good_inlined_with_none(struct vm_area_struct *vma)
{
	unmap_inlined(vma, NULL);
}

static int bad_by_another_name(struct vm_area_struct *vma, struct page *page)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(&range);
	if (page)
		return 1; /* warn(region-balance:open-at-return) */
	mmu_notifier_invalidate_range_end(&range);
	return 0;
}

/* as SYSCALL_DEFINE() has it, and once in a table */
int other_name(struct vm_area_struct *vma, struct page *page)
	__attribute__((__alias__("bad_by_another_name")));
int (*const by_pointer)(struct vm_area_struct *, struct page *) = bad_by_another_name;
