/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * initialiser.c - is the member found in an initialiser, however that is written?
 */
#include "era-c/mmu_notifier.h"

#define NOTIFIER_ARGS	struct mmu_notifier *mn, struct mm_struct *mm
#define PAGE_CALLBACK(f)	.invalidate_page = f

struct driver {
	int users;
	struct mmu_notifier_ops ops;
};

void driver_flush(struct mmu_notifier *mn, unsigned long start, unsigned long end);

static void page_designated(NOTIFIER_ARGS, unsigned long address)
{
	driver_flush(mn, address, address + 1);
}

static void page_positional(NOTIFIER_ARGS, unsigned long address)
{
	driver_flush(mn, address, address + 2);
}

static void page_in_structure(NOTIFIER_ARGS, unsigned long address)
{
	driver_flush(mn, address, address + 3);
}

static void page_in_array(NOTIFIER_ARGS, unsigned long address)
{
	driver_flush(mn, address, address + 4);
}

static void page_by_address(NOTIFIER_ARGS, unsigned long address)
{
	driver_flush(mn, address, address + 5);
}

static int page_cast(NOTIFIER_ARGS, unsigned long address)
{
	driver_flush(mn, address, address + 6);
	return 0;
}

static void page_in_macro(NOTIFIER_ARGS, unsigned long address)
{
	driver_flush(mn, address, address + 7);
}

static void page_in_function(NOTIFIER_ARGS, unsigned long address)
{
	driver_flush(mn, address, address + 8);
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

const struct mmu_notifier_ops bad_designated = {
	.release = release,
	.invalidate_page = page_designated, /* warn(ops-invalidate-page:ops-beside) */
	.invalidate_range = range,
};

/* not const: somebody may write to it, which changes nothing */
struct mmu_notifier_ops bad_positional = {
	release,
	NULL,
	NULL,
	change_pte,
	page_positional, /* warn(ops-invalidate-page:ops-beside) */
	range,
};

struct driver bad_in_structure = {
	.users = 1,
	.ops = {
		.invalidate_page = page_in_structure, /* warn(ops-invalidate-page:ops-alone) */
	},
};

const struct mmu_notifier_ops bad_in_array[] = {
	{
		.invalidate_range = range,
	}, {
		.invalidate_page = page_in_array, /* warn(ops-invalidate-page:ops-alone) */
	},
};

const struct mmu_notifier_ops bad_by_address = {
	.invalidate_page = &page_by_address, /* warn(ops-invalidate-page:ops-alone) */
};

const struct mmu_notifier_ops bad_cast = {
	.invalidate_page = (void (*)(NOTIFIER_ARGS, unsigned long))page_cast, /* warn(ops-invalidate-page:ops-alone) */
};

const struct mmu_notifier_ops bad_in_macro = {
	PAGE_CALLBACK(page_in_macro), /* warn(ops-invalidate-page:ops-alone) */
};

void driver_attach(struct mmu_notifier *mn)
{
	static const struct mmu_notifier_ops in_function = {
		.invalidate_page = page_in_function, /* warn(ops-invalidate-page:ops-alone) */
	};

	mn->ops = &in_function;
}

/* none of these sets it */

const struct mmu_notifier_ops good_others_only = {
	.release = release,
	.change_pte = change_pte,
	.invalidate_range_start = range,
	.invalidate_range_end = range,
	.invalidate_range = range,
};

const struct mmu_notifier_ops good_null = {
	.release = release,
	.invalidate_page = NULL,
	.invalidate_range_start = range,
};

const struct mmu_notifier_ops good_array[] = {
	{
		.invalidate_range = range,
	}, {
		.release = release,
	},
};

/* positions around the member */
const struct mmu_notifier_ops good_positional = {
	release, NULL, NULL, change_pte, NULL, range, range,
};

struct driver good_structure = {
	.users = 1,
	.ops.invalidate_range = range,
};
