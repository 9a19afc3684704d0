#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Inputs from libFuzzer for the readers and the engine; what they find, as small as it gets.

    fuzz.py [--minutes=N] [--seed=N] [--keep=DIR] [TARGET ..]

Each target of tests/fuzz/ runs as one process, all at the same time. New inputs stay below
DIR (build/fuzz), and are where the next run starts. A fault is a crash, a report of a sanitizer, a leak,
more than a gigabyte, or an input that takes 5 seconds of CPU. Exit status: 1 if there is one.
"""

import argparse
import os
import re
import resource
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.test_options import COMMON, PLUGIN_ONLY
from tools.mnlib import BUILD, ROOT, rules, run, start

TARGETS = ("contract", "text", "options")
SLOW, MEGABYTES = 5, 1024       # seconds of CPU, and memory, of one input
# as it is a busy machine that counts: what took longer than that on the clock is asked for its CPU
SLOW_CLOCK = 25
MOST_BYTES = {"contract": 4096, "text": 4096, "options": 1024}
MINIMISE_SECONDS = 20
STATUS = re.compile(r"^#(\d+)\s.*?\bcov: (\d+)", re.M)
FAULT = re.compile(r"^fuzz: error: .*|^SUMMARY: .*|^.*: runtime error: .*", re.M)


@dataclass
class Outcome:
    """What one target did"""
    target: str
    inputs: int = 0
    coverage: int = 0
    faults: list[str] = field(default_factory=list)     # how it reads, and where the input is
    error: str = ""

    def __str__(self) -> str:
        return (f"{self.target}: {self.inputs} inputs, coverage {self.coverage}, "
                f"{len(self.faults)} crashes")


# ---------------------------------------------------------------------------
# what it starts from

def options_of_tests() -> list[str]:
    return [option for option, *_ in COMMON + PLUGIN_ONLY]


def seeds(target: str) -> list[bytes]:
    if target == "contract":
        paths = sorted(ROOT.glob("testcases/contract/*.contract")) + [
            *ROOT.glob("testcases/**/contract/*.contract")]
        return [path.read_bytes() for path in paths]
    if target == "text":
        paths = sorted(ROOT.glob("testcases/cfg/*.cfg")) + sorted(ROOT.glob("testcases/text/*"))
        texts = [path.read_bytes() for path in paths if path.is_file()]
        small = [text for text in texts if len(text) <= MOST_BYTES["text"]]
        return small + [b"# " + option.encode() + b"\n" + text for option, text in
                        zip(["no-merge", "detail=0", "detail=1", "limit-states=2", "reach",
                             "limit-contexts=1", "kernel=4.12", "kernel=6.12"], small)]
    single = [option.encode() + b"\n" for option in options_of_tests()]
    return single + [b"".join(single[i:i + 6]) for i in range(0, len(single), 6)]


def words(target: str) -> set[str]:
    """The words of the tables, and of the texts themselves"""
    if target == "options":
        return {word for option in options_of_tests() for word in re.split(r"[=,]", option)
                if 0 < len(word) < 32} | set(rules())
    tables = {"contract": ["core/contract/effects.def", "core/base/messages.def"],
              "text": ["core/program/ops.def"]}[target]
    found = {word for name in tables
             for word in re.findall(r'"([\w-]+)"', (ROOT / name).read_text())}
    text = b"\n".join(seeds(target)).decode("latin-1")
    return found | set(rules()) | set(re.findall(r"[a-z_]\w{2,39}", text)) | {
        "[functions]", "[callbacks]", "[locks]", "[excuses]", "[eras]", " | ", "3.19-4.12"}


def prepare(target: str, keep: Path) -> list[str]:
    """The seeds and the dictionary in files. Return: the arguments that name them."""
    found, first = keep / "found" / target, keep / "seeds" / target
    dictionary = keep / f"{target}.dict"
    for folder in (found, first, keep / "faults"):
        folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(target)):
        (first / str(number)).write_bytes(seed)
    dictionary.write_text("".join(f'"{word}"\n' for word in sorted(words(target))))
    return [f"-dict={dictionary}", str(found), str(first)]


# ---------------------------------------------------------------------------
# running

def environment() -> dict[str, str]:
    return {**os.environ, "ASAN_OPTIONS": "detect_leaks=1:handle_abort=1:quarantine_size_mb=64",
            "UBSAN_OPTIONS": "print_stacktrace=1", "LSAN_OPTIONS": "detect_leaks=1"}


def command(program: Path, target: str, seconds: int, seed: int, keep: Path) -> list[str]:
    return [str(program), f"-max_total_time={seconds}", f"-seed={seed}",
            f"-timeout={SLOW_CLOCK}", f"-rss_limit_mb={MEGABYTES}", f"-max_len={MOST_BYTES[target]}",
            "-detect_leaks=1", "-print_final_stats=1", f"-artifact_prefix={keep}/faults/{target}-",
            *prepare(target, keep)]


def cpu_seconds(program: Path, path: Path) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    run([program, f"-timeout={10 * SLOW_CLOCK}", path], env=environment())
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def smallest(program: Path, path: Path) -> Path:
    """The input with as much taken away as keeps the fault; the input itself where none does"""
    small = path.with_name(path.name + "-small")
    run(["timeout", "-k", "1", 2 * MINIMISE_SECONDS, program, "-minimize_crash=1",
         f"-max_total_time={MINIMISE_SECONDS}", f"-timeout={SLOW}",
         f"-exact_artifact_path={small}", path], env=environment())
    return small if small.exists() and 0 < small.stat().st_size < path.stat().st_size else path


def judge(program: Path, outcome: Outcome, said: str, status: int, minimise: bool) -> None:
    for inputs, coverage in STATUS.findall(said):
        outcome.inputs, outcome.coverage = int(inputs), max(outcome.coverage, int(coverage))
    written = re.search(r"Test unit written to (\S+)", said)
    if not status:
        return
    if not written:
        outcome.error = f"ended with status {status} and no input: " + said[-400:]
        return
    path = Path(written[1])
    if path.name.split("-")[1] in ("timeout", "slow") and cpu_seconds(program, path) < SLOW:
        return      # the machine was busy, the input is quick
    what = FAULT.findall(said)
    if minimise:
        path = smallest(program, path)
    outcome.faults.append(f"{what[0] if what else 'crash'}: {path}")


def fuzz(targets: list[str], seconds: int, seed: int, keep: Path, programs: dict[str, Path],
         minimise: bool = True, told=lambda line: None) -> list[Outcome]:
    """All targets at once; @told gets a line now and then"""
    started, outcomes = {}, []
    for target in targets:
        words_of_it = command(programs[target], target, seconds, seed, keep)
        with open(keep / f"{target}.log", "wb") as log:
            started[target] = subprocess.Popen(words_of_it, stdout=subprocess.DEVNULL, stderr=log,
                                               env=environment())
    end = time.monotonic() + seconds
    while any(p.poll() is None for p in started.values()) and time.monotonic() < end:
        time.sleep(min(30.0, max(1.0, end - time.monotonic())))
        for target in targets:
            status = STATUS.findall((keep / f"{target}.log").read_text(errors="replace"))
            if status:
                told(f"  {target}: {status[-1][0]} inputs, coverage {status[-1][1]}")
    for target, process in started.items():
        outcome = Outcome(target)
        status = process.wait()
        judge(programs[target], outcome, (keep / f"{target}.log").read_text(errors="replace"), status,
              minimise)
        outcomes.append(outcome)
    return outcomes


def built() -> dict[str, Path]:
    return {target: BUILD / "fuzz" / target for target in TARGETS}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--seed", type=int, default=0, help="0: another one each time")
    parser.add_argument("--keep", type=Path, default=BUILD / "fuzz")
    parser.add_argument("targets", nargs="*", metavar="TARGET", choices=[*TARGETS, []])
    args = parser.parse_args()
    outcomes = fuzz(args.targets or list(TARGETS), int(args.minutes * 60), args.seed, args.keep,
                    built(), told=lambda line: print(line, flush=True))
    for outcome in outcomes:
        print(outcome)
        for line in outcome.faults + ([outcome.error] if outcome.error else []):
            print(f"  {line}")
    return 1 if any(outcome.faults or outcome.error for outcome in outcomes) else 0


if __name__ == "__main__":
    start(main)
