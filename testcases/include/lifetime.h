/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * lifetime.h - an object of a driver with its notifiers, what their callbacks use, and how it comes and goes.
 */
#ifndef TEST_LIFETIME_H
#define TEST_LIFETIME_H

#include "cleanup.h"
#include "interval.h"
#include "sleep.h"

struct lock_class_key {
	int unused;
};

struct list_head {
	struct list_head *next, *prev;
};

void __mutex_init(struct mutex *lock, const char *name, struct lock_class_key *key);
void __init_rwsem(struct rw_semaphore *sem, const char *name, struct lock_class_key *key);
void __init_work(struct work_struct *work, int onstack);
void kfree(const void *object);

#define IS_ERR_OR_NULL(p)	(!(p) || (unsigned long)(p) >= (unsigned long)-4095)

DEFINE_FREE(kfree, void *, if (!IS_ERR_OR_NULL(_T)) kfree(_T))

void mmu_notifier_put(struct mmu_notifier *mn);

#define mutex_init(lock)					\
do {								\
	static struct lock_class_key __key;			\
								\
	__mutex_init(lock, #lock, &__key);			\
} while (0)

#define init_rwsem(sem)						\
do {								\
	static struct lock_class_key __key;			\
								\
	__init_rwsem(sem, #sem, &__key);			\
} while (0)

#define INIT_WORK(work, number)					\
do {								\
	__init_work(work, 0);					\
	(work)->data = number;					\
} while (0)

static inline void INIT_LIST_HEAD(struct list_head *list)
{
	list->next = list;
	list->prev = list;
}

struct object {
	struct mutex lock;
	struct mutex own;		/* no callback takes it */
	struct mmu_interval_notifier mni;
	struct mmu_notifier mn;
	struct rw_semaphore sem;
	struct list_head maps;
	struct work_struct work;
	unsigned long start, length;
};

/* of another file */
struct object *object_alloc(void);
void object_undo(struct object *object);
int object_start(struct object *object);
bool object_put(struct object *object);
void object_show(unsigned long start);

#endif /* TEST_LIFETIME_H */
