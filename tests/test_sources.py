#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""C sources that are larger or deeper than any number in the adapters; TAP.

Each is written here, with one fault in it: both front ends find it, or say what they could not
lower. Out of memory and out of stack are a message and a status, never a signal.
"""

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.tap import Tap
from tools.mnlib import CC, SPARSE, limit_children, plugin_flags, run

SECONDS = 30
HEAD = """\
struct mm_struct;
typedef unsigned long size_t;
void mmu_notifier_invalidate_page(struct mm_struct *mm, unsigned long address);
void *__builtin_memcpy(void *, const void *, size_t);
"""
FAULT = "mmu_notifier_invalidate_page(mm, address);"
TOLD = "'mmu_notifier_invalidate_page()' is called with no page table lock"
FUNC = "void bad(struct mm_struct *mm, unsigned long address, long a, char *p)\n{\n%s\n}\n"
LONG = "a_name_as_long_as_they_come_" * 7       # sparse knows 255 characters of a name


def arguments(n: int) -> str:
    parameters = ", ".join(["long"] * (n - 1) + ["const char *"])
    return HEAD + f"long many({parameters});\n" + FUNC % (
        f"if (many({', '.join(['a'] * (n - 1) + ['p'])}))\n{FAULT}")


def computed_goto(n: int) -> str:
    """the fault is behind the last of @n labels"""
    table = ", ".join(f"&&l{i}" for i in range(n))
    labels = "\n".join(f"l{i}: return;" for i in range(n - 1))
    return HEAD + FUNC % (f"static void *const to[] = {{ {table} }};\ngoto *to[a];\n{labels}\n"
                          f"l{n - 1}: {FAULT}")


def asm_goto(n: int) -> str:
    labels = "\n".join(f"l{i}: return;" for i in range(n - 1))
    return HEAD + FUNC % (f'asm goto("jump" : : : : {", ".join(f"l{i}" for i in range(n))});\n'
                          f"return;\n{labels}\nl{n - 1}: {FAULT}")


def long_names(n: int) -> str:
    """two objects whose names differ at their ends only"""
    name = LONG[:n - 1]
    return HEAD + "void use(long *);\n" + FUNC % (
        f"long {name}1 = 1, {name}2 = 0;\nuse(&{name}1);\nuse(&{name}2);\n{FAULT}")


def nested(n: int) -> str:
    """a member in @n structures"""
    return HEAD + ("struct deep { " + "struct { long x; " * n + "long it;" +
                   "".join(f" }} m{i};" for i in reversed(range(n))) + " };\n") + FUNC % (
        f"struct deep d;\nd.{'.'.join(f'm{i}' for i in range(n))}.it = a;\n{FAULT}")


def far(bits: int) -> str:
    """offsets and sizes whose bits are more than an int64_t counts"""
    return HEAD + FUNC % (f"p[1ul << {bits}] = 1;\n*(p - (1l << {bits})) = 1;\np += 1l << {bits};\n"
                          f"__builtin_memcpy(p, mm, 1ul << {bits});\n{FAULT}")


def parentheses(n: int) -> str:
    return HEAD + FUNC % (f"a = {'(' * n}a{' * 2)' * n};\nif (a)\n{FAULT}")


def functions(n: int) -> str:
    return HEAD + "".join(f"long f{i}(long *a) {{ return a[{i}] + a[1]; }}\n"
                          for i in range(n)) + FUNC % FAULT


def gcc(path: Path, *options: str) -> list:
    return [*CC, "-w", "-c", path, "-o", "/dev/null", *plugin_flags(*options)]


def sparse(path: Path, *options: str) -> list:
    return [SPARSE, *(f"--mn-{option}" for option in options), path]


def found(done) -> bool:
    return done.returncode == 0 and TOLD in done.stderr and "internal" not in done.stderr


def test_found(tap: Tap, place: Path, engine, who: str) -> None:
    for name, text in (("70 arguments", arguments(70)), ("200 labels", computed_goto(200)),
                       ("a name of 190 characters", long_names(190)),
                       ("25 structures around a member", nested(25)),
                       ("2^60 bytes", far(60)), ("2^61 bytes", far(61))):
        path = place / "large.c"
        path.write_text(text)
        dump = place / "large.cfg"
        done = run(engine(path, f"dump={dump}"))
        tap.ok(found(done) and "given up" not in done.stderr, f"{who}: {name}", done.stderr)
        if name.endswith("arguments"):
            called = [line for line in dump.read_text().splitlines() if " call many(" in line]
            tap.ok(len(called) == 1 and called[0].split(")")[0].count(",") == 69,
                   f"{who}: .. and the call has them all", *called)
        if name.startswith("a name"):
            names = {word for line in dump.read_text().splitlines() if " local " in line
                     for word in line.split() if word.startswith("a_name")}
            tap.ok(len(names) == 2 and all(len(word) == 190 for word in names),
                   f"{who}: .. and its objects are two", *names)


def test_sparse_only(tap: Tap, place: Path) -> None:
    path = place / "large.c"
    path.write_text(asm_goto(60))       # GCC takes 30 operands
    done = run(sparse(path))
    tap.ok(found(done), "mncheck-sparse: asm goto with 60 labels", done.stderr)
    path.write_text(nested(40))
    done = run(sparse(path))
    tap.ok(found(done) and "given up: " in done.stderr and "more than 32 structures" in done.stderr,
           "mncheck-sparse: 40 structures around a member are reported", done.stderr)
    path.write_text(parentheses(20000))
    done = run(sparse(path))
    tap.ok(found(done), "mncheck-sparse: nested 20,000 deep", done.stderr[:500])
    path.write_text(parentheses(400000))
    done = run(sparse(path))
    tap.ok(done.returncode == 2 and "nested too deep" in done.stderr,
           "mncheck-sparse: nested 400,000 deep is reported", done.stderr[:500])


def run_within(megabytes: int, command: list):
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    return subprocess.run([str(word) for word in command], capture_output=True, text=True,
                          check=False, preexec_fn=limit)


def test_memory(tap: Tap, place: Path, engine, who: str, sizes) -> None:
    """With little memory: the finding, or a message and a status."""
    path = place / "large.c"
    path.write_text(functions(3000))
    wrong, short = [], 0
    for megabytes in sizes:
        done = run_within(megabytes, engine(path))
        short += "out of memory" in done.stderr or "memory exhausted" in done.stderr
        if not found(done) and (done.returncode <= 0 or not done.stderr):
            wrong.append(f"{megabytes} MB: status {done.returncode}: {done.stderr[-300:]}")
    tap.ok(not wrong and short, f"{who}: out of memory is reported ({short} times)", *wrong)


def main() -> int:
    tap = Tap()
    limit_children(SECONDS)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        test_found(tap, place, gcc, "plugin")
        test_memory(tap, place, gcc, "plugin", range(58, 130, 8))
        if not SPARSE.exists():
            tap.skip("mncheck-sparse", "mncheck-sparse is not built")
            return tap.finish()
        test_found(tap, place, sparse, "mncheck-sparse")
        test_sparse_only(tap, place)
        test_memory(tap, place, sparse, "mncheck-sparse", range(6, 40, 2))
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
