#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Compare the findings of a run with a list of those that were read and judged.

A list has one finding a line, with the verdict of a person and the reason. A finding
is known by file, function, rule and text without numbers, so that it survives the next
stable release. Two findings that look alike need two lines. docs/kernel.md has the form.

  findings.py LIST                 is LIST well formed?
  findings.py LIST RECORDS.jsonl   and does it say what that run found?
"""

import argparse
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tools.mnlib import die, finding_lines, read_records, rules, unique_findings

COLUMNS = ("file", "function", "rule", "text", "verdict", "reason")
VERDICTS = ("defect", "latent", "false")


class Malformed(Exception):
    """What is wrong with a line, and in which column of it."""

    def __init__(self, column: int, text: str):
        super().__init__(text)
        self.column = column


@dataclass(frozen=True)
class Listed:
    key: tuple[str, ...]
    verdict: str
    reason: str
    line: int


def key(finding: dict) -> tuple[str, ...]:
    """A finding without its line, and without the numbers in its text."""
    text = re.sub(r"\b\d+\b", "N", finding["text"])
    return finding["file"], finding["func"], finding["rule"], text


def row(name: tuple[str, ...], verdict: str, reason: str) -> str:
    return " | ".join((*name, verdict, reason))


def split(line: str) -> list[tuple[int, str]]:
    """(column, text without blanks around it) of each field."""
    return [(field.start() + 1 + len(field[0]) - len(field[0].lstrip()), field[0].strip())
            for field in re.finditer(r"[^|]+|(?<=\|)(?=\||$)", line)]


def parse_line(line: str, number: int) -> Listed:
    fields = split(line)
    if len(fields) != len(COLUMNS):
        raise Malformed(1, f"{len(fields)} columns, write {' | '.join(COLUMNS).upper()}")
    for (at, text), name in zip(fields, COLUMNS):
        if not text:
            raise Malformed(at, f"no {name}, write one")
    (_, file), (_, function), (at_rule, rule), (at_text, text), (at, verdict), _ = fields
    if file.startswith("/"):
        raise Malformed(fields[0][0], f"'{file}' is no file of the kernel, write its name "
                        "as seen from the top of the tree")
    if rule not in rules():
        raise Malformed(at_rule, f"no rule '{rule}', write one of those in core/rules/rules.def")
    if re.search(r"\b\d+\b", text):
        raise Malformed(at_text, "a number in the text, write N in its place")
    if verdict not in VERDICTS:
        raise Malformed(at, f"no verdict '{verdict}', write {' or '.join(VERDICTS)}")
    return Listed((file, function, rule, text), verdict, fields[5][1], number)


def read_list(path: Path) -> list[Listed]:
    """Every row of a list; dies with the place of the first fault."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        die(f"mncheck: error: {path}: cannot be read ({error}); write the list, even if empty")
    found: list[Listed] = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            listed = parse_line(line, number)
            if found and listed.key < found[-1].key:
                raise Malformed(1, f"not sorted, move it before line {found[-1].line}")
        except Malformed as fault:
            die(f"{path}:{number}:{fault.column}: error: {fault}")
        found.append(listed)
    return found


def compare(path: Path, records: list[dict]) -> tuple[list[str], list[str]]:
    """What is new, with the row to add; what is gone, with the line to remove."""
    findings = sorted(unique_findings(records), key=key)
    listed = read_list(path)
    left, new, gone = Counter(entry.key for entry in listed), [], []
    for finding in findings:
        if left[key(finding)]:
            left[key(finding)] -= 1
            continue
        new += [*finding_lines(finding), "once it was read and judged, the line is:",
                row(key(finding), "VERDICT", "REASON")]
    for entry in reversed(listed):
        if left[entry.key]:
            left[entry.key] -= 1
            gone.insert(0, f"{path}:{entry.line}:1: error: not found any more, remove the line")
    return new, gone


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("list", type=Path, help="such as testcases/kernel/6.1.findings")
    parser.add_argument("records", type=Path, nargs="?", help="such as build/kernel/6.1.jsonl")
    args = parser.parse_args()

    if not args.records:
        counts = Counter(entry.verdict for entry in read_list(args.list))
        print(", ".join(f"{counts[verdict]} {verdict}" for verdict in VERDICTS))
        return 0
    if not args.records.exists():
        die(f"mncheck: error: {args.records}: no such file; name what make kernel has written")
    new, gone = compare(args.list, read_records(args.records))
    print("\n".join(new + gone), end="\n" if new or gone else "")
    return 1 if new or gone else 0


if __name__ == "__main__":
    sys.exit(main())
