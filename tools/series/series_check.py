#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""make series-check: is each prefix of a series sound on a configured kernel?

The series is applied, patch by patch, to a copy of the tree made of hard links, with
a copy of the build directory. After each patch the touched objects that the
configuration can build are compiled; checkpatch.pl --strict reads each patch; on the
end state the plugin must find nothing in the functions that were converted.
Prints TAP. The tree and its build directory stay as they are.
"""

import argparse
import os
import re
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tools.mnlib import PLUGIN, default_jobs, die, parse_diagnostics, plugin_flags, run, start

# checkpatch says this of the old tree's own style, or of mail, not of the change
EXCUSED = {
    "Possible unwrapped commit description": "an address in a trailer may be long",
}


class Report:
    def __init__(self):
        self.number = self.failed = 0

    def test(self, good: bool, what: str, why: str = "") -> None:
        self.number += 1
        self.failed += not good
        print(f"{'ok' if good else 'not ok'} {self.number} - {what}", flush=True)
        for line in why.splitlines():
            print(f"# {line}")

    def skip(self, what: str, why: str) -> None:
        self.number += 1
        print(f"ok {self.number} - {what} # SKIP {why}", flush=True)


class Kernel:
    """The copy, and how an object of it is compiled."""

    def __init__(self, tree: Path, build: Path, work: Path, words: list[str]):
        self.tree, self.build, self.words = work / "tree", work / "build", words
        for source, copy, flags in ((tree, self.tree, "-al"), (build, self.build, "-a")):
            if copy.exists():
                shutil.rmtree(copy)
            done = run(["cp", flags, source, copy])
            if done.returncode:
                done = run(["cp", "-a", source, copy])
            if done.returncode:
                die(f"{source}: error: cannot be copied: {done.stderr.strip()}")

    def compile(self, target: str, *flags: str):
        """One object; virt/kvm has no Makefile of its own, its users build it."""
        words = list(self.words)
        if flags:
            words = [word for word in words if not word.startswith("KCFLAGS=")]
            old = next((word[8:] for word in self.words if word.startswith("KCFLAGS=")), "")
            words.append(f"KCFLAGS={old} {' '.join(flags)}")
        if target.startswith("virt/kvm/"):
            target = "arch/x86/kvm/"
            (self.build / "virt/kvm/kvm_main.o").unlink(missing_ok=True)
        else:
            (self.build / target).unlink(missing_ok=True)
        return run(["make", "-C", self.tree, f"O={self.build}", f"-j{default_jobs()}",
                    *words, target])

    def version(self) -> str:
        """Said to the plugin: the series has changed what the eras are told by."""
        text = (self.tree / "Makefile").read_text()
        return ".".join(re.search(rf"^{name} = (\d+)$", text, re.M)[1]
                        for name in ("VERSION", "PATCHLEVEL"))

    def apply(self, patch: Path):
        return run(["git", "apply", "-p1", patch.resolve()], cwd=self.tree,
                   env=dict(os.environ, GIT_CEILING_DIRECTORIES=str(self.tree.parent)))


def touched(patch: Path) -> list[str]:
    return re.findall(r"^\+\+\+ b/(\S+)$", patch.read_text(errors="replace"), re.M)


def warnings(text: str) -> set[str]:
    return {re.sub(r":\d+:\d+:", ":", line) for line in text.splitlines()
            if re.search(r":\d+:\d+: (warning|error):", line)}


def check_style(report: Report, kernel: Kernel, patch: Path) -> None:
    done = run(["perl", "scripts/checkpatch.pl", "--strict", "--no-tree", patch.resolve()],
               cwd=kernel.tree)
    found = re.findall(r"^(?:ERROR|WARNING|CHECK): (.*)$", done.stdout, re.M)
    bad = [text for text in found if not any(text.startswith(e) for e in EXCUSED)]
    report.test(not bad, f"checkpatch {patch.name}", "\n".join(bad))


def findings(kernel: Kernel, target: str) -> str:
    done = kernel.compile(target, *plugin_flags(f"kernel={kernel.version()}"))
    return "\n".join(str(d) for d in parse_diagnostics(done.stderr) if d.rule)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("tree", type=Path)
    parser.add_argument("build", type=Path, help="the build directory (O=) of the tree")
    parser.add_argument("series", type=Path, help="what make series wrote")
    parser.add_argument("work", type=Path, help="where the copies are made")
    parser.add_argument("words", nargs="*", help="more words for the kernel's make")
    options = parser.parse_args()
    patches = sorted(options.series.glob("[0-9][0-9][0-9][0-9]-*.patch"))[1:]
    if not patches:
        die(f"{options.series}: error: there is no series; run make series first")
    if not (options.build / ".config").exists():
        die(f"{options.build}: error: the kernel is not configured; give its O=")
    options.work.mkdir(parents=True, exist_ok=True)
    kernel = Kernel(options.tree.resolve(), options.build.resolve(),
                    options.work.resolve(), options.words)
    report = Report()

    objects = sorted({name[:-2] + ".o" for patch in patches for name in touched(patch)
                      if name.endswith(".c")})
    base = {name: kernel.compile(name) for name in objects}
    able = [name for name in objects if not base[name].returncode]
    for name in objects:
        if name not in able:
            report.skip(name, "this configuration cannot build it")
    known = {name: warnings(base[name].stderr) for name in able}

    for patch in patches:
        check_style(report, kernel, patch)
        done = kernel.apply(patch)
        report.test(not done.returncode, f"applies {patch.name}", done.stderr)
        names = [name for name in able if name[:-2] + ".c" in touched(patch)]
        headers = any(name.endswith(".h") for name in touched(patch))
        for name in able if headers else names:
            done = kernel.compile(name)
            new = warnings(done.stderr) - known[name]
            report.test(not done.returncode and not new, f"{name} after {patch.name[:4]}",
                        "\n".join(sorted(new)))
    for name in able if PLUGIN.exists() else []:
        found = findings(kernel, name)
        report.test(not found, f"no finding in {name}", found)
    print(f"1..{report.number}")
    return 1 if report.failed else 0


if __name__ == "__main__":
    start(main)
