#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""make repairs on testcases/repairs/tree, a small tree that has each fault: are the mails
such as git am takes, does what they change compile and has the plugin nothing to say of it any
more, is nothing written where a fault is gone, and what is said of bad input? Prints TAP."""

import re
import shutil
import sys
import tempfile
from email import message_from_string
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.tap import Tap
from tools.mnlib import CC, PLUGIN, ROOT, parse_diagnostics, plain_output, plugin_flags, run

REPAIRS = ROOT / "cocci/repairs"
TREE = ROOT / "testcases/repairs/tree"
SOMEONE = "A Test <test@example.org>"
NAMES = sorted(path.stem for path in REPAIRS.glob("*.cocci"))
RULE = re.compile(r"\bby\s+its\s+rule\s+([\w-]+)\.")
# of the file alone: for MMU_NOTIFY_RELEASE, with which the readers go away
STAYS = {("drivers/gpu/drm/amd/amdkfd/kfd_svm.c", "sequence-unset")}


def sources(tree: Path) -> list[str]:
    return sorted(str(path.relative_to(tree)) for path in tree.rglob("*.c"))


def command(tree: Path, name: str) -> list[str]:
    return [*CC, "-O2", "-Wall", "-Werror", f"-I{tree}/include", f"-I{ROOT}/testcases/include",
            "-c", "-o", f"{name[:-2]}.o", f"{tree}/{name}"]


def make_objects(tree: Path, objects: Path) -> Path:
    """What kbuild leaves of a build: of old and new kernels, with the plugin and with objtool."""
    for number, name in enumerate(sources(tree)):
        path = objects / name
        path.parent.mkdir(parents=True, exist_ok=True)
        words = [command(tree, name)[0], "-Wp,-MMD,.x.d", *plugin_flags("record=/nowhere/x"),
                 *command(tree, name)[1:]]
        (path.parent / f".{path.stem}.o.cmd").write_text(
            f"{'saved' * (number % 2)}cmd_{name[:-2]}.o := {' '.join(words)}"
            f"{' ; ./tools/objtool/objtool x.o' * (number % 3 == 0)}\n\nsource_x.o := x.c\n")
    (objects / ".config").write_text("")
    return objects


def repair(tree: Path, out: Path, *more):
    return run([sys.executable, ROOT / "tools/series/repairs.py", "--identity", SOMEONE, *more,
                tree, out])


def mails(out: Path) -> list[Path]:
    return sorted(out.glob("[0-9][0-9][0-9][0-9]-*.patch"))


def git(tree: Path, *words):
    return run(["git", "-c", "user.name=A Test", "-c", "user.email=test@example.org", *words],
               cwd=tree)


def copy(work: Path, name: str) -> Path:
    shutil.copytree(TREE, work / name)
    return work / name


def edit(tree: Path, name: str, old: str, new: str) -> None:
    text = (tree / name).read_text()
    if old not in text:
        raise RuntimeError(f"{name} has no '{old}'")
    (tree / name).write_text(text.replace(old, new))


def findings(tree: Path) -> set[tuple[str, str]]:
    """(file, rule), the files compiled with the plugin."""
    found = set()
    for name in sources(tree):
        words = [word for word in command(tree, name) if word != "-Werror"]
        words[words.index("-o") + 1] = "/dev/null"
        done = run([*words, *plain_output(), *plugin_flags()])
        if done.returncode:
            raise RuntimeError(done.stderr)
        found |= {(name, d.rule) for d in parse_diagnostics(done.stderr) if d.rule}
    return found


# ---------------------------------------------------------------------------
# what is written

def wrong_with(text: str) -> list[str]:
    """What a list would refuse of a mail, or what the sender has to have."""
    mail = message_from_string(text)
    body, _, rest = mail.get_payload().partition("\n---\n")
    notes = rest.partition("\ndiff --git ")[0]
    wanted = {
        "a sender": mail["From"] == SOMEONE,
        "SUBSYSTEM: WHAT": re.match(r"\[PATCH\] [\w/]+: [A-Z]", mail["Subject"]),
        "lines of at most 75 columns": max(map(len, body.split("\n"))) <= 75,
        "how it was found": RULE.search(body) and "Found with mncheck" in body,
        "what it was compiled with": re.search(r"^Compile-tested with .* [\d.]+:\s[\w/.]+\.o\.$", body,
                                               re.M),
        "a sign-off at the end": body.endswith(f"\n\nSigned-off-by: {SOMEONE}"),
        "no Fixes:, nobody that it goes to": not re.search(r"^(Fixes|Cc|To):", body, re.M)
                                             and not mail["To"] and not mail["Cc"],
        "a word on Fixes: for the sender": "a Fixes: line is not written" in notes,
        "no blank at the end of a line": not re.search(r"^\+.*[ \t]$", rest, re.M),
        "no two empty lines": "\n+\n+\n" not in rest,
    }
    return [what for what, good in wanted.items() if not good]


def test_mails(tap: Tap, out: Path) -> None:
    for path in mails(out):
        text = path.read_text()
        wrong = wrong_with(text)
        tap.ok(not wrong, f"a mail to be sent: {path.name}", *wrong, text)
    hfi1 = "".join(path.read_text() for path in mails(out) if "sequence" in path.name)
    tap.ok("-\t/* take action only if unmapping */\n" in hfi1, "a comment goes that no longer holds", hfi1)
    sgx = "".join(path.read_text() for path in mails(out) if "sgx" in path.name)
    tap.ok("+++ b/arch/x86/kernel/cpu/sgx/encl.c" in sgx and "+++ b/arch/x86/kernel/cpu/sgx/encl.h" in sgx,
           "a header that is changed is in the same mail, and is compiled with it", sgx)


def test_applies(tap: Tap, work: Path) -> None:
    """git am takes all in turn, and each by itself; then the faults are gone."""
    tree, out = copy(work, "tree"), work / "out"
    before = findings(tree) if PLUGIN.exists() else set()
    done = repair(tree, out, "--objects", make_objects(tree, work / "objects"))
    tap.ok(done.returncode == 0 and len(mails(out)) == len(NAMES) and "not compiled" not in done.stdout,
           f"each of {len(NAMES)} repairs is a mail", done.stdout, done.stderr)
    test_mails(tap, out)
    git(tree, "init", "-q")
    git(tree, "add", "-A")
    git(tree, "commit", "-q", "-m", "the tree")
    alone = [path.name for path in mails(out) if git(tree, "apply", "--check", path).returncode]
    tap.ok(not alone, "each mail applies by itself", *alone)
    done = git(tree, "am", "-q", *mails(out))
    tap.ok(done.returncode == 0, "git am takes them all", done.stdout, done.stderr)
    if PLUGIN.exists():
        test_gone(tap, out, before, findings(tree))
    else:
        tap.skip("what the plugin says", "it is not built")
    done = repair(tree, out)
    tap.ok(done.returncode == 0 and not mails(out) and done.stdout.count("nothing to repair in ") == len(NAMES),
           "a second run writes nothing, and takes away what is there", done.stdout, done.stderr)


def test_gone(tap: Tap, out: Path, before: set, after: set) -> None:
    repaired = {(name, rule) for path in mails(out)
                for rule in RULE.findall(path.read_text())
                for name in re.findall(r"^\+\+\+ b/(\S+\.c)$", path.read_text(), re.M)}
    tap.ok(repaired and repaired <= before, "each fault was there, as the mail says", *map(str, repaired - before))
    tap.ok(after == STAYS, "the plugin finds none of them any more, and nothing new",
           *map(str, after ^ STAYS))


# ---------------------------------------------------------------------------
# what is not

def test_later(tap: Tap, work: Path) -> None:
    """A fault of older kernels only: what one file has decides about another."""
    tree, out = copy(work, "later"), work / "later-out"
    edit(tree, "mm/oom_kill.c", "MMU_NOTIFY_UNMAP", "MMU_NOTIFY_CLEAR")
    edit(tree, "include/linux/mmu_notifier.h", "mmu_notifier_invalidate_range(",
         "mmu_notifier_arch_invalidate_secondary_tlbs(")
    shutil.rmtree(tree / "drivers/hv")
    done = repair(tree, out)
    for name, said in (("hfi1-nonblock", "nothing to repair in "),
                       ("wp-page-secondary", "nothing to repair in "), ("mshv-init", "not in this tree: ")):
        tap.ok(f" {name}: {said}" in done.stdout, f"{name}: {said.strip(' :')}", done.stdout, done.stderr)
    texts = [path.read_text() for path in mails(out)]
    tap.ok(done.returncode == 0 and len(texts) == len(NAMES) - 3
           and all("\nNot compile-tested.\n" in text for text in texts),
           "with no O= a mail says that it was not compiled", done.stdout, *texts[:1])


def test_right(tap: Tap, work: Path) -> None:
    """Code of the same shape without the fault is left alone."""
    tree, out = copy(work, "right"), work / "right-out"
    edit(tree, "drivers/gpu/drm/amd/amdkfd/kfd_svm.c", "\tsvm_range_lock(shared);\n",
         "\tif (!mmu_notifier_range_blockable(range))\n\t\treturn false;\n\tsvm_range_lock(shared);\n")
    edit(tree, "drivers/infiniband/hw/hfi1/user_exp_rcv.c", "range->event == MMU_NOTIFY_UNMAP", "mni->mm")
    edit(tree, "arch/x86/kernel/cpu/sgx/encl.c", "kref_put(&encl_mm", "kref_put_later(&encl_mm")
    done = repair(tree, out)
    right = [name for name in ("amdkfd-nonblock", "hfi1-sequence", "sgx-release")
             if f" {name}: nothing to repair" in done.stdout]
    tap.ok(done.returncode == 0 and len(right) == 3, "what has not the fault is left alone", done.stdout,
           done.stderr)


def test_compile_fails(tap: Tap, work: Path) -> None:
    tree, out = copy(work, "fails"), work / "fails-out"
    edit(tree, "include/linux/mmu_notifier.h", "#define INIT_WORK(", "#define INIT_NO_WORK(")
    objects = make_objects(tree, work / "fails-objects")
    (objects / "mm/.madvise.o.cmd").unlink()
    done = repair(tree, out, "--objects", objects)
    names = " ".join(path.name for path in mails(out))
    tap.ok(done.returncode == 1 and "sgx/encl.c: error: does not compile with sgx-release; no mail for it"
           in done.stderr and "sgx" not in names and len(mails(out)) == len(NAMES) - 1,
           "what does not compile is no mail, and the status is 1", done.stdout, done.stderr)
    tap.ok("mm/madvise.c: not compiled: " in done.stdout, "what was never compiled in O= is said",
           done.stdout)


def test_bad_input(tap: Tap, work: Path) -> None:
    tree, out = copy(work, "bad"), work / "bad-out"
    (work / "empty").mkdir()
    for what, done, said in (
            ("no kernel tree", repair(work / "empty", out), "this is no kernel tree; give its top as KDIR="),
            ("O= that is not configured", repair(tree, out, "--objects", work / "empty"),
             "the kernel is not configured; give its O="),
            ("an identity without an address", repair(tree, out, "--identity", "nobody"),
             "is no 'Name <address>'"),
            ("OUT= below a file", repair(tree, tree / "MAINTAINERS/out"), "MAINTAINERS/out: "),
            ("make without KDIR=", run(["make", "repairs", "KDIR="], cwd=ROOT), "KDIR= is missing")):
        lines = done.stderr.splitlines()
        tap.ok(done.returncode == 2 and said in done.stderr and len(lines) == 1 and not out.exists(),
               f"refused: {what}", done.stdout, done.stderr)
    out.mkdir()
    (out / "0001-old.patch").write_text("of the run before\n")
    (out / "mine.txt").write_text("")
    done = repair(tree, out)
    tap.ok(done.returncode == 0 and not (out / "0001-old.patch").exists() and (out / "mine.txt").exists(),
           "mails of the run before are replaced, other files stay", done.stdout, done.stderr)


def test_pairs(tap: Tap) -> None:
    alone = {path.stem for path in REPAIRS.glob("*.mail")} ^ set(NAMES)
    tap.ok(NAMES and not alone, "each repair has its mail", *sorted(alone))


def main() -> int:
    tap = Tap()
    test_pairs(tap)
    with tempfile.TemporaryDirectory() as work:
        for test in (test_applies, test_later, test_right, test_compile_fails, test_bad_input):
            test(tap, Path(work))
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
