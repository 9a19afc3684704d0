#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The test of make kernel-patch that needs no kernel; TAP.

A small tree in the form of a kernel's: does the series apply with git am, does the
plugin build from it as C++ and find what ours finds, is the page sound reST, and is a
tree or an OUT that cannot be used refused in one line, with nothing written? A real
kernel is tests/kernel/check_kernel_patch.py's.
"""

import io
import os
import re
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.tap import Tap
from tools.kernel_patch.kernel_patch import PAGE, PLUGIN, RULES, STEPS
from tools.mnlib import (CC, GCC, ROOT, default_jobs, include_flags, parse_diagnostics,
                         plain_output, plugin_flags, run)

SOMEONE = "A Test <test@example.org>"
CASE = Path("testcases/region-balance")
CXX = os.environ.get("HOSTCXX", "g++")

TREE = {
    "Kbuild": "",
    "mm/Makefile": "",
    "MAINTAINERS": "Maintainers List\n\nABACUS\nM:\tA <a@example.org>\nF:\tabacus/\n\n"
                   "ZITHER\nM:\tZ <z@example.org>\nF:\tzither/\n\nTHE REST\nM:\tL\nF:\t*\n",
    "Documentation/dev-tools/index.rst": ".. toctree::\n\n   sparse\n   zither\n",
    "scripts/Makefile.gcc-plugins":
        "# All the plugin CFLAGS are collected here, for others to leave out\n",
    "scripts/gcc-plugins/Kconfig": "if GCC_PLUGINS\n\nconfig OTHER\n\tbool\n\nendif\n",
    "scripts/gcc-plugins/Makefile": """\
obj := scripts/gcc-plugins
# foo-objs := foo.o foo2.o

plugin-multi := $(obj)/mmu_notifier_plugin.so
plugin-objs := $(addprefix $(obj)/, $(mmu_notifier_plugin-objs))
plugin_cxxflags = -Wall -Wno-unused-variable -fPIC -fno-rtti -fno-exceptions -I $(HEADERS)

$(plugin-multi): $(plugin-objs)
	$(CXX) -shared -o $@ $^
$(plugin-objs): $(obj)/%.o: $(obj)/%.c
	$(CXX) $(plugin_cxxflags) -x c++ -c -o $@ $<
""",
}


def make_tree(top: Path, **changes) -> Path:
    """TREE; changes are texts of files, by the last part of the name; None: no file."""
    for name, text in TREE.items():
        text = changes.get(Path(name).name, text)
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        if text is not None:
            (top / name).write_text(text)
    return top


def contents(tree: Path) -> dict[str, str]:
    return {str(path.relative_to(tree)): path.read_text() for path in
            sorted(tree.rglob("*")) if path.is_file() and ".git/" not in str(path)}


def kernel_patch(tree: Path, out: Path, *words: str, **options):
    return run([sys.executable, ROOT / "tools/kernel_patch/kernel_patch.py",
                *(words or ("--identity", SOMEONE)), tree, out], **options)


def git(tree: Path, *words):
    return run(["git", "-c", "user.name=A Test", "-c", "user.email=test@example.org",
                *words], cwd=tree)


# ---------------------------------------------------------------------------
# a tree that can be used

def test_applies(tap: Tap, work: Path) -> Path:
    tree, mbox = make_tree(work / "tree"), work / "series.mbox"
    done = kernel_patch(tree, mbox)
    tap.ok(done.returncode == 0 and mbox.exists(), "a series is written", done.stderr)
    tap.ok(contents(tree) == TREE, "the tree is only read")
    cover = work / "series.mbox.cover"
    tap.ok(cover.exists() and "***" not in cover.read_text() and
           f"0/{len(STEPS)}" in cover.read_text(), "a cover letter is beside")
    git(tree, "init", "-q")
    git(tree, "add", "-A")
    git(tree, "commit", "-q", "-m", "the tree")
    done = git(tree, "am", "-q", mbox)
    tap.ok(done.returncode == 0 and not done.stderr, "git am takes it", done.stderr)
    plain = make_tree(work / "plain")
    done = run(["patch", "-s", "-p1", "-i", mbox], cwd=plain)
    tap.ok(done.returncode == 0 and contents(plain) == contents(tree),
           "and patch -p1, where there is no git", done.stdout)
    said = git(tree, "log", "--format=%an <%ae>%n%(trailers:key=Signed-off-by,valueonly)",
               f"-{len(STEPS)}").stdout
    tap.ok(set(said.split("\n")) == {SOMEONE, ""}, "each patch is written and signed off "
           "by who makes it", said)
    return tree


def test_places(tap: Tap, tree: Path) -> None:
    heads = re.findall(r"^([A-Z ]+)\nM:", (tree / "MAINTAINERS").read_text(), re.M)
    tap.ok(heads == ["ABACUS", "MMU NOTIFIER CHECKER", "ZITHER", "THE REST"],
           "the maintainers' entry stands in its place", *heads)
    text = (tree / "scripts/gcc-plugins/Kconfig").read_text()
    tap.ok(text.startswith("if GCC_PLUGINS\n\nconfig OTHER\n") and text.endswith("\n\nendif\n")
           and "config GCC_PLUGIN_MMU_NOTIFIER\n" in text, "the option is among the plugins'",
           text)
    own = {path.name for folder in ("cocci", "cocci/drivers") for path in (ROOT / folder).glob("*.cocci")}
    there = {path.name for path in (tree / RULES).iterdir()}
    tap.ok(own == there, "the semantic patches are those of cocci/", *sorted(own ^ there))


def test_page(tap: Tap, tree: Path) -> None:
    name = "the page is sound reST"
    try:
        from docutils.core import publish_string
    except ImportError:
        tap.skip(name, "python3-docutils is not installed")
        return
    said = io.StringIO()
    publish_string((tree / PAGE).read_text(), writer_name="null", settings_overrides={
        "warning_stream": said, "report_level": 1})
    tap.ok(not said.getvalue(), name, said.getvalue())


def findings(case: Path, flags: list[str]) -> list[str]:
    done = run([*CC, "-O2", "-S", *include_flags(case), case, "-o", "/dev/null",
                *plain_output(), *flags], cwd=ROOT)
    return [str(d) for d in parse_diagnostics(done.stderr) if d.rule]


def test_plugin(tap: Tap, tree: Path) -> None:
    headers = run([GCC, "-print-file-name=plugin"]).stdout.strip() + "/include"
    done = run([CXX, "-fsyntax-only", f"-I{headers}", "-xc++", "-include", "gcc-plugin.h",
                "/dev/null"])
    if done.returncode:
        # GCC 10's in Debian 11; a build of our own brings gcc-plugin/missing/
        tap.skip("the plugin builds as C++, silently", "a plugin header of this compiler "
                 f"includes one that is not there: no kernel's plugin builds: {headers}")
        return
    done = run(["make", f"-j{default_jobs()}", "-f", "scripts/gcc-plugins/Makefile",
                f"HEADERS={headers}", f"CXX={CXX}", f"{PLUGIN}.so"], cwd=tree,
               env={k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MF"))})
    tap.ok(not done.returncode and not done.stderr, "the plugin builds as C++, silently",
           done.stderr)
    cases = sorted(path.relative_to(ROOT) for path in (ROOT / CASE).glob("*.c"))
    ours = {case: findings(case, plugin_flags()) for case in cases}
    built = {case: findings(case, [f"-fplugin={tree / PLUGIN}.so"]) for case in cases}
    tap.ok(any(ours.values()) and ours == built, f"it finds what ours finds in {CASE}/",
           *[f"{case}: {ours[case]} {built[case]}" for case in cases
             if ours[case] != built[case]])


def test_form(tap: Tap, tree: Path) -> None:
    """Two errors of checkpatch.pl that are easily made; make check-kernel-patch runs it."""
    wrong = [f"{path.name}:{number}: {line.strip()}"
             for path in sorted((tree / PLUGIN).glob("*.[ch]"))
             for number, line in enumerate(path.read_text().splitlines(), 1)
             if re.match(r"\s*(case\b[^\"']*|default\s*):\s*(?!return\b)\w.*;", line)
             or re.match(r"(?!\s*(#|\*|/)).*\b(hash_set|hash_map|auto_vec|vec|[ai]s_an?|"
                         r"\w+_cast)<", line)]
    tap.ok(not wrong, "a statement after 'case', or a template, is as checkpatch.pl has it",
           *wrong)


# ---------------------------------------------------------------------------
# what is refused

def refused(tap: Tap, what: str, tree: Path, out: Path, words: str, *options,
            **more) -> None:
    before = sorted(out.parent.glob("*"))
    done = kernel_patch(tree, out, *options, **more)
    after = sorted(out.parent.glob("*"))
    tap.ok(done.returncode == 2 and words in done.stderr and ": error: " in done.stderr
           and done.stderr.count("\n") == 1 and before == after,
           f"refused: {what}", done.stdout + done.stderr)


def test_refused(tap: Tap, work: Path, applied: Path) -> None:
    tree, out = make_tree(work / "again"), work / "out/series.mbox"
    out.parent.mkdir()
    (work / "empty").mkdir()
    refused(tap, "no kernel tree", work / "empty", out, "no kernel tree")
    refused(tap, "no tree at all", work / "none", out, "no kernel tree")
    refused(tap, "a kernel with no plugins", make_tree(work / "a", Makefile=None), out,
            "no GCC plugins")
    refused(tap, "a kernel that is too old", make_tree(work / "b", Makefile="hostlibs"), out,
            "5.10 and later")
    refused(tap, "a part is missing", make_tree(work / "c", **{"index.rst": None}), out,
            "index.rst: error: not there")
    refused(tap, "another form", make_tree(work / "d", **{"Makefile.gcc-plugins": "\n"}), out,
            "no line here matches")
    refused(tap, "applied already", applied, out, "applied already")
    refused(tap, "a folder that is not there", tree, work / "none/series.mbox",
            "cannot be written")
    refused(tap, "a folder as OUT", tree, out.parent, "this is no file")
    refused(tap, "a wrong author", tree, out, "no 'Name <address>'", "--identity", "nobody")
    unset = dict(os.environ, HOME=str(work), GIT_CONFIG_GLOBAL="/dev/null",
                 GIT_CONFIG_NOSYSTEM="1", GIT_CONFIG_COUNT="1",
                 GIT_CONFIG_KEY_0="user.useConfigOnly", GIT_CONFIG_VALUE_0="true")
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "EMAIL"):
        unset.pop(name, None)
    refused(tap, "no author", tree, out, "no author is known", "--identity", "",
            env=unset, cwd=work)


def test_no_space(tap: Tap, work: Path) -> None:
    """A limit on the size of files stands for a full disk."""
    out = work / "space/series.mbox"
    out.parent.mkdir()
    out.write_text("old")
    done = run([sys.executable, "-c", "import resource, sys, pathlib\n"
                "from tools.kernel_patch import kernel_patch\n"
                "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
                "kernel_patch.write_whole(pathlib.Path(sys.argv[1]), 'x' * 100000)", out],
               cwd=ROOT)
    tap.ok(done.returncode == 2 and "cannot be written" in done.stderr and
           contents(out.parent) == {"series.mbox": "old"}, "with no space OUT stays as it is",
           done.stderr)


def main() -> int:
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        tree = test_applies(tap, work)
        test_places(tap, tree)
        test_page(tap, tree)
        test_form(tap, tree)
        test_plugin(tap, tree)
        test_refused(tap, work, tree)
        test_no_space(tap, work)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
