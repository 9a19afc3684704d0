#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""make demo, second part: the semantic patches over testcases/tree.

Report mode first; then the series, written to out/series or where the argument says; then the series applied
to a copy of the tree, whose converted files the plugin reads without a finding.
"""

import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tools.mnlib import BUILD, CC, ROOT, die, in_parallel, parse_diagnostics, plugin_flags, run
from tools.series.spatch import environment, options

TREE = ROOT / "testcases/tree"
OUT = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "out/series")
COPY = BUILD / "demo-series"


def report() -> None:
    print("\n== the semantic patches, mode report\n")
    for rule in sorted((ROOT / "cocci").glob("*.cocci")):
        done = run(["spatch", "-D", "report", "--very-quiet", "--no-show-diff",
                    "--cocci-file", rule, *options(rule), "--dir", "testcases/tree",
                    "--ignore", "era-"], cwd=ROOT, env=environment())
        if done.returncode:
            die(f"{rule}: error: spatch failed: {done.stderr.strip()}")
        print(done.stdout, end="", flush=True)


def write_series() -> bool:
    print("\n== the conversion, as a series of patches\n", flush=True)
    known = run(["git", "var", "GIT_AUTHOR_IDENT"]).returncode == 0
    someone = [] if known else ["--identity", "A Demonstration <demo@example.org>"]
    done = run([sys.executable, ROOT / "tools/series/series.py", "testcases/tree", OUT,
                *someone], cwd=ROOT)
    print(done.stdout, done.stderr, sep="", end="", flush=True)
    return done.returncode == 0


def apply_series() -> list[str]:
    """Apply to a copy; the C files that the series touched."""
    shutil.rmtree(COPY, ignore_errors=True)
    shutil.copytree(TREE, COPY)
    run(["git", "init", "-q"], cwd=COPY)
    touched = set()
    for patch in sorted(OUT.glob("[0-9]*.patch"))[1:]:
        done = run(["git", "apply", patch], cwd=COPY)
        if done.returncode:
            print(f"{patch}: {done.stderr}", file=sys.stderr)
            return []
        touched |= {line[6:] for line in patch.read_text().splitlines()
                    if line.startswith("+++ b/")}
    return sorted(name for name in touched if name.endswith(".c"))


def compile_one(name: str):
    return run([*CC, "-O2", "-Wall", "-Iinclude", "-c", name, "-o", "/dev/null",
                *plugin_flags("kernel=4.12")], cwd=COPY)


def main() -> int:
    report()
    if not write_series():
        return 1
    names = apply_series()
    print(f"\n== the plugin on the {len(names)} converted files\n")
    failed = found = 0
    for done in in_parallel(compile_one, names):
        failed += done.returncode != 0
        found += sum(bool(d.rule) for d in parse_diagnostics(done.stderr))
        print(done.stderr, end="")
    print(f"{len(names) - failed} compiled, {found} findings")
    return 1 if failed or found or not names else 0


if __name__ == "__main__":
    sys.exit(main())
