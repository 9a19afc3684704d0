// SPDX-License-Identifier: GPL-2.0-only
/// A callback that takes the mutex of its range for each event but the release of the
/// mm, and does not ask whether it may block.
//
// Options: --no-includes --include-headers

virtual patch

@ sleeps @
identifier callback, mni, range, seq;
symbol true, false;
@@
 callback(struct mmu_interval_notifier *mni,
 	       const struct mmu_notifier_range *range, unsigned long seq)
 {
 ... when != mmu_notifier_range_blockable(range)
 if (range->event == MMU_NOTIFY_RELEASE)
 	return true;
+
+	if (!mmu_notifier_range_blockable(range))
+		return false;
 ... when != mmu_notifier_range_blockable(range)
 svm_range_lock(...);
 ...
 }
