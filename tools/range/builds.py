# SPDX-License-Identifier: GPL-2.0-only
"""What the units of a range are at a commit: compiled in a clone and a build folder of its own.

A unit is a C file with its object. What was compiled once says of each other commit at which
its inputs are the same, too. The user's repository lends its objects and is not written to; no
worktree of it is made, so that nothing is left in it whatever ends this program. No program of its own.
"""

from __future__ import annotations

import copy
import functools
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tools.kernel.kbuild import API, Tree
from tools.kernel.kernel import HELPER, PRIVATE, Run, end
from tools.kernel.progress import Progress
from tools.mnlib import die
from tools.range.history import PLAIN, History

# what decides for every unit how it is compiled; folders have their own Makefile besides
BUILD_FILES = re.compile(r"(?:^|/)Kconfig[^/]*$|^scripts/|^(?:Makefile|Kbuild)$|^arch/[^/]+/Makefile$")


def builds_with(name: str, source: str) -> bool:
    """Does this file say how a source is compiled, or how the kernel is configured?"""
    return bool(BUILD_FILES.search(name)) or os.path.basename(name) in ("Makefile", "Kbuild") and bool(source) and \
        Path(source).is_relative_to(os.path.dirname(name))


@dataclass(frozen=True)
class Unit:
    source: str             # its name at the head
    target: str             # what kbuild calls its object; empty: by the name of the source


@dataclass
class Compiled:
    """A unit at a commit."""
    commit: str
    source: str             # what it is called there
    records: list[dict]     # none where it does not name the API
    error: str              # why it does not compile
    unbuilt: bool           # nothing there says how
    inputs: frozenset[str]  # the files of the tree that it read

    def findings(self) -> list[dict]:
        return [finding for record in self.records for finding in record["findings"]]


def why(lines: list[str]) -> str:
    """Why make failed: an error, or what is said before make's own words."""
    lines = [line.strip() for line in lines if line.strip()]
    stopped = next((i for i, line in enumerate(lines) if "***" in line), 0)
    return next((line for line in lines if "error:" in line), lines[max(stopped - 1, 0)] if lines else "no reason given")


class Objects:
    """What the build folder knows of its objects: their sources and what these include."""

    def __init__(self, tree: Tree):
        self.tree = tree
        self.relative = functools.lru_cache(maxsize=None)(tree.relative)
        self.known: dict[str, tuple[str, set[str]]] = {}        # target: source, inputs
        for folder, _, files in os.walk(tree.out):
            for name in files:
                if name.startswith(".") and name.endswith(".o.cmd"):
                    self.read(os.path.join(os.path.relpath(folder, tree.out), name))

    def read(self, saved: str) -> None:
        path = Path(saved)
        target = str(path.parent / path.name[1:-4])
        source, inputs = read_inputs(self.tree.out / saved, self.relative)
        if source.endswith(".c") and not HELPER.search(source):
            self.known[target] = (source, inputs)


def read_inputs(saved: Path, relative) -> tuple[str, set[str]]:
    """The source of an object and all that it read, by the file in which kbuild keeps that."""
    text = saved.read_text(errors="replace") if saved.exists() else ""
    source = re.search(r"^source_\S+ := (\S+)", text, re.M)
    listed = re.search(r"^deps_\S+ := \\\n((?:.*\\\n)*)", text, re.M)
    if not source:
        return "", set()
    found = {relative(line.strip(" \\")) for line in (listed[1] if listed else "").splitlines()
             if "$(" not in line}
    return relative(source[1]), found | {relative(source[1])}


class Builds:
    """The clone, its build folder, and what was compiled there."""

    def __init__(self, history: History, tree: Tree, folder: Path, options: list[str], jobs: int):
        self.history, self.user, self.options, self.jobs = history, tree, options, jobs
        self.folder = folder
        self.tree = copy.copy(tree)
        self.tree.kdir, self.tree.out = folder / "linux", folder / "build"
        self.done: dict[Unit, list[Compiled]] = {}
        self.compilations = 0
        self.at = self.configured = self.trouble = ""
        self.clone()

    # -- the clone -----------------------------------------------------------------

    def clone(self) -> None:
        self.tree.out.mkdir(parents=True)
        subprocess.run(["git", "init", "-q", "--template=", str(self.tree.kdir)], env=PLAIN, check=True,
                       stdout=subprocess.DEVNULL)
        lent = self.history.kdir / self.history.need("rev-parse", "--git-path", "objects").strip()
        (self.tree.kdir / ".git/objects/info").mkdir(exist_ok=True)
        (self.tree.kdir / ".git/objects/info/alternates").write_text(f"{lent.resolve()}\n")

    def checkout(self, commit: str) -> None:
        """Only what differs is written, so that kbuild makes only what has to be."""
        if self.at != commit:
            done = subprocess.run(["git", "-C", str(self.tree.kdir), "checkout", "-q", "--detach", "-f", commit],
                                  env=PLAIN, stderr=subprocess.PIPE, text=True, errors="replace", check=False)
            if done.returncode:
                die(f"mncheck: error: {commit[:12]} cannot be checked out: {done.stderr.strip()}")
            self.at = commit
        self.configure(commit)

    def configure(self, commit: str) -> None:
        """The user's configuration, and the defaults for what this commit asks besides."""
        state = self.build_files(commit)
        if self.configured == state:
            return
        shown = Progress(sys.stderr)
        shown.wait(f"preparing {commit[:12]}")
        (self.tree.out / ".config").write_bytes((self.user.out / ".config").read_bytes())
        self.trouble = self.make("olddefconfig") or self.make("prepare")
        self.configured = "" if self.trouble else state
        shown.clear()

    def make(self, target: str) -> str:
        """Return: why it failed."""
        environment = {k: v for k, v in os.environ.items() if k not in PRIVATE}
        command = self.tree.make(f"-j{self.jobs}", "--no-print-directory", target)
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
                              stdin=subprocess.DEVNULL, env=environment, start_new_session=True) as process:
            try:
                lines = list(process.stdout)
            except BaseException:
                end(process)
                raise
        return f"make {target}: {why(lines)}" if process.returncode else ""

    # -- units -----------------------------------------------------------------------

    def source_at(self, unit: Unit, commit: str) -> str:
        return self.history.name_at(commit, unit.source)

    def target_at(self, unit: Unit, source: str) -> str:
        return unit.target if unit.target and source == unit.source else self.tree.object_target(source)

    def known(self, unit: Unit, commit: str) -> Compiled | None:
        """What is known already: it was compiled there, or where nothing of it differs."""
        source = self.source_at(unit, commit)
        if not source:
            return Compiled(commit, "", [], "", False, frozenset())
        return next((one for one in self.done.get(unit, [])
                     if one.source == source and self.alike(one, commit)), None)

    def alike(self, one: Compiled, commit: str) -> bool:
        if one.commit == commit:
            return True
        if one.error or one.unbuilt:    # it may lack a file: what it would have read is not known
            return False
        before, now = self.history.files(one.commit), self.history.files(commit)
        if self.build_files(one.commit, one.source) != self.build_files(commit, one.source):
            return False
        # a file that comes or goes may stand in front of another of its name
        moved = {os.path.basename(name) for name in before.keys() ^ now.keys()}
        return all(before.get(name) == now.get(name) and os.path.basename(name) not in moved
                   for name in one.inputs)

    @functools.lru_cache(maxsize=256)
    def build_files(self, commit: str, source: str = "") -> str:
        """Equal where kbuild compiles this source, and configures, in the same way."""
        return repr([(name, blob) for name, blob in self.history.files(commit).items() if builds_with(name, source)])

    def compile(self, commit: str, units: list[Unit], why: str) -> None:
        """Compile what is not known; those that fail have their error."""
        units = [unit for unit in units if not self.known(unit, commit)]
        if not units:
            return
        self.checkout(commit)
        sources = {unit: self.source_at(unit, commit) for unit in units}
        targets = {unit: self.target_at(unit, source) for unit, source in sources.items()}
        for target in targets.values():
            (self.tree.out / target).unlink(missing_ok=True)
        failed, records = {}, []
        if not self.trouble:
            progress = Progress(sys.stderr, len(units), f"{why} {commit[:12]}: ")
            run = Run(self.tree, "range", self.options, quiet=True, keep=self.folder, progress=progress)
            result = run.run(sorted(set(targets.values())), self.jobs)
            failed, records = result.failed, result.records
        for unit, source in sources.items():
            one = self.result(commit, source, targets[unit], records, failed)
            self.done.setdefault(unit, []).append(one)
            self.compilations += not one.unbuilt and not self.trouble

    def result(self, commit: str, source: str, target: str, records: list[dict], failed: dict) -> Compiled:
        error = ""
        # a file may come before the line of its Makefile
        unbuilt = f"No rule to make target '{target}'" in failed.get(target, "")
        if not unbuilt and not (self.tree.out / target).exists():
            error = self.trouble or failed.get(target) or next(iter(failed.values()), "no object was made")
            error = error.replace(f"{self.tree.kdir}/", "")
        path = self.tree.out / target
        _, inputs = read_inputs(path.with_name(f".{path.name}.cmd"), self.tree.relative)
        tracked = self.history.files(commit)
        mine = [record for record in records if record["file"] == source]
        return Compiled(commit, source, mine, error, unbuilt,
                        frozenset({name for name in inputs if name in tracked} | {source}))


class Selection:
    """Which units the range touches, and which files of it nothing looks at."""

    def __init__(self, builds: Builds):
        self.builds, self.history = builds, builds.history
        self.unseen: dict[str, str] = {}        # a file: why
        self.silent = 0         # units that a changed header reaches, and no notifier
        # what else may change how a unit is compiled
        self.ways = [name for name in self.history.touched if builds_with(name, "") or
                     os.path.basename(name) in ("Makefile", "Kbuild")]
        objects = Objects(builds.user).known
        if not objects and any(not name.endswith(".c") for name in self.touched()):
            objects = self.compile_all()
        self.units = self.choose(objects)

    def touched(self) -> list[str]:
        return [name for name in self.history.touched if name.endswith((".c", ".h"))]

    def compile_all(self) -> dict:
        """A build folder in which nothing was built does not say what includes what: all that names the API."""
        builds = self.builds
        builds.checkout(self.history.head)
        if builds.trouble:
            return {}
        targets = builds.tree.default_targets()
        run = Run(builds.tree, "range", builds.options, quiet=True, keep=builds.folder,
                  progress=Progress(sys.stderr, 0, "what includes what: "))
        result = run.run(targets, builds.jobs)
        builds.compilations += result.compiled
        objects = Objects(builds.tree).known
        for target, (source, _) in objects.items():
            unit = Unit(source, target)
            builds.done[unit] = [builds.result(self.history.head, source, target, result.records, result.failed)]
        return objects

    def choose(self, objects: dict) -> list[Unit]:
        touched, history = set(self.touched()), self.history
        head = history.files(history.head)
        naming = {name for name in touched
                  if re.search(rf"^\s*#\s*include\b|{API}", history.added_text(name), re.M)}
        units, seen = {}, set()
        for target, (source, inputs) in sorted(objects.items()):
            seen |= inputs & touched
            if source not in head or not inputs & touched:
                continue
            if source in touched or inputs & naming or any(API in name for name in inputs) or \
                    API in history.content(history.head, source):
                units.setdefault(source, Unit(source, target))
            else:
                self.silent += 1
        for name in sorted(touched & head.keys()):
            if name.endswith(".c") and name not in units and name not in seen:
                self.choose_new(name, units)
            elif name.endswith(".h") and name not in seen:
                self.unseen[name] = "nothing that was built includes it"
        return [units[source] for source in sorted(units)]

    def choose_new(self, name: str, units: dict[str, Unit]) -> None:
        """A source with no object yet: new, or of a folder that was not built."""
        builds = self.builds
        builds.checkout(self.history.head)
        folder = builds.tree.makefile_folder(os.path.dirname(name))
        if builds.tree.reachable(folder) and builds.tree.object_enabled(name):
            units[name] = Unit(name, "")
        else:
            self.unseen[name] = "this configuration does not build it"
