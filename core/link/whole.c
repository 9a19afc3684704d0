// SPDX-License-Identifier: GPL-2.0-only
/*
 * whole.c - one program of all units: the heads of all functions, and the bodies that are wanted.
 *
 * It is a unit like others: the plan, the engine and the rules need not know that it was many.
 */
#include <errno.h>

#include "contract.h"
#include "linking.h"

static const char *as_in(const struct member *m, const char *name)
{
	return scope_get(m->scope, name);
}

/* may somebody call it who is not there? The body of one that has a row is entered by nobody else */
static unsigned int flags_of(const struct mn_link *link, const struct symbol *s, unsigned int who)
{
	unsigned int flags = s->flags;
	bool open = who & MN_LINK_PARTIAL || strcmp(s->as, s->func->name) ||
		    (flags & MN_FUNC_EXPORTED && !(who & MN_LINK_NO_MODULES)) ||
		    mn_contract_knows(link->whole->contract, s->func->name);

	return open ? flags : flags & ~(unsigned int)MN_FUNC_EXTERNAL;
}

/* does @m call all that @func names as the whole does? */
static bool keeps_names(const struct member *m, const struct mn_func *func)
{
	if (scope_is_empty(m->scope))
		return true;
	for (int i = 0; i < func->calls.n; i++)
		if (as_in(m, func->calls.v[i]) != func->calls.v[i])
			return false;
	return true;
}

/* what several units have under several names, or where it calls several functions, is several functions */
static struct mn_func *copy_for(struct mn_link *link, const struct symbol *s)
{
	struct mn_func *copy = arena_new_array(link->arena, struct mn_func, 1);
	const struct mn_func *from = s->func;

	*copy = *from;
	copy->name = s->as;
	memset(&copy->calls, 0, sizeof(copy->calls));
	for (int i = 0; i < from->calls.n; i++)
		func_calls(copy, as_in(s->member, from->calls.v[i]));
	memset(&copy->values, 0, sizeof(copy->values));
	for (int i = 0; i < from->values.n; i++)
		*vec_push(link->arena, &copy->values) = from->values.v[i];
	return copy;
}

static void join_func(struct mn_link *link, const struct symbol *s, unsigned int who)
{
	struct linked_func *linked = vec_push(link->arena, &link->funcs);
	struct mn_func *func = s->func;

	linked->member = s->member;
	linked->text = (const struct member *)(func->unit == link->whole ? link->funcs.v[func->index].text :
					       func->unit->loader);
	linked->body = func->body_key;
	if (func->unit == link->whole || s->as != func->name || !keeps_names(s->member, func))
		func = copy_for(link, s);
	func->flags = flags_of(link, s, who);
	memset(&func->stored, 0, sizeof(func->stored));
	unit_takes_over(link->whole, func);
}

/* an argument of a call is stored in that function, which may be called otherwise in the whole */
static void join_stored(struct mn_func *to, const struct member *m, const char *name, const struct stored_in *stored)
{
	bool is_argument = *stored->member >= '0' && *stored->member <= '9';

	if (!strcmp(stored->member, CALLBACK_ITSELF) && !strcmp(stored->type, name))
		return;		/* what a row says of it; plan.c asks again */
	mn_func_stored_in(to, is_argument ? as_in(m, stored->type) : stored->type, stored->member);
}

static void join_addresses(struct mn_link *link, const struct member *m)
{
	for (int i = 0; i < m->unit->funcs.n; i++) {
		const struct symbol *from = &link->symbols.v[m->first + i];
		unsigned int flags = from->flags & (MN_FUNC_ADDRESS | MN_FUNC_EXPORTED);
		struct mn_func *to = flags || from->nstored ? unit_func(link->whole, from->as) : NULL;

		if (!to)
			continue;
		to->flags |= flags;
		for (int k = 0; k < from->nstored; k++)
			join_stored(to, m, from->func->name, &from->stored[k]);
	}
	for (int i = 0; i < m->unit->taken.n; i++) {
		const struct taken *taken = &m->unit->taken.v[i];
		struct mn_func *to = unit_func(link->whole, taken->name);

		if (!to)
			continue;
		to->flags |= MN_FUNC_ADDRESS;
		for (int k = 0; k < taken->stored.n; k++)
			join_stored(to, m, taken->name, &taken->stored.v[k]);
	}
}

/* what is const is what other units read by that name; another one may just be called alike */
static void join_table(struct mn_link *link, const struct member *m, const struct mn_table *from)
{
	const char *name = arena_intern(link->whole->arena, as_in(m, from->name));
	struct mn_table *to;

	if (unit_table(link->whole, name))
		name = arena_printf(link->arena, "%s%c%s", name, LINK_MARK, m->unit->file);
	to = mn_table_new(link->whole, name, from->type, from->loc, from->flags);
	for (int i = 0; i < from->members.n; i++) {
		const struct table_member *member = &from->members.v[i];

		mn_table_member(to, member->member, member->bits, as_in(m, member->func), member->loc);
	}
}

static void join_found(struct mn_link *link, const struct member *m)
{
	for (int i = 0; i < m->unit->alone.n; i++)
		*vec_push(link->arena, &link->whole->alone) = m->unit->alone.v[i];
}

/* a comment of a header comes with each unit that has read it; what it hid in one it hid */
static void join_ignore(struct mn_link *link, const struct mn_ignore *ignore)
{
	struct mn_unit *whole = link->whole;
	struct mn_ignore *known;

	for (int i = 0; i < whole->ignores.n; i++) {
		known = &whole->ignores.v[i];
		if (known->loc.line == ignore->loc.line && known->loc.col == ignore->loc.col &&
		    !strcmp(known->loc.file, ignore->loc.file)) {
			known->used |= ignore->used;
			return;
		}
	}
	known = vec_push(whole->arena, &whole->ignores);
	*known = *ignore;
}

static void join_names(struct mn_link *link, const struct member *m)
{
	for (int i = 0; i < m->unit->declared.n; i++)
		mn_unit_declares(link->whole, m->unit->declared.v[i].name, m->unit->declared.v[i].nargs);
	for (int i = 0; i < m->unit->layouts.n; i++)
		mn_unit_layout(link->whole, m->unit->layouts.v[i].type, m->unit->layouts.v[i].member,
			       m->unit->layouts.v[i].bits);
	for (int i = 0; i < m->unit->tables.n; i++)
		join_table(link, m, m->unit->tables.v[i]);
}

/* rows hold for kernels: what one unit declares says nothing of another kernel's */
static void check_eras(struct mn_link *link)
{
	const struct member *first = NULL;

	for (int i = 0; i < link->members.n; i++) {
		const struct member *m = &link->members.v[i];
		const char **line;

		if (!*m->unit->era)
			continue;
		if (!first)
			first = m;
		if (!strcmp(m->unit->era, first->unit->era))
			continue;
		line = vec_push(link->arena, &link->conflicts);
		*line = arena_printf(link->arena, "%s:1:1: error: a unit of another kernel than '%s', by what "
				     "it declares; link the units of one program", m->path, first->path);
		return;
	}
}

void mn_link_join(struct mn_link *link, unsigned int who)
{
	struct mn_unit *whole = link->whole;
	int n = 0;

	whole->linked = true;
	whole->complete = !(who & MN_LINK_PARTIAL);
	whole->files = link->members.n;
	check_eras(link);
	link_symbols(link);
	for (int i = 0; i < link->symbols.n; i++)
		n += !link->symbols.v[i].dropped;
	vec_presize(link->arena, &link->funcs, n);
	for (int i = 0; i < link->symbols.n; i++)
		if (!link->symbols.v[i].dropped)
			join_func(link, &link->symbols.v[i], who);
	for (int i = 0; i < link->members.n; i++) {
		join_addresses(link, &link->members.v[i]);
		join_names(link, &link->members.v[i]);
		join_found(link, &link->members.v[i]);
		for (int k = 0; k < link->members.v[i].unit->ignores.n; k++)
			join_ignore(link, &link->members.v[i].unit->ignores.v[k]);
	}
	if (is_driver(whole))
		link_through(whole);
}

const char *mn_link_conflict(const struct mn_link *link, size_t i)
{
	return i < (size_t)link->conflicts.n ? link->conflicts.v[i] : NULL;
}

void mn_link_plan(struct mn_link *link)
{
	struct mn_unit *whole = link->whole;

	mn_unit_plan(whole);
	for (int i = 0; i < whole->funcs.n; i++) {
		struct mn_func *func = whole->funcs.v[i];

		if (!func->wanted && !func->reached)
			continue;
		link->bodies += func->body != NULL;
		if (!func->body)
			func->wanted = false;	/* its unit did not keep it */
	}
}

int link_read_body(struct mn_func *func, const struct linked_func *linked, char *err, size_t size)
{
	char what[512];
	int ret = text_read_body(func, linked->text->path, linked->member->scope, err, size);

	if (ret)
		return ret;
	ret = func_validate(func, what, sizeof(what));
	if (ret)
		link_damaged(linked->text, func->text_line, what, err, size);
	return ret;
}

int mn_link_bodies(struct mn_link *link, char *err, size_t size)
{
	struct mn_unit *whole = link->whole;
	int ret = 0;

	for (int i = 0; i < whole->funcs.n && !ret; i++) {
		struct mn_func *func = whole->funcs.v[i];

		if (!func->wanted && !func->reached)
			continue;
		if (func->body)
			ret = link_read_body(func, &link->funcs.v[i], err, size);
		else
			func->wanted = false;	/* its unit did not keep it */
	}
	return ret;
}
