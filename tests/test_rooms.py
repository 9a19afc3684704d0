#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The rooms of core/ use each other in one direction; read off the objects; TAP.

A planted violation of each kind is compiled beside the real objects and has to be
found, so that these tests can fail.
"""

import os
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.tap import Tap
from tools.build.rooms import (ROOMS, Arrow, Object, against_direction, all_objects, arrows,
                               circles, picture, read_objects)
from tools.mnlib import BUILD, ROOT, run

HERE = BUILD / "tests/rooms"
# name: (room, its text, words of the complaint); each file is a violation of one kind
PLANTED = {
    "a lower room uses a higher one": [
        ("base", "lower_uses_higher", "void work_new(void); void planted_a(void) { work_new(); }")],
    "a room uses one beside it that it may not": [
        ("contract", "beside", "void unit_func(void); void planted_b(void) { unit_func(); }")],
    "a front end goes behind mn.h": [
        ("gcc-plugin", "behind", "void arena_new(void); void planted_c(void) { arena_new(); }")],
    "core/ uses a front end": [
        ("sparse-checks", "front", "void planted_front(void) { }"),
        ("engine", "uses_front", "void planted_front(void); void planted_d(void) "
         "{ planted_front(); }")],
}
CIRCLE = [("state", "here", "void planted_there(void); void planted_here(void) { planted_there(); }"),
          ("state", "there", "void planted_here(void); void planted_there(void) { planted_here(); }")]


def plant(files: list[tuple[str, str, str]]) -> list[Object]:
    HERE.mkdir(parents=True, exist_ok=True)
    sources = [HERE / f"{name}.c" for _, name, _ in files]
    for source, (_, _, text) in zip(sources, files):
        source.write_text(text + "\n")
    done = run([os.environ.get("HOSTCC", "gcc"), "-c", *sources], cwd=HERE)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return read_objects([(source.with_suffix(".o"), room)
                         for source, (room, _, _) in zip(sources, files)])


def test_direction(tap: Tap, found: list[Arrow]) -> None:
    wrong = against_direction(found)
    tap.ok(found and not wrong, "the rooms of core/ use each other in one direction, and a front "
           "end only mn.h and core/lower/", *wrong)


def test_circles(tap: Tap, found: list[Arrow]) -> None:
    wrong = [" ".join(circle) for circle in circles(found)]
    tap.ok(found and not wrong, "no files of core/ use each other in a circle", *wrong)


def test_all_there(tap: Tap, objects: list[Object]) -> None:
    missing = [str(path.relative_to(ROOT)) for room in ROOMS
               for path in sorted((ROOT / "core" / room).glob("*.c"))
               if (room, path.stem) not in {(o.room, o.name) for o in objects}]
    tap.ok(objects and not missing, "each file of core/ was looked at", *missing)


def test_planted(tap: Tap, objects: list[Object]) -> None:
    before = set(against_direction(arrows(objects)))
    for kind, files in PLANTED.items():
        planted = plant(files)
        new = set(against_direction(arrows(objects + planted))) - before
        tap.ok(len(new) == 1 and planted[-1].name in "".join(new), f"found where {kind}", *new)
    planted = plant(CIRCLE)
    new = [c for c in circles(arrows(objects + planted)) if "state/here" in c]
    tap.ok(new == [["state/here", "state/there"]], "found where two files use each other")


def test_picture(tap: Tap, found: list[Arrow]) -> None:
    text = (ROOT / "docs/design.md").read_text()
    shown = re.search(r"<!-- tools/build/rooms.py -->\n```\n(.*?)```", text, re.S)
    now = picture(found) + "\n"
    tap.ok(shown and shown[1] == now, "docs/design.md shows the rooms as tools/build/rooms.py "
           "prints them", now)


def main() -> int:
    tap = Tap()
    objects = all_objects()
    found = arrows(objects)
    test_all_there(tap, objects)
    test_direction(tap, found)
    test_circles(tap, found)
    test_planted(tap, objects)
    test_picture(tap, found)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
