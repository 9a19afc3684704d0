/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * ways.c - is it seen what a body does on its way, which arguments decide about it, and what hides it?
 */
#include "bodies.h"

void *__kmalloc(unsigned long size, unsigned int flags);

void sleep_far(struct held *h)
{
	called_here(h);
}

void sleep_here(struct held *h)
{
	if (h->count)
		schedule();
}

void sleep_not(struct held *h)
{
	h->count++;
}

void sleep_unsaid(struct held *h)
{
	if (h->count > 3)
		schedule();
}

/* with a lock of its own held it cannot sleep: no caller has to know of that */
void sleep_locked(struct held *h)
{
	spin_lock(&h->lock);
	if (h->count > 7)
		schedule();
	spin_unlock(&h->lock);
}

void sleep_if_second(struct held *h, int wait)
{
	if (wait)
		called_here(h);
}

void sleep_anyway(struct held *h, int wait)
{
	if (wait || h->count)
		schedule();
}

/* by what it reads, the other one may know that it need not */
void sleep_as_told(struct held *h, int wait)
{
	h->count++;
	if (wait)
		schedule();
	called_by_state(h);
}

void sleep_unless(struct held *h, int now)
{
	if (!now)
		called_here(h);
}

void *sleep_by_flags(unsigned long size, unsigned int flags)
{
	return __kmalloc(size + sizeof(struct held), flags);
}

void *sleep_by_any_flags(unsigned long size, unsigned int flags)
{
	if (size > 4096)
		schedule();
	return __kmalloc(size, flags);
}

void sleep_hidden(struct held *h)
{
	not_here(h);
}

void sleep_by_pointer(struct held *h, void (*func)(struct held *h))
{
	func(h);
}

void clear_it(struct mm_struct *mm, unsigned long addr, pte_t *ptep)
{
	ptep_get_and_clear(mm, addr, ptep);
}

void clear_unsaid(struct mm_struct *mm, unsigned long addr, pte_t *ptep)
{
	ptep_get_and_clear(mm, addr, ptep);
}

void clear_not(struct mm_struct *mm, unsigned long addr, pte_t *ptep)
{
	(void)mm;
	(void)addr;
	(void)ptep;
}

void clear_in_own(struct vm_area_struct *vma, unsigned long addr, pte_t *ptep)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl = pte_lockptr(vma->vm_mm, (pmd_t *)ptep);

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	spin_lock(ptl);
	ptep_get_and_clear(vma->vm_mm, addr, ptep);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(&range);
}

void nothing_at_all(struct held *h)
{
	spin_lock(&h->lock);
	h->count++;
	spin_unlock(&h->lock);
}

void copy_it(char *to, const char *from)
{
	*to = *from;
}
