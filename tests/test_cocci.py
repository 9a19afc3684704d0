#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The tests of cocci/: testcases/cocci/README.md says how a case is written.

A rule that reports has to print what the case announces on its line, and nothing
else, in the modes report and org, and the same lines in mode context. A rule that
rewrites has to turn NAME.c into NAME.out, or leave it as it is where there is no
NAME.out; run on its own result it has to change nothing. Prints TAP.
"""

import re
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.tap import Tap
from tools.mnlib import ROOT, in_parallel
from tools.series.spatch import REFUSED, spatch

CASES = ROOT / "testcases/cocci"
EXPECT = re.compile(r"/\* (?P<kind>warn\([\w-]+\)|not rewritten|not checked): (?P<text>.*?) \*/")
REPORT = re.compile(r"^(?P<file>[^:\s]+):(?P<line>\d+):[\d-]+: (?P<text>.*)$", re.M)
ORG = re.compile(r"^\* TODO \[\[view:.*?::linb=(\d+)::", re.M)
ARGUMENTS = re.compile(r"^ \* spatch: (.*)$", re.M)


def expected(text: str) -> set[tuple[int, str]]:
    """(line, words) of each expectation; the words of a warning end in its rule."""
    found = set()
    for number, line in enumerate(text.split("\n"), 1):
        for match in EXPECT.finditer(line):
            rule = re.match(r"warn\((.*)\)", match["kind"])
            found.add((number, match["text"] + (f" [mn-{rule[1]}]" if rule else "")))
    return found


def difference(want: set, have: set) -> str:
    return "\n".join([f"missing: line {line}: {text}" for line, text in sorted(want - have)] +
                     [f"not announced: line {line}: {text}" for line, text in
                      sorted(have - want)])


def marked_lines(diff: str) -> bool:
    return any(line.startswith("-") and not line.startswith("---")
               for line in diff.split("\n"))


def test_report(case: Path) -> str:
    """'' if the rule of the folder says what the case expects, else why not."""
    rule = ROOT / "cocci" / f"{case.parent.name}.cocci"
    want = expected(case.read_text())
    have = {(int(m["line"]), re.sub(r"^not checked: ", "", m["text"])) for m in
            REPORT.finditer(spatch(rule, "report", [case], "--no-show-diff"))}
    why = difference(want, have)
    lines = {int(line) for line in
             ORG.findall(spatch(rule, "org", [case], "--no-show-diff"))}
    if lines != {line for line, _ in want}:
        why += f"\nmode org: lines {sorted(lines)}"
    if "not checked" not in case.read_text() and \
            marked_lines(spatch(rule, "context", [case])) != bool(want):
        why += "\nmode context differs"
    return why


def test_convert(case: Path) -> str:
    rule = ROOT / "cocci/convert" / f"{case.parent.name}.cocci"
    text = case.read_text()
    arguments = [word for line in ARGUMENTS.findall(text) for word in line.split()]
    out = case.with_suffix(".out")
    with tempfile.TemporaryDirectory() as work:
        copy = Path(work) / case.name
        copy.write_text(text)
        said = spatch(rule, "patch", [copy], "--in-place", "--no-show-diff", *arguments)
        once = copy.read_text()
        spatch(rule, "patch", [copy], "--in-place", "--no-show-diff", *arguments)
        twice = copy.read_text()
    have = {(int(m["line"]), m["reason"]) for m in REFUSED.finditer(said)}
    why = difference(expected(text), have)
    if once != (out.read_text() if out.exists() else text):
        why += f"\nnot the text of {out.name}" if out.exists() else "\nit was changed"
    if twice != once:
        why += "\na second run changes it again"
    return why


def run_case(case: Path) -> str:
    return (test_convert if case.parent.parent.name == "convert" else test_report)(case)


def main() -> int:
    tap = Tap()
    cases = sorted(CASES.glob("**/*.c"))
    for case, why in zip(cases, in_parallel(run_case, cases)):
        tap.ok(not why, str(case.relative_to(ROOT)), why.strip())
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
