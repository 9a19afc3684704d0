/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * main.c - is a module silent that waits in another file, and one that has put nothing itself?
 */
#include "../unload/mirror.h"

static void good_exit(void)
{
	misc_deregister(1);
	mirror_stop();
}
module_exit(good_exit);

void mirror_close(struct mmu_notifier *mn)
{
	mirror_put(mn);
}
