# SPDX-License-Identifier: GPL-2.0-only
"""The words of the series that make kernel-patch writes. No program of its own."""

WHAT = """\
The contract of the MMU notifiers is in no type and in no lock annotation: a page table
entry that a secondary MMU may have cached is changed between
mmu_notifier_invalidate_range_start() and _end(), which sleep and so stand outside of
every page table lock."""

ENGINE = WHAT + """

Add the engine of a checker. It takes an abstract program, follows page table locks and
regions along each path (property simulation: states with equal locks and regions merge,
others never do), and gives findings with the path that leads to them. It knows no
compiler and no name of a kernel function, needs nothing but the C library, and is C that
C++ compilers take as well, as plugins are built.

Nothing builds it yet."""

CONTRACT = """\
What each function of the kernel does to page table locks and regions is a table, apart
from the engine that reads it. It is a text in C literals, so that the build needs no
tool for it, and has the form that the plugin also reads from a file. A function that
takes a page table lock, or starts a region, for its caller gets a row there."""

PLUGIN = WHAT + """

Add a GCC plugin that warns where that is broken: a region that is left open on some path
or ended twice, a notification outside of the page table lock or of any region, a region
that is started where sleeping is not allowed, or ended with another range. The pass reads
the functions in SSA form, before inlining, and changes nothing.

The option is off by default, and not for COMPILE_TEST, since new compilers change what
plugins see. Warnings do not stop the build."""

RULES = """\
Add semantic patches that find, by text, some of the mistakes that the GCC plugin for the
MMU notifiers finds: they need no configuration and see code that is not built. Some look
for what is gone since 4.13 and 6.6, for code that was written against older kernels."""

PAGE = """\
Describe how to use the checker, how to read what it says, and the rules: for each the
clause of the contract, why it is there, the repair, and what the rule cannot see."""

COVER = """\
The contract of the MMU notifiers is in no type and in no lock
annotation, and it has been broken more than once: the callback
invalidate_page() came to be called under the page table lock, where
several of its users sleep, and was removed for it in 4.13.

This adds a GCC plugin that follows page table locks and the regions
between mmu_notifier_invalidate_range_start() and _end() along each path
through a file, and warns where a clause of the contract is broken; and
semantic patches that look for some of the same by text.

The plugin is off by default and changes no code that is built.  It is
split in an engine that knows no compiler, a table of what the kernel's
functions do, and what hands GCC's view of a file to the engine."""
