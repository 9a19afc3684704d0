#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""make check-kernel: the tests on Debian's own kernel source; TAP.

Unpacks linux-source-VERSION once, configures it (x86_64_defconfig and
scripts/kernel.config), and compiles the parts that use the notifiers: mm/ without
the plugin and again with it, which must give the same bytes; findings must be
those of testcases/kernel/VERSION.findings. --full compiles the whole
defconfig kernel and asks only that the plugin neither crashes nor stumbles.
"""

import argparse
import filecmp
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

import expect
from kbuild import Tree
from kernel import Result, Run
from mnlib import (BUILD, ROOT, Tap, default_jobs, die, finding_functions,
                   finding_lines, parse_diagnostics, plugin_flags, read_records, run,
                   table, unique_findings)

TARGETS = ["mm/", "fs/dax.o", "fs/proc/", "kernel/events/", "arch/x86/kvm/",
           "drivers/iommu/"]
FRAGMENT = ROOT / "scripts/kernel.config"
PLANTED = ROOT / "testcases/planted/planted.c"
PLAIN = {k: v for k, v in os.environ.items()
         if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "KCFLAGS", "O")}


def step(text: str, command: list, log: Path, **options) -> None:
    """One command of the preparation, its output in a log; dies when it fails."""
    print(f"# {text}", flush=True)
    with open(log, "w", encoding="utf-8") as output:
        done = subprocess.run([str(word) for word in command], stdout=output, check=False,
                              stderr=subprocess.STDOUT, env=PLAIN, **options)
    if done.returncode:
        lines = log.read_text(errors="replace").splitlines()
        die(f"mncheck: error: {text} failed: {lines[-1] if lines else ''} (see {log})")


def unpack(version: str) -> Path:
    """build/kernel-src/VERSION, from the package that apt installed."""
    package = f"linux-source-{version}"
    if subprocess.run(["sh", ROOT / "scripts/deps.sh", "source", version],
                      check=False).returncode:
        die(f"mncheck: error: no package {package}; is its suite in apt's sources?")
    archive = Path(f"/usr/src/{package}.tar.xz")
    release = run(["dpkg-query", "-W", "-f", "${Version}", package]).stdout
    top = BUILD / "kernel-src"
    stamp = top / f"{version}.release"
    if stamp.exists() and stamp.read_text() == release:
        return top / version
    if not archive.exists():
        die(f"mncheck: error: {archive}: not there; reinstall {package}")
    shutil.rmtree(top / version, ignore_errors=True)
    shutil.rmtree(BUILD / "kernel-obj" / version, ignore_errors=True)
    (top / version).mkdir(parents=True)
    step(f"unpacking {package} {release}", ["tar", "-xf", archive, "-C", top / version,
         "--strip-components=1"], top / f"{version}.log")
    stamp.write_text(release)
    return top / version


def configure(source: Path, name: str, fragment: Path | None) -> Tree:
    """build/kernel-obj/NAME, configured; again only when the fragment is newer."""
    out = BUILD / "kernel-obj" / name
    out.mkdir(parents=True, exist_ok=True)
    make = ["make", "-C", source, f"O={out}", f"-j{default_jobs()}"]
    ready = out / ".mncheck-configured"
    if ready.exists() and (not fragment or
                           fragment.stat().st_mtime < ready.stat().st_mtime):
        return Tree(str(source), str(out))
    log = out.with_suffix(".log")
    step("configuring: x86_64_defconfig", [*make, "x86_64_defconfig"], log)
    if fragment:
        step("configuring: the options that the notifiers need", [
            "sh", source / "scripts/kconfig/merge_config.sh", "-m", "-O", out,
            out / ".config", fragment], log)
        step("configuring: olddefconfig", [*make, "olddefconfig"], log)
    step("preparing: make prepare", [*make, "prepare"], log)
    ready.touch()
    return Tree(str(source), str(out))


def objects(top: Path) -> list[Path]:
    return sorted(path.relative_to(top) for path in top.glob("mm/**/*.o"))


def compile_without(tree: Tree) -> Path:
    """mm/ without the plugin; its objects are copied beside."""
    copy = BUILD / "kernel-obj" / f"{tree.out.name}-without"
    step("compiling mm/ without the plugin",
         tree.make(f"-j{default_jobs()}", "KCFLAGS=", "mm/"),
         copy.with_suffix(".log"))
    shutil.rmtree(copy, ignore_errors=True)
    for name in objects(tree.out):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(tree.out / name, copy / name)
    return copy


def key(finding: dict) -> str:
    """A finding without its line: it survives the next stable release."""
    return ":".join((finding["file"], finding["func"], finding["rule"], finding["text"]))


def listed(version: str) -> set[str]:
    """Findings that were read and are real: one key a line, '#' begins a comment."""
    path = ROOT / f"testcases/kernel/{version}.findings"
    lines = path.read_text().splitlines() if path.exists() else []
    return {line.strip() for line in lines if line.strip() and not line.startswith("#")}


def test_health(tap: Tap, result: Result) -> None:
    internal = [f"{r['file']}: {text}" for r in result.records for text in r["trouble"]
                if "internal" in text]
    tap.ok(not result.failed, f"everything compiles ({result.compiled} objects)",
           *[f"{target}: {error}" for target, error in sorted(result.failed.items())])
    tap.ok(not result.crashes, "no crash", *result.crashes[:10])
    tap.ok(not internal, "no internal message", *internal[:10])


def test_findings(tap: Tap, result: Result, version: str) -> None:
    found = {key(f): f for f in unique_findings(result.records)}
    known = listed(version)
    new = [line for k in sorted(found.keys() - known) for line in finding_lines(found[k])]
    tap.ok(not new, f"no finding but those of testcases/kernel/{version}.findings", *new)
    gone = sorted(known - found.keys())
    tap.ok(not gone, f"each finding of testcases/kernel/{version}.findings is there", *gone)
    given_up = [f"{r['file']}: {text}" for r in result.records for text in r["trouble"]
                if "given up" in text and r["file"].startswith("mm/")]
    tap.ok(not given_up, "nothing given up in mm/", *given_up)


def test_bytes(tap: Tap, tree: Tree, without: Path) -> None:
    names = objects(without)
    differ = [str(name) for name in names
              if not filecmp.cmp(without / name, tree.out / name, shallow=False)]
    tap.ok(names and not differ, f"{len(names)} objects of mm/ have the same bytes with "
           "and without the plugin", *differ)


def test_names(tap: Tap, tree: Tree, version: str) -> None:
    done = run([sys.executable, ROOT / "scripts/check-contract-names.py", tree.kdir, version])
    tap.ok(done.returncode == 0, f"each name that the contract claims for {version} exists",
           done.stdout + done.stderr)


def test_planted(tap: Tap, tree: Tree) -> None:
    """A file as a user writes it, with faults, against the kernel's own headers."""
    name = "testcases/planted/planted.c: every planted fault is found, each idiom silent"
    if not PLANTED.exists():
        tap.ok(False, name, "the file is missing")
        return
    record = BUILD / "tests/planted.jsonl"
    record.parent.mkdir(parents=True, exist_ok=True)
    record.unlink(missing_ok=True)
    command = tree.compile_command("mm/rmap.o")[:-1]
    done = run([*command, "-c", PLANTED, "-o", "/dev/null", "-fdiagnostics-plain-output",
                *plugin_flags(f"record={record}")], cwd=tree.out)
    findings = [f for unit in read_records(record) for f in unit["findings"]]
    wrong = expect.compare(PLANTED, "gcc", parse_diagnostics(done.stderr),
                           [finding_functions(f) for f in findings])
    if done.returncode:
        wrong += done.stderr.splitlines()[:5]
    tap.ok(not wrong, name, *wrong)


def check(tap: Tap, version: str) -> None:
    tree = configure(unpack(version), version, FRAGMENT)
    without = compile_without(tree)
    print(f"# compiling with the plugin: {' '.join(TARGETS)}", flush=True)
    result = Run(tree, version, [], quiet=True).run(TARGETS, default_jobs())
    test_health(tap, result)
    test_findings(tap, result, version)
    test_bytes(tap, tree, without)
    test_planted(tap, tree)
    test_names(tap, tree, version)
    Tap.note(table(result.records, result.compiled))


def check_full(tap: Tap, version: str) -> None:
    tree = configure(unpack(version), f"{version}-full", None)
    print("# compiling the whole kernel with the plugin", flush=True)
    result = Run(tree, f"{version}-full", [], quiet=True).run(
        ["vmlinux", "modules"], default_jobs())
    test_health(tap, result)
    Tap.note(table(result.records, result.compiled))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("version", help="6.1: of Debian's package linux-source-6.1")
    parser.add_argument("--full", action="store_true", help="the whole defconfig kernel")
    args = parser.parse_args()

    tap = Tap()
    if platform.machine() != "x86_64":
        tap.skip("check-kernel", f"needs an x86_64 machine, this is {platform.machine()}")
    elif args.full:
        check_full(tap, args.version)
    else:
        check(tap, args.version)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
