#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Part of make bench: user CPU of mncheck-sparse against that of sparse itself.

Both read mm/*.c of the kernel with the arguments that kbuild gives them, one
after the other, and the order changes from file to file. Variables: KDIR and O (default:
the kernel of make check-kernel), ROUNDS (default 3).
"""

import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tools.bench import bench
from tools.kernel.kbuild import Tree
from tools.mnlib import BUILD, SPARSE


LIMIT = 1.1
# what the kernel's Makefile gives to $(CHECK), for x86_64
CHECKFLAGS = ("-D__linux__ -Dlinux -D__STDC__ -Dunix -D__unix__ -Wbitwise -Wno-return-void "
              "-Wno-unknown-attribute -D__x86_64__ --arch=x86 -m64").split()


def user_seconds(program: str, words: list[str], tree: Tree) -> float:
    """Its exit status says nothing: sparse may fail to read a file."""
    with subprocess.Popen([program, *CHECKFLAGS, *words], cwd=tree.out,
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime


def main() -> int:
    stock = shutil.which("sparse") or str(BUILD / "sparse-src/sparse")
    if not SPARSE.exists() or not shutil.which(stock):
        print("mncheck-sparse against sparse: not measured (one of them is not there)")
        return 0
    tree = bench.tree()
    words = [tree.compile_command(f"mm/{path.name[1:-4]}")[1:]
             for path in sorted((tree.out / "mm").glob(".*.o.cmd"))
             if "built-in" not in path.name]
    words = [command for command in words if command[-1].endswith(".c")]
    ratios = []
    for turn in range(int(os.environ.get("ROUNDS") or 3)):
        sums = {stock: 0.0, str(SPARSE): 0.0}
        for number, command in enumerate(words):
            order = [stock, str(SPARSE)]
            for program in order if (number + turn) % 2 else order[::-1]:
                sums[program] += user_seconds(program, command, tree)
        ratios.append(sums[str(SPARSE)] / sums[stock])
        print(f"mncheck-sparse {sums[str(SPARSE)]:.2f} s, sparse {sums[stock]:.2f} s, "
              f"ratio {ratios[-1]:.3f} ({len(words)} files)", flush=True)
    middle = statistics.median(ratios)
    print(f"mncheck-sparse takes {middle:.3f} of sparse's user CPU (at most {LIMIT} wanted)")
    return 0 if middle <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
