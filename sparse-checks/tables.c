// SPDX-License-Identifier: GPL-2.0-only
/*
 * tables.c - variables that hold functions, as the engine gets them.
 *
 * facts.c finds them: each function in an initialiser, each assignment of one to a member. This file says which
 * variable that is and what it is called. What a table means is the contract's.
 */
#include "adapter.h"

struct symbol *function_in(struct expression *e)
{
	while (is_cast(e) || (e->type == EXPR_PREOP && (e->op == '*' || e->op == '&')))
		e = is_cast(e) ? e->cast_expression : e->unop;
	if (e->type != EXPR_SYMBOL || !e->symbol || !e->symbol->ident ||
	    plain_type(e->symbol)->type != SYM_FN)
		return NULL;
	return e->symbol;
}

static bool is_followed(struct symbol *var)
{
	struct symbol *type = var;
	unsigned long modifiers = var->ctype.modifiers;

	if (!var->ident || !(modifiers & (MOD_TOPLEVEL | MOD_STATIC)))
		return false;
	for (; type && (type->type == SYM_NODE || type->type == SYM_ARRAY);
	     type = type->ctype.base_type)
		modifiers |= type->ctype.modifiers;
	return (modifiers & MOD_CONST) && !(modifiers & MOD_VOLATILE);
}

/* as lowering names it: not the source's word only where that is not unique */
static const char *name_of_variable(const struct adapter *a, const struct symbol *var,
				    const struct mn_func *around)
{
	if (!var->ident)
		return NULL;
	if (around && var->ctype.modifiers & MOD_STATIC &&
	    !(var->ctype.modifiers & (MOD_EXTERN | MOD_TOPLEVEL)))
		return mn_run_text(&a->run, "%s.%s", mn_func_name(around), word_of(var->ident));
	return word_of(var->ident);
}

void tables_initializer(struct adapter *a, struct symbol *var, struct mn_func *around,
			const struct mn_part *parts, int n, struct expression *value)
{
	struct symbol *func = function_in(value);
	struct mn_setter set = {
		.variable = name_of_variable(a, var, around), .followed = is_followed(var),
		.whole = loc_of(var->pos), .at = loc_of(without_casts(value)->pos),
		.parts = parts, .nparts = n,
	};

	if (!func)
		return;
	set.func = word_of(func->ident);
	mn_run_setter(&a->run, &set);
}

/* "ops" of ops.member and of ops->member, or NULL */
static const char *name_of_table(const struct adapter *a, struct expression *left)
{
	struct mn_words words = { "", 0, false };
	const char *name = name_of_value(&words, left), *c;
	size_t n;

	if (!name)
		return NULL;
	n = strlen(name);
	for (c = name; *c; c++)
		if (*c == '.' || (*c == '-' && c[1] == '>'))
			n = (size_t)(c - name);
	return mn_run_text(&a->run, "%.*s", (int)n, name);
}

static void tell_assignment(struct adapter *a, struct mn_func *around,
			    struct expression *assignment, struct expression *value, const struct place *p)
{
	const struct mn_part *last = mn_last_member(p->parts, p->nparts);
	struct symbol *func = function_in(value);
	struct mn_setter set = {
		.assigned = true, .parts = p->parts, .nparts = p->nparts,
		.whole = loc_of(assignment->pos),
		.at = loc_of(value == assignment->right ? value->pos : assignment->pos),
	};

	if (!func || !last || !last->tag || !mn_contract_calls_back(a->run.contract, last->tag))
		return;
	set.func = word_of(func->ident);
	if (p->base->type == EXPR_SYMBOL)
		set.variable = name_of_variable(a, p->base->symbol, around);
	if (!set.variable) {
		set.variable = name_of_table(a, assignment->left);
		set.nparts -= (int)(last - p->parts);
		set.parts = last;
	}
	mn_run_setter(&a->run, &set);
}

void tables_assignment(struct adapter *a, struct mn_func *around,
		       struct expression *assignment, const struct place *p)
{
	struct expression *value = without_casts(assignment->right);

	if (value->type != EXPR_CONDITIONAL && value->type != EXPR_SELECT) {
		tell_assignment(a, around, assignment, assignment->right, p);
		return;
	}
	if (value->cond_true)
		tell_assignment(a, around, assignment, value->cond_true, p);
	tell_assignment(a, around, assignment, value->cond_false, p);
}

static void tell_callees(struct mn_func *func, struct expression *e)
{
	struct expression *item;
	struct symbol *callee;

	if (e->type == EXPR_POS) {
		tell_callees(func, e->init_expr);
		return;
	}
	if (e->type == EXPR_INITIALIZER) {
		FOR_EACH_PTR(e->expr_list, item) {
			tell_callees(func, item);
		} END_FOR_EACH_PTR(item);
		return;
	}
	callee = function_in(e);
	if (callee)
		mn_func_calls(func, word_of(callee->ident));
}

void tables_called(struct mn_func *func, struct symbol *var)
{
	if (var->initializer && is_followed(var))
		tell_callees(func, var->initializer);
}
