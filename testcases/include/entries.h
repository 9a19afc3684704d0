/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * entries.h - what an entry is, what it can be made of, and who changes it.
 *
 * The mmap lock is here too: who takes it is not called inside a region.
 */
#ifndef TEST_ENTRIES_H
#define TEST_ENTRIES_H

#include "mm.h"

extern struct mm_struct init_mm;

/* the mmap lock */

int down_read_trylock(struct rw_semaphore *sem);
int down_write_trylock(struct rw_semaphore *sem);
void downgrade_write(struct rw_semaphore *sem);

static inline void mmap_read_lock(struct mm_struct *mm)
{
	down_read(&mm->mmap_lock);
}

static inline void mmap_read_unlock(struct mm_struct *mm)
{
	up_read(&mm->mmap_lock);
}

static inline bool mmap_read_trylock(struct mm_struct *mm)
{
	return down_read_trylock(&mm->mmap_lock) != 0;
}

static inline void mmap_write_lock(struct mm_struct *mm)
{
	down_write(&mm->mmap_lock);
}

static inline bool mmap_write_trylock(struct mm_struct *mm)
{
	return down_write_trylock(&mm->mmap_lock) != 0;
}

static inline void mmap_write_unlock(struct mm_struct *mm)
{
	up_write(&mm->mmap_lock);
}

static inline void mmap_write_downgrade(struct mm_struct *mm)
{
	downgrade_write(&mm->mmap_lock);
}

/* threads */

struct task_struct;

struct task_struct *kthread_create_on_node(int (*threadfn)(void *data), void *data,
					   int node, const char *name);
#define kthread_run(threadfn, data, name) kthread_create_on_node(threadfn, data, -1, name)

/* asking */

static inline int pte_protnone(pte_t pte)
{
	return (pte.pte & 0x101) == 0x100;
}

static inline int pmd_protnone(pmd_t pmd)
{
	return (pmd.pmd & 0x101) == 0x100;
}

static inline int pmd_same(pmd_t a, pmd_t b)
{
	return a.pmd == b.pmd;
}

bool mm_tlb_flush_pending(struct mm_struct *mm);

static inline int pte_same(pte_t a, pte_t b)
{
	return a.pte == b.pte;
}

static inline int pmd_present(pmd_t pmd)
{
	return pmd.pmd & 1;
}

static inline pte_t ptep_get(pte_t *ptep)
{
	return *(volatile pte_t *)ptep;
}

/* making */

static inline pte_t pfn_pte(unsigned long pfn, pgprot_t prot)
{
	pte_t pte = { pfn << PAGE_SHIFT | prot.pgprot };

	return pte;
}

static inline pmd_t pfn_pmd(unsigned long pfn, pgprot_t prot)
{
	pmd_t pmd = { pfn << PAGE_SHIFT | prot.pgprot };

	return pmd;
}

unsigned long page_to_pfn(struct page *page);
#define mk_pte(page, prot) pfn_pte(page_to_pfn(page), prot)

static inline pte_t pte_mkdirty(pte_t pte)
{
	pte.pte |= 0x40;
	return pte;
}

static inline pte_t pte_mkyoung(pte_t pte)
{
	pte.pte |= 0x20;
	return pte;
}

static inline pte_t pte_mkold(pte_t pte)
{
	pte.pte &= ~0x20UL;
	return pte;
}

static inline pte_t maybe_mkwrite(pte_t pte, struct vm_area_struct *vma)
{
	if (vma->vm_flags & VM_SHARED)
		pte.pte |= 2;
	return pte;
}

/* changing */

struct mmu_gather;

pte_t ptep_modify_prot_start(struct vm_area_struct *vma, unsigned long addr, pte_t *ptep);
void ptep_modify_prot_commit(struct vm_area_struct *vma, unsigned long addr, pte_t *ptep,
			     pte_t old, pte_t pte);
pmd_t pmdp_collapse_flush(struct vm_area_struct *vma, unsigned long addr, pmd_t *pmdp);
void pmdp_set_wrprotect(struct mm_struct *mm, unsigned long addr, pmd_t *pmdp);
pte_t huge_ptep_clear_flush(struct vm_area_struct *vma, unsigned long addr, pte_t *ptep);
void set_ptes(struct mm_struct *mm, unsigned long addr, pte_t *ptep, pte_t pte,
	      unsigned int nr);
int huge_pmd_unshare(struct mm_struct *mm, unsigned long *addr, pte_t *ptep);
void unmap_page_range(struct mmu_gather *tlb, struct vm_area_struct *vma,
		      unsigned long addr, unsigned long end, void *details);

#endif /* TEST_ENTRIES_H */
