#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""make repairs: the repairs of cocci/repairs/, as mails for a kernel tree that has the faults.

Each repair is a semantic patch, NAME.cocci, and the words of its mail, NAME.mail. The files
that it names are copied into a git repository of their own and rewritten there; what that
changes is one commit, and one mail. Where nothing is changed the fault is gone, and there is
no mail. The tree and its build directory are only read: with --objects each changed file is
compiled as kbuild compiled it there, and its object thrown away.
"""

from __future__ import annotations

import argparse
import re
import shlex
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tools.mnlib import ROOT, die, run, start
from tools.series import series_mail as mail
from tools.series.series import check_identity, copy_files
from tools.series.series_steps import Series
from tools.series.spatch import run_spatch

REPAIRS = ROOT / "cocci/repairs"
MAILS = "[0-9][0-9][0-9][0-9]-*.patch"
OURS = re.compile(r"-fplugin=.*/mmu_notifier_plugin\.so$|-fplugin-arg-mmu_notifier_plugin-")
FOR_SENDER = """\
For the sender (not part of the message): a Fixes: line is not written, git log -L on the
changed lines names the commit; scripts/get_maintainer.pl names who gets this mail.
"""


@dataclass
class Repair:
    """A semantic patch with the words of its mail."""
    rule: Path
    subject: str
    files: list[str]        # the first is the one that has the fault
    stale: str              # a comment that does not hold where the code behind it has changed
    body: str
    notes: str              # for the sender


def read_repair(rule: Path) -> Repair:
    head, _, rest = rule.with_suffix(".mail").read_text().partition("\n\n")
    fields = dict(re.findall(r"^(\w+): (.*)$", head, re.M))
    body, _, notes = rest.partition("\n---\n")
    return Repair(rule, fields["Subject"], fields["Files"].split(), fields.get("Stale", ""),
                  body.strip(), notes.strip())


# ---------------------------------------------------------------------------
# rewriting

def added_lines(series: Series, name: str) -> set[int]:
    hunks = re.findall(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@",
                       series.git("diff", "-U0", "--", name), re.M)
    return {int(first) + n for first, count in hunks for n in range(int(count or "1"))}


def tidy(series: Series, name: str, stale: str) -> None:
    """What spatch leaves: a blank at a line's end, a second empty line, a stale comment."""
    added, kept = added_lines(series, name), []
    for number, line in enumerate(series.read(name).split("\n"), 1):
        line = line.rstrip() if number in added else line
        doubled = not line and kept and not kept[-1] and {number, number - 1} & added
        if not doubled and not (stale and line.strip() == f"/* {stale} */" and number + 1 in added):
            kept.append(line)
    series.write(name, "\n".join(kept))


def rewrite(series: Series, repair: Repair) -> list[str]:
    """The files that the repair changes. They are one group of spatch, so that what one of
    them has can decide about another."""
    there = [name for name in repair.files if (series.work / name).exists()]
    run_spatch(repair.rule, "patch", ["\n".join(there)], ("--in-place", "--no-show-diff"),
               series.work, {})
    changed = series.changed()
    for name in changed:
        tidy(series, name, repair.stale)
    return changed


# ---------------------------------------------------------------------------
# compiling

def command_of(objects: Path, name: str) -> list[str]:
    """How kbuild compiled this source there; empty if it did not."""
    path = objects / name
    saved = path.parent / f".{path.stem}.o.cmd"
    text = saved.read_text(errors="replace") if saved.exists() else ""
    match = re.search(r"^(?:saved)?cmd_\S+ := (.*)$", text, re.M)
    # make writes a dollar sign and a hash so; objtool comes behind a semicolon
    words = shlex.split(match[1].replace("$$", "$").replace(r"\#", "#").split(" ; ")[0]) \
        if match else []
    return [word for word in words if not OURS.match(word) and not word.startswith("-Wp,-M")]


def compile_one(series: Series, objects: Path, name: str, command: list[str]) -> str:
    """The errors of the changed copy, which finds the headers beside it before the tree's."""
    words = [*command[:-1], "-iquote", series.tree / Path(name).parent, series.work / name]
    words[words.index("-o") + 1] = "/dev/null"
    done = run(words, cwd=objects)
    print(done.stderr, end="", file=sys.stderr)
    return done.stderr if done.returncode else ""


def compiler(command: list[str]) -> str:
    return (run([command[0], "--version"]).stdout.splitlines() or [command[0]])[0]


def compile_all(series: Series, objects: Path | None, names: list[str]) -> str | None:
    """What the mail says of compiling; None where it fails."""
    commands = {name: command_of(objects, name) for name in names
                if objects and name.endswith(".c")}
    able = {name: command for name, command in commands.items() if command}
    for name in commands.keys() - able.keys():
        print(f"{name}: not compiled: {objects} has not made its object")
    if any(compile_one(series, objects, name, command) for name, command in able.items()):
        return None
    with_what = sorted({compiler(command) for command in able.values()})
    objs = [name[:-2] + ".o" for name in able]
    # with a colon behind the word, git would take a short one for a trailer
    return f"Compile-tested with {', '.join(with_what)}: {', '.join(objs)}." if able \
        else "Not compile-tested."


# ---------------------------------------------------------------------------
# mails

def commit(series: Series, repair: Repair, tested: str, names: list[str]) -> None:
    text = mail.message(repair.subject, f"{repair.body}\n\n{tested}", [])
    series.git("commit", "-q", "-s", "-F", "-", "--", *names, text=text)
    series.patches.append(repair.subject)


def repair_all(series: Series, repairs: list[Repair], objects: Path | None) -> int:
    """One commit for each fault that is there; the number of repairs that failed."""
    failed = 0
    for repair in repairs:
        name, first = repair.rule.stem, repair.files[0]
        changed = rewrite(series, repair) if (series.work / first).exists() else []
        tested = compile_all(series, objects, changed) if changed else ""
        if tested is None:
            print(f"{first}: error: does not compile with {name}; no mail for it", file=sys.stderr)
            series.git("checkout", "-q", "--", ".")
            failed += 1
        elif changed:
            commit(series, repair, tested, changed)
            print(f"{len(series.patches):4} {name}: {repair.subject}", flush=True)
        else:
            print(f"     {name}: " + ("nothing to repair in " if (series.work / first).exists()
                                      else "not in this tree: ") + first, flush=True)
    return failed


def write_mails(series: Series, repairs: list[Repair], out: Path) -> None:
    """In a folder beside, whose files are moved to @out when all are complete."""
    out.mkdir(parents=True, exist_ok=True)
    notes = {repair.subject: repair.notes for repair in repairs}
    with tempfile.TemporaryDirectory(prefix=".repairs-", dir=out) as fresh:
        if series.patches:
            series.git("format-patch", "-q", "--no-numbered", "--no-signature",
                       f"-{len(series.patches)}", "-o", str(Path(fresh).resolve()))
        for path, subject in zip(sorted(Path(fresh).glob(MAILS)), series.patches):
            more = FOR_SENDER + (f"{notes[subject]}\n" if notes[subject] else "")
            text = path.read_text(errors="surrogateescape")
            path.write_text(text.replace("\n---\n", f"\n---\n{more}\n", 1), errors="surrogateescape")
        for old in out.glob(MAILS):
            old.unlink()
        for path in sorted(Path(fresh).iterdir()):
            path.replace(out / path.name)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("tree", type=Path, help="the kernel tree; it is only read")
    parser.add_argument("out", type=Path, help="where the mails are written")
    parser.add_argument("--objects", type=Path, help="its build directory, to compile with")
    parser.add_argument("--identity", default="",
                        help="'Name <address>' in place of git's configuration")
    options = parser.parse_args()
    if not (options.tree / "MAINTAINERS").exists():
        die(f"{options.tree}: error: this is no kernel tree; give its top as KDIR=")
    if options.objects and not (options.objects / ".config").exists():
        die(f"{options.objects}: error: the kernel is not configured; give its O=")
    check_identity(options.identity)
    repairs = [read_repair(rule) for rule in sorted(REPAIRS.glob("*.cocci"))]
    names = sorted({name for repair in repairs for name in repair.files})
    with tempfile.TemporaryDirectory(prefix="repairs-") as work:
        series = Series(options.tree.resolve(), Path(work), options.identity)
        copy_files(series, ["MAINTAINERS", *(name for name in names if (series.tree / name).exists())])
        failed = repair_all(series, repairs, options.objects and options.objects.resolve())
        write_mails(series, repairs, options.out)
    print(f"{len(series.patches)} mails in {options.out}")
    return 1 if failed else 0


if __name__ == "__main__":
    start(main)
