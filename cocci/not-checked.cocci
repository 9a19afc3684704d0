// SPDX-License-Identifier: GPL-2.0-only
/// Where a file names a function of the MMU notifiers' regions, but spatch
/// could not parse the code around it, the other rules of this directory see
/// nothing there.
//# What it reports comes before what the others find.
// Confidence: High
// Comments: needs Python scripting.  Files that name the API without including
//           <linux/mmu_notifier.h> themselves are not looked at.
// Options: --no-includes --include-headers
// Keywords: mmu_notifier

virtual context
virtual org
virtual report

@initialize:python@
@@
import re
NAME = re.compile(r"\bmmu_notifier_invalidate_(page|range(_start(_nonblock)?|_(only_)?end)?)\s*\(")
NOISE = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"', re.S)
checked = set()

def blank(m):
    return re.sub(r"[^\n]", " ", m.group(0))

class Place:
    def __init__(self, file, line, column, end):
        self.file, self.line, self.line_end = file, str(line), str(line)
        self.column, self.column_end = str(column), str(end)

def not_checked(file):
    with open(file, errors="replace") as f:
        text = NOISE.sub(blank, f.read())
    for number, line in enumerate(text.split("\n"), 1):
        for m in NAME.finditer(line):
            if (file, str(number)) not in checked:
                yield Place(file, number, m.start(), m.end() - 1)

def message():
    return "not checked: spatch cannot parse the code here"

// ----------------------------------------------------------------------------
// collect

@includes@
@@

#include <linux/mmu_notifier.h>

@defines@
@@

struct mmu_notifier_ops { ... };

@call depends on includes || defines@
identifier f =~ "^mmu_notifier_invalidate_";
position p;
@@

f@p(...)

@definition depends on includes || defines@
identifier f =~ "^mmu_notifier_invalidate_";
type T;
position p;
@@

T f@p(...) { ... }

@prototype depends on includes || defines@
identifier f =~ "^mmu_notifier_invalidate_";
type T;
position p;
@@

T f@p(...);

@script:python@
p << call.p;
@@
checked.update((x.file, x.line) for x in p)

@script:python@
p << definition.p;
@@
checked.update((x.file, x.line) for x in p)

@script:python@
p << prototype.p;
@@
checked.update((x.file, x.line) for x in p)

// ----------------------------------------------------------------------------
// report

@script:python depends on (report || context) && (includes || defines)@
@@
for file in cocci.files():
    for p in not_checked(file):
        coccilib.report.print_report(p, message())

@script:python depends on org && (includes || defines)@
@@
for file in cocci.files():
    for p in not_checked(file):
        coccilib.org.print_safe_todo(p, message())
