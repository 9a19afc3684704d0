// SPDX-License-Identifier: GPL-2.0-only
/// The range of a callback ends before its end: "end - start" bytes long is it,
/// and end - 1 its last address, which interval_tree_iter_first() and _next() take.
//# Rewritten is a length that is an argument, or that a variable of a length's name
//# gets, and the last address of an interval.  An end counts if it is the range's or
//# the parameter, or a variable of that name that gets it, and is changed nowhere.
// Confidence: High
// Comments: needs Python scripting.
// Options: --no-includes --include-headers
// Keywords: mmu_notifier, mmu_interval_notifier, interval tree

virtual patch
virtual context
virtual org
virtual report

@initialize:python@
@@
import re
NOISE = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"' r"|'(?:\\.|[^'\\\n])+'", re.S)
LENGTH = r"(size|len|length|bytes|count|nr|num|npages|pages|nr_pages|num_pages)$"
bodies, found = {}, {}

def key(p):
    return (p.file, p.line, p.column)

def blank(m):
    return re.sub(r"[^\n]", " ", m.group(0))

def code(file):
    """The text of the file with comments and strings blanked, and as it is."""
    with open(file, encoding="latin-1") as f:
        text = f.read()
    return NOISE.sub(blank, text), text

def at(text, p):
    lines = text.split("\n")[:int(p.line) - 1]
    return sum(map(len, lines)) + len(lines) + int(p.column)

def block(text, first):
    """Where the block whose brace is the first begins and ends."""
    depth = 0
    for m in re.finditer("[{}]", text[first:]):
        depth += 1 if m.group(0) == "{" else -1
        if depth == 0:
            return first, first + m.start()
    return first, len(text)

def braces(text, f):
    """The same of the function whose name stands at f."""
    return block(text, text.index("{", at(text, f)))

def changed(body, name):
    """How often the variable is written, or its address may be taken."""
    return len(re.findall(r"(?<![>.\w])%s\s*([-+*/%%|&^]|<<|>>)?=(?!=)|(\+\+|--)\s*%s\b|"
                          r"\b%s\s*(\+\+|--)|&\s*%s\b(?!\s*->)" % ((name,) * 4), body))

def declared(body, name):
    return len(re.findall(r"[;{}(]\s*(?!return\b|else\b|goto\b)\w+(\s+\w+)*[\s*]+([^;()=]*,[\s*]*)?"
                          r"%s\s*[=,;]" % name, body))

def is_bound(where, value, which):
    """Whether the value is the start or the end of the range all through the callback."""
    body, _, range, names = bodies[where]
    value = re.sub(r"\s", "", value)
    if range and value == "%s->%s" % (range, which):
        return not changed(body, range)
    if range:
        return (re.match(r"\w*end\w*$" if which == "end" else r"\w+$", value) and
                re.search(r"[\s*]%s = %s->%s;" % (value, range, which), body) and
                declared(body, value) == 1 and changed(body, value) == 1)
    return value == names[which] and not declared(body, value) and not changed(body, value)

def add(f, member, range, start, end):
    text, _ = code(f.file)
    first, last = braces(text, f)
    if not re.search(r"^\s*#|\bswap\b", text[first:last], re.M):
        bodies[f.file, f.current_element] = (text[first:last], member, range,
                                             {"start": start, "end": end})

def note(p, end, start=None):
    where = (p.file, p.current_element)
    if where in bodies and is_bound(where, end, "end") and (
            start is None or is_bound(where, start, "start")):
        found[key(p)] = (p, "callback '%s' counts the end of its range, which is exclusive, "
                         "as a part of it [mn-range-arithmetic]" % bodies[where][1])

def is_length(p, name):
    body = bodies.get((p.file, p.current_element), ("",))[0]
    return re.match(LENGTH, name) and not re.search(r"\b%s\s*-(?!>)|--\s*%s\b" % (name, name), body)

// ----------------------------------------------------------------------------
// collect

@interval@
identifier ops, cb;
@@

struct mmu_interval_notifier_ops ops = { .invalidate = cb, };

@region@
identifier ops, cb;
identifier member = {invalidate_range_start, invalidate_range_end};
@@

struct mmu_notifier_ops ops = { .member = cb, };

@flush@
identifier ops, cb;
identifier member = {
	invalidate_range, arch_invalidate_secondary_tlbs, clear_flush_young, clear_young
};
@@

struct mmu_notifier_ops ops = { .member = cb, };

@in_interval@
identifier interval.cb, mni, range, seq;
position f;
@@

cb@f(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range, unsigned long seq)
{ ... }

@in_region@
identifier region.cb, mn, range;
position f;
@@

cb@f(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{ ... }

@in_region_of_bounds@
identifier region.cb, mn, mm, start, end;
position f;
@@

cb@f(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end, ...)
{ ... }

@in_flush@
identifier flush.cb, mn, mm, start, end;
position f;
@@

cb@f(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{ ... }

@script:python@
f << in_interval.f;
range << in_interval.range;
@@
add(f[0], "invalidate", range, None, None)

@script:python@
f << in_region.f;
member << region.member;
range << in_region.range;
@@
add(f[0], member, range, None, None)

@script:python@
f << in_region_of_bounds.f;
member << region.member;
start << in_region_of_bounds.start;
end << in_region_of_bounds.end;
@@
add(f[0], member, None, start, end)

@script:python@
f << in_flush.f;
member << flush.member;
start << in_flush.start;
end << in_flush.end;
@@
add(f[0], member, None, start, end)

@argument depends on interval || region || flush@
expression E, S, C, f;
position p;
@@

(
f(..., (E@p - S) + 1, ...)
|
f(..., ((E@p - S) + 1) >> C, ...)
|
f(..., ((E@p - S) + 1) / C, ...)
|
f(..., (E@p + 1) - S, ...)
)

@variable depends on interval || region || flush@
identifier v;
type T;
expression E, S, C;
position p;
@@

(
T v = (E@p - S) + 1;
|
T v = ((E@p - S) + 1) >> C;
|
T v = ((E@p - S) + 1) / C;
|
v = (E@p - S) + 1
|
v = ((E@p - S) + 1) >> C
|
v = ((E@p - S) + 1) / C
)

@last depends on interval || region || flush@
identifier g = {interval_tree_iter_first, interval_tree_iter_next};
expression X, S, E;
position p;
@@

g(X, S, E@p)

@script:python@
f << argument.f;
p << argument.p;
E << argument.E;
S << argument.S;
@@
if not re.match("(min|max|clamp)", f):
    note(p[0], E, S)

@script:python@
v << variable.v;
p << variable.p;
E << variable.E;
S << variable.S;
@@
if is_length(p[0], v):
    note(p[0], E, S)

@script:python@
p << last.p;
E << last.E;
@@
note(p[0], E)

// ----------------------------------------------------------------------------
// patch

@depends on patch && (argument || variable)@
expression E, S;
position p : script:python() { key(p[0]) in found };
@@

(
-	(E@p - S) + 1
+	E - S
|
-	(E@p + 1) - S
+	E - S
)

@depends on patch && last@
identifier g = {interval_tree_iter_first, interval_tree_iter_next};
expression X, S, E;
position p : script:python() { key(p[0]) in found };
@@

g(X, S,
-	E@p
+	E - 1
 )

// ----------------------------------------------------------------------------
// report

@depends on context && (argument || variable || last)@
expression E;
position p : script:python() { key(p[0]) in found };
@@

* E@p

@script:python depends on org && (argument || variable || last)@
@@
for p, text in found.values():
    coccilib.org.print_safe_todo(p, text)
found.clear()

@script:python depends on report && (argument || variable || last)@
@@
for p, text in found.values():
    coccilib.report.print_report(p, text)
found.clear()
