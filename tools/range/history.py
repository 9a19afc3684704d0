# SPDX-License-Identifier: GPL-2.0-only
"""A range of commits: what is in it, what it touches, and the files at each of them.

git does everything; the user's repository is only read. Names of files are those of
the tree, as git has them. No program of its own.
"""

import functools
import os
import re
import subprocess
from pathlib import Path

from tools.mnlib import die

# what a hook, or another git, leaves there would name another repository
PLAIN = {**{k: v for k, v in os.environ.items() if not k.startswith("GIT_")},
         "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}


def git(folder: Path, *words: str) -> subprocess.CompletedProcess:
    return subprocess.run(["git", "-C", str(folder), "-c", "core.quotepath=off", *words], env=PLAIN,
                          capture_output=True, text=True, errors="replace", check=False)


def names(text: str) -> list[str]:
    return [name for name in text.split("\0") if name]


class History:
    """BASE..HEAD of the repository whose top is @kdir."""

    def __init__(self, kdir: Path, text: str):
        self.kdir = kdir
        self.text = text
        self.differing: dict[tuple[str, str], set[str]] = {}    # commit, parent: files
        done = git(kdir, "rev-parse", "--show-toplevel")
        if done.returncode:
            die(f"mncheck: error: KDIR={kdir}: not a git repository; range needs the kernel's own")
        if Path(done.stdout.strip()).resolve() != kdir:
            die(f"mncheck: error: KDIR={kdir}: its repository is that of {done.stdout.strip()}; "
                "give the top directory of a kernel")
        self.base, self.head = self.ends(text)
        listed = self.need("rev-list", "--topo-order", "--reverse", "--parents",
                           f"{self.base}..{self.head}").splitlines()
        self.parents = {line.split()[0]: line.split()[1:] for line in listed}
        self.commits = list(self.parents)
        if not self.commits:
            die(f"mncheck: error: {text}: no commit is in this range")

    def need(self, *words: str) -> str:
        done = git(self.kdir, *words)
        if done.returncode:
            die(f"mncheck: error: git {words[0]}: {(done.stderr.strip().splitlines() or ['failed'])[-1]}")
        return done.stdout

    def ends(self, text: str) -> tuple[str, str]:
        """The two commits of BASE..HEAD, the older one an ancestor of the other."""
        match = re.fullmatch(r"([^-].*?)\.\.([^.].*)?", text)
        if not match or "..." in text:
            die(f"mncheck: error: {text}: not a range; write BASE..HEAD")
        found = []
        for name in (match[1], match[2] or "HEAD"):
            done = git(self.kdir, "rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}")
            if done.returncode:
                die(f"mncheck: error: {text}: '{name}' is no commit of {self.kdir}")
            found.append(done.stdout.strip())
        if git(self.kdir, "merge-base", "--is-ancestor", *found).returncode:
            both = git(self.kdir, "merge-base", *found).stdout.split()
            die(f"mncheck: error: {text}: {match[1]} is no ancestor of {match[2] or 'HEAD'}; "
                + (f"their merge base is {both[0][:12]}" if both else "they have no commit in common"))
        return found[0], found[1]

    # -- what is there -----------------------------------------------------------

    @functools.lru_cache(maxsize=64)
    def files(self, commit: str) -> dict[str, str]:
        """Each file of a commit, and what identifies its content."""
        found = {}
        for entry in names(self.need("ls-tree", "-r", "-z", commit)):
            what, name = entry.split("\t", 1)
            found[name] = what.split()[2]
        return found

    @functools.lru_cache(maxsize=256)
    def content(self, commit: str, name: str) -> str:
        """Empty where it has no such file."""
        return self.need("cat-file", "blob", f"{commit}:{name}") if name in self.files(commit) else ""

    def mentions(self, commit: str, name: str, word: str) -> bool:
        return bool(re.search(rf"\b{re.escape(word)}\b", self.content(commit, name)))

    @functools.cached_property
    def touched(self) -> list[str]:
        """Files that the two ends do not have alike: what is put right again within is the same."""
        return sorted(names(self.need("diff", "--name-only", "--no-renames", "-z", self.base, self.head)))

    def added_text(self, name: str) -> str:
        """The lines of a file that the range adds."""
        text = self.need("diff", "--no-ext-diff", "--no-textconv", "-U0", self.base, self.head, "--", name)
        return "\n".join(re.findall(r"^\+(?!\+\+)(.*)", text, re.M))

    @functools.cached_property
    def renames(self) -> dict[str, set[str]]:
        """The names that a file had before, by git's own judgement of what is a rename."""
        older: dict[str, set[str]] = {}
        pairs = self.pairs("diff", "-M", self.base, self.head)
        pairs += self.pairs("log", "--format=", "--no-show-signature", "-M", f"{self.base}..{self.head}")
        for old, new in pairs:
            older.setdefault(new, set()).add(old)
        return older

    def pairs(self, *words: str) -> list[tuple[str, str]]:
        found = names(self.need(*words, "--diff-filter=R", "--name-status", "-z"))
        return list(zip(found[1::3], found[2::3]))

    def known_as(self, name: str) -> list[str]:
        """This name first, then those it had before."""
        found = [name]
        for one in found:
            found += sorted(self.renames.get(one, set()) - set(found))
        return found

    def name_at(self, commit: str, name: str) -> str:
        """What a file of the head is called there; empty where it is not there."""
        return next((one for one in self.known_as(name) if one in self.files(commit)), "")

    # -- from commit to commit -----------------------------------------------------

    def read_changes(self, chain: list[str]) -> None:
        """What each commit of a chain changes, by one call of git: a chain may be long."""
        pairs = [pair for pair in zip(chain, chain[1:]) if pair not in self.differing]
        done = subprocess.run(["git", "-C", str(self.kdir), "-c", "core.quotepath=off", "diff-tree", "-r",
                               "--no-renames", "--name-only", "--stdin"], env=PLAIN, text=True, errors="replace",
                              input="".join(f"{commit} {parent}\n" for commit, parent in pairs), capture_output=True, check=False)
        if done.returncode:
            die(f"mncheck: error: git diff-tree: {done.stderr.strip()}")
        parents = dict(pairs)
        self.differing.update({pair: set() for pair in pairs})
        for line in done.stdout.splitlines():
            if line in parents:
                now = self.differing[line, parents[line]]
            else:
                now.add(line)

    def changed(self, commit: str, parent: str) -> set[str]:
        return self.differing.get((commit, parent), set())

    # -- words about a commit --------------------------------------------------------

    def words(self, commit: str, form: str) -> str:
        return self.need("log", "-1", "--no-show-signature", f"--format={form}", commit).strip()

    def title(self, commit: str) -> str:
        """As Fixes: has it."""
        return self.words(commit, "%H")[:12] + f' ("{self.words(commit, "%s")}")'

    def number(self, commit: str) -> str:
        return f"{self.commits.index(commit) + 1}/{len(self.commits)}"

    def first_parents(self, commit: str) -> list[str]:
        """From @commit back to the first one that is in the range no more, which is the last."""
        found = [commit]
        while found[-1] in self.parents and self.parents[found[-1]]:
            found.append(self.parents[found[-1]][0])
        return found
