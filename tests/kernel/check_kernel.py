#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""make check-kernel: the tests on Debian's own kernel source; TAP.

Fetches linux-source-VERSION once, configures it (x86_64_defconfig and
tools/kernel/kernel.config), and compiles the parts that use the notifiers: mm/ without
the plugin and again with it, which must give the same bytes; findings must be
those of testcases/kernel/VERSION.findings. --full compiles the whole
defconfig kernel and asks only that the plugin neither crashes nor stumbles.
"""

from __future__ import annotations

import argparse
import filecmp
import os
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests import expect
from tests.kernel import findings
from tests.tap import Tap
from tools.kernel.debsource import KERNELS, step, unpack
from tools.kernel.kbuild import Tree
from tools.kernel.kernel import Result, Run, drop_helpers, facts_folder
from tools.mnlib import (BUILD, GCC, LINK, ROOT, default_jobs, finding_functions, parse_diagnostics,
                         plain_output, plugin_flags, read_records, run, table)

TARGETS = ["mm/", "fs/dax.o", "fs/proc/", "kernel/events/", "arch/x86/kvm/",
           "drivers/iommu/"]
# with a struct mmu_notifier_ops or mmu_interval_notifier_ops of their own
OPS = re.compile(r"struct mmu_(?:interval_)?notifier_ops \w+ *=")
FRAGMENT = ROOT / "tools/kernel/kernel.config"
# files of testcases/planted, with what the kernel's header has to declare for them
PLANTED = {"planted.c": "mmu_notifier_invalidate_range_start(",
           "invalidate-range.c": "mmu_notifier_invalidate_range("}


def configure(source: Path, name: str, fragment: Path | None) -> Tree:
    """build/kernel-obj/NAME, configured; again only when the fragment is newer."""
    out = BUILD / "kernel-obj" / name
    out.mkdir(parents=True, exist_ok=True)
    make = ["make", "-C", source, f"O={out}", f"-j{default_jobs()}",
            *([f"CC={GCC}"] if GCC != "gcc" else [])]
    ready = out / ".mncheck-configured"
    if ready.exists() and (not fragment or
                           fragment.stat().st_mtime < ready.stat().st_mtime):
        return Tree(str(source), str(out))
    log = out.parent / f"{name}.log"
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
         copy.parent / f"{copy.name}.log")
    shutil.rmtree(copy, ignore_errors=True)
    for name in objects(tree.out):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(tree.out / name, copy / name)
    return copy


def test_health(tap: Tap, result: Result) -> None:
    internal = [f"{r['file']}: {text}" for r in result.records for text in r["trouble"]
                if "internal" in text]
    tap.ok(not result.failed, f"everything compiles ({result.compiled} objects)",
           *[f"{target}: {error}" for target, error in sorted(result.failed.items())])
    tap.ok(not result.crashes, "no crash", *result.crashes[:10])
    tap.ok(not internal, "no internal message", *internal[:10])


def unlisted(records: list[dict], name: str) -> list[dict]:
    """The records without what the list of that name has, if there is one."""
    path = ROOT / f"testcases/kernel/{name}.findings"
    listed = {entry.key for entry in findings.read_list(path)} if path.exists() else set()
    return [{**unit, "findings": [found for found in unit["findings"]
                                  if findings.key(found) not in listed]} for unit in records]


def test_findings(tap: Tap, result: Result, version: str) -> None:
    path = ROOT / f"testcases/kernel/{version}.findings"
    new, gone = findings.compare(path, unlisted(result.records, f"{version}-linked"))
    tap.ok(not new, f"no finding but those of testcases/kernel/{version}.findings", *new)
    tap.ok(not gone, f"each finding of testcases/kernel/{version}.findings is there", *gone)
    given_up = [f"{r['file']}: {text}" for r in result.records for text in r["trouble"]
                if "given up" in text and r["file"].startswith("mm/")]
    tap.ok(not given_up, "nothing given up in mm/", *given_up)


def test_linked(tap: Tap, tree: Tree, facts: Path, name: str, others: list[str], *options: str) -> None:
    """What linking shows besides what the lists of @others have is what was read of it."""
    path, record = ROOT / f"testcases/kernel/{name}.findings", facts / "linked.jsonl"
    record.unlink(missing_ok=True)
    if not path.exists():
        tap.skip(f"linked: {name}", f"no {path.relative_to(ROOT)}")
        return
    drop_helpers(facts, tree.kdir)
    done = run([LINK, *options, f"--record={record}", facts])
    records = read_records(record)
    for unit in records:
        for found in unit["findings"]:
            for place in [found, *found["events"], *found["path"]]:
                place["file"] = tree.relative(place["file"] or "?")
    for other in others:
        records = unlisted(records, other)
    new, gone = findings.compare(path, records)
    tap.ok(not done.returncode and not new and not gone,
           " ".join(["linked", *options]) + f": the findings are those of {', '.join(others)} and {path.name}",
           *new, *gone, *[done.stderr] * bool(done.returncode))
    tap.note(done.stderr.splitlines()[-1] if done.stderr else "nothing was linked")


def test_bytes(tap: Tap, tree: Tree, without: Path) -> None:
    names = objects(without)
    differ = [str(name) for name in names
              if not filecmp.cmp(without / name, tree.out / name, shallow=False)]
    tap.ok(names and not differ, f"{len(names)} objects of mm/ have the same bytes with "
           "and without the plugin", *differ)


def test_names(tap: Tap, tree: Tree, version: str) -> None:
    done = run([sys.executable, ROOT / "tests/kernel/check_contract_names.py", tree.kdir, version])
    tap.ok(done.returncode == 0, f"each name that the contract claims for {version} exists",
           done.stdout + done.stderr)


def test_planted(tap: Tap, tree: Tree, path: Path) -> None:
    """A file as a user writes it, with faults, against the kernel's own headers."""
    record = BUILD / f"tests/{path.stem}.jsonl"
    record.parent.mkdir(parents=True, exist_ok=True)
    record.unlink(missing_ok=True)
    command = tree.compile_command("mm/rmap.o")[:-1]
    done = run([*command, "-Wno-missing-prototypes", "-Wno-missing-declarations",
                *plain_output(), "-c", path, "-o", "/dev/null",
                *plugin_flags(f"record={record}")], cwd=tree.out)
    reported = [f for unit in read_records(record) for f in unit["findings"]]
    wrong = expect.compare(path, "gcc", parse_diagnostics(done.stderr),
                           [finding_functions(f) for f in reported])
    if done.returncode:
        wrong += done.stderr.splitlines()[:5]
    tap.ok(not wrong, f"{path.relative_to(ROOT)}: every planted fault is found, "
           "each idiom silent", *wrong)


def test_all_planted(tap: Tap, tree: Tree) -> None:
    header = (tree.kdir / "include/linux/mmu_notifier.h").read_text()
    for name, wanted in PLANTED.items():
        path = ROOT / "testcases/planted" / name
        if wanted in header:
            test_planted(tap, tree, path)
        else:
            tap.skip(path.relative_to(ROOT), f"no {wanted}) in this kernel")


def drivers(tree: Tree) -> list[str]:
    """The objects outside of TARGETS that implement a notifier and are configured."""
    found = [name for name in tree.naming_files()
             if not name.startswith(("virt/", *TARGETS))
             and OPS.search((tree.kdir / name).read_text(errors="replace"))]
    return [tree.object_target(name) for name in found
            if tree.reachable(tree.makefile_folder(str(Path(name).parent)))
            and tree.object_enabled(name)]


def check(tap: Tap, version: str) -> None:
    tree = configure(unpack(version), version, FRAGMENT)
    without = compile_without(tree)
    targets = TARGETS + drivers(tree)
    print(f"# compiling with the plugin: {' '.join(targets)}", flush=True)
    facts = facts_folder(version) if os.environ.get("LINK") == "1" else None
    result = Run(tree, version, [f"link={facts}"] if facts else [], quiet=True).run(targets, default_jobs())
    test_health(tap, result)
    test_findings(tap, result, version)
    if facts:
        test_linked(tap, tree, facts, f"{version}-linked", [version], "--partial")
    test_bytes(tap, tree, without)
    test_all_planted(tap, tree)
    test_names(tap, tree, version)
    Tap.note(table(result.records, result.compiled))


def check_full(tap: Tap, version: str) -> None:
    linking = os.environ.get("LINK") == "1"
    name = f"{version}-whole" if linking else f"{version}-full"
    tree = configure(unpack(version), name, FRAGMENT if linking else None)
    facts = facts_folder(name) if linking else None
    print("# compiling the whole kernel with the plugin", flush=True)
    result = Run(tree, name, [f"link={facts}"] if facts else [], quiet=True).run(
        ["vmlinux", "modules"], default_jobs())
    test_health(tap, result)
    if facts:
        others = [version, f"{version}-linked"]
        test_linked(tap, tree, facts, name, others, "--partial")
        # without the rows about callers that are marked as needed by files alone
        test_linked(tap, tree, facts, name, others)
    Tap.note(table(result.records, result.compiled))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("version", nargs="?", default=os.environ.get("KERNEL") or "6.1",
                        help=f"one of {', '.join(KERNELS)}; or KERNEL=, else 6.1")
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
