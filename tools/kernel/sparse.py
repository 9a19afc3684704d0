#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""make sparse: check targets of a configured kernel with mncheck-sparse.

kbuild runs the checker as it runs sparse itself, with C=2: it is called for each
source of the targets, and what is up to date is not compiled again. The variables are
make's and those of make kernel; ARCH=arm64 LLVM=1 needs no cross GCC.
"""

import os
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tools.kernel.kbuild import Tree
from tools.kernel.kernel import CRASH, KEEP, Result, Run, exit_status, jobs_asked, print_unchecked, result_name
from tools.mnlib import SPARSE, die, start, table

STEP = re.compile(r"^\s+CHECK +(\S+\.c)$")
UNREAD = re.compile(r"^mncheck: note: (\S+): \d+ functions? not checked: [^:]*: (.*)$")


class SparseRun(Run):
    """One run of kbuild with the checker."""
    steps = STEP

    def __init__(self, tree: Tree, name: str, options: list[str], quiet: bool = False):
        super().__init__(tree, name, [], quiet)
        self.checker = [str(SPARSE), f"--mn-record={self.record}", "--mn-seconds"]
        self.checker += [f"--mn-{option}" for option in options]
        self.unread: dict[str, set[str]] = {}       # file: functions not checked

    def command(self, targets: list[str], jobs: int) -> list[str]:
        # one argument of make's: kbuild hands it to a shell
        return self.tree.make("-k", f"-j{jobs}", "--no-print-directory", "C=2",
                              "CHECK=" + " ".join(self.checker), *targets)

    def read_line(self, line: str) -> None:
        unread = UNREAD.match(line)
        if unread:
            self.unread[self.tree.relative(unread[1])] = set(unread[2].split(", "))
            self.say(line)
        elif line.startswith("mncheck: error:"):
            die(line)
        elif CRASH.search(line):
            self.result.crashes.append(line)
        else:
            super().read_line(line)

    def source_of(self, step: str) -> str:
        return self.tree.relative(step)

    def is_unplugged(self, step: str) -> bool:
        """It says that it calls the checker."""
        return False

    def functions_unread(self) -> int:
        return sum(len(names) for names in self.unread.values())


def kernel_tree() -> Tree:
    """The tree that make's variables name."""
    env = os.environ.get
    make_args = env("KERNEL_MAKE_ARGS", "")
    for name in ("ARCH", "CROSS_COMPILE", "LLVM"):
        if env(name):
            make_args += f" {name}={env(name)}"
    if not SPARSE.exists():
        die(f"mncheck: error: {SPARSE}: not built; run make, which says what is missing")
    tree = Tree(env("KDIR", ""), env("O", ""), env("ARCH", ""), make_args)
    tree.need_notifiers()
    tree.need_writable()
    return tree


def chosen_targets(tree: Tree) -> list[str]:
    targets = os.environ.get("TARGETS", "").split() or tree.default_targets()
    if not targets:
        die(f"mncheck: error: {tree.kdir}: nothing that this configuration builds names "
            "the API; is CONFIG_MMU_NOTIFIER set?")
    return targets


def print_failures(result: Result) -> None:
    for target, error in sorted(result.failed.items()):
        print(f"not checked: {target}: {error}")
    for line in result.crashes:
        print(f"crashed: {line}")


def main() -> int:
    tree = kernel_tree()
    targets = chosen_targets(tree)
    options = os.environ.get("SPARSE_ARGS", "").split()
    if os.environ.get("RULES"):
        options.append(f"rules={os.environ['RULES']}")
    name = result_name(f"{tree.kdir.name}-sparse")

    print(f"checking {tree.kdir} ({tree.out}): {' '.join(targets)}", flush=True)
    run = SparseRun(tree, name, options)
    result = run.run(targets, jobs_asked())
    print_failures(result)
    print()
    print(table(result.records, result.compiled, result.seconds))
    print()
    print_unchecked(run)
    print(f"functions that sparse cannot read: {run.functions_unread()}")
    print(f"records: {KEEP / name}.jsonl   output: {KEEP / name}.log")
    return exit_status(result)


if __name__ == "__main__":
    start(main)
