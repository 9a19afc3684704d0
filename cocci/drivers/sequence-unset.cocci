// SPDX-License-Identifier: GPL-2.0-only
/// The callback of an interval notifier takes the lock that readers hold when
/// they ask mmu_interval_read_retry(), and does not call mmu_interval_set_seq():
/// a reader never hears of the invalidation.  Set the sequence under that lock.
//# Rewritten is a callback that uses its sequence nowhere, takes one lock, which a
//# reader in the same file holds when it asks, and takes it on each path that says
//# that it is done, but for events that are its own.  The rest is the GCC plugin's.
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
TAKES = re.compile(r"\b(?!lockdep)\w*(?<![a-z])((try)?lock|down|guard|reserve)(?![a-z])\w*\s*\(", re.I)
OWN = r"if \({0}->event == \w+ &&\s+{0}->owner == [\w.>-]+\)\s*return true;"
readers, found = set(), {}

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

def certain(f, p, cb, range, seq, s, S, statements):
    """p is a statement of the function's own block, which each path that is done comes to."""
    text, whole = code(f.file)
    first, last = braces(text, f)
    before, after = text[first:at(text, p)], text[at(text, p):last]
    end = [m.end() for m in re.finditer(";", after)][statements - 1] + at(text, p)
    returns = re.findall(r"\breturn\b([^;]*);", re.sub(OWN.format(range), "", before))
    return (one_object(text[at(text, f):last], s, S) and
            not re.search(r"^[ \t].*\b%s\s*\(" % cb, text, re.M) and
            before.count("{") - before.count("}") == 1 and before.rstrip()[-1] in "{;}" and
            all(value.strip() == "false" for value in returns) and
            not re.search(r"\bgoto\b|\w\s*:\s*$", before, re.M) and
            len(TAKES.findall(before + after)) == statements and
            not re.search(r"^\s*#|\b%s\b|set_seq" % seq, before + after, re.M) and
            not whole[end:].split("\n")[0].strip())

def message():
    return ("callback 'invalidate' says that it is done, but did not set the sequence "
            "[mn-sequence-unset]")

// ----------------------------------------------------------------------------
// collect

@callback@
identifier ops, cb;
@@

struct mmu_interval_notifier_ops ops = { .invalidate = cb, };

@reader depends on callback exists@
identifier take = {
	mutex_lock, spin_lock, spin_lock_irq, spin_lock_bh, spin_lock_irqsave,
	read_lock, read_lock_irq, read_lock_bh, read_lock_irqsave, down_read,
	write_lock, write_lock_irq, write_lock_bh, write_lock_irqsave, down_write
};
identifier drop =~ "unlock" || =~ "^up_";
identifier S, M;
struct S *s;
@@

take(&s->M, ...)
... when != drop(&s->M, ...)
mmu_interval_read_retry(...)

@script:python@
S << reader.S;
M << reader.M;
@@
readers.add((S, M))

@plain exists@
identifier callback.cb, mni, range, seq;
identifier take = {
	mutex_lock, spin_lock, spin_lock_irq, spin_lock_bh, spin_lock_irqsave,
	write_lock, write_lock_irq, write_lock_bh, write_lock_irqsave, down_write
};
identifier S, M;
struct S *s;
position f, p;
@@

cb@f(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range, unsigned long seq)
{
	... when any
	take@p(&s->M, ...);
	... when any
}

@asked exists@
symbol false;
identifier callback.cb, mni, range, seq;
identifier take = {mutex_lock, down_write};
identifier try = {mutex_trylock, down_write_trylock};
identifier S, M;
struct S *s;
position f, p;
@@

cb@f(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range, unsigned long seq)
{
	... when any
	if@p (mmu_notifier_range_blockable(range))
		take(&s->M);
	else if (!try(&s->M))
		return false;
	... when any
}

@script:python@
cb << callback.cb;
f << plain.f;
p << plain.p;
range << plain.range;
seq << plain.seq;
s << plain.s;
S << plain.S;
M << plain.M;
@@
if (S, M) in readers and certain(f[0], p[0], cb, range, seq, s, S, 1):
    found[key(p[0])] = p[0]

@script:python@
cb << callback.cb;
f << asked.f;
p << asked.p;
range << asked.range;
seq << asked.seq;
s << asked.s;
S << asked.S;
M << asked.M;
@@
if (S, M) in readers and certain(f[0], p[0], cb, range, seq, s, S, 2):
    found[key(p[0])] = p[0]

// ----------------------------------------------------------------------------
// patch

@depends on patch && plain@
identifier callback.cb, mni, range, seq, take;
position p : script:python() { key(p[0]) in found };
@@

cb(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range, unsigned long seq)
{
	<...
	take@p(...);
+	mmu_interval_set_seq(mni, seq);
	...>
}

@depends on patch && asked@
identifier callback.cb, mni, range, seq;
statement S1, S2;
position p : script:python() { key(p[0]) in found };
@@

cb(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range, unsigned long seq)
{
	<...
	if@p (mmu_notifier_range_blockable(range))
		S1
	else
		S2
+	mmu_interval_set_seq(mni, seq);
	...>
}

// ----------------------------------------------------------------------------
// report

@depends on context && plain@
identifier take;
position p : script:python() { key(p[0]) in found };
@@

* take@p(...);

@depends on context && asked@
identifier asked.range;
statement S1, S2;
position p : script:python() { key(p[0]) in found };
@@

* if@p (mmu_notifier_range_blockable(range))
	S1
  else
	S2

@script:python depends on org && callback@
@@
for p in found.values():
    coccilib.org.print_safe_todo(p, message())

@script:python depends on report && callback@
@@
for p in found.values():
    coccilib.report.print_report(p, message())

@script:python depends on callback@
@@
readers.clear()
found.clear()
