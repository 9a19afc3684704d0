#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""mncheck: report, diff, explain, and the programs that it runs; TAP.

The records are made up here: no compiler is needed.
"""

import fcntl
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import termios
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.records import finding, unit, write
from tests.tap import Tap
from tools.mnlib import BUILD, CONTRACT, GCC, INSTALLED, LINK, MNCHECK, REPLAY, ROOT, SPARSE, plugin_flags, rules, run

SCRATCH = BUILD / "tests/report"
ATOMIC = finding("mm/a.c", "f", "region-atomic", "atomic-lock")
BALANCE = finding("mm/a.c", "g", "region-balance", "open-at-return", 20)
SECOND = finding("mm/a.c", "g", "region-balance", "open-at-return", 30, n=2)
HEADER = finding("include/h.h", "inl", "region-balance", "ended-twice", 5)
DRIVER = finding("drivers/gpu/d.c", "h", "callback-sleeps", "callback-atomic", 7)


def mncheck(*words, **options):
    return run([MNCHECK, *words], cwd=SCRATCH, **options)


def records(name: str, *units: dict) -> str:
    write(SCRATCH / name, *units)
    return name


def said(tap: Tap, name: str, done, status: int, *lines: str, without: str = "\0") -> None:
    """@lines stand in the output, in this order."""
    out, at, missing = done.stdout + done.stderr, 0, []
    for line in lines:
        found = out.find(line, at)
        if found < 0:
            missing.append(f"missing: {line}")
        else:
            at = found + len(line)
    tap.ok(done.returncode == status and not missing and without not in out, name,
           f"status {done.returncode}", *missing, out)


# -- report -------------------------------------------------------------------

def test_table(tap: Tap) -> None:
    both = records("both.jsonl", unit("mm/a.c", ATOMIC, BALANCE, HEADER), unit("mm/b.c", HEADER),
                   unit("drivers/gpu/d.c", DRIVER, trouble=["mncheck: given up: h: too many"]))
    said(tap, "report: rules with findings, by folder; a header's once", mncheck("report", both), 0,
         "rule                 folder      findings\n"
         "callback-sleeps      drivers/gpu        1\n"
         "region-atomic        mm                 1\n"
         "region-balance       include            1\n"
         "                     mm                 1\n"
         "findings                                4\n",
         "3 files, 30 functions, 12 of them simulated\n", "drivers/gpu/d.c: mncheck: given up: h: too many\n",
         without="invalidate-page")
    said(tap, "report --format=text: findings with their steps", mncheck("report", "--format=text", both), 0,
         "drivers/gpu/d.c:7:3: warning: text of callback-atomic [mn-callback-sleeps]\n",
         "mm/a.c:10:3: warning: text of atomic-lock [mn-region-atomic]\n"
         "mm/a.c:9:2: note: (1) 'ptl' is taken here\n", "fix: fix of atomic-lock\nsee: mncheck explain region-atomic\n",
         "findings ", without="\033")
    before = {key: value for key, value in ATOMIC.items() if key != "fix"}
    said(tap, "report --format=text: a record of an older mncheck has no fix",
         mncheck("report", "--format=text", records("before.jsonl", unit("mm/a.c", before))), 0,
         "fix: Start before the lock is taken.\nsee: mncheck explain region-atomic\n")
    (SCRATCH / "tree/mm").mkdir(parents=True, exist_ok=True)
    (SCRATCH / "tree/mm/a.c").write_text("\n" * 8 + "\tspin_lock(ptl);\n\tstart();\n")
    said(tap, "report --format=text --source: source lines", mncheck("report", "--format=text", "--source=tree", both), 0,
         "mm/a.c: In function 'f':\nmm/a.c:10:3: warning: ", "    10 | \tstart();\n       | \t ^\nmm/a.c:9:2: note: ",
         "     9 | \tspin_lock(ptl);\n       | \t^\nfix: ")
    said(tap, "report --exit-code", mncheck("report", "--exit-code", both), 1)
    said(tap, "report --exit-code, nothing found",
         mncheck("report", "--exit-code", records("none.jsonl", unit("mm/a.c"))), 0, "findings")
    done = mncheck("report", "--output=out.txt", both)
    tap.ok(done.returncode == 0 and not done.stdout and
           (SCRATCH / "out.txt").read_text() == mncheck("report", both).stdout, "report --output")


def test_width(tap: Tap) -> None:
    """No line of the text is wider than a hundred columns, and the caret stays below its letter."""
    one = "\tf(a, /* " + "x" * 70 + " */ b);"
    far = "\tg(\"" + "\u20ac" * 200 + "\", @b);" + " /* y */" * 20
    (SCRATCH / "tree/mm").mkdir(parents=True, exist_ok=True)
    (SCRATCH / "tree/mm/w.c").write_text(f"{one}\n{far}\n")
    wide = [finding("mm/w.c", "f", "region-balance", "open-at-return", line, col=col, n=number, events=[],
                    path=[], text="word " * 40 + "end", fix="repair " * 30 + "end")
            for number, (line, col) in enumerate(((1, 2), (1, 0), (2, len(far.split("@")[0].encode()) + 1)), 1)]
    words = mncheck("report", "--format=text", "--source=tree", records("wide.jsonl", unit("mm/w.c", *wide))).stdout
    lines = words.split("\nrule  ")[0].expandtabs().split("\n")
    tap.ok(max(map(len, lines)) <= 100, "report --format=text: no line is wider than 100 columns", *lines)
    carets = [(above[at], above) for above, line in zip(lines, lines[1:])
              if re.fullmatch(r"       \| *\^", line) and (at := line.index("^")) < len(above)]
    tap.ok([letter for letter, _ in carets] == ["f", "@"] and ".." in carets[1][1][:12] and
           words.count("end [mn-region-balance]") == 3 and words.count("repair end\n") == 3 and
           "\n    word word" in words, "report --format=text: the caret of a wide line", words)


def test_names(tap: Tap) -> None:
    """--top: what the compiler calls a file, as seen from the top."""
    top = SCRATCH / "linux"
    top.mkdir(exist_ok=True)
    (SCRATCH / "link").unlink(missing_ok=True)
    (SCRATCH / "link").symlink_to(top)
    for number, name in enumerate((f"{top}/mm/a.c", f"{SCRATCH}/link/mm/a.c", "./mm/../mm//a.c",
                                   f"{top}/virt/kvm/../../mm/a.c", "mm/a.c")):
        one = records(f"name-{number}.jsonl", unit(name, {**ATOMIC, "file": name}))
        said(tap, f"report --top: name {number}", mncheck("report", "--format=text", f"--top={SCRATCH}/link", one), 0,
             "mm/a.c:10:3: warning: ")
        tap.ok(mncheck("report", "--format=text", f"--top={SCRATCH}/link", one).stdout.startswith("mm/a.c: In"),
               f"report --top: name {number} starts the line")
    said(tap, "report --top: a folder that is not there",
         mncheck("report", "--top=nosuch", "name-0.jsonl"), 2, "--top=nosuch: ")


def test_baseline(tap: Tap) -> None:
    now = records("now.jsonl", unit("mm/a.c", ATOMIC, BALANCE, SECOND), unit("drivers/gpu/d.c", DRIVER))
    listed = SCRATCH / "known.findings"
    listed.write_text("# a list\n\n"
                      "drivers/gpu/d.c | h | callback-sleeps | text of callback-atomic | defect | it sleeps | so\n"
                      "mm/a.c | g | region-balance | text of open-at-return | latent | why\n"
                      "mm/gone.c | g | region-balance | text | false | why\n")
    args = ("report", "--format=text", f"--baseline={listed.name}", now)
    said(tap, "report --baseline=LIST: a line hides one finding", mncheck(*args), 0,
         "mm/a.c:10:3: warning", "mm/a.c:30:3: warning", "\nfindings ",
         "2 known to known.findings, not shown: 1 defect, 1 latent", "1 of it not found here",
         without="drivers/gpu/d.c:7")
    said(tap, "report --known: with verdict and reason", mncheck(*args, "--known"), 0,
         "drivers/gpu/d.c:7:3", "known: defect: it sleeps | so\n", "known: latent: why\n")
    before = records("before.jsonl", unit("mm/a.c", {**ATOMIC, "line": 99}, BALANCE))
    said(tap, "report --baseline=RECORDS: lines may move",
         mncheck("report", "--format=text", "--exit-code", f"--baseline={before}", now), 1,
         "drivers/gpu/d.c:7:3", "mm/a.c:30:3", "2 known to before.jsonl, not shown\n", without="mm/a.c:10:3")
    text = finding("mm/n.c", "f", "region-atomic", "atomic-lock", text="12 of a1 and 7b in 1, 0x10")
    numbers = records("numbers.jsonl", unit("mm/n.c", text))
    listed.write_text("mm/n.c | f | region-atomic | N of a1 and 7b in N, 0x10 | defect | why\n")
    said(tap, "report --baseline=LIST: numbers are N",
         mncheck("report", "--exit-code", f"--baseline={listed.name}", numbers), 0, "1 known")
    listed.write_text("mm/n.c | f | region-atomic | text | defect\n")
    said(tap, "report --baseline: a line without its reason",
         mncheck("report", f"--baseline={listed.name}", numbers), 2,
         "known.findings:1:1: error: column 6 is missing or empty")
    for kernel in sorted((ROOT / "testcases/kernel").glob("*.findings")):
        said(tap, f"report --baseline={kernel.name}: is read",
             mncheck("report", f"--baseline={kernel}", now), 0, "0 known to")


def on_terminal(*words, columns: int = 0, cwd: Path = SCRATCH, **env) -> str:
    """What mncheck prints where its output is a terminal."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("4H", 40, columns, 0, 0))
    with os.fdopen(master, "rb") as terminal:
        done = subprocess.run([MNCHECK, *words], cwd=cwd, stdout=slave, check=False,
                              env={**os.environ, **env})
        os.close(slave)
        text = b""
        try:
            while part := terminal.read1(4096):
                text += part
        except OSError:     # Linux says so at the end of a terminal
            pass
    return text.decode().replace("\r\n", "\n") + f"status {done.returncode}"


def test_terminal(tap: Tap) -> None:
    one = records("one.jsonl", unit("mm/a.c", ATOMIC))
    plain = mncheck("report", "--format=text", "--source=tree", one).stdout + "status 0"
    coloured = on_terminal("report", "--format=text", "--source=tree", one, NO_COLOR="")
    tap.ok("\033[1mmm/a.c:10:3:\033[0m \033[1;35mwarning:\033[0m" in coloured and
           re.sub(r"\033\[[0-9;]*m", "", coloured) == plain, "report: colours on a terminal", coloured)
    tap.ok(on_terminal("report", "--format=text", "--source=tree", one, NO_COLOR="1") == plain,
           "report: no colours with NO_COLOR")


def test_odd(tap: Tap) -> None:
    """What a record may lack, or say of a source that is another one by now."""
    odd = [finding("a.c", "", "region-balance", "open-at-return", line, col=col, events=events, path=[], n=number)
           for number, (line, col, events) in enumerate(((0, 0, []), (2, 0, []), (2, 400, []), (90, 1, [])))]
    one = records("odd.jsonl", unit("a.c", *odd))
    (SCRATCH / "tree/a.c").write_text("int a;\nint b;")
    said(tap, "report --format=text: places that are in no source",
         mncheck("report", "--format=text", "--source=tree", one), 0, "a.c:0:0: warning", "a.c:2:0: warning",
         "     2 | int b;\nfix:", "a.c:2:400: warning", "a.c:90:1: warning", without="In function")
    said(tap, "report: a file in no folder", mncheck("report", one), 0, "region-balance       .  ")
    for form in ("html", "sarif", "junit"):
        said(tap, f"report --format={form}: places that are in no source",
             mncheck("report", f"--format={form}", "--source=tree", one), 0, "text of open-at-return")
    # make appends: a unit that was compiled again has two records
    twice = records("twice.jsonl", unit("mm/a.c", ATOMIC), unit("mm/a.c", ATOMIC, BALANCE, trouble=["mncheck: given up: f: b"]),
                    unit("mm/a.c", trouble=["mncheck: given up: g: c"]))
    said(tap, "report: two records of one unit", mncheck("report", twice), 0, "findings                           2\n",
         "1 file", "mm/a.c: mncheck: given up: f: b\n", "mm/a.c: mncheck: given up: g: c\n")


# -- diff ---------------------------------------------------------------------

def test_diff(tap: Tap) -> None:
    old = records("old.jsonl", unit("mm/a.c", ATOMIC, BALANCE, HEADER), unit("mm/b.c", HEADER),
                  unit("drivers/gpu/d.c", DRIVER), unit("mm/quiet.c"))
    moved = {**ATOMIC, "line": 500, "text": "another text"}
    said(tap, "diff: the same", mncheck("diff", old, old), 0, "new: 0\n", "same: 4\n", without="compiled")
    new = records("new.jsonl", unit("mm/a.c", moved, SECOND), unit("mm/b.c", HEADER), unit("mm/c.c"))
    said(tap, "diff: new, fixed, gone, same, units", mncheck("diff", old, new), 1,
         "new: 1\nmm/a.c:30:3: warning: text of open-at-return [mn-region-balance]\n"
         "mm/a.c:29:2: note: (1) 'ptl' is taken here\n",
         "fixed: 1\n  mm/a.c: g: text of open-at-return [mn-region-balance]\n",
         "gone, but not looked for: 1\n  drivers/gpu/d.c: h: text of callback-atomic "
         "[mn-callback-sleeps] (not compiled)\n", "same: 2\n",
         "not compiled in NEW, or no longer naming the API: 2\n  drivers/gpu/d.c\n  mm/quiet.c\n",
         "not compiled in OLD, or no longer naming the API: 1\n  mm/c.c\n")
    said(tap, "diff: a finding of a header is gone where one of its units is compiled",
         mncheck("diff", old, records("part.jsonl", unit("mm/b.c"))), 0,
         "fixed: 1\n  include/h.h: inl", "gone, but not looked for: 3\n", "same: 0")
    for trouble, why in (("mncheck: given up: f: too many states", "its function was given up"),
                         ("mncheck: given up: /x/mm/a.c: nested too deep", "its function was given up"),
                         ("mncheck: internal: bad block", "refused by mncheck")):
        now = records("trouble.jsonl", unit("mm/a.c", trouble=[trouble]))
        said(tap, f"diff: {trouble}", mncheck("diff", records("one.jsonl", unit("mm/a.c", ATOMIC)), now), 0,
             "fixed: 0\n", f"[mn-region-atomic] ({why})", f"NEW: mm/a.c: {trouble}\n")
    given = unit("mm/a.c", ATOMIC, trouble=["mncheck: given up: f: too many states"])
    said(tap, "diff: given up in both: it is gone", mncheck("diff", records("given.jsonl", given),
         records("trouble.jsonl", {**given, "findings": []})), 0, "fixed: 1\n")


# -- what is refused ------------------------------------------------------------

def test_refused(tap: Tap) -> None:
    good = records("good.jsonl", unit("mm/a.c", ATOMIC))
    (SCRATCH / "empty.jsonl").write_text("")
    (SCRATCH / "cut.jsonl").write_text((SCRATCH / good).read_text() * 2 + '{"file": "mm/a.c", ')
    bad = {key: value for key, value in ATOMIC.items() if key != "fingerprint"}
    records("other.jsonl", unit("mm/a.c", bad))
    records("list.jsonl", unit("mm/a.c", findings="none"))
    for file, text in (("nosuch.jsonl", "nosuch.jsonl: No such file or directory; name what record= wrote"),
                       ("empty.jsonl", "empty.jsonl: no record in it: nothing was compiled"),
                       ("cut.jsonl", "cut.jsonl:3:"), (".", "Is a directory"),
                       ("other.jsonl", "other.jsonl:1:1: error: this is no record (Object item not found: fingerprint)"),
                       ("list.jsonl", "list.jsonl:1:1: error: this is no record")):
        for words in (("report", file), ("diff", good, file), ("diff", file, good),
                      ("report", f"--baseline={file}", good)):
            if words[1] == "--baseline=empty.jsonl":
                continue    # a list may be empty
            done = mncheck(*words)
            tap.ok(done.returncode == 2 and not done.stdout and
                   (text in done.stderr or words[1].startswith("--b")), f"refused: {' '.join(words)}",
                   f"status {done.returncode}", done.stdout, done.stderr)
    step = ATOMIC["events"][0]
    for name, made in (("steps", unit("mm/a.c", {**ATOMIC, "events": "none"})),
                       ("a step", unit("mm/a.c", {**ATOMIC, "path": [{**step, "line": "x"}]})),
                       ("trouble", unit("mm/a.c", trouble=[1])), ("a unit", {"file": "mm/a.c"}),
                       ("no list", unit("mm/a.c", trouble="x"))):
        said(tap, f"refused: a record with wrong {name}", mncheck("report", records("wrong.jsonl", made)), 2,
             "wrong.jsonl:1:1: error: ")
    for words, text in (((), "no command"), (("diff", "--nosuch", good, good), "mncheck: error: --nosuch: no such option; see mncheck diff --help\n"), (("nosuch",), "'nosuch' is no command"),
                        (("../mncheck-x",), "is no command"), (("diff", good), "two files"),
                        (("report",), "no file of records"), (("report", "--nosuch", good), "mncheck: error: --nosuch: no such option; see mncheck report --help\n"),
                        (("report", "--known=1", good), "--known=1: takes no value; see"), (("diff", good, "-ab"), "-a: no such option"),
                        (("diff", "--top"), "--top: needs a value; see mncheck diff --help"),
                        (("report", "--format=xml", good), "--format=xml: no such form"),
                        (("report", "--output=/nonexistent/file", good), "/nonexistent/file"),
                        (("explain", "nosuch"), "'nosuch' is no rule"), (("explain", "a", "b"), "one rule")):
        said(tap, f"refused: {' '.join(words) or 'nothing'}", mncheck(*words), 2, text)
    with open("/dev/full", "w", encoding="ascii") as full:
        done = subprocess.run([MNCHECK, "report", good], stdout=full, stderr=subprocess.PIPE, text=True,
                              cwd=SCRATCH, check=False)
    tap.ok(done.returncode == 2 and "cannot be written" in done.stderr, "an output that is lost is an error")


# -- explain, and other programs --------------------------------------------------

def test_help(tap: Tap) -> None:
    for words in (("report",), ("diff",), ("explain",), ()):
        said(tap, f"{' '.join(('mncheck', *words))} --help", mncheck(*words, "--help"), 0,
             f"usage: mncheck {' '.join(words)}")
    said(tap, "mncheck help", mncheck("help"), 0, "usage: mncheck")
    one = records("one.jsonl", unit(f"{SCRATCH}/mm/a.c", ATOMIC))
    said(tap, "diff --top", mncheck("diff", f"--top={SCRATCH}", one, records("none.jsonl", unit("mm/b.c"))), 0,
         "not compiled in NEW, or no longer naming the API: 1\n  mm/a.c\n")
    said(tap, "report --help-uri", mncheck("report", "--format=sarif", "--help-uri=https://example.org/r", one), 0,
         "https://example.org/r")


def test_explain(tap: Tap) -> None:
    section = (ROOT / "docs/rules.md").read_text().split("\n## region-atomic\n")[1].split("\n## ")[0]
    words = re.findall(r"\w+", re.sub(r"```c?|\]\([^)]*\)", "", section))
    for name in ("region-atomic", "mn-region-atomic", "[mn-region-atomic]"):
        done = mncheck("explain", name)
        tap.ok(done.returncode == 0 and re.findall(r"\w+", done.stdout)[2:2 + len(words)] == words,
               f"explain {name}: the section of docs/rules.md", done.stdout)
    silent = [rule for rule in rules() if f"\n{rule}\n" not in "\n" + mncheck("explain").stdout
              or mncheck("explain", rule).returncode]
    tap.ok(not silent, "explain: lists each rule, and has its text", *silent)
    ids = re.findall(r'^MN_MESSAGE\(\w+,\s*\w+,\s*"([\w-]+)"', (ROOT / "core/base/messages.def").read_text(), re.M)
    silent = [name for name in ids if f"    {name} " not in mncheck("explain", name).stdout]
    tap.ok(ids and not silent, "explain: has each message", *silent)
    said(tap, "explain RULE:MESSAGE, as excuses have it", mncheck("explain", "region-atomic:atomic-rcu"), 0,
         "inside an RCU read-side section", "It is a message of region-atomic\n")
    said(tap, "explain RULE:MESSAGE, where both have one name", mncheck("explain", "retry-missing:retry-missing"), 0,
         "It is a message of retry-missing\n")
    for word in ("range-unlocked:atomic-rcu", "region-atomic:region-atomic", ":atomic-rcu"):
        said(tap, f"explain {word}: no message of that rule", mncheck("explain", word), 2,
             f"'{word}' is no rule and no message")


def test_programs(tap: Tap) -> None:
    """mncheck NAME runs mncheck-NAME: beside it first, then in libexec."""
    top = SCRATCH / "prefix"
    shutil.rmtree(top, ignore_errors=True)
    for folder in ("bin", "libexec/mncheck"):
        (top / folder).mkdir(parents=True)
        for name in ("one", "two")[:1 + (folder != "bin")]:
            program = top / folder / f"mncheck-{name}"
            program.write_text(f"#!/bin/sh\necho {folder} {name} \"$@\"\nexit 3\n")
            program.chmod(0o755)
    shutil.copy(MNCHECK, top / "bin/mncheck")
    link = SCRATCH / "anywhere"
    link.unlink(missing_ok=True)
    link.symlink_to(top / "bin/mncheck")
    for name, line in (("one", "bin one a b c"), ("two", "libexec/mncheck two a b c")):
        done = run([link, name, "a", "b c"])
        tap.ok(done.returncode == 3 and done.stdout == line + "\n", f"mncheck {name} runs a program",
               done.stdout, done.stderr)
    said(tap, "--help lists commands and programs", run([link, "--help"]), 0, "report ", "diff ", "explain ",
         "one ", "two ")
    (top / "bin/mncheck-one").chmod(0o644)
    tap.ok(os.geteuid() == 0 or run([link, "one"]).returncode == 2, "a program that cannot be run is an error")


def test_versions(tap: Tap) -> None:
    version = re.search(r"\((.*?)\)", (ROOT / "debian/changelog").read_text())[1]
    for program, says in ((MNCHECK, f"mncheck {version}\n"), (REPLAY, f"mn-replay (mncheck) {version}\n"),
                          (CONTRACT, f"mn-contract (mncheck) {version}\n"), (LINK, f"mncheck-link (mncheck) {version}\n"),
                          (SPARSE, f"mncheck-sparse (mncheck) {version}, with sparse ")):
        if not program.exists() and program == SPARSE:
            tap.skip("mncheck-sparse --version", "mncheck-sparse is not built")
            continue
        done = run([program, "--version"])
        tap.ok(done.returncode == 0 and done.stdout.startswith(says), f"{program.name} --version",
               done.stdout, done.stderr)
        done = run([program, "--help"])
        tap.ok(done.returncode == 0 and done.stdout.startswith(f"usage: {program.name} ") and
               not done.stderr, f"{program.name} --help", done.stdout, done.stderr)
    done = mncheck("range", "--version")
    tap.ok(done.returncode == 0 and done.stdout == f"mncheck {version}\n", "mncheck range --version", done.stdout, done.stderr)
    done = run([GCC, "-c", "-xc", "/dev/null", "-o", "/dev/null", *plugin_flags("version")])
    tap.ok(done.returncode == 0 and done.stderr.startswith(f"mncheck {version}, for GCC "), "the plugin's version", done.stderr)


def main() -> int:
    tap = Tap()
    SCRATCH.mkdir(parents=True, exist_ok=True)
    tap.ok(MNCHECK.exists(), f"mncheck is {'installed' if INSTALLED else 'built'}")
    for test in (test_table, test_width, test_names, test_baseline, test_terminal, test_odd, test_diff, test_refused,
                 test_help, test_explain, test_programs, test_versions):
        test(tap)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
