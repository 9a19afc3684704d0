#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""make compare: the plugin and the checker on the same targets of a kernel.

Prints the findings that only one of them has, each with the reason where it is known,
and the functions that only one of them gave up. A finding is the same if rule, file and
line are; words that differ are counted. Exit status 0 if there is nothing to print.
The variables are make's and those of make kernel.
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tools.kernel.kernel import Run, plugin_options, result_name
from tools.kernel.sparse import SparseRun, chosen_targets, kernel_tree, print_failures
from tools.mnlib import (PLUGIN, default_jobs, die, finding_functions, finding_lines, start,
                         unique_findings)


def by_place(records: list[dict]) -> dict[tuple, dict]:
    return {(f["file"], f["line"], f["rule"]): f for f in unique_findings(records)}


def gave_up(records: list[dict]) -> set[str]:
    """FUNCTION of each "mncheck: given up: FUNCTION: why"."""
    return {text.split(": ")[2] for record in records for text in record["trouble"]
            if text.startswith("mncheck: given up: ")}


def reason(finding: dict, other: str, unread: dict[str, set[str]], lost: set[str],
           files: set[str]) -> str:
    """Why the other engine does not have it, or "" where that is not known."""
    functions = finding_functions(finding)
    if finding["file"] not in files and finding["file"].endswith(".c"):
        return f"{other} did not read this file"
    hidden = functions & unread.get(finding["file"], set())
    if other == "mncheck-sparse" and hidden:
        return f"sparse cannot read {', '.join(sorted(hidden))}"
    if functions & lost:
        return f"{other} gave up on {', '.join(sorted(functions & lost))}"
    return ""


def print_only(name: str, mine: dict, other_name: str, other: dict, why) -> int:
    alone = [finding for key, finding in mine.items() if key not in other]
    for finding in alone:
        print("\n".join(finding_lines(finding)))
        print(f"  only {name} says so: {why(finding, other_name) or 'no reason known'}")
    return len(alone)


def main() -> int:
    tree = kernel_tree()
    if not PLUGIN.exists():
        die(f"mncheck: error: {PLUGIN}: not built; run make")
    tree.need_gcc()
    targets = chosen_targets(tree)
    jobs = int(os.environ.get("J") or default_jobs())
    name = result_name(tree.kdir.name)
    print(f"comparing on {tree.kdir} ({tree.out}): {' '.join(targets)}", flush=True)

    checker = SparseRun(tree, f"{name}-sparse", [], quiet=True)
    by_sparse = checker.run(targets, jobs)
    by_gcc = Run(tree, f"{name}-gcc", plugin_options(os.environ), quiet=True).run(targets, jobs)
    print_failures(by_sparse)
    print_failures(by_gcc)

    gcc, sparse = by_place(by_gcc.records), by_place(by_sparse.records)
    lost = {"the plugin": gave_up(by_gcc.records), "mncheck-sparse": gave_up(by_sparse.records)}
    files = {"the plugin": {r["file"] for r in by_gcc.records},
             "mncheck-sparse": {r["file"] for r in by_sparse.records}}

    def why(finding: dict, other: str) -> str:
        return reason(finding, other, checker.unread, lost[other], files[other])

    only = print_only("the plugin", gcc, "mncheck-sparse", sparse, why)
    only += print_only("mncheck-sparse", sparse, "the plugin", gcc, why)
    both = [key for key in gcc if key in sparse]
    words = sum(gcc[key]["text"] != sparse[key]["text"] for key in both)
    print(f"files: {len(by_gcc.records)} and {len(by_sparse.records)}, "
          f"findings of both: {len(both)}, of them in other words: {words}, of one only: {only}")
    for engine, functions in lost.items():
        other = lost["the plugin" if engine != "the plugin" else "mncheck-sparse"]
        if functions - other:
            print(f"given up by {engine} only: {', '.join(sorted(functions - other))}")
    failed = by_gcc.failed or by_sparse.failed or by_gcc.crashes or by_sparse.crashes
    return 1 if only or failed else 0


if __name__ == "__main__":
    start(main)
