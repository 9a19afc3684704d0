#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Options of the plugin and of mn-replay, and what is said of wrong ones; TAP.

The tables are the test: option, whether the program accepts it, and a piece of
what it prints.
"""

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.tap import Tap
from tools.mnlib import (BUILD, CC, GCC, PLUGIN, REPLAY, ROOT, gcc_version, include_flags,
                         plugin_flags, run)

ACCEPTED, REFUSED = True, False
PREFIX = "-fplugin-arg-mmu_notifier_plugin-"

COMMON = [
    ("rules=range-unlocked", ACCEPTED, ""),
    ("rules=range-unlocked,region-balance", ACCEPTED, ""),
    ("rules=", REFUSED, "rules"),
    ("rules=-invalidate-page", ACCEPTED, ""),
    ("rules=-", REFUSED, "no such rule"),
    ("rules=--invalidate-page", REFUSED, "no such rule"),
    ("rules=region-balance,-region-balance", REFUSED, "leaves no rule"),
    ("rules=range-locked", REFUSED, "no such rule; the rules are invalidate-page"),
    ("kernel=4.12", ACCEPTED, ""),
    ("kernel=6", REFUSED, "not a kernel version"),
    ("kernel=04.12", REFUSED, "not a kernel version"),
    ("kernel=4.0x", REFUSED, "not a kernel version"),
    ("kernel=4.10", ACCEPTED, ""),
    ("kernel=2.6", REFUSED, "not a kernel version"),
    ("kernel=4.254", ACCEPTED, ""),
    ("kernel=4.255", REFUSED, "not a kernel version"),
    ("kernel=4.300", REFUSED, "not a kernel version"),
    ("kernel=260.1", REFUSED, "not a kernel version"),
    ("kernel=99999999999.1", REFUSED, "not a kernel version"),
    ("limit-steps=4294967295", ACCEPTED, ""),
    ("limit-steps=4294967296", REFUSED, "not a number"),
    (f"rules={'x' * 600}", REFUSED, "no such rule"),
    ("limit-states=8", ACCEPTED, ""),
    ("limit-states=0", REFUSED, "not a number"),
    ("limit-states= 8", REFUSED, "not a number"),
    ("limit-states=many", REFUSED, "not a number"),
    ("limit-steps=-1", REFUSED, "not a number"),
    ("limit-contexts=99999999999", REFUSED, "not a number"),
    ("detail=0", ACCEPTED, ""),
    ("detail=3", ACCEPTED, ""),
    ("detail=4", REFUSED, "not a stage of detail"),
    ("detail=", REFUSED, "needs a value"),
    ("detail=10", REFUSED, "not a stage of detail"),
    ("context=bad_page", ACCEPTED, '"name":"bad_page"'),
    ("context=bud_page,bad_page:", ACCEPTED, '"near":["bad_page"]'),
    ("context=", REFUSED, "needs a value"),
    ("context=bad_page,", REFUSED, "a function has no name"),
    ("context=,bad_page", REFUSED, "a function has no name"),
    ("context=:file", REFUSED, "a function has no name"),
    ("context=bad_page:/nonexistent/file", REFUSED, "/nonexistent/file"),
    ("no-merge", ACCEPTED, ""),
    ("reach", ACCEPTED, ""),
    ("stats", ACCEPTED, "functions"),
    ("unknown", REFUSED, "unknown"),
    ("contract=/nonexistent", REFUSED, "/nonexistent"),
]
PLUGIN_ONLY = [
    ("help", ACCEPTED, "rules"),
    ("disable", ACCEPTED, ""),
    ("trace", REFUSED, PREFIX + "trace"),
    ("limit-states", REFUSED, PREFIX + "limit-states"),
    ("disable=1", REFUSED, "takes no value"),
    ("no-merge=1", REFUSED, "takes no value"),
    ("seconds=1", REFUSED, "takes no value"),
    ("dump", ACCEPTED, "func bad_page("),
    ("dot=", REFUSED, "needs a value"),
    ("dot=bad_page", ACCEPTED, "digraph"),
    ("dot=bad_page:", ACCEPTED, "digraph"),
    ("dot=no_page", ACCEPTED, ""),
    ("dot=of_no_interest", ACCEPTED, ""),
    ("record=/nonexistent/file", REFUSED, "/nonexistent/file"),
    ("record=/dev/null", ACCEPTED, ""),
    ("record=/dev/full", REFUSED, "No space left"),
    ("record=-", ACCEPTED, "mncheck: record: {"),
    ("dump=/dev/full", REFUSED, "No space left"),
    ("dump=/dev/null", ACCEPTED, ""),
    ("context=bad_page:/dev/full", REFUSED, "No space left"),
    ("link=/nonexistent/folder", REFUSED, "/nonexistent/folder"),
    ("unknown=1", REFUSED, PREFIX + "unknown"),
    ("rules=range-locked", REFUSED, PREFIX + "rules"),
]
REPLAY_ONLY = [
    ("help", ACCEPTED, "usage:"),
    ("print", ACCEPTED, "func bad_page("),
    ("only-user-contract", ACCEPTED, ""),
    ("check-paths", ACCEPTED, "warning: "),
    ("check-paths=1", REFUSED, "takes no value"),
    ("dot=bad_page", ACCEPTED, "digraph"),
    ("dot=no_page", REFUSED, "no function 'no_page' with blocks"),
    ("trace=bad_page", ACCEPTED, "warning: "),
    ("trace=no_page", ACCEPTED, "mncheck: note: trace=no_page: "),
    ("record=/nonexistent/file", REFUSED, "/nonexistent/file"),
    ("record", REFUSED, "no FILE"),
    ("rul=x", REFUSED, "no such rule"),
    ("nosuch=1", REFUSED, "--nosuch=1: no such option; see mn-replay --help"),
    ("print=1", REFUSED, "takes no value"),
]

# one finding: rule invalidate-page
BAD_C = """\
struct mm_struct;
void mmu_notifier_invalidate_page(struct mm_struct *mm, unsigned long address);
void mmu_notifier_invalidate_range(struct mm_struct *mm, unsigned long start,
\t\t\t\t   unsigned long end);
void bad_page(struct mm_struct *mm, unsigned long address)
{
\tmmu_notifier_invalidate_page(mm, address);
}
unsigned long of_no_interest(unsigned long address)
{
\treturn address;
}
"""


def test_table(tap: Tap, who: str, table: list, run_with) -> None:
    for option, accepted, text in table:
        done = run_with(option)
        output = done.stdout + done.stderr
        good = (done.returncode == 0) == accepted and text in output
        good = good and (accepted or "error: " in output)
        tap.ok(good and "internal" not in output, f"{who}: {option}",
               f"expected: {'accepted' if accepted else 'refused'}, '{text}'",
               f"status {done.returncode}: {output}")


def test_effect(tap: Tap, compile_with) -> None:
    """What the plugin's options change, on the file with one finding."""
    flag = "[mn-invalidate-page]"
    plain = compile_with()
    tap.ok(plain.returncode == 0 and flag in plain.stderr,
           "a finding is a warning", plain.stderr)
    tap.ok(flag not in compile_with("disable").stderr, "disable: no finding")
    tap.ok(flag not in compile_with("rules=region-balance").stderr,
           "rules=: only those chosen")
    tap.ok(flag not in compile_with("rules=-invalidate-page").stderr and
           flag in compile_with("rules=-region-balance").stderr and
           flag in compile_with("rules=-region-balance,-region-atomic").stderr and
           flag not in compile_with("rules=region-balance,invalidate-page,-invalidate-page").stderr,
           "rules=-RULE: all but it")
    tap.ok(compile_with("error").returncode != 0, "error: a finding stops the compilation")
    done = compile_with(flags=["-Werror"])
    tap.ok(done.returncode == 0 and flag in done.stderr,
           "-Werror does not make findings errors", done.stderr)
    done = compile_with(flags=["-w"])
    tap.ok(flag in done.stderr, "-w does not hide findings", done.stderr)


def test_other_compiler(tap: Tap, source) -> None:
    """A plugin that says of itself that it was built for another GCC."""
    version = run([GCC, "-dumpfullversion"]).stdout.strip()
    other = ".".join("9" * len(part) for part in version.split("."))
    copy = BUILD / "tests/other/mmu_notifier_plugin.so"
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.write_bytes(PLUGIN.read_bytes().replace(version.encode(), other.encode()))
    done = run([*CC, "-c", source, "-o", "/dev/null", f"-fplugin={copy}"])
    said = [line for line in done.stderr.splitlines() if "mncheck:" in line]
    tap.ok(done.returncode != 0 and len(said) == 1 and version in said[0]
           and other in said[0], "a plugin for another GCC: one line, both versions, no object",
           done.stderr)


def test_path(tap: Tap) -> None:
    """The steps of a finding are a diagnostic path of GCC, in the compilers that have one."""
    case = Path("testcases/tree/era-d1/mm/huge_memory.c")

    def output(*flags: str) -> str:
        return run([*CC, "-O2", "-c", case, "-o", "/dev/null", *flags, *include_flags(case),
                    *plugin_flags()], cwd=ROOT).stderr
    if gcc_version() < 10:
        said = output()
        tap.ok(re.search(r"note: \(1\) region", said), "steps are notes (GCC 9)", said)
        return
    said = output("-fdiagnostics-path-format=inline-events")
    tap.ok(re.search(r"events 1-\d", said), "steps are GCC's diagnostic path", said)
    if gcc_version() < 13:
        tap.skip("steps in SARIF output", f"GCC {gcc_version()} has none")
        return
    said = output("-fdiagnostics-format=sarif-stderr")
    tap.ok('"codeFlows"' in said, "steps in SARIF output", said[:2000])


def test_flags(tap: Tap) -> None:
    """What GCC itself puts into a function, for options that kernels are built with, changes no
    finding."""
    case = Path("testcases/region-balance/constant-parts.c")

    def findings(*flags: str) -> list[str]:
        done = run([*CC, "-O2", "-w", "-c", case, "-o", "/dev/null", *flags, *include_flags(case),
                    *plugin_flags()], cwd=ROOT)
        return [line for line in done.stderr.splitlines() if "[mn-" in line or "mncheck:" in line]
    plain = findings()
    for flag, since in (("-fsanitize=undefined", 9), ("-ftrivial-auto-var-init=pattern", 12)):
        if gcc_version() < since:
            tap.skip(f"findings with {flag}", f"GCC {gcc_version()} has none")
            continue
        said = findings(flag)
        tap.ok(plain and said == plain, f"findings with {flag}", *said)


# two ways that differ in what a rule about readers asks, and in nothing else
READER_CFG = """\
unit "reader.c"
declares mmu_notifier_invalidate_range_start/1

func reads(v1 "mni", v2 "range", v3 "reads") external
block 0:
  if v3 goto 1 else 2
block 1 preds 0:
  v4 "seq" = call mmu_interval_read_begin(v1)
  goto 3
block 2 preds 0:
  v5 "ret" = call hmm_range_fault(v2)
  goto 3
block 3 preds 1 2:
  call mmu_notifier_invalidate_range_start(v2)
  call mmu_notifier_invalidate_range_end(v2)
  return
"""


def test_rules_off(tap: Tap) -> None:
    """A rule that is off keeps no states apart."""
    source = BUILD / "tests/reader.cfg"
    source.write_text(READER_CFG)

    def steps(rules: str) -> int:
        done = run([REPLAY, "--stats", f"--rules={rules}", source])
        said = re.search(r"steps (\d+)", done.stdout + done.stderr)
        return int(said[1]) if said else -1
    off = steps("range-unpaired")
    for rule in ("retry-missing", "retry-unlocked"):
        on = steps(f"range-unpaired,{rule}")
        tap.ok(0 < off < on, f"{rule} takes steps only where it is on", f"off {off}, on {on}")


def test_silenced(tap: Tap) -> None:
    """What was not said, and because of which function."""
    for name, said in (
            ("reclaim-locked/by-comparison.c",
             "good_two: reclaim-locked: what 'unlock_both()' does is not the same on all paths"),
            ("retry-unlocked/lock.c", "what 'mirror_lock()' does is not seen")):
        source = Path("testcases") / name
        done = run([*CC, "-c", source, "-o", "/dev/null", *include_flags(source),
                    *plugin_flags("stats")], cwd=ROOT)
        tap.ok(any(line.startswith("mncheck: silenced: ") and line.endswith(said)
                   for line in done.stderr.splitlines()), f"{name}: silenced", done.stderr)


def test_broken_source(tap: Tap) -> None:
    """GCC's own error is all that a syntax error leads to."""
    source = BUILD / "tests/broken.c"
    source.write_text("void __weak mmu_notifier_broken(int a) { }\n")
    done = run([*CC, "-c", source, "-o", "/dev/null", *plugin_flags()])
    tap.ok(done.returncode == 1 and "error:" in done.stderr and "internal" not in done.stderr
           and "egmentation" not in done.stderr, "a syntax error is GCC's alone", done.stderr)


def main() -> int:
    tap = Tap()
    source = BUILD / "tests/options.c"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(BAD_C)
    dump = BUILD / "tests/options.cfg"
    dump.unlink(missing_ok=True)

    def compile_with(*options, flags=()):
        return run([*CC, "-O2", "-c", source, "-o", "/dev/null", *flags,
                    *include_flags(source), *plugin_flags(*options)], cwd=ROOT)

    tap.ok(PLUGIN.exists() and REPLAY.exists(), "plugin and mn-replay are built")
    test_effect(tap, compile_with)
    test_other_compiler(tap, source)
    test_path(tap)
    test_flags(tap)
    test_rules_off(tap)
    test_silenced(tap)
    test_broken_source(tap)
    test_table(tap, "plugin", COMMON + PLUGIN_ONLY, compile_with)
    tap.ok(compile_with(f"dump={dump}").returncode == 0 and dump.exists(),
           "plugin: dump=FILE")
    test_table(tap, "mn-replay", COMMON + REPLAY_ONLY,
               lambda option: run([REPLAY, f"--{option}", dump]))
    done = run([REPLAY, "/nonexistent.cfg"])
    tap.ok(done.returncode == 2 and
           done.stderr == "mncheck: error: /nonexistent.cfg: No such file or directory; name a program in its text form\n",
           "mn-replay: a file that is not there", done.stderr)
    done = run([REPLAY])
    tap.ok(done.returncode == 2 and "no FILE" in done.stderr, "mn-replay: no file", done.stderr)
    done = run([REPLAY, *["--contract=a"] * 99, dump])
    tap.ok(done.returncode == 2 and "given too often" in done.stderr,
           "mn-replay: more contracts than there is room for", done.stderr)
    done = run([REPLAY, dump, "--record"])
    tap.ok(done.returncode == 2 and "needs a value" in done.stderr, "mn-replay: no value",
           done.stderr)
    done = run([REPLAY, "-xy", dump])
    tap.ok(done.returncode == 2 and done.stderr == "mncheck: error: -x: no such option; see mn-replay --help\n",
           "mn-replay: letters", done.stderr)
    done = run([REPLAY, BUILD])
    tap.ok(done.returncode == 2, "mn-replay: a directory", done.stdout, done.stderr)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
