#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""make check-arch ARCH=arm64: Debian's kernel for another architecture; TAP.

The source is that of make check-kernel, configured by the architecture's own defconfig
and tools/kernel/kernel.config, and compiled by Debian's cross compiler (GCC) with the plugin
that was built for it (PLUGIN_PROGRAM): mm/, and for arm64 its KVM and all drivers that implement a notifier.
The findings are those of x86, testcases/kernel/VERSION.findings, as far as the files are compiled here, and
those of VERSION-ARCH.findings: what mm/ does wrong it does wrong everywhere.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.kernel import check_kernel as kernel_tests, findings
from tests.tap import Tap
from tools.kernel.debsource import step, unpack
from tools.kernel.kbuild import Tree
from tools.kernel.kernel import Result, Run
from tools.mnlib import BUILD, GCC, ROOT, default_jobs, die, run, table


DEFCONFIG = {"arm64": "defconfig", "powerpc": "ppc64le_defconfig", "s390": "defconfig"}
TARGETS = {"arm64": ["mm/", "fs/proc/", "arch/arm64/kvm/", "drivers/iommu/"]}


def configure(source, name: str, arch: str) -> Tree:
    """build/kernel-obj/VERSION-ARCH; again only when the fragment is newer."""
    out = BUILD / "kernel-obj" / name
    out.mkdir(parents=True, exist_ok=True)
    for_arch = [f"ARCH={arch}", f"CROSS_COMPILE={GCC.rpartition('gcc')[0]}"]
    make = ["make", "-C", source, f"O={out}", f"-j{default_jobs()}", f"CC={GCC}", *for_arch]
    ready, log = out / ".mncheck-configured", out.parent / f"{name}.log"
    fragment = kernel_tests.FRAGMENT
    if not ready.exists() or fragment.stat().st_mtime > ready.stat().st_mtime:
        step(f"configuring: {arch}, {DEFCONFIG[arch]}", [*make, DEFCONFIG[arch]], log)
        step("configuring: the options that the notifiers need", [
            "sh", source / "scripts/kconfig/merge_config.sh", "-m", "-O", out,
            out / ".config", fragment], log)
        step("configuring: olddefconfig", [*make, "olddefconfig"], log)
        step("preparing: make prepare", [*make, "prepare"], log)
        ready.touch()
    return Tree(str(source), str(out), arch, " ".join(for_arch))


def test_findings(tap: Tap, result: Result, version: str, arch: str) -> None:
    """What x86 has in files that are not compiled here is not missed."""
    own = ROOT / f"testcases/kernel/{version}-{arch}.findings"
    if own.exists():
        new, gone = findings.compare(own, kernel_tests.unlisted(result.records, version))
    else:
        new, gone = findings.compare(ROOT / f"testcases/kernel/{version}.findings", result.records)[0], []
    tap.ok(not new and not gone, f"the findings are those of testcases/kernel/{version}.findings" +
           f" and {own.name}" * own.exists(), *new, *gone)
    given_up = [f"{record['file']}: {text}" for record in result.records
                for text in record["trouble"] if "given up" in text]
    tap.ok(not given_up, "nothing is given up", *given_up)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("arch", help=f"one of {', '.join(DEFCONFIG)}")
    parser.add_argument("version", help="6.1, as for make check-kernel")
    args = parser.parse_args()
    if args.arch not in DEFCONFIG:
        die(f"mncheck: error: ARCH={args.arch}: not one of {', '.join(DEFCONFIG)}")

    tap = Tap()
    name = f"{args.version}-{args.arch}"
    tree = configure(unpack(args.version), name, args.arch)
    machine = run([GCC, "-dumpmachine"]).stdout.strip()
    targets = TARGETS[args.arch] + kernel_tests.drivers(tree) if args.arch in TARGETS else ["mm/"]
    print(f"# compiling with the plugin for {machine}: {' '.join(targets)}", flush=True)
    result = Run(tree, name, [], quiet=True).run(targets, default_jobs())
    kernel_tests.test_health(tap, result)
    test_findings(tap, result, args.version, args.arch)
    kernel_tests.test_all_planted(tap, tree)
    Tap.note(table(result.records, result.compiled))
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
