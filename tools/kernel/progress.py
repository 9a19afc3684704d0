# SPDX-License-Identifier: GPL-2.0-only
"""How far a run is: one line on a terminal, written over, and plain lines elsewhere.

No program of its own.
"""

import os
import time

# plain lines are for logs: one for so many files
EVERY = 25


def duration(seconds: float) -> str:
    minutes = int(seconds + 59) // 60
    return f"{int(seconds)} s" if seconds < 60 else \
        f"{minutes} min" if minutes < 100 else f"{minutes // 60} h {minutes % 60} min"


class Progress:
    """@total: of how many, 0 where nobody knows; @unit: what is counted, for a log."""

    def __init__(self, stream, total: int = 0, what: str = ""):
        self.stream, self.total, self.what = stream, total, what
        self.live = stream is not None and stream.isatty()
        self.first = 0.0
        self.done = 0

    def step(self, name: str, findings: int) -> None:
        """One more is being worked on."""
        if self.stream is None:
            return
        self.first = self.first or time.monotonic()
        self.done += 1
        self.total = max(self.total, self.done) if self.total else 0
        if self.live:
            columns = os.get_terminal_size(self.stream.fileno()).columns or 80
            print(f"\r\033[K{self.text(name, findings)[:columns - 1]}", end="", file=self.stream, flush=True)
        elif self.done % EVERY == 0 or self.done == self.total:
            print(self.text(name, findings), file=self.stream, flush=True)

    def wait(self, what: str) -> None:
        """Something that takes its time and is not counted."""
        if self.live:
            print(f"\r\033[K[{what}]", end="", file=self.stream, flush=True)

    def text(self, name: str, findings: int) -> str:
        count = f"{self.done} of {self.total}" if self.total else str(self.done)
        found = f"{findings} finding{'s' * (findings != 1)}"
        words = [f"{self.what}{count}", found, *([self.left()] if self.left() else [])]
        return f"[{', '.join(words)}] {name}"

    def left(self) -> str:
        """By what those took that came before this one."""
        before = self.done - 1
        if not self.total or not before:
            return ""
        spent = time.monotonic() - self.first
        return f"{duration(spent / before * (self.total - before))} left"

    def clear(self) -> None:
        if self.live:
            print("\r\033[K", end="", file=self.stream, flush=True)
