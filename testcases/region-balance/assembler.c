/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * assembler.c - is what assembler computes the same the second time, and what is
 * volatile or reads memory not; is a jump that is patched at run time taken both times?
 */
#include "era-d1/mmu_notifier.h"

static inline unsigned long low_bit(unsigned long flags)
{
	unsigned long bit;

	asm("bsf %1, %0" : "=r" (bit) : "r" (flags));
	return bit;
}

void good_computed_twice(struct mm_struct *mm, unsigned long start, unsigned long end,
			 unsigned long flags)
{
	if (low_bit(flags))
		mmu_notifier_invalidate_range_start(mm, start, end);
	flush_tlb_range(NULL, start, end);
	if (low_bit(flags))
		mmu_notifier_invalidate_range_end(mm, start, end);
}

void bad_computed_of_another(struct mm_struct *mm, unsigned long start, unsigned long end,
			     unsigned long flags)
{
	if (low_bit(flags))
		mmu_notifier_invalidate_range_start(mm, start, end);
	flush_tlb_range(NULL, start, end);
	if (low_bit(flags) && low_bit(start))
		mmu_notifier_invalidate_range_end(mm, start, end);
} /* warn(region-balance:open-at-return) */

/* it may read what was changed between: nothing is known of it, and it is no evidence */
static inline unsigned long read_flag(unsigned long *flags)
{
	unsigned long bit;

	asm volatile("mov %1, %0" : "=r" (bit) : "m" (*flags) : "memory");
	return bit;
}

void bad_read_once(struct mm_struct *mm, unsigned long start, unsigned long end,
		   unsigned long *flags)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	if (!read_flag(flags))
		return; /* warn(region-balance:open-at-return) */
	mmu_notifier_invalidate_range_end(mm, start, end);
}

/* as the kernel's static branches: the address of a key, and one label */
static inline bool key_enabled(int *key)
{
	asm goto("1: nop\n\t# %0 %l1" : : "i" (0) : : enabled);
	return false;
enabled:
	return true;
}

static int notify_key;

void bad_patched_once(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	if (key_enabled(&notify_key))
		mmu_notifier_invalidate_range_start(mm, start, end);
	flush_tlb_range(NULL, start, end);
} /* warn(region-balance:open-at-return) */

void good_patched_twice(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	if (key_enabled(&notify_key))
		mmu_notifier_invalidate_range_start(mm, start, end);
	flush_tlb_range(NULL, start, end);
	if (key_enabled(&notify_key))
		mmu_notifier_invalidate_range_end(mm, start, end);
}

void bad_patched_to_return(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	asm goto("1: nop\n\t# %0 %l1" : : "i" (0) : : disabled);
	mmu_notifier_invalidate_range_end(mm, start, end);
	return;
disabled:
	flush_tlb_range(NULL, start, end);
} /* warn(region-balance:open-at-return) */

/* what clobbers memory may read it: not the same the second time */
static inline unsigned long next_flag(unsigned long flags)
{
	unsigned long bit;

	asm("bsf %1, %0" : "=r" (bit) : "r" (flags) : "cc", "memory");
	return bit;
}

void bad_clobbers_memory(struct mm_struct *mm, unsigned long start, unsigned long end,
			 unsigned long flags)
{
	if (next_flag(flags))
		mmu_notifier_invalidate_range_start(mm, start, end);
	if (next_flag(flags))
		mmu_notifier_invalidate_range_end(mm, start, end);
} /* warn(region-balance:open-at-return) */

static inline unsigned long low_bit_cc(unsigned long flags)
{
	unsigned long bit;

	asm("bsf %1, %0" : "=r" (bit) : "r" (flags) : "cc");
	return bit;
}

void good_clobbers_flags(struct mm_struct *mm, unsigned long start, unsigned long end,
			 unsigned long flags)
{
	if (low_bit_cc(flags))
		mmu_notifier_invalidate_range_start(mm, start, end);
	flush_tlb_range(NULL, start, end);
	if (low_bit_cc(flags))
		mmu_notifier_invalidate_range_end(mm, start, end);
}

/* a jump by what a register holds, one to either of two labels, and one to the next line */
void bad_other_jumps(struct mm_struct *mm, unsigned long start, unsigned long end, int n)
{
	asm goto("# %l0" : : : : next);
next:
	mmu_notifier_invalidate_range_start(mm, start, end);
	asm goto("# %0 %l1" : : "r" (n) : : out);
	asm goto("# %l0 %l1" : : : : first, second);
	mmu_notifier_invalidate_range_end(mm, start, end);
	return;
first:
	mmu_notifier_invalidate_range_end(mm, start, end);
	return;
second:
	flush_tlb_range(NULL, start, end);
	mmu_notifier_invalidate_range_end(mm, start, end);
	return;
out:
	flush_tlb_range(NULL, start, start);
} /* warn(region-balance:open-at-return) */
