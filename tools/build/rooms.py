#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The rooms of core/ and their arrows, read off the linked objects with nm.

An arrow is a symbol that an object of one room needs and an object of another
defines; what a header only declares is none. Prints the picture that docs/design.md shows.
"""

import re
import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tools.mnlib import BUILD, ROOT, die, run

# what each room holds, and which rooms it may use: the direction of the house
ROOMS = {
    "base": ("memory, hash tables, names and versions", ""),
    "program": ("the abstract program, and its text form", "base"),
    "contract": ("the rows, and how their text is read", "base"),
    "plan": ("which functions are wanted; what a function does", "base program contract"),
    "state": ("values, facts, locks and regions, the trail", "base program contract"),
    "report": ("findings, their texts and paths, records, traces",
               "base program contract plan state"),
    "rules": ("what a row does, and what each rule says of it",
              "base program contract plan state report"),
    "engine": ("points, calls and returns: the simulation",
               "base program contract plan state report rules"),
    "lower": ("what both front ends need to build a program",
              "base program contract plan report engine"),
    "link": ("many units as one program", "base program contract plan engine"),
    "proof": ("rows of the contract, compared with bodies",
              "base program contract state report rules engine"),
    "tools": ("programs of their own: mn-replay, mn-contract, mncheck-link",
              "base program contract plan report engine lower link proof"),
}
ADAPTERS = ("gcc-plugin", "sparse-checks")

def door() -> set[str]:
    """What a front end may use besides core/lower/: the functions of mn.h."""
    return set(re.findall(r"\b(mn_\w+)\(", (ROOT / "core/mn.h").read_text()))


@dataclass(frozen=True)
class Object:
    """One object file: its room (or adapter), its name, what it defines and needs."""
    room: str
    name: str
    defines: frozenset
    needs: frozenset

    def __str__(self) -> str:
        return f"{self.room}/{self.name}"


@dataclass(frozen=True)
class Arrow:
    """@user needs @symbol, which @owner defines."""
    user: Object
    owner: Object
    symbol: str

    def __str__(self) -> str:
        return f"{self.user} uses {self.symbol} of {self.owner}"


def read_objects(places: list[tuple[Path, str]]) -> list[Object]:
    """The objects of these files, each with its room."""
    done = run(["nm", "--print-file-name", *(path for path, _ in places)])
    if done.returncode:
        die(f"mncheck: error: {done.stderr.strip()}; build it again")
    words: dict[str, list[list[str]]] = {}
    for line in done.stdout.splitlines():
        path, symbol = line.rsplit(":", 1)
        words.setdefault(path, []).append(symbol.split())

    def read_object(path: Path, room: str) -> Object:
        found = words.get(str(path), [])
        return Object(room, path.stem,
                      frozenset(w[2] for w in found if len(w) == 3 and w[1] in "TDRBVW"),
                      frozenset(w[1] for w in found if len(w) == 2 and w[0] == "U"))

    return [read_object(*place) for place in places]


def object_files(folder: str) -> list[Path]:
    """Those of the sources that are there: a build folder may keep others."""
    return [path for path in sorted((BUILD / folder).glob("*.o"))
            if (ROOT / folder / f"{path.stem}.c").exists()]


def all_objects() -> list[Object]:
    return read_objects([(path, room) for room in ROOMS for path in object_files(f"core/{room}")] +
                        [(path, adapter) for adapter in ADAPTERS for path in object_files(adapter)])


def arrows(objects: list[Object]) -> list[Arrow]:
    """What a front end and core/ both define is core's: mn.h has the names."""
    owners = {symbol: o for inside in (False, True) for o in objects
              if (o.room in ROOMS) == inside for symbol in o.defines if symbol != "main"}
    return [Arrow(o, owners[symbol], symbol) for o in objects for symbol in sorted(o.needs)
            if symbol in owners and owners[symbol] != o]


def against_direction(found: list[Arrow]) -> list[str]:
    """A room that uses one it may not, an adapter behind the door, core in an adapter."""
    wrong, offered = [], door()
    for arrow in found:
        user, owner = arrow.user.room, arrow.owner.room
        if user == owner or {user, owner} <= set(ADAPTERS):
            continue
        if owner in ADAPTERS:
            wrong.append(str(arrow))
        elif user in ADAPTERS:
            if owner != "lower" and arrow.symbol not in offered:
                wrong.append(str(arrow))
        elif owner not in ROOMS[user][1].split():
            wrong.append(str(arrow))
    return wrong


def circles(found: list[Arrow]) -> list[list[str]]:
    """Files of core/ that use each other, through any number of steps (Tarjan, 1972)."""
    uses: dict[str, list[str]] = {}
    for arrow in found:
        if arrow.user.room in ROOMS and arrow.owner.room in ROOMS:
            uses.setdefault(str(arrow.user), []).append(str(arrow.owner))
    number, low, stack, done = {}, {}, [], []

    def visit(name: str) -> None:
        number[name] = low[name] = len(number)
        stack.append(name)
        for other in uses.get(name, []):
            if other not in number:
                visit(other)
                low[name] = min(low[name], low[other])
            elif other in stack:
                low[name] = min(low[name], number[other])
        if low[name] == number[name]:
            circle = stack[stack.index(name):]
            del stack[stack.index(name):]
            if len(circle) > 1:
                done.append(sorted(circle))

    for name in sorted(uses):
        if name not in number:
            visit(name)
    return done


def picture(found: list[Arrow]) -> str:
    """A line a room: what it holds, and which rooms it uses today."""
    lines = []
    for room, (holds, _) in ROOMS.items():
        used = [other for other in ROOMS if other != room and any(
            a.user.room == room and a.owner.room == other for a in found)]
        lines.append(f"{room + '/':<10} {holds:<56}" + (f" -> {' '.join(used)}" if used else ""))
    for adapter in ADAPTERS:
        if any(a.user.room == adapter for a in found):
            lines.append(f"{adapter + '/':<14} -> mn.h lower")
    return "\n".join(line.rstrip() for line in lines)


if __name__ == "__main__":
    print(picture(arrows(all_objects())))
