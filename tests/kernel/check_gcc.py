#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""make check-gcc GCC="9 14": build and test with other GCCs, each in a folder that
holds the Debian suite which has it; TAP, the tests inside as indented lines.

debootstrap makes build/gcc/SUITE once, from the archive that this machine's apt
uses; the tree is copied into it, and "make check" runs there, which installs what it
needs. All of it in a mount and process namespace of its own, so that nothing stays
mounted or running however the run ends. Needs root.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.tap import Tap
from tools.mnlib import BUILD, ROOT, die, run

SUITES = {"9": "bullseye", "10": "bullseye", "11": "bookworm", "12": "bookworm",
          "13": "trixie", "14": "trixie", "15": "sid", "16": "sid"}
TOP = BUILD / "gcc"
# a suite's folder is complete when this file is in it
READY = "etc/mncheck-ready"
# what a person has who follows README.md
GIVEN = "make,git"
# what prove closes with (tests/Counts.pm)
COUNTS = re.compile(r"\d+ passed, \d+ failed, \d+ skipped$")
# how old a copy of the archive may be is for this machine to say
APT = 'Acquire::Check-Valid-Until "false";\n'
NAMESPACE = ["setpriv", "--pdeathsig=KILL", "unshare", "--mount", "--pid", "--fork",
             "--kill-child"]


def mirror() -> str:
    """Debian's archive as this machine's apt knows it, or MIRROR."""
    lines = run(["apt-get", "indextargets", "--format", "$(ORIGIN) $(LABEL) $(REPO_URI)",
                 "Created-By: Packages"]).stdout.splitlines()
    found = [line.split()[-1] for line in lines if line.startswith("Debian Debian ")]
    if not (os.environ.get("MIRROR") or found):
        die("mncheck: error: apt knows no archive of Debian (apt-get update?); "
            "name one: MIRROR=<address>")
    return os.environ.get("MIRROR") or found[0]


def proxy_of_apt() -> str:
    done = run(["apt-config", "dump", "--format", '%F "%v";%n', "Acquire::http::Proxy"])
    return done.stdout


def into_log(log: Path, command: list) -> tuple[int, str]:
    """Run a command with its output in a log; its status and its output."""
    with open(log, "w", encoding="utf-8") as output:
        done = subprocess.run([str(word) for word in command], stdout=output, check=False,
                              stdin=subprocess.DEVNULL, stderr=subprocess.STDOUT)
    return done.returncode, log.read_text(errors="replace")


def suite_folder(suite: str) -> Path:
    """The folder of a suite; what an interrupted run left of one is made again."""
    root = TOP / suite
    if (root / READY).exists():
        return root
    archive = mirror()
    print(f"# debootstrap {suite} from {archive} into {root}", flush=True)
    run(["rm", "-rf", "--one-file-system", root])
    log = TOP / f"{suite}.log"
    status, text = into_log(log, [*NAMESPACE, "debootstrap", "--variant=minbase",
                                  f"--include={GIVEN}", suite, root, archive])
    if status:
        die(f"mncheck: error: debootstrap {suite} failed: "
            f"{(text.splitlines() or ['no output'])[-1]} (see {log})")
    (root / "etc/apt/apt.conf.d/90mncheck").write_text(APT + proxy_of_apt())
    (root / READY).write_text(archive + "\n")
    return root


def copy_tree(root: Path, name: str) -> None:
    """The tree as it is now, in a new folder; with sparse's source where it is at hand,
    since other suites have other versions of it."""
    def ignore(folder: str, names: list[str]) -> list[str]:
        return [name for name in names if name == "__pycache__" or
                (Path(folder) / name).resolve() in (BUILD, ROOT / ".git", ROOT / "out")]

    place = root / "mncheck" / name
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(ROOT, place, symlinks=True, ignore=ignore)
    # unpacked once for all compilers of the suite
    (place / "build").mkdir()
    (root / "mncheck/kernel-src").mkdir(exist_ok=True)
    (place / "build/kernel-src").symlink_to("/mncheck/kernel-src")
    if (BUILD / "sparse-src/origin").exists():
        shutil.copytree(BUILD / "sparse-src", place / "sparse-src", symlinks=True)


def inside(root: Path, name: str, *targets: str) -> list[str]:
    """A make of the copied tree, with nothing of this machine's environment."""
    copy = f"/mncheck/{name}"
    words = ["make", "-C", copy, "--no-print-directory", f"GCC={name}", *targets]
    if (root / "mncheck" / name / "sparse-src").exists():
        words.append(f"SPARSE_SRC={copy}/sparse-src")
    return [*NAMESPACE, f"--root={root}", "--mount-proc", "env", "-i", "LC_ALL=C.UTF-8",
            "HOME=/root", "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
            "sh", "-c", "mount -t devpts -o ptmxmode=0666 devpts /dev/pts; make_status=0; " + shlex.join(words) + " || make_status=$?; "
            "apt-get clean; exit $make_status"]


def test_build(tap: Tap, root: Path, name: str) -> bool:
    log = TOP / f"{name}.log"
    # two makes: the second one looks for the plugin headers that the first one installs
    for target in ("deps", "all"):
        status, text = into_log(log, inside(root, name, target))
        lines = text.splitlines()
        wrong = [line for line in lines if re.search(r"\bwarning: ", line)]
        wrong += [f"make {target} failed, see {log}", *lines[-5:]] if status else []
        if status:
            break
    return tap.ok(not wrong, f"{name} of {root.name} builds without a warning", *wrong)


def test_make(tap: Tap, root: Path, name: str, target: str, *variables: str) -> None:
    numbers = "no result"
    with subprocess.Popen(inside(root, name, target, *variables), stdout=subprocess.PIPE,
                          text=True, stdin=subprocess.DEVNULL, stderr=subprocess.STDOUT,
                          errors="replace") as process:
        for line in process.stdout:
            print("    " + line, end="", flush=True)
            numbers = line.strip() if COUNTS.match(line) else numbers
    tap.ok(process.returncode == 0 and numbers[0] in "123456789",
           f"{name} of {root.name}: {' '.join(['make', target, *variables])}: {numbers}")


def check(tap: Tap, version: str, args: argparse.Namespace) -> None:
    name = f"gcc-{version}"
    TOP.mkdir(parents=True, exist_ok=True)
    # two compilers of one suite share its folder, and apt and its database with it
    with open(TOP / f"{SUITES[version]}.lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        root = suite_folder(SUITES[version])
        copy_tree(root, name)
        if not test_build(tap, root, name):
            return
        if args.kernel:
            test_make(tap, root, name, "check-kernel", f"KERNEL={args.kernel}")
        else:
            test_make(tap, root, name, "check", *([f"CHECKS={args.only}"] if args.only else []))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help="test programs, as in CHECKS of the Makefile")
    parser.add_argument("--kernel", default="", help="make check-kernel with this one instead")
    parser.add_argument("version", nargs="+", help="9 to 16, or gcc-9 to gcc-16")
    args = parser.parse_args()

    versions = [word[4:] if word.startswith("gcc-") else word for word in args.version]
    for version in versions:
        if version not in SUITES:
            die(f"mncheck: error: GCC={version}: no such compiler in the suites that are known; "
                f"give some of {' '.join(SUITES)}")
    if os.geteuid():
        die("mncheck: error: check-gcc needs root (debootstrap, chroot): "
            "run it as root or with sudo")
    if run(["sh", ROOT / "tools/build/deps.sh", "root"]).returncode:
        die("mncheck: error: debootstrap is missing: apt-get install debootstrap")
    tap = Tap()
    for version in versions:
        check(tap, version, args)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
