#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The engine's door: what mn_validate() says of a program that an adapter built wrongly; TAP.

What the text form can say is in testcases/text/; tests/door.c has the rest.
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.tap import Tap
from tools.build.rooms import ROOMS, object_files
from tools.mnlib import BUILD, ROOT, run

OPS = (ROOT / "core/program/ops.def").read_text().count("\nMN_OP(")
WANTED = f"""\
no operation has the number {OPS}
'copy' names v99, which was never made
'copy' has v1 as its B and uses none
'copy' lacks its A
'copy' lacks its D
'store' lacks its B
'copy' has arguments and uses none
argument 1 of 'call' is v0, which was never made
argument 1 of 'call' is v99, which was never made
'copy' has the name 'f' and uses none
'call' lacks its name
'goto' has 0 successors
'fork' has 0 successors
'switch' goes to block 7, which does not exist
'goto' goes to block -1, which does not exist
""".splitlines()


def main() -> int:
    tap = Tap()
    program = BUILD / "tests/door"
    program.parent.mkdir(parents=True, exist_ok=True)
    objects = [path for room in ROOMS if room != "tools" for path in object_files(f"core/{room}")]
    # the engine may be compiled to be counted
    done = run([os.environ.get("HOSTCC", "gcc"), "-std=c11", "-Werror=implicit", "-Icore",
                *(f"-Icore/{room}" for room in ROOMS), "tests/door.c", *objects,
                BUILD / "core/contract_text.o", "-lgcov", "-o", program], cwd=ROOT)
    tap.ok(done.returncode == 0, "tests/door.c is built", done.stderr)
    done = run([program])
    said = [line.split("block 0: ")[-1] for line in done.stdout.splitlines()]
    for wanted, line in zip(WANTED, said + [""] * len(WANTED)):
        tap.ok(line == wanted, f"the door: {wanted}", line)
    tap.ok(done.returncode == 0 and len(said) == len(WANTED), "nothing else is said",
           *said, done.stderr)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
