// SPDX-License-Identifier: GPL-2.0-only
/// Move mmu_notifier_invalidate_page() from behind the unlock, where a flag
/// asks for it, to where the flag is set under the page table lock, and
/// make it an invalidate_range() inside a region around the helper that locks.
//# Which entry the helper finds is known only when it holds the lock, so that the
//# region is the worst case: a PMD's range if the helper can return a PMD.
// Confidence: High
// Comments: needs Python scripting.  A flag with another use, one that is set
//           without the lock, and a taken name are reported, not touched.
// Options: --no-includes --include-headers
// Keywords: mmu_notifier, page table lock

virtual patch
virtual report

@initialize:python@
@@
reasons = {}

def refuse(function, p, reason):
    reasons.setdefault(function, (p.file, p.line, reason))

def certain(function):
    return function not in reasons

// ----------------------------------------------------------------------------
// collect

@late exists@
typedef spinlock_t;
identifier F, A, flag, ptl, lock;
expression MM;
expression list[n] entries;
statement S;
position p;
@@

F(...)
{
	... when any
	if (lock(MM, A, entries, &ptl)) S
	... when any
	if (flag)
		mmu_notifier_invalidate_page@p(MM, A);
	... when any
}

@takes_pmd depends on late@
identifier late.F, late.A, late.lock;
expression late.MM;
expression pte, pmd, ptl;
@@

F(...)
{
	<+...
	lock(MM, A, pte, pmd, ptl)
	...+>
}

// ----------------------------------------------------------------------------
// excuse

@understood@
symbol true, false;
identifier late.flag, late.A;
expression late.MM;
position p;
@@

(
flag@p = \(false\|true\|0\|1\);
|
if (flag@p) mmu_notifier_invalidate_page(MM, A);
)

@other_use@
identifier late.F, late.flag;
position p != understood.p;
@@

F(...)
{
	<+...
	flag@p
	...+>
}

@unlocked exists@
identifier late.F, late.flag, late.ptl, late.lock;
expression pte;
position p;
@@

F(...)
{
	... when any
(
	pte_unmap_unlock(pte, ptl);
|
	spin_unlock(ptl);
)
	... when != lock(...)
	flag@p = \(true\|1\);
	... when any
}

@taken@
identifier late.F, other = {start, end};
type T;
expression E;
position p;
@@

F(...)
{
	<+...
(
	T other@p;
|
	T other@p = E;
)
	...+>
}

@taken_parameter@
identifier late.F, other = {start, end};
type T;
position p;
@@

F(..., T other@p, ...) { ... }

@atomic exists@
identifier late.F, late.lock;
identifier outer = {
	spin_lock, spin_lock_bh, spin_lock_irq, spin_lock_irqsave, raw_spin_lock,
	raw_spin_lock_bh, raw_spin_lock_irq, raw_spin_lock_irqsave, read_lock,
	read_lock_bh, read_lock_irq, read_lock_irqsave, write_lock, write_lock_bh,
	write_lock_irq, write_lock_irqsave, rcu_read_lock, preempt_disable
};
identifier drop =~ "unlock" || =~ "enable";
position p;
@@

F(...)
{
	... when any
	outer@p(...);
	... when != drop(...)
	lock(...)
	... when any
}

@has_region depends on late@
identifier late.F;
position p;
@@

F(...)
{
	<+...
	mmu_notifier_invalidate_range_start@p(...)
	...+>
}

@script:python@
F << late.F;
p << has_region.p;
@@
refuse(F, p[0], "the function starts a region already")

@script:python@
F << late.F;
flag << late.flag;
p << other_use.p;
@@
refuse(F, p[0], "'%s' has another use" % flag)

@script:python@
F << late.F;
flag << late.flag;
p << unlocked.p;
@@
refuse(F, p[0], "'%s' is set without the page table lock" % flag)

@script:python@
F << late.F;
other << taken.other;
p << taken.p;
@@
refuse(F, p[0], "the name '%s' is taken" % other)

@script:python@
F << late.F;
other << taken_parameter.other;
p << taken_parameter.p;
@@
refuse(F, p[0], "the name '%s' is taken" % other)

@script:python@
F << late.F;
outer << atomic.outer;
p << atomic.p;
@@
refuse(F, p[0], "a region may not start inside '%s()'" % outer)

// ----------------------------------------------------------------------------
// patch

@region_of_pmd depends on patch && takes_pmd@
identifier late.F, late.A, late.flag, late.lock, late.ptl;
identifier G : script:python(F) { G == F and certain(F) };
expression late.MM;
expression list[late.n] late.entries;
statement late.S;
@@

G(...)
{
<...
+	start = A & PMD_MASK;
+	end = start + PMD_SIZE;
+	mmu_notifier_invalidate_range_start(MM, start, end);
	if (lock(MM, A, entries, &ptl))
+	{
+		mmu_notifier_invalidate_range_end(MM, start, end);
		S
+	}
...>
}

@region_of_pte depends on patch && !takes_pmd@
identifier late.F, late.A, late.flag, late.lock, late.ptl;
identifier G : script:python(F) { G == F and certain(F) };
expression late.MM;
expression list[late.n] late.entries;
statement late.S;
@@

G(...)
{
<...
+	start = A & PAGE_MASK;
+	end = start + PAGE_SIZE;
+	mmu_notifier_invalidate_range_start(MM, start, end);
	if (lock(MM, A, entries, &ptl))
+	{
+		mmu_notifier_invalidate_range_end(MM, start, end);
		S
+	}
...>
}

@huge depends on patch@
identifier late.F, late.flag;
identifier G : script:python(F) { G == F and certain(F) };
expression late.MM;
@@

G(...)
{
<...
	set_pmd_at(...);
-	flag = \(true\|1\);
+	mmu_notifier_invalidate_range(MM, start, end);
...>
}

@page depends on patch@
identifier late.F, late.A, late.flag;
identifier G : script:python(F) { G == F and certain(F) };
expression late.MM;
type TF, TA;
@@

G(...)
{
<...
(
-	TF flag;
|
	TA A;
+	unsigned long start;
+	unsigned long end;
|
-	flag = \(false\|0\);
|
-	flag = \(true\|1\);
+	mmu_notifier_invalidate_range(MM, A, A + PAGE_SIZE);
|
-	if (flag)
-		mmu_notifier_invalidate_page(MM, A);
+	mmu_notifier_invalidate_range_end(MM, start, end);
)
...>
}

// ----------------------------------------------------------------------------
// report

@script:python depends on late@
@@
for file, line, reason in sorted(reasons.values()):
    print("%s:%s: not rewritten: %s" % (file, line, reason))
reasons.clear()
