#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""mncheck report as SARIF, JUnit and HTML: the form, what is in it, and that it is escaped; TAP.

The records are made up here, and so is the source that the page shows. How a browser shows it is
pages/check_pages.py's.
"""

import json
import re
import sys
import xml.etree.ElementTree as xml
from html.parser import HTMLParser
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.records import finding, schema_checker, step, unit, write
from tests.tap import Tap
from tools.mnlib import BUILD, MNCHECK, ROOT, rules, run

try:
    import jsonschema
except ImportError:
    jsonschema = None

SCRATCH = BUILD / "tests/forms"
EVIL = "<script>alert(1)</script>\"'&"
SOURCE = """\
/* before */

static int helper(spinlock_t *ptl)
{
	spin_lock(ptl);
	return 0;
}

int lock_and_start(struct mm_struct *mm)
{
	int i;

	helper(&mm->ptl);
	range_start(&range); /* <script>alert(2)</script> & */
	return 0;
}
"""


def held() -> dict:
    """lock_and_start(): a lock taken in helper(), then a start; the lines are SOURCE's."""
    def at(line: int, func: str, depth: int, kind: str, holds: list, text: str = "") -> dict:
        return step(line, text, file="mm/a.c", func=func, depth=depth, kind=kind, holds=holds)
    path = [at(9, "lock_and_start", 0, "entry", []), at(13, "lock_and_start", 0, "call", [], "'helper()' is called"),
            at(5, "helper", 1, "lock", ["ptl", "atomic"], "'ptl' is taken here")]
    return finding("mm/a.c", "lock_and_start", "region-atomic", "atomic-lock", 14, path=path,
                   events=path[1:], text="'range_start()' may sleep while 'ptl' is held")


def evil() -> dict:
    at = step(3, f"step {EVIL}", file=f"mm/{EVIL}.c", func=EVIL)
    return finding(f"mm/{EVIL}.c", EVIL, "region-balance", "open-at-return", 4, events=[at], path=[at],
                   text=f"text {EVIL}\u0007 \u20ac")


def report(form: str, *options: str) -> str:
    done = run([MNCHECK, "report", f"--format={form}", *options, "made.jsonl"], cwd=SCRATCH)
    return done.stdout if done.returncode == 0 else f"status {done.returncode}: {done.stderr}"


# -- SARIF ----------------------------------------------------------------------

def test_sarif(tap: Tap) -> None:
    text = report("sarif", "--baseline=known.findings", "--known")
    log = json.loads(text)
    if jsonschema:
        checker = schema_checker(jsonschema, ROOT / "tests/sarif.schema.json")
        wrong = [f"{'/'.join(map(str, error.path))}: {error.message[:200]}" for error in checker.iter_errors(log)]
        tap.ok(not wrong, "sarif: fits the schema", *wrong)
        log["runs"][0]["results"][0].pop("message")
        tap.ok(not checker.is_valid(log), "sarif: the schema can refuse")
        log = json.loads(text)
    else:
        tap.skip("sarif: fits the schema", "python3-jsonschema is not installed")
    one = log["runs"][0]
    driver = one["tool"]["driver"]
    tap.ok([rule["id"] for rule in driver["rules"]] == rules() and
           all(driver["rules"][r["ruleIndex"]]["id"] == r["ruleId"] for r in one["results"]),
           "sarif: the rules, and each result's")
    where = next(r for r in one["results"] if r["ruleId"] == "region-atomic")
    flow = [(p["location"]["physicalLocation"]["region"]["startLine"], p["location"]["message"]["text"])
            for p in where["codeFlows"][0]["threadFlows"][0]["locations"]]
    tap.ok(flow == [(13, "'helper()' is called"), (5, "'ptl' is taken here"), (14, "'range_start()' may sleep while 'ptl' is held")] and
           where["message"]["text"] == "'range_start()' may sleep while 'ptl' is held. Fix: fix of atomic-lock" and
           where["partialFingerprints"] == {"mncheck/v1": "mm/a.c:lock_and_start:region-atomic:atomic-lock:1"} and
           where["suppressions"] == [{"kind": "external", "justification": "latent: why not"}],
           "sarif: steps, fingerprint, verdict", json.dumps(where, indent=1))
    uris = [r["locations"][0]["physicalLocation"]["artifactLocation"] for r in one["results"]]
    tap.ok({"uri": "mm/%3Cscript%3Ealert(1)%3C/script%3E%22%27%26.c".replace("(", "%28").replace(")", "%29"),
            "uriBaseId": "SRCROOT"} in uris and {"uri": "file:///abs/b%20c.c"} in uris, "sarif: names as URIs", str(uris))
    invocation = one["invocations"][0]
    tap.ok(invocation["executionSuccessful"] is False and [n["level"] for n in
           invocation["toolExecutionNotifications"]] == ["error", "warning"], "sarif: what was not checked", str(invocation))


# -- JUnit ------------------------------------------------------------------------

def test_junit(tap: Tap) -> None:
    suite = xml.fromstring(report("junit", "--baseline=known.findings"))[0]
    cases = {case.get("name"): case for case in suite}
    failing = {name: [f.get("type") for f in case.iter("failure")] for name, case in cases.items()
               if case.find("failure") is not None}
    tap.ok(suite.get("tests") == str(len(cases)) and suite.get("failures") == "3" and suite.get("errors") == "1",
           "junit: the counts", str(suite.attrib))
    tap.ok(failing == {f"mm/{EVIL}.c": ["region-balance"], "include/h.h": ["region-balance"],
                       "/abs/b c.c": ["callback-sleeps"]}, "junit: a test for each file, headers too", str(failing))
    tap.ok(cases["mm/a.c"].find("failure") is None and cases["mm/bad.c"].find("error") is not None and
           "given up" in cases["mm/given.c"].find("system-out").text, "junit: what is known passes, what was refused is an error")
    tap.ok("see: mncheck explain region-balance" in "".join(cases["include/h.h"].itertext()), "junit: the text has the steps")


# -- HTML ---------------------------------------------------------------------------

class Page(HTMLParser):
    """Elements in balance, ids once, links that have a target, scripts."""

    VOID = {"meta", "input"}

    def __init__(self):
        super().__init__()
        self.open, self.wrong, self.ids, self.links, self.scripts = [], [], [], [], 0

    def handle_starttag(self, tag, attrs):
        words = dict(attrs)
        self.scripts += tag == "script"
        self.ids += [words["id"]] if "id" in words else []
        self.links += [words["href"]] if "href" in words else []
        self.wrong += [f"<{tag} {name}=>" for name in words if name.startswith("on") or name == "src"]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> at {self.getpos()}")


def lines_of(page: str, number: int) -> list[tuple[str, str, str]]:
    """(line, bars as letters, code) of a finding's functions; notes have the line "" """
    article = re.search(rf'<article id="f{number}".*?</article>', page, re.S)[0]
    found = re.findall(r'<(?:div|summary) class="(?:l|note[^"]*)"[^>]*><i class="n">([^<]*)</i>((?:<i class="b.*?</i>)*)'
                       r'<(?:code|span)>(.*?)</(?:code|span)>', article)
    return [(line, "".join(re.findall(r'class="b (\w) on"', bars)), re.sub("<.*?>", "", code))
            for line, bars, code in found]


def test_html(tap: Tap) -> None:
    text = report("html", "--source=source")
    page = Page()
    page.feed(text)
    tap.ok(not page.open and not page.wrong and page.scripts == 1, "html: elements in balance, one script, no handler",
           *page.open, *page.wrong, f"{page.scripts} scripts")
    tap.ok(len(set(page.ids)) == len(page.ids) and {link[1:] for link in page.links} <= set(page.ids),
           "html: ids once, and no link out of the page", *sorted({link[1:] for link in page.links} - set(page.ids)))
    tap.ok("<script>alert" not in text and text.count("&lt;script&gt;alert(1)") > 4 and
           "&lt;script&gt;alert(2)&lt;/script&gt; &amp;" in text and "\u0007" not in text and "€" in text,
           "html: everything is escaped")
    number = re.search(r'<article id="f(\d+)"[^>]*>\s*<h2>&#39;range_start', text)[1]
    drawn = lines_of(text, int(number))
    wanted = {"9": "", "11": "", "13": "", "14": "pa", "15": "", "5": "pa", "4": ""}
    got = {line: bars for line, bars, _ in drawn if line in wanted}
    tap.ok(got == wanted, "html: the bars beside the lines", *map(str, drawn))
    notes = [(bars, code) for line, bars, code in drawn if not line]
    tap.ok(notes == [("", "(1) &#39;helper()&#39; is called"), ("pa", "\u25b6 &#39;range_start()&#39; may sleep while &#39;ptl&#39; is held"),
                     ("pa", "(2) &#39;ptl&#39; is taken here")], "html: the steps on their lines", *map(str, notes))
    tap.ok("<b>The fix:</b> fix of atomic-lock</p>" in text, "html: the fix")
    known = report("html", "--source=source", "--baseline=known.findings", "--known")
    tap.ok("<b>known: latent</b> why not" in known and "known: latent" not in text, "html: verdict and reason of a baseline")
    tap.ok("no source here" in report("html", "--source=nosuch"), "html: a source that is not there is said")
    long = "int f(void)\n{\n" + "\tx();\n" * 40 + "}\n"
    (SCRATCH / "source/mm/a.c").write_text(long)
    tap.ok(re.search(r"<details><summary class=\"l\">.*<span>\d+ lines</span>", report("html", "--source=source")),
           "html: lines far from any step are folded")
    (SCRATCH / "source/mm/a.c").write_bytes(SOURCE.encode() + b"int latin(void) /* \xe4 */\n{\n}\n")


ODD = """\
#define WRAP(x) \\
\tlock_and_start(x)
SYSCALL_DEFINE1(odd,
\t\tint, a)
{
\tf(\xe2\x82\xac);
out:
\tg();
}
// one
static int one_line(void) { return start(); }

#include "x.h"
struct s {
\tint a;
} s = {
\t.a = 1,
};
int last(void)
{
\treturn 0; /* \xf0\x9f\x90\xa7 \xc3\xa9 \xff \xe2\x82 \xf0\x9f \xc0\x80 */"""


def test_sources(tap: Tap) -> None:
    """Which lines of a source stand around a place: those of its function, where that can be seen."""
    (SCRATCH / "source/odd.c").write_bytes(ODD.encode("latin-1"))

    def at(line: int, **more) -> dict:
        return finding("odd.c", "odd", "region-balance", "open-at-return", line, n=line, events=[], path=[
            step(line, "here", file="odd.c", func="odd", depth=0), *more.get("path", [])])
    shown = {}
    for line in (1, 3, 6, 8, 11, 17, 21):
        write(SCRATCH / "made.jsonl", unit("odd.c", at(line)))
        text = report("html", "--source=source")
        shown[line] = sorted({int(n) for n in re.findall(r'<i class="n">(\d+)</i>', text)})
    ends = {line: (lines[0], lines[-1]) for line, lines in shown.items() if lines}
    tap.ok(ends == {1: (1, 13), 3: (3, 9), 6: (3, 9), 8: (3, 9), 11: (1, 21), 17: (5, 21), 21: (9, 21)},
           "html: the lines of a function, or some around the place", str(ends))
    write(SCRATCH / "made.jsonl", unit("odd.c", at(6)))
    tap.ok("f(\u20ac);" in report("html", "--source=source"), "html: UTF-8 of the source stays")
    write(SCRATCH / "made.jsonl", unit("odd.c", at(21)))
    text = report("html", "--source=source")
    tap.ok("\U0001f427 \u00e9 \ufffd \ufffd\ufffd \ufffd\ufffd \ufffd\ufffd */" in text,
           "html: what is no UTF-8 is replaced", text[-800:])
    write(SCRATCH / "made.jsonl", unit("odd.c", at(6, path=[step(20, "inside", file="odd.c", func="last", depth=1),
                                                            step(20, "", file="odd.c", func="", depth=1),
                                                            step(20, "again", file="odd.c", func="last", depth=2),
                                                            step(8, "back", file="odd.c", func="odd", depth=0),
                                                            step(20, "again", file="odd.c", func="last", depth=1)])))
    text = report("html", "--source=source")
    frames = re.findall(r'<details class="frame" open><summary><b>(\w+)\(\)', text)
    tap.ok(frames == ["odd", "last", "last", "last"], "html: a call that returned is another one the next time", str(frames))


def make_records() -> None:
    (SCRATCH / "source/mm").mkdir(parents=True, exist_ok=True)
    (SCRATCH / "source/mm/a.c").write_text(SOURCE)
    (SCRATCH / "known.findings").write_text(
        "mm/a.c | lock_and_start | region-atomic | 'range_start()' may sleep while 'ptl' is held | latent | why not\n")
    write(SCRATCH / "made.jsonl", unit("mm/a.c", held(), finding("include/h.h", "inl", "region-balance", "ended-twice", 0)),
          unit(f"mm/{EVIL}.c", evil()), unit("/abs/b c.c", finding("/abs/b c.c", "h", "callback-sleeps", "callback-atomic")),
          unit("mm/bad.c", trouble=["mncheck: internal: block 3"]), unit("mm/given.c", trouble=["mncheck: given up: f: why"]))


def made_page() -> str:
    make_records()
    return report("html", "--source=source")


def main() -> int:
    tap = Tap()
    make_records()
    for test in (test_sarif, test_junit, test_html, test_sources):
        test(tap)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
