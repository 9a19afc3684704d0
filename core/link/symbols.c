// SPDX-License-Identifier: GPL-2.0-only
/*
 * symbols.c - which definition a name of a unit is, as a linker says it.
 *
 * A name is the unit's own function where it has one, else the one function that all units see: of
 * several a strong one wins over weak ones. Two strong ones are an error, and kept apart then. A
 * function that only its unit sees has the unit in its name where another one is called alike.
 */
#include "linking.h"

static struct name *name_of(struct mn_link *link, const char *text)
{
	uint32_t hash = text_hash(text), at = hash, n;
	struct name *name;

	while ((n = table_next(&link->by_name, hash, &at)) != 0)
		if (!strcmp(link->names.v[n].name, text))
			return &link->names.v[n];
	name = vec_push(link->arena, &link->names);
	name->name = text;
	name->first = name->last = -1;
	table_add(link->arena, &link->by_name, hash, (uint32_t)link->names.n - 1);
	return name;
}

static void add_symbol(struct mn_link *link, struct member *m, struct mn_func *func)
{
	struct symbol *s = vec_push(link->arena, &link->symbols);
	struct name *name = name_of(link, func->name);
	int i = link->symbols.n - 1;

	s->func = func;
	s->flags = func->flags;
	s->stored = func->stored.v;
	s->nstored = func->stored.n;
	s->member = m;
	s->as = func->name;
	s->next = -1;
	if (name->last < 0)
		name->first = i;
	else
		link->symbols.v[name->last].next = i;
	name->last = i;
}

static const char *with_unit(struct mn_link *link, const char *name, const struct member *m)
{
	return arena_intern(link->arena, arena_printf(link->arena, "%s%c%s", name, LINK_MARK,
						      m->unit->file));
}

static bool is_seen(const struct symbol *s)
{
	return s->flags & MN_FUNC_EXTERNAL;
}

static bool is_weak(const struct symbol *s)
{
	return s->flags & MN_FUNC_WEAK;
}

/* ------------------------------------------------------------------ */
/* what all units see                                                  */

static struct symbol *winner(struct mn_link *link, const struct name *name)
{
	struct symbol *best = NULL, *s;

	for (int i = name->first; i >= 0; i = s->next) {
		s = &link->symbols.v[i];
		if (is_seen(s) && (!best || (is_weak(best) && !is_weak(s))))
			best = s;
	}
	return best;
}

static void tell_conflict(struct mn_link *link, const struct symbol *s, const struct symbol *other)
{
	const struct mn_loc *at = &s->func->loc, *first = &other->func->loc;
	const char **line = vec_push(link->arena, &link->conflicts);

	*line = arena_printf(link->arena, "%s:%d:%d: error: '%s()' is defined here and at %s:%d; "
			     "link the units of one program", at->file ? at->file : s->member->unit->file,
			     at->line, at->col, s->func->name,
			     first->file ? first->file : other->member->unit->file, first->line);
}

static void settle_seen(struct mn_link *link, const struct name *name, struct symbol *best)
{
	struct symbol *s;
	bool apart = false;

	for (int i = name->first; i >= 0; i = s->next) {
		s = &link->symbols.v[i];
		if (s == best || !is_seen(s))
			continue;
		s->dropped = is_weak(s) || link_same_text(s, best);
		if (s->dropped)
			continue;
		tell_conflict(link, s, best);
		s->as = with_unit(link, name->name, s->member);
		apart = true;
	}
	if (apart)
		best->as = with_unit(link, name->name, best->member);
}

/* ------------------------------------------------------------------ */
/* what one unit sees                                                  */

/* the first one of its kind of that name, which may be @s itself */
static struct symbol *first_of_kind(struct mn_link *link, const struct name *name,
				    const struct symbol *s)
{
	int i = name->first;

	while (is_seen(&link->symbols.v[i]) || link->symbols.v[i].kind != s->kind)
		i = link->symbols.v[i].next;
	return &link->symbols.v[i];
}

static void settle_own(struct mn_link *link, const struct name *name, bool seen)
{
	struct symbol *s, *first;
	int kind = 0;
	bool several = seen;

	for (int i = name->first; i >= 0; i = s->next) {
		s = &link->symbols.v[i];
		if (is_seen(s))
			continue;
		several |= kind && kind != s->kind;
		kind = s->kind;
	}
	for (int i = name->first; i >= 0; i = s->next) {
		s = &link->symbols.v[i];
		if (is_seen(s))
			continue;
		first = first_of_kind(link, name, s);
		s->dropped = first != s;
		s->as = several ? with_unit(link, name->name, first->member) : name->name;
	}
}

void link_symbols(struct mn_link *link)
{
	int n = 0;

	for (int i = 0; i < link->members.n; i++)
		n += link->members.v[i].unit->funcs.n;
	vec_presize(link->arena, &link->symbols, n);
	for (int i = 0; i < link->members.n; i++) {
		struct member *m = &link->members.v[i];

		m->first = link->symbols.n;
		for (int f = 0; f < m->unit->funcs.n; f++)
			add_symbol(link, m, m->unit->funcs.v[f]);
	}
	link_fold(link);
	for (int i = 1; i < link->names.n; i++) {
		const struct name *name = &link->names.v[i];
		struct symbol *best = winner(link, name);

		if (best)
			settle_seen(link, name, best);
		settle_own(link, name, best != NULL);
	}
	for (int i = 0; i < link->symbols.n; i++) {
		const struct symbol *s = &link->symbols.v[i];

		if (strcmp(s->as, s->func->name))
			scope_put(s->member->scope, s->func->name, s->as);
	}
	for (int i = 0; i < link->members.n; i++) {
		struct member *m = &link->members.v[i];

		for (int k = 0; k < m->unit->statics.n; k++)
			scope_put(m->scope, m->unit->statics.v[k],
				  with_unit(link, m->unit->statics.v[k], m));
	}
}
