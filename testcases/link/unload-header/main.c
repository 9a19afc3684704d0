/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * main.c - is a module joined with the kernel where inline functions of one header call functions of both?
 */
#include "short.h"

static struct mmu_notifier last;

void mirror_forget(struct mmu_notifier *mn)
{
	mirror_close(mn);
}

static void good_exit(void)
{
	forget_shortly(&last);
}
module_exit(good_exit);
