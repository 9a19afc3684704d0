// SPDX-License-Identifier: GPL-2.0-only
/// mmu_notifier_invalidate_range_start() and _end() call users that sleep, so
/// they stand outside every spinlock and page table lock, RCU read side, and
/// section with preemption or interrupts disabled.
//# Whatever is called in between and names unlocking or enabling is taken to end
//# the section.  A lock whose success is tested, or that was taken in a branch that
//# has been left, is not followed.
// Confidence: High
// Comments: a lock that the caller holds or a callee takes is left to the GCC
//           plugin, and so are locks taken on a condition.
// Options: --no-includes --include-headers
// Keywords: mmu_notifier, sleeping in atomic context

virtual context
virtual org
virtual report

@initialize:python@
@@
branches, found = [], {}

def key(p):
    return (p.file, p.line, p.column)

def inside(p, s):
    return (p.file == s.file and
            int(s.line) <= int(p.line) <= int(s.line_end))

def note(l, p, take):
    if not any(inside(l, s) and not inside(p, s) for s in branches):
        found.setdefault(key(p), (p, (
            "starting or ending a region may sleep, but '%s()' on line %s "
            "forbids it [mn-region-atomic]" % (take, l.line))))

@call@
@@

(
mmu_notifier_invalidate_range_start(...)
|
mmu_notifier_invalidate_range_end(...)
)

// ----------------------------------------------------------------------------
// excuse

@branch depends on call@
expression C;
statement S1, S2;
position s;
@@

(
if (C) S1@s else S2
|
if (C) S2 else S1@s
|
if (C) S1@s
)

@script:python@
s << branch.s;
@@
branches.append(s[0])

// ----------------------------------------------------------------------------
// collect

@section exists@
identifier take = {
	spin_lock, spin_lock_nested, spin_lock_bh, spin_lock_irq, spin_lock_irqsave,
	raw_spin_lock, raw_spin_lock_nested, raw_spin_lock_bh, raw_spin_lock_irq,
	raw_spin_lock_irqsave, read_lock, read_lock_bh, read_lock_irq, read_lock_irqsave,
	write_lock, write_lock_nested, write_lock_bh, write_lock_irq, write_lock_irqsave,
	pmd_lock, pud_lock, huge_pte_lock, rcu_read_lock, rcu_read_lock_bh, rcu_read_lock_sched,
	preempt_disable, local_irq_disable, local_irq_save, local_bh_disable, kmap_atomic
};
identifier drop =~ "unlock" || =~ "enable" || =~ "restore" || =~ "unmap" || =~ "_done$";
position l, p;
@@

take@l(...)
... when != drop(...)
\(mmu_notifier_invalidate_range_start@p\|mmu_notifier_invalidate_range_end@p\)(...)

@mapped exists@
identifier take = pte_offset_map_lock;
identifier drop =~ "unlock";
expression pte;
position l, p;
@@

pte = take@l(...)
... when != drop(...)
    when != !pte
    when != \(likely\|unlikely\)(...)
\(mmu_notifier_invalidate_range_start@p\|mmu_notifier_invalidate_range_end@p\)(...)

@walk exists@
identifier take = page_vma_mapped_walk;
expression W;
position l, p;
@@

while (take@l(W)) {
	... when any
	    when != page_vma_mapped_walk_done(W)
	\(mmu_notifier_invalidate_range_start@p\|mmu_notifier_invalidate_range_end@p\)(...);
	... when any
}

@script:python@
l << section.l;
p << section.p;
take << section.take;
@@
note(l[0], p[0], take)

@script:python@
l << mapped.l;
p << mapped.p;
take << mapped.take;
@@
note(l[0], p[0], take)

@script:python@
l << walk.l;
p << walk.p;
take << walk.take;
@@
note(l[0], p[0], take)

// ----------------------------------------------------------------------------
// report

@depends on context && (section || mapped || walk)@
position p : script:python() { key(p[0]) in found };
@@

(
* mmu_notifier_invalidate_range_start@p(...)
|
* mmu_notifier_invalidate_range_end@p(...)
)

@script:python depends on org && (section || mapped || walk)@
@@
for p, text in found.values():
    coccilib.org.print_safe_todo(p, text)
found.clear()

@script:python depends on report && (section || mapped || walk)@
@@
for p, text in found.values():
    coccilib.report.print_report(p, text)
found.clear()
