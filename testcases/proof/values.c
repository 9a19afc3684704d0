/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * values.c - is it seen what a body's result is, and what it leaves in memory?
 */
#include "bodies.h"

struct held *same_one(struct held *h)
{
	h->count++;
	return h;
}

struct held *same_one_not(struct held *h)
{
	return h->count ? h : NULL;
}

int negative_one(int error)
{
	return error ? -12 : -22;
}

int negative_not(int error)
{
	return error ? -12 : 1;
}

int nonzero_one(void)
{
	return 3;
}

int nonzero_maybe(int n)
{
	return n;
}

void set_two(struct held *h)
{
	h->ptl = (spinlock_t *)h;
}

spinlock_t *ptl_of(struct mm_struct *mm, pmd_t *pmd)
{
	return pte_lockptr(mm, pmd);
}

spinlock_t *ptl_dropped(struct mm_struct *mm, pmd_t *pmd)
{
	spinlock_t *ptl = pmd_lock(mm, pmd);

	spin_unlock(ptl);
	return ptl;
}

void write_it(struct held *h)
{
	h->count = 3;
}

pte_t entry_of_page(unsigned long page, pgprot_t prot)
{
	pte_t pte = { page | prot.pgprot };

	return pte;
}
