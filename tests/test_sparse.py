#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""mncheck-sparse beyond the common test cases, and the overlay with packaged sparse; TAP.

Its options are those of the plugin, so they are tested by the plugin's table. What only
this front end can get wrong is in testcases/sparse/.
"""

import re
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests import expect, test_options as options
from tests.tap import Tap
from tools.mnlib import (BUILD, ROOT, SPARSE, finding_functions, include_flags,
                         parse_diagnostics, read_records, run)


SCRATCH = BUILD / "tests/sparse"
OURS = Path("testcases/sparse")
OVERLAY = Path("sparse-checks/overlay")
SAID = re.compile(r"/\*\s*sparse: (.*?)\s*\*/")
REFUSED_TOO = [
    ("help", options.ACCEPTED, "usage:"),
    ("disable", options.ACCEPTED, ""),
    ("trace", options.REFUSED, "--mn-trace"),
    ("disable=1", options.REFUSED, "takes no value"),
    ("no-merge=1", options.REFUSED, "takes no value"),
    ("dump", options.ACCEPTED, "func bad_page("),
    ("dot=bad_page:", options.ACCEPTED, "digraph"),
    ("record=/nonexistent/file", options.REFUSED, "/nonexistent/file"),
    ("dump=/nonexistent/file", options.REFUSED, "/nonexistent/file"),
]


def check(path: Path, *flags: str):
    return run([SPARSE, *include_flags(path), "-Itestcases/include", *flags, path], cwd=ROOT)


def test_options(tap: Tap) -> Path:
    path = SCRATCH / "bad.c"
    path.write_text(options.BAD_C)
    options.test_table(tap, "mncheck-sparse", options.COMMON + REFUSED_TOO,
                       lambda option: check(path, f"--mn-{option}"))
    return path


def test_status(tap: Tap, bad: Path) -> None:
    done = check(bad)
    flag = "[mn-invalidate-page]"
    tap.ok(done.returncode == 0 and f"warning: " in done.stderr and flag in done.stderr,
           "a finding is a warning, and does not break a build", done.stderr)
    done = check(bad, "--mn-error")
    tap.ok(done.returncode == 1 and "error: " in done.stderr and flag in done.stderr,
           "--mn-error: it is an error", done.stderr)
    both = run([SPARSE, bad, bad], cwd=ROOT)
    tap.ok(both.stderr.count(flag) == 2, "two files in one run", both.stderr)
    tap.ok(check(bad).stderr == check(bad).stderr, "the same bytes twice")
    done = run([SPARSE, "/nonexistent.c"], cwd=ROOT)
    tap.ok(done.returncode == 2 and done.stderr == "mncheck: error: /nonexistent.c: No such file or directory; name a C file\n",
           "no such file: an error", done.stderr)
    for words in ((), ("--mn-stats", "-Wall"), ("-D__KERNEL__",)):
        done = run([SPARSE, *words], cwd=ROOT)
        tap.ok(done.returncode == 2 and done.stderr == "mncheck: error: no FILE; see mncheck-sparse --help\n",
               f"no file: an error, {words}", done.stderr)
    tap.ok(run([SPARSE, "--mn-disable"], cwd=ROOT).returncode == 0, "no file, and nothing to do")


def test_standard_input(tap: Tap, bad: Path) -> None:
    done = run([SPARSE, "-"], cwd=ROOT, input=bad.read_text())
    tap.ok(done.returncode == 0 and "-:" in done.stderr and "[mn-invalidate-page]" in done.stderr,
           "the name '-' is the standard input", done.stderr)


def test_case(tap: Tap, path: Path) -> str:
    record = SCRATCH / f"{path.name}.jsonl"
    record.unlink(missing_ok=True)
    done = check(path, f"--mn-record={record}")
    named = [finding_functions(f) for unit in read_records(record) for f in unit["findings"]]
    wrong = expect.compare(path, "sparse", parse_diagnostics(done.stderr), named)
    tap.ok(done.returncode == 0 and not wrong and "internal" not in done.stderr, str(path),
           *wrong, done.stderr)
    return done.stderr


def test_overlay(tap: Tap) -> None:
    packaged = shutil.which("sparse")
    path = OURS / "overlay.c"
    if not packaged:
        tap.skip(f"{path} with packaged sparse", "sparse is not installed")
        return
    wanted = [(number, text) for number, line in enumerate(path.read_text().splitlines(), 1)
              for text in SAID.findall(line)]
    done = run([packaged, f"-I{OVERLAY}", f"-I{OURS}/include", "-Wcontext", path], cwd=ROOT)
    said = {(d.line, d.text) for d in parse_diagnostics(done.stderr)}
    wrong = [f"missing: {path}:{line}: {text}" for line, text in wanted
             if not any(line == where and text in what for where, what in said)]
    wrong += [f"unannounced: {path}:{line}: {text}" for line, text in sorted(said)
              if not any(line == where and what in text for where, what in wanted)]
    tap.ok(wanted and not wrong, f"{path} with packaged sparse", *wrong)


def test_source(tap: Tap) -> None:
    done = run(["env", "SPARSE_SRC=/nonexistent", "sh", "sparse-checks/get-sparse.sh",
                SCRATCH / "source"], cwd=ROOT)
    lines = done.stdout.splitlines()
    tap.ok(done.returncode == 1 and len(lines) == 1 and "/nonexistent" in lines[0],
           "no source of sparse: one line that says so", done.stdout, done.stderr)


def main() -> int:
    tap = Tap()
    SCRATCH.mkdir(parents=True, exist_ok=True)
    test_source(tap)
    test_overlay(tap)
    if not SPARSE.exists():
        tap.skip("options, exit status and testcases/sparse", "mncheck-sparse is not built")
        return tap.finish()
    bad = test_options(tap)
    test_status(tap, bad)
    test_standard_input(tap, bad)
    test_case(tap, OURS / "variables.c")
    test_case(tap, OURS / "odd.c")
    said = test_case(tap, OURS / "broken.c")
    tap.ok("2 functions not checked: sparse cannot read them: syntax_error, unknown_member"
           in said, "functions that sparse cannot read are reported", said)
    tap.ok("warning: " not in re.sub(r".*\[mn-.*", "", said), "sparse's warnings are not repeated",
           said)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
