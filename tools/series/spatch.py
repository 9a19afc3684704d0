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

from tools.mnlib import ROOT, die, in_parallel, run

CONVERT = ROOT / "cocci/convert"
REFUSED = re.compile(r"^(?P<file>\S+?):(?P<line>\d+): not rewritten: (?P<reason>.*)$", re.M)
# what ops.cocci says of a hook that only the callback called
HOOK = re.compile(r"^(?P<what>carry|replaced): (?P<file>\S+?):(?P<line>\d+): (?P<hook>\w+) "
                  r"(?P<other>\w+)(?P<rest>( \w+)*)$", re.M)

PASSED_OVER = re.compile(r"^EXN: (?P<reason>.*) in (?P<file>\S+)$", re.M)


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


def python_error(stderr: str, reason: str) -> str:
    """The last line of the traceback, which spatch prints in front of its own words."""
    last = [line for line in stderr.split(f"EXN: {reason}")[0].splitlines()
            if re.match(r"\w+(\.\w+)*(:|$)", line)]
    return last[-1] if last and "Python" in reason else reason


def die_if_passed_over(rule: Path, stderr: str) -> None:
    """A file in which a rule fails is left out by spatch, whose status is 0 all the same."""
    passed = [f"{match['file']}: error: {rule.name} failed on this file: "
              f"{python_error(stderr, match['reason'])}; correct the rule, "
              "nothing was concluded of the file" for match in PASSED_OVER.finditer(stderr)]
    if passed:
        die("\n".join(passed))


def run_spatch(rule: Path, mode: str, files, more, cwd, more_env) -> str:
    with tempfile.NamedTemporaryFile("w", suffix=".groups") as groups:
        groups.write("".join(f"{name}\n\n" for name in files))
        groups.flush()
        # its own search for Python may start others on the way
        done = run(["spatch", "-D", mode, "--very-quiet", "--python", sys.executable,
                    "--cocci-file", rule, *options(rule), *more, "--file-groups", groups.name],
                   cwd=cwd, env={**environment(), **more_env})
    die_if_passed_over(rule, done.stderr)
    if done.returncode:
        die(f"{rule}: error: spatch failed on {', '.join(map(str, files))}: "
            f"{done.stderr.strip()}")
    return done.stdout


def spatch(rule: Path, mode: str, files, *more: str, cwd=None, more_env=None,
           jobs: int = 1) -> str:
    """What spatch prints for these files, each taken by itself, in @jobs runs at once."""
    shares = [share for share in (files[number::jobs] for number in range(jobs)) if share]
    return "".join(in_parallel(
        lambda share: run_spatch(rule, mode, share, more, cwd, more_env or {}), shares, jobs))


def rewrite(name: str, files, *more: str, cwd, jobs: int = 1) -> str:
    """Run cocci/convert/NAME.cocci on the files in place; what its rules print."""
    return spatch(CONVERT / f"{name}.cocci", "patch", files, "--in-place",
                  "--no-show-diff", *more, cwd=cwd, jobs=jobs)


def examine(name: str, files, *more: str, cwd) -> str:
    """The same with nothing changed."""
    return spatch(CONVERT / f"{name}.cocci", "report", files, "--no-show-diff", *more,
                  cwd=cwd)
