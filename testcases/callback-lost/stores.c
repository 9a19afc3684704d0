/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * stores.c - is a store that others can see reported as lost, and are other stores not?
 */
#include "era-c/mmu_notifier.h"
#include "driver.h"

#define NOTIFIER_ARGS	struct mmu_notifier *mn, struct mm_struct *mm

struct client {
	struct mmu_notifier mn;
	struct device dev;
	struct list_head entry;
};

struct span {
	unsigned long from, to;
};

bool everything_stale;
unsigned long pages;

static struct client *client_of(struct mmu_notifier *mn)
{
	return container_of(mn, struct client, mn);
}

static void start(NOTIFIER_ARGS, unsigned long from, unsigned long to)
{
	struct device *dev = &client_of(mn)->dev;

	dev->stale_start = from;
	device_flush(dev, from, to - from);
}

static void bad_member(NOTIFIER_ARGS, unsigned long address)
{
	client_of(mn)->dev.reload_needed = true; /* warn(callback-lost:lost-store) */
	client_of(mn)->dev.stale_start = address;
}

const struct mmu_notifier_ops member = {
	.invalidate_page = bad_member, /* warn(ops-invalidate-page:ops-beside) */
	.invalidate_range_start = start,
};

static void bad_variable(NOTIFIER_ARGS, unsigned long address)
{
	everything_stale = true; /* warn(callback-lost:lost-store) */
}

const struct mmu_notifier_ops variable = {
	.invalidate_page = bad_variable, /* warn(ops-invalidate-page:ops-beside) */
	.invalidate_range_start = start,
};

static void bad_once(NOTIFIER_ARGS, unsigned long address)
{
	WRITE_ONCE(client_of(mn)->dev.reload_needed, true); /* warn(callback-lost:lost-store) */
}

const struct mmu_notifier_ops once = {
	.invalidate_page = bad_once, /* warn(ops-invalidate-page:ops-beside) */
	.invalidate_range_start = start,
};

static void bad_bit(NOTIFIER_ARGS, unsigned long address)
{
	set_bit(1, &client_of(mn)->dev.state); /* warn(callback-lost:lost-call) */
}

const struct mmu_notifier_ops bit = {
	.invalidate_page = bad_bit, /* warn(ops-invalidate-page:ops-beside) */
	.invalidate_range_start = start,
};

static void bad_list(NOTIFIER_ARGS, unsigned long address)
{
	struct client *client = client_of(mn);

	list_add(&client->entry, &client->dev.dirty); /* warn(callback-lost:lost-call) */
}

const struct mmu_notifier_ops list = {
	.invalidate_page = bad_list, /* warn(ops-invalidate-page:ops-beside) */
	.invalidate_range_start = start,
};

/* a flag that is added to, not a count of what was there */
static void bad_or(NOTIFIER_ARGS, unsigned long address)
{
	client_of(mn)->dev.state |= 4; /* warn(callback-lost:lost-store) */
}

const struct mmu_notifier_ops or = {
	.invalidate_page = bad_or, /* warn(ops-invalidate-page:ops-beside) */
	.invalidate_range_start = start,
};

static void good_same_member(struct device *dev, unsigned long address)
{
	dev->stale_start = address;
}

static void page_same_member(NOTIFIER_ARGS, unsigned long address)
{
	good_same_member(&client_of(mn)->dev, address);
}

const struct mmu_notifier_ops same_member = {
	.invalidate_page = page_same_member, /* warn(ops-invalidate-page:ops-beside) */
	.invalidate_range_start = start,
};

static void good_counters(struct device *dev, unsigned long size)
{
	dev->flushed++;
	dev->flushed += size;
	pages--;
	atomic_inc(&dev->users);
	device_flush(dev, 0, size);
}

static void page_counters(NOTIFIER_ARGS, unsigned long address)
{
	good_counters(&client_of(mn)->dev, 1);
}

const struct mmu_notifier_ops counters = {
	.invalidate_page = page_counters, /* warn(ops-invalidate-page:ops-beside) */
	.invalidate_range_start = start,
};

static void good_fill(struct span *span, unsigned long address)
{
	span->from = address;
	span->to = address + 1;
}

/* what is its own dies with it */
static void good_own_objects(struct device *dev, unsigned long address)
{
	struct list_head own;
	struct span span;
	unsigned long word = 0;

	INIT_LIST_HEAD(&own);
	good_fill(&span, address);
	set_bit(2, &word);
	span.to += word;
	device_flush(dev, span.from, span.to - span.from);
}

static void page_own_objects(NOTIFIER_ARGS, unsigned long address)
{
	good_own_objects(&client_of(mn)->dev, address);
}

const struct mmu_notifier_ops own_objects = {
	.invalidate_page = page_own_objects, /* warn(ops-invalidate-page:ops-beside) */
	.invalidate_range_start = start,
};

/* the twin of bad_bit */
static void good_bit_too(struct device *dev)
{
	set_bit(1, &dev->state);
}

static void page_bit_too(NOTIFIER_ARGS, unsigned long address)
{
	good_bit_too(&client_of(mn)->dev);
}

static void range_bit_too(NOTIFIER_ARGS, unsigned long from, unsigned long to)
{
	set_bit(3, &client_of(mn)->dev.state);
}

const struct mmu_notifier_ops bit_too = {
	.invalidate_page = page_bit_too, /* warn(ops-invalidate-page:ops-beside) */
	.invalidate_range = range_bit_too,
};

static void good_variable_too(void)
{
	everything_stale = true;
}

static void page_variable_too(NOTIFIER_ARGS, unsigned long address)
{
	good_variable_too();
}

static void end_variable_too(NOTIFIER_ARGS, unsigned long from, unsigned long to)
{
	everything_stale = false;
}

const struct mmu_notifier_ops variable_too = {
	.invalidate_page = page_variable_too, /* warn(ops-invalidate-page:ops-beside) */
	.invalidate_range_end = end_variable_too,
};
