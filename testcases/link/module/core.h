/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TEST_CORE_H
#define TEST_CORE_H

#include "era-d2/mmu_notifier.h"

/* as the kernel's, where relocations are relative */
#define EXPORT_SYMBOL(sym)						\
	static void *__attribute__((__used__, __section__(".discard.addressable"))) \
	__UNIQUE_ID___addressable_##sym = (void *)&sym

void core_zap(struct mmu_notifier_range *range);
void core_flush(struct mmu_notifier_range *range);
void core_inner(struct mmu_notifier_range *range);

#endif /* TEST_CORE_H */
