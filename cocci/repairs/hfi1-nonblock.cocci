// SPDX-License-Identifier: GPL-2.0-only
/// A callback that sleeps for an unmapping and does not ask whether it may, in a kernel
/// whose OOM reaper, which may not block, says that it unmaps.
//
// Options: --no-includes --include-headers

virtual patch

@ reaper @
@@
 __oom_reap_task_mm(...)
 {
 <+...
 mmu_notifier_range_init(..., MMU_NOTIFY_UNMAP, ...)
 ...+>
 }

@ sleeps depends on reaper @
identifier callback, mni, range, seq;
symbol true, false;
@@
 callback(struct mmu_interval_notifier *mni,
 	  const struct mmu_notifier_range *range, unsigned long seq)
 {
 ... when != mmu_notifier_range_blockable(range)
 if (range->event != MMU_NOTIFY_UNMAP)
 	return true;
+
+	if (!mmu_notifier_range_blockable(range))
+		return false;
 ... when != mmu_notifier_range_blockable(range)
 __clear_tid_node(...);
 ...
 }
