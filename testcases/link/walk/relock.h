/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TEST_RELOCK_H
#define TEST_RELOCK_H

#include "era-d2/mmu_notifier.h"
#include "entries.h"
#include "pagewalk.h"

void relock(struct mm_struct *mm);
void look(struct mm_struct *mm);

#endif /* TEST_RELOCK_H */
