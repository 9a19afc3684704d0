#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""make check-kernel-patch: the series for a kernel's tree, on a real kernel; TAP.

The series is made for a kernel source and applied, patch by patch, to a copy of it. The
copy is compiled before, with the option off, with it on, and with a fault of ours: the
objects must be the same bytes, and the fault, and nothing else, be found. The
kernel's own checkpatch and coccicheck look at the series as well.
"""

import argparse
import hashlib
import os
import re
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.kernel.findings import Listed, read_list
from tests.tap import Tap
from tools.kernel.debsource import PLAIN, unpack
from tools.kernel_patch.kernel_patch import CHANGED, PLUGIN, RULES, STEPS
from tools.mnlib import BUILD, ROOT, Diagnostic, default_jobs, die, parse_diagnostics, run

OPTION = "GCC_PLUGIN_MMU_NOTIFIER"
AUTHOR = ("-c", "user.name=A Test", "-c", "user.email=test@example.org")
# the end of a region is left out: the last one of this file
FAULT_FILE, FAULT_RULE = "mm/mremap.c", "region-balance"
FAULT = re.compile(r"^\tmmu_notifier_invalidate_range_end\(&range\);\n", re.M)


class Copy:
    """A copy of a kernel source, made of links, and its build directory."""

    def __init__(self, source: Path, top: Path):
        self.tree, self.out, self.top = top / "tree", top / "build", top
        shutil.rmtree(top, ignore_errors=True)
        top.mkdir(parents=True)
        done = run(["cp", "-al", source, self.tree])
        if done.returncode:
            die(f"{source}: error: cannot be copied to {top}: {done.stderr.strip()}")

    def make(self, *words: str):
        done = run(["make", "-C", self.tree, f"O={self.out}", f"-j{default_jobs()}", *words],
                   env=PLAIN)
        return done.returncode, done.stdout + done.stderr

    def must(self, *words: str) -> None:
        status, said = self.make(*words)
        if status:
            die(f"mncheck: error: make {' '.join(words)} failed in {self.tree}: "
                f"{tail(said)}")

    def configure(self, *words: str) -> None:
        done = run(["bash", self.tree / "scripts/config", "--file", self.out / ".config",
                    *words])
        if done.returncode:
            die(f"{self.out}/.config: error: cannot be changed: {done.stderr.strip()}")
        self.must("olddefconfig")

    def git(self, *words):
        """The repository holds what the series changes; kbuild shall not see it."""
        return run(["git", *AUTHOR, f"--git-dir={self.top / 'git'}",
                    f"--work-tree={self.tree}", *words], cwd=self.tree)

    def clean_objects(self) -> None:
        for path in self.out.glob("mm/**/*.o"):
            path.unlink()

    def sums(self) -> dict[str, str]:
        return {str(path.relative_to(self.out)): hashlib.sha256(path.read_bytes()).hexdigest()
                for path in sorted(self.out.glob("mm/**/*.o"))}


def tail(text: str) -> str:
    return "\n".join(text.splitlines()[-15:])


def is_listed(found: Diagnostic, listed: list[Listed]) -> bool:
    """A finding of the kernel as it was released, which was read and judged."""
    text = re.sub(r"\b\d+\b", "N", found.text)
    return any(found.file.endswith(f"/{file}") and (found.rule, text) == (rule, words)
               for file, _, rule, words in (row.key for row in listed))


def ours(text: str, listed: list[Listed]) -> list[str]:
    """What the plugin printed, and what the compiler said of the plugin."""
    found = [str(d) for d in parse_diagnostics(text) if d.rule and not is_listed(d, listed)]
    return found + [line for line in text.splitlines() if re.search(
        r"mncheck:|scripts/gcc-plugins/.*(warning|error)", line)]


def stamp(source: Path) -> dict[str, tuple[int, int]]:
    """Of what is changed in the copy: nothing of it may be written here."""
    tops = {source.joinpath(*name.split("/")[:2]) for name in [*CHANGED, RULES, FAULT_FILE]}
    paths = [path for top in tops for path in [top, *top.rglob("*")] if path.exists()]
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in paths}


# ---------------------------------------------------------------------------
# the series

def kernel_patch(source: Path, out: Path):
    return run([sys.executable, ROOT / "tools/kernel_patch/kernel_patch.py", "--identity",
                "A Test <test@example.org>", source, out])


def test_series(tap: Tap, source: Path, copy: Copy) -> list[Path]:
    """The mails."""
    mbox = copy.top / "series.mbox"
    done = kernel_patch(source, mbox)
    tap.ok(done.returncode == 0 and mbox.exists(), "the series is written", done.stderr)
    run(["git", "mailsplit", f"-o{copy.top}", mbox])
    return sorted(copy.top.glob("[0-9][0-9][0-9][0-9]"))


def documented() -> set[str]:
    """The rows of docs/kernel.md that say why checkpatch.pl is not followed."""
    text = (ROOT / "docs/kernel.md").read_text()
    return set(re.findall(r"^\| `([A-Z_]+)` \|", text, re.M))


def test_style(tap: Tap, copy: Copy, mails: list[Path]) -> None:
    for mail in mails:
        done = run(["perl", "scripts/checkpatch.pl", "--strict", "--show-types", mail],
                   cwd=copy.tree)
        found = re.findall(r"^(ERROR|WARNING|CHECK):(\w+): (.*)$", done.stdout, re.M)
        wrong = [": ".join(row) for row in found if row[1] not in documented()]
        tap.ok("total:" in done.stdout and not wrong, f"checkpatch.pl --strict, patch "
               f"{mail.name[-1]}: {len(found)} remarks, all of documented types", *wrong)


def test_apply(tap: Tap, copy: Copy, mails: list[Path]) -> None:
    copy.git("init", "-q")
    copy.git("add", "-f", *CHANGED, "scripts/gcc-plugins")
    copy.git("commit", "-q", "-m", "the kernel")
    for mail, step in zip(mails, STEPS):
        done = copy.git("am", "-q", mail)
        good = not done.returncode and not done.stderr
        tap.ok(good, f"git am, with nothing to say: {step.subject}", done.stderr)
        status, said = copy.make("mm/mmu_notifier.o")
        tap.ok(not status and not ours(said, []), "the kernel builds after it", tail(said))
    tap.ok(len(mails) == len(STEPS), f"{len(STEPS)} patches")
    done = kernel_patch(copy.tree, copy.top / "again.mbox")
    tap.ok(done.returncode == 2 and "applied already" in done.stderr and
           not (copy.top / "again.mbox").exists(), "it is refused a second time", done.stderr)


# ---------------------------------------------------------------------------
# the builds

def test_build(tap: Tap, copy: Copy, before: dict[str, str], how: str,
               listed: list[Listed]) -> None:
    copy.clean_objects()
    status, said = copy.make("mm/")
    tap.ok(not status, f"mm/ builds with the option {how}", tail(said))
    wrong = ours(said, listed)
    tap.ok(not wrong, f"and nothing is said of it but what is listed, option {how}", *wrong)
    after = copy.sums()
    differ = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    tap.ok(before and not differ, f"{len(before)} objects of mm/ have the same bytes as "
           f"before the series, option {how}", *differ)


def test_fault(tap: Tap, copy: Copy, listed: list[Listed]) -> None:
    path = copy.tree / FAULT_FILE
    text = path.read_text()
    at = list(FAULT.finditer(text))[-1]
    path.unlink()           # a link: the source keeps its file
    path.write_text(text[:at.start()] + text[at.end():])
    status, said = copy.make("mm/")
    found = [d for d in parse_diagnostics(said) if d.rule and not is_listed(d, listed)]
    where = {(Path(d.file).as_posix()[-len(FAULT_FILE):], d.rule) for d in found}
    tap.ok(not status and where == {(FAULT_FILE, FAULT_RULE)}, f"an end left out of "
           f"{FAULT_FILE} is found, by mn-{FAULT_RULE}", *map(str, found), tail(said))
    if found:
        tap.note(str(found[0]))


def test_coccicheck(tap: Tap, copy: Copy) -> None:
    """Over all rules of the kernel, of which a stand-in for spatch runs ours only: others
    take long, and some need an OCaml compiler."""
    spatch = copy.top / "spatch"
    spatch.write_text("#!/bin/sh\ncase \"$*\" in\n*/mmu_notifier/*) ;;\n"
                      "*--cocci-file*) exit 0 ;;\nesac\nexec spatch \"$@\"\n")
    spatch.chmod(0o755)
    status, said = copy.make("coccicheck", "MODE=report", f"M={copy.tree / 'mm'}", "V=1",
                             f"SPATCH={spatch}", "DEBUG_FILE=/dev/null")
    rules = {f"{RULES}/{path.name}" for folder in ("cocci", "cocci/drivers")
             for path in (ROOT / folder).glob("*.cocci")}
    walked = set(re.findall(r"^ in (scripts/coccinelle/\S+\.cocci)\.$", said, re.M))
    tap.ok(not status and rules and rules <= walked, f"make coccicheck has our {len(rules)} "
           f"rules among its {len(walked)}", *sorted(rules - walked), tail(said))
    # from 6.13 on with M= the names are those in that folder
    found = re.findall(rf"^.*\b{Path(FAULT_FILE).name}:\d+.*\[mn-{FAULT_RULE}\]$", said, re.M)
    tap.ok(found != [], "and finds the fault", tail(said))


def check(tap: Tap, source: Path) -> None:
    stamped = stamp(source)
    path = ROOT / f"testcases/kernel/{source.name}.findings"
    listed = read_list(path) if path.exists() else []
    copy = Copy(source, BUILD / "kernel-patch" / source.name)
    print("# compiling mm/ as it was", flush=True)
    copy.must("x86_64_defconfig")
    copy.configure("-e", "GCC_PLUGINS")
    copy.must("mm/")
    before = copy.sums()
    mails = test_series(tap, source, copy)
    test_style(tap, copy, mails)
    test_apply(tap, copy, mails)
    print("# compiling mm/ with the option off, then on", flush=True)
    test_build(tap, copy, before, "off", [])
    tap.ok(not (copy.out / f"{PLUGIN}.so").exists(), "no plugin is built")
    copy.configure("-e", OPTION)
    tap.ok(f"CONFIG_{OPTION}=y" in (copy.out / ".config").read_text(),
           "defconfig takes the option")
    test_build(tap, copy, before, "on", listed)
    tap.ok((copy.out / f"{PLUGIN}.so").exists(), "the plugin is built by the kernel's build")
    test_fault(tap, copy, listed)
    test_coccicheck(tap, copy)
    tap.ok(stamped and stamp(source) == stamped, "the kernel's own source is as it was")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kernel", help="6.1: of Debian's package linux-source-6.1; or the "
                        "top of a kernel tree")
    kernel = parser.parse_args().kernel
    tap = Tap()
    if os.uname().machine != "x86_64":
        tap.skip("check-kernel-patch", "needs an x86_64 machine, this is "
                 + os.uname().machine)
        return tap.finish()
    source = Path(kernel).resolve() if "/" in kernel else unpack(kernel)
    if not (source / "Kbuild").exists():
        die(f"{kernel}: error: this is no kernel tree; give its top as KDIR=")
    check(tap, source)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
