# SPDX-License-Identifier: GPL-2.0-only
"""Random programs through the engine, against what the enumerator says of them.

README here says what is modelled and what a disagreement means. A batch of programs is one
unit for mn-replay, each program has its own lines in it.
"""

import functools
import re
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from tools.mnlib import BUILD, REPLAY

ORACLE = BUILD / "mn-oracle"
# each era of the API, and what changed in it; batches take turns
KERNELS = ("4.12", "4.14", "4.18", "4.20", "5.1", "5.10", "6.1", "6.5", "6.12", "7.2")
# the engine's other ways, and whether they may give up
# the callbacks of the programs set no sequence
RULES = "--rules=-sequence-unset,-reclaim-locked"
WAYS = {"no-merge": ("--no-merge",),
        "detail=2": ("--detail=2",), "detail=1": ("--detail=1",), "detail=0": ("--detail=0",),
        "limit-states=3": ("--limit-states=3",), "limit-steps=40": ("--limit-steps=40",),
        "limit-contexts=1": ("--limit-contexts=1",)}
DEFAULT = "default"
FINDING = re.compile(r"^\S+?:(\d+):\d+: warning: .*\[mn-([a-z-]+)\]$", re.M)
# the repair names a region: others in the function that the same region would repair are not told
ONCE = re.compile(r"^\S+?:(\d+):\d+: note: fix: .*\bregion\b.* line \d+.*'mncheck explain ([a-z-]+)'$", re.M)
GIVEN_UP = re.compile(r"^mncheck: given up: p(\d+)_", re.M)
TORN = re.compile(r"^mncheck: internal: p(\d+)_\w+: the path to (\S+) at .* contradicts itself at .*\n?", re.M)

Place = tuple[str, int]         # rule, line


@dataclass
class Program:
    """What has to be said of it; lines are those of the text of its batch."""
    number: int
    first: int
    last: int
    states: int
    musts: list[frozenset[Place]] = field(default_factory=list)
    may: set[Place] = field(default_factory=set)


@dataclass
class Answer:
    """What the engine says of a batch in one of its ways."""
    places: set[Place]
    given_up: set[int]
    error: str
    torn: set[tuple[int, str]] = field(default_factory=set)     # findings whose path contradicts itself
    once: set[Place] = field(default_factory=set)               # .. that stand for others of their rule


@dataclass(frozen=True)
class Disagreement:
    kernel: str
    seed: int
    number: int
    way: str
    kind: str           # missing, unwanted, torn; of another way: new, lost, torn
    rule: str
    drop: str = ""

    def same_kind(self, other: "Disagreement") -> bool:
        return (self.way, self.kind, self.rule) == (other.way, other.kind, other.rule)

    def __str__(self) -> str:
        return f"kernel {self.kernel}, seed {self.seed}, program {self.number}, {self.way}: " \
               f"{self.kind} {self.rule}"


def read_expected(text: str) -> list[Program]:
    programs: list[Program] = []
    for line in text.splitlines():
        word, *rest = line.split()
        if word == "program" and len(rest) == 4:
            programs.append(Program(*map(int, rest)))
        elif word == "program":     # too many states: nothing is known of it
            programs.append(Program(-1, 0, -1, 0))
        elif word in ("must", "may"):
            places = frozenset(zip(rest[::2], map(int, rest[1::2])))
            if word == "must":
                programs[-1].musts.append(places)
            else:
                programs[-1].may |= places
    return [program for program in programs if program.number >= 0]


def generate(kernel: str, seed: int, first: int, count: int, scratch: Path,
             drop: str = "") -> list[Program]:
    """The programs' text is in @scratch/batch.cfg afterwards"""
    command = [ORACLE, f"--kernel={kernel}", f"--seed={seed}", f"--first={first}",
               f"--count={count}", f"--expect={scratch / 'expected'}"]
    with (scratch / "batch.cfg").open("w") as out:
        subprocess.run(command + ([f"--drop={drop}"] if drop else []), stdout=out, check=True)
    return read_expected((scratch / "expected").read_text())


def replay(kernel: str, scratch: Path, options: tuple = (), program: Path = REPLAY) -> Answer:
    done = subprocess.run([program, f"--kernel={kernel}", "--check-paths", RULES, *options,
                           scratch / "batch.cfg"],
                          capture_output=True, text=True, check=False)
    torn = {(int(number), rule) for number, rule in TORN.findall(done.stderr)}
    others = TORN.sub("", done.stderr)
    return Answer({(rule, int(line)) for line, rule in FINDING.findall(done.stdout)},
                  set(map(int, GIVEN_UP.findall(done.stderr))),
                  (others[-500:] or f"exit status {done.returncode}") if (done.returncode and not torn) or
                  "internal:" in others else "", torn,
                  {(rule, int(line)) for line, rule in ONCE.findall(done.stdout)})


def of_program(program: Program, answer: Answer) -> set[Place]:
    return {place for place in answer.places if program.first <= place[1] <= program.last}


def told_once(program: Program, answer: Answer) -> set[str]:
    """The rules of which one finding stands for others that the same region would repair"""
    return {rule for rule, line in answer.once if program.first <= line <= program.last}


def judge(program: Program, answer: Answer, places: set[Place]) -> set[tuple[str, str]]:
    """Against the enumerator: what is missing, what is unwanted"""
    wrong = {("unwanted", rule) for rule, _ in places - program.may}
    told = told_once(program, answer)
    if program.number not in answer.given_up:
        wrong |= {("missing", min(must)[0]) for must in program.musts
                  if not must & places and not {rule for rule, _ in must} & told}
    return wrong


def only(program: Program, these: set[Place], those: set[Place]) -> set[Place]:
    """What is found in these only; one mistake may be told at one of several places, and one
    that the documents leave open at any other of its rule"""
    musts = [must for must in program.musts if not must & those]
    return {place for place in these - those
            if any(place in must for must in musts) or
            not any(place in must for must in program.musts) and
            place[0] not in {rule for rule, _ in those & program.may}}


def contrast(program: Program, usual: Answer, other: Answer, places: set[Place],
             way: str) -> set[tuple[str, str]]:
    """Against the engine's usual way: nothing is new, and what is lost was given up"""
    now = of_program(program, other)
    wrong = set()
    if program.number not in usual.given_up or way.startswith("limit"):
        wrong |= {("new", rule) for rule, _ in only(program, now, places) - (
            set() if way == "no-merge" else program.may)}
    if program.number not in other.given_up:
        wrong |= {("lost", rule) for rule, _ in only(program, places, now)
                  if rule not in told_once(program, other)}
    return wrong


def compare(kernel: str, seed: int, programs: list[Program], scratch: Path,
            ways: dict[str, tuple], drop: str = "") -> tuple[list[Disagreement], dict[str, int]]:
    usual = replay(kernel, scratch)
    others = {way: replay(kernel, scratch, options) for way, options in ways.items()}
    errors = [answer.error for answer in (usual, *others.values()) if answer.error]
    if errors:
        raise RuntimeError(f"kernel {kernel}, seed {seed}, from program {programs[0].number}: "
                           + errors[0])
    by_line = sorted(usual.places, key=lambda place: place[1])
    found, at = [], 0
    for program in programs:
        places = set()
        while at < len(by_line) and by_line[at][1] <= program.last:
            # those in front of it are of a program of which nothing is known
            if by_line[at][1] >= program.first:
                places.add(by_line[at])
            at += 1
        wrong = {(DEFAULT, *w) for w in judge(program, usual, places)}
        for way, answer in others.items():
            wrong |= {(way, *w) for w in contrast(program, usual, answer, places, way)}
        wrong |= {(way, "torn", rule) for way, answer in {DEFAULT: usual, **others}.items()
                  for number, rule in answer.torn if number == program.number}
        found += [Disagreement(kernel, seed, program.number, *w, drop) for w in sorted(wrong)]
    return found, {way: len(answer.given_up & {p.number for p in programs})
                   for way, answer in {DEFAULT: usual, **others}.items()}


# -- what is known ------------------------------------------------------------

@functools.cache
def known_kinds() -> set[tuple[str, ...]]:
    lines = (Path(__file__).parent / "known").read_text().splitlines()
    return {tuple(line.split("|")[0].split()) for line in lines if line and line[0] != "#"}


def known(d: Disagreement) -> bool:
    """Is this kind of disagreement a known fault of the engine?"""
    return (d.way, d.kind, d.rule) in known_kinds()


# -- the smallest program -----------------------------------------------------

def statements(kernel: str, seed: int, number: int, drop: str) -> list[str]:
    """The numbers of those that are left, outer ones first"""
    text = pseudo(kernel, seed, number, drop)
    return re.findall(r"^/\* +(\d+) \*/", text, re.M)


def pseudo(kernel: str, seed: int, number: int, drop: str) -> str:
    return subprocess.run([ORACLE, f"--kernel={kernel}", f"--seed={seed}", f"--first={number}",
                           "--print"] + ([f"--drop={drop}"] if drop else []),
                          capture_output=True, text=True, check=True).stdout


def still(wanted: Disagreement, drop: str, scratch: Path, all_ways: dict[str, tuple]) -> bool:
    programs = generate(wanted.kernel, wanted.seed, wanted.number, 1, scratch, drop)
    if not programs:
        return False
    ways = {way: options for way, options in all_ways.items() if way == wanted.way}
    try:
        found, _ = compare(wanted.kernel, wanted.seed, programs, scratch, ways)
    except RuntimeError:
        return False
    return any(wanted.same_kind(other) for other in found)


def reduce(wanted: Disagreement, scratch: Path, ways: dict[str, tuple] = WAYS) -> str:
    """What --drop takes away of the program with the disagreement still there: of the
    statements that are left none can go"""
    drop: list[str] = []
    smaller = True
    while smaller:
        smaller = False
        for number in statements(wanted.kernel, wanted.seed, wanted.number, ",".join(drop)):
            for name in (number, number + "u"):
                if name not in drop and still(wanted, ",".join([*drop, name]), scratch, ways):
                    drop.append(name)
                    smaller = True
                    break
    return ",".join(drop)


def smallest(wanted: Disagreement) -> str:
    """The reduced program: as C for people, in the text form, and what was said"""
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        drop = reduce(wanted, scratch)
        generate(wanted.kernel, wanted.seed, wanted.number, 1, scratch, drop)
        ways = (("default", ()), *(w for w in WAYS.items() if w[0] == wanted.way))
        said = ""
        for way, options in ways:
            done = subprocess.run([REPLAY, f"--kernel={wanted.kernel}", RULES, *options, "batch.cfg"],
                                  cwd=scratch, capture_output=True, text=True, check=False)
            said += f"# mn-replay, {way}:\n{done.stdout}{done.stderr}"
        return "\n".join((f"# {wanted}, --drop={drop}",
                          pseudo(wanted.kernel, wanted.seed, wanted.number, drop),
                          (scratch / "batch.cfg").read_text(),
                          (scratch / "expected").read_text(), said))
