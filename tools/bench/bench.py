#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""make bench: what the plugin costs, by CPU time and by instructions.

The compiler's own commands of mm/*.o are run again, with and without the plugin, one
after the other in alternating order, so that what disturbs the machine disturbs both.
Instructions come from perf where the machine counts them, else from callgrind on
four files. Variables: KDIR and O (default: the kernel of make check-kernel),
ROUNDS (default 3).
"""

import os
import re
import statistics
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tools.kernel.kbuild import Tree
from tools.mnlib import BUILD, die, in_parallel, plugin_flags, read_records, run

HEAVY = ("mm/rmap.o", "mm/memory.o", "mm/hugetlb.o", "fs/dax.o")
SCRATCH = BUILD / "bench"
CALLGRIND = re.compile(r"Collected : (\d+)")
PERF = re.compile(r"^(\d+),,instructions:u", re.M)


def tree() -> Tree:
    kdir, out = os.environ.get("KDIR", ""), os.environ.get("O", "")
    if not kdir:
        kdir, out = BUILD / "kernel-src/6.1", BUILD / "kernel-obj/6.1"
        if not (out / "mm/rmap.o").exists():
            die("mncheck: error: no kernel to measure on; give KDIR= and O=, or run "
                "make check-kernel once")
    return Tree(str(kdir), str(out))


def user_seconds(command: list[str], where: Path) -> float:
    """User CPU of one command and all it starts."""
    with subprocess.Popen(command, cwd=where, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        die(f"mncheck: error: {command[-1]} does not compile")
    return usage.ru_utime


def commands(kernel: Tree, target: str, *options: str) -> tuple[list[str], list[str]]:
    """The command of an object without and with the plugin."""
    out = ["-o", str(SCRATCH / "object.o")]
    *words, source = kernel.compile_command(target)
    return ([*words, "-c", *out, source],
            [*words, *plugin_flags(*options), "-c", *out, source])


def measure_time(kernel: Tree, targets: list[str], rounds: int) -> None:
    """Sums over all files, one pair a round; then what the pass itself says it took."""
    pairs = [commands(kernel, target) for target in targets]
    ratios, sums = [], [0.0, 0.0]
    for number in range(rounds):
        total = [0.0, 0.0]
        for position, pair in enumerate(pairs):
            order = (0, 1) if (number + position) % 2 else (1, 0)
            for which in order:
                total[which] += user_seconds(pair[which], kernel.out)
        ratios.append(total[1] / total[0])
        sums = [a + b for a, b in zip(sums, total)]
        print(f"  round {number + 1}: without {total[0]:.2f} s, with {total[1]:.2f} s, "
              f"ratio {ratios[-1]:.4f}", flush=True)
    print(f"user CPU over {len(targets)} files of mm/, {rounds} rounds: ratio of all "
          f"{sums[1] / sums[0]:.4f} (min {min(ratios):.4f}, median "
          f"{statistics.median(ratios):.4f}, max {max(ratios):.4f})")
    measure_pass(kernel, targets, sums[0] / rounds)


def measure_pass(kernel: Tree, targets: list[str], whole: float) -> None:
    record = SCRATCH / "pass.jsonl"
    record.unlink(missing_ok=True)
    for target in targets:
        user_seconds(commands(kernel, target, f"record={record}", "seconds")[1], kernel.out)
    seconds = sum(unit["seconds"] for unit in read_records(record))
    print(f"the pass itself: {seconds:.2f} s of {whole:.2f} s, {100 * seconds / whole:.2f} %")


def by_perf(command: list[str], where: Path) -> int:
    done = run(["perf", "stat", "-x,", "-e", "instructions:u", *command], cwd=where)
    return int(PERF.search(done.stderr)[1])


def by_callgrind(command: list[str], where: Path) -> int:
    """cc1 only: -S needs no assembler, and the driver is not what we measure."""
    kind = "with" if plugin_flags()[0] in command else "without"
    log = SCRATCH / f"callgrind-{Path(command[-1]).stem}-{kind}.log"
    words = [word for word in command if word != "-c"]
    words[words.index("-o") + 1] = "/dev/null"
    words[1:1] = ["-S", "-wrapper", "valgrind,--tool=callgrind,"
                  f"--callgrind-out-file=/dev/null,--log-file={log}"]
    done = run(words, cwd=where)
    match = CALLGRIND.search(log.read_text()) if log.exists() else None
    if done.returncode or not match:
        die(f"mncheck: error: callgrind on {words[-1]} failed: {done.stderr[-300:]}")
    return int(match[1])


def measure_instructions(kernel: Tree) -> None:
    has_perf = PERF.search(run(["perf", "stat", "-x,", "-e", "instructions:u",
                                "true"]).stderr)
    count, how = (by_perf, "perf") if has_perf else (by_callgrind, "callgrind")
    targets = [t for t in HEAVY if (kernel.out / t).exists()]
    print(f"instructions, by {how}:", flush=True)
    totals = [0, 0]
    for target in targets:
        pair = in_parallel(lambda command: count(command, kernel.out),
                           commands(kernel, target))
        totals = [a + b for a, b in zip(totals, pair)]
        print(f"  {target:<14} without {pair[0]:>14,}  with {pair[1]:>14,}  "
              f"ratio {pair[1] / pair[0]:.4f}", flush=True)
    print(f"instructions over {len(targets)} files: ratio {totals[1] / totals[0]:.4f}")


def main() -> int:
    kernel = tree()
    SCRATCH.mkdir(parents=True, exist_ok=True)
    targets = sorted(str(path.relative_to(kernel.out))
                     for path in kernel.out.glob("mm/*.o")
                     if (kernel.kdir / "mm" / f"{path.stem}.c").exists())
    if not targets:
        die(f"mncheck: error: {kernel.out}/mm: no object there; build mm/ once")
    print(f"measuring on {kernel.kdir}, {len(targets)} files", flush=True)
    measure_time(kernel, targets, int(os.environ.get("ROUNDS") or "3"))
    measure_instructions(kernel)
    return 0


if __name__ == "__main__":
    sys.exit(main())
