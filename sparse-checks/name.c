// SPDX-License-Identifier: GPL-2.0-only
/*
 * name.c - what a value is called in the source.
 *
 * sparse has turned a->b into *(a + 8) when this runs; the words are put together again from the types. What the
 * source does not spell out (temporaries of macros, arithmetic) has no name: better none than a wrong one.
 * sparse gives the place of a macro's use to all it expands to, so that a variable of a macro is known by the
 * underscores that the kernel's macros put in front.
 */
#include "adapter.h"

#define DEPTH 6

static bool put_value(struct mn_words *t, struct expression *e, int depth);

const char *word_of(struct ident *ident)
{
	static struct mn_map known;		/* sparse's words are for all files */
	static MN_LIST(char *) words;
	uint32_t at;
	char *word;

	if (mn_map_get(&known, mn_key(ident), &at))
		return words.v[at];
	word = (char *)mn_alloc(ident->len + 1u, 1);
	memcpy(word, ident->name, ident->len);
	mn_map_put(&known, mn_key(ident), (uint32_t)words.n);
	return *mn_append(&words) = word;
}

bool is_cast(const struct expression *e)
{
	return e->type == EXPR_CAST || e->type == EXPR_FORCE_CAST ||
	       e->type == EXPR_IMPLIED_CAST;
}

struct expression *without_casts(struct expression *e)
{
	while (is_cast(e))
		e = e->cast_expression;
	return e;
}

const char *name_of_symbol(const struct symbol *sym)
{
	const char *word = sym->ident ? word_of(sym->ident) : NULL;

	return word && (is_static(sym) || strncmp(word, "__", 2)) ? word : NULL;
}

/* "p->" for what @base points to, "x." for a variable: a member's name comes behind */
static bool put_whole(struct mn_words *t, struct expression *base, int depth)
{
	size_t from = t->n;

	if (base->type == EXPR_SYMBOL)
		return mn_words(t, name_of_symbol(base->symbol)) && mn_words(t, ".");
	return put_value(t, base, depth) && mn_words_arrow(t, from);
}

/* [3] for an element, .member for what is not the first part */
static bool put_part(struct mn_words *t, const struct mn_part *part, bool first)
{
	if (!part->member)
		return mn_words(t, "[") && mn_words_number(t, part->index) && mn_words(t, "]");
	return mn_words(t, first ? "" : ".") && mn_words(t, part->member);
}

static bool put_parts(struct mn_words *t, const struct place *p, int depth)
{
	bool first = true;
	int i;

	if (p->nparts <= 0 || !p->parts[0].member || !put_whole(t, p->base, depth))
		return false;
	for (i = 0; i < p->nparts; i++) {
		if (p->parts[i].member && !*p->parts[i].member)
			continue;	/* a nameless structure */
		put_part(t, &p->parts[i], first);
		first = false;
	}
	return !first;
}

/* what lies at an address */
static bool put_pointed(struct mn_words *t, struct expression *address, struct symbol *selected, int depth)
{
	struct place p;
	size_t from = t->n;

	place_find(&p, address, selected);
	if (p.base != address)
		return put_parts(t, &p, depth);
	if (address->type == EXPR_SYMBOL)
		return mn_words(t, name_of_symbol(address->symbol));
	return put_value(t, address, depth) && mn_words_pointed(t, from);
}

static bool put_call(struct mn_words *t, struct expression *call, int depth)
{
	struct symbol *callee = function_in(call->fn);
	struct expression *arg;
	int n = 0;

	if (!callee || expression_list_size(call->args) > 3)
		return false;
	mn_words(t, word_of(callee->ident));
	FOR_EACH_PTR(call->args, arg) {
		if (!mn_words(t, n++ ? ", " : "(") || !put_value(t, arg, depth))
			return false;
	} END_FOR_EACH_PTR(arg);
	return mn_words(t, n ? ")" : "()");
}

static bool put_address(struct mn_words *t, struct expression *e, int depth)
{
	struct place p;

	if (e->type == EXPR_SYMBOL) {
		struct symbol *type = plain_type(e->symbol);

		if (type->type != SYM_FN && type->type != SYM_ARRAY)
			mn_words(t, "&");
		return mn_words(t, name_of_symbol(e->symbol));
	}
	place_find(&p, e, NULL);
	mn_words(t, "&");
	return p.base != e && put_parts(t, &p, depth);
}

static bool put_value(struct mn_words *t, struct expression *e, int depth)
{
	if (!depth-- || !e || !valid_type(e->ctype))
		return false;
	switch (e->type) {
	case EXPR_VALUE:
		return mn_words_number(t, extend_value((long long)e->value, e->ctype));
	case EXPR_SYMBOL:
	case EXPR_BINOP:
		return put_address(t, e, depth);
	case EXPR_CALL:
		return put_call(t, e, depth);
	case EXPR_PREOP:
		return e->op == '*' && put_pointed(t, e->unop, e->ctype, depth);
	default:
		return is_cast(e) && put_value(t, e->cast_expression, depth + 1);
	}
}

const char *name_of_member(const struct mn_run *run, struct expression *e)
{
	const struct mn_part *last;
	struct expression *at;
	struct place p;

	e = without_casts(e);
	if (e->type != EXPR_PREOP || e->op != '*')
		return NULL;
	at = without_casts(e->unop);
	if (at->type == EXPR_SYMBOL && plain_type(at->symbol)->type != SYM_FN &&
	    at->symbol->ident && is_static(at->symbol))
		return word_of(at->symbol->ident);
	place_find(&p, at, at == e->unop ? e->ctype : NULL);
	last = mn_last_member(p.parts, p.nparts);
	return last && last->tag ? mn_run_text(run, "%s.%s", last->tag, last->member) : NULL;
}

const char *name_of_value(struct mn_words *w, struct expression *e)
{
	return put_value(w, e, DEPTH) ? mn_words_text(w) : NULL;
}
