#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The lists of judged findings: each is well formed, faults are reported, and the
comparison with a run sees what is new and what is gone; docs/found.md has each defect; TAP.

Each file of testcases/findings/ has one fault; its first line says which:
'# error: FILE:LINE:COL: error: what, and what to do'. No kernel is needed.
"""

import json
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.kernel.findings import read_list, row
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


def listed_defects() -> dict[tuple[str, ...], list[str]]:
    """(file, function, rule) of each defect, and the kernels whose lists have it."""
    found: dict[tuple[str, ...], set[str]] = {}
    for path in (ROOT / "testcases/kernel").glob("*.findings"):
        for entry in read_list(path):
            if entry.verdict == "defect":
                found.setdefault(entry.key[:3], set()).add(path.stem.removesuffix("-linked").removesuffix("-whole"))
    return {key: [v for v in KERNELS if v in versions] for key, versions in found.items()}


def told_defects() -> list[list[str]]:
    """The rows of docs/found.md, as cells."""
    rows = [line for line in (ROOT / "docs/found.md").read_text().splitlines() if line[:1] == "|"]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in rows[2:]]


def test_found(tap: Tap) -> None:
    """Each defect is told of in docs/found.md, and nothing else is."""
    wanted, rows = listed_defects(), told_defects()
    told = {tuple(cells[:3]): cells[3].split(", ") for cells in rows}
    wrong = [f"no row: | {' | '.join(key)} | {', '.join(wanted[key])} |"
             for key in sorted(wanted.keys() - told.keys())]
    wrong += [f"no list has this defect: {' | '.join(key)}"
              for key in sorted(told.keys() - wanted.keys())]
    wrong += [f"{' | '.join(key)}: its kernels are {', '.join(wanted[key])}"
              for key in sorted(wanted.keys() & told.keys()) if told[key] != wanted[key]]
    wrong += [f"not complete: {' | '.join(cells)}" for cells in rows if len(cells) != 7 or not all(cells)]
    order = [cells[:3] for cells in rows]
    tap.ok(rows and len(told) == len(rows) and order == sorted(order) and not wrong,
           "docs/found.md has a row for each defect of the lists, sorted", *wrong)


def test_states(tap: Tap) -> None:
    """What is open is what the newest list has; a repair is there, and a defect without one has a reason."""
    rows, newest = told_defects(), list(KERNELS)[-1]
    reasons = re.findall(r"^(\d+)\. ", (ROOT / "docs/found.md").read_text(), re.M)
    words = {f"none ({reason})" for reason in reasons}
    there = {f"`{path.stem}`" for path in (ROOT / "cocci/repairs").glob("*.cocci")}
    wrong = [f"{cells[1]}: '{cells[6]}' is no repair of cocci/repairs/, and no reason"
             for cells in rows if cells[6] not in there | words]
    wrong += [f"in no row: {name}" for name in sorted(there - {cells[6] for cells in rows})]
    wrong += [f"{cells[1]}: {newest} has it, and it is not 'open in {newest}'" for cells in rows
              if newest in cells[3].split(", ") and cells[5] != f"open in {newest}"]
    tap.ok(rows and not wrong, "each defect has its state, and a repair or a reason why not", *wrong)


def main() -> int:
    tap = Tap()
    test_found(tap)
    test_states(tap)
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
