#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""make check-package: a Debian package in a root with nothing else in it; TAP.

debootstrap makes the root below build/package, from the archive that this machine's own apt has. There the
package is installed as anyone would, compiles the module of testcases/module and a part of a kernel, passes
the test cases with what it installed, and is removed again. Needs root, for chroot.
"""

import json
import os
import re
import shutil
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.kernel import test_module as module
from tests.tap import Tap
from tools.mnlib import BUILD, ROOT, die, read_records, run, start, write_records


TOP = BUILD / "package/root"
CACHE = BUILD / "package/archives"
DEB = "/tmp/mncheck.deb"
TREE = "/tmp/mncheck-tree"
NEEDED = ["gcc-12", "linux-headers-amd64", "make", "python3",
          # what docs/ci.md installs for a kernel, or what is left would not be the package's own
          "bc", "bison", "flex", "gcc", "libc6-dev", "libelf-dev", "libssl-dev", "linux-source-6.1", "xz-utils"]
# what changes whenever a package comes or goes, and our own
PASSING = ("tmp", "var/lib/dpkg", "var/lib/apt", "var/cache", "var/log", "etc/ld.so.cache",
           "root/.cache", "dev", "run")
TESTS = ["tests/cases.py", "tests/test_contract.py", "tests/test_text.py",
         "tests/test_options.py", "tests/test_report.py", "tests/test_context.py"]


def inside(*command: str):
    environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LC_ALL": "C.UTF-8",
                   "DEBIAN_FRONTEND": "noninteractive", "GCC": "gcc-12",
                   "MNCHECK_INSTALLED": "/usr"}
    # a program asks /proc where it lies, a test for a terminal; what is mounted ends with the command
    mounts = ('mount -t proc proc "$0/proc" && mkdir -p "$0/dev/pts" && '
              'mount -t devpts -o ptmxmode=0666 devpts "$0/dev/pts" && '
              'ln -sfn pts/ptmx "$0/dev/ptmx" && exec chroot "$0" "$@"')
    return run(["unshare", "--mount", "sh", "-c", mounts, TOP, *command], env=environment)


def need(done, what: str) -> None:
    """A step that is not a test; ends the run when it failed."""
    if done.returncode:
        lines = (done.stderr.strip() or done.stdout.strip()).splitlines()
        die(f"mncheck: error: {what} failed: {lines[-1] if lines else ''}")


def archives() -> list[str]:
    """Debian's lines of this machine's apt, for the release that it runs."""
    said = run(["apt-get", "indextargets", "--format",
                "$(ORIGIN) deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] "
                "$(REPO_URI) $(CODENAME) main", "Identifier: Packages", "Component: main"]).stdout
    return sorted({line.removeprefix("Debian ") for line in said.splitlines()
                   if line.startswith("Debian deb ")})


def bootstrap() -> None:
    lines = archives()
    release = run(["sh", "-c", ". /etc/os-release; echo $VERSION_CODENAME"]).stdout.strip()
    first = [line.split()[2] for line in lines if line.split()[3] == release]
    if not first:
        die(f"mncheck: error: apt knows no archive of {release}; run apt-get update")
    shutil.rmtree(TOP, ignore_errors=True)
    CACHE.mkdir(parents=True, exist_ok=True)
    print(f"# making a root with {release} from {first[0]}", flush=True)
    # what it mounts there ends with it, also when it is interrupted
    need(run(["unshare", "--mount", "--fork", "--kill-child", "debootstrap",
              "--variant=minbase", f"--cache-dir={CACHE}", release, TOP, first[0]]), "debootstrap")
    (TOP / "etc/apt/sources.list").write_text("".join(line + "\n" for line in lines))
    proxies = [line for line in run(["apt-config", "dump"]).stdout.splitlines()
               if "::Proxy " in line]
    (TOP / "etc/apt/apt.conf.d/90mncheck").write_text("\n".join([
        *proxies, 'APT::Install-Recommends "false";', ""]))
    need(inside("apt-get", "-q", "update"), "apt-get update in the root")
    print(f"# installing there: {' '.join(NEEDED)}", flush=True)
    need(inside("apt-get", "-qy", "install", *NEEDED), "apt-get install in the root")


def contents() -> set[str]:
    """Every path of the root that a package is answerable for."""
    return {name for path in TOP.rglob("*")
            if not (name := str(path.relative_to(TOP))).startswith(PASSING)
            and "__pycache__" not in name}


def ci_steps(job: str) -> list[str]:
    """The commands of an example in docs/ci.md, as they stand there."""
    text = (ROOT / "docs/ci.md").read_text().split(f"\n## {job}\n")[1].split("```")[1]
    if job == "A kernel":
        return text.splitlines()[1:]
    lines = text.split("script:")[1].split("artifacts:")[0] if job == "GitLab" else text
    return re.findall(r"^ +- (?:run: )?(?!uses|name)(.+)$", lines, re.M)


def wrong_reports(place: Path, status: int) -> list[str]:
    """Each that the steps wrote has findings where the last step says so; SARIF has names of the repository"""
    wrong = [f"{name}: {word} {'is not' if status else 'is'} there"
             for name, word in (("mncheck.xml", "<failure"), ("mncheck.html", "<article"))
             if (place / name).exists() and (word in (place / name).read_text()) != bool(status)]
    if (place / "mncheck.sarif").exists():
        results = json.loads((place / "mncheck.sarif").read_text())["runs"][0]["results"]
        names = {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in results}
        wrong += [f"mncheck.sarif: {name} is not there" for name in names if not (place / name).is_file()]
        wrong += ["mncheck.sarif: results"] * (bool(results) != bool(status))
    return wrong


def test_ci(tap: Tap, job: str, place: Path) -> None:
    """What is in @place has faults, of which the last run knew none, and then all."""
    shutil.copyfile(TOP / DEB[1:], place / "mncheck_1_all.deb")
    failed = []

    def step(text: str):
        # what the driver calls is in another module
        done = inside("sh", "-ec", f"export KBUILD_MODPOST_WARN=1; cd /{place.relative_to(TOP)}; {text}")
        if done.returncode and not text.startswith("mncheck diff"):
            failed.append(f"{text}: {done.returncode}: {done.stderr[-600:]}")
        return done

    steps = ci_steps(job)
    first = next(i for i, text in enumerate(steps) if text.startswith("mncheck report"))
    for text in steps[:first]:
        step(text)
    now = read_records(place / "now.jsonl")
    for name, known, status in (("new findings", [{**unit, "findings": []} for unit in now], 1), ("known ones", now, 0)):
        write_records(known, place / "known.jsonl")
        last = [step(text) for text in steps[first:]][-1]
        tap.ok(now and not failed and last.returncode == status and steps[-1].startswith("mncheck diff"),
               f"docs/ci.md, {job}: the steps as they stand there, with {name}", *failed, last.stdout, last.stderr)
        wrong = wrong_reports(place, status)
        tap.ok(not wrong and ((place / "mncheck.html").exists() or (place / "mncheck.sarif").exists()),
               f"docs/ci.md, {job}: the reports, with {name}", *wrong)
    found = Counter(Path(finding["file"]).parts[0] for unit in now for finding in unit["findings"])
    tap.note(f"{job}: {len(now)} files, findings: " + ", ".join(f"{top} {n}" for top, n in found.items()))
    shutil.rmtree(place)


def test_installed(tap: Tap) -> None:
    kernel = module.headers(TOP)
    tap.note(f"with {kernel}")
    for forge in ("GitLab", "GitHub"):
        test_ci(tap, forge, Path(shutil.copytree(ROOT / "testcases/module", TOP / f"tmp/{forge}")))
    (TOP / "tmp/kernel").mkdir()
    test_ci(tap, "A kernel", TOP / "tmp/kernel")
    module.build(tap, "gcc", kernel, "/usr/lib/mncheck/mmu_notifier_plugin.so", TOP)
    module.build(tap, "sparse", kernel, "mncheck-sparse", TOP)
    names = run(["git", "ls-files"], cwd=ROOT).stdout.split()
    names = names or [str(path.relative_to(ROOT)) for folder in ("tests", "tools", "testcases", "core")
                      for path in (ROOT / folder).rglob("*") if path.is_file()]
    for name in names:
        place = TOP / TREE[1:] / name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, place)
    for test in TESTS:
        done = inside("sh", "-c", f"cd {TREE} && python3 {test}")
        lines = done.stdout.splitlines() or [""]
        tap.ok(done.returncode == 0, f"with what is installed: {test}: {lines[-1]}",
               done.stdout, done.stderr)


def test_package(tap: Tap, package: Path) -> None:
    before = contents()
    shutil.copyfile(package, TOP / DEB[1:])
    done = inside("apt-get", "-qy", "install", DEB)
    new = contents() - before
    tap.ok(done.returncode == 0 and "usr/bin/mncheck-sparse" in new,
           f"{package.name} is installed, by apt", done.stdout, done.stderr)
    test_installed(tap)
    done = inside("apt-get", "-qy", "purge", "mncheck")
    tap.ok(done.returncode == 0 and "dpkg: " not in done.stdout + done.stderr,
           "it is removed, and dpkg has nothing to say of it", done.stdout, done.stderr)
    after = contents()
    tap.ok(new and after == before, f"nothing is left of its {len(new)} files and folders",
           *(f"left: {name}" for name in sorted(after - before)),
           *(f"gone: {name}" for name in sorted(before - after)))


def main() -> int:
    if len(sys.argv) != 2 or not Path(sys.argv[1]).exists():
        die("mncheck: error: which package? make check-package builds one and names it")
    if os.geteuid():
        die("mncheck: error: make check-package needs root, for debootstrap and chroot; use sudo")
    tap = Tap()
    try:
        bootstrap()
        test_package(tap, Path(sys.argv[1]))
    finally:
        shutil.rmtree(TOP, ignore_errors=True)
    return tap.finish()


if __name__ == "__main__":
    start(main)
