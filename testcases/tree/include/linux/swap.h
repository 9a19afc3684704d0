/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_SWAP_H
#define _LINUX_SWAP_H

#include <linux/mm.h>

typedef struct {
	unsigned long val;
} swp_entry_t;

int swap_duplicate(swp_entry_t entry);
int non_swap_entry(swp_entry_t entry);
int is_migration_entry(swp_entry_t entry);
int is_write_migration_entry(swp_entry_t entry);
void make_migration_entry_read(swp_entry_t *entry);
swp_entry_t make_migration_entry(struct page *page, int write);
swp_entry_t make_hwpoison_entry(struct page *page);
pte_t swp_entry_to_pte(swp_entry_t entry);
swp_entry_t pte_to_swp_entry(pte_t pte);
pte_t pte_swp_mksoft_dirty(pte_t pte);
int free_swap_and_cache(swp_entry_t entry);
int try_to_free_swap(struct page *page);

#endif /* _LINUX_SWAP_H */
