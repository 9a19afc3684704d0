#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""What make demo shows: each file compiles, and no converted one has a finding. Prints TAP."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.tap import Tap
from tools.mnlib import BUILD, ROOT, run


def main() -> int:
    tap = Tap()
    for name, arguments in (("demo.py", []), ("demo_series.py", [BUILD / "tests/demo"])):
        done = run([sys.executable, ROOT / "tools/demo" / name, *arguments], cwd=ROOT)
        tap.ok(done.returncode == 0, f"{name} ends well", done.stdout[-3000:], done.stderr)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
