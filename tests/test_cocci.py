#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The tests of cocci/: testcases/cocci/README.md says how a case is written.

A rule that reports has to print what the case announces on its line, and nothing
else, in the modes report and org, and the same lines in mode context. A rule that
rewrites has to turn NAME.c into NAME.out, or leave it as it is where there is no
NAME.out; run on its own result it has to change nothing. A rule of drivers/ does both,
and the plugin has to find in NAME.c what the rule found, and in the result nothing of the
kind. All cases of a rule go through one spatch, as all files of a kernel do. Prints TAP.
"""

import itertools
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.tap import Tap
from tools.mnlib import (CC, ROOT, in_parallel, include_flags, parse_diagnostics, plain_output,
                         plugin_flags, run)
from tools.series.coccicheck import rules
from tools.series.spatch import REFUSED, spatch

CASES = ROOT / "testcases/cocci"
EXPECT = re.compile(r"/\* (?P<kind>warn\([\w-]+\)|not rewritten|not checked): (?P<text>.*?) \*/")
REPORT = re.compile(r"^(?P<file>[^:\s]+):(?P<line>\d+):[\d-]+: (?P<text>.*)$", re.M)
ORG = re.compile(r"^\* TODO \[\[view:(?P<file>.*?)::.*?::linb=(?P<line>\d+)::", re.M)
# the header of a file's diff, and a line that is marked
MARK = re.compile(r"^(?:--- (?P<file>.*)|-.*)$", re.M)
ARGUMENTS = re.compile(r"^ \* spatch: (.*)$", re.M)
KERNEL = re.compile(r"^ \* kernel: (.*)$", re.M)

BROKEN = """virtual report
@r@
position p;
@@
g@p(...)

@script:python@
p << r.p;
@@
if p[0].line == "4":
    raise ValueError("no such line")
"""

MAKEFILE = """export KERNELVERSION = 4.9.0
coccicheck:
	@spatch -D $(MODE) --very-quiet $(if $(filter patch,$(MODE)),,--no-show-diff) \
		--cocci-file $(COCCI) --dir . 2>$(DEBUG_FILE)
"""


def expected(text: str) -> set[tuple[int, str]]:
    """(line, words) of each expectation; the words of a warning end in its rule."""
    found = set()
    for number, line in enumerate(text.split("\n"), 1):
        for match in EXPECT.finditer(line):
            rule = re.match(r"warn\((.*)\)", match["kind"])
            found.add((number, match["text"] + (f" [mn-{rule[1]}]" if rule else "")))
    return found


def difference(want: set, have: set) -> str:
    return "\n".join([f"missing: line {line}: {text}" for line, text in sorted(want - have)] +
                     [f"not announced: line {line}: {text}" for line, text in
                      sorted(have - want)])


def marked_files(diff: str) -> set[str]:
    """The files with a line that mode context marks."""
    marked, file = set(), ""
    for match in MARK.finditer(diff):
        file = match["file"] or file
        if not match["file"]:
            marked.add(file)
    return marked


def arguments(case: Path) -> list[str]:
    return [word for line in ARGUMENTS.findall(case.read_text()) for word in line.split()]


def kernel(case: Path) -> dict[str, str]:
    """What the make of the kernel exports that the case says it is of."""
    return {"KERNELVERSION": "".join(KERNEL.findall(case.read_text()))}


def test_report(rule: Path, cases: list[Path], files: list[Path]) -> list[str]:
    """For each case '' if the rule says of its file what the case expects, else why not."""
    report, org, context = in_parallel(
        lambda words: spatch(rule, words[0], files, *words[1:], more_env=kernel(cases[0])), [
            ("report", "--no-show-diff"), ("org", "--no-show-diff"), ("context",)])
    marked, wrong = marked_files(context), []
    for case, file in zip(cases, files):
        want = expected(case.read_text())
        have = {(int(m["line"]), re.sub(r"^not checked: ", "", m["text"]))
                for m in REPORT.finditer(report) if m["file"] == str(file)}
        why = difference(want, have)
        lines = {int(m["line"]) for m in ORG.finditer(org) if m["file"] == str(file)}
        if lines != {line for line, _ in want}:
            why += f"\nmode org: lines {sorted(lines)}"
        if "not checked" not in case.read_text() and (str(file) in marked) != bool(want):
            why += "\nmode context differs"
        wrong.append(why)
    return wrong


def rewritten(rule: Path, cases: list[Path], copies: list[Path]) -> tuple:
    """What the rule says when it rewrites the copies, their text then, and after a second run."""
    words = ["--in-place", "--no-show-diff", *arguments(cases[0])]
    said = spatch(rule, "patch", copies, *words, more_env=kernel(cases[0]))
    once = [copy.read_text() for copy in copies]
    spatch(rule, "patch", copies, *words, more_env=kernel(cases[0]))
    return said, once, [copy.read_text() for copy in copies]


def difference_of_texts(case: Path, text: str, first: str, second: str) -> str:
    out, why = case.with_suffix(".out"), ""
    if first != (out.read_text() if out.exists() else text):
        why += f"\nnot the text of {out.name}" if out.exists() else "\nit was changed"
    return why + "\na second run changes it again" * (second != first)


def test_convert(rule: Path, cases: list[Path]) -> list[str]:
    with tempfile.TemporaryDirectory() as work:
        copies = [Path(shutil.copy(case, work)) for case in cases]
        said, once, twice = rewritten(rule, cases, copies)
    wrong = []
    for case, copy, first, second in zip(cases, copies, once, twice):
        have = {(int(m["line"]), m["reason"]) for m in REFUSED.finditer(said)
                if m["file"] == str(copy)}
        wrong.append(difference(expected(case.read_text()), have) +
                     difference_of_texts(case, case.read_text(), first, second))
    return wrong


def found_by_plugin(case: Path, text: str) -> tuple[int, str]:
    """How many findings of the rule a text has that stands in for the case, and why it does not compile."""
    done = run([*CC, "-O2", "-S", "-xc", "-", "-o", "/dev/null", *plain_output(), *plugin_flags(),
                *include_flags(case.relative_to(ROOT))], cwd=ROOT, input=text)
    found = [one for one in parse_diagnostics(done.stderr) if one.rule == case.parent.name]
    return len(found), f"\nit does not compile: {done.stderr}" if done.returncode else ""


def test_driver(rule: Path, cases: list[Path]) -> list[str]:
    """The expectations are taken out first: a comment behind a lock is a reason to leave it alone."""
    with tempfile.TemporaryDirectory() as work:
        copies = [Path(work) / case.name for case in cases]
        texts = [re.sub(rf" *{EXPECT.pattern}", "", case.read_text()) for case in cases]
        for copy, text in zip(copies, texts):
            copy.write_text(text)
        wrong = test_report(rule, cases, copies)
        _, once, twice = rewritten(rule, cases, copies)
    for number, (case, text) in enumerate(zip(cases, texts)):
        wrong[number] += difference_of_texts(case, text, once[number], twice[number])
        wanted = len(expected(case.read_text()))
        (before, why), (after, why_after) = (found_by_plugin(case, one) for one in (text, once[number]))
        wrong[number] += why + why_after
        if wanted and (before < wanted or after):
            wrong[number] += f"\nthe plugin finds {before} before, and {after} after"
    return wrong


def run_cases(cases: list[Path]) -> list[str]:
    folder = cases[0].parent
    rule = ROOT / "cocci" / folder.relative_to(CASES).with_suffix(".cocci")
    tests = {"convert": test_convert, "drivers": test_driver}
    if folder.parent.name in tests:
        return tests[folder.parent.name](rule, cases)
    return test_report(rule, cases, cases)


def in_one_run(case: Path) -> tuple:
    return case.parent, arguments(case), kernel(case)["KERNELVERSION"]


def test_python_error(tap: Tap) -> None:
    """A file that spatch passes over since the Python of a rule fails on it is no success."""
    with tempfile.TemporaryDirectory() as work:
        rule, good, bad = (Path(work) / name for name in ("rule.cocci", "good.c", "bad.c"))
        rule.write_text(BROKEN)
        good.write_text("void f(void)\n{\n\tg(1);\n}\n")
        bad.write_text("void f(void)\n{\n\n\tg(1);\n}\n")
        done = run([sys.executable, "-c", "import sys; from tools.series.spatch import spatch; "
                    "from pathlib import Path; "
                    "spatch(Path(sys.argv[1]), 'report', sys.argv[2:])", rule, good, bad],
                   cwd=ROOT)
    tap.ok(done.returncode == 2 and f"{bad}: error: rule.cocci failed on this file: ValueError: "
           "no such line" in done.stderr and str(good) not in done.stderr,
           "an error of a rule's Python is an error that names the file", done.stderr)


def coccicheck(tree: Path, rule: Path, mode: str = "report"):
    return run([sys.executable, ROOT / "tools/series/coccicheck.py"],
               env={**os.environ, "KDIR": str(tree), "MODE": mode, "COCCI": str(rule)})


def test_coccicheck(tap: Tap) -> None:
    """A tree of 4.9: its make says the version, and an error of a rule is not lost there."""
    with tempfile.TemporaryDirectory() as work:
        tree = Path(work) / "tree"
        (tree / "scripts").mkdir(parents=True)
        (tree / "scripts/coccicheck").touch()
        (tree / "Makefile").write_text(MAKEFILE)
        shutil.copy(CASES / "callback-sleeps/page-4.11.c", tree / "driver.c")
        done = coccicheck(tree, ROOT / "cocci/callback-sleeps.cocci")
        tap.ok(done.returncode == 0 and not done.stdout, "make coccicheck on 4.9", done.stdout)
        rule = Path(work) / "rule.cocci"
        rule.write_text(BROKEN.replace("g@p", "mutex_lock@p").replace('"4"', '"13"'))
        done = coccicheck(tree, rule)
        tap.ok(done.returncode == 2 and "driver.c: error: rule.cocci failed" in done.stderr,
               "make coccicheck with a rule that fails", done.stdout + done.stderr)
        shutil.copy(CASES / "drivers/sequence-unset/mutex.c", tree / "driver.c")
        driver = re.sub(EXPECT, "", (tree / "driver.c").read_text()).replace("; \n", ";\n")
        (tree / "driver.c").write_text(driver)
        done = coccicheck(tree, Path("drivers/sequence-unset.cocci"), "patch")
        tap.ok(done.returncode == 0 and "+\tmmu_interval_set_seq(mni, cur_seq);" in done.stdout,
               "make coccicheck MODE=patch of a rule of drivers/", done.stdout + done.stderr)
    missing = [f"{path.name}: {mode}" for path in (ROOT / "cocci/drivers").glob("*.cocci")
               for mode in ("patch", "context", "org", "report") if path not in rules(mode, "")]
    tap.ok(not missing, "make coccicheck has the rules of drivers/ in each mode", *missing)


def main() -> int:
    tap = Tap()
    groups = [list(group) for _, group in itertools.groupby(
        sorted(sorted(CASES.glob("**/*.c")), key=in_one_run), in_one_run)]
    for cases, wrong in zip(groups, in_parallel(run_cases, groups)):
        for case, why in zip(cases, wrong):
            tap.ok(not why, str(case.relative_to(ROOT)), why.strip())
    test_python_error(tap)
    test_coccicheck(tap)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
