#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""List the test cases in C with the question that each one's head comment asks.

Prints the list of testcases/README.md. --check compares it with what stands there,
--write puts it there. A file without a question, or whose head comment names
another file, is an error.
"""

import argparse
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests import expect
from tools.mnlib import ROOT, case_files, die

README = ROOT / "testcases/README.md"
START, END = "<!-- tests/list_cases.py -->\n", "<!-- end of the list -->\n"
HEAD = re.compile(r"/\* SPDX[^\n]*\n/\*\n \* (?P<name>[\w.-]+) - (?P<question>.*?)"
                  r"\n \*(?:/|\n)", re.S)


def question(path: Path) -> str:
    head = HEAD.match((ROOT / path).read_text())
    if not head or head["name"] != path.name:
        die(f"{path}:2:1: error: no head comment of this file, "
            f"start it with ' * {path.name} - QUESTION?'")
    text = " ".join(head["question"].replace("\n *", " ").split())
    if not text.endswith("?"):
        die(f"{path}:3:1: error: the head comment asks nothing, end it with '?'")
    return text


def cases() -> list[Path]:
    """testcases/tree has its own list, with what each file shows."""
    planted = sorted(p.relative_to(ROOT) for p in ROOT.glob("testcases/planted/*.c"))
    return [path for path in case_files() if path.parts[1] != "tree"] + planted


def listing() -> str:
    lines, folder, total = [], None, [0, 0]
    for path in cases():
        if path.parts[1] != folder:
            folder = path.parts[1]
            lines += [f"\n### {folder}\n", "| file | question | bad | good |",
                      "| --- | --- | --- | --- |"]
        names = expect.functions(ROOT / path)
        bad = sum(name.startswith("bad_") for name in names)
        total = [total[0] + bad, total[1] + len(names) - bad]
        lines.append(f"| {path.name} | {question(path)} | {bad} | {len(names) - bad} |")
    lines.append(f"\nTogether: {total[0]} functions `bad_`, {total[1]} `good_`.")
    return "\n".join(lines).lstrip("\n") + "\n"


def split_readme() -> tuple[str, str, str]:
    text = README.read_text()
    if START not in text or END not in text:
        die(f"testcases/README.md:1:1: error: no place for the list, add the lines "
            f"'{START.strip()}' and '{END.strip()}'")
    before, rest = text.split(START, 1)
    inside, after = rest.split(END, 1)
    return before, inside, after


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--check", action="store_true", help="compare with the README")
    choice.add_argument("--write", action="store_true", help="put it into the README")
    args = parser.parse_args()

    fresh = listing()
    if not args.check and not args.write:
        sys.stdout.write(fresh)
        return 0
    before, inside, after = split_readme()
    if args.write:
        README.write_text(before + START + fresh + END + after)
    elif inside != fresh:
        print("testcases/README.md: its list is not that of the files, "
              "run tests/list_cases.py --write", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
