#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""A module outside of the kernel's tree, checked by the plugin and by the checker; TAP.

testcases/module/ is compiled by the kbuild of KHEADERS, or of the newest headers that Debian has
installed below /lib/modules, as docs/kernel.md says it.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests import expect
from tests.tap import Tap
from tools.mnlib import (BUILD, PLUGIN, ROOT, SPARSE, die, finding_functions,
                         parse_diagnostics, read_records, run)

MODULE = ROOT / "testcases/module"
PLAIN = {k: v for k, v in os.environ.items()
         if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "KCFLAGS", "O", "M")}


def headers(root: Path = Path("/")) -> Path | None:
    """The build directory of a kernel, as seen from @root."""
    given = os.environ.get("KHEADERS")
    if given and root == Path("/"):
        if not (Path(given) / "Makefile").exists():
            die(f"mncheck: error: KHEADERS={given}: no build directory of a kernel "
                "(no Makefile); leave it out to take Debian's linux-headers")
        return Path(given)
    # in a root of its own the link leads to nowhere from here
    found = sorted((path / "build" for path in (root / "lib/modules").glob("*") if os.path.lexists(path / "build")), key=lambda path: [
        int(part) if part.isdigit() else 0 for part in path.parent.name.replace("-", ".").split(".")])
    return Path("/") / found[-1].relative_to(root) if found else None


def build(tap: Tap, engine: str, kernel: Path, tool, root: Path = Path("/")) -> None:
    """Compile the module in a folder of its own; what is said must be what its comments say.

    @tool: the plugin or the checker
    @root: where chroot goes to, and all names are seen from there
    """
    outside = root == Path("/")
    folder = BUILD / "tests/module" / engine if outside else Path("/tmp/mncheck-module")
    place = root / folder.relative_to("/")
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(MODULE, place)
    words = [f"KCFLAGS=-fplugin={tool} -fplugin-arg-mmu_notifier_plugin-record={folder}/record"]
    if engine == "sparse":
        words = ["C=1", f"CHECK={tool} --mn-record={folder}/record"]
    done = run([*([] if outside else ["chroot", root]), "make", "-C", kernel, f"M={folder}",
                "KBUILD_MODPOST_WARN=1", *words], env=PLAIN)
    if engine == "sparse" and "checker-valid.sh: No such file" in done.stderr:
        tap.skip("the module (sparse)", "these headers lack scripts/checker-valid.sh, without "
                 "which no C=1 runs a checker")
        return
    built = sorted(place.glob("*.ko"))      # the Kbuild file chooses them
    tap.ok(done.returncode == 0 and built, f"the modules build ({engine})",
           done.stdout[-2000:] if done.returncode else "", done.stderr)
    for module in built:
        compare(tap, engine, module.with_suffix(".c").name, parse_diagnostics(done.stderr),
                read_records(place / "record"))


def compare(tap: Tap, engine: str, source: str, found: list, units: list[dict]) -> None:
    """What is said of one module; that of a header is said of the one that includes it."""
    others = {Path(unit["file"]).name for unit in units} - {source}
    named = [finding_functions(finding) for unit in units if Path(unit["file"]).name == source
             for finding in unit["findings"]]
    wrong = expect.compare(MODULE / source, engine,
                           [d for d in found if Path(d.file).name not in others], named)
    tap.ok(not wrong, f"{source} ({engine}): the findings are those expected", *wrong)


def main() -> int:
    tap = Tap()
    kernel = headers()
    if not kernel:
        tap.skip("plugin and checker", "no headers of a kernel; make check-module "
                 "installs Debian's")
        return tap.finish()
    tap.note(f"with {kernel.resolve()}")
    build(tap, "gcc", kernel, PLUGIN)
    if SPARSE.exists():
        build(tap, "sparse", kernel, SPARSE)
    else:
        tap.skip("the module (sparse)", "mncheck-sparse is not built")
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
