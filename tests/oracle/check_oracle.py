#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Many random programs through the engine, in all its ways; each kind of disagreement once.

    check_oracle.py [--programs=N] [--seed=N] [--first=N] [--kernel=V] [--jobs=N] [--keep=DIR]
                    [--known]

The smallest program of each kind of disagreement is printed, and written to DIR. Exit
status: 1 if there is one.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.oracle.compare import (KERNELS, WAYS, Disagreement, compare, generate, known, smallest)
from tools.mnlib import default_jobs, start

BATCH = 500
REDUCED_OF_A_KIND = 1


def one_batch(number: int, args) -> tuple[int, int, list[Disagreement], dict[str, int]]:
    kernel = args.kernel or KERNELS[number % len(KERNELS)]
    first = args.first + number * BATCH
    count = min(BATCH, args.first + args.programs - first)
    with tempfile.TemporaryDirectory() as name:
        programs = generate(kernel, args.seed, first, count, Path(name))
        found, given_up = compare(kernel, args.seed, programs, Path(name), WAYS)
    return len(programs), sum(program.states for program in programs), found, given_up


def run(args) -> tuple[list[Disagreement], str]:
    began, found, total, states = time.monotonic(), [], 0, 0
    given_up: Counter = Counter()
    batches = range((args.programs + BATCH - 1) // BATCH)
    with ThreadPoolExecutor(args.jobs) as pool:
        for n, s, wrong, lost in pool.map(lambda i: one_batch(i, args), batches):
            total, states, found = total + n, states + s, found + wrong
            given_up.update(lost)
    seconds = time.monotonic() - began
    return found, (f"{total} programs, {states} states, {len(found)} disagreements, "
                   f"{seconds:.0f} s; given up: " +
                   ", ".join(f"{way} {n}" for way, n in given_up.items()))


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--programs", type=int, default=100000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--kernel", default="")
    parser.add_argument("--jobs", type=int, default=default_jobs())
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--known", action="store_true", help="reduce those of known kinds, too")
    args = parser.parse_args()
    found, told = run(args)
    kinds = Counter((d.way, d.kind, d.rule) for d in found)
    print(f"seed {args.seed}: {told}")
    for (way, kind, rule), n in kinds.most_common():
        print(f"{n:6} {way}: {kind} {rule}")
    print(f"{sum(known(d) for d in found)} of them are of kinds that tests/oracle/known lists")
    reduced: Counter = Counter()
    for d in found:
        if known(d) and not args.known:
            continue
        kind = (d.way, d.kind, d.rule)
        reduced[kind] += 1
        if reduced[kind] > REDUCED_OF_A_KIND:
            continue
        text = smallest(d)
        print(text)
        if args.keep:
            args.keep.mkdir(parents=True, exist_ok=True)
            (args.keep / f"{'-'.join(kind)}-{d.number}.cfg").write_text(text)
    return 0 if all(map(known, found)) else 1


if __name__ == "__main__":
    start(main)
