// SPDX-License-Identifier: GPL-2.0-only
/// An ops whose only callback of an invalidation is invalidate_page gets
/// invalidate_range: the callback takes a range in place of an address.
//# Certain where the address is only compared, cut to its page, or handed on with
//# the length or the end of one page.
// Confidence: High
// Comments: needs Python scripting.  Any other use of the address is reported.
// Options: --no-includes --include-headers
// Keywords: mmu_notifier

virtual patch
virtual report

@initialize:python@
@@
reasons = {}

def refuse(p, reason):
    reasons[(p.file, int(p.line))] = reason

// ----------------------------------------------------------------------------
// collect

@set@
identifier ops, cb;
position p;
@@

struct mmu_notifier_ops ops = { .invalidate_page = cb@p, };

@rest@
identifier set.ops, set.cb;
identifier member = {invalidate_range_start, invalidate_range_end, invalidate_range};
expression e;
@@

struct mmu_notifier_ops ops = { .invalidate_page = cb, .member = e, };

@callback depends on !rest@
identifier set.cb, mn, mm, address;
@@

static void cb(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long address)
{ ... }

@understood@
identifier callback.address;
expression E : script:python() { "(" not in E };
identifier f;
position a, b;
@@

(
address@a == E
|
E == address@a
|
address@a &= PAGE_MASK
|
f(..., address@a, PAGE_SIZE, ...)
|
f(..., address@a, address@b + PAGE_SIZE, ...)
)

// ----------------------------------------------------------------------------
// excuse

@other@
identifier set.cb, callback.address;
position q != {understood.a, understood.b};
@@

cb(...)
{
	<+...
	address@q
	...+>
}

@name_clash@
identifier set.cb, taken = {start, end};
type T;
expression E;
position q;
@@

cb(...)
{
	<+...
(
	T taken@q;
|
	T taken@q = E;
)
	...+>
}

@elsewhere@
identifier set.cb;
position q != set.p;
@@

cb@q

@script:python@
q << other.q;
address << callback.address;
@@
refuse(q[0], "'%s' is used in a way that has no form for a range" % address)

@script:python@
q << name_clash.q;
taken << name_clash.taken;
@@
refuse(q[0], "the name '%s' is taken" % taken)

@script:python@
q << elsewhere.q;
cb << set.cb;
callback_name << callback.mn;
@@
refuse(q[0], "'%s' has another use" % cb)

// ----------------------------------------------------------------------------
// patch

@body depends on patch && callback && !other && !name_clash && !elsewhere@
identifier set.cb, callback.address;
expression E;
identifier f;
@@

cb(...)
{
<...
(
-	address &= PAGE_MASK;
|
-	address == E
+	start <= E && E < end
|
-	E == address
+	start <= E && E < end
|
	f(...,
-	  address, PAGE_SIZE
+	  start, end - start
	  , ...)
|
	f(...,
-	  address, address + PAGE_SIZE
+	  start, end
	  , ...)
)
...>
}

@signature depends on body || (patch && callback && !other && !name_clash && !elsewhere)@
identifier set.cb, callback.mn, callback.mm, callback.address;
fresh identifier range = script:python(cb) { cb.replace("_page", "_range") if "_page" in cb else cb + "_range" };
@@

static void
-	cb
+	range
	(struct mmu_notifier *mn, struct mm_struct *mm,
-	 unsigned long address
+	 unsigned long start, unsigned long end
	)
{ ... }

@member depends on signature@
identifier set.ops, set.cb;
identifier signature.range;
@@

struct mmu_notifier_ops ops = {
-	.invalidate_page = cb,
+	.invalidate_range = range,
};

// ----------------------------------------------------------------------------
// report

@script:python depends on callback@
@@
for (file, line), reason in sorted(reasons.items()):
    print("%s:%s: not rewritten: %s" % (file, line, reason))

@script:python depends on set@
@@
reasons.clear()
