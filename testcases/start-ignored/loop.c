/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * loop.c - does a start that fails in a loop, with other bounds in
 * each round, terminate, and is a change after the failure found?
 */
#define TEST_KERNEL_4_19
#include "era-d1/mmu_notifier.h"
#include "mm.h"

struct area {
	struct area *next;
	unsigned long start, end;
	int kind;
};

int wanted(struct area *a);
void take(struct area *a, unsigned long start, unsigned long end);

bool good_list(struct mm_struct *mm, struct area *list)
{
	struct area *a;
	bool ret = true;

	for (a = list; a; a = a->next) {
		if (!wanted(a))
			continue;
		if (a->kind == 1) {
			const unsigned long start = a->start, end = a->end;

			if (mmu_notifier_invalidate_range_start_nonblock(mm, start, end)) {
				ret = false;
				continue;
			}
			take(a, start, end);
			mmu_notifier_invalidate_range_end(mm, start, end);
		}
	}
	return ret;
}

void bad_list(struct vm_area_struct *vma, pmd_t *pmd, struct area *list)
{
	struct area *a;

	for (a = list; a; a = a->next) {
		bool failed = mmu_notifier_invalidate_range_start_nonblock(vma->vm_mm, a->start,
									   a->end);

		pmdp_huge_clear_flush(vma, a->start, pmd); /* warn(start-ignored:failed-changed) */
		if (!failed)
			mmu_notifier_invalidate_range_end(vma->vm_mm, a->start, a->end);
	}
}
