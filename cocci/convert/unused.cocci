// SPDX-License-Identifier: GPL-2.0-only
/// Remove a hook of the architectures that nothing calls any more.
//# HOOK is its name: -D HOOK=..
// Confidence: High
// Comments: whether something calls it is the user's to know.
// Options: --no-includes --include-headers
// Keywords: mmu_notifier, KVM

virtual patch

@definition depends on patch@
identifier virtual.HOOK;
type T;
@@

- T HOOK(...) { ... }

@prototype depends on patch@
identifier virtual.HOOK;
type T;
@@

- T HOOK(...);

@export depends on patch@
declarer name EXPORT_SYMBOL;
declarer name EXPORT_SYMBOL_GPL;
identifier virtual.HOOK;
@@

(
- EXPORT_SYMBOL(HOOK);
|
- EXPORT_SYMBOL_GPL(HOOK);
)
