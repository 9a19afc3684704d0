/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mn.h - the engine as its adapters see it; they include nothing else of core.
 *
 * An adapter (the GCC plugin, the sparse checker, mn-replay) does this:
 *
 *	contract = mn_contract_new(..); mn_contract_read(contract, ..);
 *	unit = mn_unit_new(contract, &options);
 *	mn_unit_declares() for each mmu_notifier_* name that the unit declares
 *	mn_func_new(), mn_func_calls(), mn_func_stored_in() for each function
 *	mn_table_new(), mn_table_member() for variables that hold functions
 *	mn_unit_plan(unit);		which functions are worth lowering?
 *	for each function with mn_func_wanted(): mn_value(), mn_block(), mn_emit()
 *	mn_unit_check(unit);		validate, simulate, check
 *	mn_unit_finding(unit, i);	print each, in the compiler's own way
 *	mn_unit_free(unit); mn_contract_free(contract);
 *
 * The abstract program: a function is blocks, a block is instructions of
 * ops.def of which the last one leaves the block. Values are small integers, each
 * defined once (SSA). Memory is reached by address only: LOCAL and GLOBAL give
 * the address of an object, ADDR that of a part of it, LOAD and STORE work on
 * the cell at an address. Offsets and sizes are in bits, so that bit fields
 * are cells like others. Aggregates are moved by MOVE and cleared by ZERO.
 * A function that returns an aggregate takes its address as a last, extra
 * parameter, and so does its call. An aggregate that is an argument goes by
 * its address, but one that is nothing but a scalar in a structure (pte_t) by its value.
 *
 * Widths, signs and casts do not exist: a cast is a COPY (but one to bool is
 * NE 0), and only comparisons know signed from unsigned. What an adapter cannot express is
 * UNKNOWN, never left out.
 *
 * Ownership: all that is handed in (names, files, texts) is copied; all that is handed out
 * lives as long as its unit, or its contract. Valid C++: a kernel builds plugins with HOSTCXX.
 */
#ifndef MN_H
#define MN_H

/* of all programs and of the package */
#define MN_VERSION	"1.0"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ------------------------------------------------------------------ */
/* names                                                               */

enum mn_op {
#define MN_OP(op, word, shape) MN_##op,
#include "ops.def"
#undef MN_OP
	MN_OP_COUNT
};

enum mn_rule {
#define MN_RULE(rule, ...) MN_RULE_##rule,
#include "rules.def"
#undef MN_RULE
	MN_RULE_COUNT
};

/**
 * mn_rule_name() - the name of a rule as users write it: a static string such as "range-unlocked".
 */
const char *mn_rule_name(enum mn_rule rule);

/**
 * mn_rule_find() - the rule of that @name, or MN_RULE_COUNT if no rule has it.
 */
enum mn_rule mn_rule_find(const char *name);

/**
 * struct mn_loc - a place in the source that a person wrote.
 * @file: as the compiler names it; NULL where the place is not known
 * @line: from 1; 0 where it is not known
 * @col: from 1; 0 where it is not known
 * @cookie: the adapter's own, handed back with findings (GCC's location_t)
 *
 * Places inside a macro are those of its outermost expansion.
 */
struct mn_loc {
	const char *file;
	int line, col;
	uint64_t cookie;
};

/* ------------------------------------------------------------------ */
/* the contract                                                        */

struct mn_contract;

/**
 * mn_contract_new() - an empty contract, which the caller frees with mn_contract_free().
 */
struct mn_contract *mn_contract_new(void);
void mn_contract_free(struct mn_contract *contract);

/**
 * mn_contract_read() - add the rows of one text.
 * @contract: what they are added to
 * @name: the file's name, for errors
 * @text: the whole text, ended by a NUL
 * @err: receives "FILE:LINE:COL: error: what, and what to do" when it fails
 * @size: size of @err in bytes
 *
 * A row replaces an earlier text's row of the same function, number of
 * arguments and kernels; within one text that is an error.
 * Return: 0, or -EINVAL with nothing of the text added.
 */
int mn_contract_read(struct mn_contract *contract, const char *name,
		     const char *text, char *err, size_t size);

/**
 * mn_contract_read_file() - mn_contract_read() of a file.
 * Return: 0, -EINVAL as above, or the negative errno of reading, with @err set.
 */
int mn_contract_read_file(struct mn_contract *contract, const char *path,
			  char *err, size_t size);

/**
 * mn_contract_text() - the contract embedded when this was built.
 * Return: a static text for mn_contract_read(), by the name "mmu_notifier.contract".
 */
const char *mn_contract_text(void);

/**
 * mn_contract_signal() - functions whose callers change entries, API or not.
 * @i: from 0
 * A unit that calls one of them is worth a look even if it declares nothing of the
 * API: that it does not may be the mistake.
 * Return: a name, NULL past the last.
 */
const char *mn_contract_signal(size_t i);

/**
 * mn_contract_knows() - does a row describe this function, in any kernel?
 * @name: the function
 * For adapters: a call of it stays a call, even where its body is at hand, and its arguments deserve names.
 */
bool mn_contract_knows(const struct mn_contract *contract, const char *name);

/**
 * mn_contract_cell() - the members of structures that the rows speak of.
 * @i: from 0
 * @type: receives the structure's tag
 * @member: receives the member's name
 *
 * The adapter answers each that it can see with mn_unit_layout(), and puts
 * "tag.member" as the name of each ADDR that selects this member.
 * Return: false when @i is past the last.
 */
bool mn_contract_cell(const struct mn_contract *contract, size_t i,
		      const char **type, const char **member);

/**
 * mn_contract_lock_type() - the @i-th type of locks: a tag, or a typedef. ADDRs of its members are named, too.
 */
const char *mn_contract_lock_type(const struct mn_contract *contract, size_t i);

/**
 * mn_contract_calls_back() - does the contract speak of members of this structure?
 * @type: the structure's tag
 * Return: true if functions in variables of this type are called in a context that a
 * row gives: each such variable is a table (mn_table_new()).
 */
bool mn_contract_calls_back(const struct mn_contract *contract, const char *type);

/* ------------------------------------------------------------------ */
/* a unit: one translation unit                                        */

/**
 * struct mn_options - what a user may choose.
 * @rules: bit 1 << rule for each rule that judges; 0 means all
 * @kernel: "4.12" and the like: the kernel whose rows hold; NULL: by what the
 *	unit declares
 * @limit_states: states kept at one point of a function; 0: the default
 * @limit_steps: instructions executed for one function, over all its
 *	contexts; 0: the default. (Steps and not seconds: same input, same output)
 * @limit_contexts: entry states for which one function is simulated; 0: the default
 * @less_detail: stages of detail that are given up from the start, 0 to 3 (a test of the
 *	engine: findings stay the same, or the function is reported as given up)
 * @no_merge: states merge in loops only (a test of the engine: findings stay the same)
 * @reach: records say what each function does that other units may call
 * @seconds: records say how long the unit took, which no two runs agree on
 * @keep: what other units may need is built, too: mn_facts_save()
 * @check_paths: mn_unit_check() fails if the path of a finding contradicts itself (a test of
 *	the engine)
 * @trace: name of the function whose changes of state are printed to stderr
 * @context: "FUNC[,FUNC]..[:FILE]": functions whose lock context is written down
 */
struct mn_options {
	uint32_t rules;
	const char *kernel;
	unsigned int limit_states;
	unsigned int limit_steps;
	unsigned int limit_contexts;
	unsigned int less_detail;
	bool no_merge;
	bool reach;
	bool seconds;
	bool keep;
	bool check_paths;
	const char *trace, *context;
};

/* room enough for any error text of options and contracts that is not as long as its input */
#define MN_ERROR_SIZE 1024

/**
 * mn_option() - set one of the options that all adapters have in common.
 * @name: kernel, rules, limit-*, detail, trace, context, no-merge, reach or seconds
 * @value: what stands behind the '='; NULL where there is none. It is kept, not
 *	copied: mn_unit_new() copies it
 * @err: receives "mncheck: error: NAME=VALUE: what, and what to do"
 * @size: size of @err in bytes
 * Return: 0, -ENOENT if there is no such option, or -EINVAL with @err set.
 */
int mn_option(struct mn_options *options, const char *name, const char *value,
	      char *err, size_t size);

struct mn_unit;
struct mn_func;

/**
 * mn_kernel_valid() - can this be the value of mn_options.kernel?
 * @text: "MAJOR.MINOR", from 3.7
 */
bool mn_kernel_valid(const char *text);

/**
 * mn_unit_new() - start a translation unit.
 * @contract: read-only from here on; must outlive the unit
 * @options: copied; NULL for the defaults
 * @file: name of the main source file, for messages
 * Return: the unit; the caller frees it with mn_unit_free().
 */
struct mn_unit *mn_unit_new(const struct mn_contract *contract,
			    const struct mn_options *options, const char *file);
void mn_unit_free(struct mn_unit *unit);

/**
 * mn_unit_declares() - the unit declares or defines this function.
 * @nargs: number of its parameters
 * Only names for which the era matters (they start with "mmu_notifier_" or are
 * known to the contract) need to be reported.
 */
void mn_unit_declares(struct mn_unit *unit, const char *name, int nargs);

/**
 * mn_unit_layout() - where a member lies; answers mn_contract_cell().
 * @bits: offset of @member from the beginning of struct @type, in bits
 */
void mn_unit_layout(struct mn_unit *unit, const char *type,
		    const char *member, int64_t bits);

/* how a function is seen from outside */
#define MN_FUNC_EXTERNAL	(1u << 0)	/* other units can call it */
#define MN_FUNC_ADDRESS		(1u << 1)	/* its address is taken */
#define MN_FUNC_EXPORTED	(1u << 2)	/* .. by EXPORT_SYMBOL() */
#define MN_FUNC_WEAK		(1u << 3)	/* another definition of the name wins */
#define MN_FUNC_INDIRECT	(1u << 4)	/* it calls through pointers */

/**
 * mn_func_new() - a function with a body in this unit.
 * @nparams: number of parameters, with the extra one of an aggregate result
 * @flags: MN_FUNC_*
 * Return: the function; NULL if one of this name exists already.
 */
struct mn_func *mn_func_new(struct mn_unit *unit, const char *name,
			    struct mn_loc loc, int nparams, unsigned int flags);

/**
 * mn_func_calls() - @func has a direct call of @callee, or may call it through a const table.
 * @callee: with or without a body in this unit; a second call is harmless
 */
void mn_func_calls(struct mn_func *func, const char *callee);

/**
 * mn_func_stored_in() - @func is the value of a member of a structure.
 * @type: tag of the structure, such as "mm_walk_ops"; for a function that is
 *	an argument of a call: the name of the function called
 * @member: the member's name; for an argument "1", "2", ...
 */
void mn_func_stored_in(struct mn_func *func, const char *type,
		       const char *member);

/**
 * mn_unit_takes() - the address of a function of another unit is taken here.
 * @type: as mn_func_stored_in()'s; NULL: it is not known where it is stored
 */
void mn_unit_takes(struct mn_unit *unit, const char *name, const char *type,
		   const char *member);

/**
 * mn_unit_static() - no other unit sees this variable of a GLOBAL instruction.
 */
void mn_unit_static(struct mn_unit *unit, const char *name);

/**
 * mn_func_size() - how big the body of @func will be.
 * @blocks: an estimate of the number of its basic blocks; 1 if never given
 * To be called before mn_unit_plan().
 */
void mn_func_size(struct mn_func *func, int blocks);

/* what is known of a variable that holds functions */
#define MN_TABLE_CONST	(1u << 0)	/* never written after its initialiser */

struct mn_table;

/**
 * mn_table_new() - a variable of this unit that holds functions, such as a
 * struct mmu_notifier_ops.
 * @name: the same as in the GLOBAL instructions that take its address
 * @type: tag of the structure, or of the elements of an array of them
 * @loc: of the variable
 * @flags: MN_TABLE_*. MN_TABLE_CONST: calls through it can be followed; mn_func_calls() of
 *	a function that may make such calls names each function in the table
 *
 * To be called before mn_unit_plan(), for all variables of the types that the contract
 * lists as callbacks, and for those that are MN_TABLE_CONST and read here. A second
 * call returns the same table, which is const only if each call said so.
 * Return: the table.
 */
struct mn_table *mn_table_new(struct mn_unit *unit, const char *name,
			      const char *type, struct mn_loc loc,
			      unsigned int flags);

/**
 * mn_table_member() - a member of @table is set to a function.
 * @member: the member's name; "" for the element of an array
 * @bits: its offset from the beginning of the variable, in bits
 * @func: the function, with or without a body in this unit
 * @loc: the place of the member in the initialiser, or of the assignment at
 *	run time; where the compiler knows neither, of the variable
 * A second call with the same function is harmless.
 */
void mn_table_member(struct mn_table *table, const char *member, int64_t bits,
		     const char *func, struct mn_loc loc);

/**
 * mn_unit_plan() - decide which functions have to be lowered.
 *
 * Wanted is what can reach an event that a rule judges, and what such
 * functions call as far as it changes the lock context or is small.
 */
void mn_unit_plan(struct mn_unit *unit);
bool mn_func_wanted(const struct mn_func *func);

/**
 * mn_func_reached() - does it matter what @func writes to and calls by its name?
 * Return: true if each STORE to memory and each ICALL is to have as its name the
 * member that is stored to, or that the pointer was loaded from, as "tag.member"; a
 * STORE to a variable of the unit that is no structure the variable's name. Where the
 * source shows no member there is no name.
 */
bool mn_func_reached(const struct mn_func *func);

/**
 * mn_func_knows_range() - is a struct @tag what regions are started in, by the contract of @func?
 */
bool mn_func_knows_range(const struct mn_func *func, const char *tag);
const char *mn_func_name(const struct mn_func *func);

/* ------------------------------------------------------------------ */
/* the body of a function                                              */

typedef uint32_t mn_val;
#define MN_NONE 0u			/* no value; the first real one is 1 */

/**
 * struct mn_case - one successor of a block.
 * @block: where it goes
 * @lo: first value of a SWITCH that goes there
 * @hi: last one; a case with @lo > @hi is the default
 */
struct mn_case {
	int block;
	int64_t lo, hi;
};

/* in imm of a CALL: for each of that many arguments a bit that says that it is kept, then as many that it is a
 * range, one that the last argument is the place of an aggregate result, and one that nobody wrote the call:
 * the compiler makes it where the scope of a variable ends */
#define MN_ARGS_MAX	31
#define MN_CALL_PLACE	((int64_t)1 << 2 * MN_ARGS_MAX)
#define MN_CALL_SCOPE	INT64_MIN

/**
 * struct mn_insn - one instruction; ops.def says which fields an op uses.
 * @imm: for CALL and ICALL two sets of arguments. Bits from 0: what they point to is
 *	not written by the callee itself, because its parameter there is a
 *	pointer to const or to void. Bits from MN_ARGS_MAX: they point to a range
 * @args: @nargs values; for PHI one per predecessor, in the order in which
 *	mn_func_preds() gets them
 * @succ: @nsucc successors, for the last instruction of a block
 */
struct mn_insn {
	enum mn_op op;
	mn_val dst, a, b;
	int64_t imm;
	const char *name;
	const mn_val *args;
	int nargs;
	const struct mn_case *succ;
	int nsucc;
	struct mn_loc loc;
};

/**
 * mn_value() - a new value of @func.
 * @name: as the source writes it ("ptl", "vmf->ptl", "&range"), shown to users;
 *	NULL where the source has no words for it (never a compiler's own name)
 * The first @nparams values of a function are its parameters: they exist from
 * mn_func_new() on, are numbered from 1, and mn_value_name() names them.
 */
mn_val mn_value(struct mn_func *func, const char *name);
void mn_value_name(struct mn_func *func, mn_val value, const char *name);

/**
 * mn_block() - a new block of @func; the first one is the entry.
 * Return: its number, from 0.
 */
int mn_block(struct mn_func *func);

/**
 * mn_block_preds() - the predecessors of @block in the order of PHI's args.
 * Needed for blocks that have a PHI, and only for them.
 */
void mn_block_preds(struct mn_func *func, int block, const int *preds, int n);

/**
 * mn_emit() - append an instruction to a block.
 * @insn: copied with all it points to
 */
void mn_emit(struct mn_func *func, int block, const struct mn_insn *insn);

/* ------------------------------------------------------------------ */
/* the answer                                                          */

/* what holds behind a step */
#define MN_HOLDS_PTL	(1u << 0)	/* a page table lock is held */
#define MN_HOLDS_REGION	(1u << 1)	/* a region is open */
#define MN_HOLDS_ATOMIC	(1u << 2)	/* sleeping is not allowed */

/**
 * struct mn_event - one step of the path that leads to a finding.
 * @depth: calls between the outermost function of the path and this event
 * @kind: of the step, as core/state/steps.def names it
 * @text: NULL for a step that is not shown
 * @holds: MN_HOLDS_*, behind the step
 */
struct mn_event {
	struct mn_loc loc;
	const char *func;
	int depth;
	const char *kind;
	const char *text;
	unsigned int holds;
};

#define MN_EVENTS_MAX 7

struct mn_ignore;

/**
 * struct mn_finding - one broken clause of the contract.
 * @hidden: by a comment of the source; NULL: it is not
 * @id: of the message, unique and forever, such as "unlocked-after"
 * @text: "<object> <state> <place>", without the rule's name
 * @func: the function in which @loc is
 * @fix: the repair, in a sentence
 * @events: @nevents steps, in the order of execution, at most MN_EVENTS_MAX
 * @path: @npath steps: these, the entry of the outermost function, and each change of
 *	the lock context between them
 */
struct mn_finding {
	const struct mn_ignore *hidden;
	enum mn_rule rule;
	struct mn_loc loc;
	const char *func;
	const char *id, *text, *fix;
	struct mn_event events[MN_EVENTS_MAX];
	int nevents;
	const struct mn_event *path;
	int npath;
};

/**
 * struct mn_stats - what one unit took.
 * @era: name of the era whose rows held, such as "D1", or "" if none was found
 */
struct mn_stats {
	const char *era;
	unsigned int functions;		/* with a body in the unit */
	unsigned int wanted;		/* of them: lowered */
	unsigned int simulated;		/* of them: simulated at least once */
	unsigned int contexts;		/* (function, entry state) pairs */
	unsigned int states;		/* states made, over all contexts */
	unsigned int merged;		/* of them: merged into another */
	unsigned int steps;		/* instructions executed */
	unsigned int given_up, services; /* functions that reached a limit; that too many files call */
	unsigned int findings[MN_RULE_COUNT];
};

/**
 * mn_unit_check() - validate, simulate, judge.
 * Return: 0; -EINVAL when the program that the adapter built is not valid:
 * mn_unit_trouble() says why, and there are no findings.
 */
int mn_unit_check(struct mn_unit *unit);

/**
 * mn_unit_trouble() - sentences that are not findings.
 * @i: from 0
 * Return: "mncheck: internal: ..." or "mncheck: given up: ...", NULL past the last.
 */
const char *mn_unit_trouble(const struct mn_unit *unit, size_t i);

/**
 * mn_unit_silenced() - what was not judged, because of a function that is not seen.
 * @i: from 0
 * Return: "FUNCTION: RULE: what 'NAME()' does is not seen", NULL past the last.
 */
const char *mn_unit_silenced(const struct mn_unit *unit, size_t i);

/**
 * mn_unit_excused() - findings that a row of the contract excuses. @i: from 0
 * Return: "FUNCTION: RULE: reason", NULL past the last.
 */
const char *mn_unit_excused(const struct mn_unit *unit, size_t i);

/**
 * mn_unit_finding() - the findings that no comment hides, unique, sorted by place. @i: from 0
 * Return: the finding, NULL past the last.
 */
const struct mn_finding *mn_unit_finding(const struct mn_unit *unit, size_t i);

/**
 * mn_unit_stats() - what the unit took.
 * @stats: receives the counts; all zero but @functions and @wanted before
 *	mn_unit_check()
 */
void mn_unit_stats(const struct mn_unit *unit, struct mn_stats *stats);

/* ------------------------------------------------------------------ */
/* looking inside                                                      */

/**
 * mn_text_write() - print the program in its text form.
 */
void mn_text_write(const struct mn_unit *unit, FILE *to);

/**
 * mn_text_read() - build the program from its text form; @unit is empty.
 * @name: the file's name, for errors
 * mn_text_bodies() - has each function that mn_unit_plan() wants its body there?
 * Return: 0, or -EINVAL with "FILE:LINE:COL: error: ..." in @err.
 */
int mn_text_read(struct mn_unit *unit, const char *name, const char *text,
		 char *err, size_t size);
int mn_text_bodies(const struct mn_unit *unit, const char *name, char *err, size_t size);

/**
 * mn_record_append() - the unit's findings and stats as one line of JSON.
 * @seconds: what the adapter measured around the engine
 * @path: several processes may append to it at the same time; "-" is stderr, where
 *	"mncheck: record: " stands in front
 * Return: 0; a negative errno, and the file is as it was.
 */
int mn_record_append(const struct mn_unit *unit, double seconds, const char *path);

/**
 * mn_text_save() - mn_text_write() to a file, "-" being stderr.
 * Return: 0; a negative errno, and the file is as it was.
 */
int mn_text_save(const struct mn_unit *unit, const char *path);

/**
 * mn_facts_save() - what other units need of this one, and what it has found alone: to the unit's
 * own file in the directory @dir, which is made where it is not there.
 * Return: 0; a negative errno, and the file is as it was.
 */
int mn_facts_save(const struct mn_unit *unit, const char *dir);

/**
 * mn_dot_save() - mn_dot_write() to a file, "-" being stderr.
 * Return: 0; a negative errno, and the file is as it was.
 */
int mn_dot_save(const struct mn_unit *unit, const char *func, const char *path);

#ifdef __cplusplus
}
#endif
#endif /* MN_H */
