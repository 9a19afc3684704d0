#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""make conversion on two small trees: what is lost from one to the other; TAP.

testcases/conversion/old and new are compiled with the plugin as cases of their own;
here their records are compared.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.tap import Tap
from tools.mnlib import BUILD, CC, ROOT, SPARSE, include_flags, plugin_flags, run

FOLDER = BUILD / "tests/conversion"
LOST = ["'mirror_reload()'", "the hook 'device_hooks.reload'", "a store to 'mirror.stale'"]
SILENT = ["mirror_nothing", "mirror_flush", "device.flushed"]


def record(tap: Tap, engine: str, side: str) -> str:
    """The records of one side's files, with the same names on both sides."""
    path = FOLDER / f"{engine}-{side}.jsonl"
    path.unlink(missing_ok=True)
    for source in sorted((ROOT / "testcases/conversion" / side).glob("*.c")):
        include = [word.replace("-Itestcases", f"-I{ROOT}/testcases")
                   for word in include_flags(source.relative_to(ROOT))]
        words = [*CC, "-O2", "-c", "-o", "/dev/null",
                 *plugin_flags(f"record={path}", "reach")] if engine == "gcc" else \
            [SPARSE, f"--mn-record={path}", "--mn-reach"]
        done = run([*words, *include, source.name], cwd=source.parent)
        tap.ok(path.exists() and "error" not in done.stderr,
               f"{engine}: {side}/{source.name} gives a record", done.stderr)
    return str(path)


def compare(old: str, new: str):
    return run([sys.executable, ROOT / "tools/kernel/conversion.py", "--records", old, new])


def test_engine(tap: Tap, engine: str) -> None:
    old, new = record(tap, engine, "old"), record(tap, engine, "new")
    done = compare(old, new)
    lost = [line for line in done.stdout.splitlines() if line.startswith("  lost: ")]
    tap.ok(done.returncode == 1 and len(lost) == len(LOST) and
           all(any(text in line for line in lost) for text in LOST),
           f"{engine}: what only invalidate_page did is lost", done.stdout + done.stderr)
    tap.ok(not any(text in line for text in SILENT for line in lost),
           f"{engine}: what does nothing, or is done as well, is not", done.stdout)
    tap.ok("nothing else reaches it now: 'device_reload()'" in done.stdout,
           f"{engine}: it is said what a lost function reaches in another unit", done.stdout)
    done = compare(old, old)
    tap.ok(done.returncode == 0 and "lost: 0" in done.stdout,
           f"{engine}: nothing is lost from a tree to itself", done.stdout + done.stderr)


def main() -> int:
    tap = Tap()
    FOLDER.mkdir(parents=True, exist_ok=True)
    test_engine(tap, "gcc")
    if SPARSE.exists():
        test_engine(tap, "sparse")
    else:
        tap.skip("sparse", "mncheck-sparse is not built")
    done = compare("nowhere.jsonl", "nowhere.jsonl")
    tap.ok(done.returncode == 2 and "nowhere.jsonl:1:1: error: " in done.stderr,
           "a file that is not there is named", done.stderr)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
