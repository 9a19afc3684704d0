/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TEST_MIRROR_H
#define TEST_MIRROR_H

#include "era-e/mmu_notifier.h"
#include "module.h"

/* as the kernel's, where relocations are relative */
#define EXPORT_SYMBOL(sym)						\
	static void *__attribute__((__used__, __section__(".discard.addressable"))) \
	__UNIQUE_ID___addressable_##sym = (void *)&sym

void misc_deregister(int minor);
void mirror_close(struct mmu_notifier *mn);
void mirror_put(struct mmu_notifier *mn);
void mirror_stop(void);

#endif /* TEST_MIRROR_H */
