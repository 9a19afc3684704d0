#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Programs that are larger than any number in the engine had room for; TAP.

Each is written here, with one fault at its end: the finding has to be there, or the engine says
that it gave up. Each takes about a second; a time that is the square of the size would
be over the limit.
"""

import re
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.tap import Tap
from tools.mnlib import REPLAY, limit_children, run

SECONDS = 60
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


def locks(n: int) -> list[str]:
    """one block with @n calls, each second of which drops the lock that the one before took"""
    return ["block 0:", *["  call spin_lock(v1)", "  call spin_unlock(v1)"] * (n // 2), *FAULT]


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


def stores(n: int) -> list[str]:
    """@n joins, and before each a store to a place of its own"""
    lines = []
    for i in range(n):
        lines += [f"block {i}:", f"  v{i + 5} = addr v2 +{64 * i + 64}", f"  store v{i + 5} v3",
                  f"  if v1 goto {i + 1} else {i + 1}"]
    return [*lines, f"block {n}:", *FAULT]


def stores_at_once(n: int) -> list[str]:
    """a store to @n places before one join"""
    lines = ["block 0:"]
    for i in range(n):
        lines += [f"  v{i + 5} = addr v2 +{64 * i + 64}", f"  store v{i + 5} v3"]
    return [*lines, "  if v1 goto 1 else 1", "block 1:", *FAULT]


def values(n: int, blocks: int) -> list[str]:
    """@blocks blocks, and values up to @n"""
    return [line if line != "block 0:" else f"block 0:\n  v{n} = unknown"
            for line in branches(blocks)]


def call_that_splits(n: int) -> list[str]:
    """a call with @n effects, of which each happens or does not"""
    return ["block 0:", *[f"  v{i + 5} = unknown" for i in range(n)],
            f"  call split_{n}({', '.join(f'v{i + 5}' for i in range(n))})", *FAULT]


def call_with_births() -> list[str]:
    """a lock that a call puts where its 15th argument points to, and a value that it sets"""
    return ["block 0:", START, *[f"  v{i + 5} = unknown" for i in range(16)],
            f"  call births({', '.join(f'v{i + 5}' for i in range(16))})",
            "  v21 = load v5", "  call spin_unlock(v21)",
            "  call mmu_notifier_invalidate_range(v2, v3, v4)",
            END, "  return"]


def nested(n: int) -> list[str]:
    """preemption is disabled @n times, and enabled as often"""
    return ["block 0:", *["  call preempt_disable()"] * n, *["  call preempt_enable()"] * n, *FAULT]


def left_by_one_that_gives_up() -> list[str]:
    """a lock that a function leaves, which is given up where it is called again"""
    return ["block 0:", "  v5 = const 0", "  v6 = const 1", "  call take(v1, v5)", START, END,
            "  call spin_unlock(v1)", "  call take(v1, v6)", "  return", "",
            'func take(v1 "lock", v2 "again")', "block 0:", "  call spin_lock(v1)", "  if v2 goto 2 else 1",
            "block 1:", "  return",
            *[line.replace("block 0", "block 2") for line in call_that_splits(6)[:-4]], "  return"]


def calls_itself_twice() -> list[str]:
    """its path at each depth is twice that of the one before"""
    return ["block 0:", "  call twice(v1, v2, v3)", *FAULT, "",
            'func twice(v1 "mm", v2 "start", v3 "end")', "block 0:",
            "  v4 = ult v2 v3", "  if v4 goto 1 else 2", "block 1:", "  v5 = const 4096", "  v6 = add v2 v5",
            "  call twice(v1, v6, v3)", "  call mmu_notifier_invalidate_range_start(v1, v2, v6)",
            "  call mmu_notifier_invalidate_range_end(v3, v2, v6)", "  call twice(v1, v6, v3)", "  goto 2",
            "block 2:", "  return"]


def calls_itself_in_a_loop() -> list[str]:
    """each round of the loop makes its path longer, and learns something new"""
    return ["block 0:", "  call round(v1, v2, v3, v4)", *FAULT, "",
            'func round(v1 "mm", v2 "start", v3 "end", v4 "other")', "block 0:",
            "  v11 = call cond()", "  if v11 goto 2 else 1",
            "block 1:", "  call mmu_notifier_invalidate_range_end(v1, v1, v1)",
            "  v12 = call cond()", "  if v12 goto 4 else 3",
            "block 2:", "  call mmu_notifier_invalidate_range_end(v4, v1, v3)", "  call round(v4, v4, v4, v3)",
            "  call mmu_notifier_invalidate_range_end(v4, v4, v4)",
            "  call mmu_notifier_invalidate_range_start(v4, v3, v3)", "  call round(v3, v2, v1, v4)", "  return",
            "block 3:", "  call round(v3, v4, v3, v3)", "  goto 1",
            "block 4:", "  call spin_unlock(v3)", "  return"]


def ways_back(n: int) -> list[str]:
    """a loop with @n ways back, each of which has stored something else"""
    lines = ["block 0:", "  goto 1", "block 1:", "  v6 = unknown", f"  if v6 goto 2 else {3 * n + 2}"]
    for i in range(n):
        at, place, value = 2 + 3 * i, f"v{20 + 2 * i}", f"v{21 + 2 * i}"
        lines += [f"block {at}:", f"  {place} = addr v1 +{64 * i}", f"  {value} = unknown",
                  f"  if {value} goto {at + 1} else {at + 2}",
                  f"block {at + 1}:", f"  store {place} {value}", f"  if v3 goto 1 else {at + 2}",
                  f"block {at + 2}:", f"  if v4 goto 1 else {at + 3 if i < n - 1 else 1}"]
    return [*lines, f"block {3 * n + 2}:", *FAULT]


def stores_that_nobody_loads() -> list[str]:
    """two ways that leave something else in a local object, which is stored to again"""
    return ["block 0:", "  v5 = local x", "  v6 = const 1", "  v7 = const 2", "  v8 = unknown",
            "  if v8 goto 1 else 2", "block 1:", "  store v5 v6", "  goto 3",
            "block 2:", "  store v5 v7", "  goto 3",
            "block 3:", "  store v5 v6", "  v9 = load v5", *FAULT]


HELPER = [*FAULT[:2], "  return", 'func helper(v1 "p", v2 "mm", v3 "start", v4 "end")', "block 0:",
          "  v5 = addr v1 +64", "  v6 = load v5", "  if v6 goto 1 else 2",
          "block 1:", *FAULT[:2], "  return", "block 2:", "  return"]


def call_with_unknown_cell() -> list[str]:
    """a helper is called before and after what it reads was stored"""
    return ["block 0:", "  v5 = addr v1 +64", "  v6 = unknown", "  v7 = unknown", "  if v7 goto 1 else 2",
            "block 1:", "  store v5 v6", "  call helper(v1, v2, v3, v4)", "  goto 3",
            "block 2:", "  call helper(v1, v2, v3, v4)", "  goto 3", "block 3:", *HELPER]


def call_behind_mask() -> list[str]:
    """a helper is called by two ways, on one of which a bit was asked for that is forgotten again"""
    return ["block 0:", "  v5 = addr v1 +128", "  v6 = load v5", "  v7 = const 4096", "  v8 = and v6 v7",
            "  v9 = unknown", "  if v9 goto 1 else 5",
            "block 1:", "  if v8 goto 2 else 3", "block 2:", "  goto 4", "block 3:", "  goto 4",
            "block 4:", "  call helper(v1, v2, v3, v4)", "  goto 6",
            "block 5:", "  call helper(v1, v2, v3, v4)", "  goto 6",
            "block 6:", "  goto 7", "block 7:", "  goto 8", "block 8:", *HELPER]


def conditions(n: int) -> list[str]:
    """@n values that are 0, each with the condition that says so, at one join"""
    lines = []
    for i in range(n):
        lines += [f"block {i}:", *([] if i else ["  v5 = const 0"]), f"  v{10 + 2 * i} = unknown",
                  f"  v{11 + 2 * i} = eq v{10 + 2 * i} v5",
                  f"  if v{11 + 2 * i} goto {i + 1} else {n + 4}"]
    uses = [f"  call use(v{10 + 2 * i}, v{11 + 2 * i})" for i in range(n)]
    return [*lines, f"block {n}:", f"  if v1 goto {n + 1} else {n + 2}", f"block {n + 1}:", f"  goto {n + 3}",
            f"block {n + 2}:", f"  goto {n + 3}", f"block {n + 3}:", *uses, *FAULT, f"block {n + 4}:", "  return"]


CONTRACT = "[functions]\nbirths/16 | lock *15 as ptl, set *1=2:no.member | * |\n" + "".join(
    f"split_{n}/{n} | " + ", ".join(f"writes {i + 1} if {i + 1}" for i in range(n)) + " | * |\n"
    for n in (5, 6))
SILENT = ""

# what it is, the program, a piece of what is said
CASES = [
    ("66000 joins", branches(66000), TOLD),
    ("200000 joins", branches(200000), GIVEN_UP + "too many steps (limit-steps)"),
    ("1.1 million joins", branches(1100000), GIVEN_UP + "too many blocks"),
    ("70000 instructions in a block", calls(70000), TOLD),
    ("70000 locks in a block", locks(140000), TOLD),
    ("1.1 million instructions in a block", calls(1100000), GIVEN_UP + "too many blocks"),
    ("a loop with 20000 ways back", loop(20000), TOLD),
    ("a value that 60000 blocks use", one_use(60000), TOLD),
    ("a million values in 3000 blocks", values(1000000, 3000), GIVEN_UP + "too many blocks"),
    ("2000 places are stored to, one behind the other", stores(2000), TOLD),
    ("3500 places are stored to, one behind the other", stores(3500),
     GIVEN_UP + "too much is known of too many states"),
    ("4000 places are stored to at once", stores_at_once(4000), TOLD),
    ("5000 places are stored to at once", stores_at_once(5000),
     GIVEN_UP + "too much is known of too many states"),
    ("1200 values are 0, and so many conditions known", conditions(1200), TOLD),
    ("a call that makes 32 states of one", call_that_splits(5), TOLD),
    ("a call that makes 64 states of one", call_that_splits(6),
     GIVEN_UP + "too many states at one call"),
    ("a call that gives birth to two values", call_with_births(), SILENT),
    ("preemption is disabled 100 times", nested(100), TOLD),
    ("a function that calls itself in a loop", calls_itself_in_a_loop(), "mncheck: given up: round: too many steps (limit-steps)"),
    ("a function that calls itself twice", calls_itself_twice(), "[mn-region-mismatch]"),
]


# what it is, the program, how many contexts and how many steps it may take
COSTS = [
    ("a loop whose 20 ways back differ", ways_back(20), 1, 300),
    ("what nobody loads", stores_that_nobody_loads(), 1, 15),
    ("a call with something else in a cell", call_with_unknown_cell(), 2, 30),
    ("a call behind a bit that is forgotten", call_behind_mask(), 2, 35),
]


def replay(scratch: Path, lines: list[str], command: tuple = (), options: tuple = ()):
    program, contract = scratch / "large.cfg", scratch / "large.contract"
    program.write_text(HEAD + "\n".join(lines) + "\n")
    contract.write_text(CONTRACT)
    return run([*command, REPLAY, "--contract", contract, *options, program])


def failure(scratch: Path, lines: list[str], said: str) -> str:
    result = replay(scratch, lines)
    text = result.stdout + result.stderr
    good = said in text if said else not text
    return "" if good and not result.returncode else \
        f"status {result.returncode}, not {said!r}:\n{text[-500:]}"


def cost(scratch: Path, lines: list[str], contexts: int, steps: int) -> str:
    done = replay(scratch, lines, options=("--stats",))
    match = re.search(r"contexts (\d+), .* steps (\d+)", done.stdout + done.stderr)
    if match and int(match[1]) <= contexts and int(match[2]) <= steps:
        return ""
    return f"not {contexts} contexts and {steps} steps: {match[0] if match else done.stderr[-500:]}"


def test_left(tap: Tap, scratch: Path) -> None:
    """What a function that is given up leaves shows nothing."""
    done = replay(scratch, left_by_one_that_gives_up())
    said = done.stdout + done.stderr
    tap.ok("mncheck: given up: take: too many states at one call" in said and "[mn-" not in said,
           "a lock of a function that is given up", said)


def test_memory(tap: Tap, scratch: Path) -> None:
    result = replay(scratch, branches(66000), ("prlimit", "--as=40000000"))
    tap.ok(result.returncode == 2 and result.stderr == "mncheck: error: out of memory\n",
           "memory that is not there", f"status {result.returncode}", result.stderr)


def test_contracts(tap: Tap, scratch: Path) -> None:
    """mn-replay takes so many files, and says of one more what to do"""
    contract, program = scratch / "large.contract", scratch / "large.cfg"
    for n in (16, 17):
        result = run([REPLAY, *["--contract", contract] * n, program])
        told = "error: --contract given too often; join the files" in result.stderr
        tap.ok(told == (n > 16) and result.returncode == 2 * told, f"{n} contracts", result.stderr)


def main() -> int:
    limit_children(SECONDS)
    tap = Tap()
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        for case, lines, said in CASES:
            why = failure(scratch, lines, said)
            tap.ok(not why, case, why)
        for case, lines, contexts, steps in COSTS:
            why = cost(scratch, lines, contexts, steps)
            tap.ok(not why, f"what it takes: {case}", why)
        test_left(tap, scratch)
        test_memory(tap, scratch)
        test_contracts(tap, scratch)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
