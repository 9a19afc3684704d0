// SPDX-License-Identifier: GPL-2.0-only
/*
 * unload.c - a module that may go while callbacks of its notifiers run, for notifier_lifetime.c.
 *
 * Who puts a notifier does not wait for its callbacks: the function that the module leaves by does, for all of
 * them. What that one comes to is read off the call graph, which a unit has as well as a linked program. A function that
 * is not exported is called by files of its module only, so those that belong together are known.
 */
#include <string.h>

#include "judging.h"

/* a function that puts a notifier */
struct putter {
	struct mn_func *func;
	const char *put;		/* what it calls for that */
};

/* of all exits, found once */
struct modules {
	MN_VEC(struct putter) putters;
	MN_VEC(const char *) files;
	struct table by_name;		/* .. each with its number and 1 */
	int *file;			/* of a function, by index: the number of its file */
	int *next;			/* of a file: another one of its module; its own number: none */
};

struct unload {
	struct engine *eng;
	const struct modules *modules;
	const struct mn_func *exit;
	bool *reached;			/* of functions, by index: from the exit .. */
	MN_VEC(const struct mn_func *) todo;	/* .. of these the calls were not looked at */
	bool waits;			/* .. somebody waits */
	bool any;			/* .. a function whose address is taken may be called */
	const char *unseen;		/* .. a function of another file that may wait, or NULL */
};

static bool only_puts(unsigned int what)
{
	return what & CONTRACT_WITHDRAWS && !(what & CONTRACT_REMOVES);
}

static bool only_waits(unsigned int what)
{
	return what & CONTRACT_REMOVES && !(what & CONTRACT_WITHDRAWS);
}

/* the call of @func that is of such a function, or NULL */
static const char *call_of(const struct engine *eng, const struct mn_func *func, bool (*is)(unsigned int what))
{
	for (int i = 0; i < func->calls.n; i++)
		if (is(contract_query(eng->contract, func->calls.v[i], eng->unit->kernels)))
			return func->calls.v[i];
	return NULL;
}

/* ------------------------------------------------------------------ */
/* what the exit comes to                                              */

/* one that was not: it is looked at later */
static void add_reached(struct unload *u, const struct mn_func *func)
{
	if (u->reached[func->index])
		return;
	u->reached[func->index] = true;
	*vec_push(u->eng->arena, &u->todo) = func;
}

static void look_at_calls(struct unload *u, const struct mn_func *func)
{
	const struct mn_unit *unit = u->eng->unit;

	u->waits |= call_of(u->eng, func, only_waits) != NULL;
	u->any |= func->flags & MN_FUNC_INDIRECT;
	for (int i = 0; i < func->calls.n; i++) {
		const struct mn_func *to = unit_func(unit, func->calls.v[i]);

		if (to)
			add_reached(u, to);
		if (to || contract_query(u->eng->contract, func->calls.v[i], unit->kernels))
			continue;
		u->any = true;
		if (!unit->linked)
			u->unseen = func->calls.v[i];
	}
}

static void reach(struct unload *u, const struct mn_func *func)
{
	add_reached(u, func);
	while (u->todo.n && !u->waits)
		look_at_calls(u, u->todo.v[--u->todo.n]);
}

static void look_from(struct unload *u, const struct mn_func *func)
{
	u->reached = arena_new_array(u->eng->arena, bool, u->eng->unit->funcs.n);
	reach(u, func);
}

/* @func, or a helper of it, waits at once for what it puts */
static bool waits_at_once(struct engine *eng, const struct mn_func *func)
{
	struct unload from;

	memset(&from, 0, sizeof(from));
	from.eng = eng;
	look_from(&from, func);
	return from.waits;
}

/* ------------------------------------------------------------------ */
/* the files of its module                                             */

static int number_of(struct engine *eng, struct modules *m, const char *file)
{
	uint32_t hash = text_hash(file), at = hash, n;

	while ((n = table_next(&m->by_name, hash, &at)) != 0)
		if (m->files.v[n - 1] == file)
			return (int)n - 1;
	*vec_push(eng->arena, &m->files) = file;
	table_add(eng->arena, &m->by_name, hash, (uint32_t)m->files.n);
	return m->files.n - 1;
}

/* the file that stands for its module */
static int module_of(const struct modules *m, int file)
{
	while (m->next[file] != file)
		file = m->next[file] = m->next[m->next[file]];
	return file;
}

/* two files are of one module if one calls what the other does not export */
static void join_files(struct modules *m, const struct mn_func *from, const struct mn_func *to)
{
	if (to && !(to->flags & MN_FUNC_EXPORTED) && from->loc.file != to->loc.file && !is_header(from->loc.file) &&
	    !is_header(to->loc.file))
		m->next[module_of(m, m->file[from->index])] = module_of(m, m->file[to->index]);
}

static void find_modules(struct engine *eng, struct modules *m)
{
	const struct mn_unit *unit = eng->unit;

	m->file = arena_new_array(eng->arena, int, unit->funcs.n);
	for (int f = 0; f < unit->funcs.n; f++)
		m->file[f] = f && unit->funcs.v[f]->loc.file == unit->funcs.v[f - 1]->loc.file ? m->file[f - 1] :
			     number_of(eng, m, unit->funcs.v[f]->loc.file);
	m->next = arena_new_array(eng->arena, int, m->files.n);
	for (int i = 0; i < m->files.n; i++)
		m->next[i] = i;
	for (int f = 0; unit->linked && f < unit->funcs.n; f++)
		for (int i = 0; i < unit->funcs.v[f]->calls.n; i++)
			join_files(m, unit->funcs.v[f], unit_func(unit, unit->funcs.v[f]->calls.v[i]));
}

static bool is_of_module(const struct unload *u, const struct mn_func *func)
{
	const struct modules *m = u->modules;

	return !u->eng->unit->linked || module_of(m, m->file[func->index]) == module_of(m, m->file[u->exit->index]);
}

/* what is called through a pointer, or by a function of the kernel that was handed it */
static void reach_any(struct unload *u)
{
	const struct mn_unit *unit = u->eng->unit;

	if (u->any && !unit->linked && !u->unseen)
		u->unseen = "*";
	for (int f = 0; f < unit->funcs.n && u->any && !u->waits; f++)
		if ((unit->funcs.v[f]->flags & MN_FUNC_ADDRESS || unit->funcs.v[f]->stored.n) &&
		    is_of_module(u, unit->funcs.v[f]))
			reach(u, unit->funcs.v[f]);
}

/* ------------------------------------------------------------------ */
/* judging                                                             */

/* where @func calls @name, or where it stands */
static struct mn_loc place_of_call(struct mn_func *func, const char *name)
{
	for (int b = 0; func_ready(func) && b < func->blocks.n; b++)
		for (int i = 0; i < func->blocks.v[b].insns.n; i++)
			if (func->blocks.v[b].insns.v[i].name == name)
				return func->blocks.v[b].insns.v[i].loc;
	return func->loc;
}

static void report(const struct unload *u, struct mn_func *func, const char *put)
{
	struct engine *eng = u->eng;
	struct mn_event *event = arena_new_array(eng->arena, struct mn_event, 1);
	struct judged *j = finding_note(eng, u->exit->name, u->exit->loc, MESSAGE_UNLOAD,
					source_name(eng->arena, u->exit->name), put);

	if (!j)
		return;
	event->loc = place_of_call(func, put);
	event->func = source_name(eng->arena, func->name);
	event->kind = "PUT";
	event->text = words_text(eng->arena, WORDS_STEP_PUT, put, NULL);
	j->events = event;
	j->nevents = 1;
}

/* the first one of the module that waits for nobody, or NULL */
static const struct putter *find_putter(const struct unload *u)
{
	for (int i = 0; i < u->modules->putters.n; i++) {
		const struct putter *p = &u->modules->putters.v[i];

		if (is_of_module(u, p->func) && !waits_at_once(u->eng, p->func))
			return p;
	}
	return NULL;
}

static void judge(struct unload *u)
{
	const struct putter *p = find_putter(u);

	if (!p)
		return;
	look_from(u, u->exit);
	reach_any(u);
	if (u->waits)
		return;
	if (u->unseen)
		finding_silenced(u->eng, u->exit->name, MN_RULE_NOTIFIER_LIFETIME, u->unseen);
	else
		report(u, p->func, p->put);
}

static void find_putters(struct engine *eng, struct modules *m)
{
	for (int f = 0; f < eng->unit->funcs.n; f++) {
		struct mn_func *func = eng->unit->funcs.v[f];
		const char *put = func->puts ? call_of(eng, func, only_puts) : NULL;
		struct putter *p;

		if (!put)
			continue;
		p = vec_push(eng->arena, &m->putters);
		p->func = func;
		p->put = put;
	}
}

static bool row_unloads(const struct mn_unit *unit, const char *type, const char *member, int nparams)
{
	const struct callback *cb = contract_callback(unit->contract, type, member, nparams, unit->kernels);

	return cb && cb->unloads;
}

/* by its name, or by another one that it has */
static bool unloads(const struct mn_unit *unit, const struct mn_func *func)
{
	for (int i = 0; i < func->stored.n; i++)
		if (row_unloads(unit, func->stored.v[i].type, func->stored.v[i].member, func->nparams))
			return true;
	return row_unloads(unit, func->name, CALLBACK_ITSELF, func->nparams);
}

void unload_judge(struct engine *eng)
{
	struct modules modules;

	memset(&modules, 0, sizeof(modules));
	find_putters(eng, &modules);
	if (modules.putters.n)
		find_modules(eng, &modules);
	for (int f = 0; modules.putters.n && f < eng->unit->funcs.n; f++) {
		struct unload u;

		if (!unloads(eng->unit, eng->unit->funcs.v[f]))
			continue;
		memset(&u, 0, sizeof(u));
		u.eng = eng;
		u.modules = &modules;
		u.exit = eng->unit->funcs.v[f];
		judge(&u);
	}
}
