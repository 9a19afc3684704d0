/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * module.h - by which function a module is left.
 */
#ifndef TEST_MODULE_H
#define TEST_MODULE_H

typedef void (*exitcall_t)(void);

#define module_exit(exitfn)							\
	static inline exitcall_t __attribute__((__unused__)) __exittest(void)	\
	{ return exitfn; }							\
	void cleanup_module(void) __attribute__((alias(#exitfn)))

struct mm_struct;
struct mmu_notifier;

void mmu_notifier_put(struct mmu_notifier *mn);
void mmu_notifier_unregister(struct mmu_notifier *mn, struct mm_struct *mm);
void mmu_notifier_synchronize(void);

#endif /* TEST_MODULE_H */
