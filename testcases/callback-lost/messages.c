/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * messages.c - does the message say what is lost, and the path how the callback reaches it?
 */
#include "era-c/mmu_notifier.h"
#include "driver.h"

#define NOTIFIER_ARGS	struct mmu_notifier *mn, struct mm_struct *mm

struct client {
	struct mmu_notifier mn;
	struct device dev;
};

unsigned long epoch;

static void start(NOTIFIER_ARGS, unsigned long from, unsigned long to)
{
	device_flush(&container_of(mn, struct client, mn)->dev, from, to - from);
}

static void reload(struct device *dev)
{
	device_reload(dev); /* warn(callback-lost): 'device_reload()' is called only by 'invalidate_page'; no remaining callback calls it */ /* note: fix: call 'device_reload()' in a callback that remains, over the whole range; */
}

static void reload_if_needed(struct device *dev)
{
	if (dev->reload_needed)
		reload(dev); /* note: 'reload()' is called */
}

static void bad_page(NOTIFIER_ARGS, unsigned long address)
{
	struct device *dev = &container_of(mn, struct client, mn)->dev;

	device_flush(dev, address, 1);
	reload_if_needed(dev); /* note: 'reload_if_needed()' is called */
	dev->hooks->reload(dev); /* warn(callback-lost): hook 'device_hooks.reload' is called only by 'invalidate_page'; no remaining callback calls it */ /* note: fix: call hook 'device_hooks.reload' in a callback that remains, over the whole range; */
	dev->reload_needed = false; /* warn(callback-lost): 'device.reload_needed' is written only by 'invalidate_page'; no remaining callback writes it */ /* note: fix: write 'device.reload_needed' in a callback that remains; */
	epoch = address; /* warn(callback-lost): 'epoch' is written only by 'invalidate_page'; no remaining callback writes it */ /* note: fix: write 'epoch' in a callback that remains; */
	list_add(&dev->dirty, &dev->dirty); /* warn(callback-lost): 'list_add()' is called only by 'invalidate_page'; no remaining callback calls it */ /* note: fix: call 'list_add()' in a callback that remains, over the whole range; */
}

const struct mmu_notifier_ops ops = {
	.invalidate_page = bad_page, /* warn(ops-invalidate-page:ops-beside) */ /* note: 'invalidate_page' is set to 'bad_page()' */ /* note: fix: remove the member, its function, and what only that function uses; */
	.invalidate_range_start = start,
};

/* the line is that of the call of the header's function */
static void bad_by_header(NOTIFIER_ARGS, unsigned long address)
{
	device_reset(&container_of(mn, struct client, mn)->dev); /* warn(callback-lost): 'device_reload()' is called only by 'invalidate_page'; no remaining callback calls it */ /* note: fix: call 'device_reload()' in a callback that remains, over the whole range; */
}

const struct mmu_notifier_ops by_header = {
	.invalidate_page = bad_by_header, /* warn(ops-invalidate-page:ops-beside) */ /* note: fix: remove the member, its function, and what only that function uses; */
	.invalidate_range_start = start,
};

/* what is lost is said once, for the first table */
const struct mmu_notifier_ops again = {
	.invalidate_page = bad_page, /* warn(ops-invalidate-page:ops-beside) */ /* note: fix: remove the member, its function, and what only that function uses; */
	.invalidate_range_start = start,
};
