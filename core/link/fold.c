// SPDX-License-Identifier: GPL-2.0-only
/*
 * fold.c - inline functions of headers that many units have: one of a kind is enough.
 *
 * Two definitions are of one kind if they are the same text at the same place, and what they call is
 * of one kind (a macro may have made it another function in another unit). First all are taken
 * to be one kind that have the same text; kinds are split until no call tells two of a kind apart.
 * It is the refinement of Hopcroft's minimal automaton, as linkers fold identical code
 * (Tallam et al., "Safe ICF", 2010).
 */
#include "linking.h"

struct folding {
	struct mn_link *link;
	int *kinds;			/* of the round before */
	int *members;			/* of each of those kinds; one alone is split no more */
	int *first, *to;		/* what the calls of each enter: to[first[i]] .., -1: nothing here */
	struct table table;
};

static bool same_calls(const struct mn_func *a, const struct mn_func *b)
{
	if (a->calls.n != b->calls.n)
		return false;
	for (int i = 0; i < a->calls.n; i++)
		if (strcmp(a->calls.v[i], b->calls.v[i]))
			return false;
	return true;
}

static bool same_head(const struct mn_func *a, const struct mn_func *b)
{
	return a->loc.line == b->loc.line && a->nparams == b->nparams && a->size == b->size &&
	       !strcmp(a->name, b->name) && a->loc.file && b->loc.file &&
	       !strcmp(a->loc.file, b->loc.file);
}

bool link_same_text(const struct symbol *x, const struct symbol *y)
{
	if (x->func == y->func)
		return true;
	return same_head(x->func, y->func) && same_calls(x->func, y->func) &&
	       key_same(x->func->body_key, y->func->body_key);
}

/* the kind of what the call @c enters, 0 if that is no function of its unit */
static int kind_of_call(const struct folding *f, int c)
{
	return f->to[c] < 0 ? 0 : f->kinds[f->to[c]];
}

static bool is_alone(const struct folding *f, int i)
{
	return f->members[f->kinds[i]] == 1;
}

/* names are looked up once, not in each round */
static void find_calls(struct folding *f, struct mn_arena *arena)
{
	struct mn_link *link = f->link;
	int n = 0;

	f->first = arena_new_array(arena, int, link->symbols.n);
	for (int i = 0; i < link->symbols.n; i++) {
		f->first[i] = n;
		if (!is_alone(f, i))
			n += link->symbols.v[i].func->calls.n;
	}
	f->to = arena_new_array(arena, int, n);
	for (int i = 0; i < link->symbols.n; i++) {
		const struct symbol *s = &link->symbols.v[i];

		for (int k = 0; !is_alone(f, i) && k < s->func->calls.n; k++) {
			const struct symbol *to = link_own_symbol(link, s->member, s->func->calls.v[k]);

			f->to[f->first[i] + k] = to ? (int)(to - link->symbols.v) : -1;
		}
	}
}

static uint32_t mixed(uint32_t h, uint32_t with)
{
	return (h ^ with) * 0x9e3779b1u;
}

static uint32_t hash_of(const struct folding *f, int i, bool first)
{
	const struct mn_func *func = f->link->symbols.v[i].func;
	uint32_t h = (uint32_t)f->kinds[i];

	if (first)
		return mixed(mixed(text_hash(func->name), (uint32_t)func->loc.line),
			     (uint32_t)func->body_key.a);
	for (int k = 0; k < func->calls.n; k++)
		h = mixed(h, (uint32_t)kind_of_call(f, f->first[i] + k));
	return h;
}

static bool is_same(const struct folding *f, int i, int k, bool first)
{
	const struct symbol *x = &f->link->symbols.v[i], *y = &f->link->symbols.v[k];

	if (first)
		return link_same_text(x, y);
	if (f->kinds[i] != f->kinds[k])
		return false;
	for (int c = 0; c < x->func->calls.n; c++)
		if (kind_of_call(f, f->first[i] + c) != kind_of_call(f, f->first[k] + c))
			return false;
	return true;
}

/* Return: how many kinds there are now */
static int split(struct folding *f, struct mn_arena *arena, bool first)
{
	struct mn_link *link = f->link;
	int n = 0;

	memset(&f->table, 0, sizeof(f->table));
	for (int i = 0; i < link->symbols.n; i++) {
		uint32_t hash, at, k;

		if (!first && is_alone(f, i)) {
			link->symbols.v[i].kind = ++n;
			continue;
		}
		at = hash = hash_of(f, i, first);
		while ((k = table_next(&f->table, hash, &at)) != 0 &&
		       !is_same(f, i, (int)k - 1, first))
			;
		link->symbols.v[i].kind = k ? link->symbols.v[k - 1].kind : ++n;
		if (!k)
			table_add(arena, &f->table, hash, (uint32_t)i + 1);
	}
	memset(f->members, 0, sizeof(*f->members) * ((size_t)n + 1));
	for (int i = 0; i < link->symbols.n; i++) {
		f->kinds[i] = link->symbols.v[i].kind;
		f->members[f->kinds[i]]++;
	}
	return n;
}

void link_fold(struct mn_link *link)
{
	struct mn_arena *arena = arena_new();
	struct folding f;
	int before, n;

	memset(&f, 0, sizeof(f));
	f.link = link;
	f.kinds = arena_new_array(arena, int, link->symbols.n);
	f.members = arena_new_array(arena, int, link->symbols.n + 1);
	n = split(&f, arena, true);
	find_calls(&f, arena);
	do {
		before = n;
		n = split(&f, arena, false);
	} while (n > before);
	arena_free(arena);
}
