# SPDX-License-Identifier: GPL-2.0-only
"""A tree as kbuild leaves it, for the tests of mncheck context; and records made up. No program of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from tests.tap import Tap
from tools.mnlib import BUILD, GCC, MNCHECK, PLUGIN, run

HEAD = """\
extern int more; struct mm_struct;
typedef struct spinlock { int raw; } spinlock_t;
void spin_lock(spinlock_t *lock);
void spin_unlock(spinlock_t *lock);
void mmu_notifier_invalidate_range_start(struct mm_struct *mm, unsigned long start, unsigned long end);
void mmu_notifier_invalidate_range_end(struct mm_struct *mm, unsigned long start, unsigned long end);
int cond(void);
void work(int what);
"""
MAIN = HEAD + """
static int helper(struct mm_struct *mm, spinlock_t *ptl, int now)
{
	/* <b>not</b> bold */
	if (now)
		spin_lock(ptl);
	work(1);

	mmu_notifier_invalidate_range_start(mm,
					    0, 4096);
	if (!more) {
		work(2);
		mmu_notifier_invalidate_range_end(mm, 0, 4096);
		return -1;
	}
	mmu_notifier_invalidate_range_end(mm, 0, 4096);

	if (now)
		spin_unlock(ptl);
	return 0;
}

int locked(struct mm_struct *mm, spinlock_t *ptl)
{
	int ret;

	spin_lock(ptl);
	ret = helper(mm, ptl, 0);
	spin_unlock(ptl);
	return ret;
}

int unlocked(struct mm_struct *mm, spinlock_t *ptl)
{
	return helper(mm, ptl, cond());
}
"""


def put(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


class Place:
    """A folder of a test's own, with a tree, where it is built, and one for temporary files."""

    def __init__(self, name: str):
        self.scratch = BUILD / "tests" / name
        self.tree, self.out, self.tmp = (self.scratch / part for part in ("tree", "out", "tmp"))

    def clear(self) -> None:
        shutil.rmtree(self.scratch, ignore_errors=True)
        self.tmp.mkdir(parents=True)

    def built(self, name: str, text: str | bytes, command: str = "", saved: str = "savedcmd_") -> str:
        """A file of the tree, and what kbuild has left of its compilation."""
        put(self.tree / name, text)
        path = Path(name)
        stem = str(path.with_suffix(".o"))
        command = command or (f"{GCC} -Wp,-MMD,{path.parent}/.{path.stem}.o.d -std=gnu11 -O2 -Wall -Werror "
                              f"-DTEXT='\"a b\"' -DSIGN=\\\\$(pound) -g -c -o {stem} {self.tree / name} "
                              f"; ./tools/objtool/objtool --orc {stem}")
        put(self.out / path.parent / f".{path.stem}.o.cmd", f"{saved}{stem} := {command}\n\nsource_{stem} := {name}\n")
        return name

    def context(self, *words, **env) -> subprocess.CompletedProcess:
        front = [] if any(str(word).startswith(("--plugin", "--sparse")) for word in words) else [f"--plugin={PLUGIN}"]
        return run([MNCHECK, "context", *front, *words], cwd=self.scratch,
                   env={**os.environ, "TMPDIR": str(self.tmp), **env})

    def in_tree(self, *words, **env) -> subprocess.CompletedProcess:
        return self.context(f"--kdir={self.tree}", f"--objdir={self.out}", *words, **env)

    def files(self) -> list:
        """What is in the tree and in the build, and when it was changed."""
        return sorted((str(path), path.stat().st_mtime_ns) for top in (self.tree, self.out) for path in top.rglob("*"))


def said(tap: Tap, name: str, done, status: int, *texts: str, without: str = "") -> None:
    """@without: a text that is not printed"""
    printed = done.stdout + done.stderr
    missing = [text for text in texts if text not in printed]
    tap.ok(done.returncode == status and not missing and not (without and without in printed), name,
           f"status {done.returncode}", *(f"missing: {text}" for text in missing), done.stdout, done.stderr)


def unit() -> dict:
    return {"unit": "mm/a.c", "era": "C", "functions": [function()], "missing": []}


def function() -> dict:
    lines = [{"line": 13, "ptl": ["no", "all"], "region": ["some", "some"], "atomic": ["unknown", "none"]}, {"line": 14}]
    return {"name": "f", "file": "mm/a.c", "line": 10, "given_up": [], "lines": lines,
            "contexts": [{"root": True, "callers": [], "lines": lines}]}
