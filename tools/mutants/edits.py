# SPDX-License-Identifier: GPL-2.0-only
"""The edits of make mutants: data that says how to break, or rewrite, a function.

testcases/mutants/KERNEL/*.toml are read, checked and applied to a source text. An edit
names what it looks for by short patterns, so nothing of the kernel is stored here.
testcases/mutants/README.md says how to write one. No program of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

try:
    import tomllib
except ImportError:     # before Python 3.11
    tomllib = None

from tools.mnlib import ROOT, die, rules

FOLDER = ROOT / "testcases/mutants"
FIELDS = {"id": str, "file": str, "func": str, "steps": list, "above": str,
          "finds": list, "known": str, "linked": list}
ENGINES = ("gcc", "sparse")
NEEDED = ("id", "file", "func", "steps")
EXPECTED = re.compile(r"([\w-]+)(?: in (\w+))?$")
# a file or a folder, as seen from the top of the tree
PLACE = re.compile(r"[\w.-]+(/[\w.-]+)*(/|\.c)$")


class EditError(Exception):
    """An edit that does not fit the kernel it is made for; the text is the whole line."""


@dataclass(frozen=True)
class Step:
    """Within @func of @file, @look has to match once; @put replaces it."""
    look: re.Pattern
    put: str
    file: str
    func: str


@dataclass(frozen=True)
class Edit:
    """One edit. @finds: (rule, function) pairs; none if it keeps the code correct.
    @linked: the files and folders that are one program with it; none: its file is judged alone."""
    place: str
    id: str
    file: str
    func: str
    steps: tuple[Step, ...]
    above: str
    finds: frozenset[tuple[str, str]]
    known: str
    linked: tuple[str, ...] = ()

    def files(self) -> list[str]:
        """Those that it changes, its own first."""
        return list(dict.fromkeys([self.file, *(step.file for step in self.steps)]))

    def reason(self, engine: str) -> str:
        """Why this engine gets it wrong; 'ENGINE: ..' is about that one only."""
        about, _, rest = self.known.partition(": ")
        if about in ENGINES:
            return rest if about == engine else ""
        return self.known

    def wrong(self, what: str, advice: str) -> EditError:
        return EditError(f"{self.place}: error: edit '{self.id}': {what}, {advice}")


# -- reading ------------------------------------------------------------------

def pattern(text: str) -> re.Pattern:
    """A blank stands for any white space, '.' for any character."""
    return re.compile(re.sub(r" +", r"\\s+", text), re.S | re.M)


def lies_in(file: str, places) -> bool:
    return any(file == place or place.endswith("/") and file.startswith(place) for place in places)


def read_step(place: str, words, file: str, func: str) -> Step:
    if not isinstance(words, list) or len(words) not in (2, 3) \
            or not all(isinstance(word, str) for word in words):
        die(f"{place}: error: a step is [look, put], or a third word says where: 'FUNCTION' or "
            "'FILE:FUNCTION'; write it so")
    look, put = words[:2]
    if re.search(r"^}", put, re.M):
        die(f"{place}: error: a brace in the first column ends a function, indent it")
    try:
        compiled = pattern(look)
        for group in re.findall(r"\\(\d)", put):
            if int(group) > compiled.groups:
                raise re.error(f"no group {group}")
    except re.error as error:
        die(f"{place}: error: '{look}' is no pattern ({error}), see Python's re")
    other, _, name = (words[2] if len(words) == 3 else func).rpartition(":")
    return Step(compiled, put, other or file, name)


def read_expectation(place: str, text, func: str) -> tuple[str, str]:
    match = EXPECTED.match(text) if isinstance(text, str) else None
    if not match or match[1] not in rules():
        die(f"{place}: error: '{text}' is no rule, write RULE or 'RULE in FUNCTION' with a "
            "name of core/rules/rules.def")
    return match[1], match[2] or func


def check_linked(edit: Edit) -> Edit:
    """What it changes is a part of the program; alone it changes one file."""
    for name in edit.linked:
        if not isinstance(name, str) or not PLACE.match(name) or ".." in name.split("/"):
            die(str(edit.wrong(f"'{name}' in 'linked' is no file FOLDER/NAME.c and no folder FOLDER/",
                               "write it as seen from the top of the tree")))
    for file in edit.files():
        if edit.linked and not lies_in(file, edit.linked):
            die(str(edit.wrong(f"it changes {file}, which is not in 'linked'", "add it, or its folder")))
        if not edit.linked and file != edit.file:
            die(str(edit.wrong(f"it changes {file}, too, and is judged alone",
                               "say in 'linked' which files are one program with it")))
    return edit


def read_edit(place: str, entry: dict) -> Edit:
    for name, value in entry.items():
        if name not in FIELDS:
            die(f"{place}: error: an edit has no field '{name}', it has {', '.join(FIELDS)}")
        if not isinstance(value, FIELDS[name]):
            die(f"{place}: error: '{name}' is no {FIELDS[name].__name__}, see "
                "testcases/mutants/README.md")
    for name in NEEDED:
        if not entry.get(name):
            die(f"{place}: error: the edit has no '{name}', add it")
    if entry.get("linked") == []:
        die(f"{place}: error: 'linked' is empty, name files and folders, or leave it out")
    file, func = entry["file"], entry["func"]
    return check_linked(Edit(
        place, entry["id"], file, func,
        tuple(read_step(place, words, file, func) for words in entry["steps"]),
        entry.get("above", ""),
        frozenset(read_expectation(place, text, func) for text in entry.get("finds", [])),
        entry.get("known", ""), tuple(entry.get("linked", []))))


def read_file(path: Path) -> list[Edit]:
    if not tomllib:
        die("mncheck: error: the edits are TOML, which Python reads from 3.11 on; "
            "give a newer one: PYTHON=python3.11")
    text = path.read_text()
    try:
        entries = tomllib.loads(text).get("edit", [])
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        line, column = at.groups() if at else (text.count("\n") + 1, 1)
        die(f"{path}:{line}:{column}: error: no TOML: {error}, correct it")
    lines = [number for number, line in enumerate(text.splitlines(), 1)
             if line.startswith("[[edit]]")]
    return [read_edit(f"{path}:{line}:1", entry) for line, entry in zip(lines, entries)]


def read_edits(folder: Path) -> list[Edit]:
    """All edits of a folder; an identifier stands for one edit only."""
    edits: dict[str, Edit] = {}
    for path in sorted(folder.glob("*.toml")):
        for edit in read_file(path):
            if edit.id in edits:
                die(str(edit.wrong("there is one of that name already", "choose another")))
            edits[edit.id] = edit
    return list(edits.values())


# -- applying -----------------------------------------------------------------

def definition(text: str, name: str) -> tuple[int, int] | None:
    """Where a function, or an initialised object, of that name stands. Kernel style:
    its head starts in the first column, and so does the brace that closes it."""
    for match in re.finditer(rf"^[A-Za-z_](?:[^\n;{{}}]*\b)?{name}\b|^{name}\b", text, re.M):
        opening = re.compile(r"[^;{}]*\{(?!\s*\})").match(text, match.end())
        closing = opening and re.compile(r"^\};?\n", re.M).search(text, opening.end())
        if closing:
            return match.start(), closing.end()
    return None


def without_comments(text: str) -> str:
    """Patterns need not care for what stands between the code; lines stay."""
    return re.sub(r"/\*.*?\*/", lambda match: re.sub(r"[^\n]", " ", match[0]), text, flags=re.S)


def place_of(edit: Edit, file: str, text: str, name: str) -> tuple[int, int]:
    place = definition(text, name)
    if not place:
        raise edit.wrong(f"{file} has no function '{name}'",
                         "the kernel changed: take the edit out or write it anew")
    return place


def apply(edit: Edit, text: str, file: str = "") -> str:
    """The edited source, of one of the files that it changes (default: its own); raises
    EditError where a pattern does not say one place."""
    file = file or edit.file
    for step in edit.steps:
        if step.file != file:
            continue
        place = place_of(edit, file, text, step.func)
        body = without_comments(text[slice(*place)])
        count = len(step.look.findall(body))
        if count != 1:
            raise edit.wrong(
                f"'{step.look.pattern}' matches {count} times in '{step.func}()'",
                "make it match once, or take the edit out if the kernel changed")
        text = text[:place[0]] + step.look.sub(step.put, body) + text[place[1]:]
    if file != edit.file:
        return text
    start = place_of(edit, file, text, edit.func)[0]
    return text[:start] + edit.above + text[start:]
