/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * unload-named.c - is a module known by the name of the function that it is left by, too?
 */
#include "era-e/mmu_notifier.h"
#include "module.h"

void mirror_close(struct mmu_notifier *mn)
{
	mmu_notifier_put(mn);
}

void cleanup_module(void) /* warn(notifier-lifetime:unload): 'cleanup_module()' lets the module go */
{
}
