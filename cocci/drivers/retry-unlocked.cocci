// SPDX-License-Identifier: GPL-2.0-only
/// mmu_interval_read_retry() is asked right before the lock is taken under which
/// the callback sets the sequence: an invalidation between the two is not seen.
/// Take the lock first, and drop it where the answer is to try again.
//# Rewritten is "if (mmu_interval_read_retry(..)) goto again; mutex_lock(..);" with
//# nothing in between, where a callback in the same file sets the sequence under
//# that lock, and the function asks once.  The rest is the GCC plugin's.
// Confidence: High
// Comments: needs Python scripting.  Locks are compared by structure and member.
// Options: --no-includes --include-headers
// Keywords: mmu_notifier, mmu_interval_notifier

virtual patch
virtual context
virtual org
virtual report

@initialize:python@
@@
import re
NOISE = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"' r"|'(?:\\.|[^'\\\n])+'", re.S)
ASKS = re.compile(r"""if\s*\(\s*(unlikely\s*\(\s*)?mmu_interval_read_retry\s*\([^(){};]*\)\s*(?(1)\))\s*\)\s*
    (?P<block>\{[^{}]*)?(goto\s+\w+|continue|break|return\b[^;{}]*);\s*(?(block)\}\s*)$""", re.X)
DROPS = {"mutex_lock": "mutex_unlock", "down_read": "up_read", "down_write": "up_write",
         "spin_lock": "spin_unlock", "spin_lock_irq": "spin_unlock_irq",
         "spin_lock_bh": "spin_unlock_bh", "read_lock": "read_unlock",
         "read_lock_irq": "read_unlock_irq", "read_lock_bh": "read_unlock_bh"}
setters, found, blocks = set(), {}, set()

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

def one_object(function, name, structure):
    """The lock's object is the only one of its type that the function has a name for."""
    declared = re.findall(r"struct %s\s*((?:\*\s*\w+\s*(?:=[^;,]*)?,?\s*)+)" % structure, function)
    names = re.findall(r"\*\s*(\w+)", re.sub("=[^;,]*", "", " ".join(declared)))
    return names == ([] if "->" in name else [name])

def judge(f, p, q, s, S, M):
    """p asks and jumps, q takes the lock: nothing else stands between them or on their lines."""
    text, whole = code(f.file)
    first, last = braces(text, f)
    begin, taken = at(text, p), at(text, q)
    end = text.index(";", taken) + 1
    asks = ASKS.match(text[begin:taken])
    if (asks and one_object(text[at(text, f):last], s, S) and text[begin:taken] == whole[begin:taken] and
            text[first:begin].rstrip()[-1] in "{;}" and "unlock" not in asks.group(0) and
            len(re.findall("mmu_interval_read_retry", text[first:last])) == 1 and
            not re.search(r"^\s*#", text[first:last], re.M) and
            not whole[end:].split("\n")[0].strip()):
        found[key(p)] = (p, "%s->%s" % (re.sub(r"\s", "", s), M))
        if asks.group("block"):
            blocks.add(key(p))

def message(lock):
    return ("'mmu_interval_read_retry()' is called before '%s' is taken, which the "
            "callback takes [mn-retry-unlocked]" % lock)

// ----------------------------------------------------------------------------
// collect

@callback@
identifier ops, cb;
@@

struct mmu_interval_notifier_ops ops = { .invalidate = cb, };

@setter exists@
identifier callback.cb;
identifier take = {
	mutex_lock, spin_lock, spin_lock_irq, spin_lock_bh, spin_lock_irqsave,
	write_lock, write_lock_irq, write_lock_bh, write_lock_irqsave, down_write
};
identifier drop =~ "unlock" || =~ "^up_";
identifier S, M;
struct S *s;
@@

cb(...)
{
	... when any
	take(&s->M, ...)
	... when != drop(&s->M, ...)
	mmu_interval_set_seq(...)
	... when any
}

@script:python@
S << setter.S;
M << setter.M;
@@
setters.add((S, M))

@early depends on setter exists@
identifier F, S, M;
identifier take = {
	mutex_lock, down_read, down_write, spin_lock, spin_lock_irq, spin_lock_bh,
	read_lock, read_lock_irq, read_lock_bh
};
struct S *s;
statement T;
position f, p, q;
@@

F@f(...)
{
	... when any
(
	if@p (mmu_interval_read_retry(...)) T
|
	if@p (unlikely(mmu_interval_read_retry(...))) T
)
	take@q(&s->M);
	... when any
}

@script:python drops@
f << early.f;
p << early.p;
q << early.q;
s << early.s;
S << early.S;
M << early.M;
take << early.take;
drop;
@@
if (S, M) in setters:
    judge(f[0], p[0], q[0], s, S, M)
coccinelle.drop = DROPS[take]

// ----------------------------------------------------------------------------
// patch

@depends on patch@
identifier early.F, early.take, drops.drop;
expression C, L;
statement T;
position p : script:python() { key(p[0]) in found and key(p[0]) not in blocks };
@@

F(...)
{
	<...
+	take(L);
	if@p (C)
+	{
+		drop(L);
		T
+	}
-	take(L);
	...>
}

@depends on patch@
identifier early.F, early.take, drops.drop;
expression C, L;
position p : script:python() { key(p[0]) in found and key(p[0]) in blocks };
@@

F(...)
{
	<...
+	take(L);
	if@p (C) {
+		drop(L);
		...
	}
-	take(L);
	...>
}

// ----------------------------------------------------------------------------
// report

@depends on context && early@
expression C;
statement T;
position p : script:python() { key(p[0]) in found };
@@

* if@p (C)
	T

@script:python depends on org && early@
@@
for p, lock in found.values():
    coccilib.org.print_safe_todo(p, message(lock))

@script:python depends on report && early@
@@
for p, lock in found.values():
    coccilib.report.print_report(p, message(lock))

@script:python depends on callback@
@@
for table in (setters, found, blocks):
    table.clear()
