// SPDX-License-Identifier: GPL-2.0-only
/// Drop the invalidate_page member from a struct mmu_notifier_ops that has
/// another callback of an invalidation, the callback, and the static functions
/// and prototypes that nothing else uses.
//# What only this callback called outside the file is said: "carry: FILE:LINE:
//# HOOK CALLBACK", with what the others call behind it, and hook.cocci carries
//# such a hook over; or "replaced: FILE:LINE:
//# HOOK OTHER" where a remaining callback calls its form for ranges, and
//# unused.cocci removes it.
// Confidence: High
// Comments: needs Python scripting.  An ops with no other callback of an
//           invalidation is left to only.cocci.
// Options: --no-includes --include-headers
// Keywords: mmu_notifier

virtual patch
virtual report

@initialize:python@
@@
import re

TRIVIAL = re.compile(r"(container_of|\w*_(un)?lock(_\w+)?|down_\w+|up_\w+|"
                     r"\w*dbg|BUG_ON|WARN_ON\w*|might_sleep|(INC_)?STATS?(_\w+)?)$")
NOISE = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"', re.S)
inits, others = {}, {}		# place of the member -> what is set there
statics, uses, prototypes, calls = {}, {}, {}, {}
names, reached, dead = {}, set(), set()

def key(p):
    return (p.file, int(p.line), int(p.column))

def read(file):
    with open(file, errors="replace") as f:
        return f.read()

def reachable(function):
    return function in reached

def body_words(p):
    """The words of a function's text, from its head to the brace in the first column."""
    text = "\n".join(read(p.file).split("\n")[int(p.line) - 1:])
    return set(re.findall(r"\w+", NOISE.sub(" ", text.split("\n}")[0])))

def named_from(roots):
    seen, todo = set(), list(roots)
    while todo:
        f = todo.pop()
        if f in names and f not in seen:
            seen.add(f)
            todo.extend(names[f])
    return seen

def name_at(p):
    return read(p.file).split("\n")[int(p.line) - 1][int(p.column):int(p.column_end)]

def refuse(p, reason):
    print("%s:%s: not rewritten: %s" % (p.file, p.line, reason))

def conditional(p):
    """Is the member alone inside an #if?"""
    lines = read(p.file).split("\n")
    above = [l.strip() for l in lines[:int(p.line) - 1] if l.strip()]
    return bool(above) and re.match(r"#\s*(if|else|elif)", above[-1])

def reach(roots):
    seen, todo = set(), list(roots)
    while todo:
        f = todo.pop()
        if f not in seen:
            seen.add(f)
            todo.extend(calls.get(f, ()))
    return seen

def choose_members():
    for place, (ops, cb, p) in sorted(inits.items()):
        if place in others and conditional(p):
            refuse(p, "'invalidate_page' of '%s' depends on a configuration" % ops)
            del others[place]

def choose_callbacks():
    for cb in sorted({cb for _, cb, _ in inits.values()}):
        gone = {k for k in others if inits[k][1] == cb}
        if gone and cb in statics and not set(uses.get(cb, ())) - gone:
            dead.add(cb)

def choose_helpers():
    changed = True
    while changed:
        more = {f for f in statics if f not in dead and f in uses
                and set(uses[f].values()) <= dead | {f}}
        changed = bool(more)
        dead.update(more)

def keep_what_is_not_understood():
    """A function that the text names more often than spatch stays."""
    for f in sorted(dead):
        text = NOISE.sub(" ", read(statics[f]))
        seen = len(uses.get(f, ())) + len(prototypes.get(f, ())) + 1
        if len(re.findall(r"\b%s\b" % re.escape(f), text)) != seen:
            dead.discard(f)
            return True
    return False

def keep_used():
    for f in sorted(dead):
        users = set(uses.get(f, {}).values())
        if any(u in statics and u not in dead and u != f for u in users):
            dead.discard(f)
            return True
    return False

def tell_lost():
    for place, (ops, cb, p) in sorted(inits.items()):
        if place not in others or cb not in dead:
            continue
        rest = reach(others[place].values())
        lost = reach([cb]) - rest - {cb}
        for f in sorted(lost):
            if f in calls or TRIVIAL.match(f):
                continue
            there = rest & {f + "_range", f.replace("_page", "_range")}
            print("%s: %s:%s: %s %s" % ("replaced" if there else "carry", p.file, p.line, f,
                                        min(there) if there else " ".join([cb, *sorted(rest)])))

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

@call depends on rest@
identifier g;
position q;
@@

g@q(...)

@script:python@
ops << set.ops;
cb << set.cb;
p << set.p;
@@
inits[key(p[0])] = (ops, cb, p[0])

@script:python@
p << set.p;
member << rest.member;
e << rest.e;
@@
others.setdefault(key(p[0]), {})[member] = e

@script:python@
g << call.g;
q << call.q;
@@
for x in q:
    calls.setdefault(x.current_element, set()).add(g)

@any_static depends on rest@
identifier f;
position p;
type T;
@@

static T f@p(...) { ... }

@script:python@
f << any_static.f;
p << any_static.p;
@@
statics[f] = p[0].file
names[f] = body_words(p[0])

@script:python depends on rest@
@@
reached.update(named_from(cb for _, cb, _ in inits.values()))

// only what a callback names can go with it: the rules below run once for each

@static_function depends on rest@
identifier f : script:python() { reachable(f) };
position p;
type T;
@@

static T f@p(...) { ... }

@use depends on rest@
identifier static_function.f;
position q;
@@

f@q

@prototype depends on rest@
identifier static_function.f;
type T;
position p;
@@

T f@p(...);

@script:python@
q << use.q;
@@
for x in q:
    uses.setdefault(name_at(x), {})[key(x)] = x.current_element

@script:python@
p << prototype.p;
@@
for x in p:
    prototypes.setdefault(name_at(x), set()).add(key(x))

// ----------------------------------------------------------------------------
// decide

@script:python depends on rest@
@@
choose_members()
choose_callbacks()
choose_helpers()
while keep_what_is_not_understood() or keep_used():
    pass
tell_lost()

// ----------------------------------------------------------------------------
// patch

@drop_member depends on patch && rest@
identifier set.ops, set.cb;
position p : script:python() { key(p[0]) in others };
@@

(
struct mmu_notifier_ops ops = {
-	.invalidate_page = cb@p,
};
|
struct mmu_notifier_ops ops[...] = { ..., {
-	.invalidate_page = cb@p,
}, ..., };
)

@drop_function depends on patch && rest@
identifier g : script:python() { g in dead };
type T;
@@

- static T g(...) { ... }

@drop_prototype depends on patch && rest@
identifier g : script:python() { g in dead };
type T;
@@

- T g(...);

@script:python depends on set@
@@
for table in (inits, others, statics, uses, prototypes, calls, names, reached, dead):
    table.clear()
