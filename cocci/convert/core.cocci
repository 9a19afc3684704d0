// SPDX-License-Identifier: GPL-2.0-only
/// Remove mmu_notifier_invalidate_page() itself: the helper, the inline
/// functions, and the member invalidate_page of struct mmu_notifier_ops.
//# The last step: when no function calls it and no table sets the member.
// Confidence: High
// Options: --no-includes --include-headers
// Keywords: mmu_notifier

virtual patch

@member depends on patch@
type T;
parameter list P;
@@

struct mmu_notifier_ops {
...
-	T (*invalidate_page)(P);
...
};

@definition depends on patch@
identifier f = {mmu_notifier_invalidate_page, __mmu_notifier_invalidate_page};
type T;
@@

- T f(...) { ... }

@prototype depends on patch@
identifier f = {mmu_notifier_invalidate_page, __mmu_notifier_invalidate_page};
type T;
@@

- T f(...);

@export depends on patch@
declarer name EXPORT_SYMBOL;
declarer name EXPORT_SYMBOL_GPL;
symbol __mmu_notifier_invalidate_page;
@@

(
- EXPORT_SYMBOL(__mmu_notifier_invalidate_page);
|
- EXPORT_SYMBOL_GPL(__mmu_notifier_invalidate_page);
)
