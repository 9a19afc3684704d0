#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Run the test cases through one engine; TAP, one line a file.

Engines: gcc (the plugin over each C file), replay (mn-replay over the text
CFGs), sparse (mncheck-sparse over each C file), sanitized (the engine under sanitizers over what the plugin lowered, which
must say what the plugin said: it tests the text form's round trip as well).
--limits=tiny: the engine may lose findings then, but says so for each function.
"""

import argparse
import re
import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests import expect
from tools.mnlib import (BUILD, CC, REPLAY, ROOT, SPARSE, Diagnostic, Tap, case_files,
                         finding_functions, finding_lines, in_parallel, include_flags,
                         limit_children, parse_diagnostics, plain_output,
                         plugin_flags, read_records, run)

SANITIZED = BUILD / "mn-replay-sanitized"
TINY = ("limit-states=1", "limit-states=3", "limit-steps=30", "limit-contexts=1")
CRASH = re.compile(r"internal compiler error|Segmentation fault|Sanitizer|runtime error:|"
                   r"signal terminated program")


@dataclass
class Answer:
    """What an engine said about one file."""
    status: int
    log: str                       # all it printed
    found: list[Diagnostic]        # what of it is a diagnostic
    findings: list[dict]           # what its record says

    def faults(self) -> list[str]:
        lines = [line for line in self.log.splitlines()
                 if CRASH.search(line) or "mncheck: internal:" in line]
        if self.status and not lines:
            lines = [f"exit status {self.status}"] + self.log.splitlines()[:8]
        return lines

    def gave_up(self) -> bool:
        return "mncheck: given up:" in self.log

    def named(self) -> list[set[str]]:
        return [finding_functions(finding) for finding in self.findings]

    def lines(self) -> list[str]:
        """Findings with their paths, as the record has them."""
        return [line for finding in self.findings for line in finding_lines(finding)]


def cfg_files() -> list[Path]:
    return sorted(path.relative_to(ROOT) for path in ROOT.glob("testcases/cfg/**/*.cfg"))


def scratch(path: Path, kind: str) -> Path:
    """A file of our own for one test case."""
    name = "-".join(part for part in path.parts if part not in ("/", "testcases"))
    place = BUILD / "tests" / f"{name}.{kind}"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    return place


def run_gcc(path: Path, *options: str) -> Answer:
    record = scratch(path, f"{len(options)}.jsonl")
    done = run([*CC, "-O2", "-Wall", "-c", path, "-o", "/dev/null",
                *plain_output(), *include_flags(path),
                *plugin_flags(f"record={record}", *options)], cwd=ROOT)
    return Answer(done.returncode, done.stderr, parse_diagnostics(done.stderr),
                  findings_in(record))


def findings_in(record: Path) -> list[dict]:
    return [finding for unit in read_records(record) for finding in unit["findings"]]


def run_sparse(path: Path, *options: str) -> Answer:
    record = scratch(path, "sparse.jsonl")
    done = run([SPARSE, *include_flags(path), f"--mn-record={record}",
                *(f"--mn-{option}" for option in options), path], cwd=ROOT)
    return Answer(done.returncode, done.stdout + done.stderr,
                  parse_diagnostics(done.stderr), findings_in(record))


def run_replay(program: Path, path: Path, *options: str) -> Answer:
    record = scratch(path, "replay.jsonl")
    done = run([program, *options, f"--record={record}", path], cwd=ROOT)
    return Answer(done.returncode, done.stdout + done.stderr,
                  parse_diagnostics(done.stdout), findings_in(record))


def judge_plain(path: Path, engine: str, answer: Answer) -> list[str]:
    return answer.faults() + expect.compare(path, engine, answer.found, answer.named())


def judge_tiny(path: Path) -> list[str]:
    """Fewer findings than with the usual limits are right only where it says so."""
    usual = {str(d) for d in run_gcc(path).found if d.rule}
    wrong = []
    for limit in TINY:
        tiny = run_gcc(path, limit)
        left = {str(d) for d in tiny.found if d.rule}
        lost = [] if tiny.gave_up() else sorted(usual - left)
        wrong += tiny.faults()
        wrong += [f"only with {limit}: {line}" for line in sorted(left - usual)]
        wrong += [f"lost with {limit}, and nothing told as given up: {line}"
                  for line in lost]
    return wrong


def judge_sanitized(path: Path) -> list[str]:
    dump = scratch(path, "cfg")
    plugin = run_gcc(path, f"dump={dump}")
    if not dump.exists():       # it does not name the API
        return plugin.faults() + plugin.lines()
    answer = run_replay(SANITIZED, dump)
    wrong = answer.faults()
    told, again = plugin.lines(), answer.lines()
    wrong += [f"only the plugin says: {line}" for line in told if line not in again]
    wrong += [f"only mn-replay says: {line}" for line in again if line not in told]
    return wrong


def judge(engine: str, args: argparse.Namespace, path: Path) -> list[str]:
    if engine == "sanitized":
        return judge_sanitized(path)
    if args.limits:
        return judge_tiny(path)
    if engine == "replay":
        return judge_plain(path, engine, run_replay(REPLAY, path))
    if engine == "sparse":
        return judge_plain(path, engine, run_sparse(path))
    return judge_plain(path, engine, run_gcc(path, *(["no-merge"] if args.no_merge else [])))


def test_balance(tap: Tap, files: list[Path]) -> None:
    """The suite as a whole: enough functions, and more good ones than bad ones."""
    names = [name for path in files for name in expect.functions(path)]
    good = sum(name.startswith("good_") for name in names)
    tap.ok(len(names) >= 120, f"at least 120 functions: {len(names)}")
    tap.ok(2 * good > len(names), f"more good than bad: {good} of {len(names)}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("engine", choices=("gcc", "replay", "sparse", "sanitized"))
    parser.add_argument("--no-merge", action="store_true", help="states never merge")
    parser.add_argument("--limits", choices=("tiny",), help="the smallest limits")
    parser.add_argument("file", nargs="*", type=Path, help="only these test cases")
    args = parser.parse_args()

    # sanitizers reserve address space without end
    sanitized = args.engine == "sanitized" or "sanitized" in SPARSE.name
    limit_children(60, 0 if sanitized else 4)
    files = args.file or (cfg_files() if args.engine == "replay" else case_files())
    mode = args.engine + (", no merging" if args.no_merge else "") + (
        ", tiny limits" if args.limits else "")
    tap = Tap()
    if args.engine == "sparse" and not SPARSE.exists():
        for path in files:
            tap.skip(f"{path} ({mode})", "mncheck-sparse is not built")
        return tap.finish()
    results = in_parallel(lambda path: judge(args.engine, args, path), files)
    for path, wrong in zip(files, results):
        tap.ok(not wrong, f"{path} ({mode})", *wrong)
    if mode == "gcc" and not args.file:
        test_balance(tap, files)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
