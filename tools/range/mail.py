# SPDX-License-Identifier: GPL-2.0-only
"""The mail about a range, as the robots that test kernels write theirs. No program of its own.

Who sends it adds the Reported-by: and may change whatever there is. Commands that reproduce it work
in an empty folder, on the machine that wrote it.
"""

import hashlib
import shlex
from email.utils import formataddr
from pathlib import Path

from tools.kernel.kbuild import Tree
from tools.mnlib import GCC, MNCHECK, finding_lines, plugin_flags, run
from tools.range.builds import Builds
from tools.range.history import History
from tools.range.search import New


def grouped(found: list[New]) -> dict[tuple[str, ...], list[New]]:
    """By what adds them, in the order of the history."""
    groups: dict[tuple[str, ...], list[New]] = {}
    for new in found:
        groups.setdefault(tuple(new.commits), []).append(new)
    return groups


def one_line(finding: dict) -> str:
    return f"{finding['file']}:{finding['line']}:{finding['col']}: warning: {finding['text']} [mn-{finding['rule']}]"


def header(history: History, found: list[New]) -> list[str]:
    groups = grouped(found)
    branch = history.need("rev-parse", "--abbrev-ref", history.text.split("..")[1] or "HEAD").strip() or "HEAD"
    where = f"{history.kdir.name}:{branch}"
    numbers = [history.number(commits[0]) for commits in groups if len(commits) == 1]
    place = f"[{where} {numbers[0]}]" if len(numbers) == len(groups) == 1 else f"[{where}]"
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    authors = sorted({tuple(history.words(commit, "%aN%n%aE").split("\n")) for commits in groups for commit in commits})
    return [f"To: {', '.join(map(formataddr, authors))}", f"Subject: {place} {one_line(found[0].finding)}{more}",
            "MIME-Version: 1.0", "Content-Type: text/plain; charset=UTF-8", "Content-Transfer-Encoding: 8bit", ""]


def table(history: History, tree: Tree, options: list[str]) -> list[str]:
    config = (tree.out / ".config").read_bytes()
    compiler = run([GCC, "--version"]).stdout.splitlines()
    return [f"tree:     {history.kdir}",
            f"base:     {history.title(history.base)}",
            f"head:     {history.title(history.head)}",
            f"commits:  {len(history.commits)}",
            f"config:   {tree.out}/.config (sha256 {hashlib.sha256(config).hexdigest()[:16]})",
            f"compiler: {compiler[0] if compiler else GCC}",
            f"checker:  {run([MNCHECK, '--version']).stdout.strip() or 'mncheck'}"
            + (f", with {' '.join(options)}" if options else "")]


def reproduce(builds: Builds, found: list[New], options: list[str]) -> list[str]:
    history, tree = builds.history, builds.user
    targets = sorted({builds.target_at(new.unit, new.unit.source) for new in found})
    words = [word for word in builds.tree.make() if word not in ("-C", str(builds.tree.kdir))
             and not word.startswith("O=")]
    given = [word.removeprefix("KCFLAGS=") for word in words if word.startswith("KCFLAGS=")]
    make = shlex.join([words[0], "O=build"] + [word for word in words[1:] if not word.startswith("KCFLAGS=")])
    flags = " ".join(given + plugin_flags(*options))
    return ["reproduce:",
            f"        git clone -q --shared --no-checkout {shlex.quote(str(history.kdir))} linux",
            "        cd linux",
            f"        git checkout -q {history.head}",
            "        mkdir build",
            f"        cp {shlex.quote(str(tree.out / '.config'))} build/.config",
            f"        {make} olddefconfig",
            f"        {make} prepare",
            f"        {make} KCFLAGS={shlex.quote(flags)} {shlex.join(targets)}"]


def culprit(history: History, commits: tuple[str, ...], how: str) -> list[str]:
    if len(commits) == 1:
        return [f"commit:   {history.title(commits[0])} [{history.number(commits[0])}]",
                *([f"          {how}"] if how else []),
                "",
                "If you fix the issue in a separate patch/commit (i.e. not just a new version of",
                "the same patch/commit), kindly add following tags",
                "| Reported-by: ",
                f"| Fixes: {history.title(commits[0])}"]
    return ["commit:   one of these; of some that touch the file it does not compile", *(
        f"          {history.title(commit)} [{history.number(commit)}]" for commit in commits)]


def mail(builds: Builds, found: list[New], options: list[str], notes: list[str]) -> str:
    history = builds.history
    lines = header(history, found) + table(history, builds.user, options)
    for commits, group in grouped(found).items():
        lines += ["", *culprit(history, commits, group[0].how), "",
                  "All warnings (new ones prefixed by >>):", ""]
        for new in group:
            lines += [*marked(new.finding, builds.tree.kdir), ""]
    lines += ["", *reproduce(builds, found, options), "", *notes]
    return "\n".join(lines).rstrip() + "\n"


def marked(finding: dict, top: Path) -> list[str]:
    """The finding with its steps and their source lines."""
    line = one_line(finding)
    return [(">> " if text == line else "   ") + text for text in finding_lines(finding, top)]
