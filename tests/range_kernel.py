# SPDX-License-Identifier: GPL-2.0-only
"""A kernel in small with a history, for the tests of mncheck range. No program of its own.

Its Makefile does what kbuild does as far as a range asks for it: O=, a configuration, single
objects, and the .cmd files that say what an object was made of.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from tools.mnlib import GCC

MAKEFILE = r"""
MAKEFLAGS += -rR
CC = gcc
WAIT = :
PREPARE = :
O ?= .
out := $(abspath $(O))
top := $(dir $(abspath $(lastword $(MAKEFILE_LIST))))
.DELETE_ON_ERROR:
.PHONY: olddefconfig prepare FORCE
include $(top)mm/Makefile
# make -n does not see what is made on the way: as in a folder where nothing was built yet
dry := $(findstring n,$(firstword -$(MAKEFLAGS)))
$(if $(BLIND),$(if $(dry),$(if $(wildcard $(out)/generated),,$(error generated: not there))))
olddefconfig:
	@test -f $(out)/.config
prepare:
	@$(PREPARE)
	@mkdir -p $(out)/include/config && cp $(out)/.config $(out)/include/config/auto.conf
mm/: $(obj-y:%=mm/%)
	@$(if $(BLIND),touch $(out)/generated,:)
cmd = $(CC) -O2 -Wall -I$(top)include $(KCFLAGS)
$(obj-y:%=mm/%): mm/%.o: $(top)mm/%.c FORCE
	$(if $(C),@echo '  CHECK   $<'; $(CHECK) -I$(top)include $<)
	$(if $(shell sh $(top)scripts/changed.sh $(out) $@ '$(cmd)'),@$(if $(V),:,echo '  CC      $@') && mkdir -p $(out)/$(@D) && cd $(out) && \
		$(cmd) -MD -MF $(@D)/.$(@F).d -c -o $@ $< && { $(WAIT); } && { \
		echo 'savedcmd_$@ := $(cmd)'; echo; echo 'source_$@ := $<'; echo; echo 'deps_$@ := \'; \
		sed 's/^[^:]*://; s/\\$$//' $(@D)/.$(@F).d | tr ' ' '\n' | sed -n 's/..*/  & \\/p'; echo; } > $(@D)/.$(@F).cmd)
FORCE:
"""
# does kbuild make it: another command, or something newer than the object
CHANGED = r"""cd "$1" && saved=${2%/*}/.${2##*/}.cmd || exit
[ -f "$2" ] && [ "$(sed -n 's/^savedcmd_[^ ]* := //p' "$saved")" = "$3" ] || { echo yes; exit; }
for file in $(sed -n 's/^  \([^ ]*\) \\$/\1/p' "$saved"); do
	[ "$file" -nt "$2" ] && echo yes
done
"""
NOTIFIER = """struct mm_struct;
void mmu_notifier_invalidate_range(struct mm_struct *mm, unsigned long a, unsigned long b);
void mmu_notifier_invalidate_range_start(struct mm_struct *mm, unsigned long a, unsigned long b);
void mmu_notifier_invalidate_range_end(struct mm_struct *mm, unsigned long a, unsigned long b);
"""
INCLUDE = "#include <linux/mmu_notifier.h>\n"
CONFIG = "CONFIG_MMU_NOTIFIER=y\n"


def good(name: str) -> str:
    return (f"void {name}(struct mm_struct *mm, int busy)\n{{\n"
            "\tmmu_notifier_invalidate_range_start(mm, 0, 1);\n"
            "\tmmu_notifier_invalidate_range_end(mm, 0, 1);\n}\n")


def bad(name: str) -> str:
    """The region stays open where it is busy."""
    return good(name).replace("\tmmu_notifier_invalidate_range_end", "\tif (busy)\n\t\treturn;\n"
                              "\tmmu_notifier_invalidate_range_end")


def source(*functions: str, include: str = INCLUDE) -> str:
    return include + "\n" + "\n".join(functions)


class Kernel:
    """A repository below @folder: linux/, and build/, which is configured."""

    def __init__(self, folder: Path):
        shutil.rmtree(folder, ignore_errors=True)
        self.folder, self.top, self.out = folder, folder / "linux", folder / "build"
        self.commits: dict[str, str] = {}       # subject: its name
        self.out.mkdir(parents=True)
        (self.out / ".config").write_text(CONFIG)
        self.top.mkdir()
        self.git("init", "-q", "-b", "master")
        self.write({"Makefile": MAKEFILE, "Kbuild": "", "scripts/changed.sh": CHANGED, "include/linux/mmu_notifier.h": NOTIFIER})

    def git(self, *words: str) -> str:
        env = {**{k: v for k, v in os.environ.items() if not k.startswith("GIT_")}, "GIT_CONFIG_GLOBAL": "/dev/null",
               **{f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in
                  (("NAME", "A Tester"), ("EMAIL", "tester@example.org"), ("DATE", "1500000000 +0000"))}}
        return subprocess.run(["git", "-C", str(self.top), *words], env=env, check=True, text=True,
                              capture_output=True).stdout.strip()

    def write(self, files: dict[str, str | None]) -> None:
        for name, text in files.items():
            path = self.top / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if text is None:
                path.unlink()
            else:
                path.write_text(text)

    def objects(self) -> None:
        """mm/Makefile names all that there is."""
        names = sorted(path.stem for path in (self.top / "mm").glob("*.c"))
        self.write({"mm/Makefile": "obj-y += " + " ".join(f"{name}.o" for name in names) + "\n"})

    def commit(self, subject: str, files: dict[str, str | None], listed: bool = True) -> str:
        self.write(files)
        if listed:
            self.objects()
        self.git("add", "-A")
        self.git("commit", "-q", "--no-gpg-sign", "-m", subject)
        self.commits[subject] = self.git("rev-parse", "HEAD")
        return self.commits[subject]

    def merge(self, subject: str, branch: str, files: dict[str, str | None]) -> str:
        """@files: what the merge itself changes."""
        subprocess.run(["git", "-C", str(self.top), "-c", "user.name=A", "-c", "user.email=a@example.org", "merge", "-q",
                        "--no-ff", "--no-commit", branch], check=False, capture_output=True)
        return self.commit(subject, files)

    def make(self, *words: str) -> None:
        subprocess.run(["make", "-s", "-C", str(self.top), f"O={self.out}", f"CC={GCC}", *words], check=True,
                       stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
                       env={k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MFLAGS", "O", "KCFLAGS")})
