#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""make conversion: what the callbacks of an older tree did and those of a newer one do not.

Both trees are compiled with the plugin, whose records say what each callback and
each function that other units may call does: calls that leave the unit, hooks,
stores. Names are compared, from unit to unit as far as records go. With --records it
compares records that are there. The variables are make's: see docs/conversion.md.
"""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tools.kernel.kbuild import Tree
from tools.kernel.kernel import KEEP, Run
from tools.mnlib import PLUGIN, default_jobs, die, read_records

WORDS = {"call": "'{}()'", "hook": "the hook '{}'", "store": "a store to '{}'"}
SHOWN = 5       # of what a lost function reaches


@dataclass(frozen=True)
class Deed:
    kind: str
    name: str

    def __str__(self) -> str:
        return WORDS[self.kind].format(self.name)


class Side:
    """One tree, as its records tell it."""

    def __init__(self, records: list[dict]):
        self.tables: dict[tuple[str, str], list[dict]] = {}
        self.functions: dict[str, list[Deed]] = {}
        for record in records:
            for table in record.get("tables", []):
                self.tables[record["file"], table["name"]] = table["members"]
            for name, deeds in record.get("reach", {}).items():
                self.functions.setdefault(name, [Deed(*deed[:2]) for deed in deeds])

    def beyond(self, deeds) -> set[Deed]:
        """These, and what the functions of other units among them do."""
        seen, todo = set(), list(deeds)
        while todo:
            deed = todo.pop()
            if deed not in seen:
                seen.add(deed)
                if deed.kind == "call":
                    todo += self.functions.get(deed.name, [])
        return seen

    def does_nothing(self, deed: Deed) -> bool:
        """A function whose body is known to be empty, or to only look."""
        return deed.kind == "call" and deed.name in self.functions and not self.functions[deed.name]

    def find(self, file: str, name: str) -> list[dict] | None:
        """The table of that name, in that file or in the one it has moved to."""
        if (file, name) in self.tables:
            return self.tables[file, name]
        moved = [members for (_, other), members in self.tables.items() if other == name]
        return moved[0] if len(moved) == 1 else None


def members_text(members: list[dict]) -> str:
    return ", ".join(member["member"] for member in members)


def all_of(side: Side, members: list[dict]) -> set[Deed]:
    return side.beyond(Deed(*deed[:2]) for member in members for deed in member["does"])


def lost_lines(old: Side, new: Side, before: list[dict], after: list[dict]) -> list[str]:
    kept, lines, said = all_of(new, after), [], set()
    for member in before:
        for kind, name, file, line in member["does"]:
            deed = Deed(kind, name)
            if deed in kept or deed in said or old.does_nothing(deed):
                continue
            said.add(deed)
            lines.append(f"  lost: {deed}, {file}:{line}, of '{member['member']}'")
            further = sorted(old.beyond([deed]) - {deed}, key=str)
            alone = [str(d) for d in further if d not in kept and not old.does_nothing(d)]
            others = [str(d) for d in further if d in kept]
            for words, deeds in (("nothing else reaches it now:", alone),
                                 ("it reaches what others do as well:", others)):
                if deeds:
                    more = f" and {len(deeds) - SHOWN} more" if len(deeds) > SHOWN else ""
                    lines.append(f"        {words} {', '.join(deeds[:SHOWN])}{more}")
    return lines


def compare(old: Side, new: Side) -> int:
    lost = 0
    for (file, name), before in sorted(old.tables.items()):
        after = new.find(file, name)
        print(f"{file}: {name}")
        if after is None:
            print(f"  not in the new tree, or not compiled there; it had {members_text(before)}")
            continue
        print(f"  old: {members_text(before)}\n  new: {members_text(after)}")
        lines = lost_lines(old, new, before, after)
        print("\n".join(lines or ["  nothing lost"]))
        lost += sum(line.startswith("  lost: ") for line in lines)
    print(f"\n{len(old.tables)} structures of callbacks, lost: {lost}")
    return 1 if lost else 0


# ---------------------------------------------------------------------------
# compiling

def tree_of(word: str) -> Tree:
    env = os.environ.get
    if not env(word):
        die(f"mncheck: error: {word} is not set: make conversion OLD=<tree> NEW=<tree> "
            "[OLD_O= NEW_O=] [TARGETS=]")
    return Tree(env(word, ""), env(f"{word}_O", ""), env("ARCH", ""),
                env(f"{word}_MAKE_ARGS") or env("KERNEL_MAKE_ARGS", ""))


def compiled(tree: Tree, name: str, targets: list[str]) -> list[dict]:
    print(f"compiling {tree.kdir}: {' '.join(targets)}", flush=True)
    result = Run(tree, name, ["reach"], quiet=True).run(targets, int(
        os.environ.get("J") or default_jobs()))
    for target, why in sorted(result.failed.items()):
        print(f"not compiled: {target}: {why}")
    return result.records


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", nargs=2, metavar=("OLD", "NEW"), type=Path,
                        help="compare records that the plugin has written with 'reach'")
    args = parser.parse_args()
    if args.records:
        for path in args.records:
            if not path.exists():
                die(f"{path}:1:1: error: no such file; name a record written with record=FILE")
        return compare(*(Side(read_records(path)) for path in args.records))
    trees = [tree_of("OLD"), tree_of("NEW")]
    if not PLUGIN.exists():
        die(f"mncheck: error: {PLUGIN}: not built; run make")
    targets = os.environ.get("TARGETS", "").split()
    if not targets:
        first, second = (tree.default_targets() for tree in trees)
        targets = [target for target in first if target in second]
    if not targets:
        die("mncheck: error: nothing that both configurations build names the API; "
            "is CONFIG_MMU_NOTIFIER set in both?")
    sides = [Side(compiled(tree, f"conversion-{word}", targets))
             for tree, word in zip(trees, ("old", "new"))]
    print()
    status = compare(*sides)
    print(f"records: {KEEP}/conversion-old.jsonl, {KEEP}/conversion-new.jsonl")
    return status


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
