#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Print the sections of docs/rules.md as a C file, as text for a terminal: mncheck explain."""

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tools.build.embed_contract import literal
from tools.mnlib import die, rules

HEAD = """\
// SPDX-License-Identifier: GPL-2.0-only
/* Made from docs/rules.md by embed_rules.py: change that file instead. */
#include "mncheck.h"

const struct rule_text rule_texts[] = {
"""
TAIL = "\t{ NULL, NULL, NULL, NULL }\n};\n"


def plain(text: str) -> str:
    """Markdown without its marks; code is indented."""
    lines, code = [], False
    for line in text.strip().splitlines():
        if line.startswith("```"):
            code = not code
        elif code:
            lines.append("    " + line if line else "")
        elif not re.fullmatch(r"[|\s:-]+", line) or not line:
            line = re.sub(r"\[([^]]+)\]\([^)]+\)", r"\1", line)
            lines.append(re.sub(r"\*\*(.+?)\*\*", r"\1", line))
    return "\n".join(lines)


def summary(text: str) -> str:
    """The clause: what stands behind "The clause." up to the end of that paragraph."""
    match = re.search(r"The clause\.\s+(.*?)(?:\n\n|\Z)", text, re.S)
    return " ".join(match[1].split()) if match else ""


def fix(text: str) -> str:
    """The first sentence behind "The fix."; nothing where that is code."""
    match = re.search(r"The fix\.\s+(.*?)(?:\n\n|\Z)", text, re.S)
    words = " ".join(match[1].split()) if match else ""
    first = re.match(r".*?\.(?= [A-Z`]|$)", words)
    return "" if not first or match[1].startswith("    ") else first[0]


def main() -> int:
    path = Path(sys.argv[1])
    sections = dict(re.findall(r"^## ([\w-]+)\n(.*?)(?=^## |\Z)", path.read_text(), re.M | re.S))
    out = HEAD
    for rule in rules():
        if rule not in sections:
            die(f"{path}:1:1: error: no section '## {rule}', write it")
        text = plain(sections[rule])
        if not summary(text):
            die(f"{path}:1:1: error: the section of {rule} has no '**The clause.**', write it")
        out += f'\t{{ "{rule}",\n'
        out += "".join(literal(part(text)).replace('\\n"\n', '",\n') for part in (summary, fix))
        out += "".join(literal(line) for line in text.splitlines()).removesuffix('\\n"\n') + '" },\n'
    print(out + TAIL, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
