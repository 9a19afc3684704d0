#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Run test programs that print TAP, and close with "N passed, N failed".

Each argument is one command. A program that dies, prints fewer tests than
it planned, or leaves with an error that no test explains, counts as one
failure. --counts=FILE keeps the three numbers; --total adds such files up.
"""

import argparse
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tools.mnlib import ROOT

TEST = re.compile(r"^(not )?ok\b[^#]*(#\s*skip\b)?", re.I)
PLAN = re.compile(r"^1\.\.(\d+)")


def run_one(command: str, verbose: bool) -> dict:
    words = shlex.split(command)
    if words[0].endswith(".py"):
        words.insert(0, sys.executable)
    print(f"# {command}", flush=True)
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    seen, plan, show = 0, None, verbose
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True,
                          errors="replace") as process:
        for line in process.stdout:
            test = TEST.match(line)
            if test:
                seen += 1
                kind = "failed" if test[1] else "skipped" if test[2] else "passed"
                counts[kind] += 1
                show = verbose or kind != "passed"
            elif PLAN.match(line):
                plan, show = int(PLAN.match(line)[1]), verbose
            if show or line.startswith("# "):
                print(line, end="", flush=True)
    if plan != seen or (process.returncode and not counts["failed"]):
        print(f"not ok - {command}: exit status {process.returncode} "
              f"after {seen} of {plan if plan is not None else '?'} tests", flush=True)
        counts["failed"] += 1
    return counts


def add_up(all_counts: list[dict]) -> dict:
    return {kind: sum(counts[kind] for counts in all_counts)
            for kind in ("passed", "failed", "skipped")}


def read_counts(path: str) -> dict:
    try:
        return json.loads(Path(path).read_text())
    except (OSError, ValueError):
        print(f"{path}: no result: that run did not come to its end")
        return {"passed": 0, "failed": 1, "skipped": 0}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("command", nargs="+", help="a test program with its arguments")
    parser.add_argument("--counts", help="keep the numbers in this file")
    parser.add_argument("--total", action="store_true",
                        help="the arguments are files of --counts: add them up")
    parser.add_argument("-v", "--verbose", action="store_true",
                        help="print the tests that pass as well")
    args = parser.parse_args()

    if args.total:
        total = add_up([read_counts(path) for path in args.command])
    else:
        if args.counts:
            Path(args.counts).unlink(missing_ok=True)
        total = add_up([run_one(command, args.verbose) for command in args.command])
    if args.counts:
        Path(args.counts).parent.mkdir(parents=True, exist_ok=True)
        Path(args.counts).write_text(json.dumps(total) + "\n")
    skipped = f", {total['skipped']} skipped" if total["skipped"] else ""
    print(f"{total['passed']} passed, {total['failed']} failed{skipped}", flush=True)
    return 1 if total["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
