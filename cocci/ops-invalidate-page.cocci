// SPDX-License-Identifier: GPL-2.0-only
/// The member invalidate_page of struct mmu_notifier_ops is gone since 4.13:
/// whoever sets it relies on the callbacks that remain, or has to get one.
//# What a callback does that no remaining one does is not reported: it is to be
//# carried over first.
// Confidence: High
// Comments: needs Python scripting.  Other structures with a member of that
//           name (frontswap, cleancache, ..) are not meant.
// Options: --no-includes --include-headers
// Keywords: mmu_notifier

virtual context
virtual org
virtual report

@initialize:python@
@@
others = {}

def key(p):
    return (p.file, p.line, p.column)

def message(p, ops):
    rest = sorted(others.get(key(p), ()))
    left = ("'%s' remain%s" % ("', '".join(rest), "s" * (len(rest) == 1))
            if rest else "no other invalidation callback is set")
    return ("'%s' sets 'invalidate_page': %s [mn-ops-invalidate-page]"
            % (ops, left))

// ----------------------------------------------------------------------------
// collect

@set@
identifier ops, cb != NULL;
position p;
@@

(
struct mmu_notifier_ops ops = { .invalidate_page = cb@p, };
|
struct mmu_notifier_ops ops[...] = { ..., { .invalidate_page = cb@p, }, ..., };
)

@rest@
identifier set.ops, set.cb;
position set.p;
identifier member = {invalidate_range_start, invalidate_range_end, invalidate_range};
expression e != NULL;
@@

(
struct mmu_notifier_ops ops = { .invalidate_page = cb@p, .member = e, };
|
struct mmu_notifier_ops ops[...] = { ..., { .invalidate_page = cb@p, .member = e, }, ..., };
)

@script:python@
p << set.p;
member << rest.member;
@@
others.setdefault(key(p[0]), set()).add(member)

// ----------------------------------------------------------------------------
// report

@depends on context@
identifier set.ops, set.cb;
position set.p;
@@

(
struct mmu_notifier_ops ops = {
* .invalidate_page = cb@p,
};
|
struct mmu_notifier_ops ops[...] = { ..., {
* .invalidate_page = cb@p,
}, ..., };
)

@script:python depends on org@
p << set.p;
ops << set.ops;
@@
coccilib.org.print_safe_todo(p[0], message(p[0], ops))

@script:python depends on report@
p << set.p;
ops << set.ops;
@@
coccilib.report.print_report(p[0], message(p[0], ops))
