#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The manual pages: their options are those of the programs, the form is right; TAP.

Formatted by mandoc and by man, where these are installed; neither may have a complaint, other than of
pages that this machine does not have.
"""

import re
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.tap import Tap
from tools.mnlib import CONTRACT, GCC, LINK, REPLAY, ROOT, SPARSE, plugin_flags, rules, run

PAGES = sorted((ROOT / "man").glob("*.[17]"))
ELSEWHERE = re.compile(r"referenced manual not found|outdated mandoc\.db")


def read(name: str) -> str:
    return (ROOT / "man" / name).read_text()


def in_page(text: str, prefix: str) -> set[str]:
    """The options of a page's lists."""
    return set(re.findall(rf"^\.It {prefix}([a-z-]+)", text, re.M))


def in_help(text: str, prefix: str) -> set[str]:
    """The options of a help text: at the beginning of a line, or behind such a one and a comma."""
    lines = re.findall(rf"^  ({prefix}[a-z].*)", text, re.M)
    heads = [re.split(r"\s{2,}", line)[0] for line in lines]
    return {word for head in heads for word in re.findall(rf"(?:^|, ){prefix}([a-z-]+)", head)}


def test_options(tap: Tap, page: str, said: str, prefix: str, macro: str) -> None:
    options = in_help(said, prefix)
    text = read(page).split("\n.Sh RULES")[0]
    named = in_page(text, macro)
    tap.ok(options and named == options, f"{page}: the options are those of help",
           *(f"only in the page: {name}" for name in sorted(named - options)),
           *(f"not in the page: {name}" for name in sorted(options - named)))


def test_rules(tap: Tap) -> None:
    listed = in_page(read("mncheck.7").split("\n.Sh RULES")[1].split("\n.Sh FILES")[0], "Cm ")
    tap.ok(listed == set(rules()), "mncheck.7: the rules are those of core/rules/rules.def",
           *(f"add to its section RULES: .It Cm {rule}" for rule in rules()
             if rule not in listed),
           *(f"no such rule: {rule}" for rule in sorted(listed - set(rules()))))


def test_form(tap: Tap, path: Path) -> None:
    if shutil.which("mandoc"):
        said = run(["mandoc", "-Tlint", path])
        lines = [line for line in (said.stdout + said.stderr).splitlines()
                 if not ELSEWHERE.search(line)]
        tap.ok(not lines, f"{path.name}: mandoc -Tlint", *lines)
    else:
        tap.skip(f"{path.name}: mandoc -Tlint", "mandoc is not installed")
    if shutil.which("man"):
        done = run(["env", "LC_ALL=C.UTF-8", "MANWIDTH=80", "man", "--warnings", "-E", "UTF-8",
                    "-l", "-Tutf8", "-Z", path])
        tap.ok(done.returncode == 0 and not done.stderr, f"{path.name}: man --warnings",
               done.stderr)
    else:
        tap.skip(f"{path.name}: man --warnings", "man is not installed")


def main() -> int:
    tap = Tap()
    said = run([GCC, "-c", "-xc", "/dev/null", "-o", "/dev/null", *plugin_flags("help")]).stderr
    test_options(tap, "mncheck.7", said, "", "Cm ")
    test_options(tap, "mn-replay.1", run([REPLAY, "--help"]).stdout, "--", "Fl Fl ")
    test_options(tap, "mn-contract.1", run([CONTRACT, "--help"]).stdout, "--", "Fl Fl ")
    test_options(tap, "mncheck-link.1", run([LINK, "--help"]).stdout, "", "Fl Fl ")
    if SPARSE.exists():
        test_options(tap, "mncheck-sparse.1", run([SPARSE, "--mn-help"]).stdout, "",
                     "Fl Fl mn-")
    else:
        tap.skip("mncheck-sparse.1: the options", "mncheck-sparse is not built")
    test_rules(tap)
    for path in PAGES:
        test_form(tap, path)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
