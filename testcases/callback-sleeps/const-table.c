/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * const-table.c - is a call through a variable without any
 * store followed, and a call through another one not?
 */
#include "era-c/mmu_notifier.h"
#include "sleep.h"

struct mirror;

struct chip_ops {
	void (*flush)(struct mirror *mirror);
	void (*wait)(struct mirror *mirror);
};

struct mirror {
	struct mmu_notifier mn;
	const struct chip_ops *chip;
	struct mutex lock;
	struct completion idle;
};

void write_register(struct mirror *mirror, unsigned long value);

static void chip_flush(struct mirror *mirror)
{
	write_register(mirror, 1);
}

static void chip_wait(struct mirror *mirror)
{
	wait_for_completion(&mirror->idle); /* warn(callback-sleeps): 'wait_for_completion()' may sleep */
}

static void first_chip_wait(struct mirror *mirror)
{
	wait_for_completion(&mirror->idle); /* warn(callback-sleeps:callback-atomic) */
}

static void second_chip_wait(struct mirror *mirror)
{
	wait_for_completion(&mirror->idle); /* warn(callback-sleeps:callback-atomic) */
}

static void local_chip_wait(struct mirror *mirror)
{
	wait_for_completion(&mirror->idle); /* warn(callback-sleeps:callback-atomic) */
}

static void variable_wait(struct mirror *mirror)
{
	wait_for_completion(&mirror->idle);
}

static const struct chip_ops chip = {
	.flush = chip_flush,
	.wait = chip_wait,
};

static const struct chip_ops chips[2] = {
	{ .flush = chip_flush, .wait = first_chip_wait },
	{ .flush = chip_flush, .wait = second_chip_wait },
};

struct chip_ops variable_chip = {
	.flush = chip_flush,
	.wait = variable_wait,
};

void bad_through_const(struct mmu_notifier *mn, struct mm_struct *mm,
		       unsigned long address)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	chip.wait(mirror); /* note: 'chip_wait()' is called */
}

void good_through_const(struct mmu_notifier *mn, struct mm_struct *mm,
			unsigned long address)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	chip.flush(mirror);
}

void bad_through_element(struct mmu_notifier *mn, struct mm_struct *mm,
			 unsigned long address)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	chips[1].wait(mirror);
}

void good_through_element(struct mmu_notifier *mn, struct mm_struct *mm,
			  unsigned long address)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	chips[1].flush(mirror);
}

void bad_through_local(struct mmu_notifier *mn, struct mm_struct *mm,
		       unsigned long address)
{
	static const struct chip_ops local_chip = { .flush = chip_flush, .wait = local_chip_wait };
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	local_chip.wait(mirror);
}

/* two variables of one name: which one is called is not known */
void good_through_two(struct mmu_notifier *mn, struct mm_struct *mm,
		      unsigned long address)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	if (address) {
		static const struct chip_ops any_chip = { .flush = chip_flush, .wait = chip_flush };

		any_chip.wait(mirror);
	} else {
		static const struct chip_ops any_chip = { .flush = variable_wait, .wait = variable_wait };

		any_chip.wait(mirror);
	}
}

void good_through_variable(struct mmu_notifier *mn, struct mm_struct *mm,
			   unsigned long address)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	variable_chip.wait(mirror);
}

void good_through_pointer(struct mmu_notifier *mn, struct mm_struct *mm,
			  unsigned long address)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	mirror->chip->wait(mirror);
}

void good_after_trylock(struct mmu_notifier *mn, struct mm_struct *mm,
			unsigned long address)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);
	int locked = mutex_trylock(&mirror->lock);

	chip.flush(mirror);
	if (locked)
		mutex_unlock(&mirror->lock);
}

void bad_after_trylock(struct mmu_notifier *mn, struct mm_struct *mm,
		       unsigned long address)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);
	int locked = mutex_trylock(&mirror->lock);

	chips[0].wait(mirror);
	if (locked)
		mutex_unlock(&mirror->lock);
}

const struct mmu_notifier_ops ops_good_after_trylock = {
	.invalidate_page = good_after_trylock, /* warn(ops-invalidate-page:ops-alone) */
};

const struct mmu_notifier_ops ops_bad_after_trylock = {
	.invalidate_page = bad_after_trylock, /* warn(ops-invalidate-page:ops-alone) */
};

const struct mmu_notifier_ops ops_bad_through_const = {
	.invalidate_page = bad_through_const, /* warn(ops-invalidate-page:ops-alone) */
};

const struct mmu_notifier_ops ops_bad_through_local = {
	.invalidate_page = bad_through_local, /* warn(ops-invalidate-page:ops-alone) */
};

const struct mmu_notifier_ops ops_good_through_two = {
	.invalidate_page = good_through_two, /* warn(ops-invalidate-page:ops-alone) */
};

const struct mmu_notifier_ops ops_good_through_const = {
	.invalidate_page = good_through_const, /* warn(ops-invalidate-page:ops-alone) */
};

const struct mmu_notifier_ops ops_bad_through_element = {
	.invalidate_page = bad_through_element, /* warn(ops-invalidate-page:ops-alone) */
};

const struct mmu_notifier_ops ops_good_through_element = {
	.invalidate_page = good_through_element, /* warn(ops-invalidate-page:ops-alone) */
};

const struct mmu_notifier_ops ops_good_through_variable = {
	.invalidate_page = good_through_variable, /* warn(ops-invalidate-page:ops-alone) */
};

const struct mmu_notifier_ops ops_good_through_pointer = {
	.invalidate_page = good_through_pointer, /* warn(ops-invalidate-page:ops-alone) */
};
