# SPDX-License-Identifier: GPL-2.0-only
"""Whether what a dropped callback called in another file is done by those that remain.

cocci/convert/ops.cocci sees the names that the callbacks call, and one file. A function of
another file is no loss where all that it comes to there, calls through pointers and stores
included, the remaining callbacks come to as well. Names are compared: on which condition
something is done is not seen. The text is read as the kernel writes it, with the head and
the last brace of a function in the first column. No program of its own.
"""

from __future__ import annotations

import re
from pathlib import Path

from tools.mnlib import run

NOISE = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"', re.S)
FUNCTION = re.compile(r"^\w[^;{}()]*?\b(\w+)\s*\([^;{}]*\)[^;{}()]*\n\{\n(.*?)\n\}", re.S | re.M)
CALL = re.compile(r"((?:->|\.)?)(\b[A-Za-z_]\w*)\s*\(")
TRIVIAL = re.compile(r"(if|for|while|switch|return|sizeof|(un)?likely|container_of|"
                     r"\w*_(un)?lock(_\w+)?|down_\w+|up_\w+|\w*dbg|BUG_ON|WARN_ON\w*|"
                     r"might_sleep|(INC_)?STATS?(_\w+)?)$")
SET = re.compile(r"([^\s;{}(,]+)\s*(?:[-+*/%&|^]|<<|>>)?=(?!=)|(\S+)(?:\+\+|--)")
COMPARED = re.compile(r"[=!<>]=")
DECLARED = re.compile(r"\s+(?:(?:const|static|struct|unsigned|enum) )*\w+[ *]+\w+.*[;,]$")


def work_of(body: str) -> set[str]:
    """What a function calls, calls through, and stores to other than its variables."""
    work = {dot + name for dot, name in CALL.findall(body) if dot or not TRIVIAL.match(name)}
    own = set(re.findall(r"\w+", " ".join(
        line for line in body.split("\n\n")[0].split("\n") if DECLARED.match(line))))
    for left in (set_ or counted for set_, counted in SET.findall(COMPARED.sub(" ", body))):
        if left.lstrip("*") not in own or left.startswith("*") and \
                not re.search(rf"\w[ *]+{re.escape(left)}\b", body):
            work.add(f"{left} =")
    return work


def sources(tree: Path, function: str) -> dict[str, str]:
    """The text of each source that names it."""
    words = ["-lwF", function]
    done = run(["git", "grep", *words, "--", "*.[ch]"], cwd=tree) if (tree / ".git").exists() else \
        run(["grep", "-r", *words, "--include=*.[ch]", "."], cwd=tree)
    return {name.removeprefix("./"): NOISE.sub(" ", (tree / name).read_text(errors="replace"))
            for name in done.stdout.split("\n") if name}


def called(tree: Path, function: str, new: dict[str, str]) -> bool:
    """Whether a file that does not define it calls it, in the tree or in the @new text."""
    texts = {**sources(tree, function), **new}.values()
    bodies = [FUNCTION.findall(text) for text in texts]
    return any(function in work_of(body) for found in bodies for _, body in found
               if all(name != function for name, _ in found))


def reached(does: dict[str, set[str]], roots) -> set[str]:
    seen, todo = set(), list(roots)
    while todo:
        function = todo.pop()
        if function not in seen:
            seen.add(function)
            todo.extend(does.get(function, ()))
    return seen


def done_as_well(tree: Path, function: str, rest: list[str]) -> list[str]:
    """What @function comes to and the functions of @rest do too; [] if anything is lost."""
    found = [text for text in sources(tree, function).values()
             if any(name == function for name, _ in FUNCTION.findall(text))]
    if len(found) != 1:
        return []
    does = {name: work_of(body) for name, body in FUNCTION.findall(found[0])}
    kept = reached(does, rest)
    wrappers = reached({name: work - kept for name, work in does.items()}, [function])
    shared = {work for name in wrappers for work in does.get(name, set()) & kept}
    return sorted(shared) if all(name in does for name in wrappers) else []
