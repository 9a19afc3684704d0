#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""make kernel: compile targets of a configured kernel with the plugin.

kbuild does the compiling: a new name of the record file in KCFLAGS makes it
compile each object of the targets again, and nothing else. Findings come from
the record file while it grows, so the compiler's other output does not matter;
it is kept in a log. The variables are make's: see docs/kernel.md.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tools.kernel.kbuild import Tree, need_plain
from tools.kernel.progress import Progress
from tools.mnlib import (BUILD, LINK, PLUGIN, default_jobs, die, finding_lines, limit_children,
                         plugin_flags, start, table, write_records)

KEEP = BUILD / "kernel"
STEP = re.compile(r"^\s+(?:CC|CC \[M\]) +(?:\[M\] +)?(\S+\.o)$")
# what the plugin prints for record=-
RECORD = "mncheck: record: "
# such a line in what make -n prints
PLANNED = re.compile(r"\becho '(  [^']+)'")
FAILED = re.compile(r"\*\*\* \[(?:[^\]]*: )?([^\]\s]+)\] Error")
NO_RULE = re.compile(r"\*\*\* No rule to make target '([^']+)'")
# what kbuild compiles for itself on the way to any target
HELPER = re.compile(r"^scripts/|^kernel/bounds\.[cs]$|(?:^|/)asm-offsets\.[cs]$|^<stdin>$|^-$")
# .. and into the vdso, which the kernel hands to processes
USER_SPACE = re.compile(r"/vdso(?:32)?/(?:.*/)?v(?:clock_gettime|futex|getcpu|gettimeofday|getrandom)\.c$")
ERROR = re.compile(r"\berror: |mncheck: error")
CRASH = re.compile(r"internal compiler error|Segmentation fault|signal terminated program")
# of our own make, not for kbuild
PRIVATE = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "BUILD", "O", "KDIR", "J",
           "TARGETS", "RULES", "LINK", "PLUGIN_ARGS", "GCC", "HOSTCC", "HOSTCXX", "PYTHON", "KCFLAGS", "NAME",
           "EXIT_CODE")


@dataclass
class Result:
    """What a run gave; also kept as build/kernel/NAME.jsonl and .log."""
    records: list[dict] = field(default_factory=list)
    compiled: int = 0
    seconds: float = 0                                      # in the pass, of all units
    failed: dict[str, str] = field(default_factory=dict)    # target: first error
    crashes: list[str] = field(default_factory=list)
    unseen: dict[str, bool] = field(default_factory=dict)   # compiled without the plugin: does it name the API?


class Run:
    """One run of kbuild with the plugin."""
    steps = STEP        # the lines of kbuild that are counted

    def __init__(self, tree: Tree, name: str, options: list[str], quiet: bool = False,
                 keep: Path = KEEP, progress: Progress | None = None):
        self.tree, self.name, self.quiet, self.keep = tree, name, quiet, keep
        self.progress = progress or Progress(None if quiet else sys.stdout)
        keep.mkdir(parents=True, exist_ok=True)
        self.record = keep / f"{name}-{time.time_ns():x}.record"
        self.flags = plugin_flags(f"record={self.record}", "seconds", *options)
        self.result = Result()
        self.offset = 0
        self.last_error = ""
        self.shown: set[tuple] = set()
        self.stepped: list[str] = []        # what kbuild said it made

    def command(self, targets: list[str], jobs: int) -> list[str]:
        words = self.tree.make("-k", f"-j{jobs}", "--no-print-directory")
        given = [word[8:] for word in words if word.startswith("KCFLAGS=")]
        words = [word for word in words if not word.startswith("KCFLAGS=")]
        return words + ["KCFLAGS=" + " ".join(given + self.flags)] + targets

    def run(self, targets: list[str], jobs: int) -> Result:
        limit_children(600, 8)
        command = self.command(targets, jobs)
        if not self.quiet:
            self.progress.total = len(self.plan(command) or [])
        try:
            with open(self.keep / f"{self.name}.log", "w", buffering=1) as log:
                status = self.make(command, log, self.read_line)
            self.read_new_records()
        finally:
            self.record.unlink(missing_ok=True)
        self.progress.clear()
        self.close(status)
        write_records(self.result.records, self.keep / f"{self.name}.jsonl")
        return self.result

    def close(self, status: int) -> None:
        """What make's status says, and what was compiled without the plugin."""
        if status and not self.result.failed:
            self.result.failed["make"] = self.last_error or f"exit status {status}"
        for step in self.stepped:
            if step not in self.result.failed and self.is_unplugged(step):
                self.result.unseen[step] = self.tree.names_api(self.source_of(step))

    def saved(self, step: str) -> str:
        """What kbuild writes down of an object."""
        path = self.tree.out / step
        saved = path.with_name(f".{path.name}.cmd")
        return saved.read_text(errors="replace") if saved.exists() else ""

    def source_of(self, step: str) -> str:
        match = re.search(r"^source_\S+ := (\S+)", self.saved(step), re.M)
        return self.tree.relative(match[1] if match else str(Path(step).with_suffix(".c")))

    def is_unplugged(self, step: str) -> bool:
        """A Makefile may drop KCFLAGS, or add to them. Where nothing is written down nobody knows."""
        saved = self.saved(step)
        return bool(saved) and (plugin_flags("disable")[1] in saved or any(flag not in saved for flag in self.flags))

    @staticmethod
    def make(command: list[str], log, read_line) -> int:
        """Run kbuild; each line goes to @log, if there is one, and to @read_line."""
        environment = {k: v for k, v in os.environ.items() if k not in PRIVATE}
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              errors="replace", env=environment, start_new_session=True) as make:
            try:
                for line in make.stdout:
                    if log and not line.startswith(RECORD):
                        log.write(line)
                    read_line(line.rstrip("\n"))
            except BaseException:
                end(make)
                raise
        return make.returncode

    def plan(self, command: list[str], read_line=lambda line: None) -> list[str] | None:
        """The steps that kbuild is going to take, by its own word; None where it has no word."""
        steps = []
        self.progress.wait("asking make what there is to do")

        def read(line: str) -> None:
            steps.extend(name for said in PLANNED.findall(line) if (name := self.step(said)))
            read_line(line)

        return None if self.make([*command, "-n"], None, read) else steps

    def step(self, line: str) -> str:
        """What this line says is being made, or empty."""
        match = self.steps.match(line)
        return match[1] if match and not HELPER.search(match[1]) else ""

    def read_line(self, line: str) -> None:
        step = self.step(line)
        if step:
            self.result.compiled += 1
            self.stepped.append(os.path.normpath(step))
            self.read_new_records()
            self.progress.step(step, len(self.shown))
        elif ERROR.search(line) or CRASH.search(line):
            self.last_error = line
            if CRASH.search(line):
                self.result.crashes.append(line)
        failed = FAILED.search(line) or NO_RULE.search(line)
        if failed and failed[1].endswith((".o", "/")):
            self.result.failed.setdefault(failed[1], self.last_error or line)
            self.last_error = ""

    def read_new_records(self) -> None:
        """Whole lines only: a compiler may be writing its own."""
        if not self.record.exists():
            return
        with open(self.record, "rb") as file:
            file.seek(self.offset)
            text = file.read()
        text = text[:text.rfind(b"\n") + 1]
        self.offset += len(text)
        for line in text.decode(errors="replace").splitlines():
            self.take(json.loads(line))

    def take(self, record: dict) -> None:
        self.result.seconds += record.pop("seconds")    # no two runs agree on them
        record["file"] = self.tree.relative(record["file"])
        if HELPER.search(record["file"]):
            return
        for finding in record["findings"] + record["ignored"]:
            for place in [finding, *finding["events"], *finding["path"]]:
                place["file"] = self.tree.relative(place["file"] or "?")
        for place in record["needless"]:
            place["file"] = self.tree.relative(place["file"])
        for finding in record["findings"]:
            self.show(finding)
        for deed in deeds(record):
            deed[2] = self.tree.relative(deed[2] or "?")
        for text in record["trouble"]:
            self.say(f"{record['file']}: {text}")
        self.result.records.append(record)

    # -- what the user sees ----------------------------------------------------

    def show(self, finding: dict) -> None:
        """A finding in a header comes once for each unit that includes it."""
        key = (finding["file"], finding["line"], finding["rule"], finding["text"])
        if key not in self.shown:
            self.shown.add(key)
            self.say("\n".join(finding_lines(finding, self.tree.kdir)))

    def say(self, text: str) -> None:
        if not self.quiet:
            self.progress.clear()
            print(text, flush=True)


def deeds(record: dict) -> list[list]:
    """What the callbacks of a unit do, and its functions where that was asked for."""
    members = [m for variable in record["tables"] for m in variable["members"]]
    lists = [m["does"] for m in members] + list(record.get("reach", {}).values())
    return [deed for does in lists for deed in does]


def end(make: subprocess.Popen) -> None:
    """End kbuild and all that it started; it removes what it was making.

    make tells its own children only: an assembler would outlive the compiler that waits for
    it, and write its object after make removed it. So each process is told, and the output
    is read to its end, which comes when the last of them is gone.
    """
    os.killpg(make.pid, signal.SIGTERM)
    for _ in make.stdout:
        pass
    make.wait()


def plugin_options(environment) -> list[str]:
    """The plugin's options that make's variables choose."""
    options = []
    if environment.get("RULES"):
        options.append(f"rules={environment['RULES']}")
    options += environment.get("PLUGIN_ARGS", "").split()
    for option in options:
        odd = re.search(r"[^\w./+@=~,:-]", option)
        if odd and not option.startswith("rules="):     # of which the engine says more
            die(f"mncheck: error: PLUGIN_ARGS={option}: make cannot be given a name with '{odd[0]}'; rename "
                "it, or move it to a folder without")
    return options


def jobs_asked() -> int:
    given = os.environ.get("J") or str(default_jobs())
    if not re.fullmatch(r"[1-9]\d{0,4}", given):
        die(f"mncheck: error: J={given}: not a number of jobs")
    return int(given)


def result_name(default: str) -> str:
    """What the results are called: a file, and a word of the compiler's command."""
    name = os.environ.get("NAME") or default
    if "/" in name:
        die(f"mncheck: error: NAME={name}: a name below {KEEP}, not a path")
    need_plain("NAME", name)
    need_plain("BUILD", str(KEEP))
    return name


def exit_status(result: Result) -> int:
    """Nothing may be unchecked and silent: no record at all is a failure."""
    if not result.records and not result.failed:
        result.failed["all"] = "no unit wrote a record" if result.compiled else "nothing was compiled"
        print(f"not checked: {result.failed['all']}; the log says more")
    found = any(record["findings"] for record in result.records)
    return 1 if result.failed or result.crashes or any(result.unseen.values()) or (found and os.environ.get("EXIT_CODE")) else 0


def print_unchecked(run: Run) -> None:
    """What the table does not count: what was compiled without the plugin, and, of a run over all, what has no record."""
    unseen = run.result.unseen
    for step, _ in filter(lambda one: one[1], sorted(unseen.items())):
        print(f"not checked: {step}: compiled without the plugin; a Makefile drops its flags, or says disable")
    others = len(unseen) - sum(unseen.values())
    if others:
        print(f"not checked: {others} more that do not name the API: compiled without the plugin")
    if os.environ.get("TARGETS"):
        return
    known = {record["file"] for record in run.result.records}
    compiled = {run.source_of(step) for step in run.stepped}
    silent = [file for file in run.tree.naming_files() if file not in known]
    with open(run.keep / f"{run.name}.log", "a") as log:
        for file in silent:
            log.write(f"mncheck: no record: {file}: {'it declares nothing of it' if file in compiled else 'no object here'}\n")
    if silent:
        print(f"{len(silent)} more files name the API, and have no record; the log says which, and why")


def facts_folder(name: str) -> Path:
    """An empty folder for what the compilations leave for mncheck-link."""
    folder = (KEEP / f"{name}.facts").resolve()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def drop_helpers(facts: Path, kdir: Path) -> None:
    """What kbuild compiles for itself, or for user space, is no part of the kernel: it is a program of its own."""
    for unit in facts.glob("*.facts"):
        source = unit.stem.replace("=", "/").removeprefix(f"{kdir}/")
        if HELPER.search(source) or USER_SPACE.search(source):
            unit.unlink()


def link(facts: Path, name: str) -> int:
    """What the units show together; the rest of the kernel may call what is not static."""
    record = KEEP / f"{name}-linked.jsonl"
    record.unlink(missing_ok=True)
    print(f"\nlinking {facts}", flush=True)
    return subprocess.run([LINK, "--partial", f"--record={record}", facts], check=False).returncode


def main() -> int:
    from tools.kernel.again import RunAgain     # which is a Run
    env = os.environ.get
    make_args = env("KERNEL_MAKE_ARGS", "")
    for name in ("ARCH", "CROSS_COMPILE", "LLVM"):
        if env(name):
            make_args += f" {name}={env(name)}"
    tree = Tree(env("KDIR", ""), env("O", ""), env("ARCH", ""), make_args)
    if not PLUGIN.exists():
        die(f"mncheck: error: {PLUGIN}: not built; run make")
    tree.need_notifiers()
    tree.need_writable()
    options = plugin_options(os.environ)
    tree.need_gcc(options)
    targets = env("TARGETS", "").split() or tree.default_targets()
    if not targets:
        die(f"mncheck: error: {tree.kdir}: nothing that this configuration builds names "
            "the API; is CONFIG_MMU_NOTIFIER set?")
    jobs = jobs_asked()
    name = result_name(tree.kdir.name)
    facts = facts_folder(name) if env("LINK") else None
    if facts:
        options.append(f"link={facts}")

    print(f"checking {tree.kdir} ({tree.out}): {' '.join(targets)}", flush=True)
    run = Run(tree, name, options) if facts else RunAgain(tree, name, options)
    result = run.run(targets, jobs)
    for error in sorted(set(result.failed.values())):
        names = sorted(name for name, why in result.failed.items() if why == error)
        more = f" and {len(names) - 1} more" if len(names) > 1 else ""
        print(f"not compiled: {names[0]}{more}: {error}")
    print()
    print(table(result.records, result.compiled, result.seconds))
    print()
    print_unchecked(run)
    if not facts and run.reused:
        print(f"{run.reused} of them had not changed since a run before, and were not compiled again")
    print(f"records, for mncheck report: {KEEP / name}.jsonl   compiler's output: {KEEP / name}.log")
    if facts:
        drop_helpers(facts, tree.kdir)
    linked = link(facts, name) if facts else 0
    return exit_status(result) or bool(linked)


if __name__ == "__main__":
    start(main)
