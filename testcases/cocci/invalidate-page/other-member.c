// SPDX-License-Identifier: GPL-2.0-only
/*
 * other-member.c - is a member of that name in another structure left alone?
 */
#include <linux/mmu_notifier.h>

void frontswap_invalidate_page(unsigned int type, pgoff_t offset)
{
	struct frontswap_ops *ops = first_ops();

	ops->invalidate_page(type, offset);
}
