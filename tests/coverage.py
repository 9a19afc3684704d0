#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Lines and branches of each room that a command runs, as gcovr counts them.

	BUILD=build/coverage coverage.py [COMMAND..]

BUILD is compiled with --coverage. The figures of earlier runs are removed first, the
command is run, and a table is printed; without a command, that of the last run. Below the
goals the exit status is 1.
A line that cannot be counted is marked for gcovr where it stands, with the reason.
"""

import json
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tools.mnlib import BUILD, ROOT, die, run, start

# percent of the lines and branches
GOALS = {"core": (98, 92), "gcc-plugin": (95, 85), "sparse-checks": (95, 85)}
# sparse's lists: the macros ask for chunks and for elements that were removed, besides the end
MACROS = r".*FOR_EACH_PTR\("
# memory that is over: no test brings that about at a given line
OVER = r".*\bout_of_memory\(\);"
FIGURES = ("line_covered", "line_total", "branch_covered", "branch_total")


def remove_old() -> None:
    """What earlier runs counted, and the compiler's notes (.PID.NAME.gcno, from whole.sh) that
    are not those of the present source"""
    for path in BUILD.rglob("*.gcda"):
        path.unlink()
    known = set()
    for path in sorted(BUILD.rglob(".[0-9]*.gcno"), key=lambda note: -note.stat().st_mtime):
        name = path.name.split(".", 2)[2].removesuffix("gcno") + "c"
        source = path.parent.relative_to(BUILD) / name
        if source in known or not ((ROOT / source).exists() or (BUILD / name).exists()):
            path.unlink()
        known.add(source)


def counted() -> dict[Path, list[int]]:
    """The figures of each file that is compiled, below the project"""
    wanted = [word for folder in GOALS for word in ("--filter", f"{ROOT}/{folder}/")]
    done = run(["gcovr", "--root", ROOT, *wanted, "--json-summary", "--exclude-throw-branches",
                "--exclude-unreachable-branches", "--exclude-branches-by-pattern", MACROS,
                "--exclude-lines-by-pattern", OVER,
                *map(BUILD.joinpath, GOALS)], cwd=BUILD)
    if done.returncode:
        die(f"mncheck: error: gcovr: {done.stderr.strip() or done.stdout.strip()}; "
            "install it: make deps")
    return {Path(file["filename"]): [file[name] for name in FIGURES]
            for file in json.loads(done.stdout)["files"]}


def percent(covered: int, total: int) -> float:
    return 100 * covered / total if total else 100


def row(name: str, figures: list[int]) -> str:
    lines, branches = percent(*figures[:2]), percent(*figures[2:])
    return f"{name:<24} {figures[1]:>6} {lines:>8.1f} % {figures[3]:>9} {branches:>8.1f} %"


def main() -> int:
    command = [word for word in sys.argv[1:] if word != "--"]
    status = 0
    if command:
        remove_old()
        status = subprocess.run(command, cwd=ROOT, check=False).returncode
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    files = counted()
    if not files:
        die(f"mncheck: error: {BUILD}: nothing is counted here; run make coverage")
    for path, figures in files.items():
        for name in {path.parts[0], str(path.parent)}:
            sums[name] = [a + b for a, b in zip(sums[name], figures)]
    if os.environ.get("V"):
        for path in sorted(files):
            print(row(str(path), files[path]))
    print(f"{'':<24} {'lines':>6} {'run':>10} {'branches':>9} {'taken':>10}")
    for name in sorted(sums):
        print(row(name, sums[name]))
    for name, (lines, branches) in GOALS.items():
        figures = sums[name]
        if percent(*figures[:2]) < lines or percent(*figures[2:]) < branches:
            print(f"mncheck: {name}: below {lines} % of the lines or {branches} % of the branches")
            status = status or 1
    return status


if __name__ == "__main__":
    start(main)
