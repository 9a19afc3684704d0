/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * lower.h - what an adapter needs besides mn.h: to build a program, and to run a check.
 *
 *	builder.c	one function on its way: instructions, and what its prologue holds
 *	ssa.c		.. and variables of the source that become values
 *	words.c		the words of the source, put together again
 *	ways.c		variables that hold functions: the way to each function
 *	front.c		one unit: facts, plan, lower, check, report
 *	settings.c	what a user asks for
 *	memory.c	memory that is there, or the process ends; maps
 *	stack.c		.. and the same of the stack
 *
 * and options.c, which mn.h declares; compiler.h is for adapters inside of a compiler. Nothing here knows GCC
 * or sparse: what an adapter has is handed over as texts, numbers and pointers that are only compared. Also valid C++.
 */
#ifndef MN_LOWER_H
#define MN_LOWER_H

#include <string.h>
#include "mn.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ------------------------------------------------------------------ */
/* memory                                                              */

/**
 * mn_alloc() - zeroed memory for @n elements of @size bytes; never NULL: out of memory ends the process
 * with a message and status 2.
 */
void *mn_alloc(size_t n, size_t size);

/**
 * mn_grow() - make @room for twice as many elements, the new ones zeroed, as mn_alloc(); @old, at first
 * NULL, is freed.
 */
void *mn_grow(void *old, int *room, size_t size);

/**
 * mn_guard_stack() - for a front end that is a program: take a stack as large as a compiler's,
 * and say so when a source is nested too deep for it. The process ends with status 2 then.
 */
void mn_guard_stack(void);

/* append to struct { TYPE *v; int n, room; }: evaluates to the address of the new element */
#define MN_LIST(type) struct { type *v; int n, room; }
#define mn_append(list) \
	((list)->v = (__typeof__((list)->v))mn_room((list)->v, (list)->n, &(list)->room, \
			sizeof(*(list)->v)), \
	 &(list)->v[(list)->n++])

/* room for one more behind the first @n */
static inline void *mn_room(void *v, int n, int *room, size_t size)
{
	return n < *room ? v : mn_grow(v, room, size);
}

struct mn_map_slot {
	uint64_t key;
	uint32_t value;			/* + 1; 0: nothing is here */
};

/* from a number or pointer to a number */
struct mn_map {
	struct mn_map_slot *slots;
	size_t n, room;			/* room is a power of two, or 0 */
};

/**
 * mn_map_get() - what was put under @key.
 * @value: receives it
 * Return: false: nothing was, and @value is as it was.
 */
bool mn_map_get(const struct mn_map *m, uint64_t key, uint32_t *value);

/**
 * mn_map_put() - put @value, which is not UINT32_MAX, under @key; in place of what was there.
 */
void mn_map_put(struct mn_map *m, uint64_t key, uint32_t value);
void mn_map_free(struct mn_map *m);

/**
 * mn_key() - a pointer as the key of a map.
 */
static inline uint64_t mn_key(const void *p)
{
	return (uint64_t)(uintptr_t)p;
}

/* ------------------------------------------------------------------ */
/* building a function                                                 */

/*
 * Block 0 is a prologue of our own: it holds what is the same wherever it is used
 * (constants, addresses of objects), and the stores of parameters that live in memory.
 */
#define MN_PROLOGUE 0

/**
 * struct mn_builder - one function on its way.
 * @block: where instructions go
 * @open: it has no end yet; what is put behind an end goes to an unreachable block
 * @loc: the place of the instructions that follow
 * @result: the hidden parameter of an aggregate result
 * The rest is builder.c's.
 */
struct mn_builder {
	struct mn_func *func;
	int block;
	bool open;
	struct mn_loc loc;
	mn_val result;
	struct mn_map objects, constants, names;
	struct mn_ssa *ssa;
};

/**
 * mn_builder_start() - start the body of @func, with its prologue as the block at hand.
 * @variables: the adapter has mn_variable()s; else it makes values of them itself, and
 *	what it puts is in the function at once
 */
void mn_builder_start(struct mn_builder *b, struct mn_func *func, bool variables);

/**
 * mn_builder_finish() - the body is complete: each block that can be reached has an end.
 */
void mn_builder_finish(struct mn_builder *b);

/**
 * mn_builder_block() - a new block. Return: its number.
 */
int mn_builder_block(struct mn_builder *b);

/**
 * mn_builder_enter() - instructions go to @block from here on.
 * Return: the block where they went.
 */
int mn_builder_enter(struct mn_builder *b, int block);

/**
 * mn_insn_at() - an instruction of @op at the place at hand, and nothing else in it.
 */
struct mn_insn mn_insn_at(const struct mn_builder *b, enum mn_op op);

/**
 * mn_put() - append an instruction to the block at hand.
 * @in: copied with all it points to
 */
void mn_put(struct mn_builder *b, const struct mn_insn *in);

/**
 * mn_put_op() - append @op with the operands @x and @y.
 * @dst: the value that it defines; MN_NONE: a new one
 * Return: the value defined. The same holds for the functions that follow.
 */
mn_val mn_put_op(struct mn_builder *b, enum mn_op op, mn_val dst, mn_val x, mn_val y);
mn_val mn_put_named(struct mn_builder *b, enum mn_op op, mn_val dst, const char *name,
		    const mn_val *args, int nargs);
mn_val mn_put_number(struct mn_builder *b, mn_val dst, int64_t value);
mn_val mn_put_unknown(struct mn_builder *b);

/**
 * mn_put_part() - the address of what lies @bits behind @base.
 * @cell: "tag.member" if the contract speaks of it
 * Return: @base itself where there is nothing to add.
 */
mn_val mn_put_part(struct mn_builder *b, mn_val dst, mn_val base, int64_t bits,
		   const char *cell);
mn_val mn_put_load(struct mn_builder *b, mn_val dst, mn_val at);

/**
 * mn_put_store() - *@at = @value.
 * @name: what is stored to, as mn_func_reached() says; or NULL
 */
void mn_put_store(struct mn_builder *b, mn_val at, mn_val value, const char *name);

/* sizes of an aggregate that are no number of bits */
#define MN_BITS_UNKNOWN	((int64_t)-1)
#define MN_BITS_SCALAR	((int64_t)-2)	/* nothing but a scalar with a type of its own: pte_t */

/**
 * mn_put_move() - *@to = *@from for an aggregate of @bits, or one of MN_BITS_*.
 */
void mn_put_move(struct mn_builder *b, mn_val to, mn_val from, int64_t bits);

/**
 * mn_put_zero() - clear an aggregate of @bits, or MN_BITS_UNKNOWN.
 */
void mn_put_zero(struct mn_builder *b, mn_val at, int64_t bits);

/**
 * mn_put_jump() - the block at hand ends here.
 * @v: what decides, or what a RETURN returns
 * @to: @n successors
 */
void mn_put_jump(struct mn_builder *b, enum mn_op op, mn_val v, const struct mn_case *to,
		 int n);
void mn_put_goto(struct mn_builder *b, int block);
void mn_put_branch(struct mn_builder *b, mn_val v, int yes, int no);

/**
 * struct mn_call - a call, for mn_put_call().
 * @name: of the function called, or what mn_func_reached() asks for; @through: the
 *	pointer that is called, or MN_NONE
 * @args: @nargs of them; the last one is the place of an aggregate result if @place
 * @sets: of arguments, see mn_keeps() and mn_lends(); @scope: the end of a variable's scope makes it
 */
struct mn_call {
	const char *name;
	mn_val through, dst;
	const mn_val *args;
	int nargs;
	int64_t sets;
	bool place, scope;
};

/**
 * mn_put_call() - append a CALL, or an ICALL where the function is a pointer.
 */
void mn_put_call(struct mn_builder *b, const struct mn_call *call);

/**
 * mn_keeps() - the callee does not write what argument @i, from 0, points to.
 * Return: its bit in mn_call.sets. An argument that has no bit there counts as written to,
 * which is the more careful.
 */
int64_t mn_keeps(int i);

/**
 * mn_lends() - argument @i, from 0, points to a struct @tag that the callee may write.
 * @tag: NULL for what has no name
 * Return: its bit in mn_call.sets if that is a range: the callee may start or end a region in it.
 */
int64_t mn_lends(const struct mn_builder *b, int i, const char *tag);

/**
 * mn_constant() - a number, in the prologue.
 * @key: constants of the same key are the same value
 */
mn_val mn_constant(struct mn_builder *b, uint64_t key, int64_t value);

/**
 * mn_object() - the address of an object, in the prologue.
 * @key: a pointer of the adapter's: asked again it is the same value. NULL: it is not asked
 * @op: LOCAL, GLOBAL or FUNC; UNKNOWN for what has no name
 * @shown: as the source writes the object, or NULL
 */
mn_val mn_object(struct mn_builder *b, const void *key, enum mn_op op, const char *name,
		 const char *shown);

/**
 * mn_entry_value() - what a variable holds before any store, in the prologue.
 * @shown: its name, or NULL
 */
mn_val mn_entry_value(struct mn_builder *b, const char *shown);

/**
 * mn_known() - the value that was made, or set by mn_know(), for @key; or MN_NONE.
 */
mn_val mn_known(const struct mn_builder *b, const void *key);
void mn_know(struct mn_builder *b, const void *key, mn_val v);

/**
 * mn_unique_name() - a name for an object that no other object of the function has.
 * @before: in front of @word: a number behind that word keeps its objects apart
 */
const char *mn_unique_name(struct mn_builder *b, const char *before, const char *word);

/**
 * mn_scratch() - an object of the function that has no declaration.
 * @about: the function whose result it is, or the like
 */
mn_val mn_scratch(struct mn_builder *b, const char *about);

/**
 * mn_name_value() - tell how the source writes @v.
 * @words: as it is written there, or NULL
 * Return: false: it has no words for it, or a number has to do.
 */
bool mn_name_value(struct mn_builder *b, mn_val v, const char *words);

/**
 * mn_variable() - a variable of the source that is in no memory.
 * @name: as users see it, or NULL
 * Each read and write of it becomes a value when the body is complete.
 */
int mn_variable(struct mn_builder *b, const char *name);
mn_val mn_read(struct mn_builder *b, int variable);
void mn_write(struct mn_builder *b, int variable, mn_val v);

/**
 * mn_bits_add() - *@bits += @n * @size, unless that is too much for any object.
 * Return: false: it is, and @bits is as it was.
 */
bool mn_bits_add(int64_t *bits, int64_t n, int64_t size);

/* ------------------------------------------------------------------ */
/* the words of the source                                             */

/* longer words do not help: what would be longer has none */
#define MN_WORDS_SIZE 96

/**
 * struct mn_words - an expression as the source writes it, put together piece by piece.
 * Empty is all zero. Once it is too long it stays so, and is no text.
 */
struct mn_words {
	char text[MN_WORDS_SIZE];
	size_t n;
	bool full;
};

/**
 * mn_words() - put @word behind what is there; mn_words_number(): the number.
 * Return: false if there is no word, or no room for it, as all below.
 */
bool mn_words(struct mn_words *w, const char *word);
bool mn_words_number(struct mn_words *w, int64_t number);

/**
 * mn_words_pointed() - what stands from @from on is a pointer: say what it points to.
 */
bool mn_words_pointed(struct mn_words *w, size_t from);

/**
 * mn_words_arrow() - .. a pointer to a structure: a member's name comes next.
 */
bool mn_words_arrow(struct mn_words *w, size_t from);

/**
 * mn_words_text() - all that was put together, or NULL if it did not fit.
 */
const char *mn_words_text(const struct mn_words *w);

/**
 * mn_is_api() - is this the name of a function of the API?
 */
static inline bool mn_is_api(const char *name)
{
	static const char prefix[] = "mmu_notifier_";

	/* asked of each declaration of a unit: without a call where the first letter differs */
	return *name == *prefix && !strncmp(name, prefix, sizeof(prefix) - 1);
}

/**
 * mn_is_signal() - is its caller one that changes entries? A unit with neither is not worth a look.
 */
bool mn_is_signal(const char *name);

/**
 * mn_is_export() - is it a variable, or its section (or NULL), by which EXPORT_SYMBOL() takes a function's address?
 */
bool mn_is_export(const char *name);

/* ------------------------------------------------------------------ */
/* what a user asks for                                                */

/**
 * struct mn_settings - what a user asks of a front end that reads C.
 * @contracts: @ncontracts files on top of the built-in contract
 * @record: see mn_record_append(); @dump: see mn_text_save()
 * @dot: "FUNC[:FILE]", see mn_settings_dot(); @link: a directory, see mn_facts_save()
 * @every: it is for units that do not name the API, too
 */
struct mn_settings {
	struct mn_options engine;
	const char **contracts;
	int ncontracts, contracts_room;
	const char *record, *dump, *dot, *link;
	bool error, stats, disable, help, every;
};

/**
 * mn_settings_help() - what a front end's help says of them, a line each.
 * mn_settings_answer() - --help and --version of a program, in its @words; @usage: its help, with a %s for
 * mn_settings_help(); @with: the version that stands behind its name. Return: the exit status; -1: go on.
 */
const char *mn_settings_help(void);
int mn_settings_answer(const struct mn_settings *s, char **words, const char *usage,
		       const char *program, const char *with);

/**
 * mn_setting() - set one option of a front end, the engine's among them.
 * @value: as mn_option()'s, but kept until mn_settings_free()
 * @err: receives "NAME=VALUE: what, and what to do"
 * Return: 0, -ENOENT if there is no such option, or -EINVAL with @err set.
 */
int mn_setting(struct mn_settings *settings, const char *name, const char *value,
	       char *err, size_t size);

/**
 * mn_settings_free() - what mn_setting() has kept.
 */
void mn_settings_free(struct mn_settings *settings);

/**
 * mn_settings_dot() - mn_dot_save() as the user asked for it, in the unit that has
 * the function.
 * Return: 0; a negative errno, and the file is as it was.
 */
int mn_settings_dot(const struct mn_settings *settings, const struct mn_unit *unit);

/* ------------------------------------------------------------------ */
/* one unit, from its facts to what is printed                         */

struct mn_front;

/**
 * struct mn_run - one unit on its way.
 * @front, @settings, @contract, @file, @data: set by the adapter; @data is its own
 * @unit: there while mn_run_check() runs
 * The rest is front.c's.
 */
struct mn_run {
	const struct mn_front *front;
	const struct mn_settings *settings;
	const struct mn_contract *contract;
	const char *file;
	void *data;
	struct mn_unit *unit;
	MN_LIST(struct mn_cell) cells;
	MN_LIST(const void *) locks;	/* the types of locks, as mn_front.identifier() answers */
	MN_LIST(void *) bodies;		/* by function, in the order of mn_run_function() */
	MN_LIST(const char *) asms;
};

/**
 * struct mn_cell - a member of a structure that the contract speaks of.
 * @tag, @word: as mn_front.identifier() answers for @type and @member
 */
struct mn_cell {
	const char *name;		/* "tag.member" */
	const char *type, *member;
	const void *tag, *word;
};

/**
 * struct mn_front - what a front end brings to a run.
 * @option: what stands in front of the name of an option, such as "--mn-"
 * @error: tell an error; the text has neither "mncheck" nor "error" in front
 * @identifier: the one pointer that stands for this word in the unit, or NULL
 * @facts: tell all that mn_unit_plan() wants to know
 * @lower: build a function that is wanted; @body: see mn_run_function()
 * @finding: print one; mn_run_print() if it has no way of its own
 * @end: what else is to be said when the findings were printed, or NULL; false: something
 *	of the unit was not looked at
 */
struct mn_front {
	const char *option;
	void (*error)(const char *text);
	const void *(*identifier)(const char *word);
	void (*facts)(struct mn_run *run);
	void (*lower)(struct mn_run *run, struct mn_func *func, void *body);
	void (*finding)(const struct mn_run *run, const struct mn_finding *finding);
	bool (*end)(const struct mn_run *run);
};

/**
 * mn_front_option() - set an option; reports what is wrong with it.
 * Return: false if it is.
 */
bool mn_front_option(const struct mn_front *front, struct mn_settings *settings,
		     const char *name, const char *value);

/**
 * mn_front_contract() - the contract that the user asked for; reports what is wrong with it.
 * Return: the contract, for mn_contract_free(); NULL if it cannot be used.
 */
struct mn_contract *mn_front_contract(const struct mn_settings *settings);

/**
 * mn_run_check() - the whole run: facts, plan, lower, check, report.
 * Return: the exit status that it deserves: 0; 1: a finding that is an error; 2: a file
 * could not be written, or a comment of the source not be understood.
 */
int mn_run_check(struct mn_run *run);

/**
 * mn_run_dump() - mn_text_save() as the user asked for it; mn_run_report(): the findings of
 * a unit that was checked, and all else that was asked for.
 * @seconds: what that took
 * Return: false if that was not possible, which was told.
 */
bool mn_run_dump(const struct mn_run *run);
bool mn_run_report(const struct mn_run *run, double seconds);

/**
 * mn_run_print() - a finding as lines on stderr, its path as notes below it.
 */
void mn_run_print(const struct mn_run *run, const struct mn_finding *finding);

/**
 * mn_run_function() - mn_func_new(), for a function whose body @body is.
 */
struct mn_func *mn_run_function(struct mn_run *run, const char *name, struct mn_loc loc,
				int nparams, unsigned int flags, void *body);

/**
 * mn_run_func() - the function of that name with a body, or NULL.
 */
struct mn_func *mn_run_func(const struct mn_run *run, const char *name);

/**
 * mn_run_body() - the body of the function of that name, or NULL.
 */
void *mn_run_body(const struct mn_run *run, const char *name);

/**
 * mn_run_text() - a text that lasts as long as the unit; equal ones are one pointer.
 */
const char *mn_run_text(const struct mn_run *run, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/**
 * mn_run_cell() - "tag.member" if the contract speaks of it, else NULL.
 */
const char *mn_run_cell(const struct mn_run *run, const void *tag, const void *member);
/* .. is @tag that of a type of locks? Their members are named likewise */
bool mn_run_is_lock(const struct mn_run *run, const void *tag);

/**
 * mn_run_stored() - mn_func_stored_in() of the function of that name, in this unit or another.
 * @type: NULL: it is not known where its address is stored; MN_EXPORT: EXPORT_SYMBOL() takes it
 */
void mn_run_stored(const struct mn_run *run, const char *name, const char *type,
		   const char *member);
#define MN_EXPORT "EXPORT_SYMBOL"
#define MN_ITSELF "0"	/* a row of the contract about how the function itself is called */
/** mn_run_alias() - other files call the function of that name @alias: the contract may say how. */
void mn_run_alias(const struct mn_run *run, const char *name, const char *alias);

/**
 * mn_run_argument() - the function of that name is argument @n, from 1, of a call of @callee.
 */
void mn_run_argument(const struct mn_run *run, const char *name, const char *callee, int n);

/**
 * mn_run_static() - @name, that of a GLOBAL, which only this unit sees.
 */
const char *mn_run_static(const struct mn_run *run, const char *name);

/**
 * mn_run_asm() - the name of the pure function that stands for result @output of inline assembly.
 */
const char *mn_run_asm(struct mn_run *run, const char *text, int output);

/**
 * mn_run_give_up() - say what could not be lowered as it is; more than once is once.
 */
void mn_run_give_up(const struct mn_run *run, const char *what);

/* ------------------------------------------------------------------ */
/* variables that hold functions                                       */

/**
 * struct mn_part - one step of the way from a variable to a part of it.
 * @tag: of the structure that has the member, or of the one around it; NULL: it has none
 * @member: NULL: an element of an array; "": a structure without a name
 * @bits: from the start of the part before; -1: not known. @type: the tag of what lies there, or NULL
 */
struct mn_part {
	const char *tag, *member, *type;
	int64_t index, bits;
};

/**
 * struct mn_setter - a function that a variable is set to, and the way there.
 * @variable: as the GLOBAL instructions call it; NULL: it has no name
 * @followed: it is const, so that calls through it can be followed
 * @assigned: at run time: only the structure around the member is known
 * @whole: the place of the variable; @at: where the function is named
 */
struct mn_setter {
	const char *variable;
	bool followed, assigned;
	const char *func;
	struct mn_loc whole, at;
	const struct mn_part *parts;
	int nparts;
};

/** mn_run_setter() - tell the tables that a function is in, by the contract's words for callbacks. */
void mn_run_setter(struct mn_run *run, const struct mn_setter *set);

/**
 * mn_last_member() - the last of @n parts that has a name of its own, or NULL.
 */
const struct mn_part *mn_last_member(const struct mn_part *parts, int n);
/* the address at the end of that way from @at; n 0: @bits from there */
mn_val mn_put_way(struct mn_builder *b, const struct mn_run *run, mn_val at,
		  const struct mn_part *parts, int n, int64_t bits);

#ifdef __cplusplus
}
#endif
#endif /* MN_LOWER_H */
