#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Code that is no kernel's: the plugin changes no byte and says nothing, the checker does not crash; TAP.

    check_foreign.py [--programs=N] [--seed=N] [--jobs=N]

Programs of csmith, each function with a region that is right, so that all of them are looked at;
and shapes of GNU C and C++ that a kernel hardly has.
"""

import argparse
import re
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.tap import Tap
from tools.mnlib import (CC, GCC, ROOT, SPARSE, default_jobs, in_parallel, limit_children,
                         plugin_flags, run, start)

HERE = ROOT / "tests/foreign"
FUNCTIONS = 10000
CPU_SECONDS, GIGABYTES = 300, 8
CSMITH_HEADERS = next((path.parent for path in sorted(Path("/usr/include").glob("csmith*/csmith.h"))),
                      Path("/usr/include"))
# what does not look at a unit has not been tested by it
STATS = re.compile(r"^mncheck: stats: .* (\d+) simulated.*\n", re.M)
GIVEN_UP = re.compile(r"^mncheck: given up: .*\n", re.M)


def compiled(path: Path, made: Path, *options: str) -> tuple[int, str]:
    compiler = [GCC.replace("gcc", "g++")] if path.suffix == ".cc" else CC
    done = run([*compiler, "-O2", "-w", f"-I{HERE}", f"-I{CSMITH_HEADERS}", *options, "-c", path,
                "-o", made])
    return done.returncode, done.stderr


def faults_of(path: Path) -> tuple[list[str], int, int]:
    """What is wrong, how many functions were simulated, and given up"""
    plain, looked = path.with_suffix(".plain.o"), path.with_suffix(".plugin.o")
    status, said = compiled(path, plain)
    if status:
        return [f"{path.name}: does not compile: {said[:300]}"], 0, 0
    status, said = compiled(path, looked, *plugin_flags("stats"))
    simulated = sum(int(n) for n in STATS.findall(said))
    given_up = len(GIVEN_UP.findall(said))
    left = GIVEN_UP.sub("", STATS.sub("", said))
    wrong = [f"{path.name}: status {status}"] if status else []
    wrong += [f"{path.name}: says {left[:300]}"] if left else []
    if not status and plain.read_bytes() != looked.read_bytes():
        wrong.append(f"{path.name}: the object is another one")
    return wrong + ([] if path.suffix == ".cc" else crash_of_sparse(path)), simulated, given_up


def crash_of_sparse(path: Path) -> list[str]:
    """sparse may refuse what it cannot parse, in its own words"""
    if not SPARSE.exists():
        return []
    done = run([SPARSE, f"-I{HERE}", f"-I{CSMITH_HEADERS}", path])
    bad = done.returncode < 0 or "internal:" in done.stdout + done.stderr
    return [f"{path.name}: mncheck-sparse: status {done.returncode}: {done.stderr[-200:]}"] if bad else []


def csmith(seed: int, path: Path) -> Path:
    """A program, with a region at the start of each function"""
    text = run(["csmith", "--seed", seed, "--no-packed-struct"]).stdout
    text = re.sub(r"^(\{ /\* block id: \d+ \*/)$", r"\1\n    FOREIGN_REGION;", text, flags=re.M)
    path.write_text('#include "api.h"\n' + text)
    return path


def many_functions(path: Path) -> Path:
    lines = [f"__attribute__((noinline)) int f{n}(int x) {{ FOREIGN_REGION; return x ? f{n - 1}(x - 1) : {n}; }}"
             for n in range(1, FUNCTIONS)]
    path.write_text("\n".join(['#include "api.h"', "int f0(int x) { return x; }", *lines, ""]))
    return path


def test_shapes(tap: Tap, scratch: Path) -> None:
    paths = []
    for name in ("shapes.c", "shapes.cc"):
        (scratch / name).write_text((HERE / name).read_text())
        paths.append(scratch / name)
    for path in [*paths, many_functions(scratch / "many.c")]:
        wrong, simulated, given_up = faults_of(path)
        tap.ok(simulated and not wrong, f"{path.name}: {simulated} functions simulated, "
               f"{given_up} given up, no message and no other byte", *wrong)


def test_csmith(tap: Tap, scratch: Path, programs: int, seed: int, jobs: int) -> None:
    if not run(["csmith", "--version"]).stdout:
        tap.skip(f"{programs} programs of csmith", "no csmith here: apt-get install csmith libcsmith-dev")
        return
    answers = in_parallel(lambda n: faults_of(csmith(seed + n, scratch / f"csmith-{seed + n}.c")),
                          range(programs), jobs)
    wrong = [line for lines, *_ in answers for line in lines]
    simulated, given_up = sum(n for _, n, _ in answers), sum(n for *_, n in answers)
    tap.ok(simulated and not wrong, f"{programs} programs of csmith from seed {seed}: {simulated} "
           f"functions simulated, {given_up} given up, no message and no other byte", *wrong)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--programs", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=default_jobs())
    args = parser.parse_args()
    limit_children(CPU_SECONDS, GIGABYTES)
    tap = Tap()
    with tempfile.TemporaryDirectory() as name:
        test_shapes(tap, Path(name))
        test_csmith(tap, Path(name), args.programs, args.seed, args.jobs)
    return tap.finish()


if __name__ == "__main__":
    start(main)
