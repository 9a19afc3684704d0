# SPDX-License-Identifier: GPL-2.0-only
"""A run of kbuild with the plugin that does not compile again what it has.

The command of each object is the same in each run, so that kbuild itself leaves alone what is up to date, and a
compiler cache knows it. The records come among the compiler's messages, which ccache keeps with the object and
distcc brings back, and stay in NAME.units, each with the state of the object that it belongs to. An object
with no record of its own, or with one of another plugin, is removed first, so that kbuild makes it. No program of its own.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from pathlib import Path

from tools.kernel.kbuild import Tree
from tools.kernel.kernel import HELPER, RECORD, Result, Run
from tools.mnlib import PLUGIN, limit_children, plugin_flags, write_records, write_whole

# of make --debug=b: each target that it looks at, since all of kbuild's depend on FORCE
LOOKED_AT = re.compile(r"^\s*Must remake target '([^']+\.o)'")


def read_whole(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


class RunAgain(Run):
    """One run, with what the runs before it left in NAME.units."""

    def __init__(self, tree: Tree, name: str, options: list[str]):
        super().__init__(tree, name, [])
        self.flags = plugin_flags("record=-", "seconds", *options)
        files = [PLUGIN, *(Path(option[9:]) for option in options if option.startswith("contract="))]
        # what the command does not say: the text of these; a cache has to look at it, too
        self.checker = hashlib.sha256(b"\0".join(map(read_whole, files))).hexdigest()
        os.environ["CCACHE_EXTRAFILES"] = os.pathsep.join(
            [*filter(None, [os.environ.get("CCACHE_EXTRAFILES")]), *map(str, files)])
        self.store = self.keep / f"{name}.units"
        self.known = self.read_store()
        self.made: dict[str, list[str]] = {}        # an object: its records
        self.current = ""
        self.unread = {""}      # of what it is not known what they have; "" is where kbuild does not name its steps (V=1)
        self.reused = 0

    # -- what is kept ------------------------------------------------------------

    def read_store(self) -> dict[str, dict]:
        """Of this build folder and this checker; a store that cannot be read is none."""
        try:
            store = json.loads(self.store.read_text())
            if (store["out"], store["checker"]) == (str(self.tree.out), self.checker):
                return store["objects"]
        except (OSError, ValueError, KeyError, TypeError):
            pass
        return {}

    def write_store(self) -> None:
        for target, records in self.made.items():
            state = self.state(target)
            if state and target not in self.unread and not self.is_unplugged(target):
                self.known[target] = {"state": state, "records": records}
        write_whole(self.store, json.dumps({"out": str(self.tree.out), "checker": self.checker,
                                            "objects": self.known}) + "\n")

    def state(self, target: str) -> list[int]:
        """What tells an object from another one that was made in its place."""
        try:
            stat = (self.tree.out / target).stat()
        except OSError:
            return []
        return [stat.st_mtime_ns, stat.st_size, stat.st_ino]

    def valid(self, target: str) -> bool:
        return target in self.known and self.known[target]["state"] == self.state(target) != []

    def seems_made(self, target: str) -> bool:
        """Would kbuild leave it alone? What was compiled without these flags it makes again in any case."""
        path = self.tree.out / target
        saved = read_whole(path.with_name(f".{path.name}.cmd"))
        return path.exists() and all(flag.encode() in saved for flag in self.flags)

    # -- the run -----------------------------------------------------------------

    def run(self, targets: list[str], jobs: int) -> Result:
        limit_children(600, 8)
        command = self.command(targets, jobs)
        looked_at, steps = self.look(targets)
        removed = self.remove_unknown(looked_at)
        self.progress.total = len({*steps, *removed}) if steps is not None else 0
        try:
            with open(self.keep / f"{self.name}.log", "w", buffering=1) as log:
                status = self.make([*command, "-Otarget"], log, self.read_line)
                if steps is None:
                    # kbuild could not foresee it, in a folder that was not built yet, say
                    looked_at, _ = self.look(targets)
                    if self.remove_unknown(looked_at - self.made.keys()):
                        status = self.make([*command, "-Otarget"], log, self.read_line)
        finally:
            self.progress.clear()
            self.write_store()
        self.take_known(looked_at)
        self.close(status)
        write_records(self.result.records, self.keep / f"{self.name}.jsonl")
        return self.result

    def look(self, targets: list[str]) -> tuple[set[str], list[str] | None]:
        """The objects that the targets have, and those that kbuild is going to make, if it can tell."""
        looked_at = set()

        def read(line: str) -> None:
            match = LOOKED_AT.match(line)
            if match and not HELPER.search(match[1]):
                looked_at.add(os.path.normpath(match[1]))

        os.environ["LC_ALL"] = "C"
        steps = self.plan([*self.command(targets, 1), "--debug=b"], read)
        return looked_at, steps and [os.path.normpath(step) for step in steps]

    def remove_unknown(self, looked_at: set[str]) -> list[str]:
        """Objects of which there is no record: for kbuild they may be up to date."""
        gone = [target for target in sorted(looked_at)
                if not self.valid(target) and self.seems_made(target)]
        for target in gone:
            (self.tree.out / target).unlink()
        return gone

    def take_known(self, looked_at: set[str]) -> None:
        """The records of what kbuild left alone."""
        for target in sorted(looked_at - self.made.keys()):
            if self.valid(target):
                self.reused += 1
                for record in self.known[target]["records"]:
                    self.take(json.loads(record))
        self.result.compiled += self.reused

    def read_line(self, line: str) -> None:
        step = self.step(line)
        if step:
            self.current = os.path.normpath(step)
            self.made[self.current] = []
        if line.startswith(RECORD):
            self.read_record(line[len(RECORD):])
        else:
            super().read_line(line)

    def read_record(self, text: str) -> None:
        try:
            self.take(json.loads(text))
            self.made.setdefault(self.current, []).append(text)
        except ValueError:
            self.unread.add(self.current)
            self.result.failed.setdefault(self.current, f"its record cannot be read: {text[:60]}")
