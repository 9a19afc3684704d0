#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""mncheck context: what is drawn beside a function, and what is said where there is nothing to draw; TAP.

The tree is made up here, with what kbuild leaves beside an object. How a browser shows the page is
pages/check_pages.py's.
"""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.contexts import HEAD, MAIN, Place, function, put, said, unit
from tests.tap import Tap
from tests.test_forms import Page
from tests.test_report import on_terminal
from tools.mnlib import GCC, INSTALLED, MNCHECK, PLUGIN, SPARSE, hear_interrupt, run

PLACE = Place("context")
SCRATCH, TREE, OUT, TMP = PLACE.scratch, PLACE.tree, PLACE.out, PLACE.tmp
built, context, in_tree = PLACE.built, PLACE.context, PLACE.in_tree
JOINED = """\
mm/a.c:10: helper()
  called in locked() at mm/a.c:36
  called in unlocked() at mm/a.c:43
  2 ways in, joined; --each draws them apart
    10 ┃~ ·  ┆~| static int helper(struct mm_struct *mm, spinlock_t *ptl, int now)
    11 ┃~ ·  ┆~| {
    12 ┃~ ·  ┆~|         /* <b>not</b> bold */
    13 ┃~ ·  ┆~|         if (now)
    14 ┃  ·  ┆ |                 spin_lock(ptl);
    15 ┃~ ·  ┆~|         work(1);
    16 ┃~ ·  ┆~|
    17 ┃~ ║  ┆~|         mmu_notifier_invalidate_range_start(mm,
    18 ┃~ ║  ┆~|                                             0, 4096);
    19 ┃~ ║  ┆~|         if (!more) {
    20 ┃~ ║  ┆~|                 work(2);
    21 ┃~ ║  ┆~|                 mmu_notifier_invalidate_range_end(mm, 0, 4096);
    22 ┃~ ·  ┆~|                 return -1;
    23 ┃~    ┆~|         }
    24 ┃~ ║  ┆~|         mmu_notifier_invalidate_range_end(mm, 0, 4096);
    25 ┃~ ·  ┆~|
    26 ┃~ ·  ┆~|         if (now)
    27 ┃  ·  ┆ |                 spin_unlock(ptl);
    28 ┃~ ·  ┆~|         return 0;
"""
# a call under the lock with @now false: what takes the lock is not reached
UNDER = """\
    13 ┃  ·  ┆ |         if (now)
    14 -  -  - |                 spin_lock(ptl);
    15 ┃  ·  ┆ |         work(1);
"""


# -- what is drawn --------------------------------------------------------------

def test_drawn(tap: Tap) -> None:
    name = built("mm/a.c", MAIN)
    before = PLACE.files()
    done = in_tree(name, "helper")
    said(tap, "all paths joined", done, 0, JOINED, "┃ a page table lock is held", without="\033")
    said(tap, "--each draws the calls apart", in_tree("--each", name, "helper"), 0, UNDER,
         "1 of 2\n  called in locked() at mm/a.c:36\n", "2 of 2\n  called in unlocked() at mm/a.c:43\n",
         "    13 ?  ·  ? |         if (now)\n", without="joined")
    said(tap, "a function that other files call", in_tree(name, "unlocked", "locked"), 0,
         "  entered from other files, or by a pointer\n", "    41 ?  ·  ? | int unlocked",
         "    35 ┃  ·  ┆ |         spin_lock(ptl);\n")
    tap.ok(PLACE.files() == before and not list(TMP.iterdir()), "nothing is left behind, nothing is changed",
           *map(str, TMP.iterdir()))
    for form in ("text", "html", "json"):
        place = SCRATCH / f"written.{form}"
        done = in_tree(f"--format={form}", f"--output={place}", name, "helper")
        first = place.read_bytes()
        in_tree(f"--format={form}", f"--output={place}", name, "helper")
        tap.ok(not done.returncode and not done.stdout and first and place.read_bytes() == first,
               f"--output --format={form}: twice the same bytes", done.stderr)
    record = SCRATCH / "written.json"
    said(tap, "a record that was written before", context(record, "helper"), 0,
         JOINED.split("\n", 4)[4], without="mncheck: error")
    said(tap, "all functions of a record, named as seen from --kdir", context(f"--kdir={TREE}", record), 0, JOINED)
    unwritable = in_tree(f"--output={SCRATCH}/nosuch/file", name, "helper")
    said(tap, "an output that cannot be written", unwritable, 2, "nosuch/file.tmp: No such file")


def test_wanted(tap: Tap) -> None:
    """Functions that no rule would look at: of no use to one, in a header, without the API."""
    put(TREE / "include/h.h", "static inline int twice(int n)\n{\n\treturn 2 * n;\n}\n")
    text = MAIN.replace("work(1);", "work(twice(1));").replace("int cond(void);", '#include "../include/h.h"\nint cond(void);')
    name = built("mm/wanted.c", text)
    said(tap, "a function of a header that only counts", in_tree(name, "twice"), 0,
         "include/h.h:1: twice() in mm/wanted.c\n", "     3 ┃~ ·  ┆~|         return 2 * n;")
    name = built("mm/without.c", "typedef struct spinlock { int raw; } spinlock_t;\n"
                 "void spin_lock(spinlock_t *lock);\nvoid rcu_read_lock(void);\n\nint none(void)\n{\n"
                 "\trcu_read_lock();\n\treturn 0;\n}\n")
    said(tap, "a unit that does not name the API", in_tree(name, "none"), 0,
         "     7 ?  ?  ┆ |         rcu_read_lock();")
    said(tap, "--arg=limit-steps=1: given up", in_tree("--arg=limit-steps=1", "mm/a.c", "helper"), 0,
         "given up: too many steps (limit-steps); not all paths are here", " -  -  - |")
    record = SCRATCH / "none.json"
    record.write_text(json.dumps({**unit(), "functions": [{**function(), "contexts": [], "lines": []}]}))
    said(tap, "a function that nothing comes to", context(record), 2, "f(): no path comes to it")
    record.write_text(json.dumps({**unit(), "functions": [
        {**function(), "contexts": [], "lines": [], "given_up": ["too many blocks"]}]}))
    said(tap, "one that was given up before", context(record), 2, "f(): given up before a path came to it: too many")


def test_found(tap: Tap) -> None:
    """Where the command of a file is found, and what it means."""
    relative = f"{GCC} -std=gnu11 -fplugin={PLUGIN} -fplugin-arg-mmu_notifier_plugin-stats -MD -MF x.d -o x.o "
    built("mm/old.c", MAIN, relative + "-c ../tree/mm/old.c", saved="cmd_")
    said(tap, "a command as of 5.10, in the build's folder, with a plugin", in_tree("mm/old.c", "locked"), 0,
         "mm/old.c:31: locked()")
    said(tap, "the same from elsewhere, by its own name", context(f"--objdir={OUT}", TREE / "mm/old.c", "locked"), 0,
         "┃  ·  ┆ |         spin_lock(ptl);")
    module = SCRATCH / "module"
    put(module / "sub/m.c", MAIN)
    put(module / "sub/.m.o.cmd", f"savedcmd_sub/m.o := {GCC} -std=gnu11 -c -o sub/m.o sub/m.c\n")
    said(tap, "a module, run in its own folder", context(module / "sub/m.c", "locked"), 0, "sub/m.c:31: locked()")
    put(module / "sub/.m.o.cmd", f"cmd_{module}/sub/m.o := {GCC} -std=gnu11 -c -o {module}/sub/m.o {module}/sub/m.c\n")
    said(tap, ".. and in the kernel's", context(f"--kdir={TREE}", f"--objdir={OUT}", module / "sub/m.c", "locked"), 0,
         "sub/m.c:31: locked()")
    wrapper = put(SCRATCH / "wrapper", "#!/bin/sh\nexit 1\n")
    name = built("mm/wrapped.c", MAIN, f"{wrapper} {GCC} -std=gnu11 -c -o x.o {TREE}/mm/wrapped.c")
    said(tap, "a compiler that ccache runs", in_tree(name, "locked"), 0, "mm/wrapped.c:31: locked()")
    put(OUT / "include/config/auto.conf", "")
    (OUT / "source").symlink_to(TREE)
    done = run([MNCHECK, "context", f"--plugin={PLUGIN}", name, "locked"], cwd=OUT)
    said(tap, "in the folder of a build, which knows its source", done, 0, "mm/wrapped.c:31: locked()")
    (OUT / "source").unlink()
    put(TREE / "m.c", MAIN)
    put(OUT / ".m.o.cmd", f"cmd_m.o := {GCC} -c -o m.o ../nosuch/m.c\n")
    said(tap, "a command of another file of this name is none", in_tree("m.c", "locked"), 2, "how it is compiled is not known")


# -- what is hostile, or odd ------------------------------------------------------

EVIL = "<script>alert(1)</script>\"'&\033[31m"
ODD = HEAD + """
#define TAKE_BOTH(lock, what) \\
	do { \\
		spin_lock(lock); \\
		work(what); \\
	} while (0)

int odd(spinlock_t *ptl)
{
	/* <script>alert(2)</script> \033[31m \x9b31m \x07 */
	TAKE_BOTH(ptl,
		  1);
	work(2); /* LONG */
	spin_unlock(ptl);	return 0; }
int next(void) { return 1; }
"""


def odd_source() -> bytes:
    text = ODD.replace("LONG", "x" * 100000).encode("latin-1")
    return text.replace(b"what) \\", b"what) \\", 1).replace(b"alert(2)", b"alert(2) \xff\xfe \xc3\xa9", 1)


def test_odd(tap: Tap) -> None:
    name = built("mm/odd.c", odd_source())
    done = in_tree(name, "odd")
    said(tap, "a source with anything in it", done, 0, "int odd(spinlock_t *ptl)", "alert(2) \ufffd\ufffd é</script> ", "\ufffd[31m \ufffd31m \ufffd",
         "┃  ?  ┆ |         TAKE_BOTH(ptl,\n", "┃  ?  ┆ |                   1);\n", "x" * 100000, "return 0; }", without="\033")
    tap.ok("next" not in done.stdout, "the next function is not drawn", done.stdout[-300:])
    page = in_tree("--format=html", name, "odd").stdout
    tap.ok("<script" not in page and "\033" not in page and "&lt;script&gt;alert(2)" in page and "alert(2) \ufffd\ufffd é&lt;" in page,
           "html: what is in a source is text")
    record = SCRATCH / "evil.json"
    f = {**function(), "name": EVIL, "given_up": [EVIL], "contexts": [
        {"root": True, "callers": [{"func": EVIL, "file": EVIL, "line": 1}], "lines": function()["lines"]}]}
    record.write_text(json.dumps({**unit(), "unit": EVIL, "functions": [f]}))
    for words in ((), ("--each",)):
        page = context("--format=html", *words, f"--source={TREE}", record).stdout
        parsed = Page()
        parsed.feed(page)
        tap.ok("<script" not in page and "\033" not in page and page.count("&lt;script&gt;") == 5 and
               not parsed.open and not parsed.wrong and not parsed.scripts, f"html: names are text {' '.join(words)}",
               page.split("</style>")[1], *parsed.open, *parsed.wrong)
        done = context(*words, f"--source={TREE}", record)
        tap.ok(not done.returncode and "\033" not in done.stdout and "<script>" in done.stdout,
               f"text: names obey no terminal {' '.join(words)}", done.stdout, done.stderr)


def test_terminal(tap: Tap) -> None:
    in_tree("--format=json", f"--output={SCRATCH}/t.json", "mm/a.c", "helper")
    record = SCRATCH / "t.json"
    plain = context(record).stdout
    coloured = on_terminal("context", record, cwd=SCRATCH, NO_COLOR="")
    bare = re.sub(r"\033\[[0-9;]*m", "", coloured)
    legend = plain.split("\n\n")[0]
    tap.ok("\033[1;31m┃\033[0m" in coloured and bare == f"{plain}\n{legend}\nstatus 0",
           "colours on a terminal, the legend once more at its end", coloured)
    tap.ok("\033" not in on_terminal("context", record, cwd=SCRATCH, NO_COLOR="1"), "no colours with NO_COLOR")
    in_tree("--format=json", f"--output={SCRATCH}/t.json", "mm/odd.c", "odd")
    shown = on_terminal("context", record, cwd=SCRATCH, NO_COLOR="1", columns=60)
    tap.ok(max(map(len, [line for line in shown.splitlines() if "|" in line])) == 59 and "xxx…\n" in shown,
           "a line is not longer than the terminal", shown[:3000])


def test_changed(tap: Tap) -> None:
    name = built("mm/changed.c", MAIN)
    record = SCRATCH / "changed.json"
    in_tree("--format=json", f"--output={record}", name, "helper")
    put(TREE / name, "/* new */\n" + MAIN)
    said(tap, "a source that has changed since", context(record), 2, "mm/changed.c: it has changed since it was compiled")
    said(tap, ".. is compiled as it is now", in_tree(name, "helper"), 0, "mm/changed.c:11: helper()")
    (TREE / name).unlink()
    said(tap, "a source that is gone", context(record), 2, "the source of helper() is not there; name its folder")


def test_refused(tap: Tap) -> None:
    """Records that are none, or have things in them that cannot be."""
    place = SCRATCH / "wrong.json"
    def lines(*what) -> dict:
        return {**unit(), "functions": [{**function(), "lines": list(what)}]}
    bar = {"ptl": ["no", "no"], "region": ["no", "no"], "atomic": ["no", "no"]}
    wrong = [("cut", json.dumps(unit())[:-5]), ("of findings", json.dumps({"file": "mm/a.c", "findings": []})),
             ("no function", json.dumps({**unit(), "functions": {}})), ("line 0", json.dumps(lines({"line": 0, **bar}))),
             ("lines out of order", json.dumps(lines({"line": 9, **bar}, {"line": 9, **bar}))),
             ("a bar that is none", json.dumps(lines({"line": 9, **bar, "ptl": ["maybe", "no"]}))),
             ("a bar that is missing", json.dumps(lines({"line": 9, "ptl": ["no", "no"]}))),
             ("a caller that is none", json.dumps({**unit(), "functions": [{**function(), "contexts": [
                 {"root": True, "callers": [1], "lines": []}]}]})),
             ("a text that is none", json.dumps({**unit(), "functions": [{**function(), "given_up": [1]}]})),
             ("nearness", json.dumps({**unit(), "missing": [{"name": "x"}]}))]
    for name, text in wrong:
        place.write_text(text)
        said(tap, f"refused: a record, {name}", context(f"--source={TREE}", place), 2, "wrong.json:1:", ": error: this is no record")
    for name, edit in (("a line behind the end", {"line": 10 ** 6}), ):
        place.write_text(json.dumps({**unit(), "functions": [{**function(), **edit}]}))
        said(tap, f"refused: {name}", context(f"--source={TREE}", place), 2, "it has no line 1000000")
    place.write_text(json.dumps(lines({"line": 2 ** 31 - 1, **bar})))
    said(tap, "code behind the end is not drawn", context(f"--source={TREE}", place), 0, "f()")
    place.write_text(json.dumps(unit()))
    said(tap, "refused: a function that is not in the record", context(place, "g"), 2, "wrong.json has no function of this name")


def test_errors(tap: Tap) -> None:
    broken = built("mm/broken.c", MAIN + "int broken(void) { return nosuch; }\n")
    foreign = built("mm/foreign.c", MAIN, f"nosuch-gcc -c -o x.o {TREE}/mm/foreign.c")
    put(TREE / "mm/unbuilt.c", MAIN)
    fake = put(SCRATCH / "other/mmu_notifier_plugin.so", "no plugin")
    rows = [(("--nosuch", "mm/a.c"), "mncheck: error: --nosuch: no such option; see mncheck context --help"),
            (("--kdir",), "mncheck: error: --kdir: needs a value; see mncheck context --help"), ((), "context: no file"), (("mm/a.c",), "no function; see"), (("mm/nosuch.c", "f"), "mm/nosuch.c: No such file"),
            (("mm/a.c", "helpr"), "helpr: mm/a.c has no function of this name that it uses; there is helper()"),
            (("mm/a.c", "quite_different"), "has no function of this name that it uses\n"),
            (("mm/a.c", "a,b"), "'a,b' is no name"), (("mm/a.c", ""), "'' is no name"),
            ((broken, "helper"), "mm/broken.c does not compile: "), ((broken, "helper"), "nosuch"),
            ((foreign, "helper"), "nosuch-gcc"), (("mm/unbuilt.c", "helper"), "build its object first"),
            ((f"--plugin={fake}", "mm/a.c", "helper"), f"{GCC} does not load {fake}: "),
            (("--plugin=/nosuch.so", "mm/a.c", "helper"), "/nosuch.so: No such file"),
            (("--arg=rules=nosuch", "mm/a.c", "helper"), "no such rule"), (("--arg=nosuch", "mm/a.c", "helper"), "no such option"),
            (("--format=xml", "mm/a.c", "helper"), "--format=xml: no such form"), (("--nosuch",), "--nosuch: no such option"),
            (("--kdir=/nosuch", "mm/a.c", "helper"), "--kdir=/nosuch: No such file"), ((SCRATCH, "f"), "no C file")]
    for words, text in rows:
        done = in_tree(*words)
        tap.ok(done.returncode == 2 and not done.stdout and text in done.stderr and len(done.stderr.splitlines()) <= 2,
               f"refused: {' '.join(map(str, words)) or 'nothing'}", f"status {done.returncode}", done.stdout, done.stderr)
    tap.ok(not list(TMP.iterdir()), "nothing is left behind by what failed", *map(str, TMP.iterdir()))
    said(tap, "no folder for what is compiled", in_tree("mm/a.c", "helper", TMPDIR="/nosuch"), 2, "name another folder as TMPDIR")
    alone = SCRATCH / "alone/mncheck"
    put(alone, MNCHECK.read_bytes()).chmod(0o755)
    done = run([alone, "context", f"--kdir={TREE}", f"--objdir={OUT}", "mm/a.c", "helper"])
    said(tap, "no plugin beside the program", done, 2, "no plugin beside this program")
    said(tap, "--help", context("--help"), 0, "usage: mncheck context ")


def test_interrupted(tap: Tap) -> None:
    slow = put(SCRATCH / "slow-gcc", "#!/bin/sh\necho started > \"$0.started\"\nexec sleep 60\n")
    slow.chmod(0o755)
    name = built("mm/slow.c", MAIN, f"{slow} -c -o x.o {TREE}/mm/slow.c")
    for number in (signal.SIGINT, signal.SIGTERM):
        mark = Path(f"{slow}.started")
        mark.unlink(missing_ok=True)
        with subprocess.Popen([MNCHECK, "context", f"--plugin={PLUGIN}", f"--kdir={TREE}", f"--objdir={OUT}", name, "helper"],
                              env={**os.environ, "TMPDIR": str(TMP)}, stderr=subprocess.PIPE, text=True,
                              preexec_fn=hear_interrupt) as child:
            for _ in range(200):
                if mark.exists():
                    break
                time.sleep(0.05)
            child.send_signal(number)
            said_there = child.communicate(timeout=30)[1]
        tap.ok(child.returncode == 128 + number and "interrupted" in said_there and not list(TMP.iterdir()),
               f"interrupted by {number.name}: nothing is left behind", f"status {child.returncode}", said_there)


def test_sparse(tap: Tap) -> None:
    if not SPARSE.exists():
        tap.skip("--sparse draws the same", "mncheck-sparse is not built")
        return
    done = in_tree(f"--sparse={SPARSE}", "mm/a.c", "helper")
    said(tap, "--sparse draws the same", done, 0, JOINED)
    clang = put(SCRATCH / "clang-19", "#!/bin/sh\nexit 1\n")
    name = built("mm/clang.c", MAIN, f"{clang} -std=gnu11 -c -o x.o {TREE}/mm/clang.c")
    if INSTALLED or SPARSE.parent == MNCHECK.parent:
        done = run([MNCHECK, "context", f"--kdir={TREE}", f"--objdir={OUT}", name, "helper"])
        said(tap, "a clang build is read with mncheck-sparse", done, 0, JOINED.split("\n", 1)[1].replace("mm/a.c", "mm/clang.c"))


def make_page(page: Path) -> None:
    PLACE.clear()
    built("mm/a.c", MAIN)
    in_tree("--format=html", f"--output={page}", "mm/a.c", "helper")


def main() -> int:
    tap = Tap()
    PLACE.clear()
    for test in (test_drawn, test_wanted, test_found, test_odd, test_terminal, test_changed, test_refused, test_errors,
                 test_interrupted, test_sparse):
        test(tap)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
