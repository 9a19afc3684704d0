// SPDX-License-Identifier: GPL-2.0-only
/// A callback takes a lock that may sleep, and does not ask whether blocking is
/// allowed: where it is not, it has to try the lock, and to fail without it.
//# Rewritten is a callback that does nothing before that lock, takes no other,
//# calls nothing that sleeps, and may fail: a start beside a .invalidate_range_end
//# may not.  The rest is the GCC plugin's.
// Confidence: High
// Comments: needs Python scripting.  mmu_notifier_range_blockable() is there since
//           5.2: of a start nothing is said where the kernel's make does not say
//           the version.
// Options: --no-includes --include-headers
// Keywords: mmu_notifier, mmu_interval_notifier, OOM reaper

virtual patch
virtual context
virtual org
virtual report

@initialize:python@
@@
import os, re
NOISE = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"' r"|'(?:\\.|[^'\\\n])+'", re.S)
TAKES = re.compile(r"\b(?!lockdep)\w*(?<![a-z])((try)?lock|down|guard|reserve)(?![a-z])\w*\s*\(", re.I)
SLEEPS = re.compile(r"""(
    mutex_lock\w* | down(_read|_write)?(_nested|_interruptible|_killable)?
  | mmap_(read|write)_lock(_killable)? | i_mmap_lock_(read|write)
  | might_sleep | cond_resched | schedule(_timeout\w*)? | [mu]sleep\w*
  | usleep_range | wait_\w+ | \w+_wait\w* | reservation_object_wait\w*
  | flush_work(queue)? | cancel_(delayed_)?work_sync
  | synchronize_(s?rcu\w*|irq) | get_user_pages\w* | lock_page | folio_lock
  | copy_(to|from)_user | k[mzv]\w*alloc\w* | vmalloc | mmu_notifier_(un)?register)$""", re.X)
# what a callback may do before it fails: look, and print
LOOKS = re.compile(r"(if|return|sizeof|container_of\w*|likely|unlikely|READ_ONCE|(\w+_)?to_\w+|min|max|"
                   r"pr_debug|dev_dbg|trace_\w+|\w+_(dbg|DBG))$")
VALUE = r"([^={};]|[=!<>]=)*"
RETURNS = r"if\s*\(%s\)\s*(?P<block>\{\s*)?return\b[^;={}]*;\s*(?(block)\})" % VALUE
DECLARES = r"(?!(return|else|goto|static)\b)\w+(\s+\w+)*[\s*]+\w+(\s*,\s*\**\w+)*(\s*=(?!=)%s)?$" % VALUE
TRIES = {"mutex_lock": "mutex_trylock", "down_read": "down_read_trylock",
         "down_write": "down_write_trylock"}
ended, found = set(), {}

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

def version():
    """(4, 9) in a 4.9 tree; () outside a kernel's make."""
    return tuple(map(int, re.findall(r"\d+", os.environ.get("KERNELVERSION", ""))[:2]))

def called(text):
    return re.findall(r"(\w+)\s*\(", text)

def functions(text):
    """What each function of the file calls."""
    calls = {}
    for m in re.finditer(r"^(?:\w[^\n;={}#]*[\s*])?(\w+)\s*\([^;={}#]*\)\s*\{", text, re.M):
        begin, end = block(text, m.end() - 1)
        calls.setdefault(m.group(1), set()).update(called(text[begin:end]))
    return calls

def sleeps(calls, todo):
    seen = set()
    while todo:
        name = todo.pop()
        if SLEEPS.match(name):
            return True
        todo.extend(calls.get(name, ()) if name not in seen else ())
        seen.add(name)
    return False

def looks_only(text):
    """Nothing is done here that has to be undone where the function fails."""
    names = set()
    for step in re.sub(RETURNS, "", text).split(";"):
        step, sets = step.strip(), re.match(r"(\w+)\s*=(?!=)%s$" % VALUE, step.strip())
        if re.match(DECLARES, step):
            names.update(re.findall(r"\w+", step.split("=")[0]))
        elif sets and sets.group(1) not in names or not sets and not re.match(r"(\w+\s*\([^={}]*\))?$", step):
            return False
    return all(map(LOOKS.match, called(text))) and not re.search(r"\+\+|--", text)

def certain(f, p, cb, range):
    text, whole = code(f.file)
    first, last = braces(text, f)
    taken = at(text, p)
    end = text.index(";", taken) + 1
    before, after = text[first + 1:taken], text[end:last]
    if (looks_only(before) and (f.file, cb) not in ended and not TAKES.search(before + after) and
            not re.search(r"^\s*#|blockable|\b%s\b(?!\s*->\s*(start|end|event|owner|mm)\b)" % range,
                          before + after, re.M) and
            not whole[end:].split("\n")[0].strip()):
        calls = functions(text)
        return not sleeps(calls, called(after)) and not any(cb in names for names in calls.values())
    return False

def ask(p, take, range, fail):
    """The statement that asks; spatch itself would write "else" and "if" on two lines."""
    text = code(p.file)[1]
    lock = text[at(text, p):].split(";")[0].split("(", 1)[1]
    return ("if (mmu_notifier_range_blockable(%s))\n\t\t%s(%s;\n\telse if (!%s(%s)\n\t\treturn %s" %
            (range, take, lock, TRIES[take], lock, fail))

def message(take, member):
    return ("'%s()' may sleep in callback '%s', which did not check whether blocking is "
            "allowed [mn-callback-nonblock]" % (take, member))

// ----------------------------------------------------------------------------
// collect

@interval@
identifier ops, cb;
@@

struct mmu_interval_notifier_ops ops = { .invalidate = cb, };

@start@
identifier ops, cb;
@@

struct mmu_notifier_ops ops = { .invalidate_range_start = cb, };

@pair@
identifier ops, cb;
expression E;
position p;
@@

struct mmu_notifier_ops ops = { .invalidate_range_start = cb@p, .invalidate_range_end = E, };

@script:python@
cb << pair.cb;
p << pair.p;
@@
ended.add((p[0].file, cb))

@invalidates exists@
identifier interval.cb, mni, range, seq;
identifier take = {mutex_lock, down_read, down_write};
expression L;
position f, p;
@@

cb@f(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range, unsigned long seq)
{
	... when any
	take@p(L);
	... when any
}

@starts exists@
identifier start.cb, mn, range;
identifier take = {mutex_lock, down_read, down_write};
expression L;
position f, p;
@@

cb@f(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	... when any
	take@p(L);
	... when any
}

@script:python interval_asked@
f << invalidates.f;
p << invalidates.p;
cb << interval.cb;
range << invalidates.range;
take << invalidates.take;
asked;
@@
if certain(f[0], p[0], cb, range):
    found[key(p[0])] = (p[0], message(take, "invalidate"))
coccinelle.asked = ask(p[0], take, range, "false")

@script:python start_asked@
f << starts.f;
p << starts.p;
cb << start.cb;
range << starts.range;
take << starts.take;
asked;
@@
if certain(f[0], p[0], cb, range) and version() >= (5, 2):
    found[key(p[0])] = (p[0], message(take, "invalidate_range_start"))
coccinelle.asked = ask(p[0], take, range, "-EAGAIN")

// ----------------------------------------------------------------------------
// patch

@depends on patch@
identifier interval.cb, invalidates.take, interval_asked.asked;
position p : script:python() { key(p[0]) in found };
@@

cb(...)
{
	<...
-	take@p(...);
+	asked;
	...>
}

@depends on patch@
identifier start.cb, starts.take, start_asked.asked;
position p : script:python() { key(p[0]) in found };
@@

cb(...)
{
	<...
-	take@p(...);
+	asked;
	...>
}

// ----------------------------------------------------------------------------
// report

@depends on context && (invalidates || starts)@
identifier take;
position p : script:python() { key(p[0]) in found };
@@

* take@p(...);

@script:python depends on org && (invalidates || starts)@
@@
for p, text in found.values():
    coccilib.org.print_safe_todo(p, text)
found.clear()

@script:python depends on report && (invalidates || starts)@
@@
for p, text in found.values():
    coccilib.report.print_report(p, text)
found.clear()
