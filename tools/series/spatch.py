# SPDX-License-Identifier: GPL-2.0-only
"""Running spatch on chosen files, and reading what the rules print.

What every script that uses cocci/ shares. No program of its own.
"""

from __future__ import annotations

import functools
import os
import re
import sys
import tempfile
from pathlib import Path

from tools.mnlib import ROOT, die, run

CONVERT = ROOT / "cocci/convert"
REFUSED = re.compile(r"^(?P<file>\S+?):(?P<line>\d+): not rewritten: (?P<reason>.*)$", re.M)
CARRY = re.compile(r"^carry: (?P<file>\S+?):(?P<line>\d+): (?P<hook>\w+) (?P<callback>\w+)$",
                   re.M)


@functools.cache
def environment() -> dict[str, str]:
    """Debian 11's spatch takes a symbolic link beside Python's library for Python's home."""
    home = {"PYTHONHOME": "/usr"} if run(["spatch", "--version"]).stdout.startswith(
        "spatch version 1.1.0 ") else {}
    return {**home, **os.environ}


def options(rule: Path) -> list[str]:
    """The words of the rule's Options: line, as coccicheck reads them."""
    match = re.search(r"^// Options:(.*)$", rule.read_text(), re.M)
    return match[1].split() if match else []


def spatch(rule: Path, mode: str, files, *more: str, cwd=None) -> str:
    """What spatch prints for these files, each taken by itself, in one run."""
    if not files:
        return ""
    with tempfile.NamedTemporaryFile("w", suffix=".groups") as groups:
        groups.write("".join(f"{name}\n\n" for name in files))
        groups.flush()
        # its own search for Python may start others on the way
        done = run(["spatch", "-D", mode, "--very-quiet", "--python", sys.executable,
                    "--cocci-file", rule, *options(rule), *more, "--file-groups", groups.name],
                   cwd=cwd, env=environment())
    if done.returncode:
        die(f"{rule}: error: spatch failed on {', '.join(map(str, files))}: "
            f"{done.stderr.strip()}")
    return done.stdout


def rewrite(name: str, files, *more: str, cwd) -> str:
    """Run cocci/convert/NAME.cocci on the files in place; what its rules print."""
    return spatch(CONVERT / f"{name}.cocci", "patch", files, "--in-place",
                  "--no-show-diff", *more, cwd=cwd)


def examine(name: str, files, *more: str, cwd) -> str:
    """The same with nothing changed."""
    return spatch(CONVERT / f"{name}.cocci", "report", files, "--no-show-diff", *more,
                  cwd=cwd)
