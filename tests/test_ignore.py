#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Comments of the source that hide findings: what is said of those that hide nothing or cannot be
understood, by each front end and mncheck-link, and what becomes of a hidden finding in records and
reports; TAP. Which finding a comment hides is testcases/ignore's question."""

import json
import re
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.tap import Tap
from tools.mnlib import (BUILD, CC, LINK, MNCHECK, REPLAY, ROOT, SPARSE, plain_output, plugin_flags,
                         read_records, run)

SCRATCH = BUILD / "tests/ignore"
ALIKE = """\
#include "era-d1/mmu_notifier.h"

void twice(struct mm_struct *mm, unsigned long a, int first)
{
	mmu_notifier_invalidate_range_start(mm, a, a + 1);
	if (first)
		mmu_notifier_invalidate_range(mm, a, a + 1);%s
	else
		mmu_notifier_invalidate_range(mm, a, a + 1);
	mmu_notifier_invalidate_range_end(mm, a, a + 1);
}
"""
COMMENT = "\t/* mncheck: ignore(range-unlocked): a \"test's\" own\n\t\t\t *\tlock*/"
# each with what is said of it, from its column on
SAID = [
    ("\t/* mncheck: ignore(range-unlocked): x */", "5: warning: this 'mncheck: ignore(..)' hides no finding; remove it"),
    ("\t/* mncheck: ignore(range-unlocked): x */\n", "5: warning: this 'mncheck: ignore(..)' hides no finding; remove it"),
    ("\t// mncheck: ignore(range-unlocked): x", "5: warning: this 'mncheck: ignore(..)' hides no finding; remove it"),
    ("\t/* mncheck: ignore-linked(range-unlocked): x */", ""),
    ("#if 0\n\t/* mncheck: ignore(range-unlocked): x */\n#endif", ""),
    ("#if 0\n#endif\n\t/* mncheck: ignore(range-unlocked): x */",
     "5: warning: this 'mncheck: ignore(..)' hides no finding; remove it"),
    ("\t/* mncheck: ignore(range-unlocked) */", "5: error: no reason; write mncheck: ignore(range-unlocked): REASON"),
    ("\t/* mncheck: ignore-linked(range-unlocked): */",
     "5: error: no reason; write mncheck: ignore-linked(range-unlocked): REASON"),
    ("\t/*\n\t * mncheck: ignore(range-unlocked):\n\t */",
     "5: error: no reason; write mncheck: ignore(range-unlocked): REASON"),
    ("\t/* mncheck: ignore(no-such): x */", "5: error: 'no-such' is no rule; mncheck explain lists them"),
    ("\t/* mncheck: ignore: x */", "5: error: no rule; write mncheck: ignore(RULE): REASON"),
    ("\t/* mncheck: ignore(range-unlocked: x */", "5: error: no rule; write mncheck: ignore(RULE): REASON"),
    ("\t/* mncheck: ignores(range-unlocked): x */", ""),
    ("\t/* see mncheck: ignore(no-such) */", ""),
    ("\t/* mncheck: given up: f */", ""),
]


# the files of a unit each; guards/suite.py has them read as well
SOURCES = {
    "said.c": ALIKE.split("\n\tif")[0] + "\n" + "\n".join(text for text, _ in SAID) +
              "\n\tmmu_notifier_invalidate_range_end(mm, a, a + 1);\n}\n",
    "needless.c": ALIKE % "\t/* mncheck: ignore(range-unpaired): x */",
    # the only fault of the unit
    "only.c": ALIKE.replace("mmu_notifier_invalidate_range(mm, a, a + 1);", ";") %
              "\t/* mncheck: ignore(range-unpaired): x */",
    "bare.c": ALIKE % "",
    "hidden.c": ALIKE % COMMENT,
}


def source(name: str, text: str = "") -> Path:
    path = SCRATCH / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text or SOURCES[name])
    return path


def gcc(path: Path, *options: str):
    return run([*CC, "-O2", "-S", path, "-o", "/dev/null", *plain_output(), f"-I{ROOT}/testcases/include",
                *plugin_flags(*options)], cwd=SCRATCH)


def sparse(path: Path, *options: str):
    return run([SPARSE, f"-I{ROOT}/testcases/include", *(f"--mn-{option}" for option in options), path], cwd=SCRATCH)


def check(front, path: Path, *options: str):
    """What it printed of @path, its exit status, and its record."""
    record = SCRATCH / "record.jsonl"
    record.unlink(missing_ok=True)
    done = front(path, f"record={record}", *options)
    lines = [line for line in done.stderr.splitlines() if re.search(r"mncheck: ignore[-(]| no rule;|is no rule;", line)]
    return lines, done.returncode, (read_records(record) or [{}])[0]


def places(path: Path) -> list[str]:
    """What SAID announces for the file that has all of its comments."""
    told, line = [], 6
    for text, said in SAID:
        words = next(i for i, one in enumerate(text.split("\n")) if "mncheck:" in one)
        if said:
            told.append(f"{path}:{line + words}:{said}")
        line += text.count("\n") + 1
    return [one for kind in ("error", "warning") for one in told if f": {kind}: " in one]


def test_said(tap: Tap, name: str, front) -> None:
    path = source("said.c")
    lines, status, record = check(front, path)
    tap.ok(lines == places(path) and status == (1 if front is gcc else 2),
           f"{name}: what hides nothing, has no reason, or names no rule", f"status {status}", *lines)
    tap.ok([n["rule"] for n in record["needless"]] == ["range-unlocked"] * 4 and record["needless"][0]["reason"] == "x",
           f"{name}: the record lists what hides nothing", json.dumps(record.get("needless")))
    path = source("needless.c")
    for words, options, want, exit_status in (
            ("a warning", (), ": warning: this", 0), ("an error where findings are", ("error",), ": error: this", 1),
            ("of another rule", ("rules=-range-unpaired",), "", 0), ("of rules that are off", ("rules=range-unlocked",), "", 0),
            ("where something was given up", ("limit-steps=1",), "", 0), ("where units are joined", (f"link={SCRATCH}/facts",), "", 0)):
        lines, status, _ = check(front, path, *options)
        tap.ok(status == exit_status and (want in lines[0] if want else not lines), f"{name}: needless: {words}",
               f"status {status}", *lines)
    path = source("only.c")
    tap.ok(check(front, path, "error")[1] == 1 and check(front, path)[1] == 0, f"{name}: needless: the exit status")


def test_record(tap: Tap, name: str, front) -> None:
    bare, hidden = source("bare.c"), source("hidden.c")
    before, after = (check(front, path)[2] for path in (bare, hidden))
    left, gone = after["findings"], after["ignored"]
    told = [(f["fingerprint"], f["text"], f["comment"]) for f in gone]
    tap.ok(told == [(before["findings"][0]["fingerprint"], before["findings"][0]["text"],
                     {"line": 7, "col": gone[0]["comment"]["col"], "reason": "a \"test's\" own lock"})] and
           left[0]["fingerprint"] == before["findings"][1]["fingerprint"] and not after["needless"],
           f"{name}: a hidden finding is listed, and the other keeps its fingerprint", json.dumps(after))
    said = front(hidden, "stats").stderr
    tap.ok(f"mncheck: ignored: twice: range-unlocked: {hidden}:7: a \"test's\" own lock\n" in said, f"{name}: stats", said)


def test_replay(tap: Tap) -> None:
    path = source("hidden.c")
    dump = SCRATCH / "hidden.cfg"
    gcc(path, f"dump={dump}")
    done = run([REPLAY, "--stats", dump])
    tap.ok(done.returncode == 0 and done.stdout.count("[mn-range-unlocked]") == 1 and
           f"ignored: twice: range-unlocked: {path}:7: a \"test's\" own lock" in done.stdout,
           "mn-replay: the source is at hand", done.stdout, done.stderr)
    source("hidden.c", ALIKE % "\t/* mncheck: ignore(range-unlocked) */")
    done = run([REPLAY, dump])
    tap.ok(done.returncode == 2 and done.stderr.startswith(f"{path}:7:") and ": error: no reason" in done.stderr and
           done.stdout.count("[mn-range-unlocked]") == 2, "mn-replay: a comment that cannot be used", done.stderr)
    path.unlink()
    done = run([REPLAY, dump])
    tap.ok(done.returncode == 0 and done.stdout.count("[mn-range-unlocked]") == 2,
           "mn-replay: the source is not at hand", done.stdout)


def test_link(tap: Tap, name: str, front) -> None:
    facts = SCRATCH / "facts"
    shutil.rmtree(facts, ignore_errors=True)
    path = source("needless.c", ALIKE % "\t/* mncheck: ignore-linked(range-unpaired): x */")
    front(path, f"link={facts}")
    want = f"{path}:7:51: warning: this 'mncheck: ignore(..)' hides no finding; remove it"
    for words, options, asked, status in (("asks", (), want, 0), ("a part", ("--partial",), "", 0),
                                          ("error", ("--error",), want.replace("warning", "error"), 1)):
        done = run([LINK, *options, facts])
        tap.ok(done.returncode == status and (asked in done.stderr if asked else "hides no" not in done.stderr),
               f"{name}: mncheck-link: {words}", f"status {done.returncode}", done.stderr)
    shutil.rmtree(facts)
    path = source("hidden.c")
    front(path, f"link={facts}")
    path.unlink()
    done = run([LINK, "--all", "--stats", facts])
    tap.ok(done.returncode == 0 and done.stderr.count("[mn-range-unlocked]") == 1 and ", 1 ignored\n" in done.stderr and
           "mncheck: ignored: twice: range-unlocked" in done.stderr, f"{name}: mncheck-link needs no source", done.stderr)


def test_unread(tap: Tap) -> None:
    """What sparse cannot read may have the finding that a comment hides."""
    path = source("unread.c", ALIKE % "" + "void unread(struct mm_struct *mm)\n{\n\t/* mncheck: ignore(range-unpaired): x */\n"
                  "\tmmu_notifier_invalidate_range(mm, undeclared, 0);\n}\n")
    lines, _, record = check(sparse, path)
    tap.ok(not lines and record["needless"] == [] and "not checked: sparse cannot read it: unread" in sparse(path).stderr,
           "sparse: a function that it cannot read", *lines)


def report(*words: str) -> str:
    done = run([MNCHECK, *words], cwd=SCRATCH)
    return done.stdout + done.stderr + f"status {done.returncode}"


def test_reports(tap: Tap) -> None:
    for file, comments in (("bare", ""), ("hidden", COMMENT), ("more", COMMENT + "\n\t/* mncheck: ignore(region-waits): x */")):
        path = source("alike.c", ALIKE % comments)
        _, _, record = check(gcc, path, *(["rules=range-unlocked,region-waits"]))
        (SCRATCH / f"{file}.jsonl").write_text(json.dumps(record) + "\n")
    said = report("report", "--exit-code", "more.jsonl")
    tap.ok("\nrange-unlocked " in said and " 1\nfindings " in said and
           "1 ignored by comments in the source, not shown\n" in said and
           "alike.c:9:5: this 'mncheck: ignore(region-waits)' hides no finding\n" in said and said.endswith("status 1"),
           "report: the sum", said)
    said = report("report", "--format=text", "--known", "hidden.jsonl")
    tap.ok(said.count("warning:") == 2 and "\nignored: a \"test's\" own lock\n" in said and
           "1 ignored by comments in the source\n" in said, "report --known: with the reason", said)
    tap.ok(report("report", "--format=text", "hidden.jsonl").count("warning:") == 1, "report: it is not shown")
    results = json.loads(report("report", "--format=sarif", "more.jsonl").rsplit("status", 1)[0])["runs"][0]
    hidden = [r["suppressions"] for r in results["results"] if "suppressions" in r]
    tap.ok(len(results["results"]) == 2 and [(s["kind"], s["justification"]) for s in hidden[0]] ==
           [("inSource", "a \"test's\" own lock")] and
           hidden[0][0]["location"]["physicalLocation"]["region"]["startLine"] == 7 and
           "hides no finding" in results["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"],
           "report --format=sarif: suppressed in the source", json.dumps(results["results"], indent=1))
    said = report("report", "--format=html", "--known", "more.jsonl")
    tap.ok("<b>ignored</b> a &quot;test&#39;s&quot; own lock" in said and "hides no finding" in said and
           "1 ignored by comments" in said, "report --format=html")
    tap.ok('failures="1"' in report("report", "--format=junit", "hidden.jsonl"), "report --format=junit: it is no failure")
    said = report("diff", "bare.jsonl", "hidden.jsonl")
    tap.ok("new: 0\nfixed: 0\ngone, but not looked for: 1\n" in said and
           "(a comment in the source hides it)\nsame: 1\n" in said and said.endswith("status 0"), "diff: hidden now", said)
    said = report("diff", "hidden.jsonl", "bare.jsonl")
    tap.ok("new: 1\n" in said and "same: 1\n" in said and said.endswith("status 1"), "diff: not hidden any more", said)
    said = report("diff", "hidden.jsonl", "hidden.jsonl")
    tap.ok("new: 0\nfixed: 0\nsame: 1\n" in said, "diff: hidden in both", said)
    said = report("report", "--baseline=bare.jsonl", "hidden.jsonl")
    tap.ok("1 known to bare.jsonl, not shown\n" in said and "1 of it not found here" in said, "report: a baseline", said)
    (SCRATCH / "both.jsonl").write_text((SCRATCH / "hidden.jsonl").read_text() + (SCRATCH / "bare.jsonl").read_text())
    tap.ok("ignored" not in report("report", "both.jsonl"), "report: of two records of a unit one does not hide it")


def main() -> int:
    tap = Tap()
    for name, front in (("gcc", gcc), ("sparse", sparse)):
        if front is sparse and not SPARSE.exists():
            tap.skip("sparse", "mncheck-sparse is not built")
            continue
        for test in (test_said, test_record, test_link):
            test(tap, name, front)
    if SPARSE.exists():
        test_unread(tap)
    test_replay(tap)
    test_reports(tap)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
