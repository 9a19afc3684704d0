# SPDX-License-Identifier: GPL-2.0-only
"""Edits that only the whole shows: what mncheck-link says of a program before and after.

The facts of the files that nobody edits are made once, and kept as long as neither the file nor
the checker changes; or they are taken from a folder that is given (FACTS=). Of an edited
file the facts take the place of its old ones, and mncheck-link judges again what depends on it.
No program of its own.
"""

from __future__ import annotations

import re
import shutil
import zlib
from pathlib import Path

from tools.mnlib import LINK, PLUGIN, SPARSE, default_jobs, die, in_parallel, plugin_flags, read_records, run
from tools.mutants.edits import lies_in

UNIT = re.compile(r'^unit "(.*)"$', re.M)
CACHE = "linked.cache"
WHOLE = ["-Wno-error", "-S", "-o", "/dev/null"]


def fresh(folder: Path) -> Path:
    """The folder, and nothing in it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def unit_of(facts: Path) -> str:
    """The source whose facts these are, as its compiler was told."""
    with open(facts, errors="surrogateescape") as text:
        match = UNIT.search(text.read(8192))
    return match[1] if match else ""


class Program:
    """Files that are one program: where their facts are, and what it says unedited."""

    def __init__(self, folder: Path, facts: dict[str, Path], jobs: int):
        self.folder, self.facts = fresh_links(folder, facts.values()), facts
        self.record = link(folder, jobs)

    def edited(self, name: Path, changed: dict[str, Path]) -> dict:
        """The record of the whole with these facts in place of the old ones of their files."""
        folder = fresh_links(fresh(name), [path for file, path in self.facts.items() if file not in changed])
        for file, path in changed.items():
            text = path.read_text(errors="surrogateescape")
            # the copy stands for the file itself
            (folder / self.facts[file].name).write_text(
                UNIT.sub(lambda _, file=file: f'unit "{unit_of(self.facts[file])}"', text, count=1),
                errors="surrogateescape")
        cache = self.folder / CACHE
        if cache.exists():
            (folder / CACHE).symlink_to(cache)
        try:
            return link(folder, 1)
        finally:
            (folder / CACHE).unlink(missing_ok=True)


def fresh_links(folder: Path, facts) -> Path:
    """The folder, with a link for each of the facts; what was cached there stays."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.facts"):
        old.unlink()
    for path in facts:
        (folder / path.name).symlink_to(path)
    return folder


def link(folder: Path, jobs: int) -> dict:
    """The record of the whole; an error is one of the facts."""
    record = folder / "linked.jsonl"
    record.unlink(missing_ok=True)
    done = run([LINK, "--partial", f"-j{jobs or default_jobs()}", f"--record={record}", folder])
    if done.returncode:
        errors = [line for line in done.stderr.splitlines() if "error: " in line]
        die("\n".join(errors or [f"mncheck: error: {folder}: {done.stderr.strip()}"]))
    return read_records(record)[-1]


class Programs:
    """The programs of one kernel that edits name, and their facts."""

    def __init__(self, tree, engine: str, jobs: int, scratch: Path, given: str = ""):
        self.tree, self.engine, self.jobs, self.scratch = tree, engine, jobs, scratch.resolve()
        self.given = self.read_given(Path(given).resolve()) if given else {}
        self.programs: dict[tuple[str, ...], Program] = {}

    # -- facts of unedited files -------------------------------------------------

    def read_given(self, folder: Path) -> dict[str, Path]:
        found = {}
        for path in sorted(folder.glob("*.facts")):
            file = self.tree.relative(unit_of(path))
            if (self.tree.kdir / file).is_file():
                found[file] = path
        if not found:
            die(f"mncheck: error: FACTS={folder}: no facts of files of {self.tree.kdir}; make some: "
                "make kernel LINK=1 KDIR=.. O=..")
        return found

    def command(self, target: str, folder: Path) -> list[str]:
        *words, source = self.tree.compile_command(target)
        if self.engine == "sparse":
            return [str(SPARSE), *words[1:], f"--mn-link={folder}", source]
        return [*words, *plugin_flags(f"link={folder}"), *WHOLE, source]

    def make(self, file: str) -> Path:
        """The facts of one file, compiled now if they are older than what they are made of."""
        folder = self.scratch / "facts" / file
        checker = SPARSE if self.engine == "sparse" else PLUGIN
        made_of = (self.tree.kdir / file, checker)
        for path in folder.glob("*.facts"):
            if all(path.stat().st_mtime > source.stat().st_mtime for source in made_of):
                return path
        fresh(folder)
        done = run(self.command(str(Path(file).with_suffix(".o")), folder), cwd=self.tree.out)
        paths = list(folder.glob("*.facts"))
        if not paths:
            die(f"mncheck: error: no facts of {file}: {done.stderr.strip()}")
        return paths[0]

    def add(self, places: tuple[str, ...]) -> None:
        """Links the program of these files and folders, unedited."""
        given = [file for file in self.given if lies_in(file, places)]
        files = sorted({*given, *self.tree.built(places)})
        made = [file for file in files if file not in self.given]
        facts = {**{file: self.given[file] for file in given},
                 **dict(zip(made, in_parallel(self.make, made, self.jobs)))}
        folder = self.scratch / "programs" / f"{zlib.crc32(' '.join(places).encode()):08x}"
        self.programs[places] = Program(folder, dict(sorted(facts.items())), self.jobs)

    def __getitem__(self, places: tuple[str, ...]) -> Program:
        return self.programs[places]
