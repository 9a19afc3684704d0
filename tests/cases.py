#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Run the test cases, each through the front ends that it is for; TAP, a subtest a check.

  gcc      the plugin over each C file, then mn-replay over the dumps of what it lowered
  sparse   mncheck-sparse over each C file
  replay   mn-replay over the text CFGs

A file is compiled four times: with the plugin, again, with -O0, and without it. The engine's other
ways (no merging, each stage of detail, the smallest limits, each rule alone) are run over the dump; that it gives the plugin's own
findings, in the engine under sanitizers, is a check of each file.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests import expect
from tests.tap import Check, Tap
from tools.mnlib import (BUILD, CC, INSTALLED, REPLAY, ROOT, SPARSE, Diagnostic, case_files,
                         default_jobs, die,
                         finding_functions, finding_lines, gcc_version, in_parallel, include_flags,
                         limit_children, parse_diagnostics, plain_output, plugin_flags,
                         read_records, rules, run)

ENGINES = ("gcc", "sparse", "replay")
# an installation has no engine under sanitizers; they reserve address space without end
ROUND_TRIP = [REPLAY] if INSTALLED else ["prlimit", "--as=unlimited",
                                         os.environ.get("SANITIZED_PROGRAM") or
                                         BUILD / "mn-replay-sanitized"]
DETAIL = ("detail=2", "detail=1", "detail=0")
JOBS = default_jobs()
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

    def given_up(self) -> list[str]:
        return [line for line in self.log.splitlines() if "mncheck: given up:" in line]

    def named(self) -> list[set[str]]:
        return [finding_functions(finding) for finding in self.findings]

    def lines(self) -> list[str]:
        """Findings with their paths, as the record has them, in its order."""
        return [line for finding in self.findings for line in finding_lines(finding)]


def cfg_files() -> list[Path]:
    return sorted(path.relative_to(ROOT) for path in ROOT.glob("testcases/cfg/**/*.cfg"))


def scratch(path: Path, kind: str) -> Path:
    """A file of our own for one test case."""
    place = BUILD / "tests/cases" / f"{'-'.join(path.parts[1:])}.{kind}"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    return place


def findings_in(record: Path) -> list[dict]:
    return [finding for unit in read_records(record) for finding in unit["findings"]]


# -- the front ends --------------------------------------------------------------

def compile_case(path: Path, turn: str, plugin: bool = True, level: str = "-O2"):
    """Run the compiler; also what it wrote, by kind."""
    files = {kind: scratch(path, f"{turn}.{kind}") for kind in ("jsonl", "cfg", "s")}
    flags = plugin_flags(f"record={files['jsonl']}", f"dump={files['cfg']}") if plugin else []
    done = run([*CC, level, "-Wall", "-g", "-gno-record-gcc-switches", "-S", path, "-o",
                files["s"], *plain_output(), *include_flags(path), *flags], cwd=ROOT)
    wrote = {kind: file.read_bytes() if file.exists() else b"" for kind, file in files.items()}
    return done, {"messages": done.stderr.encode(), **wrote}, files


def run_sparse(path: Path) -> Answer:
    record = scratch(path, "sparse.jsonl")
    done = run([SPARSE, *include_flags(path), f"--mn-record={record}", path], cwd=ROOT)
    return Answer(done.returncode, done.stdout + done.stderr,
                  parse_diagnostics(done.stderr), findings_in(record))


def run_replay(program: list, path: Path, record: Path, *options: str) -> Answer:
    done = run([*program, "--check-paths", *options, f"--record={record}", path], cwd=ROOT)
    return Answer(done.returncode, done.stdout + done.stderr,
                  parse_diagnostics(done.stdout), findings_in(record))


# -- what they have to say ---------------------------------------------------------

def used_rows(finding: dict) -> list[str]:
    """The rows of repairs.def that its repair may come from."""
    return [row for name, pattern, row in expect.repairs()
            if name == finding["id"] and pattern.fullmatch(finding["fix"])]


def as_expected(path: Path, engine: str, answer: Answer) -> list[str]:
    ids = [f"{finding['text']}: its id is '{finding['id']}', by messages.def it is '{known}'"
           for finding in answer.findings
           if (known := expect.message_id(finding["rule"], finding["text"])) != finding["id"]]
    fixes = [f"{finding['id']}: no row of repairs.def says '{finding['fix']}'" for finding in answer.findings
             if not used_rows(finding)]
    empty = [text for finding in answer.findings
             for text in (finding["text"], *(step["text"] for step in finding["events"])) if "''" in text]
    return answer.faults() + ids + fixes + empty + expect.compare(path, engine, answer.found, answer.named())


def the_same(plugin: Answer, again: Answer) -> list[str]:
    """The text form loses nothing: findings, paths, and what was given up."""
    told = plugin.lines() + [line.split("mncheck: ")[1] for line in plugin.given_up()]
    heard = again.lines() + [line.split("mncheck: ")[1] for line in again.given_up()]
    wrong = [f"only the plugin says: {line}" for line in told if line not in heard]
    wrong += [f"only mn-replay says: {line}" for line in heard if line not in told]
    if not wrong and told != heard:
        wrong = ["in another order, or another number of times:", *heard]
    return again.faults() + wrong


def no_silent_loss(usual: Answer, tiny: Answer) -> list[str]:
    """Fewer findings than with the usual limits are right only where it says so."""
    before, after = ({finding_lines(finding)[0] for finding in answer.findings}
                     for answer in (usual, tiny))
    lost = [] if tiny.given_up() else sorted(before - after)
    return (tiny.faults() + [f"new: {line}" for line in sorted(after - before)] +
            [f"lost, and nothing is given up: {line}" for line in lost])


def at_a_stage(usual: Answer, less: Answer) -> list[str]:
    """With less detail no finding is new; one is lost only in a function that is given up."""
    told = {line.split(": ")[2] for line in less.given_up()}
    left = [finding_lines(finding)[0] for finding in less.findings]
    sure = [finding for finding in usual.findings if not finding_functions(finding) & told]
    return no_silent_loss(usual, less) + [
        f"lost, and its function is not given up: {finding_lines(finding)[0]}"
        for finding in sure if finding_lines(finding)[0] not in left]


@dataclass
class Turn:
    """What is known of a case before its program is replayed in the engine's other ways."""
    path: Path
    checks: list[Check]
    program: Path | None           # its text form; None: there is none
    usual: Answer


def like_usual(compare):
    """A judge for WAYS: what @compare says of the usual answer and another one."""
    return lambda turn, answer: compare(turn.usual, answer)


def unmerged(turn: Turn, answer: Answer) -> list[str]:
    return as_expected(turn.path, "gcc", answer)


# the engine's other ways: name, program, options, and what judges the answer
WAYS = [("its dump", ROUND_TRIP, (), like_usual(the_same)),
        ("no-merge", [REPLAY], ("--no-merge",), unmerged),
        *((limit, [REPLAY], (f"--{limit}",), like_usual(no_silent_loss)) for limit in TINY),
        *((stage, [REPLAY], (f"--{stage}",), like_usual(at_a_stage)) for stage in DETAIL)]


def replay_all(program: list, programs: list[Path], record: Path, *options: str) -> list[Answer]:
    """One process for many programs; each by itself where that fails, to see which it was."""
    record.unlink(missing_ok=True)
    done = run([*program, *options, f"--record={record}", *programs], cwd=ROOT)
    units = read_records(record)
    if done.returncode or CRASH.search(done.stderr) or len(units) != len(programs):
        return [run_replay(program, path, record.with_suffix(".one"), *options)
                for path in programs]
    answers = [Answer(0, "\n".join(unit["trouble"]), [], unit["findings"]) for unit in units]
    for answer in answers:
        answer.found = parse_diagnostics("\n".join(answer.lines()))
    return answers


def replay_ways(engine: str, turns: list[Turn], ways: list) -> None:
    """Add the checks of the engine's other ways to each turn that has a program."""
    turns = [turn for turn in turns if turn.program]
    parts = [part for at in range(JOBS) if (part := turns[at::JOBS])]

    def one(job):
        number, (name, program, options, judge), part = job
        record = scratch(Path("testcases/all") / f"{engine}-{number}", "jsonl")
        answers = replay_all(program, [turn.program for turn in part], record, *options)
        return [(name, judge(turn, answer)) for turn, answer in zip(part, answers)]

    jobs = [(number, way, part) for number, (way, part) in
            enumerate((way, part) for way in ways for part in parts)]
    for (_, _, part), checks in zip(jobs, in_parallel(one, jobs)):
        for turn, check in zip(part, checks):
            turn.checks.append(check)


def alone(rule: str, usual: Answer, answer: Answer) -> list[str]:
    """No other rule finds a fault first: no place is lost, and where nothing is wrong none is new."""
    told, heard = ({(f["file"], f["line"], f["col"]): f for f in findings if f["rule"] == rule}
                   for findings in (usual.findings, answer.findings))
    faulty = set().union(*usual.named())
    return answer.faults() + [f"lost: {finding_lines(told[place])[0]}" for place in told if place not in heard] + [
        f"new, in a function that all rules find nothing in: {finding_lines(heard[place])[0]}"
        for place in heard if place not in told and not finding_functions(heard[place]) & faulty]


def replay_alone(engine: str, turns: list[Turn]) -> None:
    """Add a check to each turn that has a program: each rule with all others off."""
    turns = [turn for turn in turns if turn.program]

    def one(rule: str) -> list[list[str]]:
        record = scratch(Path("testcases/all") / f"{engine}-{rule}", "jsonl")
        answers = replay_all([REPLAY], [turn.program for turn in turns], record, f"--rules={rule}")
        return [alone(rule, turn.usual, answer) for turn, answer in zip(turns, answers)]

    for turn, wrong in zip(turns, zip(*in_parallel(one, rules()))):
        turn.checks.append(("each rule alone", sum(wrong, [])))


# __builtin_constant_p() of a parameter is false there before any pass sees it
OTHER_PROGRAM = {"region-balance/constant-p"}


def other_places(path: Path, usual: list[dict], unoptimised: list[dict]) -> list[str]:
    """What is found is the same in the same place, whether or not the compiler optimises."""
    told, heard = ({finding_lines(finding)[0] for finding in found} for found in (usual, unoptimised))
    return [] if case_name(path) in OTHER_PROGRAM else sorted(told ^ heard)


def turn_gcc(path: Path) -> Turn:
    done, wrote, files = compile_case(path, "first")
    _, second, _ = compile_case(path, "second")
    _, _, unoptimised = compile_case(path, "unoptimised", level="-O0")
    _, without, _ = compile_case(path, "without", plugin=False)
    dump = files["cfg"]
    plugin = Answer(done.returncode, done.stderr, parse_diagnostics(done.stderr),
                    findings_in(files["jsonl"]))
    checks = [("the plugin", as_expected(path, "gcc", plugin)),
              ("the same bytes again", [kind for kind in wrote if wrote[kind] != second[kind]]),
              ("the code is that of no plugin", ["it differs"] * (wrote["s"] != without["s"])),
              ("-O0", other_places(path, plugin.findings, findings_in(unoptimised["jsonl"])))]
    if not dump.exists():       # it does not name the API: there is nothing to run again
        return Turn(path, checks + [("no dump, no finding", plugin.lines())], None, plugin)
    return Turn(path, checks, dump, plugin)


def turn_sparse(path: Path) -> Turn:
    answer = run_sparse(path)
    return Turn(path, [("mncheck-sparse", as_expected(path, "sparse", answer))], None, answer)


def turn_replay(path: Path) -> Turn:
    answer = run_replay([REPLAY], path, scratch(path, "jsonl"))
    return Turn(path, [("mn-replay", as_expected(path, "replay", answer))], path, answer)


TURN = {"gcc": turn_gcc, "sparse": turn_sparse, "replay": turn_replay}


# -- the run -----------------------------------------------------------------------

def case_name(path: Path) -> str:
    """testcases/range-unlocked/guard.c is range-unlocked/guard."""
    return str(path.relative_to("testcases").with_suffix(""))


def chosen(files: list[Path], names: list[str]) -> list[Path]:
    """Those of these names; a name is a case's, a folder's, or the file."""
    names = [name.rstrip("/") for name in names]
    return [path for path in files if not names or
            {str(path), case_name(path), *map(str, Path(case_name(path)).parents)} & set(names)]


def test_balance(tap: Tap, files: list[Path]) -> None:
    """The suite as a whole: enough functions, and more good ones than bad ones."""
    names = [name for path in files for name in expect.functions(path)]
    good = sum(name.startswith("good_") for name in names)
    tap.ok(len(names) >= 120, f"at least 120 functions: {len(names)}")
    tap.ok(2 * good > len(names), f"more good than bad: {good} of {len(names)}")


def test_repairs(tap: Tap, turns: list[Turn]) -> None:
    """Each message ends in a row that always fits; each other row, and each that is alone, is used."""
    rows = expect.repairs()
    last = {name: row for name, _, row in rows}
    wrong = [f"{name}: its last row is '{row}'" for name, row in last.items() if not row.endswith(" ANY NONE")]
    wrong += [f"{name}: no row" for name in expect.messages() if name not in last]
    tap.ok(rows and not wrong, "each message has a repair", *wrong)
    several = {name for name, _, row in rows if row != last[name]}
    used = {row for turn in turns for finding in turn.usual.findings for row in used_rows(finding)}
    wrong = [row for name, _, row in rows if row not in used and not
             (row == last[name] and name in several)]
    tap.ok(not wrong, "each row of repairs.def is some finding's repair", *wrong)



# where GCC has computed something else than the source says: docs/compilers.md
OTHER_PLACES = {("region-balance/conditions", 54), ("callback-lost/hooks", 65),
                ("ops-invalidate-page/assignment", 111), ("region-balance/builtins", 53)}


def places(turns: list[Turn]) -> dict[tuple, list[tuple]]:
    """Of each finding, its column, and what its steps are with theirs."""
    found = {}
    for turn in turns:
        for f in turn.usual.findings:
            steps = [(step["kind"], step["line"], step["col"]) for step in f["events"]]
            found.setdefault((case_name(turn.path), f["line"], f["rule"], f["id"]), []).append((f["col"], steps))
    return found


# which way a branch goes has to be the same, too
BRANCH = {"true": "branch", "false": "branch"}


def differ(one: tuple, other: tuple) -> bool:
    """Steps are compared where both paths have the same ones; before 11 GCC had a loop's condition at its "while"."""
    (col, steps), (other_col, other_steps) = one, other
    same = [BRANCH.get(kind, kind) for kind, _, _ in steps] == [BRANCH.get(kind, kind) for kind, _, _ in other_steps]
    return col != other_col or (same and steps != other_steps and gcc_version() >= 11)


def test_places(tap: Tap, gcc: list[Turn], sparse: list[Turn]) -> None:
    """Both front ends have the same line and column for the same finding, and for its steps."""
    one, other = places(gcc), places(sparse)
    both = [key for key in one if key in other and key[:2] not in OTHER_PLACES]
    wrong = [f"{key}: gcc {one[key]}, sparse {other[key]}" for key in both
             if any(differ(*pair) for pair in zip(one[key], other[key]))]
    tap.ok(both and not wrong, "both front ends have the same places", *wrong)


def test_engine(tap: Tap, engine: str, files: list[Path]) -> list[Turn]:
    if engine == "sparse" and not SPARSE.exists():
        for path in files:
            tap.skip(f"{case_name(path)} ({engine})", "mncheck-sparse is not built")
        return []
    turns = in_parallel(TURN[engine], files)
    replay_ways(engine, turns, WAYS if engine == "gcc" else WAYS[-len(DETAIL):])
    replay_alone(engine, turns)
    for path, turn in zip(files, turns):
        tap.subtests(f"{case_name(path)} ({engine})", turn.checks)
    return turns


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=
                                     argparse.RawDescriptionHelpFormatter)
    parser.add_argument("word", nargs="*", help="front ends (default: all), and cases: "
                        "range-unlocked/guard, or a whole folder")
    words = parser.parse_args().word

    names = [word for word in words if word not in ENGINES]
    engines = [engine for engine in ENGINES if engine in words] or ENGINES
    files = {engine: chosen(cfg_files() if engine == "replay" else case_files(), names)
             for engine in engines}
    for name in names:
        if not any(chosen(some, [name]) for some in files.values()):
            die(f"mncheck: error: {name}: no such test case; testcases/README.md lists them")
    limit_children(60, 0 if "sanitized" in SPARSE.name else 4)
    tap = Tap()
    by_engine = {engine: test_engine(tap, engine, files[engine]) for engine in engines}
    if not names and "gcc" in engines:
        test_balance(tap, files["gcc"])
    if not names and {"gcc", "replay"} <= set(engines):
        test_repairs(tap, [turn for turns in by_engine.values() for turn in turns])
    if not names and by_engine.get("gcc") and by_engine.get("sparse"):
        test_places(tap, by_engine["gcc"], by_engine["sparse"])
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
