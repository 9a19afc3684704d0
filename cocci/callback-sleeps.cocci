// SPDX-License-Identifier: GPL-2.0-only
/// A callback that the core calls under the page table lock must not sleep:
/// invalidate_range (arch_invalidate_secondary_tlbs since 6.6), change_pte and
/// the young bit's, and since 4.11 invalidate_page.
//# Calls are followed within the file, and shown.  An allocation counts if it
//# says GFP_KERNEL or GFP_USER.
// Confidence: High
// Comments: needs Python scripting.  Calls into other files and through
//           pointers, and locks taken only where sleeping was allowed, are not
//           followed.  Before 4.11 invalidate_page may sleep: the kernel's make
//           says the version, and where nobody does, the message does.
// Options: --no-includes --include-headers
// Keywords: mmu_notifier, sleeping in atomic context

virtual context
virtual org
virtual report

@initialize:python@
@@
import os, re
SLEEPS = re.compile(r"""(
    mutex_lock(_interruptible|_killable|_nested)?
  | down(_read|_write)?(_nested|_interruptible|_killable)?
  | mmap_(read|write)_lock(_killable)? | i_mmap_lock_(read|write)
  | might_sleep | cond_resched | schedule(_timeout\w*)? | [mu]sleep\w*
  | usleep_range | wait_for_completion\w* | dma_fence_wait\w*
  | dma_resv_wait\w* | reservation_object_wait\w*
  | flush_work(queue)? | cancel_(delayed_)?work_sync
  | synchronize_(s?rcu\w*|irq) | get_user_pages\w*
  | copy_(to|from)_user | vmalloc | mmu_notifier_(un)?register)$""", re.X)
callbacks, calls, asleep = [], {}, {}

def version():
    """(4, 9) in a 4.9 tree; () outside a kernel's make."""
    return tuple(map(int, re.findall(r"\d+", os.environ.get("KERNELVERSION", ""))[:2]))

def since(member):
    return ("" if version() or member != "invalidate_page" else
            " (under the lock from 4.11 on)")

def add_sleep(callee, p):
    asleep.setdefault((p.file, p.current_element), (callee, p))

def add_call(callee, p):
    calls.setdefault((p.file, p.current_element), set()).add(callee)
    if SLEEPS.match(callee):
        add_sleep(callee, p)

def path_to_sleep(file, callback):
    todo, seen = [[callback]], set()
    while todo:
        path = todo.pop(0)
        here = (file, path[-1])
        if here in seen:
            continue
        seen.add(here)
        if here in asleep:
            return path, asleep[here]
        todo.extend(path + [f] for f in sorted(calls.get(here, ())))
    return None

def sleeps(callback):
    return any(cb == callback and path_to_sleep(p.file, cb)
               for _, cb, p in callbacks)

def findings():
    for member, cb, p in callbacks:
        found = path_to_sleep(p.file, cb)
        if found:
            path, (sleeper, place) = found
            yield place, ("'%s' may sleep in callback '%s'%s: %s [mn-callback-sleeps]"
                          % (sleeper, member, since(member),
                             " -> ".join(path + [sleeper])))

// ----------------------------------------------------------------------------
// collect

@callback@
identifier ops, cb != NULL;
identifier member = {invalidate_page, invalidate_range, arch_invalidate_secondary_tlbs, change_pte, clear_flush_young, clear_young, test_young};
position p;
@@

struct mmu_notifier_ops ops = { .member = cb@p, };

@call depends on callback@
identifier f;
position p;
@@

f@p(...)

@allocates depends on callback@
identifier flag = {GFP_KERNEL, GFP_USER, GFP_HIGHUSER};
position p;
@@

flag@p

@script:python@
member << callback.member;
cb << callback.cb;
p << callback.p;
@@
if member != "invalidate_page" or not version() or version() >= (4, 11):
    callbacks.append((member, cb, p[0]))

@script:python@
f << call.f;
p << call.p;
@@
for place in p:
    add_call(f, place)

@script:python@
flag << allocates.flag;
p << allocates.p;
@@
for place in p:
    add_sleep(flag, place)

// ----------------------------------------------------------------------------
// report

@depends on context && callback@
identifier callback.cb;
identifier f : script:python(cb) { f == cb and sleeps(cb) };
@@

* f(...)
  { ... }

@script:python depends on org && callback@
@@
for place, text in findings():
    coccilib.org.print_safe_todo(place, text)

@script:python depends on report && callback@
@@
for place, text in findings():
    coccilib.report.print_report(place, text)

@script:python depends on callback@
@@
for table in (callbacks, calls, asleep):
    table.clear()
