#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The text form of programs: it survives reading and writing, and faults are reported; TAP.

Each file of testcases/text/ has one fault; its first line is the line that mn-replay
says: '# error: FILE:LINE:COL: error: what, and what to do' where the text cannot be
read, '# error: mncheck: internal: what' where the engine's door refuses the program.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.tap import Tap
from tools.mnlib import BUILD, CONTRACT, REPLAY, ROOT, run

MARK = "# error: "
READ_FAILS, DOOR_FAILS = 2, 1


def test_round_trip(tap: Tap, path: Path, again: Path) -> None:
    first = run([REPLAY, "--print", path])
    again.write_text(first.stdout)
    second = run([REPLAY, "--print", again])
    tap.ok(first.returncode == 0 and first.stdout and first.stdout == second.stdout,
           f"{path.name} is the same when written, read and written",
           first.stderr, second.stderr)


def test_malformed(tap: Tap, path: Path) -> None:
    head = path.read_text().splitlines()[0]
    if not head.startswith(MARK):
        tap.ok(False, path.name, f"its first line does not start with '{MARK}'")
        return
    expected = head.removeprefix(MARK)
    status = DOOR_FAILS if expected.startswith("mncheck: internal: ") else READ_FAILS
    done = run([REPLAY, path.name], cwd=path.parent)
    tap.ok(done.returncode == status and done.stderr == expected + "\n" and not done.stdout,
           f"mn-replay refuses {path.name}", f"expected: status {status}: {expected}",
           f"status {done.returncode}: {done.stdout}{done.stderr}")


def test_ends_of_lines(tap: Tap, again: Path) -> None:
    """Those of another system, and none at all behind the last line."""
    path = ROOT / "testcases/cfg/walk-loop.cfg"
    again.write_bytes(path.read_bytes())
    plain = run([REPLAY, "--print", again]).stdout
    for name, text in (("\\r\\n", path.read_text().replace("\n", "\r\n")),
                       ("no line feed at the end", path.read_text().rstrip("\n"))):
        again.write_bytes(text.encode())
        done = run([REPLAY, "--print", again])
        tap.ok(done.returncode == 0 and plain and done.stdout == plain, f"{path.name} with {name}",
               done.stderr)
    again.write_text('unit "a.c')
    done = run([REPLAY, again])
    tap.ok(done.returncode == READ_FAILS and ":1:10: error: the quoted text does not end"
           in done.stderr, "a quoted text that the file ends in", done.stderr)


def test_long_path(tap: Tap) -> None:
    """Where the path leaves no room for what is wrong, it is cut off."""
    place = BUILD.joinpath("tests", *["long" * 40] * 5).resolve()
    place.mkdir(parents=True, exist_ok=True)
    for program, name, text in ((REPLAY, "a.cfg", "unit\n"), (CONTRACT, "a.contract", "put\n")):
        (place / name).write_text(text)
        done = run([program, place / name])
        tap.ok(done.returncode == READ_FAILS and done.stderr.startswith(f"{place}"[:100]),
               f"{program.name}: a path without end", done.stderr)


def main() -> int:
    tap = Tap()
    again = BUILD / "tests/again.cfg"
    again.parent.mkdir(parents=True, exist_ok=True)
    for path in sorted((ROOT / "testcases/cfg").glob("**/*.cfg")):
        test_round_trip(tap, path, again)
    for path in sorted((ROOT / "testcases/text").glob("*.cfg")):
        test_malformed(tap, path)
    test_ends_of_lines(tap, again)
    test_long_path(tap)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
