#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""make bench-cocci: what each report rule costs over a whole tree.

The measure is a rule of one line that only names the function; each rule may take
five times its CPU. Both run with the same options, in the same run, one process.
"""

import argparse
import resource
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tools.mnlib import ROOT, die, run
from tools.series.spatch import environment, options

LIMIT = 5.0
ONE_LINE = "virtual report\n@@ @@\n* mmu_notifier_invalidate_range_start(...)\n"


def cpu(rule: Path, tree: Path, words: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = run(["spatch", "-D", "report", "--very-quiet", "--no-show-diff", "--cocci-file",
                rule, *words, "--dir", tree], env=environment())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        die(f"{rule}: error: spatch failed: {done.stderr.strip()}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("tree", type=Path)
    tree = parser.parse_args().tree
    if not tree.is_dir():
        die(f"{tree}: error: there is no such tree; give it as KDIR=")
    rules = [rule for folder in ("", "drivers")
             for rule in sorted((ROOT / "cocci" / folder).glob("*.cocci"))]
    words = options(rules[0])
    with tempfile.TemporaryDirectory() as work:
        one = Path(work) / "one-line.cocci"
        one.write_text(ONE_LINE)
        cpu(one, tree, words)           # fills the page cache
        measure = cpu(one, tree, words)
    print(f"{'rule':<28} {'CPU':>8} {'times':>6}")
    print(f"{'one line':<28} {measure:>6.1f} s {1:>6.1f}")
    slow = 0
    for rule in rules:
        took = cpu(rule, tree, words)
        slow += took > LIMIT * measure
        print(f"{rule.stem:<28} {took:>6.1f} s {took / measure:>6.1f}", flush=True)
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
