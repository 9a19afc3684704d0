# SPDX-License-Identifier: GPL-2.0-only
"""Which findings a range adds, and which commit adds each.

A finding is known by its file and its fingerprint, as for mncheck diff; besides, a file, or a
function, may have another name, or place, at an older commit. The search along the history halves
it, as git bisect does, and goes into the branch of a merge that has the finding. No program of its own.
"""

import re
from dataclasses import dataclass, field

from tools.range.builds import Builds, Compiled, Unit, builds_with


@dataclass
class New:
    """A finding of the head that the base has not."""
    finding: dict
    unit: Unit
    commits: list[str] = field(default_factory=list)    # one that adds it, or several where some do not compile
    how: str = ""


def shape(finding: dict, old: str, new: str) -> list[tuple]:
    """What a finding says, with one name in place of another."""
    def say(text: str) -> str:
        return re.sub(rf"\b{re.escape(old)}\b", new, text)

    return [(finding["rule"], finding["id"], say(finding["text"]), finding["fingerprint"].rsplit(":", 1)[1])] + [
        (event["kind"], say(event["text"])) for event in finding["events"]]


class Search:
    """Asks for units at commits by yielding (unit, commit); Builds.known() has the answer then."""

    def __init__(self, builds: Builds, units: list[Unit]):
        self.builds, self.history, self.units = builds, builds.history, units

    # -- the same finding ---------------------------------------------------------

    def same(self, finding: dict, there: Compiled) -> bool:
        """Is this finding of the head in a unit as it was?"""
        names = self.history.known_as(finding["file"])
        for old in there.findings():
            if old["file"] in names and (old["fingerprint"] == finding["fingerprint"] or
                                         self.renamed(finding, old, there.commit)):
                return True
        return False

    def renamed(self, finding: dict, old: dict, commit: str) -> bool:
        """The function of @old is no more, that of @finding was not yet, and they say the same."""
        history, was, now = self.history, old["func"], finding["func"]
        return bool(was and now and was != now) and shape(old, was, now) == shape(finding, now, now) and \
            not history.mentions(commit, old["file"], now) and \
            not history.mentions(history.head, finding["file"], was)

    def homes(self, finding: dict, commit: str) -> list[Unit]:
        """Units that had its function at a commit, where the unit of the finding had not, and have it no more."""
        history, func = self.history, finding["func"]
        own = history.name_at(commit, finding["file"])
        if not func or own and history.mentions(commit, own, func):
            return []
        names = set(history.known_as(finding["file"]))
        return [Unit(name, "") for name in history.touched
                if name.endswith(".c") and name not in names and history.mentions(commit, name, func)
                and not history.mentions(history.head, name, func)]

    def present(self, new: New, commit: str):
        """Return: True, False, or None where it does not compile."""
        there = yield from self.ask(new.unit, commit)
        if there.error:
            return None
        if self.same(new.finding, there):
            return True
        for unit in self.homes(new.finding, commit):
            moved = yield from self.ask(unit, commit)
            if any(old["fingerprint"] == new.finding["fingerprint"] for old in moved.findings()):
                return True
        return False

    def ask(self, unit: Unit, commit: str):
        if not self.builds.known(unit, commit):
            yield unit, commit
        return self.builds.known(unit, commit)

    # -- the commit that adds it ------------------------------------------------------

    def culprit(self, new: New):
        """Walk down from the head: halve the first parents, and go on in a branch that has it."""
        at = self.history.head
        while True:
            chain = self.history.first_parents(at)
            self.history.read_changes(chain)
            suspects = yield from self.halve(new, chain)
            if len(suspects) != 1:
                new.commits = suspects
                return
            at = suspects[0]
            branch = yield from self.branch_with(new, at)
            if not branch:
                new.commits = [at]
                return
            if branch not in self.history.parents:
                new.commits, new.how = [at], "a merge: the finding comes from a commit before the base"
                return
            at = branch

    def branch_with(self, new: New, merge: str):
        """Another parent than the first that has the finding."""
        for parent in self.history.parents[merge][1:]:
            if (yield from self.present(new, parent)):
                return parent
        return ""

    def halve(self, new: New, chain: list[str]):
        """@chain: the youngest first, which has it; the last one is before the range.
        Return: the commits of which one adds it, the oldest first."""
        bad, good = 0, len(chain) - 1
        if (yield from self.present(new, chain[good])):
            return self.merges(chain)
        unknown: set[int] = set()
        while True:
            # what touches nothing of the unit is no suspect, and need not be compiled
            while bad + 1 < good and not self.touches(new, chain, bad):
                bad += 1
            inside = [i for i in range(bad + 1, good) if i not in unknown and self.touches(new, chain, i)]
            if not inside:
                return [chain[i] for i in range(good - 1, bad - 1, -1) if i == bad or i in unknown]
            at = inside[len(inside) // 2]
            answer = yield from self.present(new, chain[at])
            if answer is None:
                unknown.add(at)
            elif answer:
                bad = at
            else:
                good = at

    def merges(self, chain: list[str]) -> list[str]:
        """It was there before the range, and not at the base: the merge that takes in the base's side."""
        found = [commit for commit in chain[:-1] if len(self.history.parents[commit]) > 1]
        return found[-1:] or chain[-2:-1]

    def touches(self, new: New, chain: list[str], i: int) -> bool:
        """Does this commit change anything that the unit read, wherever it was compiled?"""
        inputs = set(self.history.known_as(new.unit.source))
        for one in self.builds.done.get(new.unit, []):
            inputs |= one.inputs
        changed = self.history.changed(chain[i], chain[i + 1])
        return bool(changed & inputs) or any(builds_with(name, new.unit.source) for name in changed)
