#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""make series on a tree as it was before 3.19, which has no mmu_notifier_invalidate_range().

The region is all that takes the place of the call there, and whether a callback may go is
also seen in the file that it calls into. Prints TAP.
"""

import re
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.tap import Tap
from tests.test_series import TREE, series, test_applied

# what the header of today's tree has for ranges, taken away from it
RANGE = [r"static inline void mmu_notifier_invalidate_range\([^)]*\)\n\{.*?\n\}\n\n",
         r"extern void __mmu_notifier_invalidate_range\([^)]*\);\n",
         r"\tmmu_notifier_invalidate_range\([^;]*;\s*\\\n",
         r"\n\t/\*\n\t \* For a TLB that shares.*?\*/\n\tvoid \(\*invalidate_range\)\([^;]*;\n"]
CALLERS = """\
#include <linux/mm.h>
#include <linux/mmu_notifier.h>
#include <linux/rmap.h>

unsigned int compound_order(struct page *page);
bool area_changed(struct vm_area_struct *vma);
bool page_is_wanted(struct page *page, struct vm_area_struct *vma);
pte_t *page_check_address(struct page *page, struct mm_struct *mm, unsigned long address,
			  spinlock_t **ptlp, int sync);

void unmap_sparse(struct vm_area_struct *first, struct page *page);
int clean_one(struct page *page, struct vm_area_struct *vma, unsigned long address, int *count);

void unmap_sparse (struct vm_area_struct *first, struct page *page)
{
	struct vm_area_struct *vma;
	spinlock_t *ptl;
	pte_t *pte;

retry:
	for (vma = first; vma; vma = vma->vm_next) {
		pte = page_check_address(page, vma->vm_mm, vma->vm_start, &ptl, 1);
		if (pte) {
			ptep_clear_flush(vma, vma->vm_start, pte);
			pte_unmap_unlock(pte, ptl);
			/* invalidate_page before the page is freed */
			mmu_notifier_invalidate_page(vma->vm_mm, vma->vm_start);
			put_page(page);
		}
	}
	if (area_changed(first))
		goto retry;
}

int clean_one(struct page *page, struct vm_area_struct *vma, unsigned long address, int *count)
{
	struct mm_struct *mm = vma->vm_mm;
	spinlock_t *ptl;
	pte_t *pte;
	int ret = 0;

	pte = page_check_address(page, mm, address, &ptl, 1);
	if (!pte)
		goto out;

	if (page_is_wanted(page, vma))
		goto out_wanted;

	if (pte_dirty(*pte)) {
		ptep_clear_flush(vma, address, pte);
		ret = 1;
	}
	pte_unmap_unlock(pte, ptl);

	if (ret) {
		mmu_notifier_invalidate_page(mm, address);
		(*count)++;
	}
out:
	return ret;

out_wanted:
	pte_unmap_unlock(pte, ptl);
	return -1;
}
"""
DRIVER = """\
#include <linux/mmu_notifier.h>
#include <linux/walker.h>

static void walker_flush(struct mmu_notifier *mn, unsigned long address)
{
	walker_flush_page(walker_of(mn), address);
}

static int walker_clear_flush_young(struct mmu_notifier *mn, struct mm_struct *mm,
				    unsigned long start, unsigned long end)
{
	walker_flush(mn, start);
	return 0;
}

static void walker_invalidate_page(struct mmu_notifier *mn, struct mm_struct *mm,
				   unsigned long address)
{
	walker_flush(mn, address);
}

static void walker_start(struct mmu_notifier *mn, struct mm_struct *mm,
			 unsigned long start, unsigned long end)
{
	walker_set_table(walker_of(mn), 0);
}

static void walker_end(struct mmu_notifier *mn, struct mm_struct *mm,
		       unsigned long start, unsigned long end)
{
	walker_set_table(walker_of(mn), 1);
}

extern const struct mmu_notifier_ops walker_ops;

const struct mmu_notifier_ops walker_ops = {
	.clear_flush_young	= walker_clear_flush_young,
	.invalidate_page	= walker_invalidate_page,
	.invalidate_range_start	= walker_start,
	.invalidate_range_end	= walker_end,
};
"""
HEADER = """\
struct mmu_notifier;
struct walker {
	int table, dirty;
	unsigned long last;
};
struct walker *walker_of(struct mmu_notifier *mn);
int walker_flush_page(struct walker *walker, unsigned long address);
int walker_set_table(struct walker *walker, int table);
int walker_command(struct walker *walker, unsigned long address, int all);
void walker_lock(void);
void walker_unlock(void);
"""
HOME = """\
#include <linux/walker.h>

static int __flush(struct walker *walker, unsigned long address, int all)
{
	walker->last = address;
	return walker_command(walker, address, all);
}

int walker_flush_page(struct walker *walker, unsigned long address)
{
	int ret;

	walker_lock();
	ret = __flush(walker, address, 0);
	walker_unlock();

	return ret;
}

int walker_set_table(struct walker *walker, int table)
{
	walker->table = table;
	return __flush(walker, 0, 1);
}
"""
ALONE = """\
#include <linux/mmu_notifier.h>

void alone_flush(unsigned long address);

static void alone_page(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long address)
{
	alone_flush(address & PAGE_MASK);
}

extern const struct mmu_notifier_ops alone_ops;

const struct mmu_notifier_ops alone_ops = {
	.invalidate_page	= alone_page,
};
"""


def plant(tree: Path, files: dict[str, str]) -> Path:
    """A small tree with the headers of testcases/tree, and a Perl script that does not run."""
    shutil.copytree(TREE / "include", tree / "include")
    shutil.copyfile(TREE / "MAINTAINERS", tree / "MAINTAINERS")
    header = tree / "include/linux/mmu_notifier.h"
    text = header.read_text()
    for what in RANGE:
        text = re.sub(what, "", text, flags=re.S)
    header.write_text(text)
    files = {"mm/sparse_map.c": CALLERS, "drivers/iommu/walker_mn.c": DRIVER,
             "drivers/iommu/walker.c": HOME, "include/linux/walker.h": HEADER,
             "scripts/get_maintainer.pl": "die 'not with this Perl';\n", **files}
    for name, content in files.items():
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text(content)
    return tree


def test_converted(tap: Tap, work: Path) -> None:
    tree, out = plant(work / "tree", {}), work / "out"
    done = series(tree, out)
    tap.ok(done.returncode == 0 and not (out / "report.txt").read_text(),
           "everything is rewritten", done.stdout + done.stderr)
    mails = [path.read_text() for path in sorted(out.glob("0*.patch"))]
    tap.ok("mmu_notifier_invalidate_range()" not in "".join(mails)
           and not re.search(r"^\+.*mmu_notifier_invalidate_range\(", "".join(mails), re.M),
           "the region is all that is told", "".join(mails))
    caller = next((mail for mail in mails if "+++ b/mm/sparse_map.c" in mail), "")
    tap.ok("Do so in unmap_sparse(), clean_one()." in caller.replace("\n", " ")
           and "mark an mmu_notifier region around the ptl" in caller,
           "the message names both functions and the region", caller)
    driver = next((mail for mail in mails if "+++ b/drivers/iommu/walker_mn.c" in mail), "")
    tap.ok("walker_flush_page() does no more than __flush()" in driver,
           "what the callback called in another file is done by the others", driver)
    tap.ok("Cc: Cleo Example <cleo@example.org>" in driver,
           "MAINTAINERS serves where the script does not run", driver)
    # Coccinelle 1.3 takes it away with the call
    tap.ok(bool(mails) and (re.search(r"^  mm/sparse_map\.c:\d+: invalidate_page$", mails[0], re.M) or
                            re.search(r"^-\s*/\* invalidate_page before the page is freed \*/$", caller, re.M)),
           "a comment in front of a call that went is listed, or went as well", mails[0] if mails else "")
    test_applied(tap, tree, out)
    text = (tree / "mm/sparse_map.c").read_text()
    tap.ok("\tif (ret)\n\t\t(*count)++;\n" in text, "one statement has no braces", text)
    tap.ok(text.count("invalidate_range_start(") == 2 and text.count("invalidate_range_end(") == 4
           and "\t\t}\n\t\tmmu_notifier_invalidate_range_end(vma->vm_mm, start, end);\n\t}" in text,
           "a region ends on each path", text)


def test_stays(tap: Tap, work: Path) -> None:
    """A store, or a call, that only the dropped callback came to; an ops with no other one."""
    store = HOME.replace("0);\n\twalker_unlock", "0);\n\twalker->dirty = 1;\n\twalker_unlock")
    call = HOME.replace("\n\twalker_unlock", "\n\twalker_command(walker, 0, 0);\n\twalker_unlock", 1)
    tells = "no remaining callback does what 'walker_flush_page' does"
    for which, files, said in (
            ("a store that is lost", {"drivers/iommu/walker.c": store}, tells),
            ("a call that is lost", {"drivers/iommu/walker.c": call.replace(
                "return walker_command(walker, address, all)", "return address + all")}, tells),
            ("an ops with no other callback", {"drivers/xen/alone.c": ALONE},
             "'alone_ops' has no other callback, and this kernel has no invalidate_range")):
        tree, out = plant(work / which, files), work / f"{which}-out"
        done = series(tree, out)
        subjects = "".join(path.name for path in out.glob("*.patch"))
        tap.ok(said in (out / "report.txt").read_text()
               and "remove-mmu_notifier_invalidate_page" not in subjects,
               f"{which} is reported, and the function stays", done.stdout + done.stderr)
    tap.ok(not subjects, "no caller is rewritten where a user would hear of nothing", subjects)


def test_deaf(tap: Tap, work: Path) -> None:
    """The same in a tree of today, where the one callback has no form for a range."""
    tree, out = work / "deaf", work / "deaf-out"
    shutil.copytree(TREE, tree)
    (tree / "drivers/xen/alone.c").write_text(ALONE)
    done = series(tree, out)
    said = (out / "report.txt").read_text()
    tap.ok("'address' is used in a way that has no form for a range" in said
           and "a user of the callback would hear of nothing any more" in said
           and not list(out.glob("*.patch")),
           "nor in a tree that has invalidate_range", done.stdout + done.stderr)


def main() -> int:
    tap = Tap()
    with tempfile.TemporaryDirectory() as work:
        test_converted(tap, Path(work))
        test_stays(tap, Path(work))
        test_deaf(tap, Path(work))
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
