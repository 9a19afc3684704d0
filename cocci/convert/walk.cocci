// SPDX-License-Identifier: GPL-2.0-only
/// Make mmu_notifier_invalidate_page() in a page_vma_mapped_walk() loop an
/// invalidate_range() over the entry that was changed, and start a region
/// over all that the walk may change before the loop.
//# The body of the loop runs under the page table lock.  The page may be mapped
//# by a PMD, or by PTEs from the address on: the worst case is the whole of it.
// Confidence: High
// Comments: needs Python scripting.  A function that leaves the loop by a goto,
//           or uses one of the new names, is reported and not touched.
// Options: --no-includes --include-headers
// Keywords: mmu_notifier, page_vma_mapped_walk

virtual patch
virtual report

@initialize:python@
@@
reasons, loops = {}, {}

def refuse(function, p, reason):
    reasons.setdefault(function, (p.file, p.line, reason))

def certain(function):
    return function not in reasons

def leaves(function, goto, label):
    s = loops[function]
    return not int(s.line) <= int(label.line) <= int(s.line_end)

// ----------------------------------------------------------------------------
// collect

@walk exists@
identifier F, pvmw;
expression PAGE, VMA, FROM, MM, A;
position p;
@@

F(...)
{
	... when any
	struct page_vma_mapped_walk pvmw = {
		.page = PAGE,
		.vma = VMA,
		.address = FROM,
	};
	... when any
	while (page_vma_mapped_walk(&pvmw)) {
		<+...
		mmu_notifier_invalidate_page@p(MM, A);
		...+>
	}
	... when any
}

@loop depends on walk@
identifier walk.F, walk.pvmw;
statement S;
position s;
@@

F(...)
{
	<+...
	while (page_vma_mapped_walk(&pvmw)) S@s
	...+>
}

@script:python@
F << walk.F;
s << loop.s;
@@
loops[F] = s[0]

// ----------------------------------------------------------------------------
// excuse

@local_name@
identifier walk.F, taken = {start, end, cstart, cend};
type T;
expression E;
position p;
@@

F(...)
{
	<+...
(
	T taken@p;
|
	T taken@p = E;
)
	...+>
}

@parameter_name@
identifier walk.F, taken = {start, end, cstart, cend};
type T;
position p;
@@

F(..., T taken@p, ...) { ... }

@jump exists@
identifier walk.F, walk.pvmw, label;
position p;
@@

F(...)
{
	... when any
	while (page_vma_mapped_walk(&pvmw)) {
		<+...
		goto@p label;
		...+>
	}
	... when any
}

@target@
identifier walk.F, jump.label;
position l;
@@

F(...)
{
	<+...
	label@l:
	...+>
}

@has_region depends on walk@
identifier walk.F;
position p;
@@

F(...)
{
	<+...
	mmu_notifier_invalidate_range_start@p(...)
	...+>
}

@script:python@
F << walk.F;
p << has_region.p;
@@
refuse(F, p[0], "the function starts a region already")

@script:python@
F << walk.F;
taken << local_name.taken;
p << local_name.p;
@@
refuse(F, p[0], "the name '%s' is taken" % taken)

@script:python@
F << walk.F;
taken << parameter_name.taken;
p << parameter_name.p;
@@
refuse(F, p[0], "the name '%s' is taken" % taken)

@script:python@
F << walk.F;
p << jump.p;
l << target.l;
@@
if leaves(F, p[0], l[0]):
    refuse(F, p[0], "a goto leaves the walk that holds the page table lock")

// ----------------------------------------------------------------------------
// patch

@huge exists@
identifier walk.F, walk.pvmw;
position w;
@@

F(...)
{
	... when any
	while@w (page_vma_mapped_walk(&pvmw)) {
		... when any
		set_pmd_at(...);
		... when any
	}
	... when any
}

@huge_entry depends on patch@
identifier F : script:python() { certain(F) };
identifier walk.pvmw;
expression walk.MM, walk.A;
position huge.w;
@@

F(...)
{
<...
while@w (page_vma_mapped_walk(&pvmw)) {
+	unsigned long cstart;
+	unsigned long cend;
	...
	A = pvmw.address;
+	cstart = A;
+	cend = cstart + PAGE_SIZE;
	<...
(
	set_pmd_at(...);
+	cstart &= PMD_MASK;
+	cend = cstart + PMD_SIZE;
|
-	mmu_notifier_invalidate_page
+	mmu_notifier_invalidate_range
	(MM,
-	A
+	cstart, cend
	);
)
	...>
}
...>
}

@page_entry depends on patch@
identifier F : script:python() { certain(F) };
identifier walk.pvmw;
expression walk.MM, walk.A;
@@

F(...)
{
<...
while (page_vma_mapped_walk(&pvmw)) {
	<...
-	mmu_notifier_invalidate_page
+	mmu_notifier_invalidate_range
	(MM, A
+	, A + PAGE_SIZE
	);
	...>
}
...>
}

@declare depends on patch@
identifier walk.F, walk.pvmw;
identifier G : script:python(F) { G == F and certain(F) };
expression walk.PAGE, walk.VMA, walk.FROM;
@@

G(...)
{
	...
	struct page_vma_mapped_walk pvmw = {
		.page = PAGE,
		.vma = VMA,
		.address = FROM,
	};
+	unsigned long start = FROM, end;
	... when any
}

@surround depends on patch && declare@
identifier declare.G, walk.pvmw;
expression walk.PAGE, walk.VMA;
@@

G(...)
{
	<...
+	/* the worst case: all of the page is mapped from here on */
+	end = min(VMA->vm_end, start + (PAGE_SIZE << compound_order(PAGE)));
+	mmu_notifier_invalidate_range_start(VMA->vm_mm, start, end);
+
	while (page_vma_mapped_walk(&pvmw)) { ... }
+
+	mmu_notifier_invalidate_range_end(VMA->vm_mm, start, end);
	...>
}

@early_return depends on patch && declare@
identifier declare.G, walk.pvmw;
expression walk.VMA;
expression E;
@@

G(...)
{
	<...
	while (page_vma_mapped_walk(&pvmw)) {
		<...
(
+		mmu_notifier_invalidate_range_end(VMA->vm_mm, start, end);
		return;
|
+		mmu_notifier_invalidate_range_end(VMA->vm_mm, start, end);
		return E;
)
		...>
	}
	...>
}

// ----------------------------------------------------------------------------
// report

@script:python depends on walk@
@@
for file, line, reason in sorted(reasons.values()):
    print("%s:%s: not rewritten: %s" % (file, line, reason))
reasons.clear()
loops.clear()
