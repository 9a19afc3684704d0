#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Records with ccache and distcc, and of what make kernel does not compile again; TAP.

The kernel is one in small, of tests/range_kernel.py, whose make leaves alone what is up to date, as kbuild does.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.range_kernel import Kernel, bad, good, source
from tests.tap import Tap
from tools.mnlib import BUILD, GCC, LINK, PLUGIN, ROOT, SPARSE, plugin_flags, read_records, run

SCRATCH = BUILD / "tests/caches"
MARK = "mncheck: record: "
PLAIN = {k: v for k, v in os.environ.items()
         if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "KCFLAGS", "O", "RULES", "TARGETS", "PLUGIN_ARGS", "LINK")
         and not k.startswith(("CCACHE_", "DISTCC_"))}
CLOSE = ("void close_it(struct mm_struct *mm, unsigned long a, unsigned long b);\n\n"
         "void closed_elsewhere(struct mm_struct *mm, int busy)\n{\n\tmmu_notifier_invalidate_range_start(mm, 0, 1);\n"
         "\tif (busy)\n\t\tclose_it(mm, 0, 1);\n\telse\n\t\tmmu_notifier_invalidate_range_end(mm, 0, 1);\n}\n")
ROW = "[functions]\nclose_it/3 | %s | * | of this test\n"


def kernel() -> Kernel:
    one = Kernel(SCRATCH / "kernel")
    one.commit("base", {"mm/a.c": source(bad("a")), "mm/b.c": source(good("b")), "mm/c.c": source(CLOSE),
                        "mm/plain.c": "int plain(void)\n{\n\treturn 0;\n}\n"})
    one.make("prepare")
    return one


def make_kernel(one: Kernel, **more: str):
    return run([sys.executable, "tools/kernel/kernel.py"], cwd=ROOT, env={
        **PLAIN, "KDIR": str(one.top), "O": str(one.out), "BUILD": str(SCRATCH / "out"), "J": "2", "NAME": "it",
        "PLUGIN_PROGRAM": str(PLUGIN), "GCC": GCC, "TARGETS": "mm/", **more})


def result(name: str = "it") -> bytes:
    return (SCRATCH / f"out/kernel/{name}.jsonl").read_bytes()


def reused(done) -> int:
    match = re.search(r"^(\d+) of them had not changed since a run before", done.stdout, re.M)
    return int(match[1]) if match else 0


def forget(one: Kernel) -> None:
    """A build folder with nothing in it, and no run before."""
    shutil.rmtree(SCRATCH / "out", ignore_errors=True)
    shutil.rmtree(one.out / "mm", ignore_errors=True)


# -- records among the messages -----------------------------------------------------

def test_stderr(tap: Tap, one: Kernel) -> None:
    compile_a = ["-I", one.top / "include", one.top / "mm/a.c"]
    engines = {"gcc": ([GCC, "-O2", "-c", "-o", "/dev/null"], lambda name: plugin_flags(f"record={name}")),
               "sparse": ([SPARSE], lambda name: [f"--mn-record={name}"])}
    for engine, (command, record) in engines.items():
        if not Path(command[0]).exists() and engine == "sparse":
            tap.skip("record=- of mncheck-sparse", "mncheck-sparse is not built")
            continue
        file = SCRATCH / f"{engine}.jsonl"
        file.unlink(missing_ok=True)
        run([*command, *compile_a, *record(file)])
        said = run([*command, *compile_a, *record("-")])
        lines = [line[len(MARK):] for line in said.stderr.splitlines() if line.startswith(MARK)]
        tap.ok(read_records(file) and [json.loads(line) for line in lines] == read_records(file) and not said.stdout
               and not Path("-").exists(), f"record=- of {engine}: that of a file, behind '{MARK}'", said.stderr)


# -- what is not compiled again -------------------------------------------------------

def test_again(tap: Tap, one: Kernel) -> None:
    forget(one)
    first = make_kernel(one)
    whole = result()
    tap.ok(first.returncode == 0 and reused(first) == 0 and first.stdout.count("warning: ") == 2 and
           "files compiled                    4\n" in first.stdout, "the first run compiles all", first.stdout, first.stderr)
    done = make_kernel(one)
    tap.ok(done.returncode == 0 and reused(done) == 4 and result() == whole and
           first.stdout.split("\n\nfiles compiled")[1].split("\ntime")[0] == done.stdout.split("\n\nfiles compiled")[1].split("\ntime")[0]
           and done.stdout.count("warning: ") == 2, "the next one none, and gives the same", done.stdout, done.stderr)

    def touch(path: Path) -> None:
        path.write_bytes(path.read_bytes())

    plugin = SCRATCH / "plugin/mmu_notifier_plugin.so"
    for name, change, left, more in (
            ("a source that is newer", lambda: touch(one.top / "mm/a.c"), 3, {}),
            ("a header that is newer", lambda: touch(one.top / "include/linux/mmu_notifier.h"), 1, {}),
            ("an object that is gone", (one.out / "mm/b.o").unlink, 3, {}),
            ("an object of another's making", lambda: touch(one.out / "mm/b.o"), 3, {}),
            ("an object, made with no plugin in between", lambda: one.make("mm/b.o"), 3, {}),
            ("other rules", lambda: None, 0, {"RULES": "-callback-sleeps"}),
            ("the same rules again", lambda: None, 4, {"RULES": "-callback-sleeps"}),
            ("all rules", lambda: None, 0, {}),
            ("no run before that is known", (SCRATCH / "out/kernel/it.units").unlink, 0, {}),
            ("nor can make -n tell what there is to do", (SCRATCH / "out/kernel/it.units").unlink, 0, {"KERNEL_MAKE_ARGS": "BLIND=1"}),
            ("a run before that cannot be read", lambda: (SCRATCH / "out/kernel/it.units").write_text("{"), 0, {}),
            ("a kbuild that does not name its steps", (one.out / "mm/b.o").unlink, 3, {"KERNEL_MAKE_ARGS": "V=1"}),
            ("one that does", lambda: None, 3, {}),
            ("one of them", lambda: None, 1, {"TARGETS": "mm/b.o"}),
            ("another name", lambda: None, 0, {"NAME": "other"}),
            ("a plugin elsewhere", lambda: (plugin.parent.mkdir(), shutil.copy(PLUGIN, plugin)), 0, {"PLUGIN_PROGRAM": str(plugin)}),
            ("another plugin in its place", lambda: plugin.write_bytes(plugin.read_bytes() + b"\0"), 0, {"PLUGIN_PROGRAM": str(plugin)}),
            ("the same plugin again", lambda: None, 4, {"PLUGIN_PROGRAM": str(plugin)})):
        time.sleep(0.01)
        change()
        done = make_kernel(one, **more)
        same = [line for line in whole.splitlines() if "TARGETS" not in more or b'"mm/b.c"' in line]
        tap.ok(done.returncode == 0 and reused(done) == left and result(more.get("NAME", "it")).splitlines() == same,
               f"{name}: {left} of 4 are not compiled again", done.stdout, done.stderr)
    test_changed(tap, one)


def test_changed(tap: Tap, one: Kernel) -> None:
    """What is kept is of what is there."""
    make_kernel(one)
    one.write({"mm/a.c": source(bad("a"), "oops\n")})
    done = make_kernel(one)
    tap.ok(done.returncode == 1 and "not compiled: mm/a.o" in done.stdout and b'"mm/a.c"' not in result() and reused(done) == 3,
           "a file that does not compile any more has no record", done.stdout, done.stderr)
    one.write({"mm/a.c": source(good("a"))})
    done = make_kernel(one)
    tap.ok(done.returncode == 0 and b"open-at-return" not in b"".join(
        line for line in result().splitlines() if b'"mm/a.c"' in line) and reused(done) == 3,
        "a file that was repaired", done.stdout, done.stderr)
    one.write({"mm/Makefile": "obj-y += b.o c.o plain.o\n"})
    done = make_kernel(one)
    tap.ok(done.returncode == 0 and b'"mm/a.c"' not in result() and reused(done) == 3,
           "a file that is built no more", done.stdout, done.stderr)
    one.git("checkout", "-q", "-f", "master")


def test_unreadable(tap: Tap, one: Kernel) -> None:
    """A compiler's output that was cut, or mixed up."""
    forget(one)
    for number in (1, 2):
        done = make_kernel(one, KERNEL_MAKE_ARGS="'WAIT=test $@ != mm/b.o || echo \"mncheck: record: {\"'")
        tap.ok(done.returncode == 1 and "not compiled: mm/b.o: its record cannot be read: {\n" in done.stdout and
               reused(done) == 3 * (number == 2), f"a record that is not whole, run {number}: said, and compiled again", done.stdout, done.stderr)


def test_interrupted(tap: Tap, one: Kernel) -> None:
    forget(one)
    slow = {"KERNEL_MAKE_ARGS": "'WAIT=test $@ != mm/b.o || sleep 20'", "J": "1"}
    environment = {**PLAIN, "KDIR": str(one.top), "O": str(one.out), "BUILD": str(SCRATCH / "out"), "NAME": "it",
                   "PLUGIN_PROGRAM": str(PLUGIN), "GCC": GCC, "TARGETS": "mm/", **slow}
    with subprocess.Popen([sys.executable, "tools/kernel/kernel.py"], cwd=ROOT, env=environment, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        for _ in range(400):
            if (one.out / "mm/b.o").exists():
                break
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        said = process.communicate(timeout=60)
    done = make_kernel(one)
    tap.ok(process.returncode == 130 and done.returncode == 0 and reused(done) == 1 and "files compiled                    4\n" in done.stdout,
           "after an interrupt: what was made is not compiled again", *said, done.stdout, done.stderr)


# -- ccache ----------------------------------------------------------------------------

def counters(env: dict) -> dict[str, int]:
    lines = run(["ccache", "--print-stats"], env=env).stdout.splitlines()
    found = {name: int(value) for name, value in (line.split("\t")[:2] for line in lines if "\t" in line)}
    return {"hits": found["direct_cache_hit"] + found["preprocessed_cache_hit"], "misses": found["cache_miss"]}


def test_ccache(tap: Tap, one: Kernel) -> None:
    cache = {"CCACHE_DIR": str(SCRATCH / "ccache"), "CCACHE_TEMPDIR": str(SCRATCH / "ccache/tmp"), "GCC": f"ccache {GCC}"}
    env = {**PLAIN, **cache}
    forget(one)
    make_kernel(one)
    plain, objects = result(), {path.name: path.read_bytes() for path in (one.out / "mm").glob("*.o")}
    for number, wanted in ((1, {"hits": 0, "misses": 4}), (2, {"hits": 4, "misses": 4})):
        forget(one)
        before = counters(env)
        done = make_kernel(one, **cache)
        now = {name: value - before[name] * (name == "hits") for name, value in counters(env).items()}
        made = {path.name: path.read_bytes() for path in (one.out / "mm").glob("*.o")}
        tap.ok(done.returncode == 0 and result() == plain and made == objects and reused(done) == 0 and
               (now["hits"], now["misses"] >= 4) == (wanted["hits"], True),
               f"make kernel GCC=\"ccache gcc\", {'a miss' if number == 1 else 'a hit'}: records and objects are the same",
               f"{now}", done.stdout, done.stderr)
    done = make_kernel(one, **cache)
    tap.ok(done.returncode == 0 and reused(done) == 4 and result() == plain, "nor is it asked again", done.stdout)
    asked = run(["sh", "tools/build/deps.sh", "build"], cwd=ROOT, env={**PLAIN, "GCC": f"ccache {GCC}"})
    tap.ok(asked.returncode == 0 and "ccache" not in asked.stdout, "make deps with ccache in GCC= looks for the compiler", asked.stdout, asked.stderr)
    contract = SCRATCH / "own.contract"
    for effect, count in (("nothing", 2), ("end mm=1 start=2 end=3", 1), ("nothing", 2)):
        contract.write_text(ROW % effect)
        forget(one)
        done = make_kernel(one, PLUGIN_ARGS=f"contract={contract}", **cache)
        tap.ok(done.returncode == 0 and done.stdout.count("warning: ") == count,
               f"a contract of one's own that changes, close_it(): {effect}", done.stdout, done.stderr)
        again = make_kernel(one, PLUGIN_ARGS=f"contract={contract}", **cache)
        tap.ok(reused(again) == 4 and again.stdout.count("warning: ") == count, "the same without a compilation", again.stdout)
    facts = []
    for _ in range(2):
        forget(one)
        (SCRATCH / "out").mkdir()
        (SCRATCH / "out/mncheck-link").symlink_to(LINK)
        done = make_kernel(one, LINK="1", **cache)
        facts.append(sorted(path.name for path in (SCRATCH / "out/kernel/it.facts").glob("*.facts")))
        tap.ok(done.returncode == 0 and len(facts[0]) == 4 and facts[-1] == facts[0], "LINK=1 with ccache: the facts are there",
               *facts[-1], done.stdout, done.stderr)


# -- distcc ----------------------------------------------------------------------------

def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def test_distcc(tap: Tap, one: Kernel) -> None:
    """Debian's distccd refuses a plugin, and distcc compiles here."""
    forget(one)
    make_kernel(one)
    plain, port = result(), free_port()
    objects = {path.name: path.read_bytes() for path in (one.out / "mm").glob("*.o")}
    (SCRATCH / "distcc").mkdir(exist_ok=True)
    with open(SCRATCH / "distccd.log", "w", encoding="utf-8") as log, subprocess.Popen(
            ["distccd", "--no-detach", "--daemon", "--allow", "127.0.0.1", "--listen", "127.0.0.1", "--port", str(port),
             "--jobs", "2", "--log-stderr"], stdout=log, stderr=log, start_new_session=True,
            env={**PLAIN, "TMPDIR": "/tmp"}) as server:
        try:
            for _ in range(100):
                with socket.socket() as there:
                    if not there.connect_ex(("127.0.0.1", port)):
                        break
                time.sleep(0.05)
            forget(one)
            done = make_kernel(one, GCC=f"distcc {GCC}", DISTCC_DIR=str(SCRATCH / "distcc"), DISTCC_HOSTS=f"127.0.0.1:{port}",
                               DISTCC_IO_TIMEOUT="20")
        finally:
            os.killpg(server.pid, signal.SIGTERM)
    made = {path.name: path.read_bytes() for path in (one.out / "mm").glob("*.o")}
    tap.ok(done.returncode == 0 and result() == plain and made == objects, "make kernel GCC=\"distcc gcc\": records and objects are the same",
           done.stdout, done.stderr, (SCRATCH / "distccd.log").read_text())


def main() -> int:
    tap = Tap()
    shutil.rmtree(SCRATCH, ignore_errors=True)
    SCRATCH.mkdir(parents=True)
    if not shutil.which("git"):
        tap.skip("records that are kept", "git is not installed")
        return tap.finish()
    one = kernel()
    test_stderr(tap, one)
    test_again(tap, one)
    test_unreadable(tap, one)
    test_interrupted(tap, one)
    for name, test in (("ccache", test_ccache), ("distcc", test_distcc)):
        if shutil.which(name):
            test(tap, one)
        else:
            tap.skip(f"make kernel with {name}", f"{name} is not installed")
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
