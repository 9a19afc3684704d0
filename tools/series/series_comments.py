# SPDX-License-Identifier: GPL-2.0-only
"""The comments and the Documentation that name what a series removes.

A comment is changed only where its sense stays: where it names what lives on under another
name, and where it names a dropped callback beside the one that remains. All others are left
alone, since what was true of the old function need not be of a new one; the cover letter
lists them. No program of its own.
"""

import re

COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.S)
GONE = r"\b(?:(?:__)?mmu_notifier_)?invalidate_page\b"


def wrapped(comment: str) -> str:
    """Hand the last word of a line that grew over 80 columns to the next line."""
    lines = comment.split("\n")
    for number in range(len(lines) - 1):
        edge = re.match(r"\s*\*?\s*", lines[number + 1])[0]
        while len(lines[number].expandtabs(8)) > 80 and lines[number + 1] != edge:
            lines[number], word = lines[number].rsplit(" ", 1)
            lines[number + 1] = edge + word + " " + lines[number + 1][len(edge):]
    return "\n".join(lines)


def renewed(series, text: str) -> str:
    for old, new in sorted(series.renamed.items()):
        text = re.sub(rf"\b{old}\b", new, text)
    for old, new in sorted(series.dropped.items()):
        text = re.sub(rf"\b{old}[\s*]+and[\s*]+{new}\b", new, text)
        text = re.sub(rf"\b{new}[\s*]+and[\s*]+{old}\b", new, text)
    return text


def texts(series, name: str) -> list[re.Match]:
    """The comments of a source, or all of a document; none if it is about something else."""
    text = series.read(name)
    if "mmu_notifier" not in text:
        return []
    whole = name.startswith("Documentation/")
    return list((re.compile(r".+", re.S) if whole else COMMENT).finditer(text))


def line_of(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def renew(series, name: str) -> None:
    """Change what keeps its sense."""
    text, shift = series.read(name), 0
    for match in texts(series, name):
        new = renewed(series, match[0])
        if new == match[0]:
            continue
        new = wrapped(new)
        start = match.start() + shift
        text = text[:start] + new + text[match.end() + shift:]
        shift += len(new) - len(match[0])
        series.told["renewed"].append(f"{name}:{line_of(text, start)}")
    if series.read(name) != text:
        series.write(name, text)


def mentions(series, name: str) -> list[str]:
    """FILE:LINE: NAME of each mention of what is gone."""
    names = "".join(rf"|\b{old}\b" for old in sorted([*series.dropped, *series.gone]))
    text, found = series.read(name), []
    for match in texts(series, name):
        for mention in re.finditer(GONE + names, match[0]):
            line = line_of(text, match.start() + mention.start())
            found.append(f"{name}:{line}: {mention[0]}")
    return found
