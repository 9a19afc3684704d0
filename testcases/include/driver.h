/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * driver.h - a device with a TLB of its own, for callbacks: hooks, a list, counters.
 *
 * Of its inline functions one does nothing, one calls another file, some write for
 * their caller, in C and in assembly.
 */
#ifndef TEST_DRIVER_H
#define TEST_DRIVER_H

#include "spinlock.h"

struct list_head {
	struct list_head *next, *prev;
};

typedef struct {
	int counter;
} atomic_t;

struct device;

struct device_hooks {
	void (*flush)(struct device *dev, unsigned long start, unsigned long size);
	void (*reload)(struct device *dev);
};

struct device {
	const struct device_hooks *hooks;
	struct mutex mutex;
	spinlock_t lock;
	struct list_head dirty;
	unsigned long state, flushed, stale_start;
	bool reload_needed;
	atomic_t users;
};

void device_flush(struct device *dev, unsigned long start, unsigned long size);
void device_reload(struct device *dev);
unsigned long device_find(struct device *dev, unsigned long start);
void device_for_each(struct device *dev, void (*each)(struct device *dev));

static inline void device_nothing(struct device *dev)
{
}

static inline void device_reset(struct device *dev)
{
	device_reload(dev);
}

static inline void INIT_LIST_HEAD(struct list_head *list)
{
	list->next = list;
	list->prev = list;
}

static inline void list_add(struct list_head *new, struct list_head *head)
{
	head->next->prev = new;
	new->next = head->next;
	new->prev = head;
	head->next = new;
}

static inline void set_bit(long nr, volatile unsigned long *addr)
{
	__asm__ __volatile__("btsq %1, %0" : "+m" (*addr) : "Ir" (nr) : "memory");
}

static inline void atomic_inc(atomic_t *v)
{
	__asm__ __volatile__("lock; incl %0" : "+m" (v->counter));
}

#endif /* TEST_DRIVER_H */
