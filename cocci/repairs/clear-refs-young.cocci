// SPDX-License-Identifier: GPL-2.0-only
/// clear_refs clears accessed bits of the page table only: the notifiers are asked as well.
//
// Options: --no-includes --include-headers

virtual patch

@ asked @
@@
 clear_refs_pte_range(...)
 {
 <+...
 mmu_notifier_clear_young(...)
 ...+>
 }

@ large depends on !asked @
expression vma, addr, pmd;
@@
 clear_refs_pte_range(...)
 {
 <...
 pmdp_test_and_clear_young(vma, addr, pmd);
+mmu_notifier_clear_young(vma->vm_mm, addr, addr + PMD_SIZE);
 ...>
 }

@ small depends on !asked @
expression vma, addr, pte;
@@
 clear_refs_pte_range(...)
 {
 <...
 ptep_test_and_clear_young(vma, addr, pte);
+mmu_notifier_clear_young(vma->vm_mm, addr, addr + PAGE_SIZE);
 ...>
 }
