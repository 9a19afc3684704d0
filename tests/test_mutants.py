#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The edits of make mutants, and the script itself on our own small tree; TAP.

Needs no kernel: whether the patterns still match one is said by make mutants.
"""

import contextlib
import io
import re
import shutil
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.tap import Tap
from tools.mnlib import BUILD, CC, ROOT, SPARSE, include_flags, rules, run
from tools.mutants import edits, mutants

SCRATCH = BUILD / "tests/mutants"
DOCUMENT = ROOT / "docs/mutants.md"
OWN = Path("testcases/tree/era-d2")
WHERE = 'id = "x"\nfile = "mm/memory.c"\nfunc = "f"\n'
STEP = WHERE + "steps = [['a', 'b']]\n"
REFUSED = [
    ("[[edit]]\nid = \n", "2:6: error: no TOML"),
    ("[[edit]]\nid = 'x'\n", "1:1: error: the edit has no 'file'"),
    ("\n[[edit]]\n" + STEP + "find = []\n", "2:1: error: an edit has no field 'find'"),
    ("[[edit]]\n" + STEP + "finds = 'region-balance'\n", "error: 'finds' is no list"),
    ("[[edit]]\n" + STEP + "finds = ['region-balanced']\n", "'region-balanced' is no rule"),
    ("[[edit]]\n" + STEP + "[[edit]]\n" + STEP, "6:1: error: edit 'x': there is one"),
    ("[[edit]]\n" + WHERE + "steps = [['a']]\n", "error: a step is [look, put]"),
    ("[[edit]]\n" + WHERE + "steps = [['(a', 'b']]\n", "error: '(a' is no pattern"),
    ("[[edit]]\n" + WHERE + "steps = [['a', '\\1']]\n", "no group 1"),
    ("[[edit]]\n" + WHERE + "steps = [['a', '''\n}''']]\n", "a brace in the first column"),
    ("[[edit]]\n" + STEP + "linked = 'mm/'\n", "1:1: error: 'linked' is no list"),
    ("[[edit]]\n" + STEP + "linked = []\n", "1:1: error: 'linked' is empty"),
    ("[[edit]]\n" + STEP + "linked = [1]\n", "edit 'x': '1' in 'linked' is no file"),
    ("[[edit]]\n" + STEP + "linked = ['/mm/']\n", "edit 'x': '/mm/' in 'linked' is no file"),
    ("[[edit]]\n" + STEP + "linked = ['mm/../mm/']\n", "'mm/../mm/' in 'linked' is no file"),
    ("[[edit]]\n" + STEP + "linked = ['mm/ksm.c']\n", "it changes mm/memory.c, which is not in"),
    ("[[edit]]\n" + WHERE + "steps = [['a', 'b', 'mm/ksm.c:g']]\n", "and is judged alone"),
]
SOURCE = """\
static int g(int a);
int f(int a)
{
\t/* a = 1; */
\ta = 1;
\treturn g(a);
}
"""
UNFIT = [
    ("f", "a = 2;", "matches 0 times in 'f()'"),
    ("f", r"\ba\b", "matches 3 times in 'f()'"),
    ("g", "a", "has no function 'g'"),
]


class OwnTree:
    """testcases/tree as if it were a kernel: what Mutants asks of kbuild.Tree."""
    kdir, out = ROOT / OWN, ROOT

    @staticmethod
    def compile_command(target: str) -> list[str]:
        source = OWN / Path(target).with_suffix(".c")
        return [*CC, "-O2", *include_flags(source), str(source)]


class OwnProgram(OwnTree):
    """testcases/link/regions as if it were one: two files that are a program."""
    kdir = ROOT / "testcases/link"

    @staticmethod
    def compile_command(target: str) -> list[str]:
        source = Path("testcases/link", target).with_suffix(".c")
        return [*CC, "-O2", f"-I{ROOT / source.parent}", *include_flags(source), str(source)]

    def built(self, places) -> list[str]:
        return [str(path.relative_to(self.kdir)) for place in places
                for path in sorted((self.kdir / place).glob("*.c"))]

    def relative(self, name: str) -> str:
        return str((self.out / name).resolve().relative_to(self.kdir))


def folder_of(text: str) -> Path:
    shutil.rmtree(SCRATCH, ignore_errors=True)
    SCRATCH.mkdir(parents=True)
    (SCRATCH / "edits.toml").write_text(text)
    return SCRATCH


def test_data(tap: Tap, folder: Path) -> None:
    """As many edits as promised; each rule has one somewhere (make mutants finds it)."""
    found = edits.read_edits(folder)
    broken = Counter(rule for edit in found for rule, _ in edit.finds)
    tap.ok(bool(found), f"{folder.relative_to(ROOT)}: {len(found)} edits, "
           f"{sum(bool(edit.finds) for edit in found)} of them break "
           f"{len({edit.func for edit in found if edit.finds})} functions and {len(broken)} rules")


def test_known(tap: Tap, kernels: list[Path]) -> None:
    """What is missed stands in docs/mutants.md by name, nothing else does."""
    known = {(folder.name, edit.id) for folder in kernels
             for edit in edits.read_edits(folder) if edit.known}
    told = set(re.findall(r"^\| ([\d.]+) \| `([\w-]+)` \|", DOCUMENT.read_text(), re.M))
    tap.ok(known == told, "docs/mutants.md lists the edits that are known to be missed",
           *(f"{kernel}: {name}" for kernel, name in sorted(known ^ told)))


def test_refused(tap: Tap) -> None:
    for text, want in REFUSED:
        done = run([sys.executable, "-c", "import sys, pathlib\n"
                    "from tools.mutants import edits\nedits.read_edits(pathlib.Path(sys.argv[1]))",
                    folder_of(text)], cwd=ROOT)
        tap.ok(done.returncode == 2 and want in done.stderr and
               re.match(r"\S+/edits.toml:\d+:\d+: error: ", done.stderr) is not None,
               f"bad data is refused: {want}", done.stderr)


def edit_of(func: str, look: str, put: str = "", **more) -> edits.Edit:
    return edits.read_edit("edits.toml:1:1", {
        "id": f"{func}-{look}", "file": "mm/memory.c", "func": func,
        "steps": [[look, put]], **more})


def test_apply(tap: Tap) -> None:
    for func, look, want in UNFIT:
        try:
            said = edits.apply(edit_of(func, look), SOURCE)
        except edits.EditError as error:
            said = str(error)
        tap.ok(want in said and said.startswith("edits.toml:1:1: error: "),
               f"an edit that does not fit: {want}", said)
    text = edits.apply(edit_of("f", "a = (1);", r"a = \1 + 1;", above="int h;\n"), SOURCE)
    tap.ok("int h;\nint f(int a)" in text and "a = 1 + 1;" in text and
           text.count("\n") == SOURCE.count("\n") + 1, "an edit that fits", text)


def test_own_tree(tap: Tap, engine: str) -> None:
    """One broken, one correct, and one of each that the expectation is wrong about."""
    end = r"\w+_range_end\(&range\);"
    made = [edit_of("copy_page_range", end, ";", id="end-dropped", finds=["region-balance"]),
            edit_of("copy_page_range", end, r"do { \g<0> } while (0);", id="do-while"),
            edit_of("copy_page_range", end, r"\g<0>;", id="missed", finds=["range-unpaired"]),
            edit_of("copy_page_range", end, "", id="false"),
            edit_of("copy_page_range", end, "no C", id="not-c")]
    runner = mutants.Mutants(OwnTree(), engine, 0)
    right = [outcome.right() and not outcome.error for outcome in runner.run(made)]
    tap.ok(right == [True, True, False, False, False],
           f"{engine}: an edit is right if it is caught, or silent where it should be",
           str(right))


def linked_edit(func: str, look: str, put: str = "", **more) -> edits.Edit:
    return edits.read_edit("edits.toml:1:1", {
        "file": "regions/users.c", "func": func, "steps": [[look, put]], "linked": ["regions/"], **more})


def test_linked(tap: Tap, engine: str) -> None:
    """What only two files together show, with facts that are made, and with the same ones given."""
    finish = r"range_finish\(&range\);"
    made = [linked_edit("good_finished_there", finish, "range_size(&range);", id="not-finished", finds=["region-balance"]),
            linked_edit("good_finished_there", finish, r"do { \g<0> } while (0);", id="finished"),
            linked_edit("good_finished_there", finish, "end(&range);", id="two-files",
                        above="void end(struct mmu_notifier_range *range);\n", steps=[
                            [finish, "end(&range);"],
                            [r"void range_finish\(", r"void end(struct mmu_notifier_range *range) "
                             r"{ range_finish(range); }\n\g<0>", "regions/helpers.c:range_finish"]]),
            linked_edit("good_finished_there", finish, r"\g<0> \g<0>", id="not-expected"),
            linked_edit("good_finished_there", finish, r"if (vma) \g<0> else return;", id="missed",
                        finds=["region-uninit"]),
            linked_edit("good_finished_there", finish, id="alone", finds=["region-balance"], steps=[
                [r"range_setup\(&range, vma\);", "mmu_notifier_range_init(&range, 0, 0, vma, vma->vm_mm, 0, 1);"],
                [finish, ""]])]
    want = [True, True, True, False, False, False]
    runner = mutants.Mutants(OwnProgram(), engine, 0)
    outcomes = runner.run(made)
    right = [outcome.right() and not outcome.error for outcome in outcomes]
    tap.ok(right == want and outcomes[-1].needless(), f"{engine}: an edit of a program is right if "
           "the whole shows it and its file alone does not", str(right), *(o.error for o in outcomes))
    given = SCRATCH / "given"
    shutil.rmtree(given, ignore_errors=True)
    given.mkdir(parents=True)
    for path in runner.programs[("regions/",)].facts.values():
        shutil.copy(path, given)
    again = mutants.Mutants(OwnProgram(), engine, 0, str(given))
    right = [outcome.right() for outcome in again.run(made)]
    taken = {path.parent for path in again.programs[("regions/",)].facts.values()}
    tap.ok(right == want and taken == {given.resolve()}, f"{engine}: the same with facts that are given", str(right))


def test_no_facts(tap: Tap) -> None:
    shutil.rmtree(SCRATCH, ignore_errors=True)
    (SCRATCH / "empty").mkdir(parents=True)
    said = io.StringIO()
    try:
        with contextlib.redirect_stderr(said):
            mutants.Mutants(OwnProgram(), "gcc", 0, str(SCRATCH / "empty"))
        status = 0
    except SystemExit as end:
        status = end.code
    tap.ok(status == 2 and "error: FACTS=" in said.getvalue(), "FACTS= without facts of the tree is refused",
           said.getvalue())


def main() -> int:
    tap = Tap()
    if not edits.tomllib:
        tap.skip("the edits of make mutants", "Python has tomllib from 3.11 on")
        return tap.finish()
    kernels = sorted(path for path in edits.FOLDER.iterdir() if path.is_dir())
    for folder in kernels:
        test_data(tap, folder)
    test_known(tap, kernels)
    expected = {rule for folder in kernels for edit in edits.read_edits(folder)
                for rule, _ in edit.finds}
    missing = sorted(set(rules()) - expected)
    if missing:
        tap.skip("each rule is broken by an edit", f"none breaks {', '.join(missing)}")
    test_refused(tap)
    test_apply(tap)
    test_no_facts(tap)
    for engine in ["gcc"] + ["sparse"] * SPARSE.exists():
        test_own_tree(tap, engine)
        test_linked(tap, engine)
    if not SPARSE.exists():
        tap.skip("sparse: the edits of our own tree", "mncheck-sparse is not built")
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
