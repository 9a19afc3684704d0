#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Units that are joined: the trees of testcases/link, through both front ends; TAP.

Each tree is a program of a few files. What its comments announce for [unit] the files have to say when
they are compiled, what they announce for [link] mncheck-link has to say, and a comment without brackets
is for both. So what a [unit] alone says is withdrawn, and what only [link] says is new.
"""

import os
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests import expect
from tests.cases import CRASH, ROUND_TRIP, scratch
from tests.tap import Check, Tap
from tools.kernel.kernel import drop_helpers
from tools.mnlib import (BUILD, CC, LINK, ROOT, SPARSE, finding_functions, finding_lines,
                         in_parallel, include_flags, parse_diagnostics, plain_output,
                         plugin_flags, read_records, run)

HERE = BUILD / "tests/link"
SUM = re.compile(r"^mncheck: linked: \S+: (\d+) units, \d+ bodies, (\d+) findings, (\d+) of them new, "
                 r"(\d+) withdrawn, (\d+) ignored$", re.M)


def trees() -> list[Path]:
    return sorted({path.relative_to(ROOT).parent for path in ROOT.glob("testcases/link/*/*.c")})


def units(tree: Path) -> list[Path]:
    return sorted(path.relative_to(ROOT) for path in (ROOT / tree).glob("*.c"))


def flags(path: Path) -> list[str]:
    return [f"-I{path.parent}", *include_flags(path)]


def compile_gcc(path: Path, facts: Path):
    return run([*CC, "-O2", "-Wall", "-S", path, "-o", scratch(path, "s"), *plain_output(),
                *flags(path), *plugin_flags(f"link={facts}")], cwd=ROOT)


def compile_sparse(path: Path, facts: Path):
    return run([SPARSE, *flags(path), f"--mn-link={facts}", path], cwd=ROOT)


FRONT_ENDS = {"gcc": compile_gcc, "sparse": compile_sparse}


def facts_of(tree: Path, front: str) -> Path:
    place = HERE / front / tree.name
    place.mkdir(parents=True, exist_ok=True)
    for old in place.iterdir():
        remove(old)
    return place


def remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        path.rmdir()
    else:
        path.unlink(missing_ok=True)


def put(path: Path, text) -> None:
    """A file with this text, or what a function makes there."""
    remove(path)
    if callable(text):
        text(path)
    else:
        path.write_text(text)


def read(place: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in place.glob("*.facts")}


def crashes(done) -> list[str]:
    return [line for line in done.stderr.splitlines()
            if CRASH.search(line) or "mncheck: internal:" in line] or \
        [f"exit status {done.returncode}: {done.stderr}"] * bool(done.returncode)


def said_of(path: Path, done) -> list:
    return [found for found in parse_diagnostics(done.stderr) if Path(found.file).name == path.name]


def announced(path: Path, engine: str, done) -> list[str]:
    return expect.check_lines(path, expect.read_expectations(path, engine), said_of(path, done))


def alone(tree: Path, compile_one, facts: Path) -> list[str]:
    wrong = []
    for path in units(tree):
        done = compile_one(path, facts)
        wrong += crashes(done) + announced(path, "unit", done)
    return wrong


def together(tree: Path, done, record: Path) -> list[str]:
    findings = [finding for unit in read_records(record) for finding in unit["findings"]]
    named = [finding_functions(finding) for finding in findings]
    wrong = crashes(done)
    for path in units(tree):
        wrong += expect.compare(path, "link", said_of(path, done), named)
    return wrong


def counted(tree: Path, done) -> list[str]:
    """The sum of mncheck-link: what only [link] announces is new, what only [unit] does withdrawn."""
    want = {engine: {(path, e.line, e.rule) for path in units(tree)
                     for e in expect.read_expectations(path, engine) if e.word == "warn"}
            for engine in ("unit", "link")}
    hidden = [str(sum("mncheck: ignore" in path.read_text() for path in tree.glob("*.[ch]")))]
    sums = [str(len(units(tree))), str(len(want["link"])), str(len(want["link"] - want["unit"])),
            str(len(want["unit"] - want["link"])), *hidden]
    found = SUM.search(done.stderr)
    return [] if found and list(found.groups()) == sums else [f"not {sums}: {done.stderr[-200:]}"]


def replayed(program: Path, record: Path) -> list[str]:
    """The whole in its text form gives the same findings, in the engine under sanitizers."""
    again = program.with_suffix(".replayed")
    again.unlink(missing_ok=True)
    done = run([*ROUND_TRIP, f"--record={again}", program], cwd=ROOT)
    told, heard = ([line for unit in read_records(path) for finding in unit["findings"]
                    for line in finding_lines(finding)] for path in (record, again))
    return crashes(done) + [f"{told} is not {heard}"] * (told != heard)


def check_tree(job: tuple[str, Path]) -> list[Check]:
    front, tree = job
    facts, again = facts_of(tree, front), facts_of(tree.with_name(tree.name + "-again"), front)
    record, program = facts / "record.jsonl", facts / "whole.cfg"
    checks = [("its units", alone(tree, FRONT_ENDS[front], facts))]
    done = run([LINK, "--all", "--withdrawn", f"--record={record}", f"--dump={program}", facts], cwd=ROOT)
    checks += [("the whole", together(tree, done, record)), ("the sum", counted(tree, done)),
               ("its text form", replayed(program, record))]
    alone(tree, FRONT_ENDS[front], again)
    twice = run([LINK, "--all", "--withdrawn", again], cwd=ROOT)
    same = read(facts) == read(again) and \
        done.stderr == twice.stderr.replace(str(again), str(facts))
    return checks + [("the same bytes again", [] if same else ["they differ"])]


# -- a small whole ---------------------------------------------------------------

def test_demo(tap: Tap) -> None:
    """The demo's tree. What KVM's callback loses is lost in the architecture's file, which the whole has."""
    facts = facts_of(Path("tree"), "gcc")
    for path in sorted(path.relative_to(ROOT) for path in ROOT.glob("testcases/tree/**/*.c")):
        if not path.parts[2].startswith("era-"):
            compile_gcc(path, facts)
    done = run([LINK, facts], cwd=ROOT)
    found = SUM.search(done.stderr)
    tap.ok(not crashes(done) and found and found.groups() == ("26", "16", "1", "1", "0") and
           "given up" not in done.stderr, "the demo's tree, linked", done.stderr)


# guards/suite.py has them compiled as well
NAMES = ["a/b.c", "a=b.c", "a%3Db.c", "./c.c"]


def write_names(source: Path) -> None:
    for n, name in enumerate(NAMES):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(f"int f{n}(int *p)\n{{\n\treturn *p;\n}}\n")


def test_names(tap: Tap) -> None:
    """Units have files of their own, whatever characters their names consist of."""
    facts, source = facts_of(Path("names"), "gcc"), HERE / "names-source"
    write_names(source)
    for name in NAMES:
        run([*CC, "-c", name, "-o", "/dev/null", *plugin_flags(f"link={facts}")], cwd=source)
    tap.ok(sorted(read(facts)) == ["a%253Db.c.facts", "a%3Db.c.facts", "a=b.c.facts", "c.c.facts"],
           "names of facts", *read(facts))
    for name, make in (("a FIFO", os.mkfifo), ("a link", dangling)):
        put(facts / "c.c.facts", make)
        done = run(["timeout", "60", *CC, "-c", "c.c", "-o", "/dev/null", *plugin_flags(f"link={facts}")], cwd=source)
        tap.ok(not done.returncode and (facts / "c.c.facts").is_file() and not (facts / "c.c.facts").is_symlink(),
               f"facts in place of {name}", f"status {done.returncode}", done.stderr)


# -- what cannot be linked -------------------------------------------------------

TWICE = "void twice(int *p)\n{\n\t*p = %d;\n}\n"


def dangling(path: Path) -> None:
    path.symlink_to("nowhere")


def facts_text(text: str) -> str:
    """A file of facts: its lines, between the first and the last one."""
    return f"facts 5\n{text}end\n"


GOES_NOWHERE = ("unit x\nfunc f(v1) external at x:1:1\n calls mmu_notifier_invalidate_range_start\nblock 0:\n"
                " call mmu_notifier_invalidate_range_start(v1)\n goto 7\n")
REFUSED = {
    "no facts": ({}, "no facts of units in it"),
    "a file that is none": ({"a.facts": "unit x\n"}, "a.facts:1:1: error: no facts of a unit"),
    "a file that cannot be read": ({"a.facts": dangling}, "a.facts: No such file or directory; remove it, or compile the unit again"),
    "a FIFO": ({"a.facts": os.mkfifo}, "a.facts: not a regular file; remove it, or compile the unit again"),
    "a FIFO behind a link": ({"b.fifo": os.mkfifo, "b.facts": lambda path: path.symlink_to("b.fifo")}, "b.facts: not a regular file"),
    "a device": ({"a.facts": lambda path: path.symlink_to("/dev/zero")}, "a.facts: not a regular file"),
    "a folder": ({"a.facts": Path.mkdir}, "a.facts: not a regular file"),
    "another form": ({"a.facts": "facts 999\n"}, "a.facts:1:10: error: facts of another version"),
    "a line that is none": ({"a.facts": facts_text("unit x\nthis\n")}, "a.facts:3:1: error: no function yet; compile the unit again\n"),
    "a body that is none": ({"a.facts": facts_text("unit x\nfunc f() external at x:1:1\n"
                                   " calls mmu_notifier_invalidate_range_start\nblock 0:\n jump 7\n")},
                            "a.facts:6:2: error: unknown instruction; compile the unit again\n"),
    "a body that goes nowhere": ({"a.facts": facts_text(GOES_NOWHERE)},
                                 "a.facts:3:1: error: function 'f', block 0: 'goto' goes to block 7, which does "
                                 "not exist; compile the unit again"),
    "a body without a head, behind a function that two units have": (
        {f"{unit}.facts": facts_text(f"unit {unit}\nfunc f() at x.h:1:1\nblock 0:\n return\n{more}")
         for unit, more in (("a", ""), ("b", "\nblock 0:\n return\n"))}, "b.facts:7:1: error: no function yet"),
    "a call without a head": ({"a.facts": facts_text("unit x\nfunc f() at x:1:1\n\n calls g\n")},
                              "a.facts:5:2: error: no function yet"),
    "a table that is damaged": ({"a.facts": facts_text("unit x\ntable t s const at x:1:1\n" + "".join(
        f"  member m 0 {name} at x:1:1\n" for name in "fg"))},
                                "a.facts:1:1: error: table 't': is const and has two functions in one place; "
                                "compile the unit again"),
    "no end": ({"a.facts": facts_text("unit x\n")[:-1]}, "a.facts:3:1: error: the facts end early; compile the unit again"),
    "no line but the first": ({"a.facts": "facts 5\n"}, "a.facts:1:1: error: the facts end early"),
    "a zero in the middle": ({"a.facts": facts_text("unit x\n\0\n")}, "a.facts:2:1: error: the facts end early"),
    "an end in a line": ({"a.facts": "facts 5\nunit x\n  end\n"}, "a.facts:3:1: error: the facts end early"),
    "two in one file": ({"a.facts": facts_text("unit x\n") * 2}, "a.facts:3:4: error: the facts go on behind their end"),
    "a step of nothing": ({"a.facts": facts_text("unit x\n  step 0 CALL f \"\" at x:1:1\n")}, "a.facts:3:7: error: a step of no finding"),
    "a step too many": ({"a.facts": facts_text("unit x\nfound \"range-unlocked\" unlocked \"\" f \"\" at x:1:1\n"
                                          + "  step 0 CALL f \"\" at x:1:1\n" * 8)},
                        "a.facts:11:7: error: a step of no finding"),
    "a comment of no file": ({"a.facts": facts_text("unit x\nignore 0 1 \"range-unlocked\" \"why\" at nowhere\n")},
                             "a.facts:3:45: error: a comment of no file"),
    "a comment of no rule": ({"a.facts": facts_text("unit x\nignore 0 1 nothing \"why\" at x:1:1\n")},
                             "a.facts:3:34: error: no such rule"),
    "two of a name, the first of several": (
        {f"{unit}.facts": facts_text(f"unit {unit}.c\nfunc twice(v1) external{weak} at {unit}.c:{line}:6\nblock 0:\n"
                                f"  v2 = const {line}\n  return v2\n")
         for unit, weak, line in (("a", " weak", 1), ("b", "", 2), ("c", "", 3), ("d", " weak", 4))},
        "c.c:3:6: error: 'twice()' is defined here and at b.c:2"),
    "two of a name at one place, and as long": (
        {f"{unit}.facts": facts_text(f"unit {unit}.c\nfunc twice(v1) external at x.h:1:6\nblock 0:\n  v2 = const {value}\n"
                                     "  return v2\n") for unit, value in (("a", 1), ("b", 2))},
        "x.h:1:6: error: 'twice()' is defined here and at x.h:1"),
    "two of a name": ({"a.c": TWICE % 1, "b.c": TWICE % 2}, "b.c:1:6: error: 'twice()' is defined here and at"),
    "two kernels": ({"a.c": '#include "era-c/mmu_notifier.h"\n', "b.c": '#include "era-e/mmu_notifier.h"\n'},
                    "error: a unit of another kernel than"),
}


def test_cut(tap: Tap) -> None:
    """Whatever of the facts is lost at their end, that is said, and nothing else."""
    place, lines = facts_of(Path("cut"), "gcc"), [0]
    for path in units(Path("testcases/link/regions")):
        compile_gcc(path, place)
    cut = min(place.glob("*.facts"))
    whole = cut.read_text()
    while lines[-1] < len(whole):
        lines.append(whole.index("\n", lines[-1]) + 1)
    wrong = []
    for length in sorted({*lines[1:-1:3], *range(8, len(whole), 211), len(whole) - 1}):
        cut.write_text(whole[:length])
        said = linked("--all", "--no-cache", place)
        number = whole[:length].removesuffix("\n").count("\n") + 1
        if said[0] != 2 or not re.match(rf"{cut}:{number}:1: error: the facts end early; compile the unit again\n\Z", said[1]):
            wrong.append(f"{length}: {said}")
    cut.write_text(whole)
    tap.ok(whole.endswith("\nend\n") and linked("--all", place)[0] == 0 and not wrong, "facts that are cut off anywhere", *wrong)


def test_refused(tap: Tap) -> None:
    for name, (files, words) in REFUSED.items():
        place = facts_of(Path("refused"), "gcc")
        for file, text in files.items():
            put(place / file, text)
            if file.endswith(".c"):
                run([*CC, "-c", place / file, "-o", "/dev/null", "-Itestcases/include",
                     *plugin_flags(f"link={place}")], cwd=ROOT)
        done = run(["timeout", "60", LINK, place], cwd=ROOT)
        tap.ok(done.returncode == 2 and words in done.stderr and not CRASH.search(done.stderr),
               f"refused: {name}", f"status {done.returncode}", done.stderr)
    place = facts_of(Path("nowhere"), "gcc")
    (place / "a.facts").write_text(facts_text(GOES_NOWHERE))
    for words in (("--dot=f",), ("--context=f",), (f"--dump={place}/x",), ("-j1", "--no-cache")):
        status, said = linked(*words, place)
        tap.ok(status == 2 and said.startswith(f"{place}/a.facts:3:1: error: function 'f', block 0: ") and
               said.count("\n") == 1, f"refused: a body that goes nowhere, {' '.join(words[:1])}", f"status {status}", said)
    done = run([LINK, HERE / "none"])
    tap.ok(done.returncode == 2 and done.stderr == f"mncheck: error: {HERE}/none: No such file or directory; name the directory of link=DIR\n", "refused: no directory", done.stderr)


# -- options ---------------------------------------------------------------------

def linked(*words) -> tuple[int, str]:
    done = run([LINK, *words], cwd=ROOT)
    return done.returncode, done.stdout + done.stderr


def test_options(tap: Tap) -> None:
    refuted, module, row = (facts_of(Path(f"{name}-options"), "gcc") for name in ("refuted", "module", "row-alone"))
    for tree, facts in (("refuted", refuted), ("module", module), ("row-alone", row)):
        for path in units(Path("testcases/link") / tree):
            compile_gcc(path, facts)
    for name, words, status, text in (
            ("help", ("--help",), 0, "usage: mncheck-link "), ("no directory", (), 2, "no DIR"),
            ("two directories", (refuted, module), 2, "more than one DIR"),
            ("no number of processes", ("-jx", refuted), 2, "-jx: no number of processes"),
            ("no process", ("-j0", refuted), 2, "-j0: no number of processes"),
            ("unknown", ("--nosuch", refuted), 2, "--nosuch: no such option"),
            ("a letter", ("-x", refuted), 2, "-x: no such option; see mncheck-link --help"),
            ("a value for one of its own", ("--all=3", refuted), 2, "--all: takes no value; leave it out"),
            ("a value for the version", ("--version=3",), 2, "--version: takes no value; leave it out"),
            ("version", ("--partial", "--version"), 0, "mncheck-link (mncheck) "),
            ("trace of what is not there", ("--trace=nosuch", refuted), 0,
             f"mncheck: note: trace=nosuch: {refuted} has no such function, or does not look into it\n"),
            ("dot of what is not there", ("--dot=nosuch", refuted), 0,
             f"mncheck: note: dot=nosuch: {refuted} has no such function, or does not look into it\n"),
            ("disable", ("--disable", HERE / "none"), 0, ""),
            ("error, nothing new", ("--error", refuted), 0, "0 of them new"),
            ("error, all", ("--error", "--all", refuted), 1, "[mn-region-atomic]"),
            ("error, new", ("--error", module), 1, "1 of them new"),
            ("a rule off", ("--rules=-region-atomic", refuted), 0, "0 findings, 0 of them new, 0 withdrawn"),
            ("a contract that is not there", ("--contract=none", refuted), 2, "none:1:1: error: "),
            ("a dump that cannot be written", (f"--dump={HERE}/none/x", refuted), 2, "none/x"),
            # what the whole did not look at is as the file alone has it
            ("given up", ("--limit-steps=1", "--all", refuted), 0, "2 findings, 0 of them new, 0 withdrawn")):
        got, said = linked(*words)
        tap.ok(got == status and text in said, f"options: {name}", f"status {got}", said)
    tap.ok(linked("--partial", refuted)[1].endswith("1 withdrawn, 0 ignored\n"), "options: partial")
    tap.ok(linked("--partial", row)[1].endswith("1 findings, 0 of them new, 0 withdrawn, 0 ignored\n"),
           "options: partial, and a row about callers")
    tap.ok(linked("--no-modules", module)[0] == 0, "options: no-modules")


# -- again, after an edit ----------------------------------------------------------

EDITS = {
    "a callee drops its lock twice": ("helpers.c", "\tspin_unlock(ptl);\n}", "\tspin_unlock(ptl);\n\tspin_lock(ptl);\n}"),
    "a callee starts what it did not": ("helpers.c", "return range->end - range->start;",
                                        "mmu_notifier_invalidate_range_start(range);\n\treturn 0;"),
    "a caller with a lock": ("users.c", "\trange_setup(&range, vma);\n\tmmu_notifier_invalidate_range_start(&range);\n\trange_finish(&range);\n}",
                             "\trange_setup(&range, vma);\n\tclear_in_region(0, 0, 0);\n\trange_finish(&range);\n}"),
    "lines move": ("helpers.c", "#include", "\n\n#include"),
    "a function goes": ("users.c", "void good_try_asked(", "static __attribute__((unused)) void good_try_asked("),
    "two are called alike": ("users.c", "#include \"helpers.h\"",
                             "#include \"helpers.h\"\nstatic void own(int *p)\n{\n\t*p = 1;\n}\n"
                             "void uses_own(int *p)\n{\n\town(p);\n}"),
    "a unit comes": ("third.c", "", "#include \"helpers.h\"\nvoid third(struct vm_area_struct *vma, spinlock_t *l)\n{\n"
                     "\tstruct mmu_notifier_range range;\n\n\trange_setup(&range, vma);\n\tspin_lock(l);\n"
                     "\trange_try(&range);\n\trange_finish(&range);\n\tspin_unlock(l);\n}\n"),
}


def judged(*words) -> tuple[str, int, int]:
    """What is said, how many parts there are, and how many were judged."""
    status, said = linked("--stats", *words)
    parts = re.search(r"^mncheck: stats: \S+: (\d+) parts, (\d+) of them judged.*\n", said, re.M)
    said = re.sub(r"^mncheck: stats: .*\n", "", said, flags=re.M)
    return (f"{status} {said}", int(parts[1]), int(parts[2])) if parts else (said, 0, 0)


def copied_tree() -> tuple[Path, Path]:
    place, facts = HERE / "edited", facts_of(Path("edited-facts"), "gcc")
    place.mkdir(parents=True, exist_ok=True)
    for old in place.iterdir():
        old.unlink()
    for path in (ROOT / "testcases/link/regions").iterdir():
        (place / path.name).write_text(path.read_text())
    return place, facts


def compile_edited(path: Path, facts: Path):
    return run([*CC, "-O2", "-S", path, "-o", "/dev/null", "-Itestcases/include", f"-I{path.parent}",
                *plugin_flags(f"link={facts}")], cwd=ROOT)


OUTSIDE = """#include "helpers.h"
void flush_alone(struct vm_area_struct *vma, spinlock_t *lock)
{
	struct mmu_notifier_range range;

	range_setup(&range, vma);
	mmu_notifier_invalidate_range_start(&range);
	vma->vm_start += 64;
	mmu_notifier_invalidate_range_end(&range);
}
"""
USES_OUTSIDE = ('#include "helpers.h"\nvoid flush_alone(struct vm_area_struct *vma, spinlock_t *lock);\n'
                "void flush_two(struct vm_area_struct *vma, spinlock_t *lock)\n"
                "{\n\tflush_alone(vma, lock);\n\tflush_alone(vma + 1, lock);\n}\n")
# edits of OUTSIDE: what its caller does not enter, where that stands, and what it leaves behind: it is no root then
READS = {
    "a body that is not entered": ("+= 64", "+= 128"),
    "where it stands": ("{\n", "{\n\n"),
    "a lock that it keeps": ("range_end(&range);", "range_end(&range); spin_lock(lock);"),
}


def test_reads(tap: Tap) -> None:
    """What a part has not entered may change without it."""
    place, facts = copied_tree()
    for name, text in (("outside.c", OUTSIDE), ("caller.c", USES_OUTSIDE), ("helpers.c", (place / "helpers.c").read_text())):
        (place / name).write_text(text)
        compile_edited(place / name, facts)
    for name, (old, new) in READS.items():
        (place / "outside.c").write_text(OUTSIDE)
        compile_edited(place / "outside.c", facts)
        judged(facts)
        (place / "outside.c").write_text(OUTSIDE.replace(old, new, 1))
        compile_edited(place / "outside.c", facts)
        some, all_of_it = (judged("--all", *words, facts) for words in ((), ("--no-cache",)))
        tap.ok(some[0] == all_of_it[0] and some[2] == 1, f"reads: {name}", str(some), str(all_of_it))


def test_edits(tap: Tap) -> None:
    """What is judged again after an edit says what judging all says; the rest is not judged again."""
    place, facts = copied_tree()
    for path in place.glob("*.c"):
        compile_edited(path, facts)
    first = judged("--all", "--withdrawn", facts)
    again = judged("--all", "--withdrawn", facts)
    tap.ok(first[0] == again[0] and first[1] == first[2] and not again[2], "edits: none", str(first), str(again))
    for name, (file, old, new) in EDITS.items():
        path = place / file
        text = path.read_text() if path.exists() else ""
        path.write_text(text.replace(old, new, 1) if old else new)
        done = compile_edited(path, facts)
        some, all_of_it = (judged("--all", "--withdrawn", *words, facts) for words in ((), ("--no-cache",)))
        tap.ok(not crashes(done) and some[0] == all_of_it[0] and some[2] < some[1] + (file == "helpers.c"),
               f"edits: {name}", done.stderr, str(some), str(all_of_it))
    (facts / next(path.name for path in facts.glob("*third.c.facts"))).unlink()
    some, all_of_it = (judged("--all", *words, facts) for words in ((), ("--no-cache",)))
    tap.ok(some[0] == all_of_it[0], "edits: a unit goes", str(some), str(all_of_it))
    other = judged("--all", "--rules=-region-balance", facts)
    tap.ok(other[1] == other[2] and other[0] != some[0], "edits: other rules", str(other))


def test_cache(tap: Tap) -> None:
    """A cache that is damaged, or another program's, is not believed."""
    facts = HERE / "gcc/edited-facts"
    cache = facts / "linked.cache"
    want, parts, _ = judged("--all", facts)
    whole = cache.read_bytes()
    for name, bytes_of_it in (("none", None), ("empty", b""), ("of another form", b"mncheck-link 0" + whole[14:]),
                              ("of another program", whole[:16] + bytes([whole[16] ^ 1]) + whole[17:]),
                              ("cut", whole[:len(whole) // 2]), ("a byte differs", whole[:-9] + bytes([whole[-9] ^ 4]) + whole[-8:]),
                              ("random", bytes(range(256)) * 40)):
        cache.unlink()
        if bytes_of_it is not None:
            cache.write_bytes(bytes_of_it)
        said, _, again = judged("--all", facts)
        tap.ok(said == want and again and cache.read_bytes() == whole, f"cache: {name}", said, want)
    (facts / "linked.cache.new").write_bytes(b"of a run that was interrupted")
    said, _, again = judged("--all", facts)
    tap.ok(said == want and not again, "cache: an interrupted run", said, want)
    (facts / "linked.cache.new").unlink()
    for at_once in ("-j1", "-j2", "-j7"):
        cache.unlink()
        said, _, again = judged("--all", at_once, facts)
        tap.ok(said == want and again == parts and cache.read_bytes() == whole, f"at once: {at_once}", said, want)
    cache.unlink()
    (facts / "linked.cache.new").mkdir()
    status, said = linked(facts)
    tap.ok(status == 2 and "cannot write" in said, "cache: cannot be written", said)
    tap.ok(linked("--no-cache", facts)[0] == 0, "cache: not wanted")
    cache.write_bytes(whole)
    tap.ok(linked(facts)[0] == 0, "cache: nothing is new")
    remove(facts / "linked.cache.new")
    for name, make in (("a FIFO", os.mkfifo), ("a folder", Path.mkdir),
                       ("a device", lambda path: path.symlink_to("/dev/null"))):
        put(cache, make)
        done = run(["timeout", "60", LINK, facts], cwd=ROOT)
        tap.ok(done.returncode == 2 and done.stderr == f"mncheck: error: cannot write '{cache}': not a regular file; "
               "say --no-cache, or remove it\n", f"cache: {name}", f"status {done.returncode}", done.stderr)
        tap.ok(linked("--no-cache", facts)[0] == 0, f"cache: {name}, not wanted")
        remove(cache)
        put(facts / "linked.cache.new", make)
        done = run(["timeout", "60", LINK, facts], cwd=ROOT)
        tap.ok(done.returncode == 2 * (make == Path.mkdir) and cache.exists() == (done.returncode == 0),
               f"cache: {name} where it is written first", f"status {done.returncode}", done.stderr)
        remove(facts / "linked.cache.new")


# -- bounds ------------------------------------------------------------------------

SERVICE = """#include "era-d2/mmu_notifier.h"
void service(struct mmu_notifier_range *range);
void service(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
}
"""
CALLER = """#include "era-d2/mmu_notifier.h"
void service(struct mmu_notifier_range *range);
void caller_%(n)d(struct mmu_notifier_range *range, spinlock_t *lock);
void caller_%(n)d(struct mmu_notifier_range *range, spinlock_t *lock)
{
	spin_lock(lock);
	service(range);
	spin_unlock(lock);
}
"""


def test_bounds(tap: Tap) -> None:
    """What too many files call, and what takes too many steps, is not followed, and said to be so."""
    place, facts = HERE / "service", facts_of(Path("service-facts"), "gcc")
    place.mkdir(parents=True, exist_ok=True)
    (place / "service.c").write_text(SERVICE)
    compile_edited(place / "service.c", facts)
    for n in range(16):
        (place / f"caller-{n}.c").write_text(CALLER % {"n": n})
        compile_edited(place / f"caller-{n}.c", facts)
    few = linked("--stats", facts)[1]
    (place / "caller-16.c").write_text(CALLER % {"n": 16})
    compile_edited(place / "caller-16.c", facts)
    many = linked("--stats", facts)[1]
    tap.ok("1 of them new" in few and " 0 functions that too many files call" in few, "a service: called by 16 files", few)
    tap.ok("0 of them new" in many and " 1 functions that too many files call" in many, "a service: .. by 17", many)
    depth = facts_of(Path("steps-facts"), "gcc")
    for path in units(Path("testcases/link/depth")):
        compile_gcc(path, depth)
    told = "given up: near_1: not followed from all callers in other files (limit-steps)"
    named, counted, none = [linked(*options, depth)[1] for options in
                            (("--limit-steps=1", "--stats"), ("--limit-steps=1",), ())]
    tap.ok(told in named and "given up" not in none, "steps in other files", named)
    tap.ok(f"given up: {named.count('given up: ')} functions, each for a limit" in counted and
           counted.count("given up") == 1, ".. are counted where they are many", counted, named)


def test_helpers(tap: Tap) -> None:
    """kbuild's own programs have a main() each."""
    facts = BUILD / "tests/link/helpers"
    facts.mkdir(parents=True, exist_ok=True)
    for name in ("kernel=bounds.c", "arch=x86=kernel=asm-offsets.c", "scripts=mod=empty.c", "mm=mremap.c"):
        (facts / f"=linux={name}.facts").touch()
    drop_helpers(facts, Path("/linux"))
    left = sorted(path.name for path in facts.iterdir())
    tap.ok(left == ["=linux=mm=mremap.c.facts"], "what kbuild compiles for itself is not linked", *left)


def in_few_and_many(tree: str) -> list[str]:
    """What is said of testcases/link/TREE, and of it with 63 other files, which is not what the cache has of it."""
    facts = facts_of(Path(f"{tree}-many"), "gcc")
    for path in units(Path("testcases/link") / tree):
        compile_gcc(path, facts)
    few = run([LINK, "--all", facts], cwd=ROOT).stderr
    for i in range(63):
        (facts / f"other-{i}.c.facts").write_text(facts_text(f'unit "other-{i}.c"\n'))
    return [few, run([LINK, "--all", facts], cwd=ROOT).stderr]


def test_many(tap: Tap) -> None:
    """What is not followed where the program has many files."""
    said = in_few_and_many("slept")
    told = [(text.count("[mn-region-atomic]"), text.count("[mn-region-balance]")) for text in said]
    tap.ok(told == [(4, 1), (3, 1)] and "65 units" in said[1],
           "a sleep with a lock held, in two files and in 65", *said)
    said = in_few_and_many("walk-body")
    tap.ok([text.count("[mn-region-atomic]") for text in said] == [1, 0] and "65 units" in said[1],
           "the body of a walk, in two files and in 65", *said)
    said = in_few_and_many("behind-walk")
    tap.ok([text.count("[mn-region-atomic]") for text in said] == [1, 1] and "66 units" in said[1],
           "a lock in front of a walk in another file, in three files and in 66", *said)
    said = in_few_and_many("lock-helper")
    tap.ok([text.count("[mn-retry-unlocked]") for text in said] == [2, 1] and "65 units" in said[1],
           "a lock that a helper takes, in two files and in 65", *said)


def main() -> int:
    tap = Tap()
    test_demo(tap)
    test_many(tap)
    test_helpers(tap)
    test_refused(tap)
    test_cut(tap)
    test_options(tap)
    test_edits(tap)
    test_reads(tap)
    test_names(tap)
    test_cache(tap)
    test_bounds(tap)
    for front in FRONT_ENDS:
        if front == "sparse" and not SPARSE.exists():
            tap.skip(front, "mncheck-sparse is not built")
            continue
        for tree, checks in zip(trees(), in_parallel(check_tree, [(front, tree) for tree in trees()])):
            tap.subtests(f"{tree.relative_to('testcases')} ({front})", checks)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
