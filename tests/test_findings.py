#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The lists of judged findings: each is well formed, faults are reported, and the
comparison with a run sees what is new and what is gone; TAP.

Each file of testcases/findings/ has one fault; its first line says which:
'# error: FILE:LINE:COL: error: what, and what to do'. No kernel is needed.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.kernel.findings import row
from tests.tap import Tap
from tools.kernel.debsource import KERNELS
from tools.mnlib import BUILD, ROOT, run

MARK = "# error: "
PROGRAM = [sys.executable, ROOT / "tests/kernel/findings.py"]
FIRST = ("mm/a.c", "zap_one", "region-atomic", "'f()' may sleep while 'ptl' is held")
SECOND = ("mm/b.c", "copy_one", "region-balance", "event 7 of 12 is late")
WITHOUT_NUMBERS = (*SECOND[:3], "event N of N is late")


def test_malformed(tap: Tap, path: Path) -> None:
    expected = path.read_text().splitlines()[0].removeprefix(MARK)
    done = run([*PROGRAM, path.name], cwd=path.parent)
    tap.ok(done.returncode == 2 and done.stderr == expected + "\n" and not done.stdout,
           f"findings.py refuses {path.name}", f"expected: {expected}",
           f"status {done.returncode}: {done.stdout}{done.stderr}")


def record(findings: list) -> str:
    """A run of one unit, each finding on a line of its own."""
    found = [{"file": file, "func": func, "rule": rule, "text": text, "line": line,
              "col": 1, "events": []}
             for line, (file, func, rule, text) in enumerate(findings, 1)]
    return json.dumps({"file": "mm/a.c", "findings": found}) + "\n"


def test_compare(tap: Tap, name: str, listed: list, found: list, *expected: str) -> None:
    """@expected: part of each line of the answer that starts with a place or is a row."""
    folder = BUILD / "tests"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "listed.findings").write_text(
        "# a list\n\n" + "".join(row(entry, "defect", "why") + "\n" for entry in listed))
    (folder / "found.jsonl").write_text(record(found))
    done = run([*PROGRAM, "listed.findings", "found.jsonl"], cwd=folder)
    lines = [line for line in done.stdout.splitlines() if "error:" in line or " | " in line]
    tap.ok(done.returncode == bool(expected) and len(lines) == len(expected)
           and all(text in line for text, line in zip(expected, lines)), name,
           f"status {done.returncode}", done.stdout, done.stderr)


def main() -> int:
    tap = Tap()
    for version in KERNELS:
        done = run([*PROGRAM, f"testcases/kernel/{version}.findings"], cwd=ROOT)
        tap.ok(done.returncode == 0, f"testcases/kernel/{version}.findings is well formed",
               done.stderr)
    for path in sorted((ROOT / "testcases/findings").glob("*.findings")):
        test_malformed(tap, path)
    test_compare(tap, "a list that says what was found", [FIRST, WITHOUT_NUMBERS],
                 [SECOND, FIRST])
    test_compare(tap, "a new finding gives the row to add", [FIRST], [FIRST, SECOND],
                 row(WITHOUT_NUMBERS, "VERDICT", "REASON"))
    test_compare(tap, "a finding that is gone gives the line to remove",
                 [FIRST, WITHOUT_NUMBERS], [FIRST],
                 "listed.findings:4:1: error: not found any more, remove the line")
    test_compare(tap, "two that look alike need two lines", [FIRST], [FIRST, FIRST],
                 row(FIRST, "VERDICT", "REASON"))
    test_compare(tap, "of two lines for one finding the second is gone", [FIRST, FIRST],
                 [FIRST], "listed.findings:4:1: error: not found any more")
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
