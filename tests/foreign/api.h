/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * api.h - enough of the API to make a foreign function one that the plugin has to look at.
 */
#ifndef FOREIGN_API_H
#define FOREIGN_API_H

#ifdef __cplusplus
extern "C" {
#endif

struct mm_struct;
struct vm_area_struct;
struct mmu_notifier_range {
	struct mm_struct *mm;
	unsigned long start, end;
	unsigned int flags;
};

extern struct mm_struct *foreign_mm;
void mmu_notifier_range_init(struct mmu_notifier_range *range, int event, unsigned int flags,
			     struct vm_area_struct *vma, struct mm_struct *mm,
			     unsigned long start, unsigned long end);
void mmu_notifier_invalidate_range_start(struct mmu_notifier_range *range);
void mmu_notifier_invalidate_range_end(struct mmu_notifier_range *range);
void mmu_notifier_invalidate_range(struct mm_struct *mm, unsigned long start, unsigned long end);

#ifdef __cplusplus
}
#endif

/* a region that is right: there is nothing to say about it */
#define FOREIGN_REGION do {						\
	struct mmu_notifier_range foreign_range;			\
	mmu_notifier_range_init(&foreign_range, 0, 0, 0, foreign_mm, 0, 4096);	\
	mmu_notifier_invalidate_range_start(&foreign_range);		\
	mmu_notifier_invalidate_range_end(&foreign_range);		\
} while (0)

#endif /* FOREIGN_API_H */
