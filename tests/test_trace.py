#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""What trace= and dot= print: what stands in testcases/trace/, whoever prints it; TAP.

NAME.cfg is a program; NAME.FUNC.trace and NAME.FUNC.dot are what mn-replay prints of its
function FUNC. The plugin and the checker have to print of a C file what mn-replay prints
of their dumps. --write puts there what is printed now: read the difference.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.tap import Tap
from tools.mnlib import BUILD, CC, REPLAY, ROOT, SPARSE, include_flags, plugin_flags, run

CASES = ROOT / "testcases/trace"
SCRATCH = BUILD / "tests/trace"
SOURCE, FUNC = Path("testcases/region-balance/conditions.c"), "bad_flag_not_set"


def printed(path: Path) -> str:
    """What mn-replay prints for one file of expected output; findings are not of it."""
    stem, func, kind = path.name.rsplit(".", 2)
    done = run([REPLAY, f"--{kind}={func}", f"{stem}.cfg"], cwd=CASES)
    return done.stderr if kind == "trace" else done.stdout


def test_expected(tap: Tap, path: Path) -> None:
    want, have = path.read_text().splitlines(), printed(path).splitlines()
    wrong = [f"-{line}" for line in want if line not in have]
    wrong += [f"+{line}" for line in have if line not in want]
    tap.ok(want and want == have, f"{path.name} is what is printed", *wrong or ["another order"])


def test_front_end(tap: Tap, who: str, command) -> None:
    """@command: the words that run it on SOURCE with an option"""
    dump, graph = SCRATCH / f"{who}.cfg", SCRATCH / f"{who}.dot"
    done = run(command(f"dump={dump}"), cwd=ROOT)
    again = run([REPLAY, f"--trace={FUNC}", dump], cwd=ROOT).stderr.splitlines()
    said = run(command(f"trace={FUNC}"), cwd=ROOT).stderr.splitlines()
    said = [line for line in said if line.startswith(f"{FUNC}: block ")]
    tap.ok(said and said == again, f"{who}: trace= is what mn-replay prints of the dump",
           done.stderr, *said, *again)
    run(command(f"dot={FUNC}:{graph}"), cwd=ROOT)
    again = run([REPLAY, f"--dot={FUNC}", dump], cwd=ROOT).stdout
    tap.ok(again and graph.exists() and graph.read_text() == again,
           f"{who}: dot= is what mn-replay prints of the dump", again)


def main() -> int:
    expected = sorted([*CASES.glob("*.trace"), *CASES.glob("*.dot")])
    if sys.argv[1:] == ["--write"]:
        for path in expected:
            path.write_text(printed(path))
        return 0
    tap = Tap()
    for path in expected:
        test_expected(tap, path)
    SCRATCH.mkdir(parents=True, exist_ok=True)
    include = include_flags(SOURCE)
    test_front_end(tap, "the plugin", lambda option: [
        *CC, "-O2", "-c", SOURCE, "-o", "/dev/null", *include, *plugin_flags(option)])
    if SPARSE.exists():
        test_front_end(tap, "mncheck-sparse", lambda option: [
            SPARSE, *include, f"--mn-{option}", SOURCE])
    else:
        tap.skip("mncheck-sparse: trace= and dot=", "mncheck-sparse is not built")
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
