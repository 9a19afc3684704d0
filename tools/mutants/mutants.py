#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""make mutants: break correct functions of a kernel, and see what the checker says.

Each edit of testcases/mutants/KERNEL/ is made in a copy of its source file, and the copy
is compiled with the kernel's own command line and the plugin (ENGINE=sparse: read by
mncheck-sparse). What is new against the unedited file has to be what the edit expects: the
rule in the function, or nothing. What an edit says is `linked` is compared as a whole.
Variables: KDIR, O, J, ENGINE, EDITS (patterns of ids), FACTS.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tools.kernel.kbuild import Tree
from tools.kernel.kernel import PRIVATE
from tools.mnlib import (BUILD, SPARSE, default_jobs, die, finding_lines, in_parallel,
                         limit_children, plugin_flags, read_records, rules, run)
from tools.mutants.edits import ENGINES, FOLDER, Edit, EditError, apply, read_edits
from tools.mutants.linked import WHOLE, Programs, fresh

SCRATCH = BUILD / "mutants"
# the plugin's pass is done before the link-time form is written; nothing is optimised. By then types
# without a tag, such as rwlock_t, have lost their names, which are what locks of several files are known by
QUICK = [*WHOLE, "-flto", "-fno-fat-lto-objects"]


@dataclass
class Outcome:
    """What one edit gave."""
    edit: Edit
    new: list[dict] = field(default_factory=list)       # findings that the original lacks
    trouble: list[str] = field(default_factory=list)    # messages that the original lacks
    error: str = ""             # why the edit could not be made
    alone: set[tuple[str, str]] = field(default_factory=set)    # what its files alone show

    def said(self) -> set[tuple[str, str]]:
        return {(f["rule"], f["func"]) for f in self.new}

    def missed(self) -> set[tuple[str, str]]:
        return set(self.edit.finds) - self.said()

    def false(self) -> list[dict]:
        return [f for f in self.new if (f["rule"], f["func"]) not in self.edit.finds]

    def grave(self) -> bool:
        """Giving up is in order where there is a fault, if that was found."""
        return any("internal" in text for text in self.trouble) or \
            bool(self.trouble and not self.edit.finds)

    def needless(self) -> bool:
        """It is linked, and its file alone shows all of it."""
        return bool(self.edit.finds) and self.edit.finds <= self.alone

    def right(self) -> bool:
        return not self.missed() and not self.false() and not self.grave() and not self.needless()


def key(finding: dict) -> tuple:
    return finding["rule"], finding["func"], finding["text"]


def news(before: dict, record: dict) -> list[dict]:
    """The findings that were not there before."""
    left = Counter(key(f) for f in before["findings"])
    found = []
    for finding in record["findings"]:
        if left[key(finding)]:
            left[key(finding)] -= 1
        else:
            found.append(finding)
    return found


class Mutants:
    """The edits of one kernel, and the unedited files that they are compared with."""

    def __init__(self, tree, engine: str, jobs: int, facts: str = ""):
        self.tree, self.engine, self.jobs = tree, engine, jobs
        self.originals: dict[tuple[str, bool], tuple[str, dict]] = {}    # text and record; is it linked?
        self.programs = Programs(tree, engine, jobs, SCRATCH / engine, facts)
        self.done = 0

    # -- one file ----------------------------------------------------------------

    def command(self, target: str, source: Path, record: Path, facts: Path | None) -> list[str]:
        *words, original = self.tree.compile_command(target)
        beside = (self.tree.out / original).parent
        if self.engine == "sparse":
            return [str(SPARSE), *words[1:], f"-I{beside}", f"--mn-record={record}",
                    *[f"--mn-link={facts}"] * bool(facts), str(source)]
        return [*words, f"-iquote{beside}",
                *plugin_flags(f"record={record}", *[f"link={facts}"] * bool(facts)),
                *(WHOLE if facts else QUICK), str(source)]

    def check(self, name: str, file: str, text: str, facts: Path | None = None) -> tuple[dict, str]:
        """The record of a source text that stands for @file, and the first error."""
        folder = SCRATCH / self.engine / name
        folder.mkdir(parents=True, exist_ok=True)
        source, record = folder / Path(file).name, folder / "record.jsonl"
        source.write_text(f'#line 1 "{self.tree.kdir / file}"\n' + text)
        record.unlink(missing_ok=True)
        done = run(self.command(str(Path(file).with_suffix(".o")), source, record, facts),
                   cwd=self.tree.out)
        # a file that does not include the API's header is not looked at alone
        records = read_records(record) or [{"findings": [], "trouble": []}]
        errors = [line for line in done.stderr.splitlines() if "error: " in line]
        # sparse stumbles over the one or other header, and goes on
        failed = done.returncode if self.engine == "gcc" else any(
            line.startswith((f"{source}:", f"{self.tree.kdir / file}:")) for line in errors)
        return (records[-1] if not failed else {},
                errors[0] if errors else done.stderr.strip())

    def original(self, which: tuple[str, bool]) -> None:
        file, linked = which
        text = (self.tree.kdir / file).read_text(errors="surrogateescape")
        name = f"{'linked' if linked else 'original'}/{file}"
        facts = fresh(SCRATCH / self.engine / name / "made") if linked else None
        record, error = self.check(name, file, text, facts)
        if not record:
            die(f"mncheck: error: {file} does not compile as it is: {error}")
        self.originals[which] = text, record

    def edited(self, edit: Edit, file: str, facts: Path | None = None) -> dict:
        """The record of one of the edit's files."""
        place = edit.id if file == edit.file else f"{edit.id}/{file}"
        text = self.originals[file, bool(facts)][0]
        record, error = self.check(place, file, apply(edit, text, file), facts)
        if not record:
            raise edit.wrong(f"the edited {file} does not compile: {error}", "correct the edit")
        return record

    def link(self, edit: Edit) -> tuple[dict, dict, set[tuple[str, str]]]:
        """The records of its program before and after, and what its files alone show."""
        place, changed, alone = SCRATCH / self.engine / edit.id, {}, set()
        for file in edit.files():
            facts = fresh(place / "made" / file)
            alone |= {(f["rule"], f["func"])
                      for f in news(self.originals[file, True][1], self.edited(edit, file, facts))}
            changed[file] = next(facts.glob("*.facts"))
        program = self.programs[edit.linked]
        return program.record, program.edited(place / "facts", changed), alone

    def edit(self, edit: Edit) -> Outcome:
        self.progress(edit)
        alone: set[tuple[str, str]] = set()
        try:
            if edit.linked:
                before, record, alone = self.link(edit)
            else:
                before, record = self.originals[edit.file, False][1], self.edited(edit, edit.file)
        except EditError as wrong:
            return Outcome(edit, error=str(wrong))
        trouble = [text for text in record["trouble"] if text not in before["trouble"]]
        return Outcome(edit, news(before, record), trouble, alone=alone)

    def progress(self, edit: Edit) -> None:
        self.done += 1
        if sys.stdout.isatty():
            print(f"\r\033[K[{self.done}] {edit.id}", end="", flush=True)
        elif self.done % 25 == 0:
            print(f"[{self.done} edits] {edit.id}", flush=True)

    # -- all ---------------------------------------------------------------------

    def build(self, edits: list[Edit]) -> list[str]:
        """kbuild's command lines are there when it has built the object once; returns
        the edited files that this configuration cannot compile."""
        def missing(place: str) -> bool:
            path = Path(self.tree.makefile_folder(place.rstrip("/")) if place.endswith("/") else place)
            return not (self.tree.out / path / "modules.order").exists() if place.endswith("/") else \
                not (self.tree.out / path.parent / f".{path.stem}.o.cmd").exists()

        def target(place: str) -> str:
            return f"{self.tree.makefile_folder(place.rstrip('/'))}/" if place.endswith("/") else \
                str(Path(place).with_suffix(".o"))

        files = {file for edit in edits for file in edit.files()}
        targets = sorted({target(place) for place in files | {p for edit in edits for p in edit.linked}
                          if missing(place)})
        if targets:
            print(f"building {len(targets)} objects and folders for their command lines", flush=True)
            plain = {k: v for k, v in os.environ.items() if k not in PRIVATE}
            for name in targets:
                run(self.tree.make(f"-j{self.jobs}", name), env=plain)
        return [file for file in files if missing(file)]

    def unfit(self, edits: list[Edit]) -> list[str]:
        """What does not fit the sources, before anything is compiled."""
        wrong = []
        for edit in edits:
            try:
                for file in edit.files():
                    apply(edit, (self.tree.kdir / file).read_text(errors="surrogateescape"), file)
            except EditError as error:
                wrong.append(str(error))
        return wrong

    def run(self, edits: list[Edit]) -> list[Outcome]:
        in_parallel(self.original, sorted({(file, bool(edit.linked)) for edit in edits
                                           for file in edit.files()}), self.jobs)
        for places in sorted({edit.linked for edit in edits if edit.linked}):
            self.programs.add(places)
        outcomes = in_parallel(self.edit, edits, self.jobs)
        if sys.stdout.isatty():
            print("\r\033[K", end="")
        return outcomes


# -- the report ---------------------------------------------------------------

def print_wrong(outcome: Outcome, engine: str) -> None:
    """Everything about one edit that is not as expected."""
    edit = outcome.edit
    for rule, func in sorted(outcome.missed()):
        print(f"missed: {edit.id}: {rule} in '{func}()'")
    for finding in outcome.false():
        print(f"false: {edit.id}: {finding['rule']} in '{finding['func']}()'")
        print("\n".join("  " + line for line in finding_lines(finding)))
    for text in outcome.trouble:
        print(f"trouble: {edit.id}: {text}")
    if outcome.needless():
        print(f"alone: {edit.id}: its file alone shows it: take its 'linked' out")
    if edit.reason(engine):
        print(f"  known: {edit.reason(engine)}")
    print(f"  the edit: {edit.place}   the copy: {SCRATCH / engine / edit.id}")


def print_table(outcomes: list[Outcome]) -> None:
    expected = Counter(rule for o in outcomes for rule, _ in o.edit.finds)
    missed = Counter(rule for o in outcomes for rule, _ in o.missed())
    false = Counter(f["rule"] for o in outcomes for f in o.false())
    print(f"{'':<22} {'edits':>7} {'caught':>7} {'missed':>7} {'false':>7}")
    for rule in rules():
        print(f"{rule:<22} {expected[rule]:>7} {expected[rule] - missed[rule]:>7} "
              f"{missed[rule]:>7} {false[rule]:>7}")
    silent = [o for o in outcomes if not o.edit.finds]
    noisy = sum(bool(o.false()) for o in silent)
    print(f"{'kept correct: silent':<22} {len(silent):>7} {len(silent) - noisy:>7} "
          f"{'':>7} {noisy:>7}")


def report(outcomes: list[Outcome], engine: str) -> bool:
    """Prints all; true if everything is as expected or explained by the edit's 'known'."""
    wrong = [o for o in outcomes if not o.right()]
    for outcome in wrong:
        print_wrong(outcome, engine)
    stale = [o.edit for o in outcomes if o.right() and o.edit.reason(engine)]
    for edit in stale:
        print(f"works now: {edit.id}: take its 'known' out ({edit.place})")
    print_table(outcomes)
    return not stale and all(o.edit.reason(engine) for o in wrong)


def kernel_version(kdir: Path) -> str:
    text = (kdir / "Makefile").read_text()
    numbers = dict(re.findall(r"^(VERSION|PATCHLEVEL) *= *(\d+)", text, re.M))
    return f"{numbers['VERSION']}.{numbers['PATCHLEVEL']}"


def chosen(version: str, patterns: list[str]) -> list[Edit]:
    there = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())
    if version not in there:
        die(f"mncheck: error: there are no edits for kernel {version}; give a KDIR of "
            f"{' or '.join(there)}")
    edits = [edit for edit in read_edits(FOLDER / version)
             if not patterns or any(fnmatch(edit.id, p) for p in patterns)]
    if not edits:
        die(f"mncheck: error: EDITS={' '.join(patterns)}: no edit of that name")
    return edits


def main() -> int:
    env = os.environ.get
    engine = env("ENGINE") or "gcc"
    if engine not in ENGINES:
        die(f"mncheck: error: ENGINE={engine}: no such engine, there are {' and '.join(ENGINES)}")
    tree = Tree(env("KDIR", ""), env("O", ""), make_args=env("KERNEL_MAKE_ARGS", ""))
    edits = chosen(kernel_version(tree.kdir), env("EDITS", "").split())
    started = time.monotonic()
    mutants = Mutants(tree, engine, int(env("J") or default_jobs()), env("FACTS", ""))
    limit_children(600, 8)
    absent = set(mutants.build(edits))
    there = [edit for edit in edits if not absent.intersection(edit.files())]
    errors = mutants.unfit(there)
    if errors:
        die("\n".join(errors))
    outcomes = mutants.run(there)
    good = report([outcome for outcome in outcomes if not outcome.error], engine)
    for file in sorted(absent):
        skipped = [edit.id for edit in edits if file in edit.files()]
        print(f"skipped, {file} is not in this configuration: {', '.join(skipped)}")
    functions = {(o.edit.file, o.edit.func) for o in outcomes if o.edit.finds}
    linked = sum(bool(outcome.edit.linked) for outcome in outcomes)
    print(f"{len(outcomes)} edits, {linked} of them linked, broken functions: {len(functions)}, engine {engine}, "
          f"{time.monotonic() - started:.0f} s")
    errors = [outcome.error for outcome in outcomes if outcome.error]
    if errors:
        die("\n".join(errors))
    return 0 if good else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
