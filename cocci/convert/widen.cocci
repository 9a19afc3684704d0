// SPDX-License-Identifier: GPL-2.0-only
/// Make mmu_notifier_invalidate_page() an invalidate_range() under the page table
/// lock where the function has a region of its own that starts on a condition:
/// that region is started always, and over all that the lock may protect.
//# The shape is try_to_unmap_one()'s in stable trees since 2018, which starts a
//# region where huge PMDs may be shared:
//#   if (..) { .. flag = true; mmu_notifier_invalidate_range_start(mm, first, last); }
//#   pte = page_check_address(page, mm, address, &ptl, sync);
//#   ..
//#   if (flag) mmu_notifier_invalidate_range_end(mm, first, last);
//# No region is started inside another one: what does not fit is reported.
// Confidence: High
// Comments: needs Python scripting.  It comes before locked.cocci.
// Options: --no-includes --include-headers
// Keywords: mmu_notifier, page table lock

virtual patch
virtual report

@initialize:python@
@@
import re

reasons = {}

def refuse(function, p, reason):
    reasons.setdefault(function, (p.file, p.line, reason))

def certain(function):
    return function not in reasons

def pure(condition):
    """No call but likely(), no assignment: it may be evaluated earlier."""
    condition = re.sub(r"\b(un)?likely\b", "", condition)
    return not re.search(r"\w\s*\(|\+\+|--|(?<![=!<>])=(?!=)", condition)

// ----------------------------------------------------------------------------
// collect

@pair exists@
symbol true, false;
identifier F, flag, first, last;
expression M, MM, A, PT, PG, PL, SY, C;
position s, e, t;
@@

F(...)
{
	... when any
	if (C) {
		<+...
		flag = \(true\|1\);
		mmu_notifier_invalidate_range_start@s(M, first, last);
		...+>
	}
	PT = page_check_address@t(PG, MM, A, PL, SY);
	... when any
	if (flag)
		mmu_notifier_invalidate_range_end@e(M, first, last);
	... when any
}

@call depends on pair@
identifier pair.F;
position p;
@@

F(...)
{
	<+...
	mmu_notifier_invalidate_page@p(...)
	...+>
}

@behind depends on call@
expression MM, A, PT, PL;
expression C : script:python() { pure(C) };
position p;
@@

(
mmu_notifier_invalidate_page@p(MM, A);
pte_unmap_unlock(PT, PL);
|
pte_unmap_unlock(PT, PL);
mmu_notifier_invalidate_page@p(MM, A);
|
pte_unmap_unlock(PT, PL);
if (C) mmu_notifier_invalidate_page@p(MM, A);
)

// ----------------------------------------------------------------------------
// excuse

@elsewhere depends on call@
identifier pair.F;
position p != behind.p;
@@

F(...)
{
	<+...
	mmu_notifier_invalidate_page@p(...)
	...+>
}

@other_region depends on call@
identifier pair.F;
identifier start_or_end = {
	mmu_notifier_invalidate_range_start, mmu_notifier_invalidate_range_end
};
position p != {pair.s, pair.e};
@@

F(...)
{
	<+...
	start_or_end@p(...)
	...+>
}

@other_take depends on call@
identifier pair.F;
identifier take = {
	page_check_address, get_locked_pte, follow_pte, pte_offset_map_lock, pmd_lock
};
position p != pair.t;
@@

F(...)
{
	<+...
	take@p(...)
	...+>
}

@understood depends on call@
identifier pair.flag;
position p;
@@

(
flag@p = \(true\|1\);
|
if (flag@p) mmu_notifier_invalidate_range_end(...);
)

@other_use depends on call@
identifier pair.F, pair.flag;
position p != understood.p;
@@

F(...)
{
	<+...
	flag@p
	...+>
}

@left_open depends on call exists@
identifier pair.F, pair.flag;
position pair.t, p;
expression E;
@@

F(...)
{
	... when any
	page_check_address@t(...)
	... when != flag
(
	return@p;
|
	return@p E;
)
}

@taken depends on call@
identifier pair.F, other = {in_region};
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

@script:python@
F << pair.F;
p << elsewhere.p;
@@
refuse(F, p[0], "the call is neither under the page table lock nor right behind its unlock")

@script:python@
F << pair.F;
p << other_region.p;
@@
refuse(F, p[0], "the function has another region")

@script:python@
F << pair.F;
p << other_take.p;
@@
refuse(F, p[0], "more than one page table lock is taken")

@script:python@
F << pair.F;
flag << pair.flag;
p << other_use.p;
@@
refuse(F, p[0], "'%s' has another use" % flag)

@script:python@
F << pair.F;
p << left_open.p;
@@
refuse(F, p[0], "the function returns with its region open")

@script:python@
F << pair.F;
other << taken.other;
p << taken.p;
@@
refuse(F, p[0], "the name '%s' is taken" % other)

// ----------------------------------------------------------------------------
// patch

@widened depends on patch && call@
identifier pair.F, pair.flag, pair.first, pair.last;
identifier G : script:python(F) { G == F and certain(F) };
expression pair.M, pair.MM, pair.A, pair.PT, pair.PG, pair.PL, pair.SY, pair.C;
@@

G(...)
{
	... when any
+	first = A;
+	last = first + (PAGE_SIZE << compound_order(PG));
	if (C) {
		<+...
-		flag = \(true\|1\);
-		mmu_notifier_invalidate_range_start(M, first, last);
		...+>
	}
+	flag = true;
+	mmu_notifier_invalidate_range_start(M, first, last);
	PT = page_check_address(PG, MM, A, PL, SY);
	... when any
}

@moved depends on widened@
identifier widened.G, pair.first, pair.last;
expression MM, A, PT, PL, C;
@@

G(...)
{
<...
(
-	mmu_notifier_invalidate_page(MM, A);
+	mmu_notifier_invalidate_range(MM, first, last);
	pte_unmap_unlock(PT, PL);
|
+	mmu_notifier_invalidate_range(MM, first, last);
	pte_unmap_unlock(PT, PL);
-	mmu_notifier_invalidate_page(MM, A);
|
+	if (C)
+		mmu_notifier_invalidate_range(MM, first, last);
	pte_unmap_unlock(PT, PL);
-	if (C)
-		mmu_notifier_invalidate_page(MM, A);
)
...>
}

@declared depends on widened@
identifier widened.G, pair.flag;
type T;
expression E;
@@

G(...)
{
	...
	T
-	flag
+	in_region
	= E;
	... when any
}

@renamed depends on declared@
identifier widened.G, pair.flag;
@@

G(...)
{
<...
-	flag
+	in_region
...>
}

// ----------------------------------------------------------------------------
// report

@script:python depends on pair@
@@
for file, line, reason in sorted(reasons.values()):
    print("%s:%s: not rewritten: %s" % (file, line, reason))
reasons.clear()
