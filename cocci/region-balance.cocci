// SPDX-License-Identifier: GPL-2.0-only
/// A region that mmu_notifier_invalidate_range_start() starts is ended once, on
/// every way out: until then KVM and others map nothing in its range.
//# A path through "if (C)" with a start or an end in its branch counts as one that
//# starts or ends the region.  A range that lives behind a pointer belongs to
//# another function, which may start or end its region.
// Confidence: High
// Comments: whether two conditions agree, and regions that a callee starts or
//           ends, are left to the GCC plugin.
// Options: --no-includes --include-headers
// Keywords: mmu_notifier

virtual context
virtual org
virtual report

@initialize:python@
@@
calls, starters = [], set()
conditional, guarded, handed, seen = set(), set(), set(), set()

def key(p):
    return (p.file, p.line, p.column)

def inside(p, s):
    return (p.file == s.file and
            int(s.line) <= int(p.line) <= int(s.line_end))

def free(p):
    return key(p[0]) not in handed

def condition(c):
    return key(c[0]) in conditional

def first(p):
    fresh = key(p) not in seen
    seen.add(key(p))
    return fresh

def left_open(p):
    return ("the region of line %s is still open at this return "
            "[mn-region-balance]" % p.line)

def ended_twice(p):
    return ("the region of line %s is ended a second time [mn-region-balance]"
            % p.line)

STARTED_TWICE = "the region is started again while it is open [mn-region-balance]"
NEVER_STARTED = ("on a path to here, this ends a region that was not started "
               "[mn-region-balance]")

// ----------------------------------------------------------------------------
// excuse

@call@
position p;
@@

(
mmu_notifier_invalidate_range_start@p(...)
|
mmu_notifier_invalidate_range_start_nonblock@p(...)
|
mmu_notifier_invalidate_range_end@p(...)
|
mmu_notifier_invalidate_range_only_end@p(...)
)

@starting@
position p;
@@

mmu_notifier_invalidate_range_start@p(...)

@branch depends on call@
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

@others_range depends on call@
identifier start_or_end = {
	mmu_notifier_invalidate_range_start, mmu_notifier_invalidate_range_end,
	mmu_notifier_invalidate_range_only_end
};
expression E, E1, E2;
identifier f, r;
position p;
@@

(
start_or_end@p(E, *E1, E2)
|
start_or_end@p(E, E1->f, E2)
|
start_or_end@p(&E1->f)
|
start_or_end@p(r)
)

@script:python@
p << call.p;
@@
calls.extend(p)

@script:python@
p << starting.p;
@@
starters.update(x.current_element for x in p)

@script:python@
c << branch.c;
s << branch.s;
@@
held = [p for p in calls if inside(p, s[0])]
guarded.update(key(p) for p in held)
if held:
    conditional.add(key(c[0]))

@script:python@
p << others_range.p;
@@
handed.update(key(x) for x in p)

// ----------------------------------------------------------------------------
// collect

@left_open exists@
position p : script:python() { free(p) };
position c : script:python() { condition(c) };
position r;
expression C, E;
@@

mmu_notifier_invalidate_range_start@p(...)
... when != \(mmu_notifier_invalidate_range_end\|mmu_notifier_invalidate_range_only_end\)(...)
    when != C@c
(
return@r;
|
return@r E;
)

@started_twice exists@
position p : script:python() { free(p) and key(p[0]) not in guarded };
position c : script:python() { condition(c) };
expression C;
@@

mmu_notifier_invalidate_range_start@p(...)
... when != \(mmu_notifier_invalidate_range_end\|mmu_notifier_invalidate_range_only_end\)(...)
    when != C@c
mmu_notifier_invalidate_range_start@p(...)

@ended_twice exists@
position p : script:python() { p[0].current_element in starters };
position r : script:python() { free(r) };
position c : script:python() { condition(c) };
expression C;
@@

\(mmu_notifier_invalidate_range_end@p\|mmu_notifier_invalidate_range_only_end@p\)(...)
... when != \(mmu_notifier_invalidate_range_start\|mmu_notifier_invalidate_range_start_nonblock\)(...)
    when != C@c
\(mmu_notifier_invalidate_range_end@r\|mmu_notifier_invalidate_range_only_end@r\)(...)

@never_started exists@
identifier F : script:python() { F in starters };
position r : script:python() { free(r) };
position c : script:python() { condition(c) };
expression C;
@@

F(...)
{
	... when != \(mmu_notifier_invalidate_range_start\|mmu_notifier_invalidate_range_start_nonblock\)(...)
	    when != C@c
	\(mmu_notifier_invalidate_range_end@r\|mmu_notifier_invalidate_range_only_end@r\)(...)
	... when any
}

// ----------------------------------------------------------------------------
// report

@depends on context@
position left_open.p, left_open.r;
@@

* mmu_notifier_invalidate_range_start@p(...)
  ... when any
* return@r ...;

@depends on context@
position started_twice.p;
@@

* mmu_notifier_invalidate_range_start@p(...)

@depends on context@
position ended_twice.r;
@@

* \(mmu_notifier_invalidate_range_end@r\|mmu_notifier_invalidate_range_only_end@r\)(...)

@depends on context@
position never_started.r;
@@

* \(mmu_notifier_invalidate_range_end@r\|mmu_notifier_invalidate_range_only_end@r\)(...)

@script:python depends on org@
r << left_open.r;
p << left_open.p;
@@
if first(r[0]):
    coccilib.org.print_safe_todo(r[0], left_open(p[0]))

@script:python depends on report@
r << left_open.r;
p << left_open.p;
@@
if first(r[0]):
    coccilib.report.print_report(r[0], left_open(p[0]))

@script:python depends on org@
p << started_twice.p;
@@
if first(p[0]):
    coccilib.org.print_safe_todo(p[0], STARTED_TWICE)

@script:python depends on report@
p << started_twice.p;
@@
if first(p[0]):
    coccilib.report.print_report(p[0], STARTED_TWICE)

@script:python depends on org@
r << ended_twice.r;
p << ended_twice.p;
@@
if first(r[0]):
    coccilib.org.print_safe_todo(r[0], ended_twice(p[0]))

@script:python depends on report@
r << ended_twice.r;
p << ended_twice.p;
@@
if first(r[0]):
    coccilib.report.print_report(r[0], ended_twice(p[0]))

@script:python depends on org@
r << never_started.r;
@@
if first(r[0]):
    coccilib.org.print_safe_todo(r[0], NEVER_STARTED)

@script:python depends on report@
r << never_started.r;
@@
if first(r[0]):
    coccilib.report.print_report(r[0], NEVER_STARTED)

@script:python depends on starting@
@@
starters.clear()
