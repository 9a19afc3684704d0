/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TEST_BODIES_H
#define TEST_BODIES_H

#include "era-d2/mmu_notifier.h"
#include "entries.h"
#include "rcupdate.h"
#include "rmap.h"
#include "sched.h"
#include "sleep.h"
#include "uaccess.h"

struct held {
	spinlock_t lock;
	struct mutex mutex;
	spinlock_t *ptl;
	int count;
	spinlock_t second;
};

/* locks.c */
void lock_it(struct held *h);
int lock_tried(struct held *h);
int lock_tried_but(struct held *h);
int lock_inverted(struct held *h);
void lock_never(struct held *h);
void lock_left(struct held *h);
void lock_dropped(struct held *h);
void lock_given(struct held *h);
void lock_broken(struct held *h);
void lock_broken_unsaid(struct held *h);
void lock_in_cell(struct mm_struct *mm, pmd_t *pmd, spinlock_t **ptlp);
int lock_if_asked(struct held *h, int ask);
void lock_of_walk(struct held *h, struct mm_struct *mm, pmd_t *pmd, int again);
void lock_by_name(struct held *h, struct held *other);
spinlock_t *lock_returned(struct mm_struct *mm, pmd_t *pmd);
void atomic_from_here(void);
void atomic_to_here(void);
void atomic_unsaid(void);
void atomic_twice(void);
int atomic_if_free(struct held **hp);
int mutex_tried(struct held *h);
int mutex_kept(struct held *h);
int mutex_dropped(struct held *h);
void lock_made(int *lock);
void lock_explained(struct held *h);

/* ways.c */
void sleep_far(struct held *h);
void sleep_here(struct held *h);
void sleep_not(struct held *h);
void sleep_unsaid(struct held *h);
void sleep_locked(struct held *h);
void sleep_if_second(struct held *h, int wait);
void sleep_anyway(struct held *h, int wait);
void sleep_as_told(struct held *h, int wait);
void sleep_unless(struct held *h, int now);
void *sleep_by_flags(unsigned long size, unsigned int flags);
void *sleep_by_any_flags(unsigned long size, unsigned int flags);
void sleep_hidden(struct held *h);
void sleep_by_pointer(struct held *h, void (*func)(struct held *h));
void not_here(struct held *h);
void clear_it(struct mm_struct *mm, unsigned long addr, pte_t *ptep);
void clear_unsaid(struct mm_struct *mm, unsigned long addr, pte_t *ptep);
void clear_not(struct mm_struct *mm, unsigned long addr, pte_t *ptep);
void clear_in_own(struct vm_area_struct *vma, unsigned long addr, pte_t *ptep);
void nothing_at_all(struct held *h);
void copy_it(char *to, const char *from);

/* regions.c */
int region_begin(struct mmu_notifier_range *range, struct mm_struct *mm);
int region_begin_but(struct mmu_notifier_range *range, struct mm_struct *mm);
void region_finish(struct mmu_notifier_range *range);
void region_unsaid(struct mmu_notifier_range *range);
void region_ended_unsaid(struct mmu_notifier_range *range);
void region_of_its_own(struct mm_struct *mm);
int region_of_api(struct mmu_notifier_range *range);

/* values.c */
struct held *same_one(struct held *h);
struct held *same_one_not(struct held *h);
int negative_one(int error);
int negative_not(int error);
int nonzero_one(void);
int nonzero_maybe(int n);
void set_two(struct held *h);
spinlock_t *ptl_of(struct mm_struct *mm, pmd_t *pmd);
spinlock_t *ptl_dropped(struct mm_struct *mm, pmd_t *pmd);
void write_it(struct held *h);
pte_t entry_of_page(unsigned long page, pgprot_t prot);

/* users.c */
void use_locks(struct held *h, struct mm_struct *mm, pmd_t *pmd);
void use_ways(struct held *h, pte_t *ptep, unsigned long addr, struct mm_struct *mm);
void use_regions(struct mmu_notifier_range *range, struct mm_struct *mm);
void use_second(struct held *h);
void use_crossed(struct held *h, struct mm_struct *mm, struct page_vma_mapped_walk *walk);
void use_more(struct held *h, struct mm_struct *mm, pte_t *ptep);

/* unsaid.c */
void lock_may_be_dropped(struct held *h);
spinlock_t *lock_from_nowhere(struct held *h);
void notify_excused(struct mm_struct *mm, unsigned long addr);
void notify_unsaid(struct mm_struct *mm, unsigned long addr);
void set_unsaid(struct mm_struct *mm, unsigned long addr, pte_t *ptep, pte_t pte);
void less_unsaid(struct mm_struct *mm, unsigned long addr, pte_t *ptep);
void clear_in_fault(struct mm_struct *mm, unsigned long addr, pte_t *ptep);
int start_sleeps(struct mmu_notifier_range *range);
void lock_dropped_if_held(struct held *h);
void lock_dropped_there(struct held *h);
void lock_nameless(struct held *h);
void lock_given_nameless(struct mm_struct *mm, pmd_t *pmd);
void lock_found(struct held *h);
void mutex_other_left(struct held *h, struct held *other);
void mutex_other_given(struct held *h, struct held *other);
void mutex_broken(struct held *h);
void mutex_unsaid(struct held *h);
int region_unless_alone(struct mmu_notifier_range *range, struct mm_struct *mm);
void lock_many(struct held *h);
void lock_many_given(struct held *h);
void atomic_ended_unsaid(void);
int atomic_maybe(struct held *h);
int atomic_not_if(struct held *h);
void use_first(struct held *h);

/* kinds.c */
void region_old_start(struct mm_struct *mm);
void region_old_end(struct mm_struct *mm);
int lock_if_two_is(struct held *h);
int lock_if_both(struct held *h, int ask);
int lock_by_flags(struct held *h, unsigned int flags);
int lock_by_other_flags(struct held *h, unsigned int flags);
void lock_moved(struct held *h, struct held *other);
void lock_moved_inside(struct held *h);
void lock_somewhere(struct held *h);
spinlock_t *lock_returned_unsaid(struct held *h);
void lock_of_absent(struct held *h);
void same_of_absent(struct held *h);
void lock_beyond(struct held *h);
void mutex_other(struct held *h, struct held *other);
int region_of_mm(struct mmu_notifier_range *range, struct mm_struct *mm);
int region_of_no_mm(struct mmu_notifier_range *range);
void region_of_mm_ended(struct mm_struct *mm);
void region_of_mm_left(struct mm_struct *mm);
void region_left_on_stack(struct mm_struct *mm);
int start_nonblock(struct mmu_notifier_range *range);
struct held *same_maybe(struct held *h, struct held *other, int n);
int set_maybe(struct held *h, int n);
int negative_maybe(struct held *h, int n);
spinlock_t *ptl_maybe(struct held *h, struct mm_struct *mm, pmd_t *pmd);
int write_anyway(struct held *h, int n);
void write_not(struct held *h);
int init_anyway(struct mmu_notifier_range *range, struct mm_struct *mm, int n);
void sleep_under_rcu(struct held *h);
void less_not_clear(struct mm_struct *mm, unsigned long addr, pte_t *ptep);
void change_of_any_kind(struct mm_struct *mm, unsigned long addr, pte_t *ptep);
void change_of_two_levels(struct mm_struct *mm, unsigned long addr, pte_t *ptep, pmd_t *pmdp);
void awaits_hidden(struct mm_struct *mm);
void removes_hidden(struct mm_struct *mm);
void notify_if_two(struct mm_struct *mm, int ask);
void lock_in_large(struct held *h);
void sleep_in_large(struct held *h);
void lock_elsewhere(struct held *h);
int lock_by_asm(struct held *h);
void sleep_not_builtin(struct held *h);

/* crossed.c */
struct pair {
	long v[8];
};

void walk_taken(struct page_vma_mapped_walk *walk, struct mm_struct *mm);
void walk_given(struct page_vma_mapped_walk *walk);
void cell_given(spinlock_t **ptlp);
void held_taken(struct held *h, struct mm_struct *mm, pmd_t *pmd);
void held_given(struct held *h);
int taken_both_ways(struct held *h);
int taken_at_random(struct held *h);
int atomic_of_two_kinds(struct held *h);
void taken_if_two(struct held *h, int ask);
void taken_unless_two(struct held *h, int ask);
void may_break(struct held *h);
void mutex_given(struct held *h);
void taken_many(struct held *h);
void sleeps_if_third(struct held *h, int count, int wait, int last);
void sleeps_whatever(struct held *h, int count, int wait);
void *allocates_third(struct held *h, unsigned long size, unsigned int flags, int more);
void *allocates_second(struct held *h, unsigned int flags, int more);
void *allocates_always(struct held *h, unsigned int flags);
void less_and_clear(struct mm_struct *mm, unsigned long addr, pte_t *ptep);
void entry_set(struct mm_struct *mm, unsigned long addr, pte_t *ptep, pte_t pte);
struct pair pair_of(struct held *h, int count);

/* deep.c */
void deep_0(struct held *h);
void deep_1(struct held *h);
void deep_2(struct held *h);
void deep_3(struct held *h);
void deep_4(struct held *h);
void deep_5(struct held *h);
void deep_6(struct held *h);
void sleep_deep(struct held *h);
void sleep_deeper(struct held *h);
int large(struct held *h);

/* more.c */
void called_here(struct held *h);
void called_by_state(struct held *h);
void take_two(struct held *h, struct held *other);
void take_two_there(struct held *h, struct held *other);

#endif /* TEST_BODIES_H */
