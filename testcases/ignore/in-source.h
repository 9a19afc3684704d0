/* SPDX-License-Identifier: GPL-2.0-only */
/* of in-source.c: in a header a comment hides what stands there, and not what a macro brings elsewhere */
#define HIDDEN_BY_THE_USER(mm, a) mmu_notifier_invalidate_range(mm, a, (a) + 1)

static inline void hidden_in_the_header(struct mm_struct *mm, unsigned long a)
{
	mmu_notifier_invalidate_range(mm, a, a + 1); /* mncheck: ignore(range-unlocked): a test's own lock is held */
	/* mncheck: ignore(range-unlocked): that one in a header hides nothing is not said: another file may need it */
}
