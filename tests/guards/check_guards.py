#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Is each guard, operand, bound and number of core/ needed by a test? TAP, one line a room.

A mutant is core/ with one of them changed. It is compiled and runs the quick suite
(suite.py); where every byte is printed as before, it survives: no test needs what was
changed. Then either the code goes, or a case is missing, or the change makes no difference
but in time or memory: tests/guards/expected says so with a reason. A row there
that is killed, or changed nothing that is still there, is a failure as well.

GUARDS=all runs all mutants, GUARDS=N every Nth; ONLY="FILE .." those of some files or rooms.
The choice goes by the mutant's own words: it is the same tomorrow, whatever else changes.
"""

import os
import re
import resource
import shlex
import shutil
import sys
import threading
from collections import Counter, defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.guards.mutations import Mutant, mutants
from tests.guards.suite import PLACE, answer, commands, make_dumps
from tests.tap import Tap
from tools.build.rooms import object_files
from tools.mnlib import BUILD, ROOT, default_jobs, die, in_parallel, limit_children, run, start

EXPECTED = ROOT / "tests/guards/expected"
# the programs that use a room; mn-replay alone where it has no row
PROGRAMS = {"base": ["mn-replay", "mn-contract"], "contract": ["mn-replay", "mn-contract"],
            "engine": ["mn-replay", "mncheck-link"], "rules": ["mn-replay", "mncheck-link"],
            "lower": ["mn-replay", "mncheck-sparse"], "link": ["mncheck-link"],
            "proof": ["mncheck-link"], "state": ["mn-replay", "mncheck-link"], "report": ["mn-replay", "mncheck-sparse"],
            "program": ["mn-replay", "mncheck-sparse", "mncheck-link"],
            "plan": ["mn-replay", "mncheck-sparse", "mncheck-link"],
            "all": ["mn-replay", "mn-contract", "mncheck-sparse", "mncheck-link"]}
EVERY = 31
LEAST = 200
MOST_PRINTED = 64 << 20
UNBUILT = "cannot be built: "
# without the tools: they are front ends, as the adapters
ROOMS = ("base", "program", "contract", "plan", "state", "report", "rules", "engine", "lower", "link", "proof")


def all_mutants() -> list[Mutant]:
    return [mutant for room in ROOMS for path in sorted((ROOT / "core" / room).iterdir())
            if path.suffix in (".c", ".h", ".def")
            for mutant in mutants(str(path.relative_to(ROOT)), path.read_text())]


def chosen(found: list[Mutant], every: str, only: list[str]) -> list[Mutant]:
    if only:
        found = [mutant for mutant in found
                 if Path(mutant.path).name in only or mutant.room() in only]
    n = 1 if every == "all" else int(every or EVERY)
    return [mutant for mutant in found if mutant.rank() % n == 0]


def read_expected() -> dict[str, str]:
    """Name of a mutant -> why it may survive; a reason is indented below the names it is for."""
    reasons, names, before = {}, [], ""
    for number, line in enumerate(EXPECTED.read_text().splitlines(), 1):
        if line.startswith("#") or not line.strip():
            names = []
        elif not line[0].isspace():
            names = [*(names if not before[:1].isspace() else []), line]
        elif names:
            for name in names:
                reasons[name] = f"{reasons.get(name, '')} {line.strip()}".strip()
        else:
            die(f"{EXPECTED.relative_to(ROOT)}:{number}:1: error: a reason without a mutant; "
                "write FILE: FUNCTION: CHANGE above it")
        before = line
    return reasons


def refusal(said: str) -> str:
    """A static assertion kills; another error is a fault of mutations.py."""
    if "static assertion failed" in said:
        return "a static assertion"
    return UNBUILT + next((line for line in said.splitlines() if "error" in line), said[:200])


class Workshop:
    """A copy of core/, where one file at a time is another one, and what is made of it."""

    def __init__(self, number: int):
        self.place = PLACE / f"worker-{number}"
        shutil.rmtree(self.place, ignore_errors=True)
        shutil.copytree(ROOT / "core", self.place / "core")
        self.compiler = [os.environ.get("HOSTCC", "gcc"), *shlex.split(os.environ.get(
            "CORE_CFLAGS", "")), "-w", "-O1"]

    def users(self, path: str) -> list[str]:
        """The source files that have to be compiled again, below core/"""
        if path.endswith(".c"):
            return [path]
        name = re.compile(rf"(?<![\w-])\S*/{re.escape(Path(path).name)}(?!\S)")
        return [str(Path("core", deps.relative_to(BUILD / "core")).with_suffix(".c"))
                for deps in sorted((BUILD / "core").glob("*/*.d")) if name.search(deps.read_text())]

    def link(self, program: str, changed: dict) -> str:
        """Why it could not be linked, "" if it was."""
        objects = [BUILD / "core/contract_text.o",
                   *(path for room in (*ROOMS, "tools") for path in object_files(f"core/{room}"))]
        objects = [changed.get(path, path) for path in objects
                   if path.parent.name != "tools" or path.stem == program]
        if program == "mncheck-sparse":
            objects += [*object_files("sparse-checks"), BUILD / "sparse-src/libsparse.a", "-lm"]
        done = run([self.compiler[0], *objects, "-o", self.place / program])
        return refusal(done.stderr) if done.returncode else ""

    def build(self, mutant: Mutant) -> str:
        """Compile and link; why that could not be done, "" if it was."""
        file = self.place / mutant.path
        plain = file.read_text()
        for program in PROGRAMS["all"]:
            (self.place / program).unlink(missing_ok=True)
        file.write_text(mutant.apply(plain))
        changed = {}
        try:
            for source in self.users(mutant.path):
                to = self.place / source.replace("/", "-").replace(".c", ".o")
                done = run([*self.compiler, "-c", source, "-o", to], cwd=self.place)
                if done.returncode:
                    return refusal(done.stderr)
                changed[BUILD / Path(source).with_suffix(".o")] = to
        finally:
            file.write_text(plain)
        programs = PROGRAMS.get(mutant.room(), ["mn-replay"])
        return next(filter(None, (self.link(program, changed) for program in programs)), "")


class Bench:
    """What the engine itself prints, and who works on the mutants."""

    def __init__(self, jobs: int):
        make_dumps()
        self.commands = commands()
        (PLACE / "plain").mkdir(parents=True, exist_ok=True)
        self.said = dict(zip(self.commands, in_parallel(
            lambda command: answer(command, BUILD, self.scratch(command)), self.commands, jobs)))
        self.free = [Workshop(number) for number in range(jobs)]
        self.lock = threading.Lock()
        self.log = (PLACE / "fates").open("w", buffering=1)

    def scratch(self, command) -> Path:
        place = PLACE / "plain" / str(self.commands.index(command))
        place.mkdir(exist_ok=True)
        return place

    def try_in(self, shop: Workshop, mutant: Mutant) -> str:
        refused = shop.build(mutant)
        if refused:
            return refused
        return next((command.name for command in self.commands
                     if (shop.place / command.program).exists()
                     and answer(command, shop.place, shop.place) != self.said[command]), "")

    def fate(self, mutant: Mutant) -> str:
        """What kills a mutant: the name of a command; "" if it survives."""
        with self.lock:
            shop = self.free.pop()
        try:
            fate = self.try_in(shop, mutant)
            self.log.write(f"{mutant.name()}: {fate or 'SURVIVES'}\n")
            return fate
        finally:
            with self.lock:
                self.free.append(shop)


def judge(tap: Tap, room: str, fates: dict[Mutant, str], reasons: dict[str, str]) -> None:
    wrong = [f"survives: {mutant.name()}" for mutant, fate in fates.items()
             if not fate and mutant.name() not in reasons]
    wrong += [f"remove it from tests/guards/expected, {fate} kills it: {mutant.name()}"
              for mutant, fate in fates.items() if fate and mutant.name() in reasons]
    wrong += [f"{mutant.name()}: {fate}" for mutant, fate in fates.items()
              if fate.startswith(UNBUILT)]
    killed = sum(bool(fate) for fate in fates.values())
    listed = sum(not fate and mutant.name() in reasons for mutant, fate in fates.items())
    tap.ok(not wrong, f"core/{room}: {len(fates)} mutants, {killed} killed, {listed} listed", *wrong)


def main() -> int:
    if sys.argv[1:]:
        die(f"mncheck: error: '{sys.argv[1]}': no arguments; set GUARDS= or ONLY= in the environment")
    every, only = os.environ.get("GUARDS", ""), os.environ.get("ONLY", "").split()
    if every not in ("", "all") and not (every.isdigit() and int(every)):
        die(f"mncheck: error: GUARDS='{every}': write all, or a number to run every so many")
    found, reasons = all_mutants(), read_expected()
    picked = chosen(found, every, only)
    if not picked:
        die(f"mncheck: error: ONLY='{' '.join(only)}': no mutant of such a file or room")
    tap = Tap()
    if not only and not every:
        tap.ok(len(picked) >= LEAST, f"at least {LEAST} mutants: {len(picked)} of {len(found)}")

    # an hour is for this program as well; answer() gives the engine less
    limit_children(3600, 4)
    # a loop that never ends prints without end
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_PRINTED, MOST_PRINTED))
    bench, rooms = Bench(default_jobs()), defaultdict(dict)
    fates = in_parallel(bench.fate, picked)
    for mutant, fate in zip(picked, fates):
        rooms[mutant.room()][mutant] = fate
    for room, of_room in rooms.items():
        judge(tap, room, of_room, reasons)
    for killer, n in Counter(fate.split(":")[0] for fate in fates).most_common(12):
        tap.note(f"{n} killed by {killer}" if killer else f"{n} survive")
    return tap.finish()


if __name__ == "__main__":
    start(main)
