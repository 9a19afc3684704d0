# SPDX-License-Identifier: GPL-2.0-only
"""The mutants of C source: each guard off, each operand dropped, each bound and number changed.

It reads the kernel's style with its eyes half closed: comments and texts are blanked, a function
is what stands between its name and a '}' in the first column. It parses no more
than parentheses and the operators that bind less than a comparison. No program of its own.
"""

import re
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

BLANK = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
FUNCTION = re.compile(r"^(?!#|typedef|struct \w+ \{|enum \w* ?\{|union)[A-Za-z_][^;{}#]*?\b(\w+)\("
                      r"[^;{}#]*\)\s*\n\{\n(.*?)^\}", re.M | re.S)
DEFINE = re.compile(r"^#define[ \t]+([A-Z]\w*)[ \t]+(\d\w*|\([^\n]*\d[^\n]*\)|-?\d+)[ \t]*$", re.M)
# a number that is all there is to a name; flags, written 1u << n, are names and no numbers
FLAG = re.compile(r"\(1u(?:ll)? << \d+\)")
ROW = re.compile(r"^[A-Z]\w*\([^\n]*(?:\n[ \t]+[^\n]*)*", re.M)
ENUM = re.compile(r"^\t([A-Z]\w*) = (\d+),", re.M)
LOGIC = re.compile(r"&&|\|\|")
COMPARISON = re.compile(r"(?<![<>-])(<=|>=|<|>)(?![<>=])")
SHIFTED = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
# where an expression ends at its own depth
ENDS = re.compile(r"[,;?{}]|(?<!\?):|(?<![=<>!])=(?!=)|\breturn\b|\bcase\b")


@dataclass(frozen=True)
class Mutant:
    path: str               # below the project
    function: str           # or the name of what is no function
    what: str               # the change in words; with path and function its name
    start: int
    end: int
    text: str               # what stands there then

    def name(self) -> str:
        return f"{Path(self.path).name}: {self.function}: {self.what}"

    def room(self) -> str:
        return Path(self.path).parent.name

    def apply(self, source: str) -> str:
        return source[:self.start] + self.text + source[self.end:]

    def rank(self) -> int:
        """A number that neither lines nor the other mutants change."""
        return zlib.crc32(self.name().encode())


def blanked(source: str) -> str:
    """The same length, with nothing in comments and texts that looks like code."""
    def blank(match):
        text = match[0]
        if text[0] == "/":
            return re.sub(r"[^\n]", " ", text)
        return text[0] + "_" * (len(text) - 2) + text[-1]
    return BLANK.sub(blank, source)


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", text, flags=re.S)).strip()


def closing(code: str, at: int) -> int:
    """Where the parenthesis that opens at @at closes."""
    depth = 0
    for i in range(at, len(code)):
        depth += (code[i] in "([") - (code[i] in ")]")
        if not depth:
            return i
    raise ValueError(f"no closing parenthesis: {code[at:at + 40]!r}")


def operand(code: str, at: int, step: int, stop: re.Pattern) -> int:
    """How far the expression reaches that ends at @at (@step -1) or begins there (1)."""
    depth, opens, closes = 0, ")]" if step < 0 else "([", "([" if step < 0 else ")]"
    i = at
    while 0 <= i < len(code):
        depth += (code[i] in opens) - (code[i] in closes)
        if depth < 0:
            break
        found = None if depth or code[i] in closes else stop.match(code, i)
        if found:
            return found.end() if step < 0 else i
        i += step
    return i + 1 if step < 0 else i


def expression(code: str, start: int, end: int, stop: str) -> tuple[int, int]:
    """The operands around the operator at @start..@end, with the white space off."""
    stops = re.compile(f"{ENDS.pattern}|{stop}")
    left, right = operand(code, start - 1, -1, stops), operand(code, end, 1, stops)
    left += len(code[left:start]) - len(code[left:start].lstrip())
    right -= len(code[end:right]) - len(code[end:right].rstrip())
    return left, right


def guards(code: str, source: str):
    for match in re.finditer(r"\bif\s*\(", code):
        start = match.end() - 1
        end = closing(code, start) + 1
        what = plain(source[start:end])
        yield f"if {what}: never", start, end, f"({source[start:end]} && 0)"
        yield f"if {what}: always", start, end, f"({source[start:end]} || 1)"


def operands(code: str, source: str):
    seen = set()
    for match in LOGIC.finditer(code):
        stop = r"&&|\|\|" if match[0] == "&&" else r"\|\|"
        left, right = expression(code, match.start(), match.end(), stop)
        begin = match.end() + len(code[match.end():right]) - len(code[match.end():right].lstrip())
        end = match.start() - len(code[left:match.start()]) + len(code[left:match.start()].rstrip())
        for start, stop_at in ((left, end), (begin, right)):
            if (start, stop_at) not in seen:
                seen.add((start, stop_at))
                what = f"'{plain(source[start:stop_at])}' dropped from {match[0]}"
                yield what, start, stop_at, "1" if match[0] == "&&" else "0"


def bounds(code: str, source: str):
    # how often a loop runs is no guard
    loops = [(m.start(), closing(code, m.end() - 1)) for m in re.finditer(r"\bfor\s*\(", code)]
    for match in COMPARISON.finditer(code):
        if any(start < match.start() < end for start, end in loops):
            continue
        left, right = expression(code, *match.span(), r"&&|\|\|")
        what = f"'{plain(source[left:right])}' with {SHIFTED[match[0]]}"
        yield what, match.start(), match.end(), SHIFTED[match[0]]


def changed_numbers(value: int) -> list[int]:
    if value < 2:
        return [1 - value]
    return [value + 1, value - 1] if value <= 16 else [value * 2, value // 2]


def constants(code: str):
    """(name, what, start, end, text) of the names for numbers"""
    for match in DEFINE.finditer(code):
        value = match[2]
        if FLAG.fullmatch(value) or value in ("0u", "0") or "##" in value:
            continue
        if value.isdigit() and int(value) <= 16:
            changes = [str(number) for number in changed_numbers(int(value))]
        else:
            changes = [f"({value} * 2)", f"({value} / 2)"]
        for text in changes:
            yield match[1], f"is {text}", *match.span(2), text
    for match in ENUM.finditer(code):
        for number in changed_numbers(int(match[2])):
            yield match[1], f"is {number}", *match.span(2), str(number)


def is_number_column(cells: list[str]) -> bool:
    """0 and 1 are numbers where a whole column has nothing else; beside names, 0 is none of them."""
    numbers = {int(cell) for cell in cells if cell.isdigit()}
    return bool(numbers - {0, 1}) or all(cell.isdigit() for cell in cells)


def rows(code: str):
    """(name, what, start, end, text) of the numbers in the rows of a table"""
    columns: dict[tuple, list] = {}
    for row in ROW.finditer(code):
        macro, cells = re.fullmatch(r"(\w+)\((.*)\)[^)]*", row[0], re.S).groups()
        at = row.start() + len(macro) + 1
        for column, cell in enumerate(cells.split(",")):
            start = at + len(cell) - len(cell.lstrip())
            columns.setdefault((macro, column), []).append(
                (f"{macro}({cells.split(',')[0].strip()})", start, cell.strip()))
            at += len(cell) + 1
    for (_, column), cells in columns.items():
        if not is_number_column([text for _, _, text in cells]):
            continue
        for name, start, text in cells:
            for number in changed_numbers(int(text)) if text.isdigit() else ():
                yield name, f"column {column + 1} is {number}", start, start + len(text), str(number)


def mutants(path: str, source: str) -> list[Mutant]:
    """All mutants of one file, in the order of its lines."""
    code, found, names = blanked(source), [], Counter()

    def add(function: str, what: str, start: int, end: int, text: str) -> None:
        names[function, what] += 1
        if names[function, what] > 1:
            what += f" ({names[function, what]})"
        found.append(Mutant(path, function, what, start, end, text))

    for row in rows(code) if path.endswith(".def") else constants(code):
        add(*row)
    for function in FUNCTION.finditer(code) if not path.endswith(".def") else ():
        first, last = function.span(2)
        for make in (guards, operands, bounds):
            for what, start, end, text in make(code[first:last], source[first:last]):
                add(function[1], what, first + start, first + end, text)
    return sorted(found, key=lambda mutant: mutant.start)
