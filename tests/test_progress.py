#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""What a run says while it works: on a terminal one line, written over, elsewhere plain lines; TAP."""

import io
import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.range_kernel import Kernel, bad, good, source
from tests.tap import Tap
from tools.kernel import progress
from tools.kernel.progress import EVERY, Progress, duration
from tools.mnlib import BUILD, GCC, MNCHECK, ROOT, SPARSE

SCRATCH = BUILD / "tests/progress"
PLAIN = {k: v for k, v in os.environ.items()
         if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "KCFLAGS", "O", "RULES", "TARGETS")}


def test_text(tap: Tap) -> None:
    words = [duration(seconds) for seconds in (0.4, 59.9, 60, 61, 5940, 7201)]
    tap.ok(words == ["0 s", "59 s", "1 min", "2 min", "99 min", "2 h 1 min"], "how long it takes, in words", *words)
    clock, now = progress.time.monotonic, [100.0]
    progress.time.monotonic = lambda: now[0]
    shown, texts = Progress(io.StringIO(), 3, "head: "), []
    for name in ("a.o", "b.o"):
        shown.step(name, 1)
        texts.append(shown.text(name, 1))
        now[0] += 10
    progress.time.monotonic = clock
    tap.ok(texts == ["[head: 1 of 3, 1 finding] a.o", "[head: 2 of 3, 1 finding, 20 s left] b.o"],
           "n of m, the findings so far, the time that is left", *texts)


def test_plain(tap: Tap) -> None:
    said = io.StringIO()
    known, unknown = Progress(said, EVERY + 2), Progress(said)
    for number in range(EVERY + 2):
        known.step(f"{number}.o", 0)
        unknown.step(f"{number}.o", 2)
    known.clear()
    more = Progress(said, 1)
    more.step("1.o", 0)
    more.step("2.o", 0)
    lines = [re.sub(r", \d+ s left", "", line) for line in said.getvalue().split("\n")]
    tap.ok(lines == [f"[25 of 27, 0 findings] {EVERY - 1}.o", f"[25, 2 findings] {EVERY - 1}.o",
                     f"[27 of 27, 0 findings] {EVERY + 1}.o", "[1 of 1, 0 findings] 1.o",
                     "[2 of 2, 0 findings] 2.o", ""], "no terminal: a line now and then, and the last", *lines)


def on_terminal(command: list, env: dict) -> str:
    """What a program writes to a terminal of 60 columns, as a log of bytes."""
    master, slave = pty.openpty()
    subprocess.run(["stty", "cols", "60"], stdin=slave, check=True)
    with subprocess.Popen(command, cwd=ROOT, env=env, stdin=slave, stdout=slave, stderr=slave, close_fds=True) as process:
        os.close(slave)
        text = b""
        try:
            while part := os.read(master, 4096):
                text += part
        except OSError:     # Linux says so at the end of a terminal
            pass
        process.wait()
    os.close(master)
    return text.decode(errors="replace")


def lives(text: str) -> list[str]:
    """The lines that were written over, without those that only say why it takes its time."""
    return re.findall(r"\r\033\[K(\[(?!asking |preparing )[^\r\n]*)", text)


def screen(text: str) -> list[str]:
    """What is left to see."""
    return [re.sub(r".*\033\[K", "", line) for line in text.replace("\r\n", "\n").replace("\r", "").split("\n")]


def kernel() -> Kernel:
    one = Kernel(SCRATCH / "kernel")
    one.commit("base", {f"mm/{name}.c": source(good(name)) for name in "abc"} | {
        f"mm/{'long_' * 15}.c": source(good("lengthy"))})
    one.commit("faults", {f"mm/{name}.c": source(bad(name)) for name in "ab"})
    one.make("prepare", "mm/")
    return one


def test_runs(tap: Tap, one: Kernel) -> None:
    env = {**PLAIN, "KDIR": str(one.top), "O": str(one.out), "BUILD": str(BUILD), "J": "1", "NAME": "progress",
           "GCC": GCC, "TARGETS": "mm/"}
    command = [sys.executable, "tools/kernel/kernel.py"]
    text = on_terminal(command, env)
    seen = lives(text)
    tap.ok(len(seen) == 4 and seen[0] == "[1 of 4, 0 findings] mm/a.o" and
           re.fullmatch(r"\[2 of 4, 1 finding, \d+ s left\] mm/b\.o", seen[1]) and
           re.match(r"\[4 of 4, 2 findings, \d+ s left\] mm/long_", seen[3]) and max(map(len, seen)) < 60,
           "make kernel on a terminal: one line, cut to its width", text)
    tap.ok("[asking make what there is to do]" in text and not any(line.startswith("[") for line in screen(text)) and
           any(line.startswith("mm/a.c:7:3: warning") for line in screen(text)),
           "make kernel: the findings stay, the line does not", *screen(text))
    (BUILD / "kernel/progress.units").unlink()      # all of it once more
    plain = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False).stdout
    tap.ok("\033" not in plain and "\r" not in plain and re.search(r"^\[4 of 4, 2 findings, \d+ s left\] mm/long_", plain, re.M),
           "make kernel with no terminal: plain lines", plain)
    text = on_terminal([MNCHECK, "range", "HEAD~1..HEAD", f"KDIR={one.top}", f"O={one.out}", f"GCC={GCC}", "J=1"], PLAIN)
    tap.ok(re.search(r"\[preparing [0-9a-f]{12}\]", text) and [line.split(":")[0].split()[0] for line in lives(text)] == ["[head", "[head", "[base", "[base"] and
           any(line.startswith(">> mm/a.c") for line in screen(text)) and not any(
               line.startswith("[") for line in screen(text)), "mncheck range on a terminal", text)
    if SPARSE.exists():
        text = on_terminal([sys.executable, "tools/kernel/sparse.py"], env)
        tap.ok(len(lives(text)) == 4 and lives(text)[3].startswith("[4 of 4, 2 findings, "), "make sparse on a terminal", text)
    else:
        tap.skip("make sparse on a terminal", "mncheck-sparse is not built")


def main() -> int:
    tap = Tap()
    shutil.rmtree(SCRATCH, ignore_errors=True)
    SCRATCH.mkdir(parents=True)
    test_text(tap)
    test_plain(tap)
    test_runs(tap, kernel())
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
