#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Does every name of the contract exist in a kernel that its row claims?

Reads the kernel's sources as text: what stands before '(' outside comments is
a function or a macro, with as many arguments as it has there. Names that macros
paste together are known for guards only. Says nothing about what they do.
"""
import argparse
import os
import re
import sys

PLACES = ("include", "arch/x86/include", "arch/arm64/include", "mm", "kernel", "lib", "virt/kvm",
          "fs/dax.c", "fs/proc", "arch/x86/mm", "arch/x86/kvm")
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.S)
CALL = re.compile(r"\b([A-Za-z_]\w*)\s*\(")
GUARD = re.compile(r"\bDEFINE_(?:LOCK_)?GUARD(?:_[01])?\(\s*(\w+)")
STRUCT = re.compile(r"\b(?:struct\s+|context_lock_struct\(\s*)(\w+)\)?\s*\{")
ASK = re.compile(r"blocks if (\w+)\(\d\)")
MEMBER = re.compile(r":(\w+)\.(\w+)")
# an excuse names the file whose words it quotes
QUOTED = re.compile(r'" ([\w/.-]+\.[ch])\b')
CLASS = re.compile(r"class_(\w+)_(?:constructor|destructor|lock_ptr)$")


def version(text: str) -> tuple:
    return tuple(int(part) for part in text.split("."))


def holds(kernels: str, at: tuple) -> bool:
    """Is @at in FROM-TO, FROM-, -TO or *?"""
    if kernels == "*":
        return True
    first, last = kernels.split("-")
    return (not first or version(first) <= at) and (not last or at <= version(last))


def rows(path: str):
    """(line, section, columns) of each row."""
    section = ""
    with open(path, encoding="ascii") as file:
        for number, line in enumerate(file, 1):
            line = re.sub(r"(^|\s)#.*", "", line).strip()
            if line.startswith("["):
                section = line.strip("[]")
            elif line:
                yield number, section, [column.strip() for column in line.split("|")]


class Tree:
    """The names of a kernel tree."""

    def __init__(self, kdir: str, wanted: set, places: set):
        self.arities = {}
        self.guards = set()
        self.members = {}
        for path in self.files(kdir, sorted(places)):
            with open(path, encoding="latin-1") as file:
                self.scan(COMMENT.sub(" ", file.read()), wanted)

    @staticmethod
    def files(kdir: str, others: list):
        for place in (*PLACES, *others):
            top = os.path.join(kdir, place)
            if os.path.isfile(top):
                yield top
            for folder, _, names in os.walk(top):
                for name in names:
                    if name.endswith((".c", ".h")):
                        yield os.path.join(folder, name)

    def scan(self, text: str, wanted: set) -> None:
        self.guards.update(GUARD.findall(text))
        for match in CALL.finditer(text):
            if match[1] in wanted:
                count = arguments(text, match.end())
                self.arities.setdefault(match[1], set()).update(
                    range(count, count + 1 + left_out(text, match.end())))
        for match in STRUCT.finditer(text):
            if match[1] in wanted:
                body = text[match.end():closing(text, match.end())]
                self.members.setdefault(match[1], set()).update(re.findall(r"\w+", body))

    def has_function(self, name: str, nargs: str) -> bool:
        guard = CLASS.match(name)
        if guard:
            return guard[1] in self.guards
        counts = self.arities.get(name, set())
        return bool(counts) and (not nargs or int(nargs) in counts)

    def has_member(self, tag: str, member: str) -> bool:
        return member in self.members.get(tag, ())


def closing(text: str, at: int) -> int:
    """Where the bracket that was opened before @at is closed."""
    depth = 1
    while at < len(text) and depth:
        depth += (text[at] in "({[") - (text[at] in ")}]")
        at += 1
    return at


def arguments(text: str, at: int) -> int:
    """Number of arguments, or parameters, of the list that starts at @at."""
    inside = text[at:closing(text, at) - 1]
    while True:
        flat = re.sub(r"\([^()]*\)|\{[^{}]*\}|\[[^\[\]]*\]", "x", inside)
        if flat == inside:
            break
        inside = flat
    return 0 if inside.strip() in ("", "void") else inside.count(",") + 1


def left_out(text: str, at: int) -> int:
    """Number of parameters in that list that a configuration may not have: DECL_BUCKET_PARAMS(size, b) is one or two."""
    return sum(words.count(",") for words in
               re.findall(r"\bDECL_\w+_PARAMS\(([^()]*)\)", text[at:closing(text, at)]))


def names_of(section: str, columns: list):
    """(kind, first, second) of each thing that a row speaks of."""
    if section in ("functions", "walks", "excuses"):
        name, _, nargs = columns[0].partition("/")
        yield "function", name, nargs
        yield from (("member", *pair) for pair in MEMBER.findall(columns[1]))
    elif section == "callbacks":
        owner, _, member = columns[0].partition("/")[0].partition(".")
        yield from (("function", name, "1") for name in ASK.findall(columns[1]))
        if member.isdigit():
            yield "function", owner, ""
        else:
            yield "member", owner, member


def check(path: str, kdir: str, at: tuple) -> int:
    claimed = [(line, section, columns) for line, section, columns in rows(path)
               if section in ("functions", "callbacks", "walks", "excuses")
               and holds(columns[2], at)]
    things = [(line, thing) for line, section, columns in claimed
              for thing in names_of(section, columns)]
    quoted = {file for _, section, columns in claimed if section == "excuses"
              for file in QUOTED.findall(columns[-1])}
    tree = Tree(kdir, {first for _, (_, first, _) in things}, quoted)
    missing = 0
    for line, (kind, first, second) in things:
        found = tree.has_function if kind == "function" else tree.has_member
        if not found(first, second):
            what = f"{first}/{second}" if kind == "function" and second else \
                f"{first}.{second}" if second else first
            print(f"{os.path.basename(path)}:{line}: error: {what} does not exist in "
                  f"{kdir}, correct the row's kernels")
            missing += 1
    print(f"{len(things)} names, {missing} missing")
    return 1 if missing else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kdir", help="a kernel tree")
    parser.add_argument("version", help="which kernel that is, such as 4.12")
    parser.add_argument("--contract", default="contract/mmu_notifier.contract")
    args = parser.parse_args()
    if not os.path.isfile(os.path.join(args.kdir, "include/linux/mmu_notifier.h")):
        print(f"{args.kdir}:1:1: error: not a kernel tree, name its top folder",
              file=sys.stderr)
        return 2
    if not re.fullmatch(r"\d+\.\d+", args.version):
        print(f"{args.version}:1:1: error: no kernel version, write it as 4.12",
              file=sys.stderr)
        return 2
    try:
        return check(args.contract, args.kdir, version(args.version))
    except OSError as error:
        print(f"{args.contract}:1:1: error: cannot be read ({error.strerror}), "
              "name the contract", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
