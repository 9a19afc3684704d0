#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The targets of tests/fuzz/ for a moment, and planted faults that they have to find; TAP.

"make fuzz" runs them for longer. A planted fault is one file of core/ with one change,
compiled and linked in place of the right one.
"""

import os
import re
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.fuzz.fuzz import TARGETS, Outcome, built, fuzz
from tests.tap import Tap
from tools.mnlib import BUILD, ROOT, run

SECONDS, SEED = 20, 1
HERE = BUILD / "tests/fuzz"
NAMED = os.environ.get("BUILD", "build")        # as make has it in its targets
# target: (file, what it says, what it says with the fault, words of the report)
PLANTED = {
    "contract": ("core/contract/contract_read.c", "if (n == COLUMNS)", "if (n > COLUMNS)",
                 "stack-buffer-overflow|out of bounds"),
    "text": ("core/program/validate.c", "in->succ[i].block >= d->n", "in->succ[i].block > d->n",
             "use-after-poison"),
    "options": ("core/lower/settings.c", "\tfree(s->contracts);\n", "", "leaked"),
}


def plant(target: str) -> tuple[Path, str]:
    """Return: the program with the fault, or None, and what went wrong"""
    path, right, wrong, _ = PLANTED[target]
    text = (ROOT / path).read_text()
    if text.count(right) != 1:
        return None, f"{path}: '{right}' is there {text.count(right)} times"
    source, program = HERE / Path(path).name, HERE / f"planted-{target}"
    source.write_text(text.replace(right, wrong))
    said = run(["make", "--no-print-directory", "-n", f"BUILD={NAMED}", "-W", path,
                f"{NAMED}/fuzz/{target}"], cwd=ROOT).stdout.replace("\\\n", " ")
    # the last one links
    commands = [line.split(" ", 3)[3] for line in said.splitlines() if "whole.sh" in line]
    commands = [line for line in commands[:-1] if path in line.split()] + commands[-1:]
    if len(commands) != 2:
        return None, f"{path}: make has no command for it: {said}"
    made = HERE / f"{source.stem}.o"
    compile_one = commands[0].replace(path, str(source)).split() + [str(made)]
    link = [str(made) if word.endswith(f"/{source.stem}.o") else word
            for word in commands[1].split()] + [str(program)]
    for command in (compile_one, link):
        done = run(command, cwd=ROOT)
        if done.returncode:
            return None, done.stderr
    return program, ""


def test_clean(tap: Tap) -> None:
    for outcome in fuzz(list(TARGETS), SECONDS, SEED, HERE / "clean", built(), minimise=False):
        tap.ok(outcome.inputs and outcome.coverage and not outcome.faults and not outcome.error,
               str(outcome), *outcome.faults, outcome.error)


def test_planted(tap: Tap) -> None:
    programs = {}
    for target in TARGETS:
        program, why = plant(target)
        if program:
            programs[target] = program
        else:
            tap.ok(False, f"{target}: a planted fault", why)
    for outcome in fuzz(list(programs), SECONDS, SEED, HERE / "planted", programs, minimise=False):
        expected = PLANTED[outcome.target][3]
        tap.ok(any(re.search(expected, fault) for fault in outcome.faults),
               f"{outcome.target}: a planted fault is found", str(outcome), *outcome.faults,
               outcome.error)


def main() -> int:
    tap = Tap()
    shutil.rmtree(HERE, ignore_errors=True)
    HERE.mkdir(parents=True)
    missing = [str(path) for path in built().values() if not path.exists()]
    if missing:
        tap.skip("libFuzzer", "no clang with libFuzzer here: make deps, then make fuzz-programs")
        return tap.finish()
    test_clean(tap)
    test_planted(tap)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
