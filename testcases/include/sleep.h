/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * sleep.h - more that sleeps, for callbacks that must not: locks with their trylocks,
 * waiting for others, memory.
 *
 * The flags of an allocation are numbers of their kernel: define TEST_GFP_4_12 or
 * TEST_GFP_4_19 before including for those.
 */
#ifndef TEST_SLEEP_H
#define TEST_SLEEP_H

#include "sched.h"

int mutex_trylock(struct mutex *lock);
int mutex_lock_interruptible(struct mutex *lock);
int down_read_trylock(struct rw_semaphore *sem);
int down_write_trylock(struct rw_semaphore *sem);

struct completion {
	unsigned int done;
};

void wait_for_completion(struct completion *x);
void complete(struct completion *x);

struct work_struct {
	unsigned long data;
};

bool cancel_work_sync(struct work_struct *work);
bool schedule_work(struct work_struct *work);

struct wait_queue_head {
	unsigned long lock;
};

void prepare_to_wait(struct wait_queue_head *wq);
void finish_wait(struct wait_queue_head *wq);

#define wait_event(wq, condition)					\
do {									\
	might_sleep();							\
	if (condition)							\
		break;							\
	for (;;) {							\
		prepare_to_wait(&(wq));					\
		if (condition)						\
			break;						\
		schedule();						\
	}								\
	finish_wait(&(wq));						\
} while (0)

void synchronize_rcu(void);

#if defined(TEST_GFP_4_12)
#define TEST_GFP_KERNEL		0x14000c0u
#define TEST_GFP_ATOMIC		0x1080020u
#elif defined(TEST_GFP_4_19)
#define TEST_GFP_KERNEL		0x6000c0u
#define TEST_GFP_ATOMIC		0x480020u
#else
#define TEST_GFP_KERNEL		0xcc0u
#define TEST_GFP_ATOMIC		0xa20u
#endif
#define TEST_GFP_ZERO		0x100u

void *__kmalloc(unsigned long size, gfp_t flags);
void kfree(const void *p);

static __always_inline void *kmalloc(unsigned long size, gfp_t flags)
{
	return __kmalloc(size, flags);
}

static inline void *kzalloc(unsigned long size, gfp_t flags)
{
	return kmalloc(size, flags | TEST_GFP_ZERO);
}

/* what belongs to a header sleeps there; the repair belongs to who calls it */
struct engine_lock {
	struct mutex lock;
};

static inline void engine_lock(struct engine_lock *engine)
{
	mutex_lock(&engine->lock);
}

static inline void engine_unlock(struct engine_lock *engine)
{
	mutex_unlock(&engine->lock);
}

#endif /* TEST_SLEEP_H */
