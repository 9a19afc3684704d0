// SPDX-License-Identifier: GPL-2.0-only
/*
 * parts.c - the whole in parts: the roots of one file each, and all that they can come to.
 *
 * What is found in a part depends on nothing that is not in it, so parts are judged in any order, several
 * at a time, and again only after a change of what is in them. What is in a part is a matter
 * of names: the functions of the file that are wanted, those that they may enter, in any file, and
 * the heads of what else they call.
 */
#include "contract.h"
#include "linking.h"

/* what the text of a body names besides what it calls: functions, and variables that may hold some */
static const char *next_name(const char *p, const char *end, const char *word, size_t *n)
{
	size_t k = strlen(word);

	while ((p = (const char *)memchr(p, *word, (size_t)(end - p))) && strncmp(p, word, k))
		p++;
	if (!p)
		return NULL;
	*n = strcspn(p + k, " \n");
	return p + k;
}

static void add_target(struct mn_link *link, struct linked_func *f, const char *name)
{
	const struct mn_func *to = unit_func(link->whole, name);

	if (to)
		*vec_push(link->arena, &f->to) = to->index;
}

static void add_table(struct mn_link *link, struct linked_func *f, const char *name)
{
	const struct mn_table *table = unit_table(link->whole, arena_intern(link->whole->arena, name));

	key_text(&f->body, name);
	if (table)
		key_table(&f->body, table);
	for (int i = 0; table && table->flags & MN_TABLE_CONST && i < table->members.n; i++)
		add_target(link, f, table->members.v[i].func);
}

static const char *name_at(struct mn_link *link, const struct member *m, const char *p, size_t n)
{
	if (*p == '"') {
		p++;
		n -= 2;
	}
	return scope_get(m->scope, arena_intern_part(link->arena, p, n));
}

static void add_named(struct mn_link *link, struct linked_func *f, const struct mn_func *func)
{
	const char *end = func->body + func->body_size, *p;
	size_t n;

	for (p = func->body; (p = next_name(p, end, "= func ", &n)); p += n) {
		const char *name = name_at(link, f->member, p, n);

		key_text(&f->body, name);
		add_target(link, f, name);
	}
	for (p = func->body; (p = next_name(p, end, "= global ", &n)); p += n)
		add_table(link, f, name_at(link, f->member, p, n));
}

/* once for each function that a part has */
static struct linked_func *targets_of(struct mn_link *link, int index)
{
	struct linked_func *f = &link->funcs.v[index];
	const struct mn_func *func = link->whole->funcs.v[index];

	if (f->known)
		return f;
	f->known = true;
	key_func(&f->head, func);
	key_place(&f->body, func->loc);
	for (int i = 0; i < func->calls.n; i++)
		if (!contract_query(link->whole->contract, func->calls.v[i], link->whole->kernels))
			add_target(link, f, func->calls.v[i]);
	if (func->body)
		add_named(link, f, func);
	return f;
}

static bool is_own(const struct mn_link *link, const struct mn_func *func, const struct member *m)
{
	return link->funcs.v[func->index].member == m && func->wanted &&
	       (func->root || !is_header(func->loc.file));
}

static void add_to_part(struct mn_link *link, struct part *part, int index)
{
	if (link->funcs.v[index].part == part)
		return;
	link->funcs.v[index].part = part;
	*vec_push(link->arena, &part->funcs) = index;
}

static void fill_part(struct mn_link *link, struct part *part)
{
	struct mn_func **funcs = link->whole->funcs.v;

	for (int i = 0; i < part->funcs.n; i++) {
		const struct mn_func *func = funcs[part->funcs.v[i]];
		const struct linked_func *f;

		f = targets_of(link, func->index);
		key_key(&part->key, &f->head);
		for (int k = 0; func->wanted && k < f->to.n; k++)
			add_to_part(link, part, f->to.v[k]);
	}
}

static struct key *keys_of_alone(struct mn_link *link)
{
	const struct mn_unit *whole = link->whole;
	struct key *keys = arena_new_array(link->arena, struct key, whole->alone.n);

	for (int i = 0; i < whole->alone.n; i++)
		key_finding(&keys[i], &whole->alone.v[i]);
	return keys;
}

/* what units have found in functions of the part is not looked at again */
static void key_alone(struct mn_link *link, struct part *part, const struct key *keys)
{
	const struct mn_unit *whole = link->whole;
	const char *last = NULL;

	for (int i = 0; i < part->funcs.n; i++) {
		const char *file = whole->funcs.v[part->funcs.v[i]]->loc.file;

		for (int k = 0; file != last && k < whole->alone.n; k++)
			if (whole->alone.v[k].loc.file == file)
				key_key(&part->key, &keys[k]);
		last = file;
	}
}

/* which locks they take is asked of every part that may wait for them */
static void add_callbacks(struct mn_link *link, struct part *part)
{
	const struct mn_unit *whole = link->whole;

	for (int i = 0; whole->holds && i < whole->funcs.n; i++)
		if (whole->funcs.v[i]->awaited)
			add_to_part(link, part, i);
}

/* a part for each file that has roots; its functions stand together */
void link_parts(struct mn_link *link)
{
	struct mn_func **funcs = link->whole->funcs.v;
	int n = link->whole->funcs.n;
	const struct key *alone = keys_of_alone(link);
	struct key base = { 0, 0 };

	key_whole(&base, link->whole);
	for (int first = 0, i; first < n; first = i) {
		const struct member *m = link->funcs.v[first].member;
		struct part *part = NULL;
		bool roots = false;

		for (i = first; i < n && link->funcs.v[i].member == m; i++)
			roots |= funcs[i]->root && funcs[i]->body;
		if (!roots)
			continue;
		part = arena_new_array(link->arena, struct part, 1);
		part->member = m;
		*vec_push(link->arena, &link->parts) = part;
		for (int k = first; k < i; k++)
			if (is_own(link, funcs[k], m))
				add_to_part(link, part, k);
		part->own = part->funcs.n;
		add_callbacks(link, part);
		part->key = base;
		key_text(&part->key, m->path);
		key_number(&part->key, (uint64_t)part->own);
		fill_part(link, part);
		key_alone(link, part, alone);
	}
}
