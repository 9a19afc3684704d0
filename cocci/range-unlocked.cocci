// SPDX-License-Identifier: GPL-2.0-only
/// mmu_notifier_invalidate_range() tells a secondary TLB that entries have
/// changed.  It belongs under the page table lock that protects them: once the
/// lock is dropped, the page may be in use again through the old translation.
//# Found are a call after the unlock, and a call after the start of a region
//# (which may sleep, so that no lock is held there) with no lock taken since.
//# A call right behind the flush of the range is a deferred flush, and correct.
// Confidence: High
// Comments: a lock that the caller or a callee takes is left to the GCC plugin,
//           and so are conditions that go together.
// Options: --no-includes --include-headers
// Keywords: mmu_notifier, page table lock

virtual context
virtual org
virtual report

@initialize:python@
@@
seen = set()

def first(p):
    k = (p.file, p.line, p.column)
    fresh = k not in seen
    seen.add(k)
    return fresh

def message():
    return ("'mmu_notifier_invalidate_range()' is called with no page table lock "
            "held [mn-range-unlocked]")

// ----------------------------------------------------------------------------
// excuse

@deferred@
identifier flush =~ "flush_.*range" || =~ "flush_.*tlb";
position p;
@@

flush(...);
mmu_notifier_invalidate_range@p(...);

// ----------------------------------------------------------------------------
// collect

@bare exists@
typedef spinlock_t;
local idexpression spinlock_t *ptl;
identifier take =~ "_lock" || =~ "_walk" || =~ "_follow" || =~ "_get_locked" || =~ "_page_check_address" ||
	=~ "^lock" || =~ "^walk" || =~ "^follow" || =~ "^get_locked" || =~ "^page_check_address";
expression pte;
position p != deferred.p;
@@

(
pte_unmap_unlock(pte, ptl)
|
spin_unlock(ptl)
|
mmu_notifier_invalidate_range_start(...)
)
... when != take(...)
mmu_notifier_invalidate_range@p(...)

// ----------------------------------------------------------------------------
// report

@depends on context@
position bare.p;
@@

* mmu_notifier_invalidate_range@p(...)

@script:python depends on org@
p << bare.p;
@@
if first(p[0]):
    coccilib.org.print_safe_todo(p[0], message())

@script:python depends on report@
p << bare.p;
@@
if first(p[0]):
    coccilib.report.print_report(p[0], message())
