/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * constant-p.c - does a path go on behind a helper that asserts, when compiling, that
 * its argument is a constant where it is inlined?
 */
#include "era-d1/mmu_notifier.h"

void not_a_constant(void) __attribute__((__noreturn__, __error__("no constant")));

extern unsigned long cpu_features;
extern int feature_keys[64];

static inline __always_inline bool cpu_has(unsigned long feature)
{
	if (!__builtin_constant_p(feature))
		not_a_constant();
	if (!(cpu_features & feature))
		return false;
	return feature_keys[__builtin_ctzl(feature)] != 0;
}

static inline void flush(struct vm_area_struct *vma, unsigned long addr)
{
	if (cpu_has(64))
		flush_tlb_page(vma, addr);
}

void good_flushed_pair(struct vm_area_struct *vma, unsigned long addr)
{
	mmu_notifier_invalidate_range_start(vma->vm_mm, addr, addr + PAGE_SIZE);
	flush(vma, addr);
	mmu_notifier_invalidate_range_end(vma->vm_mm, addr, addr + PAGE_SIZE);
}

void good_literal(struct vm_area_struct *vma, unsigned long addr)
{
	mmu_notifier_invalidate_range_start(vma->vm_mm, addr, addr + PAGE_SIZE);
	if (!__builtin_constant_p(2))
		return;
	mmu_notifier_invalidate_range_end(vma->vm_mm, addr, addr + PAGE_SIZE);
}

void bad_end_twice(struct vm_area_struct *vma, unsigned long addr)
{
	mmu_notifier_invalidate_range_start(vma->vm_mm, addr, addr + PAGE_SIZE);
	flush(vma, addr);
	mmu_notifier_invalidate_range_end(vma->vm_mm, addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_end(vma->vm_mm, addr, addr + PAGE_SIZE); /* warn(region-balance:ended-twice) */
}
