#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""make coccicheck: the rules of cocci/ through the coccicheck of a kernel tree.

KDIR is the tree; MODE, COCCI, M, O and J are handed on. Without COCCI every rule
that has the mode runs, not-checked.cocci first. It prints what the rules print, with
the tree's own talk left out. A kernel's coccicheck needs no configuration.
"""

import os
import re
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tools.mnlib import ROOT, die, run, start
from tools.series.spatch import die_if_passed_over, environment

TALK = re.compile(r"^(make\b|\s*$|Please check for false|When using \"patch\"|You have not|"
                  r"Using default|Debug logs|You can specify|Available modes|Note however|"
                  r"fatal: not a git repository|\d+ files match$|"
                  r"(Processing|with option|Running|The semantic patch)|\S*spatch )")


def rules(mode: str, chosen: str) -> list[Path]:
    if chosen:
        path = Path(chosen) if Path(chosen).exists() else ROOT / "cocci" / chosen
        if not path.exists():
            die(f"COCCI={chosen}: error: there is no such rule; see cocci/")
        return [path.resolve()]
    folders = ["convert", "drivers"] if mode == "patch" else ["", "drivers"]
    found = [path for folder in folders for path in sorted((ROOT / "cocci" / folder).glob("*.cocci"))
             if re.search(rf"^virtual\s+{mode}$", path.read_text(), re.M)
             and "virtual.HOOK" not in path.read_text()]
    return sorted(found, key=lambda path: path.name != "not-checked.cocci")


def check(tree: str, mode: str, rule: Path) -> int:
    words = [f"{name}={os.environ[name]}" for name in ("M", "O", "J", "ARCH")
             if os.environ.get(name)]
    clean = {name: value for name, value in environment().items()
             if name not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "M", "O", "COCCI", "MODE")}
    with tempfile.TemporaryDirectory(prefix="coccicheck-") as work:
        said = Path(work) / "spatch"    # older trees do not know DEBUG_FILE, and let it through
        done = run(["make", "-s", "-C", tree, "coccicheck", f"COCCI={rule}", f"MODE={mode}",
                    f"DEBUG_FILE={said}", *words], env=clean)
        stderr = done.stderr + (said.read_text(errors="replace") if said.exists() else "")
    for line in done.stdout.splitlines():
        if not TALK.match(line):
            print(line, flush=True)
    die_if_passed_over(rule, stderr)
    if done.returncode:
        print(stderr, end="", file=sys.stderr)
        print(f"{rule}: error: the kernel's coccicheck failed", file=sys.stderr)
    return done.returncode


def main() -> int:
    tree = os.environ.get("KDIR", "")
    mode = os.environ.get("MODE") or "report"
    if not (Path(tree) / "scripts/coccicheck").exists() or not tree:
        die("KDIR=: error: this is no kernel tree with scripts/coccicheck; give its top")
    if mode not in ("report", "context", "org", "patch"):
        die(f"MODE={mode}: error: the modes are report, context, org and patch")
    return max([check(tree, mode, rule) for rule in rules(mode, os.environ.get("COCCI", ""))],
               default=0) and 1


if __name__ == "__main__":
    start(main)
