#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The engine against brute force: random programs of each era of the API; TAP.

A minute's worth of what "make check-oracle" does; tests/oracle/README says what is compared.
"""

import os
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.oracle.compare import (DEFAULT, KERNELS, WAYS, Answer, Disagreement, compare, generate,
                                  judge, of_program, known, reduce, replay, smallest, statements)
from tests.tap import Tap
from tools.mnlib import BUILD

SEED, PROGRAMS = 20, 300        # of each kernel
SANITIZED = Path(os.environ.get("SANITIZED_PROGRAM") or BUILD / "mn-replay-sanitized")
RULES = {"range-unlocked", "range-unpaired", "region-atomic", "region-balance",
         "region-mismatch", "region-uninit", "start-ignored", "unnotified-change",
         "callback-sleeps", "callback-nonblock"}
FEW_STATEMENTS = 8


def test_kernel(tap: Tap, kernel: str, scratch: Path) -> set[str]:
    """Returns the rules of which something had to be said"""
    first = PROGRAMS * KERNELS.index(kernel)
    programs = generate(kernel, SEED, first, PROGRAMS, scratch)
    found, given_up = compare(kernel, SEED, programs, scratch, WAYS)
    new = [d for d in found if not known(d)]
    tap.ok(len(programs) > PROGRAMS * 9 // 10 and not new,
           f"kernel {kernel}, seed {SEED}, from {first}: {len(programs)} programs", *map(str, new),
           *([smallest(new[0])] if new else []))
    told = Counter((d.way, d.kind, d.rule) for d in found if known(d))
    tap.note(*(f"{n} known: {' '.join(kind)}" for kind, n in told.items()),
             "given up: " + ", ".join(f"{way} {n}" for way, n in given_up.items()))
    return {rule for program in programs for must in program.musts for rule, _ in must}


def test_sanitized(tap: Tap, scratch: Path) -> None:
    """The batch that is there"""
    usual, checked = replay("7.2", scratch), replay("7.2", scratch, (), SANITIZED)
    tap.ok(not usual.error and usual == checked, "the same under sanitizers", checked.error)


def test_fails(tap: Tap, scratch: Path) -> None:
    """A finding that is missing, and one that is too many, are disagreements"""
    programs = [p for p in generate("6.1", SEED, 0, 100, scratch)]
    answer = replay("6.1", scratch)
    less = Answer(set(), set(), "")
    told = [p for p in programs if p.musts and p.number not in answer.given_up]
    tap.ok(told and all(any(kind == "missing" for kind, _ in judge(p, less, set()))
                        for p in told), "what is not said is missing")
    more = {("region-uninit", p.first) for p in programs}
    tap.ok(all(("unwanted", "region-uninit") in judge(p, answer, of_program(p, answer) | more)
               for p in programs), "what must not be said is unwanted")


def many_conditions(n: int) -> str:
    """Behind @n conditions, too many for a closer look, the first one is asked again"""
    params = ", ".join(f'v{i} "c{i}"' for i in range(1, n + 1))
    text = ('unit "many.c"\ndeclares mmu_notifier_invalidate_range_start/3\n'
            "declares mmu_notifier_invalidate_range/3\n"
            f"func many({params}, v{n + 1}, v{n + 2}, v{n + 3}) external\n")
    for i in range(n):
        text += (f"block {2 * i}:\n  if v{i + 1} goto {2 * i + 1} else {2 * i + 2}\n"
                 f"block {2 * i + 1}:\n  goto {2 * i + 2}\n")
    region = f"v{n + 1}, v{n + 2}, v{n + 3}"
    return text + (f"block {2 * n}:\n  if v1 goto {2 * n + 1} else {2 * n + 2}\n"
                   f"block {2 * n + 1}:\n"
                   f"  call mmu_notifier_invalidate_range_start({region})\n  return\n"
                   f"block {2 * n + 2}:\n"
                   f"  call mmu_notifier_invalidate_range_start({region})\n"
                   f"  call mmu_notifier_invalidate_range_end({region})\n  return\n")


def test_paths(tap: Tap, scratch: Path) -> None:
    """A path that contradicts itself is an error, and a closer look finds one that does not"""
    for n, wrong in ((2, False), (9, False), (10, True)):
        (scratch / "batch.cfg").write_text(many_conditions(n))
        answer = replay("4.20", scratch)
        tap.ok(wrong == ("contradicts itself" in answer.error) and (wrong or answer.places),
               f"the path behind {n} conditions " +
               ("contradicts itself" if wrong else "does not contradict itself"), answer.error)


def test_reducer(tap: Tap, scratch: Path) -> None:
    """With a rule that is off, what it has to say is missing: in a small program"""
    off = {"rules": ("--rules=region-uninit",)}
    programs = generate("6.1", SEED, 0, 200, scratch)
    found, _ = compare("6.1", SEED, programs, scratch, off)
    wanted = next((d for d in found if d.way != DEFAULT and d.rule == "range-unlocked"),
                  Disagreement("6.1", SEED, 0, "rules", "lost", "range-unlocked"))
    before = len(statements("6.1", SEED, wanted.number, ""))
    left = len(statements("6.1", SEED, wanted.number, reduce(wanted, scratch, off)))
    tap.ok(0 < left <= FEW_STATEMENTS < before,
           f"a disagreement is reduced from {before} statements to {left}")


def main() -> int:
    tap, told = Tap(), set()
    with tempfile.TemporaryDirectory() as name:
        for kernel in KERNELS:
            told |= test_kernel(tap, kernel, Path(name))
        test_sanitized(tap, Path(name))
        tap.ok(told == RULES, "each rule has something to say", *(RULES - told))
        test_fails(tap, Path(name))
        test_paths(tap, Path(name))
        test_reducer(tap, Path(name))
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
