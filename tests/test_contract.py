#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The contract as data, and what is said of a malformed one; TAP.

Each file of testcases/contract/ has one fault; its first line is the message
expected: '# error: FILE:LINE:COL: error: what, and what to do'. The plugin must say
the same, and stop the compilation. An excuse can name each message by its id, which records have.
"""

import os
import re
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.tap import Tap
from tools.build.rooms import ROOMS, object_files
from tools.mnlib import (BUILD, CC, CONTRACT, INSTALLED, REPLAY, ROOT, case_files, include_flags,
                         plugin_flags, read_records, rules, run)

PREFIX = "# error: "
# an installation has no engine under sanitizers
SANITIZED = REPLAY if INSTALLED else os.environ.get("SANITIZED_PROGRAM") or f"{REPLAY}-sanitized"


def test_refused(tap: Tap, who: str, command: list, path: Path) -> None:
    first = path.read_text().splitlines()[0]
    if not first.startswith(PREFIX):
        tap.ok(False, f"{path.name}: its first line is not '{PREFIX}FILE:LINE:COL: error: ..'")
        return
    done = run(command, cwd=path.parent)
    tap.ok(done.returncode in (1, 2) and first[len(PREFIX):] in done.stdout + done.stderr,
           f"{who} refuses {path.name}", f"expected: {first[len(PREFIX):]}",
           f"status {done.returncode}: {done.stdout}{done.stderr}")


# what a reader takes, and --check does not
FAULTS = {
    '[excuses]\nflush | range-unlocked | * | it is late': "a reason without the kernel's own words",
    '[excuses]\nput | range-unlocked | * | "b"\nflush | range-unlocked | * | "a"':
        "flush: not in order of names, move it up",
    '[functions]\nentry_put/1 | nothing | 2.6- |': "its kernels are before 3.7",
    '[functions]\nentry_put/1 | nothing | -3.6 |': "its kernels are before 3.7",
    '[functions]\nput/1 | nothing | * |\nget/1 | nothing | * |': "not in order of names, move it up",
    '[functions]\nput/1 | lock 1 | * |': "no row gives back what it takes",
    '[functions]\nput/1 | enter kmap | * |': "no row gives back what it takes",
    '[eras]\nlate | put/1 | 5.0- |\n[functions]\n'
    'put/1 | nothing | -5.5 |\nput/1 | sleeps | 5.6- |': "another row of the same era has other",
    '[eras]\nlate | put/1 | 5.0- |\n[callbacks]\n'
    'a_ops.f | ptl=none | -5.5 | x\na_ops.f | ptl=held | 5.6- | x':
        "another row of the same era has another context",
    '[callbacks]\na_ops.f | ptl=none | * |': "a context without a reason",
    '[callbacks]\na_ops.f | fails if !ret | * |': "a context without a reason",
    '[callbacks]\nb_ops.f | ptl=none | * | x\na_ops.f | ptl=none | * | x':
        "a_ops: not in order of names, move it up",
    '[callbacks]\na_ops.g | ptl=none | * | x\na_ops.f | ptl=none | * | x':
        "a_ops: not in order of names, move it up",
    '[walks]\nwalk/2 | 2 a_ops | * |': "no row of [callbacks] says how it calls them",
    '[walks]\nwalk/2 | 2 | 2.6- |': "its kernels are before 3.7",
    '[callbacks]\na_ops.f | ptl=none | * | x\n[walks]\nwalk/2 | 2 a_ops | * |\n'
    'apply/2 | 2 a_ops | * |': "apply: not in order of names, move it up",
    '[locks]\npage.ptl | ptl | |\nmm_struct.ptl | ptl | |': "not in order of names, or twice",
    '[locks]\npage.ptl | ptl | |\npage.lock | ptl | |': "not in order of names, or twice",
}


def test_check(tap: Tap) -> None:
    path = BUILD / "tests/fault.contract"
    for rows, said in FAULTS.items():
        path.write_text(f"{rows}\n")
        done = run([CONTRACT, "--check", path])
        tap.ok(done.returncode == 1 and said in done.stdout + done.stderr,
               f"mn-contract --check: {said}", done.stdout + done.stderr)


def test_on_top(tap: Tap) -> None:
    """What the plugin takes on top of its own contract; rows may need others that are built in."""
    path = BUILD / "tests/on-top.contract"
    alone = ('[functions]\nput/1 | lock 1 | * |\nget/1 | enter kmap | * |\n[walks]\n'
             'walk/3 | 2 mm_walk_ops, 3 in mm_walk.private | 5.6- |\n'
             '[excuses]\nzap | range-unlocked | * | it is mine\n')
    path.write_text(alone)
    done = run([CONTRACT, "--check", path])
    tap.ok(done.returncode == 1 and done.stdout.count("error:") == 5, "mn-contract --check: a text by itself",
           done.stdout)
    done = run([CONTRACT, "--check", "--on-top", path])
    tap.ok(done.returncode == 0 and "error" not in done.stdout, "mn-contract --check --on-top: the same text",
           done.stdout, done.stderr)
    done = run([REPLAY, f"--contract={path}", ROOT / "testcases/cfg/recursion.cfg"])
    tap.ok(done.returncode == 0, ".. and the engine takes it", done.stderr)
    path.write_text("[functions]\nput/1 | nothing | 2.6- |\n")
    done = run([CONTRACT, "--check", "--on-top", path])
    tap.ok(done.returncode == 1 and "before 3.7" in done.stdout, "mn-contract --check --on-top: a fault",
           done.stdout)


def test_forms(tap: Tap) -> None:
    """Blanks at the end, a comment behind a row, the ends of lines of another system."""
    path = BUILD / "tests/forms.contract"
    path.write_bytes(b"[functions]  \r\nput/1 | nothing | * | a#b # why \t\r\n\r\n"
                     b"get/1 | nothing | 5.0-6.1 |")
    done = run([CONTRACT, "--names", path])
    tap.ok(done.returncode == 0 and "put" in done.stdout and "get" in done.stdout,
           "blanks and comments behind rows", done.stdout, done.stderr)
    path.write_bytes(b"[functions]\nput\0/1 | nothing | * |\n")
    done = run([CONTRACT, path])
    tap.ok(done.returncode == 2 and f"{path}:2:4: error: '?/1' after the function" in done.stderr,
           "a byte 0", done.stderr)
    done = run([CONTRACT, path.parent])
    tap.ok(done.returncode == 2 and "cannot be read (Is a directory)" in done.stderr,
           "a folder", done.stderr)


def test_two_texts(tap: Tap) -> None:
    """Each text is in order by itself, and a row of the later one takes the place of one of the
    earlier for the same kernels."""
    first, second = BUILD / "tests/first.contract", BUILD / "tests/second.contract"
    rows = ('[functions]\nput/1 | nothing | * |\nput/2 | {} | -4.20 |\nput/2 | sleeps | 5.0- |\n'
            '[callbacks]\nb_ops.f | ptl=none | * | x\n[locks]\nb.lock | ptl | |\n'
            '[excuses]\nput | range-unlocked | * | "b"\n')
    first.write_text(rows.format("nothing"))
    second.write_text(rows.format("sleeps").replace("put/1", "put/0").replace("b_ops", "a_ops")
                      .replace("b.lock", "a.lock"))
    done = run([CONTRACT, "--check", first, second])
    tap.ok(done.returncode == 0, "mn-contract --check: two texts", done.stdout, done.stderr)
    names = [line.split("\t")[1:5] for line in run([CONTRACT, "--names", first, second])
             .stdout.splitlines() if line.startswith("functions")]
    tap.ok(sorted(names) == [["put", "0", "", ""], ["put", "1", "", ""],
                             ["put", "2", "", "4.20"], ["put", "2", "5.0", ""]],
           "a row for the same kernels is replaced", str(names))


def test_negative_result(tap: Tap) -> None:
    """'ret=-1' is what a wrapper returns where it took the lock."""
    contract, source = BUILD / "tests/negative.contract", BUILD / "tests/negative.cfg"
    contract.write_text("[functions]\ntake/1 | lock 1 as ptl if ret=-1 | * | x\n")
    for result, warned in ((-1, True), (1, False)):
        source.write_text('unit "a.c"\ndeclares mmu_notifier_invalidate_range_start/3\n'
                          f'func f(v1 "lock", v2 "mm") external\nblock 0:\n  v3 = call take(v1)\n'
                          f'  v4 = const {result}\n  v5 = eq v3 v4\n  if v5 goto 1 else 2\n'
                          'block 1:\n  call mmu_notifier_invalidate_range_start(v2, v1, v1)\n'
                          '  call mmu_notifier_invalidate_range_end(v2, v1, v1)\n  goto 2\n'
                          'block 2:\n  return\n')
        done = run([REPLAY, f"--contract={contract}", source])
        tap.ok(done.returncode == 0 and ("[mn-region-atomic]" in done.stdout) == warned,
               f"a lock that is taken where the result is -1, and it is {result}", done.stdout,
               done.stderr)


def test_usage(tap: Tap) -> None:
    done = run([CONTRACT, "--help"])
    tap.ok(done.returncode == 0 and done.stdout.startswith("usage:"), "mn-contract --help",
           done.stdout, done.stderr)
    for words, said in ((("--unknown",), "--unknown: no such option"), (("-xy",), "-x: no such option"),
                        (("--check=1",), "--check=1: takes no value"),
                        (("--check", "--names"), "--check and --names: give one of them"),
                        (("--names", "--on-top", "--check"), "--check and --names: give one of them")):
        done = run([CONTRACT, *words])
        tap.ok(done.returncode == 2 and not done.stdout and
               done.stderr == f"mncheck: error: {said}; see mn-contract --help\n",
               f"mn-contract: {' '.join(words)}", done.stdout, done.stderr)
    tap.ok(run([CONTRACT, "--check", "--check"]).returncode == 0, "mn-contract: an option twice")
    done = run([CONTRACT, "/nonexistent.contract"])
    tap.ok(done.returncode == 2 and "/nonexistent.contract" in done.stderr,
           "mn-contract: a file that is not there", done.stderr)


def test_short_walk(tap: Tap) -> None:
    """A walk of another contract that hands on what this call does not have."""
    contract, source = BUILD / "tests/walk.contract", BUILD / "tests/walk.cfg"
    contract.parent.mkdir(parents=True, exist_ok=True)
    contract.write_text("[callbacks]\na_ops.f | ptl=none | * | x\n[walks]\nwalk | 1 a_ops, 99 | * |\n")
    source.write_text('unit "walk.c"\ndeclares mmu_notifier_invalidate_range_start/1\n'
                      "layout mm_struct.mmap_lock 64\ntable ops a_ops const\n  member f 0 called\n\n"
                      "func called(v1, v2, v3) address\n  stored-in a_ops.f\nblock 0:\n"
                      "  v4 = call ptep_clear_flush(v1, v2, v3)\n  return\n\n"
                      "func walks(v1) external\nblock 0:\n  v2 = addr v1 +64 mm_struct.mmap_lock\n"
                      "  call down_read(v2)\n  v3 = global ops\n  call walk(v3)\n  return\n")
    done = run([SANITIZED, f"--contract={contract}", source])
    tap.ok("cleared outside any region" in done.stderr + done.stdout and
           "runtime error" not in done.stderr and "Sanitizer" not in done.stderr,
           "a walk hands on an argument that the call lacks", done.stdout, done.stderr)


def test_short_insert(tap: Tap) -> None:
    """An insertion of another contract whose table is no argument of this call."""
    contract, source = BUILD / "tests/insert.contract", BUILD / "tests/insert.cfg"
    source.write_text('unit "insert.c"\ndeclares mmu_notifier_invalidate_range_start/1\n'
                      "table ops a_ops const\n  member f 0 called\n\n"
                      "func called(v1, v2) address\n  stored-in a_ops.f\nblock 0:\n  return\n\n"
                      "func adds(v1) external\nblock 0:\n  v2 = call insert(v1)\n  return\n")
    for table in ("99", "ret"):
        contract.write_text("[callbacks]\na_ops.f | sequence 2 | * | x\n"
                            f"[functions]\ninsert | inserts 1={table} | * |\n")
        done = run([SANITIZED, f"--contract={contract}", source])
        tap.ok("sequence-unset" in done.stderr + done.stdout and "runtime error" not in done.stderr and
               "Sanitizer" not in done.stderr,
               f"an insertion of a table that the call lacks: {table}", done.stdout, done.stderr)


def test_contracts(tap: Tap) -> None:
    done = run([CONTRACT, "--check"])
    tap.ok(done.returncode == 0, "mn-contract --check", done.stdout + done.stderr)
    source = run([CONTRACT, "--names", ROOT / "contract/mmu_notifier.contract"])
    built_in = run([CONTRACT, "--names"])
    tap.ok(source.returncode == 0 and source.stdout == built_in.stdout,
           "the embedded contract is the one in contract/", source.stderr + built_in.stderr)

    empty = BUILD / "tests/empty.c"
    empty.parent.mkdir(parents=True, exist_ok=True)
    empty.write_text("int nothing;\n")
    for path in sorted(ROOT.glob("testcases/contract/*.contract")):
        test_refused(tap, "mn-contract", [CONTRACT, path.name], path)
        test_refused(tap, "the plugin", [*CC, "-c", empty, "-o", "/dev/null", *plugin_flags(
            f"contract={path.name}")], path)


def test_image(tap: Tap) -> None:
    """The memory that is built in is what the text comes to, which is read where another is on top of it."""
    nothing = BUILD / "tests/nothing.contract"
    nothing.write_text("# no row\n")
    sources = [source for source in case_files() if "warn(" in (ROOT / source).read_text()][::20]
    found = [[run([*CC, *include_flags(source), "-c", source, "-o", "/dev/null", *plugin_flags(*options)],
                  cwd=ROOT).stderr for source in sources]
             for options in ([], [f"contract={nothing}"])]
    tap.ok(found[0] == found[1] and all("warning" in text for text in found[0]),
           f"{len(sources)} files: the contract in memory says what its text says",
           *[f"{a}{b}" for a, b in zip(*found) if a != b])


def test_image_refused(tap: Tap) -> None:
    """What is wrong with the contract is said when the plugin is built, and what then finds nothing is not built."""
    place = BUILD / "tests"
    objects = [path for room in ("base", "contract") for path in object_files(f"core/{room}")
               if path.stem != "arena"]
    for text, said in (("", "contract/mmu_notifier.contract:1:1: error: no rows, so that nothing would be found"),
                       ("[functions]\nf/1 | ptll 1 | * |\n",
                        "contract/mmu_notifier.contract:2:7: error: unknown effect 'ptll'")):
        (place / "image.contract").write_text(text)
        source = run([sys.executable, ROOT / "tools/build/embed_contract.py", place / "image.contract"])
        (place / "image_text.c").write_text(source.stdout)
        built = run([os.environ.get("HOSTCC", "gcc"), "-std=c11", "-Icore", *(f"-Icore/{room}" for room in ROOMS),
                     "tools/build/contract_image.c", place / "image_text.c", *objects, "-lgcov",
                     "-o", place / "image"], cwd=ROOT)
        done = run([place / "image"]) if not built.returncode else built
        tap.ok(done.returncode == 2 and not done.stdout and done.stderr.startswith(said),
               f"the memory of a contract: {said}", built.stderr, done.stderr)


def test_messages(tap: Tap) -> None:
    text = (ROOT / "core/base/messages.def").read_text()
    rows = re.findall(r'^MN_MESSAGE\(\w+,\s*(\w+),\s*"([^"]*)"', text, re.M)
    ids = Counter(name for _, name in rows)
    wrong = [name for name, n in ids.items() if n > 1 or not re.fullmatch(r"[a-z]+(-[a-z]+)*", name)]
    tap.ok(len(rows) == text.count("\nMN_MESSAGE(") and not wrong,
           "the ids of messages.def are unique, words with '-' between them", *wrong)
    path = BUILD / "tests/messages.contract"
    path.write_text("[excuses]\n" + "".join(
        f'flush | {rule.lower().replace("_", "-")}:{name} | * | "it is late" mm/late.c\n'
        for rule, name in rows))
    done = run([CONTRACT, path])
    tap.ok(done.returncode == 0 and {rule.lower().replace("_", "-") for rule, _ in rows} == set(rules()),
           "each rule has messages, each message can be excused", done.stderr)


def test_record(tap: Tap) -> None:
    path = BUILD / "tests/messages.jsonl"
    path.unlink(missing_ok=True)
    run([REPLAY, f"--record={path}", ROOT / "testcases/cfg/rows-excuse-message.cfg"])
    found = [(f["rule"], f["id"]) for unit in read_records(path) for f in unit["findings"]]
    tap.ok(found == [("unnotified-change", "cleared-outside")],
           "a record has the id of a finding's message", str(found))


def test_names(tap: Tap) -> None:
    """JSON has its own words for some bytes, and none for what is no UTF-8."""
    source, path = BUILD / "tests/names.cfg", BUILD / "tests/names.jsonl"
    for name, wanted in ((rb'a \"b\" \\ \x01.c', 'a "b" \\ \x01.c'), ("é€😀.c".encode(), "é€😀.c"),
                         (b"\xe9\xc3(\xf8\xc0.c", "\ufffd\ufffd(\ufffd\ufffd.c")):
        source.write_bytes(b'unit "' + name + b'"\n')
        path.unlink(missing_ok=True)
        done = run([REPLAY, f"--record={path}", source])
        found = [unit["file"] for unit in read_records(path)]
        tap.ok(found == [wanted], f"a record has the name {wanted!a}", str(found), done.stderr)


def test_order(tap: Tap) -> None:
    """Findings stand in the order of their places, each once, whatever the order of functions."""
    source = BUILD / "tests/order.cfg"
    places = ["b.h:3:1", "a.h:3:9", "a.h:3:1", "b.h:2:1", "a.h:3:1"]
    lines = ['unit "order.c"', "declares mmu_notifier_invalidate_range_start/3",
             "declares mmu_notifier_invalidate_range/3"]
    for i, place in enumerate(places):
        lines += [f'func f{i}(v1 "mm", v2 "start", v3 "end") external', "block 0:",
                  "  call mmu_notifier_invalidate_range_start(v1, v2, v3)",
                  *[f"  call mmu_notifier_invalidate_range_end(v1, v2, v3) at {at}"
                    for at in ("nowhere", place)], "  return"]
    source.write_text("\n".join(lines) + "\n")
    done = run([REPLAY, source])
    found = [line.split(": ")[0] for line in done.stdout.splitlines() if "warning" in line]
    tap.ok(found == sorted(set(places)), "findings stand in the order of their places",
           done.stdout, done.stderr)


def main() -> int:
    tap = Tap()
    test_short_walk(tap)
    test_short_insert(tap)
    test_contracts(tap)
    test_image(tap)
    if INSTALLED:
        tap.skip("the memory of a contract", "an installation has no objects")
    else:
        test_image_refused(tap)
    test_check(tap)
    test_on_top(tap)
    test_forms(tap)
    test_two_texts(tap)
    test_negative_result(tap)
    test_usage(tap)
    test_messages(tap)
    test_record(tap)
    test_names(tap)
    test_order(tap)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
