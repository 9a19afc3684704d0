#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""make kernel-patch: mncheck as parts of a kernel's tree, as a patch series.

The few files of the tree that change are copied into a git repository of their own;
each step of the series is one commit there, and the commits are written as one mbox for
git am. The tree is only read. The cover letter has no diff, and git am stops at such
a mail, so that it is a file beside: OUT.cover.
"""

import argparse
import bisect
import os
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tools.kernel_patch import kernel_patch_mail as words
from tools.kernel_patch import rest
from tools.mnlib import ROOT, die, run
from tools.series import series_mail as mail
from tools.series.series import check_identity, copy_files
from tools.series.series_steps import Series

PLUGIN = "scripts/gcc-plugins/mmu_notifier_plugin"
RULES = "scripts/coccinelle/mmu_notifier"
PAGE = "Documentation/dev-tools/mmu-notifier-plugin.rst"
PARTS = ROOT / "kernel-patch"
CHANGED = ["MAINTAINERS", "scripts/gcc-plugins/Kconfig", "scripts/gcc-plugins/Makefile",
           "scripts/Makefile.gcc-plugins", "Documentation/dev-tools/index.rst"]


# ---------------------------------------------------------------------------
# what is added, and where

def insert(series: Series, name: str, anchor: str, text: str, before: bool) -> None:
    """At the last place that matches, which every kernel has that this is for."""
    old = series.read(name)
    found = list(re.finditer(anchor, old, re.M))
    if not found:
        die(f"{series.tree / name}: error: no line here matches '{anchor}'; "
            "this tree's GCC plugins are not built as mncheck knows it (5.10 to 7.2)")
    at = found[-1].start() if before else found[-1].end()
    series.write(name, old[:at] + text + old[at:])


def add(series: Series, folder: str, files: list[Path]) -> None:
    """Copies; two folders of the project become one here."""
    for source in files:
        name = f"{folder}/{source.name}"
        if (series.work / name).exists():
            die(f"{source}:1:1: error: {name} exists already; rename this file")
        (series.work / name).parent.mkdir(parents=True, exist_ok=True)
        series.write(name, source.read_text())


def sources(folder: str) -> list[Path]:
    """Not the programs of core/tools/, which have a main() of their own."""
    return [path for pattern in ("*.c", "*.h", "*.def")
            for path in sorted((ROOT / folder).glob(f"**/{pattern}"))
            if "tools" not in path.relative_to(ROOT).parts]


def objects(series: Series) -> str:
    """The list of a Makefile, wrapped as people wrap it."""
    names = sorted(path.stem + ".o" for path in (series.work / PLUGIN).glob("*.c"))
    lines, line = [], "\t"
    for name in names:
        if len((line + name).expandtabs(8)) > 76:
            lines.append(line + "\\")
            line = "\t"
        line += name + " "
    return "\n".join([*lines, line.rstrip()])


def add_engine(series: Series) -> None:
    add(series, PLUGIN, sources("core"))


def add_contract(series: Series) -> None:
    done = run([sys.executable, ROOT / "tools/build/embed_contract.py", "--in-tree",
                ROOT / "contract/mmu_notifier.contract"])
    if done.returncode:
        die(done.stderr.strip())
    series.write(f"{PLUGIN}/contract_text.c", done.stdout)


def add_plugin(series: Series) -> None:
    add(series, PLUGIN, sources("gcc-plugin"))
    insert(series, "scripts/gcc-plugins/Makefile", r"^# foo-objs := .*\n",
           (PARTS / "Makefile").read_text().replace("@OBJECTS@", objects(series)), False)
    insert(series, "scripts/Makefile.gcc-plugins",
           r"^# All the plugin CFLAGS are collected here",
           (PARTS / "Makefile.gcc-plugins").read_text(), True)
    insert(series, "scripts/gcc-plugins/Kconfig", r"^endif\b",
           (PARTS / "Kconfig").read_text(), True)


def add_rules(series: Series) -> None:
    add(series, RULES, sorted([*(ROOT / "cocci").glob("*.cocci"),
                               *(ROOT / "cocci/drivers").glob("*.cocci")]))


def add_maintainers(series: Series) -> None:
    """Where the alphabet has it."""
    entry = (PARTS / "MAINTAINERS").read_text()
    who = re.match(r"(.*>)", series.git("var", "GIT_AUTHOR_IDENT"))[1]
    text = series.read("MAINTAINERS")
    heads = list(re.finditer(r"^(?![A-Z]:)(\S.*)\n[A-Z]:\t", text, re.M))
    if not heads:
        die(f"{series.tree / 'MAINTAINERS'}: error: no entry is found here")
    next_one = bisect.bisect([head[1] for head in heads[:-1]], entry.split("\n")[0])
    at = heads[next_one].start()
    series.write("MAINTAINERS", text[:at] + entry.replace("@IDENTITY@", who) + text[at:])


def add_page(series: Series) -> None:
    text = (ROOT / "docs/rules.md").read_text().split("\n", 1)[1]
    text = text.replace("`contract/mmu_notifier.contract`", f"`{PLUGIN}/contract_text.c`")
    page = (PARTS / "mmu-notifier-plugin.rst").read_text()
    series.write(PAGE, page.replace("@RULES@", rest.from_markdown(text)))
    insert(series, "Documentation/dev-tools/index.rst", r"^   sparse\n",
           f"   {Path(PAGE).stem}\n", False)
    add_maintainers(series)


class Step(NamedTuple):
    do: Callable[[Series], None]
    subject: str
    body: str
    folder: str         # whose maintainers get a copy


STEPS = [
    Step(add_engine, "gcc-plugins: mmu_notifier: add the engine of a checker",
         words.ENGINE, "scripts/gcc-plugins/"),
    Step(add_contract, "gcc-plugins: mmu_notifier: add the contract of the kernel's functions",
         words.CONTRACT, "scripts/gcc-plugins/"),
    Step(add_plugin, "gcc-plugins: add a checker for the MMU notifiers",
         words.PLUGIN, "scripts/gcc-plugins/"),
    Step(add_rules, "coccinelle: add rules for the MMU notifiers",
         words.RULES, "scripts/coccinelle/"),
    Step(add_page, "Documentation: dev-tools: describe the MMU notifier checker",
         words.PAGE, "Documentation/dev-tools/"),
]


def commit(series: Series, step: Step) -> None:
    step.do(series)
    series.git("add", "-A")
    series.git("commit", "-q", "-s", "-F", "-", text=mail.message(
        step.subject, step.body, mail.copies(series.tree, [step.folder])))
    series.patches.append(step.subject)
    print(f"{len(series.patches):4} {step.subject}", flush=True)


# ---------------------------------------------------------------------------
# the tree, and the mails

def check_tree(tree: Path) -> None:
    if not all((tree / name).exists() for name in ("Kbuild", "MAINTAINERS", "mm")):
        die(f"{tree}: error: this is no kernel tree; give its top as KDIR=")
    makefile = tree / "scripts/gcc-plugins/Makefile"
    if not makefile.exists():
        die(f"{tree}: error: this kernel has no GCC plugins; 5.10 to 7.2 have")
    if "plugin-multi" not in makefile.read_text():
        die(f"{makefile}: error: this kernel builds no plugin of several files; "
            "5.10 and later do")
    for name in CHANGED:
        if not (tree / name).exists():
            die(f"{tree / name}: error: not there; give a whole kernel tree as KDIR=")
    if (tree / PLUGIN).exists() or \
            "GCC_PLUGIN_MMU_NOTIFIER" in (tree / CHANGED[1]).read_text():
        die(f"{tree}: error: the series is applied already; give a tree without it")


def check_out(out: Path) -> None:
    """Asked before the work is done; nothing is left there."""
    if out.exists() and not out.is_file():
        die(f"{out}: error: this is no file; give the name of one as OUT=")
    try:
        with tempfile.TemporaryFile(dir=out.parent):
            pass
    except OSError as error:
        die(f"{out}: error: cannot be written ({error.strerror}); give another OUT=")


def letters(series: Series) -> tuple[str, str]:
    """Cover letter and mbox."""
    with tempfile.TemporaryDirectory(prefix="kernel-patch-") as folder:
        series.git("format-patch", "-q", "--cover-letter", "--no-attach", "-o", folder,
                   f"-{len(series.patches)}")
        cover, *patches = [path.read_text(errors="surrogateescape")
                           for path in sorted(Path(folder).glob("*.patch"))]
    cover = cover.replace("*** SUBJECT HERE ***", STEPS[2].subject)
    return cover.replace("*** BLURB HERE ***", words.COVER), "".join(patches)


def write_whole(path: Path, text: str) -> None:
    """Written whole or not at all."""
    new = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        new.write_text(text, errors="surrogateescape")
        new.replace(path)
    except OSError as error:
        die(f"{path}: error: cannot be written ({error.strerror}); give another OUT=")
    finally:
        new.unlink(missing_ok=True)


def make_series(tree: Path, identity: str) -> tuple[str, str]:
    with tempfile.TemporaryDirectory(prefix="kernel-patch-") as work:
        series = Series(tree, Path(work), identity)
        copy_files(series, CHANGED)
        for step in STEPS:
            commit(series, step)
        return letters(series)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("tree", type=Path, help="the kernel tree; it is only read")
    parser.add_argument("out", type=Path, help="the mbox that is written")
    parser.add_argument("--identity", default="",
                        help="'Name <address>' in place of git's configuration")
    options = parser.parse_args()
    check_tree(options.tree)
    check_out(options.out)
    check_identity(options.identity)
    try:
        cover, mbox = make_series(options.tree.resolve(), options.identity)
    except OSError as error:
        die(f"{error.filename}: error: {error.strerror}; nothing is written")
    write_whole(options.out.with_name(options.out.name + ".cover"), cover)
    write_whole(options.out, mbox)
    print(f"{len(STEPS)} patches in {options.out}, their cover letter in "
          f"{options.out.name}.cover")
    return 0


if __name__ == "__main__":
    sys.exit(main())
