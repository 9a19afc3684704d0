// SPDX-License-Identifier: GPL-2.0-only
/// Carry a hook of the architectures, which only the callback invalidate_page
/// called, to invalidate_range_start as a hook of the range; an architecture
/// whose hook is empty loses it.
//# HOOK and RANGE_HOOK are the two names: -D HOOK=.. -D RANGE_HOOK=..
//# The file of the callbacks gets a weak empty definition, for architectures
//# that have no such hook.
// Confidence: High
// Comments: needs Python scripting.  Certain where the hook only compares the
//           address; any other use is reported, and nothing carried over.
// Options: --no-includes --include-headers
// Keywords: mmu_notifier, KVM

virtual patch
virtual report

// ----------------------------------------------------------------------------
// excuse

@compared@
identifier virtual.HOOK, address, x;
type T, TX;
expression E;
position p;
@@

T HOOK(TX x, unsigned long address)
{
	<+...
	address@p == E
	...+>
}

@other@
identifier virtual.HOOK, address, x;
type T, TX;
position q != compared.p;
@@

T HOOK(TX x, unsigned long address)
{
	<+...
	address@q
	...+>
}

@script:python@
q << other.q;
@@
print("%s:%s: not rewritten: the hook uses the address other than to compare it" % (q[0].file, q[0].line))

// ----------------------------------------------------------------------------
// patch: the architectures

@empty depends on patch@
identifier virtual.HOOK, address, x;
type T, TX;
@@

- T HOOK(TX x, unsigned long address)
- {
- }

@body depends on patch && compared && !other@
identifier virtual.HOOK, compared.address, x;
type T, TX;
expression E;
statement S;
@@

T HOOK(TX x, unsigned long address)
{
+	unsigned long hva;
+
	...
+	hva = E;
	if (
-	    address == E
+	    start <= hva && hva < end
	   ) S
	...
}

@definition depends on patch && !other@
identifier virtual.HOOK, virtual.RANGE_HOOK, address, x;
type T, TX;
@@

T
- HOOK
+ RANGE_HOOK
  (TX x,
- unsigned long address
+ unsigned long start, unsigned long end
  )
{
...
}

@prototype depends on patch@
identifier virtual.HOOK, virtual.RANGE_HOOK, address, x;
type T, TX;
@@

T
- HOOK
+ RANGE_HOOK
  (TX x,
- unsigned long address
+ unsigned long start, unsigned long end
  );

// ----------------------------------------------------------------------------
// patch: the callbacks

@carried@
identifier virtual.RANGE_HOOK;
@@

RANGE_HOOK(...)

@ops@
identifier o, page, range;
@@

struct mmu_notifier_ops o = {
	.invalidate_page = page,
	.invalidate_range_start = range,
};

@tail@
identifier ops.page, virtual.HOOK, rel, x;
type TX;
expression A, E;
expression list RA;
@@

page(...)
{
	TX x = E;
	...
	HOOK(x, A);
	rel(RA);
}

@call depends on patch && !carried@
identifier ops.range, virtual.RANGE_HOOK, tail.rel, tail.x;
identifier mn, mm, start, end;
expression list tail.RA;
@@

range(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	...
+
+	RANGE_HOOK(x, start, end);
+
	rel(RA);
}

@weak depends on call@
attribute name __weak;
identifier ops.page, virtual.RANGE_HOOK, tail.x;
type tail.TX;
type T;
@@

+ void __weak RANGE_HOOK(TX x, unsigned long start, unsigned long end)
+ {
+ }
+
T page(...) { ... }
