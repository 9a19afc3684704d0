#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Rows of the contract against the bodies of their functions: testcases/proof, through both front ends; TAP.

A comment above each row of rows.contract says what `mncheck-link --contract` has to say of it, and
which steps its path has to have.
"""

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.tap import Check, Tap
from tests.cases import scratch
from tests.test_link import HERE, facts_of, facts_text, flags, units
from tools.mnlib import CC, CONTRACT, LINK, ROOT, SPARSE, plain_output, plugin_flags, run

TREE = Path("testcases/proof")
ROWS, SUGGESTED = TREE / "rows.contract", TREE / "suggested.contract"
VERDICTS = ("wrong", "weaker", "explained", "right", "not comparable")
SAID = re.compile(r"(\S+):(\d+): (\S+): (" + "|".join(VERDICTS) + r"): (.*)")
SUM = re.compile(r"(\d+) rows" + "".join(rf", (\d+) {verdict}" for verdict in VERDICTS))


def expected() -> dict[int, tuple[str, list[str]]]:
    """By the line of the row: what is said, and parts of the steps."""
    want, said, steps = {}, "", []
    for n, line in enumerate((ROOT / ROWS).read_text().splitlines(), 1):
        comment = line.removeprefix("# ") if line.startswith("# ") else ""
        if line.startswith("#  "):
            steps.append(line[3:])
        elif comment.startswith(tuple(f"{verdict}: " for verdict in VERDICTS)):
            said = comment
        elif line == "[excuses]":
            break
        elif "|" in line:
            want[n] = said, steps
            said, steps = "", []
    return want


def read_verdicts(text: str) -> list[tuple[str, int, str, str, list[str]]]:
    """File, line, verdict, what, and the steps of each row."""
    found = []
    for line in text.replace(f"{TREE}/", "").splitlines():
        said = SAID.fullmatch(line)
        if said:
            found.append((said[1], int(said[2]), said[4], said[5], []))
        elif line.startswith("  "):
            found[-1][4].append(line.strip())
    return found


def fits(verdict: str, what: str, want: str) -> bool:
    told = f"{verdict}: {what}"
    return told == want if verdict == "right" and not want.endswith(":") else told.startswith(want)


def compare(verdicts) -> list[str]:
    want, wrong = expected(), []
    got = {line: (verdict, what, steps) for file, line, verdict, what, steps in verdicts
           if file.endswith(ROWS.name)}
    wrong += [f"{ROWS}:{line}: no verdict" for line in want.keys() - got.keys()]
    for line, (verdict, what, steps) in got.items():
        said, parts = want[line]
        if not said or not fits(verdict, what, said):
            wrong.append(f"{ROWS}:{line}: {verdict}: {what}, not {said or 'expected'}")
        wrong += [f"{ROWS}:{line}: no step '{part}' in {steps}" for part in parts
                  if not any(part in step for step in steps)]
    return wrong


def compile_gcc(path: Path, *options: str):
    return run([*CC, "-O2", "-Wall", "-S", path, "-o", scratch(path, "s"), *plain_output(), *flags(path),
                *plugin_flags(*options)], cwd=ROOT)


def compile_sparse(path: Path, *options: str):
    return run([SPARSE, *flags(path), *(f"--mn-{option}" for option in options), path], cwd=ROOT)


FRONT_ENDS = {"gcc": compile_gcc, "sparse": compile_sparse}


def prove(facts: Path, *options: str):
    return run([LINK, "--contract", *options, f"--contract={ROWS}", facts], cwd=ROOT)


def check_front(front: str) -> list[Check]:
    facts = facts_of(TREE, front)
    compiled = [FRONT_ENDS[front](path, f"link={facts}", f"contract={ROWS}") for path in units(TREE)]
    done, again = prove(facts), prove(facts)
    verdicts = read_verdicts(done.stdout)
    places = [(file, line) for file, line, *_ in verdicts if not file.endswith(ROWS.name)]
    found = SUM.search(done.stdout)
    sums = [str(n) for n in (len(verdicts), *(sum(v[2] == word for v in verdicts) for word in VERDICTS))]
    return [("its units", [one.stderr for one in compiled if one.returncode]),
            ("each row of its contract", compare(verdicts)),
            ("in the order of the contract", [] if places and places == sorted(places) else [str(places[:9])]),
            ("the sum", [] if found and list(found.groups()) == sums else [f"{sums}: {done.stdout[-99:]}"]),
            ("a row is wrong: status 1", [] if done.returncode == 1 and not done.stderr else [done.stderr]),
            ("the same bytes again", [] if done.stdout == again.stdout else ["they differ"])]


def check_suggested(front: str) -> list[Check]:
    """What is suggested is what the bodies show, and a contract that can be read."""
    facts = facts_of(TREE.with_name("suggest"), front)
    for path in units(TREE):
        FRONT_ENDS[front](path, f"link={facts}")
    done, again = (run([LINK, "--contract", "--suggest", facts], cwd=ROOT) for _ in range(2))
    want = (ROOT / SUGGESTED).read_text().partition("[")
    valid = run([CONTRACT, "--check", "--on-top", SUGGESTED], cwd=ROOT)
    # a row that names a member asks the compilation where it is
    asked = facts_of(TREE.with_name("suggested"), front)
    for path in units(TREE):
        FRONT_ENDS[front](path, f"link={asked}", f"contract={SUGGESTED}")
    proved = run([LINK, "--contract", f"--contract={SUGGESTED}", asked], cwd=ROOT)
    wrong = [f"{line}: {verdict}: {what}" for file, line, verdict, what, _ in read_verdicts(proved.stdout)
             if file.endswith(SUGGESTED.name) and verdict != "right"]
    return [("the rows", [] if done.stdout == want[1] + want[2] else [done.stdout + done.stderr]),
            ("status 0", [f"status {done.returncode}"] * bool(done.returncode)),
            ("the same bytes again", [] if done.stdout == again.stdout else ["they differ"]),
            ("a contract", [valid.stdout + valid.stderr] * bool(valid.returncode)),
            ("each is right", wrong)]


def test_options(tap: Tap, facts: Path) -> None:
    for name, words, text in (("no contract", ("--suggest", facts), "suggest without contract"),
                              ("no facts", ("--contract", HERE / "none"), "none: No such file"),
                              ("no directory", ("--contract",), "no DIR")):
        done = run([LINK, *words], cwd=ROOT)
        tap.ok(done.returncode == 2 and text in done.stderr and not done.stdout, f"options: {name}",
               f"status {done.returncode}", done.stderr)


def test_twice(tap: Tap) -> None:
    """Two bodies of one name are no program."""
    facts = facts_of(Path("proof-twice"), "gcc")
    for name in ("a", "b"):
        path = facts / f"{name}.c"
        path.write_text(f"int twice(void)\n{{\n\treturn '{name}';\n}}\n")
        run([*CC, "-c", path, "-o", "/dev/null", *plugin_flags(f"link={facts}")], cwd=ROOT)
    done = run([LINK, "--contract", facts], cwd=ROOT)
    tap.ok(done.returncode == 2 and "'twice()' is defined here and at" in done.stderr and not done.stdout,
           "two of a name", f"status {done.returncode}", done.stderr)


def test_given_up(tap: Tap, facts: Path) -> None:
    """What is not looked at to its end is neither right nor wrong."""
    done = prove(facts, "--limit-steps=1")
    said = {what for file, _, _, what, _ in read_verdicts(done.stdout) if file.endswith(ROWS.name)}
    tap.ok("'nonzero ret': the body was given up for a limit" in said and "'sleeps' happens on no path" not in said,
           "a limit", f"status {done.returncode}", *sorted(said))


BODY = "unit x.c\nfunc lock_left(v1 \"h\") external at x.c:1:1\nblock 0:\n"
# what does nothing that a row speaks of has no body there
SMALL = ("unit x.c\nfunc sleep_not(v1 \"h\") external at x.c:1:1\n  calls small\nblock 0:\n"
         "  call small(v1)\n  return at x.c:3:1\nfunc small(v1 \"h\") at x.c:5:1\n")
RING = "unit x.c\n" + "".join(
    f"func {name}(v1 \"h\") external at x.c:{line}:1\n" + "".join(f"  calls round_{n}\n" for n in range(4)) +
    "block 0:\n" + "".join(f"  call round_{n}(v1)\n" for n in range(4)) + f"  return at x.c:{line}:9\n"
    for line, name in enumerate(("sleep_not", *(f"round_{n}" for n in range(4))), 1))
WRITTEN = {
    "a body that is none": (BODY + "  jump 7\n", 2, "a.facts:5:3: error: unknown instruction"),
    "a value of two": (BODY + "  v2 = const 1\n  v2 = const 2\n  return\n", 2,
                       "a.facts:3:1: error: function 'lock_left', block 0: v2 is defined a second time; compile the unit again"),
    "an end without a place": (BODY + "  call spin_lock(v1)\n  return at nowhere\n", 1,
                               "lock_left: wrong: it leaves a lock held on a path to ?:0, "),
    "a helper without a body": (SMALL, 1, "sleep_not: wrong: 'sleeps' happens on no path"),
    "functions that call each other": (RING, 1, "sleep_not: wrong: 'sleeps' happens on no path"),
}


def test_written(tap: Tap) -> None:
    for name, (text, status, words) in WRITTEN.items():
        facts = facts_of(Path("proof-written"), "gcc")
        (facts / "a.facts").write_text(facts_text(text))
        done = prove(facts)
        tap.ok(done.returncode == status and words in done.stdout + done.stderr, f"written: {name}",
               f"status {done.returncode}", done.stderr, done.stdout[:200])


def main() -> int:
    tap = Tap()
    for front in FRONT_ENDS:
        if front == "sparse" and not SPARSE.exists():
            tap.skip(front, "mncheck-sparse is not built")
            continue
        tap.subtests(f"rows ({front})", check_front(front))
        tap.subtests(f"rows that are suggested ({front})", check_suggested(front))
    test_given_up(tap, HERE / "gcc" / TREE.name)
    test_options(tap, HERE / "gcc" / TREE.name)
    test_written(tap)
    test_twice(tap)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
