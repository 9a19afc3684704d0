# SPDX-License-Identifier: GPL-2.0-only
"""The words of a patch series: subject prefix, message, and who gets a copy.

Prefixes come from the files' own history where the tree has one, else from
their paths; people come from get_maintainer.pl, or from MAINTAINERS where a tree
has no such script, or one that does not run. No program of its own.
"""

import os
import re
import textwrap
from collections import Counter
from fnmatch import fnmatch
from pathlib import Path

from tools.mnlib import run

WHY = """\
There is no right place to call mmu_notifier_invalidate_page() from: some
of its users sleep, which they may not under the page table lock, and
behind the unlock another CPU may have filled the entry again.  It is
replaced by {instead}."""

RANGE = """\
mmu_notifier_invalidate_range() under the lock, inside a region that
mmu_notifier_invalidate_range_start() and _end() mark around it"""

REGION = """\
a region that mmu_notifier_invalidate_range_start() and _end() mark
around the lock"""

CALLER = """\
{why}

Do so in {functions}.  {users} now hear of each change."""

DRIVER = """\
{why}

Nobody calls the callback invalidate_page any more: each change is now
told by {rest}, which {ops} has.{more}"""

ONLY = """\
{why}

invalidate_page was the only callback of {ops} that hears of a change.
Make it invalidate_range, which like it is called under the page table
lock; it is also called when a region ends.{more}"""

REMOVAL = """\
{why}

Nobody calls mmu_notifier_invalidate_page(), and no struct
mmu_notifier_ops sets invalidate_page.  Remove the helper, the inline
functions and the member."""

COVER = """\
{why}

The first patches convert the callers, one file each.  Then every user
of the callback drops it, and last the function itself goes.  Each
prefix of the series builds."""

RENEWED = """

These comments name what was renamed, or named a callback beside the one
that remains; lines are those behind the last patch:

"""

LEFT = """

These texts name what is gone.  They are left alone, since they may not
hold for what took its place; lines are those behind the last patch:

"""

IDLE = """

No file but those that define them calls these hooks any more.  They stay,
as their names hold nothing of the callback; 4.13 left them as well:

"""


def why(ranged: bool) -> str:
    """What takes the place of the call; a kernel before 3.19 has no invalidate_range."""
    return WHY.format(instead=RANGE if ranged else REGION)


def caller(ranged: bool, functions: list[str]) -> tuple[str, str]:
    """The subject, without its prefix, and the message of a caller's patch."""
    subject = "call mmu_notifier_invalidate_range() under the ptl" if ranged else \
        "mark an mmu_notifier region around the ptl"
    users = "Users of start and end" + ", and users of invalidate_range alone," * ranged
    return subject, CALLER.format(why=why(ranged), functions=", ".join(functions), users=users)


def lists(told: dict[str, list[str]]) -> str:
    """What the cover letter says of comments, and of hooks that are left with no caller."""
    return "".join(head + "\n".join(f"  {place}" for place in told[which])
                   for which, head in (("renewed", RENEWED), ("left", LEFT), ("idle", IDLE))
                   if told[which])


def from_path(path: str) -> str:
    """'drivers/xen/gntdev.c' -> 'xen/gntdev', 'virt/kvm/kvm_main.c' -> 'KVM'."""
    parts = Path(path).with_suffix("").parts
    if "kvm" in parts:
        return "KVM"
    return "/".join(parts[1:] if parts[0] == "drivers" else parts)


def from_history(tree: Path, path: str) -> str:
    """The prefix that most of the file's last 50 subjects have; '' with no history."""
    done = run(["git", "log", "-50", "--no-merges", "--format=%s", "--", path], cwd=tree)
    if done.returncode or not (tree / ".git").exists():
        return ""
    found = Counter(match[1] for match in
                    re.finditer(r"^((?:[\w/.,+-]+: ?)*[\w/.,+-]+):\s", done.stdout, re.M))
    best = found.most_common(1)
    return best[0][0] if best and best[0][1] >= 2 else ""


def prefix(tree: Path, path: str) -> str:
    return from_history(tree, path) or from_path(path)


def matches(pattern: str, path: str) -> bool:
    """F: patterns: a trailing slash means all below it."""
    if pattern.endswith("/"):
        return path.startswith(pattern)
    return fnmatch(path, pattern) and pattern.count("/") == path.count("/") \
        or path.startswith(pattern + "/")


def from_maintainers(tree: Path, paths) -> list[str]:
    """For trees with no get_maintainer.pl: M:, R: and L: of the sections that match."""
    file = tree / "MAINTAINERS"
    people = []
    for section in re.split(r"\n\s*\n", file.read_text(errors="replace")
                            if file.exists() else ""):
        entries = re.findall(r"^([A-Z]):\s*(.*)$", section, re.M)
        if any(key == "F" and matches(value, path)
               for key, value in entries for path in paths):
            people += [value.split(" (")[0] for key, value in entries if key in "MRL"]
    return people


def copies(tree: Path, paths) -> list[str]:
    """Cc: lines for a patch of these files, each once, in the script's order."""
    script = tree / "scripts/get_maintainer.pl"
    people = []
    # two sections of one file come in the order of Perl's hashes, which is another each time
    fixed = {**os.environ, "PERL_HASH_SEED": "0", "PERL_PERTURB_KEYS": "0"}
    for path in paths:
        done = run(["perl", script, "--no-git", "--no-git-fallback", "--no-rolestats",
                    "-f", path], cwd=tree, env=fixed)
        if done.returncode:     # no such script, or one that this Perl no longer takes
            return list(dict.fromkeys(from_maintainers(tree, paths)))
        people += [line.strip() for line in done.stdout.splitlines() if "@" in line]
    return list(dict.fromkeys(people))


def fill(body: str) -> str:
    return "\n\n".join(textwrap.fill(paragraph, 72, break_long_words=False,
                                     break_on_hyphens=False)
                       for paragraph in body.split("\n\n"))


def message(subject: str, body: str, people: list[str]) -> str:
    trailer = "".join(f"Cc: {who}\n" for who in people)
    return f"{subject}\n\n{fill(body)}\n\n{trailer}"
