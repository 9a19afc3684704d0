/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * unseen.c - may a function of another file that is passed the range, and
 * whose result is used, have asked whether blocking is allowed?
 */
#include "era-d2/mmu_notifier.h"
#include "driver.h"

struct request {
	const struct mmu_notifier_range *range;
};

bool device_may_wait(const struct mmu_notifier_range *range);
bool device_request_may_wait(struct request *request);
void device_count(const struct mmu_notifier_range *range);
bool device_is_idle(struct mutex *lock);

static struct mutex lock;

static int good_asks_elsewhere(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	if (!device_may_wait(range))
		return -EAGAIN;
	mutex_lock(&lock);
	mutex_unlock(&lock);
	return 0;
}

static int good_asks_elsewhere_by_object(struct mmu_notifier *mn,
					 const struct mmu_notifier_range *range)
{
	struct request request = { .range = range };

	if (!device_request_may_wait(&request))
		return -EAGAIN;
	mutex_lock(&lock);
	mutex_unlock(&lock);
	return 0;
}

/* it cannot have said anything */
static int bad_no_answer(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	device_count(range);
	mutex_lock(&lock); /* warn(callback-nonblock:callback-unchecked) */
	mutex_unlock(&lock);
	return 0;
}

/* it does not know the range */
static int bad_not_passed(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	if (device_is_idle(&lock))
		return 0;
	mutex_lock(&lock); /* warn(callback-nonblock:callback-unchecked) */
	mutex_unlock(&lock);
	return 0;
}

/* .. nor does it know an object that has nothing of it */
static int bad_passed_another(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct request request = { .range = NULL };

	if (!device_request_may_wait(&request))
		return -EAGAIN;
	mutex_lock(&lock); /* warn(callback-nonblock:callback-unchecked) */
	mutex_unlock(&lock);
	return 0;
}

const struct mmu_notifier_ops elsewhere = {
	.invalidate_range_start = good_asks_elsewhere,
};

const struct mmu_notifier_ops elsewhere_by_object = {
	.invalidate_range_start = good_asks_elsewhere_by_object,
};

const struct mmu_notifier_ops no_answer = {
	.invalidate_range_start = bad_no_answer,
};

const struct mmu_notifier_ops passed_another = {
	.invalidate_range_start = bad_passed_another,
};

const struct mmu_notifier_ops not_passed = {
	.invalidate_range_start = bad_not_passed,
};
