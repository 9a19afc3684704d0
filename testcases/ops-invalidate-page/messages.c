/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * messages.c - does the message say which callbacks remain, or that none does?
 */
#include "era-c/mmu_notifier.h"

#define NOTIFIER_ARGS	struct mmu_notifier *mn, struct mm_struct *mm

struct driver {
	struct mmu_notifier_ops ops[2];
};

void driver_flush(struct mmu_notifier *mn, unsigned long start, unsigned long end);

static void page(NOTIFIER_ARGS, unsigned long address)
{
	driver_flush(mn, address, address + 1);
}

static void range(NOTIFIER_ARGS, unsigned long start, unsigned long end)
{
	driver_flush(mn, start, end);
}

static void release(NOTIFIER_ARGS)
{
	driver_flush(mn, 0, -1ul);
}

static void change_pte(NOTIFIER_ARGS, unsigned long address, pte_t pte)
{
	driver_flush(mn, address, address);
}

const struct mmu_notifier_ops only = {
	.invalidate_page = page, /* warn(ops-invalidate-page): 'only' sets 'invalidate_page': no other invalidation callback is set */ /* note: fix: set a callback that is called for each change, and do there what this one does; */
};

/* neither of these is told of each change */
const struct mmu_notifier_ops with_others = {
	.release = release,
	.change_pte = change_pte,
	.invalidate_page = page, /* warn(ops-invalidate-page): 'with_others' sets 'invalidate_page': no other invalidation callback is set */ /* note: fix: set a callback that is called for each change, and do there what this one does; */
};

const struct mmu_notifier_ops with_start = {
	.invalidate_range_start = range,
	.invalidate_page = page, /* warn(ops-invalidate-page): 'with_start' sets 'invalidate_page': 'invalidate_range_start' remains */ /* note: fix: remove the member, its function, and what only that function uses; */
};

const struct mmu_notifier_ops with_all = {
	.invalidate_range_start = range,
	.invalidate_range_end = range,
	.invalidate_range = range,
	.invalidate_page = page, /* warn(ops-invalidate-page): 'with_all' sets 'invalidate_page': 'invalidate_range', 'invalidate_range_end', 'invalidate_range_start' remain */ /* note: fix: remove the member, its function, and what only that function uses; */
};

struct driver driver = {
	.ops[1] = {
		.invalidate_page = page, /* warn(ops-invalidate-page): 'driver.ops[1]' sets 'invalidate_page': 'invalidate_range' remains */ /* note: fix: remove the member, its function, and what only that function uses; */
		.invalidate_range = range,
	},
};

static struct mmu_notifier_ops late = {
	.invalidate_range = range,
};

void attach(struct mmu_notifier *mn, struct mmu_notifier_ops *ops)
{
	late.invalidate_page = page; /* warn(ops-invalidate-page): 'late' sets 'invalidate_page': 'invalidate_range' remains */ /* note: fix: remove the member, its function, and what only that function uses; */
	mn->ops = &late;
	ops->invalidate_page = page; /* warn(ops-invalidate-page): 'ops' sets 'invalidate_page': no other invalidation callback is set */ /* note: fix: set a callback that is called for each change, and do there what this one does; */
}
