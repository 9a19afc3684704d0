/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * user.c - a file of the kernel, or of another module, puts notifiers, too: that is its own business.
 */
#include "mirror.h"

void good_user(struct mmu_notifier *mn)
{
	mirror_close(mn);
}
