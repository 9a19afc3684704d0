// SPDX-License-Identifier: GPL-2.0-only
/*
 * name.c - what a value is called in the source.
 *
 * sparse has turned a->b into *(a + 8) when this runs; the words are put together
 * again from the types. Whatever a person has not written (temporaries of macros,
 * arithmetic) has no name: better none than a wrong one. sparse gives the place of a macro's use
 * to all it expands to, so that a variable of a macro is known by
 * the underscores that the kernel's macros put in front.
 */
#include "adapter.h"

#define DEPTH 6

struct text {
	char *buf;
	size_t n;
};

static bool put_value(struct text *t, struct expression *e, int depth);

static bool put(struct text *t, const char *word)
{
	size_t n = strlen(word);

	if (t->n + n + 1 > NAME_SIZE)
		return false;
	memcpy(t->buf + t->n, word, n + 1);
	t->n += n;
	return true;
}

/* put @word in front of what stands from @from on */
static bool put_before(struct text *t, size_t from, const char *word)
{
	size_t n = strlen(word);

	if (t->n + n + 1 > NAME_SIZE)
		return false;
	memmove(t->buf + from + n, t->buf + from, t->n - from + 1);
	memcpy(t->buf + from, word, n);
	t->n += n;
	return true;
}

static void drop_first(struct text *t, size_t from)
{
	memmove(t->buf + from, t->buf + from + 1, t->n - from);
	t->n--;
}

const char *name_of_symbol(const struct symbol *sym)
{
	bool local = !(sym->ctype.modifiers & (MOD_STATIC | MOD_EXTERN | MOD_TOPLEVEL));

	if (!sym->ident || (local && sym->ident->len > 1 &&
			    sym->ident->name[0] == '_' && sym->ident->name[1] == '_'))
		return NULL;
	return show_ident(sym->ident);
}

static bool put_symbol(struct text *t, const struct symbol *sym)
{
	const char *name = name_of_symbol(sym);

	return name && put(t, name);
}

/* "p->" for what @base points to, "x." for a variable: a member's name comes behind */
static bool put_whole(struct text *t, struct expression *base, int depth)
{
	size_t from = t->n;

	if (base->type == EXPR_SYMBOL)
		return put_symbol(t, base->symbol) && put(t, ".");
	if (!put_value(t, base, depth))
		return false;
	if (t->buf[from] == '&') {
		drop_first(t, from);
		return put(t, ".");
	}
	if (t->buf[from] == '*' && (!put_before(t, from, "(") || !put(t, ")")))
		return false;
	return put(t, "->");
}

static bool put_part(struct text *t, const struct part *part)
{
	char word[32];

	if (part->member)
		return put(t, show_ident(part->member->ident));
	snprintf(word, sizeof(word), "[%lld]", (long long)part->index);
	return put(t, word);
}

static bool put_parts(struct text *t, const struct place *p, int depth)
{
	bool dot = false;
	int i;

	if (!p->nparts || !p->parts[0].member || !put_whole(t, p->base, depth))
		return false;
	for (i = 0; i < p->nparts; i++) {
		if (p->parts[i].member && !p->parts[i].member->ident)
			continue;	/* a nameless structure */
		if (dot && p->parts[i].member && !put(t, "."))
			return false;
		if (!put_part(t, &p->parts[i]))
			return false;
		dot = true;
	}
	return dot;
}

/* what lies at an address */
static bool put_pointed(struct text *t, struct expression *address,
			struct symbol *selected, int depth)
{
	struct place p;
	size_t from = t->n;

	place_find(&p, address, selected);
	if (p.base != address)
		return put_parts(t, &p, depth);
	if (address->type == EXPR_SYMBOL)
		return put_symbol(t, address->symbol);
	if (!put_value(t, address, depth))
		return false;
	if (t->buf[from] != '&')
		return put_before(t, from, "*");
	drop_first(t, from);
	return true;
}

static bool put_call(struct text *t, struct expression *call, int depth)
{
	struct symbol *callee = callee_of(call);
	struct expression *arg;
	int n = 0;

	if (!callee || expression_list_size(call->args) > 3 ||
	    !put(t, show_ident(callee->ident)) || !put(t, "("))
		return false;
	FOR_EACH_PTR(call->args, arg) {
		if ((n++ && !put(t, ", ")) || !put_value(t, arg, depth))
			return false;
	} END_FOR_EACH_PTR(arg);
	return put(t, ")");
}

static bool put_number(struct text *t, const struct expression *e)
{
	char word[24];

	snprintf(word, sizeof(word), "%lld", extend_value((long long)e->value, e->ctype));
	return put(t, word);
}

static bool put_address(struct text *t, struct expression *e, int depth)
{
	struct place p;

	if (e->type == EXPR_SYMBOL) {
		struct symbol *type = plain_type(e->symbol);

		if (type->type != SYM_FN && type->type != SYM_ARRAY && !put(t, "&"))
			return false;
		return put_symbol(t, e->symbol);
	}
	place_find(&p, e, NULL);
	return p.base != e && put(t, "&") && put_parts(t, &p, depth);
}

static bool put_value(struct text *t, struct expression *e, int depth)
{
	if (!depth-- || !e || !valid_type(e->ctype))
		return false;
	switch (e->type) {
	case EXPR_VALUE:
		return put_number(t, e);
	case EXPR_SYMBOL:
	case EXPR_BINOP:
		return put_address(t, e, depth);
	case EXPR_CAST:
	case EXPR_FORCE_CAST:
	case EXPR_IMPLIED_CAST:
		return put_value(t, e->cast_expression, depth + 1);
	case EXPR_CALL:
		return put_call(t, e, depth);
	case EXPR_PREOP:
		return e->op == '*' && put_pointed(t, e->unop, e->ctype, depth);
	default:
		return false;
	}
}

static struct expression *without_casts(struct expression *e)
{
	while (e->type == EXPR_CAST || e->type == EXPR_FORCE_CAST ||
	       e->type == EXPR_IMPLIED_CAST)
		e = e->cast_expression;
	return e;
}

bool name_of_member(struct expression *e, char *name)
{
	struct expression *at;
	struct place p;
	size_t len;

	e = without_casts(e);
	if (e->type != EXPR_PREOP || e->op != '*')
		return false;
	at = without_casts(e->unop);
	if (at->type == EXPR_SYMBOL && plain_type(at->symbol)->type != SYM_FN &&
	    at->symbol->ident && at->symbol->ctype.modifiers & (MOD_STATIC | MOD_EXTERN | MOD_TOPLEVEL)) {
		snprintf(name, NAME_SIZE, "%s", show_ident(at->symbol->ident));
		return true;
	}
	place_find(&p, at, at == e->unop ? e->ctype : NULL);
	while (p.nparts && (!p.parts[p.nparts - 1].member ||
			    !p.parts[p.nparts - 1].member->ident))
		p.nparts--;
	if (!p.nparts || !p.parts[p.nparts - 1].tag)
		return false;
	snprintf(name, NAME_SIZE, "%s.", show_ident(p.parts[p.nparts - 1].tag));
	len = strlen(name);
	snprintf(name + len, NAME_SIZE - len, "%s",
		 show_ident(p.parts[p.nparts - 1].member->ident));
	return true;
}

bool name_of_value(struct expression *e, char *name)
{
	struct text t = { name, 0 };

	return put_value(&t, e, DEPTH) && t.n;
}
