/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * queued.h - helpers of a header, for callbacks that leave their range to work; what they do is not judged.
 *
 * Whether one may have taken pages from a device is asked of its instructions.
 */
#ifndef TEST_QUEUED_H
#define TEST_QUEUED_H

#include "sleep.h"
#include "driver.h"

struct window {
	unsigned long start, end;
};

struct mirror {
	struct mmu_notifier mn;
	struct device *dev;
	struct work_struct work;
	struct window stale, mapped;
	struct mmu_notifier_range range;
	spinlock_t update;
	int kind;
};

static inline struct mirror *mirror_of(struct mmu_notifier *mn)
{
	return container_of(mn, struct mirror, mn);
}

void window_drop(struct window *window);
int window_depth(const struct window *window);

static inline void window_note(struct window *window, const struct window *from)
{
	*window = *from;
}

static inline void window_clear(struct window *window)
{
	struct window none = { 0 };

	*window = none;
}

static inline int window_kind(const struct mirror *mirror)
{
	switch (mirror->kind) {
	case 1:
		return 7;
	case 4:
		return 5;
	case 9:
		return 8;
	default:
		return 0;
	}
}

static inline void window_hook(const struct mirror *mirror)
{
	mirror->dev->hooks->reload(mirror->dev);
}

static inline void window_bit(struct mirror *mirror)
{
	set_bit(1, &mirror->dev->state);
}

static inline void window_sleep(struct mirror *mirror)
{
	schedule();
}

static inline void window_rcu(struct mirror *mirror)
{
	barrier();
	(void)pte_lockptr(NULL, NULL);
}

static inline int window_1(const struct mirror *mirror)
{
	return mirror->kind + 1;
}

static inline int window_2(const struct mirror *mirror)
{
	return window_1(mirror) * 2;
}

static inline int window_3(const struct mirror *mirror)
{
	return window_2(mirror) * 3;
}

static inline int window_4(const struct mirror *mirror)
{
	return window_3(mirror) * 4;
}

static inline int window_5(const struct mirror *mirror)
{
	return window_4(mirror) * 5;
}

#endif /* TEST_QUEUED_H */
