# SPDX-License-Identifier: GPL-2.0-only
"""The Markdown of docs/, as reST for a kernel's Documentation/.

Only what docs/ uses: headings, paragraphs, lists, tables, terms with ': ' below,
code in fences. What is not known stays as it is. No program of its own.
"""

import re
import textwrap

UNDERLINES = {"#": "=", "##": "-", "###": "~"}


def inline(text: str) -> str:
    """`code` becomes ``code``; a link keeps its words."""
    text = re.sub(r"\[([^\]`]+)\]\([^)]+\)", r"\1", text)
    return re.sub(r"`([^`]+)`", r"``\1``", text)


def fill(text: str, indent: str = "") -> str:
    return textwrap.fill(inline(text), 80, initial_indent=indent, subsequent_indent=indent,
                         break_long_words=False, break_on_hyphens=False)


def heading(block: str) -> str:
    marks, text = block.split(" ", 1)
    text = inline(text)
    return f"{text}\n{UNDERLINES[marks] * len(text)}"


def code(block: str) -> str:
    language, body = re.match(r"```(\w*)\n(.*)\n```$", block, re.S).groups()
    body = textwrap.indent(textwrap.dedent(body), "\t")
    return f".. code-block:: {language or 'none'}\n\n{body}"


def table(block: str) -> str:
    lines = [".. list-table::", "   :header-rows: 1", ""]
    for row in block.split("\n"):
        cells = [inline(cell.strip()) for cell in row.strip("|").split("|")]
        if not all(re.fullmatch(r":?-+:?", cell) for cell in cells):
            lines += [f"   {'-' if n else '* -'} {cell}".replace("   - ", "     - ").rstrip()
                      for n, cell in enumerate(cells)]
    return "\n".join(lines)


def term(block: str) -> str:
    """'term\\n: text': a term is one line in reST."""
    name, text = block.split("\n: ", 1)
    words = " ".join(line.strip() for line in text.split("\n"))
    return inline(name.replace("\n", " ")) + "\n" + fill(words, "  ")


def convert(block: str) -> str:
    if block.startswith("```"):
        return code(block)
    if re.match(r"#{1,3} ", block):
        return heading(block)
    if block.startswith("|"):
        return table(block)
    if "\n: " in block:
        return term(block)
    return inline(block) if block.startswith("- ") else fill(block)


def from_markdown(text: str) -> str:
    """Blocks are separated by blank lines, but for those inside a fence."""
    blocks = re.findall(r"```.*?\n```|(?:(?!```)[^\n]+\n?)+", text + "\n", re.S)
    return "\n\n".join(convert(block.rstrip()) for block in blocks)
