#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""make series: take a tree off mmu_notifier_invalidate_page(), as a patch series.

The files that name it are copied into a git repository of their own; the rules of
cocci/convert/ rewrite them there, step by step, and each step is one commit:
the callers first, one file each, then each user of the callback, the removal last.
The tree itself is only read. What a rule cannot rewrite with certainty stays as
it is and is reported, and the steps that rest on it are left out.
"""

import argparse
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tools.mnlib import default_jobs, die, run, start
from tools.series import series_mail as mail
from tools.series.series_steps import Series, convert


def candidates(tree: Path) -> list[str]:
    """Every text that names invalidate_page; what git ignores is left out."""
    kinds = ["*.[chS]", "*.txt", "*.rst"]
    done = run(["git", "grep", "--untracked", "-lIF", "invalidate_page", "--", *kinds], cwd=tree) \
        if (tree / ".git").exists() else None
    if not done or done.returncode > 1:
        # bytes are compared, not characters
        done = run(["grep", "-rlIF", *(f"--include={kind}" for kind in kinds),
                    "--exclude-dir=.git", "invalidate_page", "."], cwd=tree,
                   env={**os.environ, "LC_ALL": "C"})
    return sorted(name.removeprefix("./") for name in done.stdout.split("\n") if name)


def copy_files(series: Series, names: list[str]) -> None:
    for name in names:
        target = series.work / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(series.tree / name, target)
        shutil.copymode(series.tree / name, target)
    series.git("init", "-q")
    # as the kernel's own .gitattributes: a label is not the head of a function
    (series.work / ".git/info/attributes").write_text("*.[ch] diff=cpp\n")
    series.git("add", "-A")
    series.git("commit", "-q", "-m", "the tree")


def write_patches(series: Series, out: Path) -> None:
    """Everything in a folder beside, which is moved to @out when it is complete."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".series-", dir=out) as fresh:
        fill(series, Path(fresh))
        for old in [*out.glob("[0-9][0-9][0-9][0-9]-*.patch"), out / "report.txt"]:
            old.unlink(missing_ok=True)
        for path in Path(fresh).iterdir():
            path.replace(out / path.name)
    print((out / "report.txt").read_text(), end="")


def fill(series: Series, out: Path) -> None:
    if series.patches:
        count = len(series.patches)
        series.git("format-patch", "-q", "--cover-letter", f"-{count}", "-o",
                   str(out.resolve()))
        cover = out / "0000-cover-letter.patch"
        text = cover.read_text()
        text = text.replace("*** SUBJECT HERE ***",
                            "mm: remove mmu_notifier_invalidate_page()")
        blurb = mail.COVER.format(why=mail.why(series.ranged)) + mail.lists(series.told)
        cover.write_text(text.replace("*** BLURB HERE ***", blurb))
    lines = [f"{name}:{line}: not rewritten: {reason}\n" for (name, line), reason in
             sorted(series.refused.items(), key=lambda r: (r[0][0], int(r[0][1])))]
    (out / "report.txt").write_text("".join(lines))


def check_identity(identity: str) -> None:
    if identity:
        if not re.match(r".+<.+@.+>$", identity):
            die(f"--identity: error: '{identity}' is no 'Name <address>'")
    elif run(["git", "var", "GIT_AUTHOR_IDENT"]).returncode:
        die("git: error: no author is known; set user.name and user.email with git config")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("tree", type=Path, help="the kernel tree; it is only read")
    parser.add_argument("out", type=Path, help="where the patches are written")
    parser.add_argument("--identity", default="",
                        help="'Name <address>' in place of git's configuration")
    parser.add_argument("--jobs", type=int, default=default_jobs(),
                        help="how many spatch run at once")
    options = parser.parse_args()
    if not (options.tree / "MAINTAINERS").exists():
        die(f"{options.tree}: error: this is no kernel tree; give its top as KDIR=")
    check_identity(options.identity)
    names = candidates(options.tree)
    with tempfile.TemporaryDirectory(prefix="series-") as work:
        series = Series(options.tree.resolve(), Path(work), options.identity,
                        max(options.jobs, 1))
        copy_files(series, names)
        convert(series, names)
        write_patches(series, options.out)
    print(f"{len(series.patches)} patches in {options.out}, "
          f"{len(series.refused)} places not rewritten")
    return 0


if __name__ == "__main__":
    start(main)
