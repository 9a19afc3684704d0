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
from tools.series.spatch import CARRY, REFUSED, examine, rewrite, spatch

CALL = re.compile(r"\bmmu_notifier_invalidate_page\s*\(")
HELPERS = {"mm/mmu_notifier.c", "include/linux/mmu_notifier.h"}
NOISE = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"', re.S)
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.S)


class Series:
    """The scratch repository, and what has been said on the way."""

    def __init__(self, tree: Path, work: Path, identity: str):
        self.tree, self.work = tree, work
        self.refused: dict[tuple[str, str], str] = {}
        self.patches: list[str] = []
        self.renamed: dict[str, str] = {}
        self.environment = dict(os.environ)
        if identity:
            name, address = re.match(r"(.*?)\s*<(.*)>$", identity).groups()
            for role in ("AUTHOR", "COMMITTER"):
                self.environment[f"GIT_{role}_NAME"] = name
                self.environment[f"GIT_{role}_EMAIL"] = address

    def git(self, *words: str, text: str = "") -> str:
        done = subprocess.run(["git", *words], cwd=self.work, input=text, text=True,
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

    def changed(self, place: str = ".") -> list[str]:
        return self.git("diff", "--name-only", "--", place).split()

    def commit(self, subject: str, body: str, place: str = ".") -> None:
        """What is changed there; no commit if nothing is."""
        names = self.changed(place)
        if not names:
            return
        people = mail.copies(self.tree, names)
        self.git("commit", "-q", "-s", "-F", "-", "--", place,
                 text=mail.message(subject, body, people))
        self.patches.append(subject)
        print(f"{len(self.patches):4} {subject}", flush=True)


# ---------------------------------------------------------------------------
# the callers

def changed_functions(series: Series, name: str) -> list[str]:
    found = re.findall(r"^@@.*?@@ .*?(\w+)\(", series.git("diff", "-U0", "--", name), re.M)
    return [f"{name}()" for name in dict.fromkeys(found)]


def callers(series: Series, names: list[str]) -> list[str]:
    return [name for name in names if name not in HELPERS
            and name.endswith((".c", ".h")) and CALL.search(series.code(name))]


def convert_callers(series: Series, names: list[str]) -> bool:
    """True if no call is left."""
    found = callers(series, names)
    for rule in ("walk", "flag", "locked"):
        series.hear(rewrite(rule, found, cwd=series.work))
    changed = series.changed()
    for name in (name for name in found if name in changed):
        series.commit(f"{mail.prefix(series.tree, name)}: "
                      "call mmu_notifier_invalidate_range() under the ptl",
                      mail.CALLER.format(why=mail.WHY, more="", functions=", ".join(
                          changed_functions(series, name))), name)
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


def told_ops(series: Series, name: str) -> list[tuple[str, list[str]]]:
    """(ops, callbacks that remain) of each ops of the file that sets invalidate_page."""
    printed = spatch(ROOT / "cocci/ops-invalidate-page.cocci", "report", [name],
                     "--no-show-diff", cwd=series.work)
    return [(ops, re.findall(r"'(\w+)'", rest)) for ops, rest in
            re.findall(r"'(\w+)' sets 'invalidate_page': (.*) \[mn-", printed)]


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


def carry_hook(series: Series, hook: str, names: list[str]) -> bool:
    """Make a hook of the architectures a hook of the range, or change nothing."""
    new = hook.replace("_page", "_range") if "_page" in hook else hook + "_range"
    users = [name for name in names if name.endswith((".c", ".h"))
             and re.search(rf"\b{hook}\b", series.code(name))]
    defines = ("-D", f"HOOK={hook}", "-D", f"RANGE_HOOK={new}")
    said = examine("hook", users, *defines, cwd=series.work)
    clash = any(re.search(rf"\b{new}\b", series.code(name)) for name in names
                if name.endswith((".c", ".h")))
    if REFUSED.search(said) or clash or "invalidate_page" not in hook:
        series.hear(said)
        return False
    rewrite("hook", users, *defines, cwd=series.work)
    realign(series, [name for name in series.changed() if name in users], new)
    series.renamed[hook] = new
    return True


def carry(series: Series, name: str, names: list[str]) -> str | None:
    """Carry over what only the callback does; the text that says so, None if it cannot."""
    hooks = [match["hook"] for match in
             CARRY.finditer(examine("ops", [name], cwd=series.work))]
    for hook in hooks:
        if not carry_hook(series, hook, names):
            series.git("checkout", "-q", ".")
            series.refuse(name, hook, f"no remaining callback does what '{hook}' does")
            return None
    if not hooks:
        return ""
    return ("\n\nOnly that callback called " + quoted(f"{h}()" for h in hooks) +
            ".\nMake it " + quoted(f"{series.renamed[h]}()" for h in hooks) +
            ", called from\ninvalidate_range_start; architectures where it was empty "
            "lose it.")


def convert_user(series: Series, name: str, names: list[str]) -> None:
    ops = told_ops(series, name)
    if not ops:
        return
    more = carry(series, name, names)
    if more is None:
        return
    before = series.code(name)
    series.hear(rewrite("ops", [name], cwd=series.work))
    series.hear(rewrite("only", [name], cwd=series.work))
    gone = [f for f in re.findall(r"\b(\w+)\(struct mmu_notifier \*", before)
            if not re.search(rf"\b{f}\b", series.code(name))]
    rest = sorted({callback for _, found in ops for callback in found})
    first = next((c for c in ("invalidate_range_start", "invalidate_range") if c in rest), "")
    remain = re.search(rf"\.{first}\s*=\s*(\w+)", series.code(name)) if first else None
    for function in gone:
        series.renamed[function] = remain[1] if remain else \
            function.replace("_page", "_range")
        realign(series, [name], series.renamed[function])
    body = mail.DRIVER if rest else mail.ONLY
    series.commit(f"{mail.prefix(series.tree, name)}: drop the callback invalidate_page"
                  if rest else
                  f"{mail.prefix(series.tree, name)}: use the callback invalidate_range",
                  body.format(why=mail.WHY, rest=quoted(rest), more=more,
                              ops=quoted(o for o, _ in ops)))


def setters(series: Series, names: list[str]) -> list[str]:
    """Files in which a struct mmu_notifier_ops sets the member."""
    return [name for name in names if name.endswith(".c") and name not in HELPERS
            and "mmu_notifier_ops" in series.code(name)
            and re.search(r"\.\s*invalidate_page\s*=", series.code(name))]


# ---------------------------------------------------------------------------
# the removal

def wrapped(comment: str) -> str:
    """Hand the last word of a line that grew over 80 columns to the next line."""
    lines = comment.split("\n")
    for number in range(len(lines) - 1):
        edge = re.match(r"\s*\*?\s*", lines[number + 1])[0]
        while len(lines[number].expandtabs(8)) > 80 and lines[number + 1] != edge:
            lines[number], word = lines[number].rsplit(" ", 1)
            lines[number + 1] = edge + word + " " + lines[number + 1][len(edge):]
    return "\n".join(lines)


def renew_mentions(series: Series, name: str) -> None:
    """Comments, and Documentation, that name what is gone name what took its place."""
    def renew(text: str) -> str:
        for old, new in sorted(series.renamed.items()):
            text = re.sub(rf"\b{old}\b", new, text)
        text = text.replace("mmu_notifier_invalidate_page(mm, address)",
                            "mmu_notifier_invalidate_range(mm, start, end)")
        text = re.sub(r"\bmmu_notifier_invalidate_page\b", "mmu_notifier_invalidate_range",
                      text)
        text = re.sub(r"->invalidate_page\b", "->invalidate_range", text)
        for new in sorted(set(series.renamed.values())):
            text = re.sub(rf"\b{new}[\s*]+and[\s*]+{new}\b", new, text)
        return text

    def renew_comment(match: re.Match) -> str:
        new = renew(match[0])
        return wrapped(new) if new != match[0] else new

    text = series.read(name)
    if name.startswith("Documentation/"):
        if "mmu_notifier" in text:
            series.write(name, renew(text))
    elif "mmu_notifier" in text:
        series.write(name, COMMENT.sub(renew_comment, text))


def remove(series: Series, names: list[str]) -> None:
    helpers = [name for name in names if name in HELPERS]
    rewrite("core", helpers, cwd=series.work)
    for name in names:
        renew_mentions(series, name)
    series.commit("mm/mmu_notifier: remove mmu_notifier_invalidate_page()",
                  mail.REMOVAL.format(why=mail.WHY, more=""))


def has_range(tree: Path) -> bool:
    header = tree / "include/linux/mmu_notifier.h"
    return header.exists() and re.search(r"\bmmu_notifier_invalidate_range\s*\(",
                                         header.read_text(errors="replace")) is not None


def convert(series: Series, names: list[str]) -> None:
    if not has_range(series.tree):
        for name in callers(series, names):
            series.refuse(name, "mmu_notifier_invalidate_page",
                          "this kernel has no mmu_notifier_invalidate_range()")
        return
    done = convert_callers(series, names)
    for name in setters(series, names):
        if done:
            convert_user(series, name, names)
        else:
            series.refuse(name, "invalidate_page",
                          "a call is left that this callback has to hear of")
    if done and not setters(series, names):
        remove(series, names)
