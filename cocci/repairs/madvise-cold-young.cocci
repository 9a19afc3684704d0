// SPDX-License-Identifier: GPL-2.0-only
/// MADV_COLD clears accessed bits of the page table only: the notifiers are asked as well, also
/// where the page table's own bit is not set.
//
// Options: --no-includes --include-headers

virtual patch

@ asked @
@@
 madvise_cold_or_pageout_pte_range(...)
 {
 <+...
 mmu_notifier_clear_young(...)
 ...+>
 }

@ small depends on !asked @
expression vma, addr, pte, nr;
identifier pageout, mm;
@@
 madvise_cold_or_pageout_pte_range(...)
 {
 ...
 struct mm_struct *mm = ...;
 <...
 if (!pageout && pte_young(...)) {
 	clear_young_dirty_ptes(vma, addr, pte, nr, CYDP_CLEAR_YOUNG);
 	...
 }
+	if (!pageout)
+		mmu_notifier_clear_young(mm, addr, addr + nr * PAGE_SIZE);
 ...>
 }

@ large depends on small @
expression addr;
identifier pageout, mm;
@@
 madvise_cold_or_pageout_pte_range(...)
 {
 ...
 struct mm_struct *mm = ...;
 <...
 if (!pageout && pmd_young(...)) {
 ...
 tlb_remove_pmd_tlb_entry(..., addr);
 }
+	if (!pageout)
+		mmu_notifier_clear_young(mm, addr, addr + HPAGE_PMD_SIZE);
 ...>
 }
