#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""mncheck range: which commit of a range adds which finding; TAP.

The kernel is one in small, of tests/range_kernel.py; git, make and the compiler are the real ones.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.range_kernel import CONFIG, INCLUDE, Kernel, bad, good, source
from tests.tap import Tap
from tools.mnlib import BUILD, GCC, MNCHECK, PROGRAMS, ROOT, hear_interrupt, run

SCRATCH = BUILD / "tests/range"
HELPER = "static inline void helper_done(struct mm_struct *mm, int busy)\n{\n%s}\n"
ENDS = HELPER % "\tmmu_notifier_invalidate_range_end(mm, 0, 1);\n"
HALF = HELPER % "\tif (!busy)\n\t\tmmu_notifier_invalidate_range_end(mm, 0, 1);\n"
USER = ("void user_of_helper(struct mm_struct *mm, int busy)\n{\n\tmmu_notifier_invalidate_range_start(mm, 0, 1);\n"
        "\thelper_done(mm, busy);\n}\n")
# one that is like it, of another mm, in front
TWICE = bad("twice").replace("mm, int", "mm, struct mm_struct *other, int late, int").replace("{\n", (
    "{\n" + "".join(f"{line}\n" for line in bad("").splitlines()[2:-1]).replace("(mm", "(other").replace("busy", "late")))
PLAIN = {k: v for k, v in os.environ.items()
         if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "KCFLAGS", "O", "KDIR", "RULES")}


def history() -> Kernel:
    """A dozen commits, and what they are for."""
    kernel = Kernel(SCRATCH / "kernel")
    kernel.commit("base", {
        "include/helper.h": INCLUDE + ENDS,
        "mm/added.c": source(good("added")), "mm/moved.c": source(bad("moved")), "mm/cured.c": source(bad("cured")),
        "mm/old_name.c": source(bad("in_renamed_file"), good("beside"), good("and_beside")),
        "mm/function.c": source(bad("old_function")),
        "mm/header.c": source(USER, include='#include <linux/mmu_notifier.h>\n#include "../include/helper.h"\n'),
        "mm/from.c": source(bad("travels"), good("stays")), "mm/to.c": source(good("resident")),
        "mm/side.c": source(good("on_side")), "mm/evil.c": source(good("in_merge")),
        "mm/twice.c": source(bad("twice")), "mm/plain.c": "int plain(void)\n{\n\treturn 0;\n}\n"})
    kernel.commit("add a fault", {"mm/added.c": source(bad("added"))})
    kernel.commit("move lines", {"mm/moved.c": "/* lines move */\n\n" + source(good("in_front"), bad("moved"))})
    kernel.commit("cure", {"mm/cured.c": source(good("cured"))})
    kernel.commit("rename a file", {"mm/old_name.c": None, "mm/new_name.c": (kernel.top / "mm/old_name.c").read_text()})
    kernel.commit("rename a function", {"mm/function.c": source(bad("new_function"))})
    kernel.git("branch", "topic")
    kernel.commit("change a header", {"include/helper.h": INCLUDE + HALF})
    kernel.commit("move a function", {"mm/from.c": source(good("stays")), "mm/to.c": source(good("resident"), bad("travels"))})
    kernel.commit("put one in front", {"mm/twice.c": source(TWICE)})
    kernel.git("checkout", "-q", "topic")
    kernel.commit("touch the side", {"mm/side.c": source(good("on_side"), good("more"))})
    kernel.commit("a fault at the side", {"mm/side.c": source(bad("on_side"), good("more"))})
    kernel.commit("go on at the side", {"mm/side.c": source(bad("on_side"), good("more"), good("other"))})
    kernel.git("checkout", "-q", "master")
    kernel.merge("merge topic", "topic", {"mm/evil.c": source(bad("in_merge"))})
    kernel.commit("a new file", {"mm/fresh.c": source(bad("fresh"))}, listed=False)
    kernel.commit("build the new file", {})
    kernel.commit("nothing to compile", {"README": "words\n"})
    kernel.commit("no notifier", {"mm/plain.c": "int plain(void)\n{\n\treturn 1;\n}\n"})
    kernel.make("olddefconfig", "prepare", "mm/")
    return kernel


def mncheck_range(kernel: Kernel, text: str, *words: str, **more):
    return run([MNCHECK, "range", text, f"KDIR={kernel.top}", f"O={kernel.out}", f"GCC={GCC}", *words],
               env={**PLAIN, "TMPDIR": str(SCRATCH / "tmp"), **more})


def added(text: str) -> dict[str, str]:
    """Of a mail: the function of each new finding, and the subjects of its commits."""
    found, subjects, fresh = {}, [], True
    for line in text.splitlines():
        title = re.match(r'(commit:   |          )(?:[0-9a-f]{12} \("(.*)"\))?', line)
        if line.startswith("commit:"):
            subjects = []
        if title and title[2]:
            subjects.append(title[2])
        func = re.match(r"   \S+: In function '(\w+)':", line)
        fresh = func[1] if func else fresh
        if line.startswith(">> "):
            found[fresh] = " | ".join(subjects)
    return found


def test_help(tap: Tap) -> None:
    done = run([MNCHECK, "range", "--help"])
    names = set(re.findall(r"\b([A-Z_]+)=", done.stdout)) - {"VARIABLE"}
    document = (ROOT / "docs/report.md").read_text().split("## What a range of commits adds")[1].split("\n## ")[0]
    missing = [name for name in sorted(names) if name not in document]
    tap.ok(done.returncode == 0 and done.stdout.startswith("usage: mncheck range BASE..HEAD") and len(names) > 5 and not missing,
           "mncheck range --help; its variables are documented", *missing, done.stdout, done.stderr)


def fingerprint(folder: Path) -> list[tuple]:
    return sorted((str(path.relative_to(folder)), path.stat().st_mtime_ns) for path in folder.rglob("*"))


def left() -> list[str]:
    return [str(path) for path in (SCRATCH / "tmp").iterdir()]


def test_history(tap: Tap, kernel: Kernel) -> None:
    before = fingerprint(kernel.folder)
    done = mncheck_range(kernel, f"{kernel.commits['base']}..HEAD")
    tap.ok(done.returncode == 1 and added(done.stdout) == {
        "added": "add a fault", "user_of_helper": "change a header", "on_side": "a fault at the side",
        "in_merge": "merge topic", "fresh": "build the new file", "twice": "put one in front"},
        "each commit of the history that adds a finding is named, and no other", done.stdout, done.stderr)
    tap.ok(before == fingerprint(kernel.folder) and not left(),
           "the tree, its repository and its objects are untouched, and nothing is left", *left())
    head = kernel.git("rev-parse", "HEAD")
    missing = [line for line in (
        f"Subject: [linux:master] mm/added.c:", "To: A Tester <tester@example.org>", f'base:     {kernel.commits["base"][:12]} ("base")',
        f'head:     {head[:12]} ("no notifier")', f"config:   {kernel.out}/.config (sha256 ", "compiler: ", "checker:  mncheck ",
        "| Reported-by: \n", f'| Fixes: {kernel.commits["add a fault"][:12]} ("add a fault")',
        "mm/Makefile: changed, too; what that means for files that did not change was not looked at\n", ">> mm/added.c:7:", "note: (1) region 'mm' starts here", "reproduce:\n", " commits, ", " compilations")
        if line not in done.stdout]
    tap.ok(not missing, "the mail has what a robot's has", *missing, done.stdout)
    test_reproduce(tap, done.stdout)


def test_reproduce(tap: Tap, mail: str) -> None:
    """The commands, as they are printed, in an empty folder."""
    place = SCRATCH / "reproduce"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    commands = re.findall(r"^        (\S.*)$", mail.split("\nreproduce:\n")[1].split("\n\n")[0], re.M)
    done = run(["sh", "-ec", "\n".join(commands)], cwd=place, env=PLAIN)
    # GCC's columns count a tab as eight
    printed = set(re.findall(r"(mm/\w+\.c:\d+):\d+: warning: (.*\])", done.stdout + done.stderr))
    wanted = set(re.findall(r"^>> (\S+?:\d+):\d+: warning: (.*)$", mail, re.M))
    tap.ok(done.returncode == 0 and wanted and wanted <= printed, "the commands that reproduce it do",
           done.stdout, done.stderr)


def test_nothing(tap: Tap, kernel: Kernel) -> None:
    for name, first, last in (("what is renamed, moved or cured", "add a fault", "rename a function"),
                              ("a function that goes to another file", "change a header", "move a function"),
                              ("what names no notifier", "nothing to compile", "no notifier"),
                              ("what is not compiled", "build the new file", "nothing to compile")):
        done = mncheck_range(kernel, f"{kernel.commits[first]}..{kernel.commits[last]}")
        lines = done.stdout.splitlines()
        tap.ok(done.returncode == 0 and len(lines) == 1 and "nothing new: " in lines[0], f"nothing new: {name}",
               done.stdout, done.stderr)
    done = mncheck_range(kernel, f"{kernel.commits['base']}..HEAD", "RULES=invalidate-page")
    tap.ok(done.returncode == 0 and "nothing new" in done.stdout, "RULES=", done.stdout, done.stderr)


def compilations(done) -> int:
    return int(re.search(r", (\d+) compilations", done.stdout)[1])


def test_cost(tap: Tap) -> None:
    """Of many commits few are compiled, and only those that touch what a unit reads."""
    kernel = Kernel(SCRATCH / "cost")
    kernel.commit("base", {"mm/a.c": source(good("a")), "mm/b.c": source(good("b"))})
    for number in range(1, 33):
        kernel.commit(f"a {number}", {"mm/a.c": source(bad("a") if number > 20 else good("a"), f"int x{number};\n")})
        kernel.commit(f"b {number}", {"mm/b.c": source(good("b"), f"int y{number};\n")})
    kernel.make("prepare", "mm/")
    done = mncheck_range(kernel, f"{kernel.commits['base']}..")
    # both at the head, a at the base, and one of 32 by halves
    tap.ok(added(done.stdout) == {"a": "a 21"} and compilations(done) <= 8,
           "64 commits: at most 8 compilations", done.stdout, done.stderr)
    kernel.git("revert", "--no-edit", kernel.commits["a 32"])
    done = mncheck_range(kernel, f"{kernel.commits['a 31']}..HEAD")
    tap.ok(done.returncode == 0 and compilations(done) == 1, "what was put right again is compiled no more",
           done.stdout, done.stderr)


def test_broken(tap: Tap) -> None:
    kernel = Kernel(SCRATCH / "broken")
    kernel.commit("base", {"mm/a.c": source(good("a")), "mm/b.c": source(good("b"))})
    kernel.commit("first", {"mm/a.c": source(good("a"), good("more"))})
    kernel.commit("break it", {"mm/a.c": source(good("a"), good("more"), "oops\n")})
    kernel.commit("repair it", {"mm/a.c": source(bad("a"), good("more"))})
    kernel.commit("last", {"mm/a.c": source(bad("a"), good("more"), good("last")), "mm/b.c": source(bad("b"))})
    kernel.make("prepare", "mm/")
    done = mncheck_range(kernel, f"{kernel.commits['base']}..HEAD")
    tap.ok(done.returncode == 2 and added(done.stdout) == {"a": "break it | repair it", "b": "last"} and
           re.search(r"^not looked at: mm/a\.c at commit 2/4, \w{12} \(\"break it\"\), does not compile: mm/a\.c:\d", done.stdout, re.M),
           "a commit between that does not compile: the two that may add it", done.stdout, done.stderr)
    done = mncheck_range(kernel, f"{kernel.commits['base']}..{kernel.commits['break it']}")
    tap.ok(done.returncode == 2 and done.stdout.count("\n") == 1 and "not looked at: 1 in all" in done.stdout,
           "the head does not compile", done.stdout, done.stderr)
    done = mncheck_range(kernel, f"{kernel.commits['break it']}..HEAD")
    tap.ok(done.returncode == 2 and added(done.stdout) == {"b": "last"} and "mm/a.c at the base" in done.stdout,
           "the base does not compile", done.stdout, done.stderr)
    done = mncheck_range(kernel, f"{kernel.commits['base']}..HEAD", "KERNEL_MAKE_ARGS=PREPARE=false")
    tap.ok(done.returncode == 2 and "make prepare: " in done.stdout and "not looked at: 2 in all" in done.stdout,
           "a kernel that cannot be prepared", done.stdout, done.stderr)


def test_unbuilt(tap: Tap) -> None:
    """A build folder with a configuration only, sources and headers that it does not build."""
    kernel = Kernel(SCRATCH / "unbuilt")
    uses = source(USER, include='#include <linux/mmu_notifier.h>\n#include "../include/helper.h"\n')
    kernel.commit("base", {"include/helper.h": INCLUDE + ENDS, "include/other.h": "", "mm/a.c": uses,
                           "mm/b.c": source(good("b")), "mm/c.c": source(good("c")), "mm/off.c": source(good("off"))})
    kernel.write({"mm/Makefile": "obj-y += a.o b.o c.o\nobj-$(CONFIG_OFF) += off.o\n"})
    kernel.commit("no off", {}, listed=False)
    kernel.commit("change all", {"include/helper.h": INCLUDE + HALF, "include/other.h": "/* */\n",
                                 "mm/off.c": source(bad("off"))}, listed=False)
    kernel.make("prepare")
    done = mncheck_range(kernel, "HEAD~1..HEAD")
    tap.ok(done.returncode == 1 and added(done.stdout) == {"user_of_helper": "change all"} and
           "not looked at: mm/off.c: this configuration does not build it\n" in done.stdout and
           "not looked at: include/other.h: nothing that was built includes it\n" in done.stdout and
           "not looked at: 2 in all\n" in done.stdout, "a header, and a build folder where nothing was built",
           done.stdout, done.stderr)


def test_branches(tap: Tap) -> None:
    """The base comes in by a merge; a finding that was cured there comes back."""
    kernel = Kernel(SCRATCH / "branches")
    kernel.commit("root", {"mm/a.c": source(bad("a")), "mm/b.c": source(good("b"))})
    kernel.git("branch", "topic")
    base = kernel.commit("cure a", {"mm/a.c": source(good("a"))})
    kernel.git("checkout", "-q", "topic")
    kernel.commit("work", {"mm/b.c": source(bad("b"))})
    kernel.merge("undo the cure", "master", {"mm/a.c": source(bad("a"))})
    kernel.make("prepare", "mm/")
    done = mncheck_range(kernel, f"{base}..topic")
    tap.ok(done.returncode == 1 and added(done.stdout) == {"a": "undo the cure", "b": "work"},
           "a merge takes the base in", done.stdout, done.stderr)


def test_names(tap: Tap) -> None:
    """A file with three names; the fault comes when it has the second."""
    kernel = Kernel(SCRATCH / "names")
    parts = [good(f"part_{number}") for number in range(8)]
    base = kernel.commit("base", {"mm/one.c": source(good("f"), *parts)})
    kernel.commit("to two", {"mm/one.c": None, "mm/two.c": source(good("f"), *parts)})
    kernel.commit("fault", {"mm/two.c": source(bad("f"), *parts)})
    kernel.commit("go on", {"mm/two.c": source(bad("f"), *parts, good("last"))})
    kernel.commit("to three", {"mm/two.c": None, "mm/three.c": source(bad("f"), *parts, good("last"))})
    kernel.make("prepare", "mm/")
    done = mncheck_range(kernel, f"{base}..HEAD")
    tap.ok(done.returncode == 1 and added(done.stdout) == {"f": "fault"} and ">> mm/three.c:" in done.stdout,
           "a file with three names", done.stdout, done.stderr)


def refused(tap: Tap, name: str, done, *words: str) -> None:
    lines = done.stderr.splitlines()
    document = " ".join((ROOT / "docs/report.md").read_text().split())
    wrong = [word for word in words if word not in done.stderr]
    wrong += [f"not in docs/report.md: {word}" for word in words[:1] if word not in document]
    tap.ok(done.returncode == 2 and len(lines) == 1 and lines[0].startswith("mncheck: error: ") and not done.stdout
           and not wrong and not left(), f"refused: {name}", *wrong, *left(), done.stdout, done.stderr)


def test_refused(tap: Tap, kernel: Kernel) -> None:
    for name, text, words in (
            ("no such commit", "nosuch..HEAD", ("is no commit of", "nosuch")), ("no range", "HEAD", ("not a range", "BASE..HEAD")),
            ("three dots", "HEAD~1...HEAD", ("not a range",)), ("an empty range", "HEAD..HEAD", ("no commit is in this range",)),
            ("the wrong way round", "HEAD..HEAD~1", ("is no ancestor of", "merge base is")),
            ("an option of git's", "--all..HEAD", ("no such option or variable",))):
        refused(tap, name, mncheck_range(kernel, text), *words)
    refused(tap, "a variable that is none", mncheck_range(kernel, "HEAD~1..HEAD", "TARGETS=mm/"), "no such option or variable")
    refused(tap, "two ranges", mncheck_range(kernel, "HEAD~1..HEAD", "HEAD~2..HEAD"), "one range")
    refused(tap, "a rule that is none", mncheck_range(kernel, "HEAD~1..HEAD", "RULES=foo"), "no such rule")
    place = tempfile.mkdtemp()      # the project itself may be a repository
    refused(tap, "no repository", run([MNCHECK, "range", "a..b", f"KDIR={place}"], env=PLAIN), "not a git repository")
    os.rmdir(place)
    refused(tap, "a folder of a repository", run([MNCHECK, "range", "a..b", f"KDIR={kernel.top}/mm"], env=PLAIN),
            "its repository is that of")
    odd = SCRATCH / "tmp odd"
    odd.mkdir()
    refused(tap, "a TMPDIR with a blank", mncheck_range(kernel, "HEAD~1..HEAD", TMPDIR=str(odd)), "make cannot be given a name with")
    (kernel.out / ".config").write_text(CONFIG + "CONFIG_NEW=y\n")
    refused(tap, "a configuration that was changed", mncheck_range(kernel, "HEAD~1..HEAD"), "changed since it was prepared", "CONFIG_NEW")
    (kernel.out / ".config").write_text(CONFIG)


def test_interrupted(tap: Tap, kernel: Kernel) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        with subprocess.Popen([MNCHECK, "range", f"{kernel.commits['base']}..HEAD", f"KDIR={kernel.top}", f"O={kernel.out}",
                               f"GCC={GCC}", "KERNEL_MAKE_ARGS='WAIT=sleep 20'"], env={**PLAIN, "TMPDIR": str(SCRATCH / "tmp")}, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
                              preexec_fn=hear_interrupt) as process:
            for _ in range(400):
                if any((SCRATCH / "tmp").glob("*/build/mm/*.o")) or process.poll() is not None:
                    break
                time.sleep(0.05)
            process.send_signal(number)
            said = process.communicate(timeout=60)
        tap.ok(process.returncode == 130 and not said[0] and said[1].count("\n") == 1 and
               "interrupted: nothing of this run was kept" in said[1] and not left(), f"interrupted: {number.name}: nothing is left",
               *said, *left())


def main() -> int:
    tap = Tap()
    shutil.rmtree(SCRATCH, ignore_errors=True)
    (SCRATCH / "tmp").mkdir(parents=True)
    if not shutil.which("git"):
        tap.skip("mncheck range", "git is not installed")
        return tap.finish()
    tap.ok(any((PROGRAMS / place / "mncheck-range").exists() for place in (".", "../libexec/mncheck")), "mncheck-range is there")
    test_help(tap)
    kernel = history()
    test_history(tap, kernel)
    test_nothing(tap, kernel)
    test_refused(tap, kernel)
    test_interrupted(tap, kernel)
    for test in (test_cost, test_broken, test_unbuilt, test_branches, test_names):
        test(tap)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
