#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The option context=: where a bar starts and ends, and what is written down, by each front end; TAP."""

import json
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.contexts import Place, function, unit
from tests.records import schema_checker
from tests.tap import Tap
from tools.mnlib import CC, REPLAY, ROOT, SPARSE, in_parallel, include_flags, plugin_flags, run

try:
    import jsonschema
except ImportError:
    jsonschema = None

PLACE = Place("context_lines")
SCRATCH = PLACE.scratch
SCHEMA = ROOT / "docs/context.schema.json"
# as the plugin and the checker see the same lines of code; tree/ has what is most like a kernel
ALIKE = ["tree/mm/rmap.c", "tree/fs/dax.c", "range-unlocked/flag-variable.c", "range-unlocked/goto-out.c",
         "range-unlocked/implied.c", "looks-wrong/12-lock-by-result.c", "region-balance/error-path.c",
         "unnotified-change/rmap-one.c", "callback-nonblock/list-of-locks.c", "region-atomic/spinlock.c"]

# -- what is written down ---------------------------------------------------------

def functions_of(path: Path) -> list[str]:
    text = (ROOT / path).read_text(errors="replace")
    return sorted(set(re.findall(r"^(?:\w[^;\n=]*?)\b(\w+)\([^;]*$", text, re.M)))


def written(who: str, path: Path, *options: str) -> dict:
    """The record of all functions of a test case."""
    place = SCRATCH / f"{who}-{'-'.join(path.parts)}.json"
    place.unlink(missing_ok=True)
    option = f"context={','.join(functions_of(path))}:{place}"
    if who == "sparse":
        run([SPARSE, *include_flags(path), f"--mn-{option}", path], cwd=ROOT)
    else:
        run([*CC, "-O2", "-w", "-c", path, "-o", "/dev/null", *include_flags(path), *plugin_flags(option, *options)], cwd=ROOT)
    return json.loads(place.read_text())


def by_name(record: dict) -> dict:
    return {f["name"]: f for f in record["functions"]}


def differences(one: dict, other: dict) -> list[str]:
    """At lines that have code for both."""
    wrong = []
    for name, f in by_name(one).items():
        g = by_name(other).get(name)
        if not g or f.get("hash") != g.get("hash") or f["line"] != g["line"]:
            wrong.append(f"{name}: another function, or none")
            continue
        lines = {line["line"]: line for line in g["lines"]}
        wrong += [f"{name}: {line} and {lines[line['line']]}" for line in f["lines"]
                  if lines.get(line["line"], line) != line]
        if 3 * len({line["line"] for line in f["lines"]} & set(lines)) < len(f["lines"]):
            wrong.append(f"{name}: few lines of the two are the same")
    return wrong


def test_records(tap: Tap) -> None:
    paths = [Path("testcases") / name for name in ALIKE]
    plugin = in_parallel(lambda path: written("plugin", path, f"dump={SCRATCH}/{path.stem}.cfg"), paths)
    again = in_parallel(lambda path: written("again", path), paths)
    tap.ok(plugin == again, "two runs write the same")
    if SPARSE.exists():
        sparse = in_parallel(lambda path: written("sparse", path), paths)
        for path, one, other in zip(paths, plugin, sparse):
            wrong = differences(one, other)
            tap.ok(one["functions"] and not wrong, f"{path}: both front ends write the same", *wrong)
    else:
        sparse = []
        tap.skip("both front ends write the same", "mncheck-sparse is not built")
    for path, one in zip(paths, plugin):
        place = SCRATCH / "replayed.json"
        place.unlink(missing_ok=True)
        run([REPLAY, f"--context={','.join(functions_of(path))}:{place}", SCRATCH / f"{path.stem}.cfg"], cwd=ROOT)
        other = json.loads(place.read_text())
        tap.ok({**other, "unit": one["unit"]} == one, f"{path}: mn-replay writes the same")
    test_schema(tap, [*plugin, *sparse])


def test_schema(tap: Tap, records: list[dict]) -> None:
    if not jsonschema:
        tap.skip("records fit the schema", "python3-jsonschema is not installed")
        return
    checker = schema_checker(jsonschema, SCHEMA)
    wrong = [f"{record['unit']}: {'/'.join(map(str, error.path))}: {error.message[:200]}"
             for record in records for error in checker.iter_errors(record)]
    text = json.dumps(records)
    words = [word for word in ("no", "unknown", "some", "all") if f'"{word}"' not in text]
    tap.ok(not wrong and not words and '"callers": [{' in text, "records fit the schema", *wrong, *words)
    good = unit()
    line = {"line": 1, "ptl": ["no", "no"], "region": ["no", "no"], "atomic": ["no", "no"]}
    bad = [{**good, "more": 1}, {**good, "functions": [{**function(), "hash": "x"}]},
           {**good, "functions": [{**function(), "lines": [{**line, "ptl": ["yes", "no"]}]}]},
           {**good, "functions": [{**function(), "lines": [{"line": 1, "ptl": ["no", "no"]}]}]},
           {**good, "missing": [{"name": "f"}]}]
    tap.ok(checker.is_valid(good) and not any(map(checker.is_valid, bad)), "the schema refuses what is no record")


CASES = """\
typedef struct spinlock { int raw; } spinlock_t;
void spin_lock(spinlock_t *lock);
void spin_unlock(spinlock_t *lock);
int cond(void);
void work(int what);
static inline void drop(spinlock_t **lock) { spin_unlock(*lock); }
#define take(lock) for (spinlock_t *it __attribute__((cleanup(drop))) = (spin_lock(lock), (lock)), *one = it; one; one = 0)
#define hold(lock) spinlock_t *it __attribute__((cleanup(drop))) = (spin_lock(lock), (lock))

int in_scope(spinlock_t *ptl)
{
	hold(ptl);

	if (cond())
		return 1;
	work(2);
	return 0;
}

int loop(spinlock_t *ptl)
{
	for (int i = 0; i < 9; i++) {
		spin_lock(ptl);
		if (cond()) {
			spin_unlock(ptl);
			break;
		}
		work(3);
		spin_unlock(ptl);
	}
	return 0;
}

static void unlock_it(spinlock_t *ptl)
{
	spin_unlock(ptl);
}

int helped(spinlock_t *ptl)
{
	spin_lock(ptl);
	work(4);
	unlock_it(ptl);
	work(5);
	return 0;
}

int forever(spinlock_t *ptl)
{
	spin_lock(ptl);
	for (;;)
		work(6);
}

int stops(spinlock_t *ptl)
{
	if (cond()) {
		spin_lock(ptl);
		__builtin_unreachable();
	}
	return 7;
}

int either(spinlock_t *ptl)
{
	if (cond()) {
		spin_lock(ptl);
		goto out;
	}
	spin_lock(ptl);
	work(8);
out:
	spin_unlock(ptl); return 8;
}
"""
# of each of these lines, by what is in it: the bar of the lock
BARS = {"in_scope": {"hold(ptl)": "┃", "cond()": "┃", "return 1": "┃", "work(2)": "┃", "return 0": "┃"},
        "loop": {"for (int": "?", "spin_lock": "┃", "cond": "┃", "break": "?", "work(3)": "┃", "return": "?"},
        "helped": {"spin_lock": "┃", "work(4)": "┃", "unlock_it": "┃", "work(5)": "?", "return": "?"},
        "forever": {"spin_lock": "┃", "work(6)": "┃"},
        "stops": {"cond": "?", "spin_lock": "┃", "return 7": "?"},
        "either": {"cond": "?", "goto": "┃", "work(8)": "┃", "return 8": "┃"}}


def test_lines(tap: Tap) -> None:
    """Where a bar starts and ends, where the lines of the source are not in the order of what is done."""
    name = PLACE.built("mm/cases.c", CASES)
    for func, wants in BARS.items():
        done = PLACE.in_tree(name, func)
        wrong = []
        for text, sign in wants.items():
            drawn = [line[7:9] for line in done.stdout.splitlines() if text in line.partition("|")[2]]
            if [bar.strip() for bar in drawn[:1]] != [sign]:
                wrong.append(f"{text}: '{sign}' is wanted, drawn is {drawn}")
        tap.ok(not wrong, f"the bars of {func}()", *wrong, done.stdout, done.stderr)


ODD = """\
int cond(void);
void spin_lock(int *lock);
void spin_unlock(int *lock);
static int leaf(int n)
{
	return n + cond();
}
int many(int *lock)
{
	leaf(1);
	leaf(1);
	if (cond())
		spin_lock(lock);
	return leaf(2);
}
int near_aa(void) { return 1; }
int near_bb(void) { return 2; }
int near_cc(void) { return 3; }
int near_cb(void) { return 4; }
int far_away(void)
{
	cond();
#line 65555
	cond();
	return 1;
#line 2147483646
}
"""
ODD_NAMES = ["leaf", "far_away", "leav", "l" * 200, "near_ab"]


def test_odd(tap: Tap) -> None:
    """Limits: what comes to a function was given up; lines that #line puts far away; names that are near."""
    source, place = SCRATCH / "odd.c", SCRATCH / "odd.json"
    source.write_text(ODD)
    run([*CC, "-w", "-S", source, "-o", SCRATCH / "odd.s",
         *plugin_flags(f"context={','.join(ODD_NAMES)}:{place}", "limit-states=1")])
    record = json.loads(place.read_text())
    leaf, far = record["functions"]
    tap.ok(leaf["given_up"] == ["many: too many states at one point (limit-states)"] and not far["given_up"],
           "a caller that was given up is named", str(leaf["given_up"]))
    tap.ok([(c["func"], c["line"]) for c in leaf["contexts"][0]["callers"]] == [("many", 10), ("many", 11)],
           "each line that calls is named", str(leaf["contexts"]))
    lines = [line["line"] for line in far["lines"]]
    tap.ok(lines == [20, 22, 65555], "lines far away have no bars, the last that is near has", str(lines))
    tap.ok(record["missing"] == [{"name": "leav", "near": ["leaf"]}, {"name": "l" * 200, "near": []},
                               {"name": "near_ab", "near": ["near_aa", "near_bb", "near_cb"]}],
           "names that are near, and one too long to be near any", str(record["missing"]))


GONE = """\
unit "gone.c"
func gone() external at gone.c:1:5
block 0:
  call spin_lock() at gone.c:3:1
  call rcu_read_lock() at other.h:4:1
  return at gone.c:5:1
"""


def test_gone(tap: Tap) -> None:
    """A program in its text form need not have its source beside it."""
    program, place = SCRATCH / "gone.cfg", SCRATCH / "gone.json"
    program.write_text(GONE)
    done = run([REPLAY, f"--context=gone:{place}", program], cwd=SCRATCH)
    f = json.loads(place.read_text())["functions"][0] if place.exists() else {}
    tap.ok(f and [line["line"] for line in f["lines"]] == [3, 5] and "hash" not in f,
           "without a source there is no hash; a line of another file is none", str(f), done.stderr)


def main() -> int:
    tap = Tap()
    PLACE.clear()
    test_lines(tap)
    test_odd(tap)
    test_gone(tap)
    test_records(tap)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
