#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""make install and make uninstall, into a root of our own; TAP."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.tap import Tap
from tools.mnlib import BUILD, GCC, ROOT, SPARSE, hear_interrupt, run

SCRATCH = BUILD / "tests/install"
PREFIX = "/opt/mn"
PLAIN = {k: v for k, v in os.environ.items()
         if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "DESTDIR", "PREFIX")}
PROGRAMS = {"bin/mn-contract", "bin/mn-replay", "bin/mncheck", "bin/mncheck-link"}
ALWAYS = PROGRAMS | {
    "lib/mncheck/mmu_notifier_plugin.so", "share/mncheck/mmu_notifier.contract",
    "share/mncheck/overlay/linux/mmu_notifier.h", "share/mncheck/cocci/convert/core.cocci",
    "share/mncheck/cocci/region-balance.cocci", "share/mncheck/cocci/drivers/sequence-unset.cocci",
    "share/mncheck/cocci/repairs/sgx-release.mail", "share/mncheck/findings/6.1.findings", "share/mncheck/kernel.config",
    "share/doc/mncheck/ci.md", "share/man/man1/mncheck-sparse.1",
    "share/man/man7/mncheck.7", "share/doc/mncheck/rules.md", "share/doc/mncheck/record.schema.json", "share/doc/mncheck/context.schema.json",
    "libexec/mncheck/mncheck-range", "libexec/mncheck/tools/kernel/kbuild.py", "share/man/man1/mncheck.1", "share/doc/mncheck/README.md"}


def make(*words: str):
    return run(["make", "--no-print-directory", *words], cwd=ROOT, env=PLAIN)


def files(top: Path) -> set[str]:
    return {str(path.relative_to(top)) for path in top.rglob("*") if not path.is_dir()}


def test_install(tap: Tap, root: Path) -> None:
    top = root / PREFIX[1:]
    done = make("install", f"DESTDIR={root}", f"PREFIX={PREFIX}")
    there = files(top) if top.exists() else set()
    wanted = ALWAYS | ({"bin/mncheck-sparse"} if SPARSE.exists() else set())
    tap.ok(done.returncode == 0 and not wanted - there, "make install puts everything in its place",
           done.stderr, *sorted(wanted - there))
    tap.ok(files(root) == {f"{PREFIX[1:]}/{name}" for name in there} and
           not [name for name in there if re.search(r"/\.[^/]*$", name)],
           "nothing outside of the prefix, nothing half-written")
    pages = [path for path in top.glob("share/man/*/*") if "@PREFIX@" in path.read_text()
             or str(root) in path.read_text()]
    tap.ok(PREFIX in (top / "share/man/man7/mncheck.7").read_text() and not pages,
           "the manual pages name the prefix, not DESTDIR", *map(str, pages))
    test_use(tap, top)


def test_use(tap: Tap, top: Path) -> None:
    plugin = top / "lib/mncheck/mmu_notifier_plugin.so"
    done = run([GCC, "-c", "-xc", "/dev/null", "-o", "/dev/null", f"-fplugin={plugin}",
                "-fplugin-arg-mmu_notifier_plugin-help"])
    tap.ok(done.returncode == 0 and "contract=FILE" in done.stderr, "GCC loads the installed plugin",
           done.stderr)
    done = run([top / "bin/mncheck", "range", "a..b", f"KDIR={SCRATCH}"])
    tap.ok(done.returncode == 2 and "its repository is that of" in done.stderr + "its repository is that of" * (
        "not a git repository" in done.stderr), "the installed mncheck runs the installed mncheck-range", done.stdout, done.stderr)
    contract = top / "share/mncheck/mmu_notifier.contract"
    done = run([top / "bin/mn-contract", "--check", contract])
    tap.ok(done.returncode == 0, "the installed mn-contract checks the installed contract",
           done.stdout + done.stderr)
    use = SCRATCH / "use"
    use.mkdir()
    (use / "a.c").write_text("int f(void)\n{\n\treturn 0;\n}\n")
    (use / ".a.o.cmd").write_text(f"savedcmd_a.o := {GCC} -c -o a.o a.c\n")
    for words in (("context",), ("context", "--sparse"))[:1 + SPARSE.exists()]:
        done = run([top / "bin/mncheck", *words, use / "a.c", "f"])
        tap.ok(done.returncode == 0 and "     3 ?  ?  ? |         return 0;\n" in done.stdout,
               f"mncheck {' '.join(words)} finds what is installed", done.stdout + done.stderr)
    shutil.rmtree(use)


def test_uninstall(tap: Tap, root: Path) -> None:
    foreign = root / PREFIX[1:] / "bin/foreign"
    foreign.write_text("not of mncheck\n")
    done = make("uninstall", f"DESTDIR={root}", f"PREFIX={PREFIX}")
    left = files(root)
    folders = [str(path) for path in root.rglob("mncheck*") if path.is_dir()]
    tap.ok(done.returncode == 0 and left == {f"{PREFIX[1:]}/bin/foreign"} and not folders,
           "make uninstall leaves what is not its own, and nothing else", done.stderr, *left,
           *folders)
    done = make("uninstall", f"DESTDIR={root}", f"PREFIX={PREFIX}")
    tap.ok(done.returncode == 0, "make uninstall again: nothing to do", done.stderr)


def test_refused(tap: Tap, root: Path) -> None:
    (root / "file").write_text("")
    for prefix, said in ((f"{root}/file/below", "Not a directory"), ("relative", "not an absolute")):
        done = run(["sh", "package/install.sh", "install", "", prefix,
                    "644:share:README.md"], cwd=ROOT)
        lines = done.stderr.splitlines()
        tap.ok(done.returncode == 2 and len(lines) == 1 and said in lines[0]
               and lines[0].startswith("mncheck: error: "),
               f"a prefix that cannot be: {said}", done.stderr)


def test_interrupted(tap: Tap, root: Path) -> None:
    """A fifo for a source: the copy waits for a writer that never comes."""
    fifo = root / "fifo"
    os.mkfifo(fifo)
    with subprocess.Popen(["sh", "package/install.sh", "install", str(root), "/usr",
                           f"644:lib:{fifo}"], cwd=ROOT, stderr=subprocess.PIPE, text=True,
                          start_new_session=True, preexec_fn=hear_interrupt) as process:
        writer = open(fifo, "w", encoding="utf-8")
        writer.write("half a file")
        writer.flush()
        time.sleep(0.2)
        os.killpg(process.pid, signal.SIGINT)
        said = process.communicate(timeout=20)[1]
        writer.close()
    left = files(root) - {"fifo", "file"}
    tap.ok(process.returncode == 130 and said.count("\n") == 1 and not left,
           "make install interrupted: one line, nothing half-written", said, *sorted(left))


def main() -> int:
    tap = Tap()
    shutil.rmtree(SCRATCH, ignore_errors=True)
    SCRATCH.mkdir(parents=True)
    root = SCRATCH / "root"
    test_install(tap, root)
    test_uninstall(tap, root)
    test_refused(tap, SCRATCH)
    shutil.rmtree(root)
    test_interrupted(tap, SCRATCH)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
