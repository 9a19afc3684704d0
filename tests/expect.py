# SPDX-License-Identifier: GPL-2.0-only
"""What a test case expects, and what of it an engine did not give.

The expectations stand in comments on the line they speak of (the legend is in
testcases/README.md). In C files they are /* .. */ comments, in text CFGs the rest
of the line after '#'. No program of its own.
"""

import functools
import re
from dataclasses import dataclass
from pathlib import Path

from tools.mnlib import ROOT, Diagnostic, rules

EXPECTATION = re.compile(
    r"(?P<word>todo-warn|warn|note)"
    r"(?:\((?P<rule>[\w-]+)(?::(?P<message>[\w-]+))?\))?(?:\[(?P<engines>[\w\s]+)\])?"
    r"(?::\s*(?P<text>.+))?")
COMMENT = {".c": re.compile(r"/\*\s*(.*?)\s*\*/"), ".cfg": re.compile(r"#\s*(.*?)\s*(?=#|$)")}
COMMENT[".h"] = COMMENT[".c"]
# behind code, WORD( WORD[ or WORD: is an expectation, and so is what starts as one anywhere
LIKE_ONE = re.compile(r"[\w-]+ ?[(\[:]")
STARTS_AS_ONE = re.compile(r"(?:todo|warn|note)(?!\w*')", re.I)
# what others read: the demo's list of faults, packaged sparse's own words, mncheck's comments
OTHERS = re.compile(r"(?:fault|sparse|mncheck): ")
# of testcases/link: what a unit alone has to say, and what all units together
ENGINES = {"gcc", "sparse", "replay", "unit", "link"}
FUNCTION = re.compile(r"^(?:(?!static.*=)[A-Za-z_][\w\s*]*[\s*])?((?:bad|good)_\w+)"
                      r"(?:\s*\(|(?:\[\])? = \{)")


@functools.lru_cache(maxsize=None)
def messages() -> dict[str, tuple[str, re.Pattern]]:
    """Rule and text of each message by its id; those with more words of their own first."""
    rows = re.findall(r'^MN_MESSAGE\(\w+,\s*(\w+),\s*"([\w-]+)",\s*"(.*)"\)',
                      (ROOT / "core/base/messages.def").read_text(), re.M)
    rows.sort(key=lambda row: -len(row[2].replace("%s", "")))
    return {name: (rule.lower().replace("_", "-"),
                   re.compile(re.escape(text).replace("%s", ".*")))
            for rule, name, text in rows}


def message_id(rule: str, text: str) -> str:
    """The id of a message that was printed, "" if there is none."""
    return next((name for name, (whose, pattern) in messages().items()
                 if whose == rule and pattern.fullmatch(text)), "")


@functools.lru_cache(maxsize=None)
def repairs() -> list[tuple[str, re.Pattern, str]]:
    """The rows of repairs.def: the id of the message, what its sentences look like, the row."""
    ids = dict(re.findall(r'^MN_MESSAGE\((\w+),\s*\w+,\s*"([\w-]+)"',
                          (ROOT / "core/base/messages.def").read_text(), re.M))
    rows = re.findall(r'^MN_REPAIR\((\w+),\s*(\w+),\s*(\w+),\s*"(.*)"\)$',
                      (ROOT / "core/report/repairs.def").read_text(), re.M)
    return [(ids[name], re.compile(re.sub(r"%[abnle]", ".+", re.escape(text))), f"{name} {when} {step}")
            for name, when, step, text in rows]


@dataclass(frozen=True)
class Expectation:
    line: int
    word: str               # warn, note or todo-warn
    rule: str               # "" for a note
    message: str            # the message's id; "" where the text says enough
    text: str               # part of the message; "" fits all

    def fits(self, found: Diagnostic) -> bool:
        """@found is in the test case itself, not in a header."""
        kinds = ("note",) if self.word == "note" else ("warning", "error")
        return (found.line == self.line and found.kind in kinds
                and found.rule == self.rule and self.text in found.text
                and self.message in ("", message_id(found.rule, found.text)))

    def __str__(self) -> str:
        rule = ":".join(part for part in (self.rule, self.message) if part)
        rule = f"({rule})" if rule else ""
        return f"{self.word}{rule}: {self.text}" if self.text else f"{self.word}{rule}"


def comments(path: Path) -> list[tuple[int, str]]:
    """Line and text of each comment that has to be an expectation."""
    found = []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        code = COMMENT[path.suffix].sub("", line).strip()
        found += [(number, text) for text in COMMENT[path.suffix].findall(line)
                  if not OTHERS.match(text) and (
                      STARTS_AS_ONE.match(text) or code and LIKE_ONE.match(text))]
    return found


def fault_of(match) -> str:
    """Why a comment is no expectation, "" if it is one."""
    if not match or (match["word"] == "note") == bool(match["rule"]) or (
            match["word"] == "note" and not match["text"]):
        return "is no expectation; write warn(RULE:MESSAGE), warn(RULE): TEXT, todo-warn(..) " \
               "or note: TEXT"
    if match["engines"] and not set(match["engines"].split()) <= ENGINES:
        return f"is for an engine that is none of {', '.join(sorted(ENGINES))}"
    if match["word"] == "note":
        return ""
    if match["rule"] not in rules():
        return "names no rule of docs/rules.md"
    if not match["message"] and not match["text"]:
        return "takes any message of its rule; say which: its id in core/base/messages.def"
    if match["message"] and messages().get(match["message"], ("",))[0] != match["rule"]:
        return "names no message of its rule in core/base/messages.def"
    return ""


def read_expectations(path: Path, engine: str) -> list[Expectation]:
    """The expectations of a file for one engine; raises ValueError for a malformed one."""
    found = []
    for number, comment in comments(path):
        match = EXPECTATION.fullmatch(comment)
        fault = fault_of(match)
        if fault:
            raise ValueError(f"{path}:{number}:1: error: '{comment}' {fault}")
        if not match["engines"] or engine in match["engines"].split():
            found.append(Expectation(number, match["word"], match["rule"] or "",
                                     match["message"] or "", match["text"] or ""))
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
    """Each expectation takes one diagnostic; a finding that none takes is unannounced."""
    wrong = []
    left = [d for d in found if d.rule or d.kind == "note"]
    # the longest text first, so that a general expectation takes what is left
    for want in sorted(expected, key=lambda e: (-len(e.text), not e.message)):
        fitting = [d for d in left if want.fits(d) and Path(d.file).name == path.name]
        if fitting:
            left.remove(fitting[0])
        if fitting and want.word == "todo-warn":
            wrong.append(f"{path}:{want.line}: {want} works now: remove 'todo-'")
        if not fitting and want.word != "todo-warn":
            wrong.append(f"{path}:{want.line}: missing: {want}")
    return wrong + [f"unannounced: {diagnostic}" for diagnostic in left if diagnostic.rule]


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
