#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The tests of the tests: a fault that is planted for a check is found by it; TAP."""

import contextlib
import io
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests import cases, expect, test_house
from tests.tap import Tap
from tools.mnlib import BUILD, Diagnostic

SCRATCH = BUILD / "tests/tests"
CALL = "\tmmu_notifier_invalidate_range(mm, start, end);"
UNLOCKED = "'mmu_notifier_invalidate_range()' is called with no page table lock held"
AFTER = "'mmu_notifier_invalidate_range()' is called after 'ptl' was dropped"
WARN = Diagnostic("case.c", 3, 2, "warning", UNLOCKED, "range-unlocked")
NOTE = Diagnostic("case.c", 3, 2, "note", "'ptl' is dropped here")

# comments behind a call, and a word of what is said of them
MALFORMED = [
    ("warn(range-unlocked)", "takes any message"), ("todo-warn(range-unlocked)", "takes any message"),
    ("wran(range-unlocked:unlocked)", "is no expectation"), ("Note: 'ptl'", "is no expectation"),
    ("notes: 'ptl'", "is no expectation"), ("note 'ptl'", "is no expectation"),
    ("note:", "is no expectation"), ("note(range-unlocked): 'ptl'", "is no expectation"),
    ("warn: no page table lock", "is no expectation"),
    ("warn (range-unlocked): no", "is no expectation"),
    ("warn(range-unlocked:unlocked) no", "is no expectation"),
    ("warning(range-unlocked): no", "is no expectation"), ("nto: 'ptl'", "is no expectation"),
    ("warn(range-unlock): no page", "names no rule"),
    ("warn(range-unlocked:unlock)", "names no message"),
    ("warn(range-unlocked:unpaired)", "names no message"),
    ("warn(range-unlocked:unlocked)[gc]", "for an engine that is none of"),
]
# comments behind the call, what is found there, how many complaints
COMPARED = [
    (["warn(range-unlocked:unlocked)"], [WARN], 0),
    (["warn(range-unlocked): no page table lock"], [WARN], 0),
    (["warn(range-unlocked:unlocked-after)"], [WARN], 2),
    (["warn(range-unlocked): dropped"], [WARN], 2),
    (["warn(range-unlocked:unlocked)"] * 2, [WARN], 1),
    (["warn(range-unlocked:unlocked)"], [WARN, WARN], 1),
    (["warn(range-unlocked:unlocked)[sparse]"], [WARN], 1),
    (["note: 'ptl' is dropped"], [NOTE], 0),
    (["note: 'ptl' is dropped"] * 2, [NOTE], 1),
    (["note: 'ptl' is dropped"] * 2, [NOTE, NOTE], 0),
    (["note: 'ptl' is taken"], [NOTE], 1),
    (["todo-warn(range-unlocked:unlocked)"], [], 0),
    (["todo-warn(range-unlocked:unlocked)"], [WARN], 1),
]
HEADER = {adapter: test_house.files(f"{adapter}/*.h")[0].name for adapter in test_house.ADAPTERS}
# an adapter's file that includes this, and whether it may
INCLUDES = [
    ("gcc-plugin/planted.c", "mn.h", True), ("gcc-plugin/planted.c", HEADER["gcc-plugin"], True),
    ("gcc-plugin/planted.c", f"../sparse-checks/{HEADER['sparse-checks']}", False),
    ("gcc-plugin/planted.c", "../core/engine/engine.h", False),
    ("gcc-plugin/planted.c", "../core/mn.h", True), ("gcc-plugin/planted.c", "engine.h", False),
    ("gcc-plugin/planted.c", "lower.h", True), ("gcc-plugin/planted.c", "<stdio.h>", True),
    ("sparse-checks/planted.c", f"../gcc-plugin/{HEADER['gcc-plugin']}", False),
    ("sparse-checks/planted.c", "state.h", False), ("sparse-checks/planted.c", "lib.h", True),
]


def source(*comments: str) -> Path:
    path = SCRATCH / "case.c"
    path.write_text("void f(void)\n{\n" + CALL + "".join(f" /* {c} */" for c in comments) + "\n}\n")
    return path


def test_expectations(tap: Tap) -> None:
    for comment, said in MALFORMED:
        wrong = expect.compare(source(comment), "gcc", [WARN], [])
        tap.ok(len(wrong) == 1 and "case.c:3:1: error: " in wrong[0] and said in wrong[0],
               f"refused: /* {comment} */: {said}", *wrong)
    for number, (comments, found, complaints) in enumerate(COMPARED, 1):
        wrong = expect.compare(source(*comments), "gcc", found, [])
        tap.ok(len(wrong) == complaints, f"{number}: {' '.join(comments)}, and {len(found)} found: "
               f"{complaints} complaints", *wrong)
    tap.ok(expect.message_id("range-unlocked", AFTER) == "unlocked-after" and
           not expect.message_id("range-unpaired", AFTER), "a message that was printed has its id")


def answer(log: str = "", status: int = 0, *findings: dict) -> cases.Answer:
    return cases.Answer(status, log, [], list(findings))


def test_runner(tap: Tap) -> None:
    """What the runner compares, with an answer that differs."""
    finding = {"file": "a.c", "line": 1, "col": 1, "text": "x", "rule": "r", "func": "f", "events": []}
    one, two, none = answer("", 0, finding), answer("", 0, finding, finding), answer()
    given_up = answer("mncheck: given up: f: too many states\n")
    for name, wrong, found in (
            ("a dump that loses a finding", cases.the_same(one, none), True),
            ("a dump that gives one more", cases.the_same(none, one), True),
            ("a dump that gives one twice", cases.the_same(one, two), True),
            ("a dump that is given up", cases.the_same(none, given_up), True),
            ("the same from a dump", cases.the_same(one, one), False),
            ("a finding lost in silence", cases.no_silent_loss(one, none), True),
            ("a finding given up", cases.no_silent_loss(one, given_up), False),
            ("a finding of a small limit only", cases.no_silent_loss(none, one), True),
            ("a crash", answer("x.c:1: internal compiler error: y").faults(), True),
            ("an exit status", answer("", 1).faults(), True)):
        tap.ok(bool(wrong) == found, f"{name}: {'found' if found else 'right'}", *wrong)


def test_tap(tap: Tap) -> None:
    """A failed subtest fails its test, and no subtest is no success."""
    for name, checks, good in (("a failed one", [("a", []), ("b", ["wrong"])], False),
                               ("none", [], False), ("good ones", [("a", []), ("b", [])], True),
                               ("a skipped one", [("a", []), ("b", "not built")], True)):
        inner, out = Tap(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            inner.subtests("case", checks)
            status = inner.finish()
        tap.ok((status == 0) == good and f"{'ok' if good else 'not ok'} 1 - case" in
               out.getvalue().splitlines(), f"subtests: {name}", out.getvalue())


def test_includes(tap: Tap) -> None:
    for path, name, good in INCLUDES:
        wrong = test_house.foreign_header(Path(path), name)
        tap.ok(bool(wrong) != good, f"{path} {'may' if good else 'may not'} include {name}", wrong)


def main() -> int:
    SCRATCH.mkdir(parents=True, exist_ok=True)
    tap = Tap()
    test_expectations(tap)
    test_runner(tap)
    test_tap(tap)
    test_includes(tap)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
