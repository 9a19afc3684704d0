/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * assignment.c - is the member found where it is set at run time?
 */
#include "era-c/mmu_notifier.h"

#define NOTIFIER_ARGS	struct mmu_notifier *mn, struct mm_struct *mm

struct driver {
	struct mmu_notifier_ops ops;
	struct mmu_notifier mn;
};

void driver_flush(struct mmu_notifier *mn, unsigned long start, unsigned long end);
extern const struct mmu_notifier_ops elsewhere;

static struct mmu_notifier_ops filled;
static struct driver driver;

static void page_to_variable(NOTIFIER_ARGS, unsigned long address)
{
	driver_flush(mn, address, address + 1);
}

static void page_to_part(NOTIFIER_ARGS, unsigned long address)
{
	driver_flush(mn, address, address + 2);
}

static void page_by_pointer(NOTIFIER_ARGS, unsigned long address)
{
	driver_flush(mn, address, address + 3);
}

static void page_on_one_branch(NOTIFIER_ARGS, unsigned long address)
{
	driver_flush(mn, address, address + 4);
}

static void page_in_whole(NOTIFIER_ARGS, unsigned long address)
{
	driver_flush(mn, address, address + 5);
}

static void page_by_address(NOTIFIER_ARGS, unsigned long address)
{
	driver_flush(mn, address, address + 6);
}

static void page_cast(NOTIFIER_ARGS, unsigned long address)
{
	driver_flush(mn, address, address + 7);
}

static void range(NOTIFIER_ARGS, unsigned long start, unsigned long end)
{
	driver_flush(mn, start, end);
}

static void release(NOTIFIER_ARGS)
{
	driver_flush(mn, 0, -1ul);
}

void fill_variable(struct mmu_notifier *mn)
{
	filled.release = release;
	filled.invalidate_page = page_to_variable; /* warn(ops-invalidate-page:ops-beside) */
	filled.invalidate_range = range;
	mn->ops = &filled;
}

void fill_part(void)
{
	driver.ops.invalidate_page = page_to_part; /* warn(ops-invalidate-page:ops-alone) */
	driver.mn.ops = &driver.ops;
}

void fill_by_pointer(struct mmu_notifier_ops *ops)
{
	ops->invalidate_page = page_by_pointer; /* warn(ops-invalidate-page:ops-beside) */
	ops->invalidate_range_start = range;
}

void fill_on_one_branch(struct driver *d, int old_hardware)
{
	d->ops.invalidate_range_start = range;
	if (old_hardware)
		d->ops.invalidate_page = page_on_one_branch; /* warn(ops-invalidate-page:ops-beside) */
}

/* the place is the function's, wherever the assignment starts */
void fill_whole(struct driver *whole)
{
	whole->ops = (struct mmu_notifier_ops){
		.release = release,
		.invalidate_page =
			page_in_whole, /* warn(ops-invalidate-page:ops-alone) */
	};
}

void fill_by_address(struct driver *addressed)
{
	addressed->ops.invalidate_page =
		&page_by_address; /* warn(ops-invalidate-page:ops-alone) */
}

void fill_cast(struct driver *cast)
{
	cast->ops.invalidate_page =
		(void (*)(NOTIFIER_ARGS, unsigned long))page_cast; /* warn(ops-invalidate-page:ops-alone) */
}

void good_others_only(struct mmu_notifier_ops *ops)
{
	ops->release = release;
	ops->invalidate_range_start = range;
	ops->invalidate_range = range;
}

void good_null(struct mmu_notifier_ops *ops)
{
	ops->invalidate_page = NULL;
}

/* the ops of another file: that file sets what is in them */
void good_attach(struct mmu_notifier *mn)
{
	mn->ops = &elsewhere;
}

int good_asks(const struct mmu_notifier *mn)
{
	return mn->ops->invalidate_page != NULL;
}

/* mm/mmu_notifier.c: who calls the member does not set it */
void good_calls(NOTIFIER_ARGS, unsigned long address)
{
	if (mn->ops->invalidate_page)
		mn->ops->invalidate_page(mn, mm, address);
}
