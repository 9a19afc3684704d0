#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The rules of the house: who includes whom, sizes, documents, C++; TAP.

Reads sources as text. What it enforces is written down in docs/design.md.
"""

from __future__ import annotations

import ast
import os
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.kernel.check_gcc import SUITES
from tests.tap import Tap
from tools.mnlib import (BUILD, CC, ROOT, case_files, in_parallel, include_flags, plugin_flags,
                         rules, run)

FUNCTION_LINES, FILE_LINES, NESTING = 60, 600, 3
LIBC = {"assert", "pthread", "sys/mman", "ctype", "dirent", "errno", "fcntl", "getopt", "inttypes", "limits", "stdarg",
        "stdbool", "stddef", "stdint", "stdio", "stdlib", "string", "time", "unistd",
        "signal", "sys/resource", "sys/stat", "sys/types", "sys/ioctl", "sys/wait",
        "dirent", "sanitizer/asan_interface", "sanitizer/lsan_interface"}     # the arena's, in a sanitized build
ADAPTERS = ("gcc-plugin", "sparse-checks")
SOURCES = ("core", *ADAPTERS)
README_LINES = 90


def files(*patterns: str) -> list[Path]:
    return sorted(path.relative_to(ROOT) for pattern in patterns
                  for path in ROOT.glob(pattern) if path.is_file())


def c_sources() -> list[Path]:
    return files(*(f"{folder}/**/*.[ch]" for folder in SOURCES))


def read(path: Path) -> str:
    return (ROOT / path).read_text()


def includes(path: Path) -> list[tuple[str, str]]:
    return re.findall(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', read(path), re.M)


def without_comments(text: str) -> str:
    """Comments become blanks, line numbers stay."""
    return re.sub(r"/\*.*?\*/|//[^\n]*",
                  lambda m: re.sub(r"[^\n]", " ", m[0]), text, flags=re.S)


# -- who depends on whom ------------------------------------------------------

def test_core_includes(tap: Tap) -> None:
    own = {path.name for path in files("core/**/*.h", "core/**/*.def")}
    wrong = [f"{path}: {name}" for path in files("core/**/*.[ch]")
             for quote, name in includes(path)
             if (name not in own if quote == '"' else name.removesuffix(".h") not in LIBC)
             and (path.parent.name, name) != ("mncheck", "jansson.h")]
    tap.ok(not wrong, "core/ includes core/ and libc, nothing else; mncheck jansson", *wrong)


def foreign_header(path: Path, name: str) -> str:
    """The header that an adapter's file gets by this name and has no business with, or ""."""
    folders = [ROOT / path.parent, ROOT / "core", *sorted((ROOT / "core").glob("*/"))]
    found = next((folder / name for folder in folders if (folder / name).is_file()), None)
    if not found:       # the compiler's, the system's
        return ""
    place = found.resolve().relative_to(ROOT)
    own = place.parts[0] == path.parts[0]
    door = place == Path("core/mn.h") or place.parts[:2] == ("core", "lower")
    return "" if own or door or place.suffix != ".h" else str(place)


def test_adapter_includes(tap: Tap) -> None:
    seen = [(path, name) for adapter in ADAPTERS for path in files(f"{adapter}/*.[ch]")
            for _, name in includes(path)]
    wrong = [f"{path}: {foreign_header(path, name)}" for path, name in seen
             if foreign_header(path, name)]
    tap.ok(seen and not wrong, "an adapter knows mn.h and core/lower/, no other header of core "
           "or adapter", *wrong)


def test_case_includes(tap: Tap) -> None:
    headers = [path.as_posix() for path in files("testcases/**/*.h")]
    wrong = [f"{path}: {name}" for path in case_files() for _, name in includes(path)
             if not any(header.endswith("/" + name.lstrip("./")) for header in headers)]
    tap.ok(not wrong, "a test case includes headers of testcases/ only", *wrong)


def test_kernel_names(tap: Tap) -> None:
    """Facts about the kernel live in contract/: no name of it in a string."""
    rows = run([BUILD / "mn-contract", "--names"]).stdout.splitlines()
    names = {word for row in rows for word in re.findall(r"\w+", row.split("\t")[1])
             if "_" in word}
    wrong = []
    for path in c_sources():
        for number, line in enumerate(without_comments(read(path)).splitlines(), 1):
            for literal in re.findall(r'"((?:[^"\\]|\\.)*)"', line):
                wrong += [f"{path}:{number}: {word}"
                          for word in re.findall(r"\w+(?!\w|\.contract)", literal) if word in names]
    tap.ok(names and not wrong, "no name of the contract in core/ or an adapter", *wrong)


# -- sizes --------------------------------------------------------------------

def functions(text: str) -> list[tuple[int, int, int]]:
    """First line, lines between the braces, deepest nesting in tabs."""
    found, start, depth = [], 0, 0
    for number, line in enumerate(without_comments(text).splitlines(), 1):
        if line.startswith("{"):
            start, depth = number, 0
        elif line.startswith("}") and start:
            found.append((start, number - start - 1, depth))
            start = 0
        elif start and re.match(r"\t*(?:if|for|while|switch|do)\b", line):
            depth = max(depth, len(line) - len(line.lstrip("\t")))
    return found


def test_sizes(tap: Tap) -> None:
    sources = c_sources()
    measured = [(path, *f) for path in sources for f in functions(read(path))]
    wrong = [f"{path}:{first}: {lines} lines" for path, first, lines, _ in measured
             if lines > FUNCTION_LINES]
    tap.ok(measured and not wrong, f"no function is longer than {FUNCTION_LINES} lines",
           *wrong)
    others = files("tests/**/*.py", "tools/**/*.py", "tools/**/*.sh", "package/*", "cocci/**/*.cocci")
    wrong = [f"{path}: {lines} lines" for path in sources + others
             if (lines := len(read(path).splitlines())) > FILE_LINES]
    tap.ok(not wrong, f"no file is longer than {FILE_LINES} lines", *wrong)
    deep = [f"{path}:{first}: nested {depth} deep" for path, first, _, depth in measured
            if depth > NESTING]
    if deep:
        tap.note(f"{len(deep)} functions are nested deeper than {NESTING}:", *deep)
    lengths = sorted(lines for _, _, lines, _ in measured)
    if lengths:
        tap.note(f"{len(lengths)} functions, lines: median {lengths[len(lengths) // 2]}, "
                 f"p90 {lengths[len(lengths) * 9 // 10]}, most {lengths[-1]}")


# -- form and documents -------------------------------------------------------

def test_form(tap: Tap) -> None:
    texts = c_sources() + files("tests/**/*.py", "tools/**/*.py", "tools/**/*.sh", "package/*",
                                "cocci/**/*.cocci", "testcases/*/**/*.[ch]", "Makefile", ".ci/run")
    wrong = [str(path) for path in texts
             if "SPDX-License-Identifier: GPL-2.0" not in "".join(
                 read(path).splitlines(True)[:2])]
    tap.ok(not wrong, "each file starts with its SPDX line", *wrong)
    left = re.compile(r"^\s*#\s*if 0\b|\b(?:TODO|FIXME|XXX)\b", re.M)
    wrong = [f"{path}: {left.search(read(path))[0].strip()}" for path in c_sources()
             if left.search(read(path))]
    tap.ok(not wrong, "nothing left over in the sources", *wrong)


def test_scripts(tap: Tap) -> None:
    """What says by its first line that it is a program can be run, and nothing else."""
    scripts = files("tests/**/*.py", "tools/**/*.py", "tools/**/*.sh", "package/*.sh", "sparse-checks/*.sh")
    wrong = [str(path) for path in scripts
             if read(path).startswith("#!") != os.access(ROOT / path, os.X_OK)]
    tap.ok(scripts and not wrong, "scripts are executable, modules are not", *wrong)


def joins_types(annotation: ast.AST | None) -> bool:
    return annotation is not None and any(isinstance(part, ast.BinOp) for part in ast.walk(annotation))


def test_annotations(tap: Tap) -> None:
    """make check-gcc builds with Python 3.9, which cannot evaluate "X | None" """
    wrong = []
    for path in files("tests/**/*.py", "tools/**/*.py"):
        tree = ast.parse(read(path))
        found = [getattr(node, "annotation", None) or getattr(node, "returns", None) for node in ast.walk(tree)]
        late = any(isinstance(node, ast.ImportFrom) and node.module == "__future__" for node in tree.body)
        if not late and any(map(joins_types, found)):
            wrong.append(f"{path}: write 'from __future__ import annotations'")
    tap.ok(not wrong, "no annotation is evaluated that Python 3.9 cannot", *wrong)


def test_expressions(tap: Tap) -> None:
    """spatch is built with PCRE or, as Debian 13's, with Str, where a bare | is a letter."""
    used = [(path, said) for path in files("cocci/**/*.cocci")
            for said in re.findall(r'[=!]~ "(.*?)"', read(path))]
    wrong = [f"{path}: {said}" for path, said in used if re.search(r"[^\w^$.* -]", said)]
    tap.ok(used and not wrong, "each regular expression of cocci/ means the same to PCRE and "
           "to Str", *wrong)


def test_kernel_doc(tap: Tap) -> None:
    """Each paragraph of prototypes in mn.h starts with the kernel-doc of one of them."""
    wrong = []
    for paragraph in re.split(r"\n\n(?! \*)", read(Path("core/mn.h"))):
        code = without_comments(paragraph)
        names = re.findall(r"^[a-z][\w\s*]*?\b(mn_\w+)\(", code, re.M)
        documented = re.findall(r"^ \* (mn_\w+)\(\) - ", paragraph, re.M)
        if names and not set(names) & set(documented):
            wrong += names
    tap.ok(not wrong, "each function of mn.h has kernel-doc", *wrong)


def test_rules(tap: Tap) -> None:
    path = ROOT / "docs/rules.md"
    sections = re.findall(r"^## `?([\w-]+)`?\s*$", path.read_text() if path.exists() else "",
                          re.M)
    missing = [rule for rule in rules() if rule not in sections]
    tap.ok(not missing, "each rule has its section in docs/rules.md", *missing)
    missing = [rule for rule in rules() if not files(f"testcases/{rule}/*.c")]
    tap.ok(not missing, "each rule has its folder of test cases", *missing)


def test_drivers(tap: Tap) -> None:
    """The page for drivers shows the module that is compiled, and names each mistake in it."""
    page = (ROOT / "docs/drivers.md").read_text()
    module = (ROOT / "testcases/module/subscriber.c").read_text()
    wrong = [f"not in the module: {text.splitlines()[0]}"
             for text in re.findall(r"^```c\n(.*?)^```$", page, re.M | re.S) if text not in module]
    bad = set(re.findall(r"\b(bad_\w+)\(", module))
    wrong += [f"no row: {name}()" for name in sorted(bad) if f"(`{name}()`)" not in page]
    wrong += [f"no such function: {name}()" for name in re.findall(r"`(bad_\w+)\(\)`", page)
              if name not in bad]
    tap.ok(bad and not wrong, "docs/drivers.md shows testcases/module/subscriber.c", *wrong)


def test_readme(tap: Tap) -> None:
    """README.md stays short, and its example is what the plugin prints."""
    lines = read(Path("README.md")).splitlines()
    tap.ok(len(lines) <= README_LINES, f"README.md has at most {README_LINES} lines",
           f"README.md: {len(lines)} lines")
    example = "\n".join(lines).split("```\n")[1]
    path = example.split(":")[0]
    if not run([*CC, "-dumpversion"]).stdout.startswith("12"):
        tap.skip("README.md: its example", "GCC 12 draws the path so, others draw it otherwise")
        return
    done = run(["env", "LC_ALL=C", *CC, "-c", path, "-o", "/dev/null",
                *include_flags(Path(path)), *plugin_flags()], cwd=ROOT)
    printed = "\n".join(line.rstrip() for line in done.stderr.splitlines())
    tap.ok(example in printed + "\n", "README.md: the example is what the plugin prints", printed)


def test_lists(tap: Tap) -> None:
    done = run([sys.executable, "tests/list_cases.py", "--check"], cwd=ROOT)
    tap.ok(done.returncode == 0, "testcases/README.md lists every test case",
           done.stdout + done.stderr)


def names_in_cfg(text: str) -> set[tuple[str, str, str]]:
    """What rows a text CFG uses, by section, name and number of arguments."""
    used = {("excuses", name, "") for name in re.findall(r"^func (\w+)\(", text, re.M)}
    for name, arguments in re.findall(r"\bcall (\w+)\((.*?)\)", text):
        count = len(arguments.split(",")) if arguments else 0
        used.add(("excuses", name, ""))
        used |= {(section, name, given) for section in ("functions", "walks")
                 for given in (str(count), "")}
    for parameters, lines in re.findall(r"^func \S+?\((.*?)\).*\n((?:  stored-in .*\n)*)", text, re.M):
        count = len(parameters.split(",")) if parameters else 0
        used |= {("callbacks", place, given) for place in re.findall(r"stored-in (\S+)", lines)
                 for given in ("", str(count))}
    return used | {("locks", cell, "") for cell in
                   re.findall(r"= addr \w+ [+-]\d+ ([\w.]+)", text)}


def test_rows(tap: Tap) -> None:
    used = set().union(*(names_in_cfg(read(path)) for path in files("testcases/cfg/*.cfg")))
    # a type is the adapters' business: a CFG has the names that they made of it
    used |= {("locks", word, "") for word in
             re.findall(r"\w+", read(ROOT / "testcases/reclaim-locked/types.c"))}
    rows = [row.split("\t")[:3] for row in
            run([BUILD / "mn-contract", "--names"]).stdout.splitlines()]
    unused = [f"[{section}] {name}{'/' + count if count else ''}: add it to a "
              "testcases/cfg/rows-*.cfg" for section, name, count in rows
              if section != "cells" and (section, name, count) not in used]
    tap.ok(rows and not unused, "each row of the contract is used by a text CFG", *unused)


def test_switches(tap: Tap) -> None:
    """A switch over GCC's version at N: check-gcc has a compiler below N, and N."""
    versions = {int(version) for version in SUITES}
    header = Path("gcc-plugin/gcc-compat.h")
    looks = re.compile(r"GCCPLUGIN_VERSION\w*|__GNUC__|BUILDING_GCC_\w+")
    wrong = [f"{path}: looks at GCC's version" for path in c_sources()
             if path != header and looks.search(without_comments(read(path)))]
    switches = re.findall(r"GCCPLUGIN_VERSION_MAJOR ([<>]=?) (\d+)(.*\n#error)?", read(header))
    wrong += [f"{header}: GCC {number}: not compiled on both sides by check-gcc"
              for sign, number, refusal in switches if sign not in ("<", ">=") or
              not refusal and not {int(number) - 1, int(number)} <= versions]
    tap.ok(switches and not wrong, "each switch over GCC's version is in gcc-compat.h, and "
           "compiled on both sides by make check-gcc", *wrong)


def test_cplusplus(tap: Tap) -> None:
    rooms = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("core/*") if path.is_dir())

    def compile_one(path: Path) -> str:
        return run([os.environ.get("HOSTCXX", "g++"), "-x", "c++", "-fsyntax-only", "-Wall", "-Wextra", "-Icore",
                    *(f"-I{room}" for room in rooms), path],
                   cwd=ROOT).stderr
    sources = files("core/**/*.c")
    wrong = [text for text in in_parallel(compile_one, sources) if text]
    tap.ok(sources and not wrong, "core/ is valid C++ as well", *wrong)


def main() -> int:
    tap = Tap()
    for test in (test_core_includes, test_adapter_includes, test_case_includes,
                 test_kernel_names, test_sizes, test_form, test_scripts, test_annotations, test_expressions, test_kernel_doc,
                 test_rules, test_drivers, test_readme, test_lists, test_rows, test_switches, test_cplusplus):
        test(tap)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
