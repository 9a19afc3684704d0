#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Print a contract as a C file with mn_contract_text() and mn_contract_signal().

One literal a line, so that the C file can be read and compared. A kernel's tree gets the
C file alone (--in-tree), so that its build needs no Python: rows are changed in it.
"""
import argparse
import re
import sys

SPDX = "// SPDX-License-Identifier: GPL-2.0-only\n"
MADE = "/* Made from {name} by embed_contract.py: change that file instead. */\n"
IN_TREE = """\
/*
 * contract_text.c - what each function of the kernel does to the lock context.
 *
 * A text in lines: its first lines explain the form of the rows below them. The
 * plugin's option contract=FILE reads a text of the same form on top of it.
 */
"""

HEAD = """\
#include "mn.h"

static const char text[] =
"""

TAIL = """\
\t"";

const char *mn_contract_text(void)
{
\treturn text;
}

static const char *const signals[] = {
"""

END = """\
\tNULL
};

const char *mn_contract_signal(size_t i)
{
\treturn signals[i];
}
"""

# a row that takes entries of a whole range: NAME/ARGS | .. change LEVEL clear, ..
SIGNAL = re.compile(r"^(\w+)[^|]*\|[^|]*\bchange \w+ clear *[,|]")


def literal(line: str) -> str:
    """One line as a C literal; two '?' in a row could start a trigraph."""
    escaped = line.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    return '\t"' + escaped.replace("??", "?\\?") + '\\n"\n'


def bad_column(line: str) -> int:
    """Column of the first character that is not printable ASCII, or 0."""
    for column, char in enumerate(line, 1):
        if char != "\t" and not " " <= char <= "~":
            return column
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("contract", help="the contract file")
    parser.add_argument("--in-tree", action="store_true",
                        help="the C file is what people change")
    options = parser.parse_args()
    path = options.contract
    try:
        with open(path, encoding="latin-1", newline="\n") as file:
            lines = file.read().splitlines()
    except OSError as error:
        print(f"{path}:1:1: error: cannot be read ({error.strerror}), "
              "name the contract file", file=sys.stderr)
        return 2
    for number, line in enumerate(lines, 1):
        column = bad_column(line)
        if column:
            print(f"{path}:{number}:{column}: error: a character that is not "
                  "ASCII, write it in ASCII", file=sys.stderr)
            return 2
    made = IN_TREE if options.in_tree else MADE.format(name=path.split("/")[-1])
    if options.in_tree:     # the C file has its own
        lines = [line for line in lines if "SPDX-License-Identifier" not in line]
    sys.stdout.write(SPDX + made + HEAD)
    sys.stdout.writelines(literal(line) for line in lines)
    sys.stdout.write(TAIL)
    signals = {match[1] for line in lines if (match := SIGNAL.match(line))}
    sys.stdout.writelines(f'\t"{name}",\n' for name in sorted(signals))
    sys.stdout.write(END)
    return 0


if __name__ == "__main__":
    sys.exit(main())
