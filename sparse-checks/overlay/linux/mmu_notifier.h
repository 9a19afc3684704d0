/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * overlay/linux/mmu_notifier.h - the notifier API with weights that packaged sparse counts.
 *
 * In front of the kernel's own header, for make C=2 CF="-I<this overlay> -Wcontext".
 * sparse adds up one number for all contexts of a function. A lock counts 1 there (the
 * kernel's own __acquires()); here an open region counts 100, and the calls ask
 * for the sum that they need. "context check failure" at a call of the API, or
 * "context imbalance" of a function, is what it then says.
 *
 * This is weak: see README.md. mncheck-sparse is what to use where it can be built.
 */
#ifndef MNCHECK_OVERLAY_MMU_NOTIFIER_H
#define MNCHECK_OVERLAY_MMU_NOTIFIER_H

#include_next <linux/mmu_notifier.h>

#ifdef __CHECKER__

extern void mncheck_starts(void) __attribute__((context(mncheck, 0, 100)));
extern void mncheck_ends(void) __attribute__((context(mncheck, 100, 0)));
/* the sum is 0: no lock, and no region */
extern void mncheck_outside(void) __attribute__((context(mncheck, -1, 0)));
/* the sum is at least 100: a region */
extern void mncheck_inside(void) __attribute__((context(mncheck, -1, 100)));
/* the sum is at least 101: a region, and a lock */
extern void mncheck_locked_inside(void) __attribute__((context(mncheck, -1, 101)));

#define mmu_notifier_invalidate_range_start(...)			\
	({ mncheck_outside();						\
	   mmu_notifier_invalidate_range_start(__VA_ARGS__);		\
	   mncheck_starts(); })

#define mmu_notifier_invalidate_range_end(...)				\
	({ mncheck_inside();						\
	   mmu_notifier_invalidate_range_end(__VA_ARGS__);		\
	   mncheck_ends();						\
	   mncheck_outside(); })

#define mmu_notifier_invalidate_range(...)				\
	({ mncheck_locked_inside();					\
	   mmu_notifier_invalidate_range(__VA_ARGS__); })

#define mmu_notifier_invalidate_page(...)				\
	({ mncheck_outside();						\
	   mmu_notifier_invalidate_page(__VA_ARGS__); })

#endif /* __CHECKER__ */
#endif /* MNCHECK_OVERLAY_MMU_NOTIFIER_H */
