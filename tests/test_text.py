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
from tools.mnlib import BUILD, REPLAY, ROOT, run

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


def main() -> int:
    tap = Tap()
    again = BUILD / "tests/again.cfg"
    again.parent.mkdir(parents=True, exist_ok=True)
    for path in sorted((ROOT / "testcases/cfg").glob("**/*.cfg")):
        test_round_trip(tap, path, again)
    for path in sorted((ROOT / "testcases/text").glob("*.cfg")):
        test_malformed(tap, path)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
