/* SPDX-License-Identifier: GPL-2.0-only */
#include "era-d2/mmu_notifier.h"
#include "entries.h"
#include "pagewalk.h"
