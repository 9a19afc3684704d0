/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * sched.h - what may sleep, and what forbids it besides locks.
 *
 * Preemption, interrupts and bottom halves as the kernel has them: macros over
 * inline functions over assembly or a counter. Mutexes and rw semaphores are
 * locks under which sleeping is fine.
 */
#ifndef TEST_SCHED_H
#define TEST_SCHED_H

#include "compiler.h"

/* sleeping */

void __might_sleep(const char *file, int line);
int __cond_resched(void);
void schedule(void);

#define might_sleep()	__might_sleep(__FILE__, __LINE__)
#define cond_resched()	({ __might_sleep(__FILE__, __LINE__); __cond_resched(); })

struct mutex {
	long owner;
};

void mutex_lock(struct mutex *lock);
void mutex_unlock(struct mutex *lock);

struct rw_semaphore {
	long count;
};

void down_read(struct rw_semaphore *sem);
void up_read(struct rw_semaphore *sem);
void down_write(struct rw_semaphore *sem);
void up_write(struct rw_semaphore *sem);

/* preemption */

extern int __preempt_count;

static __always_inline void __preempt_count_add(int val)
{
	__asm__ __volatile__("addl %1, %0" : "+m" (__preempt_count) : "ri" (val));
}

static __always_inline void __preempt_count_sub(int val)
{
	__asm__ __volatile__("subl %1, %0" : "+m" (__preempt_count) : "ri" (val));
}

#define preempt_count_add(val)	__preempt_count_add(val)
#define preempt_count_sub(val)	__preempt_count_sub(val)
#define preempt_count_inc()	preempt_count_add(1)
#define preempt_count_dec()	preempt_count_sub(1)

#define preempt_disable()	do { preempt_count_inc(); barrier(); } while (0)
#define preempt_enable()	do { barrier(); preempt_count_dec(); } while (0)

/* interrupts */

static __always_inline void arch_local_irq_disable(void)
{
	__asm__ __volatile__("cli" : : : "memory");
}

static __always_inline void arch_local_irq_enable(void)
{
	__asm__ __volatile__("sti" : : : "memory");
}

static __always_inline unsigned long arch_local_irq_save(void)
{
	unsigned long flags;

	__asm__ __volatile__("pushf; pop %0; cli" : "=rm" (flags) : : "memory");
	return flags;
}

static __always_inline void arch_local_irq_restore(unsigned long flags)
{
	if (flags & 0x200)
		arch_local_irq_enable();
}

#define raw_local_irq_disable()		arch_local_irq_disable()
#define raw_local_irq_enable()		arch_local_irq_enable()
#define raw_local_irq_save(flags)	do { flags = arch_local_irq_save(); } while (0)
#define raw_local_irq_restore(flags)	do { arch_local_irq_restore(flags); } while (0)
#define local_irq_disable()		do { raw_local_irq_disable(); } while (0)
#define local_irq_enable()		do { raw_local_irq_enable(); } while (0)
#define local_irq_save(flags)		do { raw_local_irq_save(flags); } while (0)
#define local_irq_restore(flags)	do { raw_local_irq_restore(flags); } while (0)

/* bottom halves */

void __local_bh_disable_ip(unsigned long ip, unsigned int cnt);
void __local_bh_enable_ip(unsigned long ip, unsigned int cnt);

static inline void local_bh_disable(void)
{
	__local_bh_disable_ip(0, 0x200);
}

static inline void local_bh_enable(void)
{
	__local_bh_enable_ip(0, 0x200);
}

#endif /* TEST_SCHED_H */
