#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Records have the form that docs/record.schema.json says, in every front end; two runs give the
same bytes; a fingerprint stays when lines move; TAP."""

import json
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.records import schema_checker
from tests.tap import Tap
from tools.mnlib import (BUILD, CC, REPLAY, ROOT, SPARSE, include_flags, in_parallel, plugin_flags,
                         read_records, run, write_records)

try:
    import jsonschema
except ImportError:
    jsonschema = None

SCRATCH = BUILD / "tests/records"
SCHEMA = ROOT / "docs/record.schema.json"
# findings of most kinds, steps, callbacks, excuses, functions that are given up
FILES = [Path("testcases/tree/mm/rmap.c"), Path("testcases/tree/fs/dax.c"),
         *sorted(path.relative_to(ROOT) for rule in ("callback-lost", "ops-invalidate-page", "region-balance")
                 for path in (ROOT / "testcases" / rule).glob("*.c"))]
# two findings of one message in a function, one in another
TWICE = """\
struct mm_struct;
void mmu_notifier_invalidate_page(struct mm_struct *mm, unsigned long address);
void mmu_notifier_invalidate_range(struct mm_struct *mm, unsigned long start, unsigned long end);
void once(struct mm_struct *mm)
{
	mmu_notifier_invalidate_page(mm, 0);
}
void twice(struct mm_struct *mm)
{
	mmu_notifier_invalidate_page(mm, 0);
	mmu_notifier_invalidate_page(mm, 4096);
}
"""
WALK = Path("testcases/unnotified-change/mapped-walk.c")
FINGERPRINTS = ["once:invalidate-page:page-called:1", "twice:invalidate-page:page-called:1",
                "twice:invalidate-page:page-called:2"]


def command(engine: str, path: Path, record: Path, *options: str) -> list:
    if engine == "gcc":
        return [*CC, "-O2", "-w", "-c", path, "-o", "/dev/null", *include_flags(path),
                *plugin_flags(f"record={record}", *options)]
    return [SPARSE, *include_flags(path), f"--mn-record={record}",
            *(f"--mn-{option}" for option in options), path]


def records(engine: str, name: str, files: list[Path], *options: str) -> Path:
    record = SCRATCH / f"{engine}-{name}.jsonl"
    record.unlink(missing_ok=True)
    in_parallel(lambda path: run(command(engine, path, record, *options), cwd=ROOT), files)
    return record


def replayed(*options: str) -> Path:
    record = SCRATCH / "replay.jsonl"
    record.unlink(missing_ok=True)
    run([REPLAY, f"--record={record}", *options,
         *sorted((ROOT / "testcases/cfg").glob("*.cfg"))], cwd=ROOT)
    return record


def test_schema(tap: Tap, who: str, path: Path, has: str) -> None:
    """@has: a word that some record of it has, so that the test sees what it is about."""
    if not jsonschema:
        tap.skip(f"{who}: its records fit the schema", "python3-jsonschema is not installed")
        return
    checker = schema_checker(jsonschema, SCHEMA)
    units = read_records(path)
    wrong = [f"{unit['file']}: {'/'.join(map(str, error.path))}: {error.message[:200]}"
             for unit in units for error in checker.iter_errors(unit)]
    tap.ok(units and not wrong and f'"{has}"' in path.read_text(),
           f"{who}: its records fit the schema ({has})", f"{len(units)} records", *wrong)


def test_refused(tap: Tap, path: Path) -> None:
    """The schema can refuse."""
    if not jsonschema:
        tap.skip("the schema refuses what is no record", "python3-jsonschema is not installed")
        return
    checker = schema_checker(jsonschema, SCHEMA)
    unit = next(unit for unit in read_records(path) if unit["findings"])
    finding = unit["findings"][0]
    edits = [{**unit, "more": 1}, {key: unit[key] for key in unit if key != "file"},
             {**unit, "findings": [{**finding, "rule": "No rule"}]},
             {**unit, "findings": [{**finding, "fingerprint": "f"}]},
             {**unit, "findings": [{**finding, "events": [{**finding["path"][0], "kind": "?"}]}]}]
    wrong = [json.dumps(edit)[:300] for edit in edits if checker.is_valid(edit)]
    tap.ok(checker.is_valid(unit) and not wrong, "the schema refuses what is no record", *wrong)


def test_kinds(tap: Tap) -> None:
    rows = re.findall(r"^MN_STEP\((\w+),\s*(\w+),", (ROOT / "core/state/steps.def").read_text(), re.M)
    kinds = {kind.lower() for kind, shown in rows if shown != "NEVER"} | {"entry", "set"}
    named = set(json.loads(SCHEMA.read_text())["$defs"]["event"]["properties"]["kind"]["enum"])
    tap.ok(kinds == named, "the schema has each kind of step", *sorted(kinds ^ named))


STEPS = """\
struct mm_struct; typedef struct spinlock { int raw; } spinlock_t;
void spin_lock(spinlock_t *lock); void spin_unlock(spinlock_t *lock);
void rcu_read_lock(void); void rcu_read_unlock(void);
void mmu_notifier_invalidate_range_start(struct mm_struct *mm, unsigned long start, unsigned long end);
void mmu_notifier_invalidate_range_end(struct mm_struct *mm, unsigned long start, unsigned long end);
int given_back(struct mm_struct *mm, spinlock_t *lock)
{
	mmu_notifier_invalidate_range_start(mm, 0, 4096);
	rcu_read_lock();
	spin_lock(lock);
	spin_unlock(lock);
	rcu_read_unlock();
	return 0;
}
static void take(spinlock_t *lock) { spin_lock(lock); }
static void give(spinlock_t *lock) { spin_unlock(lock); }
static void enter(void) { rcu_read_lock(); }
int in_helpers(struct mm_struct *mm, spinlock_t *lock, spinlock_t *other)
{
	mmu_notifier_invalidate_range_start(mm, 0, 4096);
	mmu_notifier_invalidate_range_end(mm, 0, 4096);
	mmu_notifier_invalidate_range_start(mm, 8192, 9000);
	enter();
	take(lock);
	take(other);
	give(lock);
	give(other);
	rcu_read_unlock();
	return 0;
}
static void inner(struct mm_struct *mm, spinlock_t *lock)
{
	rcu_read_lock();
	spin_lock(lock);
	mmu_notifier_invalidate_range_start(mm, 0, 4096);
	spin_unlock(lock);
	rcu_read_unlock();
	mmu_notifier_invalidate_range_end(mm, 0, 4096);
}
void two_held(struct mm_struct *mm, spinlock_t *first, spinlock_t *second)
{
	spin_lock(first);
	inner(mm, second);
	spin_unlock(first);
}
void held(struct mm_struct *mm, spinlock_t *lock)
{
	spin_lock(lock);
	rcu_read_lock();
	rcu_read_unlock();
	mmu_notifier_invalidate_range_start(mm, 0, 4096);
	spin_unlock(lock);
	mmu_notifier_invalidate_range_end(mm, 0, 4096);
}
static void in_section(struct mm_struct *mm)
{
	rcu_read_lock();
	mmu_notifier_invalidate_range_start(mm, 0, 4096);
	rcu_read_unlock();
	mmu_notifier_invalidate_range_end(mm, 0, 4096);
}
void calls_in_section(struct mm_struct *mm)
{
	in_section(mm);
}
static __attribute__((noinline)) void start_behind(struct mm_struct *mm, spinlock_t *lock)
{
	spin_lock(lock);
	spin_unlock(lock);
	mmu_notifier_invalidate_range_start(mm, 0, 4096);
}
int left_by_helper(struct mm_struct *mm, spinlock_t *lock, int busy)
{
	start_behind(mm, lock);
	if (busy)
		return -1;
	mmu_notifier_invalidate_range_end(mm, 0, 4096);
	return 0;
}
int move_page_tables(struct mm_struct *mm, int busy)
{
	mmu_notifier_invalidate_range_start(mm, 0, 4096);
	if (busy)
		return -1;
	mmu_notifier_invalidate_range_end(mm, 0, 4096);
	return 0;
}
"""


SLEEP_HEAD = """\
struct mm_struct; struct mutex; struct mmu_notifier; typedef struct spinlock { int raw; } spinlock_t;
struct mmu_notifier_range { unsigned long start, end; };
void mutex_lock(struct mutex *lock); void mutex_unlock(struct mutex *lock);
void spin_lock(spinlock_t *lock); void spin_unlock(spinlock_t *lock);
void mmu_notifier_unregister(struct mmu_notifier *mn, struct mm_struct *mm);
_Bool mmu_notifier_range_blockable(const struct mmu_notifier_range *range);
void mmu_notifier_invalidate_range(struct mm_struct *mm, unsigned long start, unsigned long end);
int mmu_notifier_invalidate_range_start(struct mmu_notifier_range *range);
void mmu_notifier_invalidate_range_end(struct mmu_notifier_range *range);
struct mmu_notifier_ops {
	void (*invalidate_range)(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end);
	void (*release)(struct mmu_notifier *mn, struct mm_struct *mm);
};
extern struct mutex list_lock; extern spinlock_t spin; extern struct mm_struct *some_mm;
static inline void take(void) { spin_lock(&spin); }
static inline void give(void) { spin_unlock(&spin); }
static inline void helper_9(struct mmu_notifier *mn)
{
	take();
	give();
	%s;
}
"""
SLEEP = """\
#include "sleep.h"
static void changed(struct mmu_notifier *mn, struct mm_struct *mm%s)
{
	helper_1(mn);
}
const struct mmu_notifier_ops ops = { .%s = changed };
"""
HELPER = "static inline void helper_{}(struct mmu_notifier *mn) {{ helper_{}(mn); }}\n"

def test_last_step(tap: Tap, engine: str) -> None:
    """The path of a callback goes on to the call that sleeps, and keeps how the callback was entered."""
    for call, rule, kind, callback in (
            ("mutex_lock(&list_lock)", "callback-sleeps", "sleep",
             (", unsigned long start, unsigned long end", "invalidate_range")),
            ("mmu_notifier_unregister(mn, some_mm)", "removal-deadlock", "remove", ("", "release"))):
        (SCRATCH / "sleep.h").write_text(SLEEP_HEAD % call +
                                         "".join(HELPER.format(n, n + 1) for n in range(8, 0, -1)))
        (SCRATCH / "sleep.c").write_text(SLEEP % callback)
        found = [f for unit in read_records(records(engine, "sleep", [SCRATCH / "sleep.c"]))
                 for f in unit["findings"] if f["rule"] == rule]
        steps = [(e["kind"], e["text"]) for e in found[0]["events"]] if found else []
        name = call.split("(")[0]
        tap.ok(len(found) == 1 and Path(found[0]["file"]).name == "sleep.c" and
               [kind for kind, _ in steps] == ["callback"] + ["call"] * 5 + [kind] and
               steps[1][1] == "'helper_5()' is called" and steps[-1][1].startswith(f"'{name}()'"),
               f"{engine}: {rule}: the last step is the call", str(found))


def test_steps(tap: Tap, engine: str) -> None:
    """What was taken and given back is on the path, and no step that is shown; nor are calls that decide nothing."""
    source = SCRATCH / "steps.c"
    source.write_text(STEPS)
    found = {f["func"]: ([e["kind"] for e in f["events"]], [e["kind"] for e in f["path"]])
             for unit in read_records(records(engine, "steps", [source, WALK])) for f in unit["findings"]}
    found.update(in_helpers=found.get("in_helpers", [None])[0], inner=found.get("inner", [None])[0])
    left, walk = found.pop("move_page_tables", None), found.pop("clean", None)
    helper = found.pop("left_by_helper", [None])[0]
    tap.ok(helper == ["call", "start", "true"], f"{engine}: the call in which a region starts, behind a lock that is no step", str(helper))
    tap.ok(left == (["start", "true"], ["entry", "outside", "start", "true"]), f"{engine}: where a region starts it decides nothing that none was open", str(left))
    tap.ok(walk and walk[0] == ["outside", "call", "lock", "clear", "unlock"],
           f"{engine}: outside of any region the calls decide; a lock that a loop drops is no step", str(walk))
    tap.ok(found == {"in_helpers": ["start"], "inner": ["lock"], "in_section": (["enter"], ["entry", "call", "enter"]), "given_back": (["start"], ["entry", "start", "enter", "lock", "unlock", "leave"]),
                     "held": (["lock"], ["entry", "lock", "enter", "leave"])},
           f"{engine}: a lock that was dropped again is no step", str(found))


def test_same(tap: Tap, engine: str, first: Path) -> None:
    """The compilers run at the same time: their order differs."""
    again = records(engine, "again", FILES[::-1])
    for path in (first, again):
        write_records(read_records(path), path)
    tap.ok(first.read_bytes() == again.read_bytes(), f"{engine}: two runs give the same bytes")


def fingerprints(engine: str, name: str, text: str) -> list[str]:
    source = SCRATCH / f"{name}.c"
    source.write_text(text)
    path = records(engine, name, [source])
    return [f["fingerprint"] for unit in read_records(path) for f in unit["findings"]]


def test_fingerprints(tap: Tap, engine: str) -> None:
    found = fingerprints(engine, "twice", TWICE)
    tap.ok(found == FINGERPRINTS, f"{engine}: a fingerprint tells two of a function apart", *found)
    head, once, twice = TWICE.split("void once")[0], *TWICE[TWICE.index("void once"):].split(
        "void twice")
    moved = fingerprints(engine, "moved", f"{head}\n\n\nvoid twice{twice}\n{once}")
    tap.ok(sorted(moved) == FINGERPRINTS, f"{engine}: it stays when functions move", *moved)


def test_context(tap: Tap, engine: str) -> None:
    """What holds behind each step, where the order of lock, region and call is plain."""
    source = Path("testcases/tree/mm/rmap.c")
    path = [(e["kind"], e["holds"]) for unit in read_records(records(engine, "one", [source]))
            for f in unit["findings"] if f["func"] == "try_to_unmap_one" for e in f["path"]]
    tap.ok(path and path[0] == ("entry", []) and ("lock", ["ptl", "atomic"]) in path,
           f"{engine}: the path says what holds behind each step", str(path))


def main() -> int:
    tap = Tap()
    SCRATCH.mkdir(parents=True, exist_ok=True)
    replay = replayed("--seconds", "--reach", "--limit-steps=60")
    for word in ("seconds", "reach", "trouble"):
        test_schema(tap, "mn-replay", replay, word)
    test_refused(tap, replay)
    test_kinds(tap)
    for engine in ("gcc", "sparse"):
        if engine == "sparse" and not SPARSE.exists():
            tap.skip("sparse: records", "mncheck-sparse is not built")
            continue
        first = records(engine, "first", FILES)
        test_schema(tap, engine, first, "does")
        test_same(tap, engine, first)
        test_fingerprints(tap, engine)
        test_context(tap, engine)
        test_steps(tap, engine)
        test_last_step(tap, engine)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
