#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""What is said when a machine or a kernel does not fit, and what is left behind then; TAP.

Each failure is one line that docs/kernel.md explains, and leaves nothing half-written. The kernel is a
folder with a Makefile that compiles one file. Full and read-only places are mounts in a
namespace of the command's own, where the machine lets us have one.
"""

from __future__ import annotations

import os
import resource
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.tap import Tap
from tools.mnlib import (BUILD, CONTRACT, GCC, LINK, MNCHECK, PLUGIN, REPLAY, ROOT, SPARSE, hear_interrupt,
                         plugin_flags, run)

SCRATCH = BUILD / "tests/failures"
DOCUMENT = " ".join((ROOT / "docs/kernel.md").read_text().split())
PLAIN = {k: v for k, v in os.environ.items()
         if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "KCFLAGS", "O", "LLVM")}
KERNEL = {
    "Kbuild": "", "mm/Makefile": "obj-y += one.o\n", ".config": "",
    "Makefile": ".DELETE_ON_ERROR:\nmm/: mm/one.o\nmm/one.o: FORCE\n"
                "\t@echo '  CC      $@'\n"
                f"\t@{GCC} -O2 $(KCFLAGS) -c -o $@ mm/one.c\n\t@$(WAIT)\nFORCE:\n",
    "mm/one.c": "struct mm_struct;\n"
                "void mmu_notifier_invalidate_page(struct mm_struct *mm, unsigned long a);\n"
                "void bad(struct mm_struct *mm)\n{\n\tmmu_notifier_invalidate_page(mm, 0);\n}\n"}


def kernel(name: str, *config: str) -> Path:
    top = SCRATCH / name
    shutil.rmtree(top, ignore_errors=True)
    for file, text in {**KERNEL, "include/config/auto.conf":
                       "".join(f"CONFIG_{word}\n" for word in config)}.items():
        (top / file).parent.mkdir(parents=True, exist_ok=True)
        (top / file).write_text(text)
    return top


def installation(plugin: bytes) -> Path:
    """A prefix with this plugin, for MNCHECK_INSTALLED."""
    place = SCRATCH / "prefix/lib/mncheck/mmu_notifier_plugin.so"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(plugin)
    return SCRATCH / "prefix"


def environment(top: Path, plugin: bytes | None = None, **more: str) -> dict:
    return {**PLAIN, "KDIR": str(top), "BUILD": str(SCRATCH / "out"), "J": "1", "NAME": "it",
            "MNCHECK_INSTALLED": str(installation(plugin or PLUGIN.read_bytes())), **more}


def make_kernel(top: Path, plugin: bytes | None = None, **more: str):
    return run([sys.executable, "tools/kernel/kernel.py"], cwd=ROOT,
               env=environment(top, plugin, **more))


def one_line(tap: Tap, name: str, done, *words: str, kept: tuple = (), said: str = "error") -> None:
    """It failed with one line of ours that has these words, the first ones as documented, and left no file of
    another name than those that are allowed."""
    text = done.stdout + done.stderr
    lines = [line for line in text.splitlines()
             if line.startswith("mncheck: ") or "error: mncheck: " in line]
    halves = [str(path) for path in SCRATCH.rglob("*")
              if path.name.startswith(".") and path.name != ".config" or
              path.suffix in (".tmp", ".record") and path.name not in kept]
    wrong = [word for word in words if not lines or word not in lines[0]]
    wrong += [f"not in docs/kernel.md: {word}" for word in words[:1] if word not in DOCUMENT]
    tap.ok(done.returncode != 0 and len(lines) == 1 and not wrong and not halves
           and "Traceback" not in text, name, *wrong, *halves, text)


def other_version() -> bytes:
    version = run([GCC, "-dumpfullversion"]).stdout.strip()
    other = ".".join("9" * len(part) for part in version.split("."))
    return PLUGIN.read_bytes().replace(version.encode(), other.encode())


# -- a kernel or a compiler that does not fit ----------------------------------

def test_kernel(tap: Tap) -> None:
    done = make_kernel(kernel("good", "MMU_NOTIFIER=y"))
    tap.ok(done.returncode == 0 and "[mn-invalidate-page]" in done.stdout,
           "the kernel of these tests compiles", done.stdout, done.stderr)
    one_line(tap, "make kernel: the plugin is for another GCC",
             make_kernel(kernel("good", "MMU_NOTIFIER=y"), other_version()),
             "this plugin was built for GCC")
    one_line(tap, "make kernel: the kernel is configured for another GCC",
             make_kernel(kernel("other", "MMU_NOTIFIER=y", "GCC_VERSION=990100")),
             "configured for GCC", "GCC 99.1.0", "GCC=gcc-99")
    one_line(tap, "make kernel: CONFIG_MMU_NOTIFIER is off", make_kernel(kernel("off")),
             "CONFIG_MMU_NOTIFIER is off")
    one_line(tap, "make kernel: configured for clang",
             make_kernel(kernel("clang", "MMU_NOTIFIER=y", "CC_IS_CLANG=y")),
             "clang loads no plugin of GCC")
    one_line(tap, "make kernel: LLVM=1", make_kernel(kernel("good", "MMU_NOTIFIER=y"), LLVM="1"),
             "clang loads no plugin of GCC")


def test_tree(tap: Tap) -> None:
    one_line(tap, "make kernel: KDIR is not set", make_kernel(SCRATCH, KDIR=""), "KDIR is not set")
    one_line(tap, "make kernel: no kernel", make_kernel(SCRATCH), "this is no kernel source tree")
    one_line(tap, "make kernel: no such KDIR", make_kernel(SCRATCH / "none"), "no such directory")
    top = kernel("unready", "MMU_NOTIFIER=y")
    (top / "include/config/auto.conf").unlink()
    one_line(tap, "make kernel: not prepared", make_kernel(top), "configured but not prepared",
             "prepare")
    (top / ".config").unlink()
    one_line(tap, "make kernel: not configured", make_kernel(top), "not configured", "defconfig")


def test_names(tap: Tap) -> None:
    """A name that make or a shell would read in another way is refused, not half used."""
    for odd in ("a$b", "a b", "it's", 'a"b', "a#b", "a:b", "a%b"):
        top = kernel(odd, "MMU_NOTIFIER=y")
        one_line(tap, f"make kernel: KDIR with {odd}", make_kernel(top), "make cannot be given a name with",
                 f"KDIR={top}")
        one_line(tap, f"make kernel: NAME={odd}", make_kernel(kernel("good", "MMU_NOTIFIER=y"), NAME=odd),
                 "make cannot be given a name with", f"NAME={odd}")
    one_line(tap, "make kernel: O with a $", make_kernel(kernel("good", "MMU_NOTIFIER=y"), O=str(
        kernel("a$b", "MMU_NOTIFIER=y"))), "make cannot be given a name with", "O=")
    one_line(tap, "make kernel: BUILD with a $", make_kernel(kernel("good", "MMU_NOTIFIER=y"), BUILD=str(
        SCRATCH / "out$x")), "make cannot be given a name with", "BUILD=")
    one_line(tap, "make kernel: PLUGIN_ARGS with a $", make_kernel(
        kernel("good", "MMU_NOTIFIER=y"), PLUGIN_ARGS="contract=/tmp/a$b"), "make cannot be given a name with", "PLUGIN_ARGS=")
    one_line(tap, "make kernel: J is no number", make_kernel(kernel("good", "MMU_NOTIFIER=y"), J="x"), "not a number of jobs", "J=x")
    one_line(tap, "make kernel: NAME is a path", make_kernel(kernel("good", "MMU_NOTIFIER=y"), NAME="../it"),
             "not a path")


def test_unchecked(tap: Tap) -> None:
    """What names the API and drops out is said, with each front end: each way is one file."""
    top = kernel("drops", "MMU_NOTIFIER=y")
    one = KERNEL["mm/one.c"]
    names = ("one", "flags", "off", "size_bounds", "plain", "comment")
    for name in (*names, "unbuilt"):
        (top / f"mm/{name}.c").write_text({"plain": "int i;\n", "comment": "int i; /* as mmu_notifier */\n"}.get(
            name, one.replace("bad", name)))
    (top / "extra").mkdir()
    (top / "extra/far.c").write_text(one)
    (top / "Makefile").write_text(
        "mm/: " + " ".join(f"mm/{name}.o" for name in names) + "\n"
        f"cmd = {GCC} -O2 $(if $(filter flags plain,$*),,$(KCFLAGS)) $(if $(filter off,$*),"
        "-fplugin-arg-mmu_notifier_plugin-disable) -c -o $@ mm/$*.c\n"
        "mm/%.o: FORCE\n\t$(if $(C),@echo '  CHECK   mm/$*.c'; $(CHECK) $(if $(filter off,$*),--mn-disable) mm/$*.c,"
        "@echo '  CC      $@'; $(cmd) && echo 'savedcmd_$@ := $(cmd)' > mm/.$*.o.cmd)\nFORCE:\n")
    why = {"extra/far.c": "no object here", "mm/comment.c": "it declares nothing of it", "mm/unbuilt.c": "no object here"}
    for engine in ("kernel", "sparse")[:1 + SPARSE.exists()]:
        silent = {**why, "mm/off.c": "it declares nothing of it", **{
            "mm/flags.c": "it declares nothing of it" for _ in range(engine == "kernel")}}
        for turn in ("first", "second"):
            done = run([sys.executable, f"tools/kernel/{engine}.py"], cwd=ROOT, env=environment(
                top, SPARSE_PROGRAM=str(SPARSE), PLUGIN_PROGRAM=str(PLUGIN)))
            said = [line for line in done.stdout.splitlines() if line.startswith("not checked: ")]
            text = "compiled without the plugin; a Makefile drops its flags, or says disable"
            wanted = [f"not checked: mm/flags.o: {text}", f"not checked: mm/off.o: {text}",
                      "not checked: 1 more that do not name the API: compiled without the plugin"] * (engine == "kernel")
            log = [line for line in (SCRATCH / "out/kernel/it.log").read_text().splitlines() if "no record" in line]
            tap.ok(done.returncode == (engine == "kernel") and said == wanted and "mm/size_bounds.c:5:" in done.stdout
                   and f"{len(silent)} more files name the API, " in done.stdout and
                   log == [f"mncheck: no record: {name}: {silent[name]}" for name in sorted(silent)],
                   f"make {engine}: what has no record is said, in the {turn} run", done.stdout, done.stderr, *log)
    done = make_kernel(top, PLUGIN_PROGRAM=str(PLUGIN), TARGETS="mm/comment.o mm/one.o")
    tap.ok(done.returncode == 0 and "not checked: mm" not in done.stdout and "more files name" not in done.stdout,
           "make kernel TARGETS=: what was not asked for is not said", done.stdout, done.stderr)
    shutil.rmtree(top)


def test_rules(tap: Tap) -> None:
    one_line(tap, "make kernel: RULES=foo", make_kernel(kernel("good", "MMU_NOTIFIER=y"), RULES="foo"),
             "no such rule; the rules are", "rules=foo")


def test_status(tap: Tap) -> None:
    """The status of a run: nothing unchecked is fine, findings are if that is asked for."""
    program = ("import sys; sys.path.insert(0, '.'); from tools.kernel.kernel import Result, exit_status; "
               "sys.exit(exit_status(Result({}, {}, 0, {})))")
    unit = "[{{'findings': [{}]}}]".format
    for name, words, status, more in (
            ("nothing was compiled", ("[]", 0, {}), 1, {}), ("no unit wrote a record", ("[]", 3, {}), 1, {}),
            ("nothing found", (unit(""), 1, {}), 0, {"EXIT_CODE": "1"}), ("found", (unit("{}"), 1, {}), 0, {}),
            ("found, and asked for", (unit("{}"), 1, {}), 1, {"EXIT_CODE": "1"}),
            ("not compiled", (unit(""), 1, {"a.o": "why"}), 1, {})):
        done = run([sys.executable, "-c", program.format(*words)], cwd=ROOT, env={**PLAIN, **more})
        tap.ok(done.returncode == status and (name in done.stdout) == name.startswith("no") * (words[0] == "[]"),
               f"exit status: {name}", str(done.returncode), done.stdout, done.stderr)


def test_clang(tap: Tap) -> None:
    if not shutil.which("clang"):
        tap.skip("clang with the plugin's flag", "clang is not installed")
        return
    obj = SCRATCH / "clang.o"
    done = run(["clang", "-c", "-xc", "/dev/null", "-o", obj, f"-fplugin={PLUGIN}"])
    said = [line for line in done.stderr.splitlines() if "unable to load plugin" in line]
    tap.ok(done.returncode != 0 and len(said) == 1 and "undefined symbol" in said[0]
           and not obj.exists() and "unable to load plugin" in DOCUMENT,
           "clang with the plugin's flag: one line, no object", done.stderr)


def test_headers(tap: Tap) -> None:
    wrapper = SCRATCH / "gcc-bare"
    wrapper.write_text('#!/bin/sh\n[ "$1" = -print-file-name=plugin ] && { echo plugin; exit; }\n'
                       f'exec {GCC} "$@"\n')
    wrapper.chmod(0o755)
    build = SCRATCH / "bare"
    done = run(["make", f"BUILD={build}", f"GCC={wrapper}", "HOSTCC=gcc", "HOSTCXX=g++",
                build / "gcc-plugin/report.o"], cwd=ROOT, env=PLAIN)
    one_line(tap, "make: a GCC without plugin headers", done, "has no plugin headers")
    done = run(["make", f"BUILD={build}", "GCC=gcc-none", build / "gcc-plugin/report.o"],
               cwd=ROOT, env=PLAIN)
    one_line(tap, "make: no such GCC", done, "no such compiler")


# -- a place that cannot be written --------------------------------------------

def in_namespace(script: str, **options):
    """A shell that may mount, and whose mounts end with it."""
    return run(["unshare", "-rm", "sh", "-ec", script], cwd=ROOT, env=PLAIN, **options)


def read_only(folder: Path) -> str:
    return f"mount --bind {folder} {folder}; mount -o remount,bind,ro {folder}; "


def full(folder: Path, kilobytes: int) -> str:
    return f"mount -t tmpfs -o size={kilobytes}k none {folder}; "


def fake_sparse() -> Path:
    top = SCRATCH / "sparse"
    top.mkdir(exist_ok=True)
    (top / "linearize.h").write_text("x" * 200000)
    return top


def test_places(tap: Tap) -> None:
    place = SCRATCH / "place"
    place.mkdir(exist_ok=True)
    if in_namespace(full(place, 16)).returncode:
        tap.skip("full and read-only places", "this machine allows no mounts of one's own")
        return
    top = kernel("good", "MMU_NOTIFIER=y")
    script = "".join(f"export {k}={shlex.quote(v)}; " for k, v in environment(top).items()
                     if PLAIN.get(k) != v) + f"{sys.executable} tools/kernel/kernel.py"
    one_line(tap, "make kernel: a read-only tree", in_namespace(read_only(top) + script),
             "cannot be written", str(top), "O=")
    out = SCRATCH / "out"
    one_line(tap, "make kernel: a read-only BUILD", in_namespace(read_only(out) + script),
             "Read-only file system", "BUILD=")
    one_line(tap, "make kernel: no space in BUILD", in_namespace(
        full(out, 4) + f"head -c 4096 /dev/zero > {out}/hog || true; {script}"),
        "No space left on device", "BUILD=")
    build = place / "b"
    core = f"make BUILD={build} {build}/mn-contract"
    one_line(tap, "make: a read-only BUILD", in_namespace(
        read_only(place) + f"make BUILD={build} {build}/core/engine/call.o"),
        "cannot be written; name another place with BUILD=")
    done = in_namespace(full(place, 100) + f"{core} || {{ find {place} -name '.*' "
                        f"| sed 's/^/left: /'; nm {build}/core/*/*.o >/dev/null; exit 1; }}")
    one_line(tap, "make: no space in BUILD", done, "No space left on device", "BUILD=")
    tap.ok("left: " not in done.stdout and "nm: " not in done.stderr,
           "make: no space in BUILD: whole objects only", done.stdout, done.stderr)
    done = in_namespace(full(place, 100) + f"SPARSE_SRC={fake_sparse()} sh "
                        f"sparse-checks/get-sparse.sh {place}/src || {{ ls -A {place}; exit 1; }}")
    one_line(tap, "get-sparse.sh: no space", done, "mncheck-sparse is not built", "No space left")
    tap.ok(len(done.stdout.splitlines()) == 1, "get-sparse.sh: nothing is left", done.stdout)
    done = in_namespace(read_only(place) + f"sh package/install.sh install {place} /usr "
                        "644:share:README.md")
    one_line(tap, "make install: a read-only place", done, "Read-only file system", str(place))


# -- outputs of the programs -----------------------------------------------------

def limited() -> None:
    """Files end at 4096 bytes; the signal that comes with it is ignored by Python."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))


def no_room_in_files() -> None:
    """.. at once"""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def test_outputs(tap: Tap) -> None:
    source = SCRATCH / "one.c"
    source.write_text(KERNEL["mm/one.c"])
    dump, record = SCRATCH / "one.cfg", SCRATCH / "kept"
    run([GCC, "-c", source, "-o", "/dev/null", *plugin_flags(f"dump={dump}")])
    programs = {
        "plugin": lambda option: [GCC, "-c", source, "-o", "/dev/null", *plugin_flags(option)],
        "mn-replay": lambda option: [REPLAY, f"--{option}", dump]}
    if SPARSE.exists():
        programs["mncheck-sparse"] = lambda option: [SPARSE, f"--mn-{option}", source]
    before = "x" * 4000 + "\n"
    for who, command in programs.items():
        record.write_text(before)
        done = run(command(f"record={record}"), preexec_fn=limited, restore_signals=False)
        one_line(tap, f"{who}: no space for a record", done, "cannot write", str(record))
        tap.ok(record.read_text() == before, f"{who}: the records before it are whole")
        done = run(command(f"record={SCRATCH}/none/file"))
        one_line(tap, f"{who}: no such folder", done, "cannot write", "No such file or directory; name another place")
    facts = SCRATCH / "facts"
    run([GCC, "-c", source, "-o", "/dev/null", *plugin_flags(f"link={facts}")])
    done = run([LINK, facts], preexec_fn=no_room_in_files, restore_signals=False)
    tap.ok(done.returncode == 2 and done.stderr == "mncheck: error: a temporary file: File too large; make room in /tmp\n",
           "mncheck-link: no space for what a part says", f"status {done.returncode}", done.stderr)
    saved = dump.read_text()
    for who in ("plugin", "mncheck-sparse"):
        if who in programs:
            done = run(programs[who]("dump=/dev/full"))
            one_line(tap, f"{who}: no space for a dump", done, "cannot write", "No space left")
            done = run(programs[who](f"dot=bad:{dump}/graph"))
            one_line(tap, f"{who}: no such folder for a graph", done, "cannot write")
    tap.ok(Path("/dev/full").is_char_device() and dump.read_text() == saved,
           "a device stays one, a file that could not be replaced stays as it was")


def test_standard_output(tap: Tap) -> None:
    """What a program prints reaches somebody, or its status says that it did not."""
    facts, text = SCRATCH / "facts", ROOT / "testcases/cfg/invalidate-page.cfg"
    commands = [(program, word) for program in (CONTRACT, LINK, REPLAY, MNCHECK, SPARSE)
                for word in ("--help", "--version")]
    commands += [(CONTRACT,), (CONTRACT, "--check"), (CONTRACT, "--names"), (LINK, "--contract", facts),
                 (LINK, "--contract", "--suggest", facts), (REPLAY, text), (REPLAY, "--print", text),
                 (REPLAY, "--dot=bad_under_lock", text), (MNCHECK, "explain"), (MNCHECK, "report", "--help"),
                 (MNCHECK, "diff", "--help"), (MNCHECK, "context", "--help"), (MNCHECK, "range", "--help"), (MNCHECK, "range", "--version")]
    for command in commands:
        name = " ".join([command[0].name, *map(str, command[1:3])])
        if not command[0].exists():
            tap.skip(f"{name}: no space for what is printed", "it is not built")
            continue
        with open("/dev/full", "w", encoding="ascii") as full:
            done = subprocess.run([str(word) for word in command], stdout=full, stderr=subprocess.PIPE, text=True,
                                  check=False)
        tap.ok(done.returncode == 2 and done.stderr.startswith("mncheck: error: ") and done.stderr.count("\n") == 1 and
               done.stderr.endswith("the output cannot be written: No space left on device\n"),
               f"{name}: no space for what is printed", f"status {done.returncode}", done.stderr)
        done = run(["sh", "-c", 'exec "$@" >&-', "sh", *command])
        # Python has no such file then, and prints nothing
        tap.ok(done.returncode == 2 or "range" in command, f"{name}: no standard output", f"status {done.returncode}", done.stderr)


def test_series(tap: Tap) -> None:
    tree = SCRATCH / "tree"
    tree.mkdir()
    (tree / "MAINTAINERS").write_text("")
    (tree / "file.c").write_text("/* mmu_notifier_invalidate_page */\n")
    done = run([sys.executable, "tools/series/series.py", "--identity", "A Test <test@example.org>",
                tree, tree / "file.c/out"], cwd=ROOT, env=PLAIN)
    one_line(tap, "make series: OUT cannot be", done, "OUT=", "Not a directory")


# -- interrupted -----------------------------------------------------------------

def interrupt(command: list, ready, env: dict, number: int):
    """Ctrl-C, or an end of the session, once @ready() holds."""
    with subprocess.Popen(command, cwd=ROOT, env=env, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, start_new_session=True,
                          preexec_fn=hear_interrupt) as process:
        for _ in range(400):
            if ready() or process.poll() is not None:
                break
            time.sleep(0.05)
        if number == signal.SIGINT:
            os.killpg(process.pid, number)
        else:
            process.send_signal(number)
        output = process.communicate(timeout=60)
    return subprocess.CompletedProcess(command, process.returncode, *output)


def test_assembler(tap: Tap) -> None:
    """GCC's driver ends at once, and the assembler it waits for would write the object later."""
    top, slow, at_work = kernel("good", "MMU_NOTIFIER=y"), SCRATCH / "slow", SCRATCH / "at-work"
    slow.mkdir(exist_ok=True)
    assembler = slow / "as"
    assembler.write_text(f"#!/bin/sh\n: > {at_work}\nsleep 1\n"
                         f"exec {shutil.which('as')} \"$@\"\n")
    assembler.chmod(0o755)
    env = environment(top, KERNEL_MAKE_ARGS=f"KCFLAGS=-B{slow}")
    done = interrupt([sys.executable, "tools/kernel/kernel.py"], at_work.exists, env,
                     signal.SIGTERM)
    time.sleep(1.5)
    tap.ok(done.returncode == 130 and not (top / "mm/one.o").exists(),
           "make kernel: SIGTERM while the assembler works: no object comes later", done.stderr)


def test_interrupted(tap: Tap) -> None:
    out = SCRATCH / "out/kernel"
    for number in (signal.SIGINT, signal.SIGTERM):
        top = kernel("good", "MMU_NOTIFIER=y")
        shutil.rmtree(out, ignore_errors=True)
        env = environment(top, KERNEL_MAKE_ARGS="'WAIT=sleep 20'")
        done = interrupt([sys.executable, "tools/kernel/kernel.py"],
                         (top / "mm/one.o").exists,
                         env, number)
        one_line(tap, f"make kernel: {number.name}", done, "interrupted")
        left = [str(path) for path in [*out.glob("*.jsonl"), top / "mm/one.o"] if path.exists()]
        tap.ok(done.returncode == 130 and not left, f"make kernel: {number.name}: nothing is left",
               *left)
    test_assembler(tap)
    build = SCRATCH / "build"
    target = build / "core/engine/simulate.o"
    done = interrupt(["make", f"BUILD={build}", target],
                     lambda: any(target.parent.glob(".*.simulate.o")), PLAIN, signal.SIGINT)
    left = [str(path) for path in build.rglob("*") if path.suffix == ".o"
            or path.name.startswith(".")]
    tap.ok(done.returncode != 0 and not left, "make: interrupted: nothing is left", *left,
           done.stderr)


def main() -> int:
    tap = Tap()
    shutil.rmtree(SCRATCH, ignore_errors=True)
    (SCRATCH / "out").mkdir(parents=True)
    for test in (test_kernel, test_tree, test_names, test_unchecked, test_rules, test_status, test_clang, test_headers, test_places, test_outputs, test_standard_output,
                 test_series, test_interrupted):
        test(tap)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
