// SPDX-License-Identifier: GPL-2.0-only
/*
 * comment.c - is a mention in a comment or a string silent?
 */
#include <linux/mmu_notifier.h>

/* mmu_notifier_invalidate_page(mm, addr) was called here. */
static const char *text = "mmu_notifier_invalidate_page(mm, addr)";
