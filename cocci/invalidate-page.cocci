// SPDX-License-Identifier: GPL-2.0-only
/// mmu_notifier_invalidate_page() is gone since 4.13: it came to be called
/// under the page table lock, where several of its users sleep.  Call
/// mmu_notifier_invalidate_range() under the lock, between
/// mmu_notifier_invalidate_range_start() and _end() around it.
//# Whether the lock is held, and whether a region is open, follows from this
//# function alone: a lock of the caller is not seen.  The GCC plugin follows it.
// Confidence: High
// Comments: what the message says of lock and region needs Python scripting.
// Options: --no-includes --include-headers
// Keywords: mmu_notifier, page table lock

virtual context
virtual org
virtual report

@initialize:python@
@@
import os, re
locked, region, outside, together = set(), set(), set(), set()

def key(p):
    return (p.file, p.line, p.column)

def version():
    """(4, 9) in a 4.9 tree; () outside a kernel's make."""
    return tuple(map(int, re.findall(r"\d+", os.environ.get("KERNELVERSION", ""))[:2]))

def opened(p):
    if key(p) in region:
        sometimes = key(p) in outside and key(p) not in together
        return "inside a region" + " on some paths only" * sometimes
    allowed = version() and version() < (3, 19)
    return ("with no region started in this function" +
            " (allowed in this kernel)" * bool(allowed))

def message(p):
    lock = "the" if key(p) in locked else "no"
    return ("'mmu_notifier_invalidate_page()' is called with %s page table lock "
            "held, %s [mn-invalidate-page]" % (lock, opened(p)))

// ----------------------------------------------------------------------------
// collect

@call@
position p;
@@

mmu_notifier_invalidate_page@p(...)

@walk exists@
position call.p;
expression W;
@@

while (page_vma_mapped_walk(W)) {
	... when any
	    when != page_vma_mapped_walk_done(W)
	mmu_notifier_invalidate_page@p(...);
	... when any
}

@under exists@
position call.p;
identifier take = {
	pte_offset_map_lock, get_locked_pte, page_check_address,
	page_check_address_transhuge, follow_pte, follow_pte_pmd, pmd_lock, pud_lock,
	huge_pte_lock, pmd_trans_huge_lock, pud_trans_huge_lock
};
@@

take(...)
... when != pte_unmap_unlock(...)
    when != spin_unlock(...)
mmu_notifier_invalidate_page@p(...)

@lock exists@
position call.p;
expression L;
@@

spin_lock(L)
... when != spin_unlock(L)
    when != pte_unmap_unlock(..., L)
mmu_notifier_invalidate_page@p(...)

@dropped exists@
typedef spinlock_t;
local idexpression spinlock_t *ptl;
identifier take =~ "_lock" || =~ "_walk" || =~ "_follow" || =~ "_get_locked" || =~ "_page_check_address" ||
	=~ "^lock" || =~ "^walk" || =~ "^follow" || =~ "^get_locked" || =~ "^page_check_address";
position call.p;
expression pte;
@@

(
pte_unmap_unlock(pte, ptl)
|
spin_unlock(ptl)
)
... when != take(...)
mmu_notifier_invalidate_page@p(...)

@open exists@
position call.p;
@@

mmu_notifier_invalidate_range_start(...)
... when != mmu_notifier_invalidate_range_end(...)
mmu_notifier_invalidate_page@p(...)

@unopened depends on open exists@
position call.p;
identifier F;
@@

F(...)
{
	... when != mmu_notifier_invalidate_range_start(...)
	mmu_notifier_invalidate_page@p(...)
	... when any
}

@closed depends on open exists@
position call.p;
@@

mmu_notifier_invalidate_range_end(...)
... when != mmu_notifier_invalidate_range_start(...)
mmu_notifier_invalidate_page@p(...)

@together depends on open exists@
position call.p;
expression C;
@@

if (C) {
	... when any
	mmu_notifier_invalidate_range_start(...);
	... when any
}
... when any
if (C) { <+... mmu_notifier_invalidate_page@p(...) ...+> }

@script:python depends on walk || under || lock@
p << call.p;
@@
locked.add(key(p[0]))

@script:python depends on dropped@
p << call.p;
@@
locked.discard(key(p[0]))

@script:python depends on open@
p << call.p;
@@
region.add(key(p[0]))

@script:python depends on unopened || closed@
p << call.p;
@@
outside.add(key(p[0]))

@script:python depends on together@
p << call.p;
@@
together.add(key(p[0]))

// ----------------------------------------------------------------------------
// report

@depends on context@
position call.p;
@@

* mmu_notifier_invalidate_page@p(...)

@script:python depends on org@
p << call.p;
@@
coccilib.org.print_safe_todo(p[0], message(p[0]))

@script:python depends on report@
p << call.p;
@@
coccilib.report.print_report(p[0], message(p[0]))
