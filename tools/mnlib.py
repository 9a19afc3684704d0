# SPDX-License-Identifier: GPL-2.0-only
"""What tests/ and tools/ share: diagnostics, records, the table, running commands.

It knows how findings look (the printed line and the JSON record), never what
they mean. No program of its own.
"""

from __future__ import annotations

import functools
import json
import os
import re
import resource
import shlex
import signal
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILD = (ROOT / os.environ.get("BUILD", "build")).resolve()
# the kernel's CC=, which may have ccache or distcc in front; and the compiler itself
COMPILER = shlex.split(os.environ.get("GCC", "")) or ["gcc"]
GCC = COMPILER[-1]
# the dialect of a kernel; from GCC 15 on the default is C23, which has a bool of its own
CC = [GCC, "-std=gnu11"]
# the prefix of an installation that is tested in place of what is built here
INSTALLED = os.environ.get("MNCHECK_INSTALLED", "")
PROGRAMS = Path(INSTALLED) / "bin" if INSTALLED else BUILD
PLUGIN = Path(os.environ.get("PLUGIN_PROGRAM") or (Path(INSTALLED) / "lib/mncheck" if INSTALLED
              else BUILD) / "mmu_notifier_plugin.so").resolve()
REPLAY = PROGRAMS / "mn-replay"
CONTRACT = PROGRAMS / "mn-contract"
MNCHECK = PROGRAMS / "mncheck"
LINK = PROGRAMS / "mncheck-link"
SPARSE = Path(os.environ.get("SPARSE_PROGRAM") or PROGRAMS / "mncheck-sparse").resolve()


def die(message: str) -> None:
    """Bad input: one line, exit status 2."""
    print(message, file=sys.stderr)
    sys.exit(2)


def interrupt(*_) -> None:
    """SIGTERM as Ctrl-C: what was started is cleared away."""
    raise KeyboardInterrupt


def hear_interrupt() -> None:
    """For a child that a test interrupts: what a shell runs in the background ignores it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def start(main) -> None:
    """Run a program a user waits for. Trouble of the machine is one line and no traceback."""
    signal.signal(signal.SIGTERM, interrupt)
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        print("mncheck: error: interrupted: nothing of this run was kept; start it again",
              file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:     # as after head: no more is wanted
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
    except OSError as error:
        die(f"mncheck: error: {error.filename or 'output'}: {error.strerror}; make room, or name "
            "another place (BUILD=, OUT=)")


def default_jobs() -> int:
    return len(os.sched_getaffinity(0))


def limit_children(seconds: int, gigabytes: int = 0) -> None:
    """CPU time and address space of each process started from here on: should the
    engine run away in a compiler, that compiler ends, and the machine stays usable."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    if gigabytes:
        most = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (gigabytes << 30, most))


def run(command, **options) -> subprocess.CompletedProcess:
    """Run a command with its output captured as text; never raises for its status.
    A program that is not there has the shell's status, 127."""
    command = [str(word) for word in command]
    try:
        return subprocess.run(command, capture_output=True, text=True, errors="replace",
                              check=False, **options)
    except FileNotFoundError as error:
        return subprocess.CompletedProcess(command, 127, "", f"{error}\n")


def in_parallel(function, items, jobs: int = 0) -> list:
    """Results of function(item) in the order of the items."""
    with ThreadPoolExecutor(jobs or default_jobs()) as pool:
        return list(pool.map(function, items))


def plugin_flags(*options: str) -> list[str]:
    """The compiler's arguments that load the plugin, with options NAME[=VALUE]."""
    return [f"-fplugin={PLUGIN}"] + [
        f"-fplugin-arg-mmu_notifier_plugin-{option}" for option in options]


@functools.lru_cache(maxsize=None)
def gcc_version() -> int:
    return int(run([GCC, "-dumpversion"]).stdout.split(".")[0] or 0)


def plain_output() -> list[str]:
    """The compiler's arguments for one line a diagnostic; GCC 9 and 10 have no word for it."""
    if gcc_version() >= 11:
        return ["-fdiagnostics-plain-output"]
    return ["-fno-diagnostics-show-caret", "-fdiagnostics-color=never"] + [
        "-fdiagnostics-path-format=separate-events"] * (gcc_version() == 10)


# folders of testcases/ that are not single files for the compiler
NOT_CASES = {"trace", "planted", "contract", "cfg", "cocci", "findings", "kernel", "include", "module",
             "sparse", "text", "link", "repairs"}


def case_files() -> list[Path]:
    """The test cases in C, relative to the project, in a fixed order."""
    return sorted(path.relative_to(ROOT) for path in ROOT.glob("testcases/*/**/*.c")
                  if path.relative_to(ROOT).parts[1] not in NOT_CASES)


def include_flags(path: Path) -> list[str]:
    """-I for each include/ beside or above a file of testcases/, the nearest first."""
    return [f"-I{folder}/include" for folder in path.parents
            if folder.parts[:1] == ("testcases",) and (ROOT / folder / "include").is_dir()]


def rules() -> list[str]:
    text = (ROOT / "core/rules/rules.def").read_text()
    return re.findall(r'^MN_RULE\(\w+,\s*"([^"]+)",', text, re.M)


# ---------------------------------------------------------------------------
# diagnostics as the compiler and mn-replay print them

DIAGNOSTIC = re.compile(
    r"^(?P<file>[^:\s][^:]*):(?P<line>\d+):(?P<col>\d+): "
    r"(?P<kind>warning|error|note): (?P<text>.*?)(?: \[(?P<flag>[\w=-]+)\])?$")


@dataclass(order=True, frozen=True)
class Diagnostic:
    file: str
    line: int
    col: int
    kind: str
    text: str
    rule: str = ""          # without "mn-"; "" for what is not ours

    def __str__(self) -> str:
        tail = f" [mn-{self.rule}]" if self.rule else ""
        return f"{self.file}:{self.line}:{self.col}: {self.kind}: {self.text}{tail}"


def parse_diagnostics(text: str) -> list[Diagnostic]:
    """Every FILE:LINE:COL line; event numbers "(1) " of notes are dropped."""
    found = []
    for line in text.splitlines():
        match = DIAGNOSTIC.match(line)
        if not match:
            continue
        flag = match["flag"] or ""
        words = match["text"]
        if match["kind"] == "note":
            words = re.sub(r"^\(\d+\) ", "", words)
        found.append(Diagnostic(match["file"], int(match["line"]), int(match["col"]),
                                match["kind"], words,
                                flag[3:] if flag.startswith("mn-") else ""))
    return found


# ---------------------------------------------------------------------------
# records: one JSON line a unit (core/report/record.c)

def read_records(path) -> list[dict]:
    path = Path(path)
    if not path.exists():
        return []
    records = []
    for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
        try:
            records.append(json.loads(line))
        except ValueError as error:
            die(f"{path}:{number}:1: error: this is no record ({error}); "
                "make the file again with record=FILE")
    return records


def write_records(records: list[dict], path) -> None:
    """Sorted by file, one line a unit: two runs over the same tree are the same bytes."""
    lines = sorted((record["file"], json.dumps(record, sort_keys=True)) for record in records)
    write_whole(path, "".join(line + "\n" for _, line in lines))


def write_whole(path, text: str) -> None:
    """A file that appears whole or not at all."""
    path = Path(path)
    other = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        other.write_text(text)
        other.replace(path)
    finally:
        other.unlink(missing_ok=True)


@functools.lru_cache(maxsize=64)
def source_lines(path: Path) -> list[str]:
    return path.read_text(errors="replace").splitlines() if path.is_file() else []


def finding_lines(finding: dict, top: Path | None = None) -> list[str]:
    """A finding as the compiler would print it, its path as notes; with the source lines below @top."""
    def place(where: dict) -> str:
        return f"{where['file']}:{where['line']}:{where['col']}"

    def source(where: dict) -> list[str]:
        text = source_lines(top / where["file"])[where["line"] - 1:where["line"]] if top else []
        return [line for one in text for line in (
            f"{where['line']:6} | {one}",
            "       | " + re.sub(r"[^\t]", " ", one[:where["col"] - 1]) + "^")]

    lines = [f"{finding['file']}: In function '{finding['func']}':"] * bool(top and finding["func"])
    lines += [f"{place(finding)}: warning: {finding['text']} [mn-{finding['rule']}]", *source(finding)]
    for number, event in enumerate(finding["events"], 1):
        indent = "  " * event["depth"]
        lines += [f"{place(event)}: note: {indent}({number}) {event['text']}", *source(event)]
    if "fix" not in finding:        # an older mncheck's
        return lines
    if top:
        return lines + [f"fix: {finding['fix']}", f"see: mncheck explain {finding['rule']}"]
    return lines + [f"{place(finding)}: note: fix: {finding['fix']}; see 'mncheck explain {finding['rule']}'"]


def finding_functions(finding: dict) -> set[str]:
    """The function, or the variable, of a finding, and the functions of its path.

    Where a callback takes the lock that a finding is about is no part of the path."""
    return {re.match(r"\w*", finding["func"])[0]} | {
        event["func"] for event in finding["events"] if event["kind"] != "taken"}


def unique_findings(records: list[dict]) -> list[dict]:
    """Sorted by place; a finding in a header counts once for all its units."""
    found = {}
    for record in records:
        for finding in record["findings"]:
            key = (finding["file"], finding["line"], finding["col"],
                   finding["rule"], finding["text"])
            found.setdefault(key, finding)
    return [found[key] for key in sorted(found)]


def table(records: list[dict], compiled: int = 0, seconds: float | None = None) -> str:
    """The closing table of a run over many units."""
    def total(name: str):
        return sum(record[name] for record in records)

    findings = unique_findings(records)
    excused = sorted({text for record in records for text in record["excused"]})
    trouble = [text for record in records for text in record["trouble"]]
    rows = [
        ("files compiled", compiled or len(records)),
        ("files that name the API", sum(bool(record["era"]) for record in records)),
        ("functions", total("functions")),
        ("functions simulated", total("simulated")),
        ("contexts", total("contexts")),
        ("given up", total("given_up")),
        ("internal messages", sum("internal" in text for text in trouble)),
    ]
    if seconds is not None:
        rows.append(("time in the pass", f"{seconds:.2f} s"))
    lines = [f"{name:<24} {value:>10}" for name, value in rows]
    lines += ["", f"{'findings':<24} {len(findings):>10}"]
    counts = Counter(finding["rule"] for finding in findings)
    lines += [f"  {rule:<22} {counts[rule]:>10}" for rule in rules() if counts[rule]]
    ignored = unique_findings([{"findings": record["ignored"]} for record in records])
    if ignored:
        lines += ["", f"{'ignored in the source':<24} {len(ignored):>10}"]
    needless = [place for record in records for place in record["needless"]]
    if needless:
        lines += ["", "comments 'mncheck: ignore' that hide no finding:"] + [
            f"  {place['file']}:{place['line']}" for place in needless]
    if excused:
        lines += ["", "excused by the contract:"] + [f"  {text}" for text in excused]
    return "\n".join(lines)
