/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * adjust.c - does what a row says of the callers of a function count where they are there? The row is marked 'alone'.
 */
#include "row.h"

void vma_adjust_trans_huge(struct vm_area_struct *vma, unsigned long addr, pte_t *pte, spinlock_t *ptl)
{
	spin_lock(ptl);
	ptep_clear_flush(vma, addr, pte); /* warn(unnotified-change:cleared-outside)[unit] */
	spin_unlock(ptl);
}
