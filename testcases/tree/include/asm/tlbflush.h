/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _ASM_TLBFLUSH_H
#define _ASM_TLBFLUSH_H

#include <linux/types.h>

struct mm_struct;
struct vm_area_struct;

void flush_tlb_mm(struct mm_struct *mm);
void flush_tlb_range(struct vm_area_struct *vma, unsigned long start,
		     unsigned long end);
void flush_tlb_page(struct vm_area_struct *vma, unsigned long address);
void flush_cache_page(struct vm_area_struct *vma, unsigned long address,
		      unsigned long pfn);
void flush_cache_range(struct vm_area_struct *vma, unsigned long start,
		       unsigned long end);

#endif /* _ASM_TLBFLUSH_H */
