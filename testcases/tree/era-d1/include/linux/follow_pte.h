/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_FOLLOW_PTE_H
#define _LINUX_FOLLOW_PTE_H

#include <linux/mm_types.h>

int follow_pte_pmd(struct mm_struct *mm, unsigned long address,
		   unsigned long *start, unsigned long *end,
		   pte_t **ptepp, pmd_t **pmdpp, spinlock_t **ptlp);

#endif /* _LINUX_FOLLOW_PTE_H */
