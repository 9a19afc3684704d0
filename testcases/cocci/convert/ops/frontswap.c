// SPDX-License-Identifier: GPL-2.0-only
/*
 * frontswap.c - is another structure left alone?
 */
#include <linux/mmu_notifier.h>

static void drop(unsigned int type, pgoff_t offset)
{
	forget(type, offset);
}

static struct frontswap_ops ops = {
	.invalidate_page = drop,
};
