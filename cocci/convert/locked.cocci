// SPDX-License-Identifier: GPL-2.0-only
/// Make mmu_notifier_invalidate_page() under a page table lock, or right behind
/// its unlock, an invalidate_range() under the lock, and start a region before
/// the lock is taken that ends behind the unlock.
//# The function takes exactly one lock, in one of these ways:
//#   pte = page_check_address(page, mm, address, &ptl, sync)   may be NULL
//#   pte = get_locked_pte(mm, address, &ptl)                   may be NULL
//#   follow_pte(mm, address, &pte, &ptl)                       fails if not 0
//#   pte = pte_offset_map_lock(mm, pmd, address, &ptl)
//#   ptl = pmd_lock(mm, pmd)
//#   spin_lock(ptl)                                            a local pointer
// Confidence: High
// Comments: needs Python scripting.  What does not fit is reported, not touched.
// Options: --no-includes --include-headers
// Keywords: mmu_notifier, page table lock

virtual patch
virtual report

@initialize:python@
@@
import re

reasons, takes, local_lock, tests_success = {}, {}, set(), set()

def refuse(function, p, reason):
    reasons.setdefault(function, (p.file, p.line, reason))

def certain(function):
    return function not in reasons and len(takes.get(function, ())) == 1

def pure(condition):
    """No call but likely(), no assignment: it may be evaluated earlier."""
    condition = re.sub(r"\b(un)?likely\b", "", condition)
    return not re.search(r"\w\s*\(|\+\+|--|(?<![=!<>])=(?!=)", condition)

// ----------------------------------------------------------------------------
// collect

@call@
identifier F;
expression MM0, A0;
position p;
@@

F(...)
{
	<+...
	mmu_notifier_invalidate_page@p(MM0, A0)
	...+>
}

@walks exists@
identifier call.F;
position call.p;
expression W;
@@

F(...)
{
	... when any
	while (page_vma_mapped_walk(W)) {
		<+...
		mmu_notifier_invalidate_page@p(...)
		...+>
	}
	... when any
}

@take depends on !walks@
typedef spinlock_t;
identifier call.F;
local idexpression spinlock_t *ptl;
expression E1, E2, E3, E4, E5;
position q;
@@

F(...)
{
	<+...
(
	page_check_address@q(E1, E2, E3, E4, E5)
|
	get_locked_pte@q(E1, E2, E3)
|
	follow_pte@q(E1, E2, E3, E4)
|
	pte_offset_map_lock@q(E1, E2, E3, E4)
|
	pmd_lock@q(E1, E2)
|
	spin_lock@q(ptl)
)
	...+>
}

@script:python@
F << call.F;
q << take.q;
@@
takes.setdefault(F, set()).update((x.line, x.column) for x in q)

// where the call stands

@behind depends on take@
expression MM, A, PT, PL, C;
position p;
@@

(
pte_unmap_unlock(PT, PL);
mmu_notifier_invalidate_page@p(MM, A);
|
spin_unlock(PL);
mmu_notifier_invalidate_page@p(MM, A);
|
pte_unmap_unlock(PT, PL);
if (C) mmu_notifier_invalidate_page@p(MM, A);
|
spin_unlock(PL);
if (C) mmu_notifier_invalidate_page@p(MM, A);
|
pte_unmap_unlock(PT, PL);
if (C) {
	...
	mmu_notifier_invalidate_page@p(MM, A);
	...
}
)

@inside depends on take exists@
identifier call.F;
expression MM, A, PT, PL;
position take.q, p;
identifier lock;
@@

F(...)
{
	... when any
	lock@q(...)
	... when != pte_unmap_unlock(PT, PL)
	    when != spin_unlock(PL)
	mmu_notifier_invalidate_page@p(MM, A);
	... when any
}

// ----------------------------------------------------------------------------
// excuse

@impure depends on take@
expression MM, A, PT, PL;
expression C : script:python() { not pure(C) };
identifier call.F;
position p;
@@

F(...)
{
	<+...
(
	pte_unmap_unlock(PT, PL);
|
	spin_unlock(PL);
)
	if (C) { <+... mmu_notifier_invalidate_page@p(MM, A) ...+> }
	...+>
}

@elsewhere depends on take@
identifier call.F;
position p != {behind.p, inside.p};
@@

F(...)
{
	<+...
	mmu_notifier_invalidate_page@p(...)
	...+>
}

@atomic depends on take exists@
identifier call.F, lock;
identifier outer = {
	spin_lock, spin_lock_bh, spin_lock_irq, spin_lock_irqsave, raw_spin_lock,
	raw_spin_lock_bh, raw_spin_lock_irq, raw_spin_lock_irqsave, read_lock,
	read_lock_bh, read_lock_irq, read_lock_irqsave, write_lock, write_lock_bh,
	write_lock_irq, write_lock_irqsave, rcu_read_lock, preempt_disable
};
identifier drop =~ "unlock" || =~ "enable";
position take.q, o;
@@

F(...)
{
	... when any
	outer@o(...);
	... when != drop(...)
	lock@q(...)
	... when any
}

@taken depends on take@
identifier call.F, other = {start, end};
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

@taken_parameter depends on take@
identifier call.F, other = {start, end};
type T;
position p;
@@

F(..., T other@p, ...) { ... }

@lock_declared depends on take@
identifier call.F, ptl;
@@

F(...)
{
	... when any
	spinlock_t *ptl;
	... when any
}

@positive depends on take@
identifier call.F;
expression PT, E1, E2, E3, E4, E5;
statement S;
@@

F(...)
{
	<+...
(
	PT = page_check_address(E1, E2, E3, E4, E5);
|
	PT = get_locked_pte(E1, E2, E3);
)
	if (PT) S
	...+>
}

@has_region depends on take@
identifier call.F;
position p;
@@

F(...)
{
	<+...
	mmu_notifier_invalidate_range_start@p(...)
	...+>
}

@script:python@
F << call.F;
p << has_region.p;
@@
refuse(F, p[0], "the function starts a region already")

@script:python@
F << call.F;
p << impure.p;
@@
refuse(F, p[0], "the condition of the call has side effects")

@script:python@
F << call.F;
p << elsewhere.p;
@@
refuse(F, p[0], "the call is neither under the page table lock nor right behind its unlock")

@script:python@
F << call.F;
outer << atomic.outer;
o << atomic.o;
@@
refuse(F, o[0], "a region may not start inside '%s()'" % outer)

@script:python@
F << call.F;
other << taken.other;
p << taken.p;
@@
refuse(F, p[0], "the name '%s' is taken" % other)

@script:python@
F << call.F;
other << taken_parameter.other;
p << taken_parameter.p;
@@
refuse(F, p[0], "the name '%s' is taken" % other)

@script:python@
F << call.F;
ptl << lock_declared.ptl;
@@
local_lock.add(F)

@script:python@
F << call.F;
PT << positive.PT;
@@
tests_success.add(F)

@script:python depends on take@
F << call.F;
p << call.p;
@@
if len(takes.get(F, ())) > 1:
    refuse(F, p[0], "more than one page table lock is taken")
elif F not in local_lock:
    refuse(F, p[0], "the lock is not a local variable")

// ----------------------------------------------------------------------------
// patch

@declare depends on patch && take@
identifier F : script:python() { certain(F) };
identifier ptl;
@@

F(...)
{
	...
	spinlock_t *ptl;
+	unsigned long start;
+	unsigned long end;
	... when any
}

@move depends on declare@
identifier declare.F;
expression MM, A, PT, PL, C, E;
@@

F(...)
{
<...
(
+	mmu_notifier_invalidate_range(MM, start, end);
	pte_unmap_unlock(PT, PL);
-	mmu_notifier_invalidate_page(MM, A);
|
+	if (C)
+		mmu_notifier_invalidate_range(MM, start, end);
	pte_unmap_unlock(PT, PL);
-	if (C)
-		mmu_notifier_invalidate_page(MM, A);
|
+	if (C)
+		mmu_notifier_invalidate_range(MM, start, end);
	pte_unmap_unlock(PT, PL);
-	if (C) {
-		mmu_notifier_invalidate_page(MM, A);
-		E;
-	}
+	if (C)
+		E;
|
+	if (C)
+		mmu_notifier_invalidate_range(MM, start, end);
	pte_unmap_unlock(PT, PL);
	if (C) {
		...
-		mmu_notifier_invalidate_page(MM, A);
		...
	}
|
+	mmu_notifier_invalidate_range(MM, start, end);
	spin_unlock(PL);
-	mmu_notifier_invalidate_page(MM, A);
|
+	if (C)
+		mmu_notifier_invalidate_range(MM, start, end);
	spin_unlock(PL);
-	if (C)
-		mmu_notifier_invalidate_page(MM, A);
|
+	if (C)
+		mmu_notifier_invalidate_range(MM, start, end);
	spin_unlock(PL);
-	if (C) {
-		mmu_notifier_invalidate_page(MM, A);
-		E;
-	}
+	if (C)
+		E;
|
+	if (C)
+		mmu_notifier_invalidate_range(MM, start, end);
	spin_unlock(PL);
	if (C) {
		...
-		mmu_notifier_invalidate_page(MM, A);
		...
	}
)
...>
}

@stay depends on declare@
identifier declare.F;
expression MM, A;
@@

F(...)
{
<...
-	mmu_notifier_invalidate_page(MM, A);
+	mmu_notifier_invalidate_range(MM, start, end);
...>
}

@start_page depends on declare@
identifier declare.F;
expression PT, PG, MM, A, PL, SY, P;
statement S;
@@

F(...)
{
<...
(
+	start = A;
+	end = start + (PAGE_SIZE << compound_order(PG));
+	mmu_notifier_invalidate_range_start(MM, start, end);
	PT = page_check_address(PG, MM, A, PL, SY);
|
+	start = A & PAGE_MASK;
+	end = start + PAGE_SIZE;
+	mmu_notifier_invalidate_range_start(MM, start, end);
	PT = get_locked_pte(MM, A, PL);
|
+	start = A & PAGE_MASK;
+	end = start + PAGE_SIZE;
+	mmu_notifier_invalidate_range_start(MM, start, end);
	PT = pte_offset_map_lock(MM, P, A, PL);
|
+	start = A & PAGE_MASK;
+	end = start + PAGE_SIZE;
+	mmu_notifier_invalidate_range_start(MM, start, end);
	if (follow_pte(MM, A, P, PL)) S
)
...>
}

@start_pmd depends on declare@
identifier call.F;
identifier G : script:python(F) { G == F and certain(F) };
expression call.A0;
expression MM, P, PL;
@@

G(...)
{
<...
+	start = A0 & PMD_MASK;
+	end = start + PMD_SIZE;
+	mmu_notifier_invalidate_range_start(MM, start, end);
	PL = pmd_lock(MM, P);
...>
}

@start_lock depends on declare@
identifier call.F;
identifier G : script:python(F) { G == F and certain(F) };
expression call.MM0, call.A0;
local idexpression spinlock_t *ptl;
@@

G(...)
{
<...
+	start = A0 & PAGE_MASK;
+	end = start + PAGE_SIZE;
+	mmu_notifier_invalidate_range_start(MM0, start, end);
	spin_lock(ptl);
...>
}

@end_unless_taken depends on declare@
identifier declare.F;
identifier G : script:python(F) { G == F and F in tests_success };
expression PT, E1, MM, E3, E4, E5;
statement S;
@@

G(...)
{
<...
(
	PT = page_check_address(E1, MM, E3, E4, E5);
|
	PT = get_locked_pte(MM, E3, E4);
)
	if (PT) S
+	mmu_notifier_invalidate_range_end(MM, start, end);
...>
}

@end_if_not_taken depends on declare@
identifier declare.F;
identifier G : script:python(F) { G == F and F not in tests_success };
expression PT, E1, MM, E3, E4, E5;
statement S;
@@

G(...)
{
<...
(
	PT = page_check_address(E1, MM, E3, E4, E5);
	if (!PT)
+	{
+		mmu_notifier_invalidate_range_end(MM, start, end);
		S
+	}
|
	PT = get_locked_pte(MM, E3, E4);
	if (!PT)
+	{
+		mmu_notifier_invalidate_range_end(MM, start, end);
		S
+	}
|
	if (follow_pte(MM, E3, E4, E5))
+	{
+		mmu_notifier_invalidate_range_end(MM, start, end);
		S
+	}
)
...>
}

@end_behind_unlock depends on declare@
identifier call.F;
identifier G : script:python(F) { G == F and certain(F) and F not in tests_success };
expression call.MM0;
expression PT, PL;
local idexpression spinlock_t *ptl;
@@

G(...)
{
<...
(
	pte_unmap_unlock(PT, PL);
+	mmu_notifier_invalidate_range_end(MM0, start, end);
|
	spin_unlock(ptl);
+	mmu_notifier_invalidate_range_end(MM0, start, end);
)
...>
}

// ----------------------------------------------------------------------------
// report

@script:python depends on take@
@@
for file, line, reason in sorted(reasons.values()):
    print("%s:%s: not rewritten: %s" % (file, line, reason))
for table in (reasons, takes, local_lock, tests_success):
    table.clear()
