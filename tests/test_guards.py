#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The mutants of make check-guards: which are made of a piece of source; TAP.

And those that tests/guards/expected lets survive are there: a row goes with its code.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.guards.check_guards import all_mutants, read_expected
from tests.guards.mutations import mutants
from tests.tap import Tap

SOURCE = """\
#define ROOM\t4
#define LARGE\t(1 << 10)
#define FLAG\t(1u << 3)
/* if (a comment) */
static int few(const struct list *l,
\t       int n)
{
\tint sum = 0;

\tif (!l || n > ROOM)
\t\treturn "if (text)";
\tfor (int i = 0; i < n; i++)
\t\tsum += l->a && (l->b << 1 || n <= 0) ? 1 : 2;
\treturn sum == 1 && n;
}
"""
TABLE = """\
/* ROW(OLD, 9, 1, 0) */
ROW(ONE, 8, 1, 0)
ROW(TWO, MANY, 0, QUERY)
"""
OF_SOURCE = {
    "ROOM: is 5": ("4", "5"), "ROOM: is 3": ("4", "3"),
    "LARGE: is ((1 << 10) * 2)": ("(1 << 10)", "((1 << 10) * 2)"),
    "LARGE: is ((1 << 10) / 2)": ("(1 << 10)", "((1 << 10) / 2)"),
    "few: if (!l || n > ROOM): never": ("(!l || n > ROOM)", "((!l || n > ROOM) && 0)"),
    "few: if (!l || n > ROOM): always": ("(!l || n > ROOM)", "((!l || n > ROOM) || 1)"),
    "few: '!l' dropped from ||": ("!l", "0"),
    "few: 'n > ROOM' dropped from ||": ("n > ROOM", "0"),
    "few: 'n > ROOM' with >=": (">", ">="),
    "few: 'l->a' dropped from &&": ("l->a", "1"),
    "few: '(l->b << 1 || n <= 0)' dropped from &&": ("(l->b << 1 || n <= 0)", "1"),
    "few: 'l->b << 1' dropped from ||": ("l->b << 1", "0"),
    "few: 'n <= 0' dropped from ||": ("n <= 0", "0"),
    "few: 'n <= 0' with <": ("<=", "<"),
    "few: 'sum == 1' dropped from &&": ("sum == 1", "1"),
    "few: 'n' dropped from &&": ("n", "1"),
}
OF_TABLE = {
    "ROW(ONE): column 2 is 9": ("8", "9"), "ROW(ONE): column 2 is 7": ("8", "7"),
    "ROW(ONE): column 3 is 0": ("1", "0"), "ROW(TWO): column 3 is 1": ("0", "1"),
}


def test_mutants(tap: Tap, path: str, source: str, expected: dict) -> None:
    found = {f"{mutant.function}: {mutant.what}":
             (source[mutant.start:mutant.end], mutant.text) for mutant in mutants(path, source)}
    wrong = [f"missing, or another change: {name}: {found.get(name)}"
             for name, change in expected.items() if found.get(name) != change]
    wrong += [f"not expected: {name}" for name in found if name not in expected]
    tap.ok(not wrong, f"the mutants of {path}", *wrong)


def main() -> int:
    tap = Tap()
    test_mutants(tap, "few.c", SOURCE, OF_SOURCE)
    test_mutants(tap, "row.def", TABLE, OF_TABLE)
    found = all_mutants()
    names = {mutant.name() for mutant in found}
    tap.ok(len(names) == len(found), "no two mutants of core/ have one name")
    gone = sorted(set(read_expected()) - names)
    tap.ok(not gone, "each row of tests/guards/expected is a mutant of core/", *gone)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
