#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Programs that are larger than any number in the engine had room for; TAP.

Each is written here, with one fault at its end: the finding has to be there, or the engine says
that it gave up. Each takes about a second; a time that is the square of the size would
be over the limit.
"""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tools.mnlib import REPLAY, Tap, limit_children, run

SECONDS = 30
HEAD = """\
unit "large.c"
declares mmu_notifier_invalidate_range_start/3
declares mmu_notifier_invalidate_range/3
func bad(v1 "c", v2 "mm", v3 "start", v4 "end") external
"""
START = "  call mmu_notifier_invalidate_range_start(v2, v3, v4)"
END = "  call mmu_notifier_invalidate_range_end(v2, v3, v4)"
FAULT = [START, END, END, "  return"]
TOLD = "region 'mm' is ended a second time [mn-region-balance]"
GIVEN_UP = "mncheck: given up: bad: "


def branches(n: int) -> list[str]:
    """@n joins, one behind the other"""
    lines = []
    for i in range(n):
        lines += [f"block {i}:", f"  if v1 goto {i + 1} else {i + 1}"]
    return [*lines, f"block {n}:", *FAULT]


def calls(n: int) -> list[str]:
    """one block with @n instructions"""
    return ["block 0:", *["  call nothing(v1)"] * n, *FAULT]


def loop(n: int) -> list[str]:
    """a loop with @n ways back to its head"""
    lines = ["block 0:", "  goto 1", "block 1:", f"  if v1 goto 2 else {n + 2}"]
    for i in range(2, n + 2):
        lines += [f"block {i}:", f"  v{i + 3} = unknown",
                  f"  if v{i + 3} goto 1 else {i + 1 if i <= n else 1}"]
    return [*lines, f"block {n + 2}:", *FAULT]


def one_use(n: int) -> list[str]:
    """a value that each of @n blocks uses, far from where it is defined"""
    lines = ["block 0:", "  goto 1", "block 1:", "  v5 = unknown"]
    for i in range(1, n):
        lines += [*([f"block {i}:"] if i > 1 else []), "  store v1 v5", f"  goto {i + 1}"]
    return [*lines, f"block {n}:", *FAULT]


def values(n: int, blocks: int) -> list[str]:
    """@blocks blocks, and values up to @n"""
    return [line if line != "block 0:" else f"block 0:\n  v{n} = unknown"
            for line in branches(blocks)]


# what it is, the program, more options, a piece of what is said
CASES = [
    ("66000 joins", branches(66000), [], TOLD),
    ("200000 joins", branches(200000), [], GIVEN_UP + "too many steps (limit-steps)"),
    ("1.1 million joins", branches(1100000), [], GIVEN_UP + "too many blocks"),
    ("70000 instructions in a block", calls(70000), [], TOLD),
    ("1.1 million instructions in a block", calls(1100000), [], GIVEN_UP + "too many blocks"),
    ("a loop with 20000 ways back", loop(20000), [], TOLD),
    ("a value that 60000 blocks use", one_use(60000), [], TOLD),
    ("a million values in 3000 blocks", values(1000000, 3000), [], GIVEN_UP + "too many blocks"),
]


def failure(lines: list[str], options: list[str], said: str) -> str:
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "large.cfg"
        path.write_text(HEAD + "\n".join(lines) + "\n")
        result = run([REPLAY, *options, path])
    text = result.stdout + result.stderr
    return "" if said in text else f"status {result.returncode}, not {said!r}:\n{text[-500:]}"


def main() -> int:
    limit_children(SECONDS)
    tap = Tap()
    for name, lines, options, said in CASES:
        why = failure(lines, options, said)
        tap.ok(not why, name, why)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
