/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * wait.h - waiting for a condition: macros that are loops in the function which uses them.
 *
 * What they are worth: how long is left, at least 1 where the condition holds; 0 at the timeout; an error where a
 * signal ended them.
 */
#ifndef TEST_WAIT_H
#define TEST_WAIT_H

#include "sched.h"

#define TASK_INTERRUPTIBLE	0x1
#define TASK_UNINTERRUPTIBLE	0x2
#define TASK_KILLABLE		0x102

struct wait_list {
	struct wait_list *next;
};

struct wait_entry {
	unsigned int flags;
	struct wait_list list;
};

void init_wait_entry(struct wait_entry *entry, int flags);
long prepare_to_wait_event(struct wait_list *wq, struct wait_entry *entry, int state);
void finish_wait(struct wait_list *wq, struct wait_entry *entry);
long schedule_timeout(long timeout);

#define TEST_WAIT(wq, holds, state, start, sleep)			\
({									\
	__label__ out;							\
	struct wait_entry entry_;					\
	long left_ = (start);						\
									\
	init_wait_entry(&entry_, 0);					\
	for (;;) {							\
		long signal_ = prepare_to_wait_event(&(wq), &entry_, state); \
									\
		if (holds)						\
			break;						\
		if (((state) & 0x101) && signal_) {			\
			left_ = signal_;				\
			goto out;					\
		}							\
		sleep;							\
	}								\
	finish_wait(&(wq), &entry_);					\
out:	left_;								\
})

#define TEST_HOLDS_OR_LATE(condition)					\
({									\
	bool holds_ = (condition);					\
									\
	if (holds_ && !left_)						\
		left_ = 1;						\
	holds_ || !left_;						\
})

#define wait_event(wq, condition)					\
do {									\
	might_sleep();							\
	if (condition)							\
		break;							\
	(void)TEST_WAIT(wq, condition, TASK_UNINTERRUPTIBLE, 0, schedule()); \
} while (0)

#define wait_event_interruptible(wq, condition)				\
	TEST_WAIT(wq, condition, TASK_INTERRUPTIBLE, 0, schedule())

#define wait_event_killable(wq, condition)				\
	TEST_WAIT(wq, condition, TASK_KILLABLE, 0, schedule())

#define wait_event_timeout(wq, condition, timeout)			\
	TEST_WAIT(wq, TEST_HOLDS_OR_LATE(condition), TASK_UNINTERRUPTIBLE, \
		  timeout, left_ = schedule_timeout(left_))

#define wait_event_interruptible_timeout(wq, condition, timeout)	\
	TEST_WAIT(wq, TEST_HOLDS_OR_LATE(condition), TASK_INTERRUPTIBLE, \
		  timeout, left_ = schedule_timeout(left_))

#endif
