# SPDX-License-Identifier: GPL-2.0-only
#
# mncheck - keeps the kernel's MMU-notifier contract. "make help" lists the targets.
#
# Everything made lies below $(BUILD). The parts with more to say than a list of
# files (cocci/, sparse-checks/, package/) bring a Makefile.inc, included at the end: it has
# their targets, adds their tests to CHECKS, what "make demo" shows of them to DEMOS, and
# what "make install" puts where to INSTALL, as MODE:DIRECTORY:FILE.

BUILD	?= build
PREFIX	?= /usr/local
PYTHON	?= python3

# The plugin is built for the compiler that loads it: GCC=gcc-13 takes g++-13,
# GCC=aarch64-linux-gnu-gcc-12 takes the host's g++-12 and the cross compiler's headers.
GCC	?= $(CROSS_COMPILE)gcc
gcc-suffix := $(shell echo '$(notdir $(GCC))' | sed 's/.*gcc//')
HOSTCC	?= gcc$(gcc-suffix)
HOSTCXX	?= g++$(gcc-suffix)
export BUILD GCC HOSTCC HOSTCXX PYTHON

# V=1 prints whole commands
Q   = $(if $(V),,@)
say = $(if $(V),,@echo '  $1 $@')
# the output of a command, behind it: whole or not at all, and one line that says why not
whole = $(Q)sh tools/build/whole.sh $@

# the rooms of the engine, in the order in which the data goes; a name of a file is there once
ROOMS	 := base program contract plan state report rules engine lower link proof tools
core-inc := -Icore $(ROOMS:%=-Icore/%)
# what a front end sees: mn.h, the tables that it is made of, and core/lower/
door-inc := -Icore -Icore/program -Icore/rules -Icore/lower

CFLAGS	 ?= -O2 -g
WARN	 := -Wall -Wextra -Werror
plugin-headers := $(shell $(GCC) -print-file-name=plugin 2>/dev/null)/include
# the engine lives in small functions; what GCC leaves apart by default costs it much
CORE_CFLAGS   := -finline-limit=400 -std=c11 -fPIC -fvisibility=hidden $(WARN) $(core-inc)
PLUGIN_CFLAGS := -x c++ -std=gnu++14 -fno-rtti -fno-exceptions -fPIC -fvisibility=hidden -Wall $(door-inc) \
		 -isystem $(plugin-headers) -idirafter gcc-plugin/missing
# the programs it runs are small: what costs is to compile it
SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all -O0 -g1

CONTRACT   := contract/mmu_notifier.contract
plugin	   := $(BUILD)/mmu_notifier_plugin.so
programs   := $(patsubst core/tools/%.c,$(BUILD)/%,$(wildcard core/tools/*.c))
core-src   := $(wildcard $(patsubst %,core/%/*.c,$(filter-out tools,$(ROOMS))))
core-obj   := $(core-src:core/%.c=$(BUILD)/core/%.o) $(BUILD)/core/contract_text.o
# files are joined by mncheck-link: the plugin has no need of what does
unit-obj   := $(filter-out $(BUILD)/core/link/% $(BUILD)/core/proof/%,$(core-obj))
# what saves a front end the reading of the text
image-obj  := $(BUILD)/core/contract_image.o
san-obj	   := $(core-obj:$(BUILD)/core/%=$(BUILD)/sanitized/%)
plugin-obj := $(patsubst gcc-plugin/%.c,$(BUILD)/gcc-plugin/%.o,$(wildcard gcc-plugin/*.c))

# mncheck reads records, with jansson; it has nothing of the engine in it
mncheck	   := $(BUILD)/mncheck
mncheck-obj := $(patsubst core/%.c,$(BUILD)/core/%.o,$(wildcard core/tools/mncheck/*.c)) \
	      $(patsubst %,$(BUILD)/core/tools/mncheck/%_text.o,rules page)

# mncheck range runs git, make and the compiler: a program in Python, with what it shares with make kernel
range	   := $(BUILD)/mncheck-range
range-src  := tools/__init__.py tools/mnlib.py $(addprefix tools/kernel/,kbuild.py kernel.py progress.py) \
	      $(filter-out %/mncheck_range.py,$(wildcard tools/range/*.py))
# one that is a program, too, may be run
range-parts := $(foreach file,$(range-src),$(if $(filter %/kernel.py,$(file)),755,644):libexec/mncheck/$(patsubst %/,%,$(dir $(file))):$(file))

INSTALL = 755:libexec/mncheck:$(range) $(range-parts) 755:bin:$(mncheck) 755:lib/mncheck:$(plugin) $(programs:%=755:bin:%) 644:share/mncheck:$(CONTRACT)

# what "make check" runs: programs that print TAP
CHECKS = tests/cases.py tests/test_tests.py tests/test_contract.py tests/test_text.py \
	 tests/test_door.py tests/test_options.py tests/test_trace.py tests/test_findings.py tests/test_house.py \
	 tests/test_rooms.py tests/test_guards.py tests/test_limits.py tests/test_sources.py \
	 tests/test_mutants.py tests/test_conversion.py tests/test_oracle.py tests/test_records.py tests/test_report.py \
	 tests/test_forms.py tests/test_context.py tests/test_context_lines.py tests/test_link.py tests/test_ignore.py \
	 tests/test_range.py tests/test_progress.py tests/test_caches.py tests/test_proof.py
# what deps.sh has to look for
DEPS = records caches range
# what runs them; it closes with "N passed, N failed, N skipped" alone on a line. $(PYTHON) may be
# a script that looks for the interpreter: once is enough
prove  = PERL5LIB=tests prove --formatter Counts \
	 --exec "$$($(PYTHON) -c 'import sys; print(sys.executable)')"

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help all demo check check-guards check-oracle check-foreign check-pages coverage kernel link conversion check-gcc check-arch check-kernel \
	check-kernel-full mutants bench deps clean FORCE

help: ## this table
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo 'README.md says more; docs/kernel.md explains the options of "make kernel".'

# ---------------------------------------------------------------------------
# build

all: $(plugin) $(programs) $(mncheck) $(range) ## the plugin and the programs

$(BUILD)/contract_text.c: $(CONTRACT) tools/build/embed_contract.py
	$(call say,GEN  )
	$(whole) $(PYTHON) tools/build/embed_contract.py $(CONTRACT)

# the memory that reading it comes to: the program is an arena of its own, with the room of the contract
$(BUILD)/contract-image: tools/build/contract_image.c $(filter-out %/arena.o,$(filter $(BUILD)/core/base/% $(BUILD)/core/contract/%,$(core-obj))) \
	$(BUILD)/core/contract_text.o
	$(call say,LINK )
	$(whole) $(HOSTCC) $(CORE_CFLAGS) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) $(filter %.c %.o,$^) -o

$(BUILD)/contract_image.c: $(BUILD)/contract-image
	$(call say,GEN  )
	$(whole) $<

$(BUILD)/core/contract_%.o: $(BUILD)/contract_%.c
	$(call say,CC   )
	$(whole) $(HOSTCC) $(CORE_CFLAGS) $(CPPFLAGS) $(CFLAGS) -MMD -MP -MT $@ -c $< -o

$(BUILD)/rules_text.c: docs/rules.md core/rules/rules.def tools/build/embed_rules.py
	$(call say,GEN  )
	$(whole) $(PYTHON) tools/build/embed_rules.py $<

$(BUILD)/page_text.c: $(addprefix core/tools/mncheck/page.,css js) tools/build/embed_text.py
	$(call say,GEN  )
	$(whole) $(PYTHON) tools/build/embed_text.py $(filter-out %.py,$^)

$(BUILD)/core/tools/mncheck/%_text.o: $(BUILD)/%_text.c
	$(call say,CC   )
	$(whole) $(HOSTCC) $(CORE_CFLAGS) -Icore/tools/mncheck $(CPPFLAGS) $(CFLAGS) -MMD -MP -MT $@ -c $< -o

$(BUILD)/core/%.o: core/%.c
	$(call say,CC   )
	$(whole) $(HOSTCC) $(CORE_CFLAGS) $(CPPFLAGS) $(CFLAGS) -MMD -MP -MT $@ -c $< -o

$(plugin-headers)/gcc-plugin.h: | $(BUILD)/compiler
	@echo "mncheck: error: $(GCC) has no plugin headers: apt-get install" \
		"gcc-$$($(GCC) -dumpversion | cut -d. -f1)-plugin-dev, or make deps" >&2; exit 1

# another compiler: everything has to be built again
$(core-obj) $(image-obj) $(plugin-obj) $(programs:$(BUILD)/%=$(BUILD)/core/tools/%.o) $(mncheck-obj) \
	$(addprefix $(BUILD)/,contract-image contract_text.c rules_text.c page_text.c): $(BUILD)/compiler
$(BUILD)/compiler: FORCE
	@mkdir -p $(@D) 2>/dev/null && test -w $(@D) || { echo "mncheck: error: $(@D): cannot be" \
		"written; name another place with BUILD=" >&2; exit 1; }
	@command -v $(GCC) >/dev/null || { echo "mncheck: error: $(GCC): no such compiler" >&2; exit 1; }
	@$(GCC) -v 2>&1 | cmp -s - $@ || $(GCC) -v > $@ 2>&1

$(BUILD)/gcc-plugin/%.o: gcc-plugin/%.c | $(plugin-headers)/gcc-plugin.h
	$(call say,CXX  )
	$(whole) $(HOSTCXX) $(PLUGIN_CFLAGS) $(CPPFLAGS) $(CFLAGS) -MMD -MP -MT $@ -c $< -o

# not by the C++ driver: what the plugin has of libstdc++ is "new", and the compiler brings its own.
# To load the library for it would cost more than to look at most units
$(plugin): $(unit-obj) $(image-obj) $(plugin-obj)
	$(call say,LINK )
	$(whole) $(HOSTCC) -shared $(CFLAGS) $(LDFLAGS) -Wl,--as-needed $^ -o

$(programs): $(BUILD)/%: $(BUILD)/core/tools/%.o $(core-obj) $(image-obj)
	$(call say,LINK )
	$(whole) $(HOSTCC) $(CFLAGS) $(LDFLAGS) $^ -o

$(mncheck): $(mncheck-obj)
	$(call say,LINK )
	$(whole) $(HOSTCC) $(CFLAGS) $(LDFLAGS) $^ -ljansson -o

$(range): tools/range/mncheck_range.py
	@mkdir -p $(@D)
	$(Q)ln -sf $(abspath $<) $@

# the engine once more, under the sanitizers
$(BUILD)/sanitized/contract_text.o: $(BUILD)/contract_text.c
	$(call say,CC   )
	$(whole) $(HOSTCC) $(CORE_CFLAGS) $(CPPFLAGS) $(CFLAGS) $(SANITIZE) -MMD -MP -MT $@ -c $< -o

$(BUILD)/sanitized/%.o: core/%.c
	$(call say,CC   )
	$(whole) $(HOSTCC) $(CORE_CFLAGS) $(CPPFLAGS) $(CFLAGS) $(SANITIZE) -MMD -MP -MT $@ -c $< -o

$(BUILD)/mn-replay-sanitized: $(BUILD)/sanitized/tools/mn-replay.o $(san-obj)
	$(call say,LINK )
	$(whole) $(HOSTCC) $(CFLAGS) $(SANITIZE) $^ -o

# random programs, and what has to be said of them; it shares nothing with core/
$(BUILD)/oracle/%.o: tests/oracle/%.c
	$(call say,CC   )
	$(whole) $(HOSTCC) -std=c11 $(WARN) $(CPPFLAGS) $(CFLAGS) -MMD -MP -MT $@ -c $< -o

$(BUILD)/mn-oracle: $(patsubst tests/oracle/%.c,$(BUILD)/oracle/%.o,$(wildcard tests/oracle/*.c))
	$(call say,LINK )
	$(whole) $(HOSTCC) $(CFLAGS) $(LDFLAGS) $^ -o

# not those of the roots that check-package and check-gcc make
-include $(filter-out $(BUILD)/package/% $(BUILD)/gcc/%,$(wildcard $(BUILD)/*/*.d $(BUILD)/*/*/*.d $(BUILD)/*/*/*/*.d))

# ---------------------------------------------------------------------------
# use

deps: ## install the packages that are missing (apt)
	@sh tools/build/deps.sh build $(DEPS)

demo: deps ## build, and show the findings on testcases/tree (no kernel needed)
	@$(MAKE) --no-print-directory all
	@$(PYTHON) tools/demo/demo.py
	@$(if $(DEMOS),$(MAKE) --no-print-directory $(DEMOS))

# the longest first: no core waits for the last one
longest = $(foreach name,cases test_series test_limits test_oracle test_fuzz test_cocci test_kernel_patch test_failures, \
	  $(filter tests/$(name).py,$(CHECKS)))

check: deps ## all tests that need no kernel, or test cases: [CASE="range-unlocked/guard ..."]
	@$(MAKE) --no-print-directory $(if $(findstring -j,$(MAKEFLAGS)),,-j2) \
		all $(BUILD)/mn-replay-sanitized $(BUILD)/mn-oracle $(if $(CASE),,$(fuzz-ready))
	@$(prove) $(if $(CASE),-v tests/cases.py :: $(CASE), \
		-j2 $(longest) $(filter-out $(longest),$(CHECKS)))

check-guards: deps ## is each guard and number of core/ needed by a test? [GUARDS=all|N] [ONLY="FILE .."]
	@$(MAKE) --no-print-directory all $(BUILD)/mn-oracle
	@CORE_CFLAGS='$(CORE_CFLAGS)' $(prove) --verbose tests/guards/check_guards.py

check-oracle: deps ## the engine against brute force on random programs: [PROGRAMS=100000] [SEED=1] [J=]
	@$(MAKE) --no-print-directory all $(BUILD)/mn-oracle
	@$(PYTHON) tests/oracle/check_oracle.py --programs=$(or $(PROGRAMS),100000) --seed=$(or $(SEED),1) \
		$(if $(J),--jobs=$(J)) --keep=$(BUILD)/tests/oracle

check-foreign: deps ## code that is no kernel's, with and without the plugin: [PROGRAMS=300] [SEED=1]
	@sh tools/build/deps.sh foreign
	@$(MAKE) --no-print-directory all
	@$(prove) -v tests/foreign/check_foreign.py :: --programs=$(or $(PROGRAMS),300) --seed=$(or $(SEED),1)

# python3-pil is of Debian's own
check-pages: PYTHON = /usr/bin/python3
check-pages: deps ## the pages of HTML in a browser, screenshots in build/tests/pages/
	@sh tools/build/deps.sh pages
	@$(MAKE) --no-print-directory all
	@$(prove) -v tests/pages/check_pages.py

# the programs of CHECKS that run the engine or a front end; test_failures.py runs them with no
# room for files, and that spoils what they count
COUNTED = $(filter $(patsubst %,tests/%.py,cases test_contract test_text test_door test_options \
	  test_trace test_limits test_sources test_sparse test_conversion test_link test_report test_forms \
	  test_context test_context_lines test_records test_ignore test_proof test_oracle test_guards \
	  test_range test_repairs),$(CHECKS))
# what runs under the sanitizers is counted in the usual engine
coverage: export SANITIZED_PROGRAM = $(BUILD)/coverage/mn-replay

coverage: ## the lines and branches that "make check" runs, per room: [V=1, per file]
	@sh tools/build/deps.sh build coverage $(DEPS)
	@mkdir -p $(BUILD)/coverage && $(HOSTCC) -O2 -fPIC -c tests/coverage.c -o $(BUILD)/coverage/coverage.o
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/coverage sparse-src=$(abspath $(sparse-src)) \
		CFLAGS='-O0 -g --coverage' \
		LDFLAGS='--coverage -Wl,--wrap=_exit,--wrap=execvp $(BUILD)/coverage/coverage.o' \
		all $(BUILD)/coverage/mn-oracle
	@BUILD=$(BUILD)/coverage $(PYTHON) tests/coverage.py \
		env $(prove) -j2 $(COUNTED)

kernel: $(plugin) $(if $(LINK),$(BUILD)/mncheck-link) ## check a configured kernel: KDIR= [O=] [TARGETS="mm/ .."] [J=] [RULES=] [LINK=1]
	@$(PYTHON) tools/kernel/kernel.py

link: $(plugin) $(BUILD)/mncheck-link ## the same, and what only its files together show: KDIR= [O=] [TARGETS=]
	@LINK=1 $(PYTHON) tools/kernel/kernel.py

conversion: $(plugin) ## what the callbacks of OLD= did and those of NEW= do not: [OLD_O= NEW_O= TARGETS=]
	@$(PYTHON) tools/kernel/conversion.py

check-gcc: ## make check with other GCCs, in Debian suites that have them: GCC="9 .. 16" (root)
	@$(PYTHON) tests/kernel/check_gcc.py $(if $(ONLY),--only "$(ONLY)") \
		$(if $(KERNEL),--kernel $(KERNEL)) $(GCC)

check-kernel: ## the tests on Debian's kernel and a module on its headers: [KERNEL=5.10|6.1|6.12|7.2]
	@sh tools/build/deps.sh build kernel headers
	@$(MAKE) --no-print-directory all
	@KERNEL=$(or $(KERNEL),6.1) $(prove) -v tests/kernel/check_kernel.py tests/kernel/test_module.py

# what Debian's cross compilers are called
cross-arm64   := aarch64-linux-gnu-gcc
cross-powerpc := powerpc64le-linux-gnu-gcc
cross-s390    := s390x-linux-gnu-gcc
check-arch: export GCC := $(if $(filter command line,$(origin GCC)),$(GCC),$(cross-$(ARCH)))
check-arch: export PLUGIN_PROGRAM = $(BUILD)/arch/$(ARCH)/mmu_notifier_plugin.so

check-arch: ## mm/ of Debian's kernel for ARCH=arm64, powerpc or s390: [KERNEL=6.1] [GCC=]
	@test -n '$(cross-$(ARCH))' || { echo "mncheck: error: ARCH='$(ARCH)':" \
		"not one of arm64, powerpc, s390" >&2; exit 2; }
	@sh tools/build/deps.sh build kernel
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/arch/$(ARCH) GCC=$(GCC) $(PLUGIN_PROGRAM)
	@$(prove) -v tests/kernel/check_arch.py :: $(ARCH) $(or $(KERNEL),6.1)

check-kernel-full: ## the whole defconfig kernel: no crash, no internal message: [KERNEL=] [LINK=1]
	@sh tools/build/deps.sh build kernel
	@$(MAKE) --no-print-directory all
	@$(prove) -v tests/kernel/check_kernel.py :: --full $(or $(KERNEL),6.1)

mutants: $(if $(filter sparse,$(ENGINE)),sparse-checks) $(plugin) $(BUILD)/mncheck-link ## break a kernel's functions and see: KDIR= [O=] [J=] [ENGINE=sparse] [EDITS=] [FACTS=]
	@$(PYTHON) tools/mutants/mutants.py

bench: ## what the plugin costs over mm/*.c: [KDIR= O=] [ROUNDS=]
	@sh tools/build/deps.sh build kernel bench
	@$(MAKE) --no-print-directory all
	@$(PYTHON) tools/bench/bench.py

clean: ## remove what was built (downloaded kernels stay)
	rm -rf $(addprefix $(BUILD)/,core gcc-plugin sanitized oracle tests bench mutants compiler *.so *.c mn-* contract-image mncheck mncheck-link mncheck-range mncheck-sparse)

-include cocci/Makefile.inc sparse-checks/Makefile.inc package/Makefile.inc kernel-patch/Makefile.inc \
	tests/fuzz/Makefile.inc
