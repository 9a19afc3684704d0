// SPDX-License-Identifier: GPL-2.0-only
/// A callback that sets the sequence of its interval for an unmapping only: it is set for
/// each event, and a range that may not block is refused before the lock is taken.
//
// Options: --no-includes --include-headers

virtual patch

@ unmapping_only @
identifier callback, mni, range, seq, own, type, member;
expression lock;
symbol true, false;
@@
 callback(struct mmu_interval_notifier *mni,
 	  const struct mmu_notifier_range *range, unsigned long seq)
 {
 	struct type *own = container_of(mni, struct type, member);

-	if (range->event == MMU_NOTIFY_UNMAP) {
-		mutex_lock(lock);
-		mmu_interval_set_seq(mni, seq);
-		mutex_unlock(lock);
-	}
+	if (!mmu_notifier_range_blockable(range))
+		return false;
+
+	mutex_lock(lock);
+	mmu_interval_set_seq(mni, seq);
+	mutex_unlock(lock);

 	return true;
 }
