# SPDX-License-Identifier: GPL-2.0-only
"""What a test case expects, and what of it an engine did not give.

The expectations stand in comments on the line they speak of (the legend is in
testcases/README.md). In C files they are /* .. */ comments, in text CFGs the rest
of the line after '#'. No program of its own.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from tools.mnlib import Diagnostic

EXPECTATION = re.compile(
    r"(?P<word>todo-warn|warn|note)"
    r"(?:\((?P<rule>[\w-]+)\))?(?:\[(?P<engines>[\w\s]+)\])?"
    r"(?::\s*(?P<text>.*?))?\s*$")
COMMENT = {".c": re.compile(r"/\*\s*((?:todo-warn|warn)\(.*?|note(?:\[[\w\s]+\])?:.*?)\s*\*/"),
           ".cfg": re.compile(r"#\s*((?:todo-warn|warn)\(.*?|note:.*?)\s*(?=#|$)")}
COMMENT[".h"] = COMMENT[".c"]
FUNCTION = re.compile(r"^(?:(?!static.*=)[A-Za-z_][\w\s*]*[\s*])?((?:bad|good)_\w+)"
                      r"(?:\s*\(|(?:\[\])? = \{)")


@dataclass(frozen=True)
class Expectation:
    line: int
    word: str               # warn, note or todo-warn
    rule: str               # "" for a note
    text: str               # part of the message; "" fits all

    def fits(self, found: Diagnostic) -> bool:
        """@found is in the test case itself, not in a header."""
        kinds = ("note",) if self.word == "note" else ("warning", "error")
        return (found.line == self.line and found.kind in kinds
                and found.rule == self.rule and self.text in found.text)

    def __str__(self) -> str:
        rule = f"({self.rule})" if self.rule else ""
        return f"{self.word}{rule}: {self.text}" if self.text else f"{self.word}{rule}"


def read_expectations(path: Path, engine: str) -> list[Expectation]:
    """The expectations of a file for one engine; raises ValueError for a malformed one."""
    found = []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        for comment in COMMENT[path.suffix].findall(line):
            match = EXPECTATION.match(comment)
            if not match or (match["word"] != "note") != bool(match["rule"]):
                raise ValueError(f"{path}:{number}:1: error: '{comment}' is no expectation; "
                                 "write warn(RULE): TEXT, todo-warn(RULE): TEXT or note: TEXT")
            if not match["engines"] or engine in match["engines"].split():
                found.append(Expectation(number, match["word"], match["rule"] or "",
                                         match["text"] or ""))
    return found


def functions(path: Path) -> dict[str, tuple[int, int]]:
    """The bad_ and good_ functions, and variables for others with an initialiser, with
    their first and last line."""
    ranges, name, first = {}, None, 0
    if path.suffix == ".cfg":
        return cfg_functions(path)
    for number, line in enumerate(path.read_text().splitlines(), 1):
        match = FUNCTION.match(line)
        if match and not line.rstrip().endswith(";"):
            name, first = match[1], number
        elif line.startswith("}") and name:
            ranges[name] = (first, number)
            name = None
    return ranges


def cfg_functions(path: Path) -> dict[str, tuple[int, int]]:
    ranges, name = {}, ""
    for number, line in enumerate(path.read_text().splitlines(), 1):
        match = re.match(r"func (\w+)\(", line)
        if match:
            name = match[1]
            ranges[name] = (number, number)
        elif name:
            ranges[name] = (ranges[name][0], number)
    return {name: lines for name, lines in ranges.items()
            if name.startswith(("bad_", "good_"))}


def compare(path: Path, engine: str, found: list[Diagnostic],
            named: list[set[str]]) -> list[str]:
    """What is wrong with an engine's answer for a file; empty if all is as expected.

    @found: all it printed
    @named: for each finding the functions of its path
    """
    try:
        expected = read_expectations(path, engine)
    except ValueError as error:
        return [str(error)]
    return check_lines(path, expected, found) + check_functions(path, expected, named)


def check_lines(path: Path, expected: list[Expectation],
                found: list[Diagnostic]) -> list[str]:
    wrong = []
    left = [diagnostic for diagnostic in found if diagnostic.rule]
    notes = [diagnostic for diagnostic in found if diagnostic.kind == "note"]
    here = [d for d in left + notes if Path(d.file).name == path.name]
    # the longest text first, so that a general expectation takes what is left
    for want in sorted(expected, key=lambda e: -len(e.text)):
        fitting = [d for d in here if want.fits(d) and (d in left or d in notes)]
        if fitting and want.rule:
            left.remove(fitting[0])
        if fitting and want.word == "todo-warn":
            wrong.append(f"{path}:{want.line}: {want} works now: remove 'todo-'")
        if not fitting and want.word != "todo-warn":
            wrong.append(f"{path}:{want.line}: missing: {want}")
    return wrong + [f"unannounced: {diagnostic}" for diagnostic in left]


def check_functions(path: Path, expected: list[Expectation],
                    named: list[set[str]]) -> list[str]:
    wrong = []
    seen = set().union(*named) if named else set()
    for name, (first, last) in functions(path).items():
        todo = any(want.word == "todo-warn" and first <= want.line <= last
                   for want in expected)
        if name.startswith("bad_") and name not in seen and not todo:
            wrong.append(f"{path}:{first}: {name}() has no finding")
        if name.startswith("good_") and name in seen:
            wrong.append(f"{path}:{first}: {name}() has a finding")
    return wrong
