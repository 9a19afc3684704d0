#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Units that are joined: the trees of testcases/link, through both front ends; TAP.

Each tree is a program of a few files. What its comments announce for [unit] the files have to say when
they are compiled, what they announce for [link] mncheck-link has to say, and a comment without brackets
is for both. So what a [unit] alone says is withdrawn, and what only [link] says is new.
"""

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
        old.unlink()
    return place


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


# -- what cannot be linked -------------------------------------------------------

TWICE = "void twice(int *p)\n{\n\t*p = %d;\n}\n"
NOWHERE = ""
REFUSED = {
    "no facts": ({}, "no facts of units in it"),
    "a file that is none": ({"a.facts": "unit x\n"}, "a.facts:1:1: error: no facts of a unit"),
    "a file that cannot be read": ({"a.facts": NOWHERE}, "a.facts: No such file or directory"),
    "another form": ({"a.facts": "facts 999\n"}, "a.facts:1:10: error: facts of another version"),
    "a line that is none": ({"a.facts": "facts 2\nunit x\nthis\n"}, "a.facts:3:1: error: "),
    "a body that is none": ({"a.facts": "facts 2\nunit x\nfunc f() external at x:1:1\n"
                             " calls mmu_notifier_invalidate_range_start\nblock 0:\n jump 7\n"},
                            "a.facts:6:2: error: unknown instruction"),
    "a step of nothing": ({"a.facts": "facts 2\nunit x\n  step 0 CALL f \"\" at x:1:1\n"},
                          "a.facts:3:7: error: a step of no finding"),
    "a comment of no file": ({"a.facts": "facts 2\nunit x\nignore 0 1 \"range-unlocked\" \"why\" at nowhere\n"},
                             "a.facts:3:45: error: a comment of no file"),
    "a comment of no rule": ({"a.facts": "facts 2\nunit x\nignore 0 1 nothing \"why\" at x:1:1\n"},
                             "a.facts:3:34: error: no such rule"),
    "two of a name": ({"a.c": TWICE % 1, "b.c": TWICE % 2}, "b.c:1:6: error: 'twice()' is defined here and at"),
    "two kernels": ({"a.c": '#include "era-c/mmu_notifier.h"\n', "b.c": '#include "era-e/mmu_notifier.h"\n'},
                    "error: a unit of another kernel than"),
}


def test_refused(tap: Tap) -> None:
    for name, (files, words) in REFUSED.items():
        place = facts_of(Path("refused"), "gcc")
        for file, text in files.items():
            if text == NOWHERE:
                (place / file).symlink_to("nowhere")
                continue
            (place / file).write_text(text)
            if file.endswith(".c"):
                run([*CC, "-c", place / file, "-o", "/dev/null", "-Itestcases/include",
                     *plugin_flags(f"link={place}")], cwd=ROOT)
        done = run([LINK, place], cwd=ROOT)
        tap.ok(done.returncode == 2 and words in done.stderr and not CRASH.search(done.stderr),
               f"refused: {name}", f"status {done.returncode}", done.stderr)
    done = run([LINK, HERE / "none"])
    tap.ok(done.returncode == 2 and "none: No such file" in done.stderr, "refused: no directory", done.stderr)


# -- options ---------------------------------------------------------------------

def linked(*words) -> tuple[int, str]:
    done = run([LINK, *words], cwd=ROOT)
    return done.returncode, done.stdout + done.stderr


def test_options(tap: Tap) -> None:
    refuted, module = facts_of(Path("refuted-options"), "gcc"), facts_of(Path("module-options"), "gcc")
    for tree, facts in (("refuted", refuted), ("module", module)):
        for path in units(Path("testcases/link") / tree):
            compile_gcc(path, facts)
    for name, words, status, text in (
            ("help", ("--help",), 0, "usage: mncheck-link "), ("no directory", (), 2, "no DIR"),
            ("two directories", (refuted, module), 2, "more than one DIR"),
            ("unknown", ("--nosuch", refuted), 2, "--nosuch: no such option"),
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
    tap.ok(linked("--no-modules", module)[0] == 0, "options: no-modules")


def test_helpers(tap: Tap) -> None:
    """kbuild's own programs have a main() each."""
    facts = BUILD / "tests/link/helpers"
    facts.mkdir(parents=True, exist_ok=True)
    for name in ("kernel=bounds.c", "arch=x86=kernel=asm-offsets.c", "scripts=mod=empty.c", "mm=mremap.c"):
        (facts / f"=linux={name}.facts").touch()
    drop_helpers(facts, Path("/linux"))
    left = sorted(path.name for path in facts.iterdir())
    tap.ok(left == ["=linux=mm=mremap.c.facts"], "what kbuild compiles for itself is not linked", *left)


def main() -> int:
    tap = Tap()
    test_demo(tap)
    test_helpers(tap)
    test_refused(tap)
    test_options(tap)
    for front in FRONT_ENDS:
        if front == "sparse" and not SPARSE.exists():
            tap.skip(front, "mncheck-sparse is not built")
            continue
        for tree, checks in zip(trees(), in_parallel(check_tree, [(front, tree) for tree in trees()])):
            tap.subtests(f"{tree.relative_to('testcases')} ({front})", checks)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
