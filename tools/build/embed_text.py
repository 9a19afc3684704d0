#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Print text files as a C file: page.css becomes page_css[]."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tools.build.embed_contract import literal

HEAD = """\
// SPDX-License-Identifier: GPL-2.0-only
/* Made by embed_text.py: change the file that it is made from instead. */
"""


def main() -> int:
    print(HEAD, end="")
    for path in map(Path, sys.argv[1:]):
        name = path.name.replace(".", "_")
        print(f"extern const char {name}[];\nconst char {name}[] =\n", end="")
        print("".join(literal(line) for line in path.read_text().splitlines()) + '\t"";')
    return 0


if __name__ == "__main__":
    sys.exit(main())
