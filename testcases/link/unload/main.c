/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * main.c - the module is left here, and a function of the kernel is called that waits for no notifier.
 */
#include "mirror.h"

void mirror_close(struct mmu_notifier *mn)
{
	mirror_put(mn);
}
EXPORT_SYMBOL(mirror_close);

static void bad_exit(void) /* warn(notifier-lifetime:unload)[link]: 'mmu_notifier_put()' has removed */
{
	misc_deregister(1);
	mirror_stop();
}
module_exit(bad_exit);
