// SPDX-License-Identifier: GPL-2.0-only
/// A mutex that is initialised behind the insertion of the notifier whose callback takes it.
//
// Options: --no-includes --include-headers

virtual patch

@ late @
identifier init, ret, region, lock;
symbol false;
@@
 init(...)
 {
 int ret;
+
+	mutex_init(&region->lock);
 ret = mmu_interval_notifier_insert(&region->mreg_mni, ...);
 if (ret)
 	return false;
-
-	mutex_init(&region->lock);
 ...
 }
