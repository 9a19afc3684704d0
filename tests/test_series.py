#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The test of make series, end to end, on testcases/tree: does the series apply with
git am, does every prefix of it compile, is nothing left, and is a tree with a call that
cannot be rewritten left alone where that call needs it? Prints TAP."""

import re
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.tap import Tap
from tools.mnlib import CC, ROOT, run

TREE = ROOT / "testcases/tree"
SOMEONE = "A Test <test@example.org>"
CODE = re.compile(r"\bmmu_notifier_invalidate_page\b")
NOISE = re.compile(r"/\*.*?\*/|//[^\n]*", re.S)
LEFT = re.compile(r"\b(__)?mmu_notifier_invalidate_page\b|\bkvm\w*_invalidate_page\b")
RANGE, PAGE = "kvm_mmu_notifier_invalidate_range_start", "kvm_mmu_notifier_invalidate_page"
COMMENTS = f"/* {RANGE} and\n * {PAGE} unmap. */\n/* a mmu_notifier and mmu_notifier */\n"
STUCK = """
void flush_one(struct mm_struct *mm, unsigned long address)
{
	mmu_notifier_invalidate_page(mm, address);
}
"""
# what stable trees have since 2018
OLD_HOOK, NEW_HOOK = "kvm_arch_mmu_notifier_invalidate_page", "kvm_arch_mmu_notifier_invalidate_range"
PROTOTYPE = f"void {NEW_HOOK}(struct kvm *kvm, unsigned long start, unsigned long end)"
VENDOR = {
    "arch/x86/kvm/x86.c": (r"\Z", PROTOTYPE + "\n{\n\tkvm_make_all_cpus_request"
                           "(kvm, KVM_REQ_APIC_PAGE_RELOAD);\n}\n"),
    "arch/x86/include/asm/kvm_host.h": ("#endif", PROTOTYPE + ";\n#endif"),
    "arch/arm64/include/asm/kvm_host.h": ("#endif", f"static inline {PROTOTYPE}\n{{\n}}\n#endif"),
    "virt/kvm/kvm_main.c": (r"(?<=need_tlb_flush, idx;\n)(?=\n\tidx = srcu_read_lock\(&kvm->srcu\);"
                            r"\n\tspin_lock\(&kvm->mmu_lock\);\n\t/\* while)",
                            f"\n\t{NEW_HOOK}(kvm, start, end);\n"),
    "mm/ksm.c": (r"\Z", """
int page_mapcount(struct page *page);
unsigned long huge_size(struct vm_area_struct *vma);
void widen_for_sharing(unsigned long *first, unsigned long *last);
pte_t *page_check_address(struct page *page, struct mm_struct *mm, unsigned long address,
			  spinlock_t **ptlp, int sync);

int unmap_shared(struct page *page, struct vm_area_struct *vma, unsigned long address);

int unmap_shared(struct page *page, struct vm_area_struct *vma, unsigned long address)
{
	struct mm_struct *mm = vma->vm_mm;
	unsigned long first, last;
	bool sharing = false;
	spinlock_t *ptl;
	pte_t *pte;

	if (!page_mapcount(page))
		goto out;

	/* In the normal case mmu_notifier_invalidate_page is sufficient. */
	if (PageHuge(page)) {
		first = address;
		last = first + huge_size(vma);
		widen_for_sharing(&first, &last);
		if (last - first != huge_size(vma)) {
			sharing = true;
			mmu_notifier_invalidate_range_start(mm, first, last);
		}
	}
	pte = page_check_address(page, mm, address, &ptl, 0);
	if (!pte)
		goto out;
	ptep_clear_flush(vma, address, pte);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_page(mm, address);
out:
	if (sharing)
		mmu_notifier_invalidate_range_end(mm, first, last);
	return 0;
}
"""),
}


def series(tree: Path, out: Path):
    return run([sys.executable, ROOT / "tools/series/series.py", "--identity", SOMEONE, tree, out])


def git(tree: Path, *words):
    return run(["git", "-c", "user.name=A Test", "-c", "user.email=test@example.org",
                *words], cwd=tree)


def compile_all(tree: Path, patch: Path) -> str:
    names = re.findall(r"^\+\+\+ b/(\S+\.c)$", patch.read_text(), re.M)
    return "".join(run([*CC, "-O2", "-Wall", "-Werror", "-Iinclude", "-S", name, "-o",
                        "/dev/null"], cwd=tree).stderr for name in names)


def test_applies(tap: Tap, work: Path) -> None:
    tree, out = work / "tree", work / "out"
    shutil.copytree(TREE, tree)
    with open(tree / "virt/kvm/kvm_main.c", "a") as file:
        file.write(COMMENTS)
    done = series(tree, out)
    patches = sorted(out.glob("[0-9]*.patch"))[1:]
    tap.ok(done.returncode == 0 and bool(patches), f"{len(patches)} patches", done.stderr)
    tap.ok((out / "report.txt").read_text() == "", "everything is rewritten", done.stdout)
    test_comments(tap, patches)
    test_applied(tap, tree, out)
    done = series(tree, work / "again")
    tap.ok(not list((work / "again").glob("*.patch")), "a second run changes nothing",
         done.stdout)


def test_applied(tap: Tap, tree: Path, out: Path) -> None:
    """Each patch applies and compiles; what still names the function is in the cover letter."""
    patches = sorted(out.glob("[0-9]*.patch"))[1:]
    git(tree, "init", "-q")
    git(tree, "add", "-A")
    git(tree, "commit", "-q", "-m", "the tree")
    for patch in patches:
        done = git(tree, "am", "-q", patch)
        why = done.stderr or compile_all(tree, patch)
        tap.ok(done.returncode == 0 and not why, f"git am, and compile, {patch.name}", why)
    left = {f"{path.relative_to(tree)}:{number}:" for folder in
            ("arch", "drivers", "fs", "include", "mm", "virt", "Documentation")
            for path in (tree / folder).rglob("*") if path.is_file()
            for number, line in enumerate(path.read_text().split("\n"), 1) if LEFT.search(line)}
    cover = next(out.glob("0000-*")).read_text()
    told = set(re.findall(r"^  (\S+:\d+:) \w*mmu_notifier_invalidate_page$", cover, re.M))
    tap.ok(left == told, "the cover letter lists each mention that is left",
           f"left: {sorted(left)}\ntold: {sorted(told)}")
    code = [place for place in sorted(left) if CODE.search(
        NOISE.sub(" ", (tree / place.split(":")[0]).read_text()))
        and not place.startswith("Documentation")]
    tap.ok(not code, "no code names it", "\n".join(code))


def test_vendor(tap: Tap, work: Path) -> None:
    """A stable tree of 2018: the hook's form for ranges and a pair on a condition are there."""
    tree, out = work / "vendor", work / "vendor-out"
    shutil.copytree(TREE, tree)
    for name, (where, new) in VENDOR.items():
        path = tree / name
        path.write_text(re.sub(where, lambda _, new=new: new, path.read_text(), count=1))
    done = series(tree, out)
    tap.ok(done.returncode == 0 and not (out / "report.txt").read_text(),
           "a stable tree of 2018 is rewritten", done.stdout + done.stderr)
    test_applied(tap, tree, out)
    left = [str(path.relative_to(tree)) for folder in ("arch", "virt")
            for path in (tree / folder).rglob("*.[ch]") if OLD_HOOK in path.read_text()]
    tap.ok(not left, "the hook that nobody calls is gone", "\n".join(left))
    ksm = (tree / "mm/ksm.c").read_text()
    unmap = ksm[ksm.index("bool in_region = false"):] if "in_region" in ksm else ""
    tap.ok(unmap.count("mmu_notifier_invalidate_range_start") == 1
           and "mmu_notifier_invalidate_range(mm, first, last);\n\tpte_unmap_unlock" in unmap,
           "the region that is there is used", ksm[-1500:])
    tap.ok("/* In the normal case mmu_notifier_invalidate_page is sufficient. */" in unmap,
           "a comment whose sense would change stays", unmap)
    one = series_of(TREE, work / "one", 1)
    tap.ok(one == series_of(TREE, work / "three", 3) and one, "J= changes nothing of it")


def series_of(tree: Path, out: Path, jobs: int) -> list[str]:
    """What the patches change, made by so many runs at once."""
    run([sys.executable, ROOT / "tools/series/series.py", "--identity", SOMEONE, "--jobs", jobs,
         tree, out])
    return [path.read_text().split("\ndiff --git", 1)[-1]
            for path in sorted(out.glob("[0-9]*.patch"))[1:]]


def test_comments(tap: Tap, patches: list[Path]) -> None:
    """A mention of both callbacks becomes one; other comments stay."""
    added = "".join(line[1:] + "\n" for patch in patches
                    for line in patch.read_text().splitlines() if line[:1] == "+")
    tap.ok(f"{RANGE} unmap. */" in added and PAGE not in added, "two mentions become one", added)
    tap.ok("a mmu_notifier" not in added, "another comment stays", added)


def test_stuck(tap: Tap, work: Path) -> None:
    tree, out = work / "stuck", work / "stuck-out"
    shutil.copytree(TREE, tree)
    with open(tree / "mm/ksm.c", "a") as file:
        file.write(STUCK)
    done = series(tree, out)
    said = (out / "report.txt").read_text()
    tap.ok("mm/ksm.c:" in said and "no page table lock is seen" in said,
         "a call with no lock is reported", done.stdout)
    subjects = "\n".join(re.findall(r"^Subject: (.*)$", "".join(
        path.read_text() for path in out.glob("*.patch")), re.M))
    tap.ok("drop the callback" not in subjects and "KVM" not in subjects,
         "no callback is dropped while a call is left", subjects)


def test_lost(tap: Tap, work: Path) -> None:
    """Two hooks, and only one of them can be carried over: neither is."""
    tree, out = work / "lost", work / "lost-out"
    shutil.copytree(TREE, tree)
    path = tree / "virt/kvm/kvm_main.c"
    path.write_text(path.read_text().replace(
        f"\t{OLD_HOOK}(", f"\tkvm_arch_note_page(kvm, address);\n\t{OLD_HOOK}(", 1))
    done = series(tree, out)
    said = (out / "report.txt").read_text()
    tap.ok(re.search(r"kvm_main\.c:\d+: not rewritten: no remaining callback does what "
                     "'kvm_arch_note_page' does", said) is not None,
           "a hook that cannot be carried over is reported", done.stdout + done.stderr)
    text = "".join(patch.read_text() for patch in out.glob("*.patch"))
    tap.ok(OLD_HOOK not in text and NEW_HOOK not in text and "xen/gntmap: drop" in text,
           "nothing of the other one is carried", text[-2000:])


def main() -> int:
    tap = Tap()
    with tempfile.TemporaryDirectory() as work:
        test_applies(tap, Path(work))
        test_vendor(tap, Path(work))
        test_lost(tap, Path(work))
        test_stuck(tap, Path(work))
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
