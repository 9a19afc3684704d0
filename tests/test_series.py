#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The test of make series, end to end, on testcases/tree: does the series apply with
git am, does every prefix of it compile, is nothing left, and is a tree with a call that
cannot be rewritten left alone where that call needs it? Prints TAP."""

import re
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.tap import Tap
from tools.mnlib import CC, ROOT, run

TREE = ROOT / "testcases/tree"
SOMEONE = "A Test <test@example.org>"
LEFT = re.compile(r"\b(__)?mmu_notifier_invalidate_page\b|\bkvm\w*_invalidate_page\b")
RANGE, PAGE = "kvm_mmu_notifier_invalidate_range_start", "kvm_mmu_notifier_invalidate_page"
COMMENTS = f"/* {RANGE} and\n * {PAGE} unmap. */\n/* a mmu_notifier and mmu_notifier */\n"
STUCK = """
void flush_one(struct mm_struct *mm, unsigned long address)
{
	mmu_notifier_invalidate_page(mm, address);
}
"""


def series(tree: Path, out: Path):
    return run([sys.executable, ROOT / "tools/series/series.py", "--identity", SOMEONE, tree, out])


def git(tree: Path, *words):
    return run(["git", "-c", "user.name=A Test", "-c", "user.email=test@example.org",
                *words], cwd=tree)


def compile_all(tree: Path, patch: Path) -> str:
    names = re.findall(r"^\+\+\+ b/(\S+\.c)$", patch.read_text(), re.M)
    return "".join(run([*CC, "-O2", "-Wall", "-Werror", "-Iinclude", "-S", name, "-o",
                        "/dev/null"], cwd=tree).stderr for name in names)


def test_applies(tap: Tap, work: Path) -> None:
    tree, out = work / "tree", work / "out"
    shutil.copytree(TREE, tree)
    with open(tree / "virt/kvm/kvm_main.c", "a") as file:
        file.write(COMMENTS)
    done = series(tree, out)
    patches = sorted(out.glob("[0-9]*.patch"))[1:]
    tap.ok(done.returncode == 0 and bool(patches), f"{len(patches)} patches", done.stderr)
    tap.ok((out / "report.txt").read_text() == "", "everything is rewritten", done.stdout)
    test_comments(tap, patches)
    git(tree, "init", "-q")
    git(tree, "add", "-A")
    git(tree, "commit", "-q", "-m", "the tree")
    for patch in patches:
        done = git(tree, "am", "-q", patch)
        why = done.stderr or compile_all(tree, patch)
        tap.ok(done.returncode == 0 and not why, f"git am, and compile, {patch.name}", why)
    left = [str(path.relative_to(tree)) for folder in ("arch", "drivers", "fs", "include",
                                                       "mm", "virt", "Documentation")
            for path in (tree / folder).rglob("*")
            if path.is_file() and LEFT.search(path.read_text())]
    tap.ok(not left, "no mention is left", "\n".join(left))
    done = series(tree, work / "again")
    tap.ok(not list((work / "again").glob("*.patch")), "a second run changes nothing",
         done.stdout)


def test_comments(tap: Tap, patches: list[Path]) -> None:
    """A mention of both callbacks becomes one; other comments stay."""
    added = "".join(line[1:] + "\n" for patch in patches
                    for line in patch.read_text().splitlines() if line[:1] == "+")
    tap.ok(f"{RANGE} unmap. */" in added and PAGE not in added, "two mentions become one", added)
    tap.ok("a mmu_notifier" not in added, "another comment stays", added)


def test_stuck(tap: Tap, work: Path) -> None:
    tree, out = work / "stuck", work / "stuck-out"
    shutil.copytree(TREE, tree)
    with open(tree / "mm/ksm.c", "a") as file:
        file.write(STUCK)
    done = series(tree, out)
    said = (out / "report.txt").read_text()
    tap.ok("mm/ksm.c:" in said and "no page table lock is seen" in said,
         "a call with no lock is reported", done.stdout)
    subjects = "\n".join(re.findall(r"^Subject: (.*)$", "".join(
        path.read_text() for path in out.glob("*.patch")), re.M))
    tap.ok("drop the callback" not in subjects and "KVM" not in subjects,
         "no callback is dropped while a call is left", subjects)


def main() -> int:
    tap = Tap()
    with tempfile.TemporaryDirectory() as work:
        test_applies(tap, Path(work))
        test_stuck(tap, Path(work))
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
