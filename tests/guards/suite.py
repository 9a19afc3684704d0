# SPDX-License-Identifier: GPL-2.0-only
"""What a mutant has to say as the engine says it: commands, and what each printed.

The programs are those of testcases/cfg/ and what the plugin lowered of the C cases, once; each
command runs one program over all of them at once. What is linked are the facts that the plugin left
of the trees in testcases/link/ and testcases/proof/, and those that test_link.py wants refused. What none
of these tells apart is asked of the random programs that test_oracle.py holds against brute force.
It knows nothing of mutants.
"""

import hashlib
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests import (test_context_lines, test_ignore, test_limits, test_link, test_options, test_oracle,
                   test_proof)
from tests.oracle.compare import KERNELS, generate
from tools.mnlib import (BUILD, CC, PLUGIN, ROOT, case_files, in_parallel, include_flags,
                         plugin_flags, rules, run)

PLACE = BUILD / "guards"
DUMPS = PLACE / "dumps"
FACTS = PLACE / "facts"
REFUSED = PLACE / "refused"
WRITTEN = PLACE / "written"
DRAWN = PLACE / "drawn"
IGNORED = PLACE / "ignored"
NAMED = PLACE / "named"
RANDOM = PLACE / "random"
# what another machine, or a faster way to the same answer, prints otherwise
FIGURES = re.compile(r'"(?:contexts|states|merged|steps)":[\d.]+,')
TAKEN = re.compile(rb", \d+\.\d+ s$", re.M)
SECONDS = 20
LARGE = 150000      # lines


@dataclass(frozen=True)
class Command:
    name: str
    program: str                    # mn-replay, mn-contract, mncheck-sparse or mncheck-link
    words: tuple
    folder: Path = ROOT
    record: bool = False
    facts: bool = False             # what it leaves for linking is asked for


def lowered(path: Path) -> Path:
    return DUMPS / ("-".join(path.parts[1:]) + ".cfg")


def lower(path: Path) -> None:
    run([*CC, "-O2", "-w", "-c", path, "-o", "/dev/null", *include_flags(path),
         *plugin_flags(f"dump={lowered(path)}")], cwd=ROOT)


def compile_for_link(tree: Path) -> None:
    place = FACTS / tree.name
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    for path in test_link.units(tree):
        test_link.compile_gcc(path, place)


def compile_for_proof() -> None:
    facts = FACTS / test_proof.TREE.name
    shutil.rmtree(facts, ignore_errors=True)
    facts.mkdir(parents=True)
    for path in test_link.units(test_proof.TREE):
        test_proof.compile_gcc(path, f"link={facts}", f"contract={test_proof.ROWS}")


def make_ignored() -> None:
    IGNORED.mkdir(parents=True, exist_ok=True)
    for name, text in test_ignore.SOURCES.items():
        (IGNORED / name).write_text(text)


def drawn() -> dict[str, tuple[Path, list[str]]]:
    """Name -> the source and the functions whose lock context is written down"""
    found = {name: (DRAWN / f"{name}.c", list(names)) for name, names in
             (("cases", test_context_lines.BARS), ("odd", test_context_lines.ODD_NAMES))}
    for name in test_context_lines.ALIKE:
        path = Path("testcases") / name
        found[name.replace("/", "-")] = (path, test_context_lines.functions_of(path))
    return found


def make_drawn() -> None:
    DRAWN.mkdir(parents=True, exist_ok=True)
    (DRAWN / "cases.c").write_text(test_context_lines.CASES)
    (DRAWN / "odd.c").write_text(test_context_lines.ODD)
    (DRAWN / "gone.cfg").write_text(test_context_lines.GONE)
    for name, (path, names) in drawn().items():
        run([*CC, "-O2", "-w", "-S", path, "-o", DRAWN / "out.s", *include_flags(path),
             *plugin_flags(f"dump={DRAWN / name}.cfg", f"context={','.join(names)}:{DRAWN}/json")], cwd=ROOT)


def make_refused() -> None:
    """Facts that cannot be read; what only a compiler leaves is test_link.py's own."""
    for number, (files, _) in enumerate(test_link.REFUSED.values()):
        place = REFUSED / str(number)
        place.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            if not name.endswith(".c"):
                test_link.put(place / name, text)


def make_written() -> None:
    for number, (text, _, _) in enumerate(test_proof.WRITTEN.values()):
        place = WRITTEN / str(number)
        place.mkdir(parents=True, exist_ok=True)
        (place / "a.facts").write_text(test_link.facts_text(text))


def make_random() -> None:
    for number, kernel in enumerate(KERNELS):
        place = RANDOM / kernel
        place.mkdir(parents=True, exist_ok=True)
        generate(kernel, test_oracle.SEED, test_oracle.PROGRAMS * number, test_oracle.PROGRAMS, place)


def make_dumps() -> None:
    """What the plugin gives the engine for each C case; again where one of them changed."""
    stamp = DUMPS / "stamp"
    sources = [PLUGIN, *(Path(test.__file__) for test in (test_link, test_ignore, test_proof)),
               *(path for path in (ROOT / "testcases").rglob("*.[ch]"))]
    if stamp.exists() and all(path.stat().st_mtime < stamp.stat().st_mtime for path in sources):
        return
    for path in DUMPS.glob("*.cfg"):
        path.unlink()
    DUMPS.mkdir(parents=True, exist_ok=True)
    in_parallel(lower, case_files())
    in_parallel(compile_for_link, test_link.trees())
    compile_for_proof()
    make_ignored()
    test_link.write_names(NAMED)
    make_refused()
    make_written()
    make_drawn()
    make_random()
    stamp.touch()


def large_programs() -> list[Path]:
    """Those programs of test_limits.py that take less than a second"""
    found = []
    (PLACE / "large").mkdir(parents=True, exist_ok=True)
    (PLACE / "large/large.contract").write_text(test_limits.CONTRACT)
    for number, (_, lines, _) in enumerate(test_limits.CASES):
        if len(lines) > LARGE:
            continue
        found.append(PLACE / f"large/{number:02}.cfg")
        found[-1].write_text(test_limits.HEAD + "\n".join(lines) + "\n")
    return found


def of_front_end() -> list[Command]:
    """What core/lower/ makes of the C cases: mncheck-sparse links it with no compiler around"""
    folders: dict[tuple, list] = {}
    for path in case_files():
        folders.setdefault((path.parent.name, *include_flags(path)), []).append(path)
    return [Command(f"mncheck-sparse {folder[0]}", "mncheck-sparse",
                    (*folder[1:], "--mn-dump", *paths))
            for folder, paths in folders.items()]


def of_facts() -> list[Command]:
    """The trees of testcases/link: what a front end leaves of their units, and what the whole says"""
    shown = ("--all", "--withdrawn")
    found = [Command(f"mncheck-link {tree.name}", "mncheck-link", (*shown, FACTS / tree.name), record=True)
             for tree in test_link.trees()]
    # what one of them kept would be another one's start
    found += [Command(f"mncheck-link {word} module", "mncheck-link", (f"--{word}", "--no-cache", FACTS / "module"))
              for word in ("partial", "no-modules")]
    found.append(Command("mncheck-link dump", "mncheck-link", ("--dump", FACTS / "static-twice")))
    found += [Command(f"mncheck-link refused {place.name}", "mncheck-link", (place,))
              for place in sorted(REFUSED.iterdir())]
    found.append(Command("facts of names", "mncheck-sparse", tuple(test_link.NAMES), folder=NAMED, facts=True))
    return found + [Command(f"facts of {tree.name}", "mncheck-sparse",
                            (*test_link.flags(tree / "unit.c"), *test_link.units(tree)), facts=True)
                    for tree in test_link.trees()]


def of_proof() -> list[Command]:
    """The rows of testcases/proof against the bodies of their functions"""
    proof = FACTS / test_proof.TREE.name
    return [Command(" ".join(["mncheck-link --contract", *words]), "mncheck-link",
                    ("--contract", *words, f"--contract={test_proof.ROWS}", proof))
            for words in ((), ("--limit-steps=1",))] + [
        Command(f"mncheck-link --contract written {place.name}", "mncheck-link",
                ("--contract", f"--contract={test_proof.ROWS}", place))
        for place in sorted(WRITTEN.iterdir())] + [
        Command("mncheck-link --suggest", "mncheck-link", ("--contract", "--suggest", proof))]


def of_random() -> list[Command]:
    return [Command(" ".join(["random programs", kernel, *words]), "mn-replay",
                    (f"--kernel={kernel}", "--check-paths", *words, RANDOM / kernel / "batch.cfg"), record=True)
            for words in ((), ("--no-merge",), ("--detail=1",)) for kernel in KERNELS]


def of_ignored() -> list[Command]:
    """What comments of the source hide, and what is said of those that hide nothing"""
    return [Command(f"mncheck-sparse {name} {' '.join(words)}", "mncheck-sparse",
                    (f"-I{ROOT}/testcases/include", *words, name), folder=IGNORED, record=True)
            for name in test_ignore.SOURCES for words in ((), ("--mn-error", "--mn-stats", "--mn-rules=-range-unpaired"))]


def of_contexts() -> list[Command]:
    """What is held at each line of their functions"""
    found = [Command(f"context {name}", "mn-replay", (f"--context={','.join(names)}", f"--{option}",
                                                      DRAWN / f"{name}.cfg"))
             for option in ("detail=3", "limit-states=1") for name, (_, names) in drawn().items()]
    return found + [Command("context gone", "mn-replay", ("--context=gone", DRAWN / "gone.cfg"))]


def commands() -> list[Command]:
    """The quick ones first, and those that tell much."""
    dumps = sorted(DUMPS.glob("*.cfg"))
    cfgs = sorted((ROOT / "testcases/cfg").glob("**/*.cfg"))
    both = (*cfgs, *dumps)

    def replay(name: str, *words, **others) -> Command:
        return Command(name, "mn-replay", words, **others)

    found = [replay("cases", "--reach", *both, record=True)]
    found += [replay(f"{rule} alone", f"--rules={rule}", *both) for rule in rules()]
    text = ROOT / "testcases/text"
    found.append(replay("text", *(path.name for path in sorted(text.glob("*.cfg"))), folder=text))
    found.append(replay("print", "--print", *both))
    found += [replay(option, f"--{option}", *both, record=True) for option in
              ("no-merge", "limit-states=1", "limit-states=3", "limit-steps=30", "limit-contexts=1",
               "detail=2", "detail=1", "detail=0")]
    contracts = ROOT / "testcases/contract"
    found += [Command(path.name, "mn-contract", (path.name,), folder=contracts)
              for path in sorted(contracts.glob("*.contract"))]
    found += [Command(f"mn-contract {word}", "mn-contract", (word,)) for word in ("--check", "--names")]
    found.append(replay("stats", "--stats", "--no-merge", cfgs[0]))
    found += [replay(option, f"--{option}", ROOT / "testcases/cfg/walk-loop.cfg")
              for option, _, _ in test_options.COMMON]
    traces = ROOT / "testcases/trace"
    for path in sorted([*traces.glob("*.trace"), *traces.glob("*.dot")]):
        stem, func, kind = path.name.rsplit(".", 2)
        found.append(replay(path.name, f"--{kind}={func}", f"{stem}.cfg", folder=traces))
    found += of_contexts() + of_front_end() + of_facts() + of_proof() + of_ignored()
    plain, plain_function = case_files()[0], "mmu_notifier_range_blockable"    # not wanted: it has a row
    found += [Command(f"mncheck-sparse {word}", "mncheck-sparse",
                      (*include_flags(plain), f"--mn-{word}", plain))
              for word in ("disable", "record=/", "stats=1", "seconds=1", f"dot={plain_function}")]
    return found + [replay("large programs", "--contract", PLACE / "large/large.contract",
                           *large_programs())] + of_random()


def answer(command: Command, programs: Path, scratch: Path) -> str:
    """A digest of all that a command printed, and its status; a time that is over is one, too."""
    record, printed = scratch / "record.jsonl", scratch / "printed"
    record.unlink(missing_ok=True)
    words = ["prlimit", f"--cpu={SECONDS}", programs / command.program]
    if command.record:
        words.append(f"{'--mn-record' if command.program == 'mncheck-sparse' else '--record'}={record}")
    facts = scratch / "facts"
    if command.facts:
        shutil.rmtree(facts, ignore_errors=True)
        facts.mkdir()
        words.append(f"--mn-link={facts}")
    try:
        with printed.open("wb") as out:
            done = subprocess.run([*words, *command.words], cwd=command.folder, timeout=10 * SECONDS,
                                  stdout=out, stderr=subprocess.STDOUT, check=False)
    except subprocess.TimeoutExpired:
        return "no end"
    text = printed.read_bytes()
    said = hashlib.sha1(TAKEN.sub(b"", text) if any("stats" in str(word) for word in command.words) else text)
    said.update(f"status {done.returncode}".encode())
    if record.exists():
        said.update(FIGURES.sub("", record.read_text(errors="replace")).encode())
    for path in sorted(facts.iterdir()) if command.facts else ():
        said.update(path.name.encode() + path.read_bytes())
    return said.hexdigest()
