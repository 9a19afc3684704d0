/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * calls.c - is a call that only invalidate_page makes reported as lost, and are other calls not?
 */
#include "era-c/mmu_notifier.h"
#include "driver.h"

#define NOTIFIER_ARGS	struct mmu_notifier *mn, struct mm_struct *mm

struct client {
	struct mmu_notifier mn;
	struct device dev;
};

void printk(const char *fmt, ...);

static struct device *device_of(struct mmu_notifier *mn)
{
	return &container_of(mn, struct client, mn)->dev;
}

/* with this one every device_flush() of invalidate_page is done as well */
static void start(NOTIFIER_ARGS, unsigned long from, unsigned long to)
{
	struct device *dev = device_of(mn);

	mutex_lock(&dev->mutex);
	device_flush(dev, from, to - from);
	mutex_unlock(&dev->mutex);
}

static void release(NOTIFIER_ARGS)
{
	device_reload(device_of(mn));
}

/* ---------------------------------------------------------------- */

static void bad_reloads(NOTIFIER_ARGS, unsigned long address)
{
	device_flush(device_of(mn), address, 1);
	device_reload(device_of(mn)); /* warn(callback-lost:lost-call) */
}

const struct mmu_notifier_ops reloads = {
	.invalidate_page = bad_reloads, /* warn(ops-invalidate-page:ops-beside) */
	.invalidate_range_start = start,
};

/* release comes when the process ends: too late */
static void bad_released(NOTIFIER_ARGS, unsigned long address)
{
	device_reload(device_of(mn)); /* warn(callback-lost:lost-call) */
}

const struct mmu_notifier_ops released = {
	.release = release,
	.invalidate_page = bad_released, /* warn(ops-invalidate-page:ops-beside) */
	.invalidate_range_start = start,
};

static void reload_all(struct device *dev)
{
	device_reload(dev); /* warn(callback-lost:lost-call) */
}

static void bad_two_levels(NOTIFIER_ARGS, unsigned long address)
{
	device_flush(device_of(mn), address, 1);
	reload_all(device_of(mn));
}

const struct mmu_notifier_ops two_levels = {
	.invalidate_page = bad_two_levels, /* warn(ops-invalidate-page:ops-beside) */
	.invalidate_range_start = start,
};

/* the header's function is not changed, the call is moved */
static void bad_inline_of_header(NOTIFIER_ARGS, unsigned long address)
{
	device_nothing(device_of(mn));
	device_reset(device_of(mn)); /* warn(callback-lost:lost-call) */
}

const struct mmu_notifier_ops inline_of_header = {
	.invalidate_page = bad_inline_of_header, /* warn(ops-invalidate-page:ops-beside) */
	.invalidate_range_start = start,
};

static void forget_one(struct device *dev)
{
	device_reload(dev); /* warn(callback-lost:lost-call) */
}

/* a function that is handed to another is called by it */
static void bad_each(NOTIFIER_ARGS, unsigned long address)
{
	device_for_each(device_of(mn), forget_one);
}

static void start_each(NOTIFIER_ARGS, unsigned long from, unsigned long to)
{
	device_for_each(device_of(mn), NULL);
}

const struct mmu_notifier_ops each = {
	.invalidate_page = bad_each, /* warn(ops-invalidate-page:ops-beside) */
	.invalidate_range_start = start_each,
};

/* ---------------------------------------------------------------- */

static void good_same(struct mmu_notifier *mn, unsigned long address)
{
	struct device *dev = device_of(mn);

	spin_lock(&dev->lock);
	device_flush(dev, address, 1);
	spin_unlock(&dev->lock);
}

static void page_same(NOTIFIER_ARGS, unsigned long address)
{
	good_same(mn, address);
}

const struct mmu_notifier_ops same = {
	.invalidate_page = page_same, /* warn(ops-invalidate-page:ops-beside) */
	.invalidate_range_start = start,
};

static void flush_some(struct device *dev, unsigned long from, unsigned long size,
		       bool one)
{
	device_flush(dev, from, size);
	if (one)
		device_reload(dev);
}

/* a helper that another callback calls with other arguments */
static void good_other_arguments(struct mmu_notifier *mn, unsigned long address)
{
	flush_some(device_of(mn), address, 1, true);
}

static void page_other_arguments(NOTIFIER_ARGS, unsigned long address)
{
	good_other_arguments(mn, address);
}

static void range_other_arguments(NOTIFIER_ARGS, unsigned long from, unsigned long to)
{
	flush_some(device_of(mn), from, to - from, false);
}

const struct mmu_notifier_ops other_arguments = {
	.invalidate_page = page_other_arguments, /* warn(ops-invalidate-page:ops-beside) */
	.invalidate_range = range_other_arguments,
};

/* the twin of bad_reloads: the end does it */
static void good_end_reloads(struct mmu_notifier *mn, unsigned long address)
{
	device_flush(device_of(mn), address, 1);
	device_reload(device_of(mn));
}

static void page_end_reloads(NOTIFIER_ARGS, unsigned long address)
{
	good_end_reloads(mn, address);
}

static void end_reloads(NOTIFIER_ARGS, unsigned long from, unsigned long to)
{
	reload_all(device_of(mn));
}

const struct mmu_notifier_ops in_the_end = {
	.invalidate_page = page_end_reloads, /* warn(ops-invalidate-page:ops-beside) */
	.invalidate_range_start = start,
	.invalidate_range_end = end_reloads,
};

static void reload_nothing(struct device *dev)
{
}

static void good_empty(struct mmu_notifier *mn, unsigned long address)
{
	device_nothing(device_of(mn));
	reload_nothing(device_of(mn));
	printk("one page\n");
	device_flush(device_of(mn), address, 1);
}

static void page_empty(NOTIFIER_ARGS, unsigned long address)
{
	good_empty(mn, address);
}

const struct mmu_notifier_ops empty = {
	.invalidate_page = page_empty, /* warn(ops-invalidate-page:ops-beside) */
	.invalidate_range_start = start,
};

/* one function for both members */
static void good_both(struct mmu_notifier *mn, unsigned long from)
{
	device_reload(device_of(mn));
}

static void both(NOTIFIER_ARGS, unsigned long from)
{
	good_both(mn, from);
}

const struct mmu_notifier_ops one_function = {
	.invalidate_page = both, /* warn(ops-invalidate-page:ops-beside) */
	.invalidate_range_start = (void (*)(NOTIFIER_ARGS, unsigned long, unsigned long))both,
};

/* no callback is left to do it: ops-invalidate-page says so */
static void good_only(struct mmu_notifier *mn)
{
	device_reload(device_of(mn));
}

static void page_only(NOTIFIER_ARGS, unsigned long address)
{
	good_only(mn);
}

const struct mmu_notifier_ops only = {
	.invalidate_page = page_only, /* warn(ops-invalidate-page:ops-alone) */
};

/* an ops that never had the member loses nothing */
static void good_start_only(NOTIFIER_ARGS, unsigned long from, unsigned long to)
{
	device_reload(device_of(mn));
}

const struct mmu_notifier_ops start_only = {
	.invalidate_range_start = good_start_only,
};

extern void assertion_failed(void) __attribute__((error("not a constant")));

/* the assertion of a constant calls nothing: a file where it did would not compile */
static void good_assertion(struct device *dev, unsigned long address)
{
	if (sizeof(address) < sizeof(int))
		assertion_failed();
	device_flush(dev, address, 1);
}

static void page_assertion(NOTIFIER_ARGS, unsigned long address)
{
	good_assertion(device_of(mn), address);
}

const struct mmu_notifier_ops assertion = {
	.invalidate_page = page_assertion, /* warn(ops-invalidate-page:ops-beside) */
	.invalidate_range_start = start,
};
