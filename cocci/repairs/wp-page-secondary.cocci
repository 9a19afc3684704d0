// SPDX-License-Identifier: GPL-2.0-only
/// A flush that userfaultfd has put off is made up for in the TLBs of the CPUs only, in a kernel
/// in which secondary TLBs are told by invalidate_range().
//
// Options: --no-includes --include-headers

virtual patch

@ told @
@@
 mmu_notifier_invalidate_range(...) { ... }

@ flushed depends on told @
identifier vmf;
@@
 do_wp_page(struct vm_fault *vmf)
 {
 <...
 if (unlikely(userfaultfd_wp(vmf->vma) && mm_tlb_flush_pending(vmf->vma->vm_mm)))
+{
 	flush_tlb_page(vmf->vma, vmf->address);
+	mmu_notifier_invalidate_range(vmf->vma->vm_mm, vmf->address,
+				      vmf->address + PAGE_SIZE);
+}
 ...>
 }
