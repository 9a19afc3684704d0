/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_SCHED_H
#define _LINUX_SCHED_H

#include <linux/kernel.h>

struct mm_struct;

struct task_struct {
	struct mm_struct *mm;
	struct mm_struct *active_mm;
	unsigned int flags;
};

extern struct task_struct *current_task;
#define current	current_task

int _cond_resched(void);
#define cond_resched() ({ might_sleep(); _cond_resched(); })

struct mm_struct *get_task_mm(struct task_struct *task);
void mmput(struct mm_struct *mm);
void mmdrop(struct mm_struct *mm);

static inline void mmgrab(struct mm_struct *mm)
{
	(void)mm;
}

#endif /* _LINUX_SCHED_H */
