# SPDX-License-Identifier: GPL-2.0-only
"""The steps of the conversion: callers, users of the callback, the removal.

Each step runs rules of cocci/convert/ in a scratch repository, and is one commit or
none. Which function is rewritten, and how, is the rules' alone; here is the order.
No program of its own: series.py is.
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from tools.mnlib import ROOT, die
from tools.series import series_mail as mail
from tools.series.series_comments import mentions, renew
from tools.series.series_reach import called, done_as_well
from tools.series.spatch import HOOK, REFUSED, examine, rewrite, spatch

CALL = re.compile(r"\bmmu_notifier_invalidate_page\s*\(")
HELPERS = {"mm/mmu_notifier.c", "include/linux/mmu_notifier.h"}
NOISE = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"', re.S)


def has_range(tree: Path) -> bool:
    header = tree / "include/linux/mmu_notifier.h"
    return header.exists() and re.search(r"\bmmu_notifier_invalidate_range\s*\(",
                                         header.read_text(errors="replace")) is not None


class Series:
    """The scratch repository, and what has been said on the way."""

    def __init__(self, tree: Path, work: Path, identity: str, jobs: int = 1):
        self.tree, self.work, self.jobs = tree, work, jobs
        self.ranged = has_range(tree)
        self.refused: dict[tuple[str, str], str] = {}
        self.patches: list[str] = []
        self.renamed: dict[str, str] = {}       # what lives on under another name
        self.dropped: dict[str, str] = {}       # a callback, and the one that remains
        self.gone: set[str] = set()             # hooks that nobody calls any more
        # what the cover letter lists: comments, and hooks that stay with no caller
        self.told: dict[str, list[str]] = {"renewed": [], "left": [], "idle": []}
        self.environment = dict(os.environ)
        if identity:
            name, address = re.match(r"(.*?)\s*<(.*)>$", identity).groups()
            for role in ("AUTHOR", "COMMITTER"):
                self.environment[f"GIT_{role}_NAME"] = name
                self.environment[f"GIT_{role}_EMAIL"] = address

    def git(self, *words: str, text: str = "") -> str:
        # later gits tidy up behind one's back, while the folder goes
        done = subprocess.run(["git", "-c", "maintenance.auto=false", "-c", "gc.auto=0", *words],
                              cwd=self.work, input=text, text=True,
                              capture_output=True, check=False, env=self.environment)
        if done.returncode:
            die(f"git {words[0]}: error: {done.stderr.strip()}")
        return done.stdout

    def read(self, name: str) -> str:
        return (self.work / name).read_text(errors="surrogateescape")

    def code(self, name: str) -> str:
        return NOISE.sub(" ", self.read(name))

    def write(self, name: str, text: str) -> None:
        (self.work / name).write_text(text, errors="surrogateescape")

    def hear(self, printed: str) -> None:
        """Keep what a rule said it did not rewrite; the first reason of a line counts."""
        for match in REFUSED.finditer(printed):
            self.refused.setdefault((match["file"], match["line"]), match["reason"])

    def refuse(self, name: str, word: str, reason: str) -> None:
        lines = self.read(name).split("\n")
        line = next((n for n, text in enumerate(lines, 1)
                     if re.search(rf"\b{word}\b", text)), 1)
        self.refused.setdefault((name, str(line)), reason)

    def changed(self, *places: str) -> list[str]:
        return self.git("diff", "--name-only", "--", *(places or ".")).split()

    def commit(self, subject: str, body: str, *places: str) -> None:
        """What is changed there; no commit if nothing is."""
        names = self.changed(*places)
        if not names:
            return
        people = mail.copies(self.tree, names)
        self.git("commit", "-q", "-s", "-F", "-", "--", *names,
                 text=mail.message(subject, body, people))
        self.patches.append(subject)
        print(f"{len(self.patches):4} {subject}", flush=True)


# ---------------------------------------------------------------------------
# the callers

def changed_functions(series: Series, name: str) -> list[str]:
    found = re.findall(r"^@@.*?@@ .*?(\w+)\s*\(", series.git("diff", "-U0", "--", name), re.M)
    return [f"{name}()" for name in dict.fromkeys(found)]


def callers(series: Series, names: list[str]) -> list[str]:
    return [name for name in names if name not in HELPERS
            and name.endswith((".c", ".h")) and CALL.search(series.code(name))]


def convert_callers(series: Series, names: list[str]) -> bool:
    """True if no call is left."""
    found = callers(series, names)
    for rule in ("walk", "flag", "widen", "locked"):
        series.hear(rewrite(rule, found, cwd=series.work, jobs=series.jobs))
    if not series.ranged:
        rewrite("no_range", found, cwd=series.work, jobs=series.jobs)
    changed = series.changed()
    for name in (name for name in found if name in changed):
        subject, body = mail.caller(series.ranged, changed_functions(series, name))
        series.commit(f"{mail.prefix(series.tree, name)}: {subject}", body, name)
    left = callers(series, names)
    for name in left:
        if not any(file == name for file, _ in series.refused):
            series.refuse(name, "mmu_notifier_invalidate_page",
                          "no page table lock is seen around or in front of the call")
    return not left


# ---------------------------------------------------------------------------
# the users of the callback

def quoted(words) -> str:
    words = list(words)
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else ""


def told_ops(series: Series, names: list[str]) -> dict[str, list[tuple[str, list[str]]]]:
    """(ops, callbacks that remain) of each ops that sets invalidate_page, by file."""
    printed = spatch(ROOT / "cocci/ops-invalidate-page.cocci", "report", names,
                     "--no-show-diff", cwd=series.work, jobs=series.jobs)
    told: dict[str, list[tuple[str, list[str]]]] = {}
    for name, ops, rest in re.findall(
            r"^(\S+?):\d+:.*?'(\w+)' sets 'invalidate_page': (.*) \[mn-", printed, re.M):
        told.setdefault(name, []).append((ops, re.findall(r"'(\w+)'", rest)))
    return told


def realign(series: Series, names, function: str) -> None:
    """Put continued lines of a function's renamed head under its parenthesis again."""
    def one(match: re.Match) -> str:
        lines = match[0].expandtabs(8).split("\n")
        column = lines[0].index("(") + 1
        pad = "\t" * (column // 8) + " " * (column % 8)
        return "\n".join([match[0].split("\n")[0]] +
                         [pad + line.strip() for line in lines[1:]])

    head = re.compile(rf"^[^\s#/*][^\n(;]*\b{function}\([^;{{)]*\)", re.M)
    for name in names:
        series.write(name, head.sub(one, series.read(name)))


def users_of(series: Series, hook: str, names: list[str]) -> list[str]:
    return [name for name in names if name.endswith((".c", ".h"))
            and re.search(rf"\b{hook}\b", series.code(name))]


def carry_hook(series: Series, hook: str, names: list[str]) -> bool:
    """Make a hook of the architectures a hook of the range, or change nothing."""
    new = hook.replace("_page", "_range") if "_page" in hook else hook + "_range"
    users = users_of(series, hook, names)
    defines = ("-D", f"HOOK={hook}", "-D", f"RANGE_HOOK={new}")
    said = examine("hook", users, *defines, cwd=series.work)
    if REFUSED.search(said) or users_of(series, new, names) or "invalidate_page" not in hook:
        series.hear(said)
        return False
    rewrite("hook", users, *defines, cwd=series.work)
    realign(series, [name for name in series.changed() if name in users], new)
    series.renamed[hook] = new
    return True


def carry(series: Series, name: str, hooks: list[str], names: list[str]) -> str | None:
    """Carry over what only the callback does; the text that says so, None if it cannot."""
    series.git("checkout", "-q", "--", name)
    homes = sorted({home for hook in hooks for home in users_of(series, hook, names)})
    for hook in hooks:
        if not carry_hook(series, hook, names):
            series.git("checkout", "-q", "--", name, *homes)
            series.refuse(name, hook, f"no remaining callback does what '{hook}' does")
            return None
    series.hear(rewrite("ops", [name], cwd=series.work))
    return ("\n\nOnly that callback called " + quoted(f"{h}()" for h in hooks) +
            ".\nMake it " + quoted(f"{series.renamed[h]}()" for h in hooks) +
            ", called from\ninvalidate_range_start; architectures where it was empty "
            "lose it.")


def remove_hook(series: Series, hook: str, other: str, names: list[str]) -> str:
    """A hook that nobody calls any more goes if the whole of it can; the text that says so."""
    users = users_of(series, hook, names)
    if "invalidate_page" not in hook or not users:
        return ""
    rewrite("unused", users, "-D", f"HOOK={hook}", cwd=series.work, jobs=series.jobs)
    if users_of(series, hook, users):
        series.git("checkout", "-q", "--", *users)
        return ""
    series.gone.add(hook)
    return (f"\n\nRemove {hook}(), which only that callback called: {other}() does the same "
            "for a range.")


class User:
    """A file that sets the callback: what is known of it while it is converted."""

    def __init__(self, series: Series, name: str, ops: list[tuple[str, list[str]]]):
        self.name, self.ops, self.before = name, ops, series.code(name)
        self.hooks: list[str] = []
        self.rest: list[str] = []       # what the remaining callbacks call
        self.replaced: dict[str, str] = {}
        self.places, self.more = [name], ""


def excuse_hooks(series: Series, user: User) -> None:
    """Nothing has to be carried over where the remaining callbacks come to the same."""
    for hook in [hook for hook in user.hooks if "invalidate_page" not in hook]:
        work = done_as_well(series.tree, hook, user.rest)
        if work:
            user.hooks.remove(hook)
            user.more += (f"\n\n{hook}() does no more than {quoted(f'{w}()' for w in work)}, "
                          "which the remaining callbacks come to as well.")


def convert_hooks(series: Series, user: User, names: list[str]) -> bool:
    """False if the callback has to stay."""
    excuse_hooks(series, user)
    hooks = [*user.hooks, *user.replaced]
    homes = {place for hook in hooks for place in users_of(series, hook, names)}
    if user.hooks:
        more = carry(series, user.name, user.hooks, names)
        if more is None:
            return False
        user.more += more
    for hook, other in user.replaced.items():
        more = remove_hook(series, hook, other, names)
        if not more and not called(series.tree, hook, {user.name: series.code(user.name)}):
            series.told["idle"].append(f"{hook}()")
        user.more += more
    user.places += sorted(homes - {user.name})
    return True


def commit_user(series: Series, user: User) -> None:
    name = user.name
    gone = [f for f in re.findall(r"\b(\w+)\(struct mmu_notifier \*", user.before)
            if not re.search(rf"\b{f}\b", series.code(name))]
    rest = sorted({callback for _, found in user.ops for callback in found})
    first = next((c for c in ("invalidate_range_start", "invalidate_range") if c in rest), "")
    remain = re.search(rf"\.{first}\s*=\s*(\w+)", series.code(name)) if first else None
    for function in gone:
        if remain:
            series.dropped[function] = remain[1]
        else:
            series.renamed[function] = function.replace("_page", "_range")
            realign(series, [name], series.renamed[function])
    prefix = mail.prefix(series.tree, name)
    body = mail.DRIVER if rest else mail.ONLY
    series.commit(f"{prefix}: drop the callback invalidate_page" if rest else
                  f"{prefix}: use the callback invalidate_range",
                  body.format(why=mail.why(series.ranged), rest=quoted(rest), more=user.more,
                              ops=quoted(o for o, _ in user.ops)), *user.places)


def some_go_deaf(series: Series, told) -> bool:
    """Whether an ops has no other callback and cannot have one: it would hear of nothing."""
    alone = {name: [ops for ops, rest in found if not rest] for name, found in told.items()}
    alone = {name: found for name, found in sorted(alone.items()) if found}
    if series.ranged:
        said = examine("only", list(alone), cwd=series.work) if alone else ""
        series.hear(said)
        return bool(REFUSED.search(said))
    for name, found in alone.items():
        series.refuse(name, found[0], f"'{found[0]}' has no other callback, and this kernel has "
                      "no invalidate_range")
    return bool(alone)


def convert_users(series: Series, names: list[str], told) -> None:
    """All files go through a rule at once; a hook of one of them is looked at by itself."""
    users = {name: User(series, name, ops) for name, ops in sorted(told.items())}
    said = rewrite("ops", list(users), cwd=series.work, jobs=series.jobs)
    series.hear(said)
    for match in HOOK.finditer(said):
        user = users[match["file"]]
        if match["what"] == "carry":
            user.hooks.append(match["hook"])
            user.rest += match["rest"].split()
        else:
            user.replaced[match["hook"]] = match["other"]
    converted = [user for user in users.values() if convert_hooks(series, user, names)]
    series.hear(rewrite("only", [user.name for user in converted], cwd=series.work,
                        jobs=series.jobs))
    for user in converted:
        commit_user(series, user)


def setters(series: Series, names: list[str]) -> list[str]:
    """Files in which a struct mmu_notifier_ops sets the member."""
    return [name for name in names if name.endswith(".c") and name not in HELPERS
            and "mmu_notifier_ops" in series.code(name)
            and re.search(r"\.\s*invalidate_page\s*=", series.code(name))]


# ---------------------------------------------------------------------------
# the removal

def remove(series: Series, names: list[str]) -> None:
    helpers = [name for name in names if name in HELPERS]
    rewrite("core", helpers, cwd=series.work)
    for name in names:
        renew(series, name)
    series.commit("mm/mmu_notifier: remove mmu_notifier_invalidate_page()",
                  mail.REMOVAL.format(why=mail.why(series.ranged)))
    for name in names:
        series.told["left"] += mentions(series, name)


def convert(series: Series, names: list[str]) -> None:
    told = told_ops(series, setters(series, names))
    if some_go_deaf(series, told):
        for name in callers(series, names):
            series.refuse(name, "mmu_notifier_invalidate_page",
                          "a user of the callback would hear of nothing any more")
        return
    done = convert_callers(series, names)
    if done:
        convert_users(series, names, told)
    for name in [] if done else setters(series, names):
        series.refuse(name, "invalidate_page",
                      "a call is left that this callback has to hear of")
    if done and not setters(series, names):
        remove(series, names)
