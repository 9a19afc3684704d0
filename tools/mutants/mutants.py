#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""make mutants: break correct functions of a kernel, and see what the checker says.

Each edit of testcases/mutants/KERNEL/ is made in a copy of its source file, and the copy
is compiled with the kernel's own command line and the plugin (ENGINE=sparse: read by
mncheck-sparse). What is new against the unedited file has to be what the edit expects: the
rule in the function, or nothing. Variables: KDIR, O, J, ENGINE, EDITS (patterns of ids).
"""

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

SCRATCH = BUILD / "mutants"
# the plugin's pass is done before the link-time form is written; nothing is optimised
QUICK = ["-Wno-error", "-flto", "-fno-fat-lto-objects", "-S", "-o", "/dev/null"]


@dataclass
class Outcome:
    """What one edit gave."""
    edit: Edit
    new: list[dict] = field(default_factory=list)       # findings that the original lacks
    trouble: list[str] = field(default_factory=list)    # messages that the original lacks
    error: str = ""             # why the edit could not be made

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

    def right(self) -> bool:
        return not self.missed() and not self.false() and not self.grave()


def key(finding: dict) -> tuple:
    return finding["rule"], finding["func"], finding["text"]


class Mutants:
    """The edits of one kernel, and the unedited files that they are compared with."""

    def __init__(self, tree, engine: str, jobs: int):
        self.tree, self.engine, self.jobs = tree, engine, jobs
        self.originals: dict[str, tuple[str, dict]] = {}     # text and record
        self.done = 0

    # -- one file ----------------------------------------------------------------

    def command(self, target: str, source: Path, record: Path) -> list[str]:
        *words, original = self.tree.compile_command(target)
        beside = (self.tree.out / original).parent
        if self.engine == "sparse":
            return [str(SPARSE), *words[1:], f"-I{beside}", f"--mn-record={record}", str(source)]
        return [*words, f"-iquote{beside}", *plugin_flags(f"record={record}"), *QUICK,
                str(source)]

    def check(self, name: str, file: str, text: str) -> tuple[dict, str]:
        """The record of a source text that stands for @file, and the first error."""
        folder = SCRATCH / self.engine / name
        folder.mkdir(parents=True, exist_ok=True)
        source, record = folder / Path(file).name, folder / "record.jsonl"
        source.write_text(f'#line 1 "{self.tree.kdir / file}"\n' + text)
        record.unlink(missing_ok=True)
        done = run(self.command(str(Path(file).with_suffix(".o")), source, record),
                   cwd=self.tree.out)
        records = read_records(record)
        errors = [line for line in done.stderr.splitlines() if "error: " in line]
        # sparse stumbles over the one or other header, and goes on
        failed = done.returncode if self.engine == "gcc" else any(
            line.startswith((f"{source}:", f"{self.tree.kdir / file}:")) for line in errors)
        return (records[-1] if records and not failed else {},
                errors[0] if errors else done.stderr.strip())

    def original(self, file: str) -> None:
        text = (self.tree.kdir / file).read_text(errors="surrogateescape")
        record, error = self.check(f"original/{file}", file, text)
        if not record:
            die(f"mncheck: error: {file} does not compile as it is: {error}")
        self.originals[file] = text, record

    def edit(self, edit: Edit) -> Outcome:
        text, before = self.originals[edit.file]
        self.progress(edit)
        try:
            record, error = self.check(edit.id, edit.file, apply(edit, text))
            if not record:
                raise edit.wrong(f"the edited {edit.file} does not compile: {error}",
                                 "correct the edit")
        except EditError as wrong:
            return Outcome(edit, error=str(wrong))
        outcome = Outcome(edit, trouble=[t for t in record["trouble"] if t not in before["trouble"]])
        left = Counter(key(f) for f in before["findings"])
        for finding in record["findings"]:
            if left[key(finding)]:
                left[key(finding)] -= 1
            else:
                outcome.new.append(finding)
        return outcome

    def progress(self, edit: Edit) -> None:
        self.done += 1
        if sys.stdout.isatty():
            print(f"\r\033[K[{self.done}] {edit.id}", end="", flush=True)
        elif self.done % 25 == 0:
            print(f"[{self.done} edits] {edit.id}", flush=True)

    # -- all ---------------------------------------------------------------------

    def build(self, files: list[str]) -> list[str]:
        """kbuild's command lines are there when it has built the object once; returns
        the files that this configuration cannot compile."""
        def missing(file: str) -> bool:
            path = Path(file).with_suffix(".o")
            return not (self.tree.out / path.parent / f".{path.name}.cmd").exists()

        targets = [str(Path(file).with_suffix(".o")) for file in files if missing(file)]
        if targets:
            print(f"building {len(targets)} objects for their command lines", flush=True)
            plain = {k: v for k, v in os.environ.items() if k not in PRIVATE}
            for target in targets:
                run(self.tree.make(f"-j{self.jobs}", target), env=plain)
        return [file for file in files if missing(file)]

    def run(self, edits: list[Edit]) -> list[Outcome]:
        in_parallel(self.original, sorted({edit.file for edit in edits}), self.jobs)
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
    mutants = Mutants(tree, engine, int(env("J") or default_jobs()))
    limit_children(600, 8)
    absent = set(mutants.build(sorted({edit.file for edit in edits})))
    outcomes = mutants.run([edit for edit in edits if edit.file not in absent])
    errors = [outcome.error for outcome in outcomes if outcome.error]
    if errors:
        die("\n".join(errors))
    good = report(outcomes, engine)
    for file in sorted(absent):
        skipped = [edit.id for edit in edits if edit.file == file]
        print(f"skipped, {file} is not in this configuration: {', '.join(skipped)}")
    functions = {(o.edit.file, o.edit.func) for o in outcomes if o.edit.finds}
    print(f"{len(outcomes)} edits, broken functions: {len(functions)}, engine {engine}, "
          f"{time.monotonic() - started:.0f} s")
    return 0 if good else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
