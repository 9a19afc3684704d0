# SPDX-License-Identifier: GPL-2.0-only
"""TAP, which prove(1) runs and counts.

What a failed test has to say goes to stderr, as every TAP library has it: prove shows
that, and keeps the rest to itself unless it is run with -v. No program of its own.
"""

import sys
from dataclasses import dataclass

Check = tuple       # (name, what is wrong: a list of lines, or why it was skipped: a string)


@dataclass
class Tap:
    """Prints one line a test; finish() gives the exit status."""
    failed: int = 0
    count: int = 0

    def ok(self, good: bool, name: str, *why: str) -> bool:
        self.count += 1
        self.failed += not good
        print(f"{'ok' if good else 'not ok'} {self.count} - {name}", flush=True)
        if not good:
            print(f"# failed: {name}", file=sys.stderr, flush=True)
            self.note(*why, to=sys.stderr)
        return bool(good)

    def skip(self, name: str, reason: str) -> None:
        self.count += 1
        print(f"ok {self.count} - {name} # SKIP {reason}", flush=True)

    def subtests(self, name: str, checks: list[Check]) -> bool:
        """One test made of several; the checks of one that says it is skipped are not run."""
        lines, wrong = [f"# Subtest: {name}"], []
        for number, (check, why) in enumerate(checks, 1):
            if isinstance(why, str):
                lines.append(f"    ok {number} - {check} # SKIP {why}")
                continue
            lines.append(f"    {'not ok' if why else 'ok'} {number} - {check}")
            wrong += [f"{check}: {line}" for line in why]
        print(*lines, f"    1..{len(checks)}", sep="\n", flush=True)
        return self.ok(bool(checks) and not wrong, name, *wrong)

    @staticmethod
    def note(*texts: str, to=None) -> None:
        """Details of a failure, or facts beside the tests; a flood is cut."""
        for text in texts[:200]:
            for line in str(text).splitlines()[:40]:
                print(f"#   {line}", file=to, flush=True)

    def finish(self) -> int:
        print(f"1..{self.count}", flush=True)
        return 1 if self.failed else 0
