#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""make demo: the plugin over testcases/tree, with the findings as GCC prints them.

The tree is a kernel in small: era C as it was before the repair of August 2017, and
a directory for each later era of the API. What it shows is listed in its README.md.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tools.mnlib import (BUILD, CC, ROOT, in_parallel, include_flags, plugin_flags, read_records,
                         run, table, write_records)

TREE = Path("testcases/tree")
RECORD = BUILD / "demo.jsonl"


def compile_one(path: Path):
    return run([*CC, "-O2", "-Wall", "-c", path, "-o", "/dev/null", *include_flags(path),
                *plugin_flags(f"record={RECORD}")], cwd=ROOT)


def show(title: str, files: list[Path]) -> int:
    """Compile one era's files; how many could not be compiled."""
    print(f"\n== {title}: {len(files)} files\n", flush=True)
    failed = 0
    for path, done in zip(files, in_parallel(compile_one, files)):
        failed += done.returncode != 0
        print(done.stderr, end="", flush=True)
    return failed


def main() -> int:
    RECORD.parent.mkdir(parents=True, exist_ok=True)
    RECORD.unlink(missing_ok=True)
    files = sorted(path.relative_to(ROOT) for path in ROOT.glob(f"{TREE}/**/*.c"))
    eras: dict[str, list[Path]] = {}
    for path in files:
        first = path.relative_to(TREE).parts[0]
        eras.setdefault(first if first.startswith("era-") else "", []).append(path)
    failed = sum(show(f"{TREE}/{era}".rstrip("/"), names)
                 for era, names in sorted(eras.items()))

    records = read_records(RECORD)
    write_records(records, RECORD)
    print("\n== all together\n")
    print(table(records, len(files)))
    print(f"\nWhat is expected where: {TREE}/README.md. What each finding means: docs/rules.md.")
    return 1 if failed or not files else 0


if __name__ == "__main__":
    sys.exit(main())
