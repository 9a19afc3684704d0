// SPDX-License-Identifier: GPL-2.0-only
/*
 * kernel/events/uprobes.c - put a breakpoint into the text of a program
 */

#include <linux/mmu_notifier.h>
#include <linux/rmap.h>
#include <linux/slab.h>
#include <linux/swap.h>
#include <linux/uprobes.h>

static int __replace_page(struct vm_area_struct *vma, unsigned long addr,
			  struct page *old_page, struct page *new_page)
{
	struct mm_struct *mm = vma->vm_mm;
	struct page_vma_mapped_walk pvmw = {
		.page = old_page,
		.vma = vma,
		.address = addr,
	};
	const unsigned long mmun_start = addr;
	const unsigned long mmun_end = addr + PAGE_SIZE;
	int err;

	/* try_to_free_swap() below needs it */
	lock_page(old_page);

	mmu_notifier_invalidate_range_start(mm, mmun_start, mmun_end);
	err = -EAGAIN;
	if (!page_vma_mapped_walk(&pvmw))
		goto unlock;
	VM_BUG_ON_PAGE(addr != pvmw.address, old_page);

	get_page(new_page);
	page_add_new_anon_rmap(new_page, vma, addr, false);

	if (!PageAnon(old_page)) {
		dec_mm_counter(mm, mm_counter_file(old_page));
		inc_mm_counter(mm, MM_ANONPAGES);
	}

	flush_cache_page(vma, addr, pte_pfn(*pvmw.pte));
	ptep_clear_flush_notify(vma, addr, pvmw.pte);
	set_pte_at_notify(mm, addr, pvmw.pte,
			  mk_pte(new_page, vma->vm_page_prot));

	page_remove_rmap(old_page, false);
	if (!page_mapped(old_page))
		try_to_free_swap(old_page);
	page_vma_mapped_walk_done(&pvmw);
	put_page(old_page);
	err = 0;
unlock:
	mmu_notifier_invalidate_range_end(mm, mmun_start, mmun_end);
	unlock_page(old_page);
	return err;
}

/**
 * uprobe_write_page - give the program a page of its own to write to
 *
 * Return: 0, -ENOMEM, or -EAGAIN when the old page went away meanwhile.
 */
int uprobe_write_page(struct mm_struct *mm, struct vm_area_struct *vma,
		      unsigned long vaddr, struct page *old_page)
{
	struct page *new_page;
	int ret;

	new_page = alloc_page_vma(GFP_KERNEL, vma, vaddr);
	if (!new_page)
		return -ENOMEM;

	copy_user_highpage(new_page, old_page, vaddr, vma);
	ret = __replace_page(vma, vaddr & PAGE_MASK, old_page, new_page);
	put_page(new_page);

	return ret;
}
