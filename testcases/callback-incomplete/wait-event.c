/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * wait-event.c - is a callback found that ignores what wait_event_timeout() or wait_event_interruptible() is worth?
 *
 * Both are loops in the callback itself. Each of them asks what it is worth, to know when it is over.
 */
#include "era-d2/mmu_notifier.h"
#include "wait.h"

void device_reset(struct wait_list *wq);
void _printk(const char *fmt, ...);
bool queue_work_on(int cpu, struct wait_list *wq, struct wait_entry *work);

struct mirror {
	struct mmu_interval_notifier mni;
	struct mutex lock;
	struct wait_list wq;
	struct wait_entry work;
	unsigned long last;
	int users;
};

static bool set_seq(struct mirror *mirror, const struct mmu_notifier_range *range,
		    unsigned long seq)
{
	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&mirror->lock);
	mmu_interval_set_seq(&mirror->mni, seq);
	mutex_unlock(&mirror->lock);
	return true;
}

bool bad_timeout(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		 unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!set_seq(mirror, range, cur_seq))
		return false;
	wait_event_timeout(mirror->wq, !mirror->users, 250);
	return true; /* warn(callback-incomplete:wait-expired) */
}

/* the lock is dropped behind it */
bool bad_timeout_under_lock(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
			    unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&mirror->lock);
	mmu_interval_set_seq(&mirror->mni, cur_seq);
	(void)wait_event_timeout(mirror->wq, !READ_ONCE(mirror->users), 250);
	mutex_unlock(&mirror->lock);
	return true; /* warn(callback-incomplete:wait-expired) */
}

bool bad_signal(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!set_seq(mirror, range, cur_seq))
		return false;
	(void)wait_event_interruptible(mirror->wq, !mirror->users);
	return true; /* warn(callback-incomplete:wait-interrupted) */
}

/* what it is worth is looked at, and nothing is done about it */
bool bad_signal_printed(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
			unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!set_seq(mirror, range, cur_seq))
		return false;
	if (wait_event_interruptible(mirror->wq, !mirror->users))
		_printk("a signal\n");
	return true; /* warn(callback-incomplete:wait-interrupted) */
}

bool bad_killable(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		  unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!set_seq(mirror, range, cur_seq))
		return false;
	(void)wait_event_killable(mirror->wq, !mirror->users);
	return true; /* warn(callback-incomplete:wait-interrupted) */
}

/* a signal as well: one finding */
bool bad_both(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
	      unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!set_seq(mirror, range, cur_seq))
		return false;
	wait_event_interruptible_timeout(mirror->wq, !mirror->users, 250);
	return true; /* warn(callback-incomplete:wait-interrupted) */
}

bool good_for_good(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		   unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!set_seq(mirror, range, cur_seq))
		return false;
	wait_event(mirror->wq, !mirror->users);
	return true;
}

bool good_resets(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		 unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!set_seq(mirror, range, cur_seq))
		return false;
	if (!wait_event_timeout(mirror->wq, !mirror->users, 250))
		device_reset(&mirror->wq);
	return true;
}

/* the condition is another each time it is read */
bool good_resets_read_once(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
			   unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!set_seq(mirror, range, cur_seq))
		return false;
	if (!wait_event_timeout(mirror->wq, !READ_ONCE(mirror->users), 250))
		device_reset(&mirror->wq);
	return true;
}

bool good_kept(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
	       unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);
	long left;

	if (!set_seq(mirror, range, cur_seq))
		return false;
	left = wait_event_timeout(mirror->wq, !mirror->users, 250);
	if (left <= 0)
		device_reset(&mirror->wq);
	return true;
}

bool good_again(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!set_seq(mirror, range, cur_seq))
		return false;
	while (!wait_event_timeout(mirror->wq, !mirror->users, 250))
		_printk("the device is late\n");
	return true;
}

bool good_again_read_once(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
			  unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!set_seq(mirror, range, cur_seq))
		return false;
	while (!wait_event_timeout(mirror->wq, !READ_ONCE(mirror->users), 250))
		_printk("the device is late\n");
	return true;
}

/* in any case: it may be what stops the device for good */
bool good_does_more(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		    unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!set_seq(mirror, range, cur_seq))
		return false;
	wait_event_timeout(mirror->wq, !mirror->users, 250);
	device_reset(&mirror->wq);
	return true;
}

#define RESET_IF_LATE(mirror)						\
do {									\
	if (!wait_event_timeout((mirror)->wq, !(mirror)->users, 250))	\
		device_reset(&(mirror)->wq);				\
} while (0)

/* who asks stands at the place of the loop as well */
bool good_macro(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!set_seq(mirror, range, cur_seq))
		return false;
	RESET_IF_LATE(mirror);
	return true;
}

/* a loop of its own goes on until the condition holds, however often the timer ends a round */
bool good_own_loop(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		   unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);
	struct wait_entry entry;

	if (!set_seq(mirror, range, cur_seq))
		return false;
	init_wait_entry(&entry, 0);
	for (;;) {
		prepare_to_wait_event(&mirror->wq, &entry, TASK_UNINTERRUPTIBLE);
		if (!READ_ONCE(mirror->users))
			break;
		schedule_timeout(250);
	}
	finish_wait(&mirror->wq, &entry);
	return true;
}

bool good_signal_waits_again(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
			     unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!set_seq(mirror, range, cur_seq))
		return false;
	if (wait_event_interruptible(mirror->wq, !mirror->users))
		wait_event(mirror->wq, !mirror->users);
	return true;
}

/* the condition may hold at once: then nothing sleeps, and the work is done all the same */
bool good_work_awaited(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		       unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!set_seq(mirror, range, cur_seq))
		return false;
	mirror->last = range->end;
	queue_work_on(0, &mirror->wq, &mirror->work);
	wait_event(mirror->wq, !mirror->users);
	return true;
}

/* nothing is invalidated in it */
void good_release(struct mmu_notifier *mn, struct mm_struct *mm)
{
	struct mirror *mirror = container_of((struct mmu_interval_notifier *)mn, struct mirror, mni);

	wait_event_timeout(mirror->wq, !mirror->users, 250);
}

#define OPS(name) const struct mmu_interval_notifier_ops ops_##name = { .invalidate = name }
OPS(bad_timeout);
OPS(bad_timeout_under_lock);
OPS(bad_signal);
OPS(bad_signal_printed);
OPS(bad_killable);
OPS(bad_both);
OPS(good_for_good);
OPS(good_resets);
OPS(good_resets_read_once);
OPS(good_kept);
OPS(good_again);
OPS(good_again_read_once);
OPS(good_does_more);
OPS(good_macro);
OPS(good_own_loop);
OPS(good_signal_waits_again);
OPS(good_work_awaited);
const struct mmu_notifier_ops ops_good_release = { .release = good_release };
