/* SPDX-License-Identifier: GPL-2.0-only */
/* What a kernel's build would make of its .config. */
#define CONFIG_MMU_NOTIFIER 1
#define CONFIG_TRANSPARENT_HUGEPAGE 1
#define CONFIG_FS_DAX_PMD 1
#define CONFIG_MIGRATION 1
