#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Same input, same bytes out: messages, text form, record and object; TAP.

Every test case is compiled alone in order, and again several at a time in the
reverse order; address-space randomisation is left on, so pointers differ.
The object must also be the one that the compiler makes without the plugin (but for its
command line, which GCC writes into the debug information unless told not to).
"""

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tools.mnlib import (BUILD, CC, ROOT, Tap, case_files, default_jobs, in_parallel, include_flags,
                         plugin_flags, run)


def compile_once(path: Path, turn: str) -> dict[str, bytes]:
    """All that one compilation gives, by kind; the time in the record left out."""
    place = BUILD / "tests" / turn / "-".join(path.parts)
    place.parent.mkdir(parents=True, exist_ok=True)
    files = {kind: place.with_suffix("." + kind) for kind in ("record", "cfg", "o")}
    for file in files.values():
        file.unlink(missing_ok=True)
    flags = [] if turn == "without" else plugin_flags(
        f"record={files['record']}", f"dump={files['cfg']}")
    done = run([*CC, "-O2", "-g", "-gno-record-gcc-switches", "-c", path,
                "-o", files["o"], *include_flags(path), *flags], cwd=ROOT)
    result = {kind: file.read_bytes() if file.exists() else b""
              for kind, file in files.items()}
    result["record"] = re.sub(rb'"seconds": ?[\d.e-]+', b"", result["record"])
    result["messages"] = done.stderr.encode()
    return result


def main() -> int:
    tap = Tap()
    files = case_files()
    without = in_parallel(lambda path: compile_once(path, "without"), files)
    first = in_parallel(lambda path: compile_once(path, "first"), files, jobs=1)
    second = in_parallel(lambda path: compile_once(path, "second"), files[::-1],
                         jobs=2 * default_jobs())[::-1]

    for kind in ("messages", "cfg", "record"):
        differ = [str(path) for path, one, two in zip(files, first, second)
                  if one[kind] != two[kind]]
        tap.ok(files and not differ, f"{kind}: the same bytes twice, {len(files)} files",
               *differ)
    differ = [str(path) for path, one, two in zip(files, first, without)
              if one["o"] != two["o"]]
    tap.ok(files and not differ, "objects: the same bytes as without the plugin", *differ)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
