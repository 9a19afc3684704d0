// SPDX-License-Identifier: GPL-2.0-only
/*
 * value.c - objects, addresses, memory, and variables that are in none.
 *
 * An address is walked from the outside to the object or pointer it starts from, adding up bits on the way; so
 * that equal cells get equal addresses, whatever way they are written. No expression is evaluated here but what
 * an address starts from.
 */
#include "adapter.h"

void at_place(struct lowering *l, struct position pos)
{
	l->b->loc = loc_of(pos);
}

/* ------------------------------------------------------------------ */
/* what the prologue holds                                             */

mn_val object(struct lowering *l, struct symbol *sym)
{
	const char *word = sym->ident ? word_of(sym->ident) : "literal", *owner = "";
	unsigned long modifiers = sym->ctype.modifiers;
	const char *shown = name_of_symbol(sym);
	mn_val known = mn_known(l->b, sym);

	if (known)
		return known;
	if (plain_type(sym)->type == SYM_FN)
		return mn_object(l->b, sym, MN_FUNC, word, NULL);
	if (modifiers & (MOD_EXTERN | MOD_TOPLEVEL))
		return mn_object(l->b, sym, MN_GLOBAL, modifiers & MOD_STATIC ?
				 mn_run_static(&l->a->run, word) : word, shown);
	if (modifiers & MOD_STATIC)
		owner = mn_run_text(&l->a->run, "%s.", mn_func_name(l->b->func));
	return mn_object(l->b, sym, modifiers & MOD_STATIC ? MN_GLOBAL : MN_LOCAL,
			 mn_unique_name(l->b, owner, word), shown);
}

/* is it a scalar variable of the function whose address is not taken? sparse's own
 * mark is also set by *&x, which macros write */
static bool is_variable(const struct lowering *l, struct symbol *sym)
{
	uint32_t known;

	return sym->ident && !is_aggregate(sym) && !cleanup_of(sym) &&
	       plain_type(sym)->type != SYM_FN && !is_static(sym) &&
	       !mn_map_get(&l->a->escaped, mn_key(sym), &known) && !(sym->ctype.modifiers & MOD_VOLATILE);
}

mn_val parameter(const struct lowering *l, struct symbol *sym)
{
	struct symbol *arg;
	mn_val v = 0;

	if (sym->ctype.modifiers & MOD_ASSIGNED || !is_variable(l, sym))
		return MN_NONE;
	FOR_EACH_PTR(l->body->sym->ctype.base_type->arguments, arg) {
		v++;
		if (arg == sym)
			return v;
	} END_FOR_EACH_PTR(arg);
	return MN_NONE;
}

/* ------------------------------------------------------------------ */
/* addresses                                                           */

static mn_val base_value(struct lowering *l, struct expression *base)
{
	if (base->type != EXPR_SYMBOL)
		return value_of(l, base);
	if (base->symbol->initializer && !base->symbol->ident &&
	    !(base->symbol->ctype.modifiers & (MOD_STATIC | MOD_TOPLEVEL)))
		lower_initializer(l, base->symbol);
	return object(l, base->symbol);
}

mn_val part_address(struct lowering *l, mn_val at, const struct mn_part *parts, int n, int64_t bits)
{
	if (n < 0)
		mn_run_give_up(&l->a->run, mn_run_text(&l->a->run, "in '%s' a member lies in "
			"more than %d structures: it is not told from what lies in its place",
			mn_func_name(l->b->func), PARTS_MAX));
	return mn_put_way(l->b, &l->a->run, at, parts, n, bits);
}

mn_val pointer(struct lowering *l, struct expression *e, struct symbol *selected)
{
	struct place p;

	place_find(&p, e, selected);
	return part_address(l, base_value(l, p.base), p.parts, p.nparts,
			    p.bits + (selected ? selected->bit_offset : 0));
}

mn_val address(struct lowering *l, struct expression *lvalue)
{
	if (lvalue->type != EXPR_PREOP || lvalue->op != '*')
		return aggregate(l, lvalue);
	return pointer(l, lvalue->unop, lvalue->ctype);
}

bool name_value(struct lowering *l, mn_val v, struct expression *e)
{
	struct mn_words words = { "", 0, false };

	e = without_casts(e);
	return e->type == EXPR_VALUE || mn_name_value(l->b, v, name_of_value(&words, e));
}

/* the operand that is written first: sparse has it in one place for all kinds of operators */
static struct expression *first_operand(struct expression *e)
{
	switch (e->type) {
	case EXPR_PREOP: case EXPR_POSTOP: case EXPR_BINOP: case EXPR_COMPARE: case EXPR_LOGICAL:
	case EXPR_ASSIGNMENT: case EXPR_COMMA: case EXPR_DEREF: case EXPR_CALL:
	case EXPR_CONDITIONAL: case EXPR_SELECT:
		return e->left;
	default:
		return NULL;
	}
}

struct position place_of(struct expression *e)
{
	struct position at = e->pos;

	for (; e && e->pos.stream == at.stream; e = first_operand(without_casts(e)))
		if (e->pos.line < at.line || (e->pos.line == at.line && e->pos.pos < at.pos))
			at = e->pos;
	return at;
}

/* sparse has where the declarator starts: at its stars */
struct position place_of_variable(const struct symbol *variable)
{
	const struct symbol *type = variable->ctype.base_type;
	struct position pos = variable->pos;

	for (; type && type->type == SYM_PTR; type = type->ctype.base_type)
		pos.pos++;
	return pos;
}

bool is_call_at(struct expression *e, struct position pos)
{
	e = without_casts(e);
	return e->type == EXPR_CALL && e->fn->pos.stream == pos.stream &&
	       e->fn->pos.line == pos.line && e->fn->pos.pos == pos.pos;
}

/* ------------------------------------------------------------------ */
/* variables that are not in memory                                    */

static int variable_of(struct lowering *l, struct symbol *sym)
{
	uint32_t known;
	int var;

	if (mn_map_get(&l->variables, mn_key(sym), &known))
		return (int)known;
	var = mn_variable(l->b, name_of_symbol(sym));
	mn_map_put(&l->variables, mn_key(sym), (uint32_t)var);
	return var;
}

bool is_register(const struct lowering *l, struct expression *lvalue)
{
	return lvalue->type == EXPR_PREOP && lvalue->op == '*' &&
	       lvalue->unop->type == EXPR_SYMBOL && is_variable(l, lvalue->unop->symbol);
}

void assign_symbol(struct lowering *l, struct symbol *sym, mn_val v)
{
	if (is_variable(l, sym))
		mn_write(l->b, variable_of(l, sym), v);
	else
		mn_put_store(l->b, object(l, sym), v, NULL);
}

mn_val in_memory(struct lowering *l, struct expression *lvalue)
{
	return is_register(l, lvalue) ? MN_NONE : address(l, lvalue);
}

void assign(struct lowering *l, struct expression *lvalue, mn_val at, mn_val v)
{
	if (at)
		mn_put_store(l->b, at, v, mn_func_reached(l->b->func) ?
			     name_of_member(&l->a->run, lvalue) : NULL);
	else
		assign_symbol(l, lvalue->unop->symbol, v);
}

mn_val content(struct lowering *l, struct expression *lvalue, mn_val at)
{
	return at ? load(l, at) : mn_read(l->b, variable_of(l, lvalue->unop->symbol));
}

/* ------------------------------------------------------------------ */
/* memory                                                              */

mn_val load(struct lowering *l, mn_val at)
{
	return mn_put_load(l->b, MN_NONE, at);
}

void move(struct lowering *l, mn_val to, mn_val from, struct symbol *type)
{
	int64_t bits = bits_of(type);

	mn_put_move(l->b, to, from, is_wrapped_scalar(type) ? MN_BITS_SCALAR :
		    bits > 0 ? bits : MN_BITS_UNKNOWN);
}
