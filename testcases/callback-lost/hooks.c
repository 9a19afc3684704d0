/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * hooks.c - is a call through a pointer lost, and is the target of a const one known?
 */
#include "era-c/mmu_notifier.h"
#include "driver.h"

#define NOTIFIER_ARGS	struct mmu_notifier *mn, struct mm_struct *mm

struct client {
	struct mmu_notifier mn;
	struct device *dev;
	void (*changed)(struct client *client);
};

struct visitor {
	void (*visit)(struct device *dev, unsigned long address);
};

extern const struct visitor foreign;
void device_visit(struct device *dev, const struct visitor *visitor);

static struct client *client_of(struct mmu_notifier *mn)
{
	return container_of(mn, struct client, mn);
}

static void start(NOTIFIER_ARGS, unsigned long from, unsigned long to)
{
	struct device *dev = client_of(mn)->dev;

	dev->hooks->flush(dev, from, to - from);
	device_flush(dev, from, to - from);
	device_visit(dev, &foreign);
}

static void bad_hook(NOTIFIER_ARGS, unsigned long address)
{
	struct device *dev = client_of(mn)->dev;

	dev->hooks->flush(dev, address, 1);
	dev->hooks->reload(dev); /* warn(callback-lost:lost-hook) */
}

const struct mmu_notifier_ops hook = {
	.invalidate_page = bad_hook, /* warn(ops-invalidate-page:ops-beside) */
	.invalidate_range_start = start,
};

static void bad_own_hook(NOTIFIER_ARGS, unsigned long address)
{
	struct client *client = client_of(mn);

	if (client->changed)
		client->changed(client); /* warn(callback-lost:lost-hook) */
}

const struct mmu_notifier_ops own_hook = {
	.invalidate_page = bad_own_hook, /* warn(ops-invalidate-page:ops-beside) */
	.invalidate_range_start = start,
};

static void visit_reload(struct device *dev, unsigned long address)
{
	device_reload(dev); /* warn(callback-lost:lost-call) */
}

static const struct visitor reloading = { visit_reload };

/* what a const structure holds is what is called */
static void bad_const_hook(NOTIFIER_ARGS, unsigned long address)
{
	reloading.visit(client_of(mn)->dev, address);
}

const struct mmu_notifier_ops const_hook = {
	.invalidate_page = bad_const_hook, /* warn(ops-invalidate-page:ops-beside) */
	.invalidate_range_start = start,
};

static void visit_reload_too(struct device *dev, unsigned long address)
{
	device_reload(dev); /* warn(callback-lost:lost-call) */
}

static const struct visitor handed = { visit_reload_too };

/* .. also by somebody who gets its address */
static void bad_handed_on(NOTIFIER_ARGS, unsigned long address)
{
	device_visit(client_of(mn)->dev, &handed);
}

const struct mmu_notifier_ops handed_on = {
	.invalidate_page = bad_handed_on, /* warn(ops-invalidate-page:ops-beside) */
	.invalidate_range_start = start,
};

static void good_same_hook(struct device *dev, unsigned long address)
{
	dev->hooks->flush(dev, address, 1);
}

static void page_same_hook(NOTIFIER_ARGS, unsigned long address)
{
	good_same_hook(client_of(mn)->dev, address);
}

const struct mmu_notifier_ops same_hook = {
	.invalidate_page = page_same_hook, /* warn(ops-invalidate-page:ops-beside) */
	.invalidate_range_start = start,
};

/* the same member by another way */
static void good_other_way(struct client *client, unsigned long address)
{
	const struct device_hooks *hooks = client->dev->hooks;
	void (*flush)(struct device *, unsigned long, unsigned long) = hooks->flush;

	flush(client->dev, address, 1);
}

static void page_other_way(NOTIFIER_ARGS, unsigned long address)
{
	good_other_way(client_of(mn), address);
}

const struct mmu_notifier_ops other_way = {
	.invalidate_page = page_other_way, /* warn(ops-invalidate-page:ops-beside) */
	.invalidate_range_start = start,
};

static void visit_flush(struct device *dev, unsigned long address)
{
	device_flush(dev, address, 1);
}

static const struct visitor flushing = { visit_flush };

static void good_const_hook(struct device *dev, unsigned long address)
{
	flushing.visit(dev, address);
	device_visit(dev, &flushing);
}

static void page_const_hook(NOTIFIER_ARGS, unsigned long address)
{
	good_const_hook(client_of(mn)->dev, address);
}

const struct mmu_notifier_ops const_hook_too = {
	.invalidate_page = page_const_hook, /* warn(ops-invalidate-page:ops-beside) */
	.invalidate_range_start = start,
};

static void visit_nothing(struct device *dev, unsigned long address)
{
}

static const struct visitor idle = { visit_nothing };

static void good_empty_hook(struct device *dev, unsigned long address)
{
	idle.visit(dev, address);
	device_visit(dev, &idle);
}

static void page_empty_hook(NOTIFIER_ARGS, unsigned long address)
{
	good_empty_hook(client_of(mn)->dev, address);
}

const struct mmu_notifier_ops empty_hook = {
	.invalidate_page = page_empty_hook, /* warn(ops-invalidate-page:ops-beside) */
	.invalidate_range_start = start,
};

/* the pointer's value only: it is not called */
static void good_asks(struct device *dev)
{
	if (dev->hooks->reload)
		device_flush(dev, 0, 1);
}

static void page_asks(NOTIFIER_ARGS, unsigned long address)
{
	good_asks(client_of(mn)->dev);
}

const struct mmu_notifier_ops asks = {
	.invalidate_page = page_asks, /* warn(ops-invalidate-page:ops-beside) */
	.invalidate_range_start = start,
};
