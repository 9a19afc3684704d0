#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""mncheck range: the findings that a range of commits adds, as a mail; docs/report.md.

The head's units are compiled, then those of the base that had a finding at the head, then
commits between, to see which one adds a finding. Installed, it is mncheck-range in libexec/mncheck/, with the
modules that it needs beside it.
"""

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOP = HERE if (HERE / "tools").is_dir() else HERE.parents[1]
sys.path.insert(0, str(TOP))
sys.dont_write_bytecode = True     # where it is installed, nothing but its files

USAGE = """\
usage: mncheck range BASE..HEAD [KDIR=DIR] [O=DIR] [VARIABLE=VALUE]...
The findings that the commits of a range add, each with its commit, as a mail.

  KDIR=DIR               the kernel's git repository; default: the current folder
  O=DIR                  a configured build folder of it, for .config; default: KDIR
  J=N                    jobs at a time; default: all processors
  RULES=LIST             only these rules, or all but some: RULES=-range-unlocked
  PLUGIN_ARGS=LIST       more options of the plugin
  GCC=PROGRAM            the compiler that the plugin was built for; default: gcc
  ARCH=, CROSS_COMPILE=  as for the kernel
  KERNEL_MAKE_ARGS=LIST  more words for the kernel's make
  TMPDIR=DIR             where the clone and its objects go; default: /tmp
  --help                 print this
  --version              print mncheck's version

Exit status: 0, nothing is new; 1, something is; 2, bad input, or a commit that does not compile.
"""
VARIABLES = set(re.findall(r"\b([A-Z_]+)(?==)", USAGE)) - {"VARIABLE"}


def refuse(text: str) -> None:
    print(f"mncheck: error: range: {text}", file=sys.stderr)
    sys.exit(2)


def program() -> str:
    """mncheck itself, which knows its version: beside this one, or in bin/ of an installation."""
    place = Path(__file__).absolute().parent
    return str(HERE.parents[1] / "bin/mncheck" if TOP == HERE else (TOP / "build" if place.name == "range" else place) / "mncheck")


def read_words(words: list[str]) -> str:
    """The range; the variables go where make would put them. mnlib reads them when it is loaded."""
    ranges = []
    for name in VARIABLES - {"TMPDIR"}:
        os.environ.pop(name, None)      # of another make
    for word in words:
        name, is_variable, value = word.partition("=")
        if word in ("--help", "-h"):
            print(USAGE, end="", flush=True)
            sys.exit(0)
        if word == "--version":
            os.execv(program(), [program(), "--version"])
        if is_variable and name in VARIABLES:
            os.environ[name] = value
        elif word.startswith("-") or is_variable and name.isupper():
            refuse(f"{word}: no such option or variable; see mncheck range --help")
        else:
            ranges.append(word)
    if len(ranges) != 1:
        refuse("one range, BASE..HEAD; see mncheck range --help")
    place = Path(__file__).absolute().parent
    if TOP == HERE:
        os.environ["MNCHECK_INSTALLED"] = str(HERE.parents[1])
    elif place.name != "range":
        os.environ["BUILD"] = str(place)
    return ranges[0]


def drive(builds, searches: list) -> None:
    """Run searches side by side, so that what they ask at one commit is compiled together."""
    waiting = {}
    for search in searches:
        advance(search, waiting)
    while waiting:
        commit = next(iter(waiting.values()))[1]
        asked = {search: unit for search, (unit, at) in waiting.items() if at == commit}
        builds.compile(commit, sorted(set(asked.values()), key=lambda unit: unit.source), "commit")
        for search in asked:
            advance(search, waiting)


def advance(search, waiting: dict) -> None:
    waiting.pop(search, None)
    try:
        waiting[search] = next(search)
    except StopIteration:
        pass


def find_new(builds, units: list) -> list:
    """The new findings, each with its commits."""
    from tools.range.search import New, Search  # pylint: disable=import-outside-toplevel
    history, search = builds.history, Search(builds, units)
    builds.compile(history.head, units, "head")
    having: dict[tuple, list] = {}
    for unit in units:
        for finding in builds.known(unit, history.head).findings():
            having.setdefault((finding["file"], finding["fingerprint"]), []).append(New(finding, unit))
    builds.compile(history.base, sorted({new.unit for news in having.values() for new in news},
                                        key=lambda unit: unit.source), "base")
    answers: dict[int, object] = {}

    def ask(new):
        answers[id(new)] = yield from search.present(new, history.base)

    drive(builds, [ask(new) for news in having.values() for new in news])
    found = [news[0] for news in having.values()
             if not any(answers[id(new)] or answers[id(new)] is None for new in news)]
    drive(builds, [search.culprit(new) for new in found])
    found.sort(key=lambda new: ([history.commits.index(commit) for commit in new.commits], new.finding["file"],
                                new.finding["line"], new.finding["col"]))
    return found


def notes_of(builds, selection) -> tuple[list[str], bool]:
    """What was not looked at, counted; and is that so because a commit does not compile?"""
    history, notes = builds.history, []
    for unit in selection.units:
        if builds.known(unit, history.head).unbuilt:
            selection.unseen[unit.source] = "this configuration does not build it"
    broken: dict[tuple, list[str]] = {}
    for one in (one for ones in builds.done.values() for one in ones if one.error):
        number = history.commits.index(one.commit) + 1 if one.commit in history.parents else 0
        broken.setdefault((number, one.commit, one.error), []).append(one.source)
    for (number, commit, error), names in sorted(broken.items()):
        where = f"commit {number}/{len(history.commits)}" if number else "the base"
        notes.append(f"not looked at: {', '.join(sorted(names))} at {where}, {history.title(commit)}, "
                     f"{'does' if len(names) == 1 else 'do'} not compile: {error}")
    for why in sorted(set(selection.unseen.values())):
        names = sorted(name for name, reason in selection.unseen.items() if reason == why)
        notes.append(f"not looked at: {', '.join(names)}: {why}")
    if selection.ways:
        notes.append(f"{', '.join(selection.ways)}: changed, too; what that means for files that did not change was not looked at")
    if selection.silent:
        notes.append(f"{selection.silent} more units include a changed header, and do not name the API")
    for unit in selection.units:
        notes += [f"{record['file']}: {text}" for record in builds.known(unit, history.head).records
                  for text in record["trouble"]]
    count = sum(map(len, broken.values())) + len(selection.unseen)
    if count:
        notes.append(f"not looked at: {count} in all")
    return notes, bool(broken)


def report(text: str) -> int:
    from tools.kernel.kbuild import Tree, need_plain  # pylint: disable=import-outside-toplevel
    from tools.kernel.kernel import jobs_asked, plugin_options
    from tools.mnlib import PLUGIN, die
    from tools.range.builds import Builds, Selection
    from tools.range.history import History
    from tools.range.mail import mail
    env = os.environ.get
    make_args = env("KERNEL_MAKE_ARGS", "")
    for name in ("ARCH", "CROSS_COMPILE"):
        make_args += f" {name}={env(name)}" if env(name) else ""
    history = History(Path(env("KDIR") or ".").resolve(), text)
    tree = Tree(str(history.kdir), env("O", ""), env("ARCH", ""), make_args)
    if not PLUGIN.exists():
        die(f"mncheck: error: {PLUGIN}: not built; run make")
    options = plugin_options(os.environ)
    tree.need_notifiers()
    tree.need_same_config()
    tree.need_gcc(options)
    folder = Path(tempfile.mkdtemp(prefix="mncheck-range-"))
    try:
        need_plain("TMPDIR", str(folder))
        builds = Builds(history, tree, folder, options, jobs_asked())
        selection = Selection(builds)
        found = find_new(builds, selection.units)
        notes, broken = notes_of(builds, selection)
        counts = (f"{len(history.commits)} commits, {len(selection.units)} files, "
                  f"{builds.compilations} compilations")
        if found:
            builds.checkout(history.head)
            print(mail(builds, found, options, [*notes, f"mncheck: range: {counts}"]), end="")
        else:
            print("; ".join([f"mncheck: range: {text}: nothing new: {counts}", *notes]))
        sys.stdout.flush()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 2 if broken else 1 if found else 0


def main() -> int:
    try:
        text = read_words(sys.argv[1:])
    except OSError as error:
        refuse(f"the output cannot be written: {error.strerror}")
    from tools.mnlib import start  # pylint: disable=import-outside-toplevel
    start(lambda: report(text))
    return 0


if __name__ == "__main__":
    main()
