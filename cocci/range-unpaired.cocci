// SPDX-License-Identifier: GPL-2.0-only
/// mmu_notifier_invalidate_range() belongs between
/// mmu_notifier_invalidate_range_start() and _end(): a user that only has the
/// pair of callbacks never hears of a call outside.
//# Found is a call after the end of the region in the same function.
// Confidence: High
// Comments: a function that neither starts nor ends a region may run inside its
//           caller's: the GCC plugin follows that.  Conditional starts, and
//           regions inside regions, are left to it as well.
// Options: --no-includes --include-headers
// Keywords: mmu_notifier

virtual context
virtual org
virtual report

@initialize:python@
@@
openings, conditional, seen = [], set(), set()

def key(p):
    return (p.file, p.line, p.column)

def inside(p, s):
    return (p.file == s.file and
            int(s.line) <= int(p.line) <= int(s.line_end))

def first(p):
    fresh = key(p) not in seen
    seen.add(key(p))
    return fresh

def message():
    return ("'mmu_notifier_invalidate_range()' is called after the region "
            "ended [mn-range-unpaired]")

// ----------------------------------------------------------------------------
// excuse

@inside exists@
identifier end = {
	mmu_notifier_invalidate_range_end, mmu_notifier_invalidate_range_only_end
};
position p;
@@

mmu_notifier_invalidate_range@p(...)
... when != mmu_notifier_invalidate_range_start(...)
end(...)

@starting@
position p;
@@

mmu_notifier_invalidate_range_start@p(...)

@branch depends on starting@
expression C;
statement S1, S2;
position c, s;
@@

(
if (C@c) S1@s else S2
|
if (C@c) S2 else S1@s
|
if (C@c) S1@s
)

@script:python@
p << starting.p;
@@
openings.extend(p)

@script:python@
c << branch.c;
s << branch.s;
@@
if any(inside(p, s[0]) for p in openings):
    conditional.add(key(c[0]))

// ----------------------------------------------------------------------------
// collect

@after exists@
identifier end = {
	mmu_notifier_invalidate_range_end, mmu_notifier_invalidate_range_only_end
};
expression C;
position c : script:python() { key(c[0]) in conditional };
position p != inside.p;
@@

end(...)
... when != mmu_notifier_invalidate_range_start(...)
    when != C@c
mmu_notifier_invalidate_range@p(...)

// ----------------------------------------------------------------------------
// report

@depends on context@
position after.p;
@@

* mmu_notifier_invalidate_range@p(...)

@script:python depends on org@
p << after.p;
@@
if first(p[0]):
    coccilib.org.print_safe_todo(p[0], message())

@script:python depends on report@
p << after.p;
@@
if first(p[0]):
    coccilib.report.print_report(p[0], message())
