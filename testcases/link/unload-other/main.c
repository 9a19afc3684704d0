/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * main.c - the module
 */
#include "../unload/mirror.h"

static struct mmu_notifier last;

static void good_exit(void)
{
	mirror_close(&last);
}
module_exit(good_exit);
