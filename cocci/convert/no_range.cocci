// SPDX-License-Identifier: GPL-2.0-only
/// A kernel before 3.19 has no mmu_notifier_invalidate_range(): the region that
/// took the place of mmu_notifier_invalidate_page() is all that is told.
//# It comes last of the rules for the callers, and takes away what they put under
//# the lock: in such a kernel every such call is theirs.
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: mmu_notifier

virtual patch

@on_a_condition depends on patch@
expression C;
@@

-	if (C)
-		mmu_notifier_invalidate_range(...);

@always depends on patch@
@@

-	mmu_notifier_invalidate_range(...);
