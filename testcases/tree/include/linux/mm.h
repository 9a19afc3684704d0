/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_MM_H
#define _LINUX_MM_H

#include <linux/export.h>
#include <linux/follow_pte.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/mm_types.h>
#include <linux/ptlock.h>
#include <linux/sched.h>
#include <asm/tlbflush.h>

#define VM_WRITE	0x00000002
#define VM_SHARED	0x00000008
#define VM_MAYWRITE	0x00000020
#define VM_PFNMAP	0x00000400
#define VM_LOCKED	0x00002000
#define VM_HUGETLB	0x00400000
#define VM_SOFTDIRTY	0x08000000
#define VM_MIXEDMAP	0x10000000

#define FAULT_FLAG_WRITE	0x01

#define VM_FAULT_OOM	0x0001
#define VM_FAULT_WRITE	0x0008

extern struct mm_struct init_mm;
extern spinlock_t mmlist_lock;

/* pages */
unsigned long page_to_pfn(const struct page *page);
struct page *compound_head(struct page *page);
unsigned int compound_order(struct page *page);
struct page *vm_normal_page(struct vm_area_struct *vma, unsigned long address,
			    pte_t pte);
struct page *alloc_page_vma(gfp_t gfp, struct vm_area_struct *vma,
			    unsigned long address);
void copy_user_highpage(struct page *to, struct page *from,
			unsigned long address, struct vm_area_struct *vma);
void get_page(struct page *page);
void put_page(struct page *page);
void lock_page(struct page *page);
void unlock_page(struct page *page);
int set_page_dirty(struct page *page);
int page_mapped(struct page *page);
int page_mapcount(struct page *page);
int page_count(struct page *page);
int PageLocked(struct page *page);
int PageAnon(struct page *page);
int PageDirty(struct page *page);
int PageHuge(struct page *page);
int PageHWPoison(struct page *page);
int PageSwapBacked(struct page *page);
int PageSwapCache(struct page *page);
int PageTransCompound(struct page *page);
int PageKsm(struct page *page);
void ClearPageDirty(struct page *page);
void SetPageSwapBacked(struct page *page);
struct address_space *page_mapping(struct page *page);
unsigned long page_address_in_vma(struct page *page,
				  struct vm_area_struct *vma);
pte_t mk_pte(struct page *page, pgprot_t prot);
pmd_t mk_pmd(struct page *page, pgprot_t prot);

static inline unsigned long page_private(const struct page *page)
{
	return page->private;
}

/* counters of one mm */
void add_mm_counter(struct mm_struct *mm, int member, long value);
int mm_counter(struct page *page);
int mm_counter_file(struct page *page);
void update_hiwater_rss(struct mm_struct *mm);

static inline void inc_mm_counter(struct mm_struct *mm, int member)
{
	add_mm_counter(mm, member, 1);
}

static inline void dec_mm_counter(struct mm_struct *mm, int member)
{
	add_mm_counter(mm, member, -1);
}

/* tables */
pmd_t *mm_find_pmd(struct mm_struct *mm, unsigned long address);

#define pte_addr_end(addr, end) min((addr) + PAGE_SIZE, (end))
#define pmd_addr_end(addr, end)	\
	min(((addr) + PMD_SIZE) & PMD_MASK, (end))

/* areas */
struct vm_area_struct *find_vma(struct mm_struct *mm, unsigned long address);

static inline bool is_cow_mapping(unsigned long flags)
{
	return (flags & (VM_SHARED | VM_MAYWRITE)) == VM_MAYWRITE;
}

/* freeing by batch */
void tlb_gather_mmu(struct mmu_gather *tlb, struct mm_struct *mm,
		    unsigned long start, unsigned long end);
void tlb_finish_mmu(struct mmu_gather *tlb, unsigned long start,
		    unsigned long end);
void tlb_remove_tlb_entry(struct mmu_gather *tlb, pte_t *ptep,
			  unsigned long address);
bool __tlb_remove_page(struct mmu_gather *tlb, struct page *page);
void tlb_flush(struct mmu_gather *tlb);
void tlb_flush_mmu(struct mmu_gather *tlb);

void zap_page_range(struct vm_area_struct *vma, unsigned long start,
		    unsigned long size);
void unmap_vmas(struct mmu_gather *tlb, struct vm_area_struct *vma,
		unsigned long start, unsigned long end);
int copy_page_range(struct mm_struct *dst_mm, struct mm_struct *src_mm,
		    struct vm_area_struct *vma);
int wp_page_copy(struct vm_fault *vmf, struct page *old_page);

#endif /* _LINUX_MM_H */
