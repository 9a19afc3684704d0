#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""How many rows of the contract would `mncheck-link --contract --suggest` have found?

    tests/kernel/check_suggest.py FACTS KERNEL SINCE

Builds mncheck-link with a contract that lacks the rows of functions which start after the kernel SINCE, and
lets it suggest rows for the program whose facts are in FACTS, of the kernel KERNEL. Prints how many of the
hidden rows come back, and those that come back otherwise, or not.
"""

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tools.mnlib import BUILD, ROOT, die, run

CONTRACT = ROOT / "contract/mmu_notifier.contract"
# what a row says besides has no meaning for who calls it, or is no matter of bodies
SUGGESTED = re.compile(r"(lock|unlock|drop|enter|leave|start|end|sleeps|change)\b")


def number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def columns(line: str) -> list[str]:
    return [] if line.startswith("#") else [part.strip() for part in line.split("|")]


def functions(text: str) -> list[tuple[str, str, str]]:
    """Name, effects and kernels of each row of [functions]."""
    rows, section = [], ""
    for line in text.splitlines():
        parts = columns(line)
        if line.startswith("["):
            section = line.strip()
        elif section == "[functions]" and len(parts) >= 3:
            rows.append((parts[0], parts[1], parts[2]))
    return rows


def starts_after(kernels: str, since: str) -> bool:
    first = kernels.split("-")[0]
    return bool(first) and first != "*" and number(first) > number(since)


def holds(kernels: str, kernel: str) -> bool:
    first, _, last = kernels.partition("-")
    return kernels == "*" or ((not first or number(first) <= number(kernel))
                              and (not last or number(kernel) <= number(last)))


def cut(since: str) -> str:
    kept, section = [], ""
    for line in CONTRACT.read_text().splitlines():
        parts = columns(line)
        if line.startswith("["):
            section = line.strip()
        if section == "[functions]" and len(parts) >= 3 and starts_after(parts[2], since):
            continue
        kept.append(line)
    return "\n".join(kept) + "\n"


def build(since: str) -> Path:
    place = BUILD / "suggest"
    place.mkdir(parents=True, exist_ok=True)
    (place / "cut.contract").write_text(cut(since))
    done = run(["make", "-s", f"BUILD={place}", f"CONTRACT={place}/cut.contract", place / "mncheck-link"],
               cwd=ROOT)
    if done.returncode:
        die(f"mncheck: error: {done.stderr.strip()}")
    return place / "mncheck-link"


def comparable(effects: str) -> set[str]:
    """An entry, an mm and an address that a change names are its own business."""
    return {re.sub(r"(change \w+ \w+).*", r"\1", effect.strip()) for effect in effects.split(",")
            if SUGGESTED.match(effect.strip())}


def called_from_others(facts: Path) -> set[str]:
    """Functions that all files see, in a file of their own, and that another one calls."""
    home, calls = {}, []
    for path in facts.glob("*.facts"):
        text = path.read_text()
        for name in re.findall(r"^func (\w+)\(.* external.* at \S+\.c:", text, re.M):
            home[name] = path
        calls += [(name, path) for name in set(re.findall(r"^ calls (\w+)$", text, re.M))]
    return {name for name, path in calls if home.get(name, path) != path}


def main() -> int:
    if len(sys.argv) != 4:
        die("usage: check_suggest.py FACTS KERNEL SINCE")
    facts, kernel, since = sys.argv[1:]
    link = build(since)
    done = run([link, "--contract", "--suggest", "--partial", f"--kernel={kernel}", facts])
    if done.returncode:
        die(f"mncheck: error: {done.stderr.strip()}")
    suggested = {name: effects for name, effects, _ in functions(done.stdout)}
    hidden = {name: effects for name, effects, kernels in functions(CONTRACT.read_text())
              if starts_after(kernels, since) and holds(kernels, kernel) and comparable(effects)}
    crossed = called_from_others(Path(facts))
    # one without a number of arguments is any
    there = {name: effects for name, effects in hidden.items() if name.split("/")[0] in crossed}
    by_name = {name.split("/")[0]: effects for name, effects in suggested.items()}
    same = [name for name in there if comparable(by_name.get(name.split("/")[0], "")) == comparable(there[name])]
    other = [name for name in there if name not in same and name.split("/")[0] in by_name]
    print(f"{len(hidden)} rows hidden that hold in {kernel} and say what may be suggested; {len(there)} of functions "
          f"that other files call and whose body is here: {len(same)} come back, {len(other)} otherwise, "
          f"{len(there) - len(same) - len(other)} not")
    for name in other:
        print(f"otherwise: {name}: {there[name]}: {by_name[name.split('/')[0]]}")
    for name in there:
        if name not in same and name not in other:
            print(f"not: {name}: {there[name]}")
    print(f"{len(suggested)} rows suggested in all")
    return 0


if __name__ == "__main__":
    sys.exit(main())
