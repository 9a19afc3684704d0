// SPDX-License-Identifier: GPL-2.0-only
/*
 * tables.c - variables that hold functions, as the engine is told of them.
 *
 * facts.c finds them: each function in an initialiser, each assignment of one to a
 * member. Here stands which variable that is and what it is called. What a
 * table means is the contract's.
 */
#include "adapter.h"

#define NAME_ROOM 256

static bool is_callback_part(const struct adapter *a, const struct part *part)
{
	return part->tag && mn_contract_calls_back(a->contract, show_ident(part->tag));
}

struct symbol *function_in(struct expression *e)
{
	while (e->type == EXPR_CAST || e->type == EXPR_FORCE_CAST ||
	       e->type == EXPR_IMPLIED_CAST || e->type == EXPR_PREOP) {
		if (e->type == EXPR_PREOP && e->op != '*' && e->op != '&')
			return NULL;
		e = e->type == EXPR_PREOP ? e->unop : e->cast_expression;
	}
	if (e->type != EXPR_SYMBOL || !e->symbol || !e->symbol->ident ||
	    plain_type(e->symbol)->type != SYM_FN)
		return NULL;
	return e->symbol;
}

/* two variables of one function can have the same name: calls are not followed there */
static bool is_followed(struct symbol *var)
{
	struct symbol *type = var;
	unsigned long modifiers = var->ctype.modifiers;

	if (!var->ident || !(modifiers & MOD_TOPLEVEL))
		return false;
	for (; type && (type->type == SYM_NODE || type->type == SYM_ARRAY);
	     type = type->ctype.base_type)
		modifiers |= type->ctype.modifiers;
	return (modifiers & MOD_CONST) && !(modifiers & MOD_VOLATILE);
}

/* as lowering names it: not the source's word only where that is not unique */
static bool name_of_variable(const struct symbol *var, const struct mn_func *around,
			     char *name)
{
	bool global = var->ctype.modifiers & (MOD_EXTERN | MOD_TOPLEVEL);

	if (!var->ident)
		return false;
	if (around && !global && var->ctype.modifiers & MOD_STATIC)
		snprintf(name, NAME_ROOM, "%s.%s", mn_func_name(around),
			 show_ident(var->ident));
	else
		snprintf(name, NAME_ROOM, "%s", show_ident(var->ident));
	return true;
}

/* the member that a way ends in: behind it there are elements only */
static int last_named(const struct part *parts, int n)
{
	while (n && (!parts[n - 1].member || !parts[n - 1].member->ident))
		n--;
	return n - 1;
}

/* ".member" and "[index]" for each of @n parts; what they add up to, in bits */
static int64_t put_way(char *name, const struct part *parts, int n)
{
	size_t len = strlen(name);
	int64_t bits = 0;
	int i;

	for (i = 0; i < n; i++) {
		bits += parts[i].bits;
		if (!parts[i].member)
			len += (size_t)snprintf(name + len, NAME_ROOM - len, "[%lld]",
						(long long)parts[i].index);
		else if (parts[i].member->ident)
			len += (size_t)snprintf(name + len, NAME_ROOM - len, ".%s",
						show_ident(parts[i].member->ident));
		if (len >= NAME_ROOM)
			break;
	}
	return bits;
}

static struct ident *first_tag(const struct part *parts, int n)
{
	int i;

	for (i = 0; i < n; i++)
		if (parts[i].tag)
			return parts[i].tag;
	return NULL;
}

/* a function that is set, and how to get there from the beginning of a variable */
struct set {
	struct ident *func;
	struct mn_loc at, whole;
	const struct part *parts;
	int last;			/* of the parts: the one that has a name */
	int64_t bits;
};

static void tell_member(struct adapter *a, const struct set *set, const char *name,
			struct ident *tag, int64_t begin, unsigned int flags)
{
	struct mn_table *table = mn_table_new(a->unit, name, show_ident(tag), set->whole,
					      flags);
	char member[NAME_ROOM];

	/* show_ident() has one buffer */
	snprintf(member, sizeof(member), "%s",
		 show_ident(set->parts[set->last].member->ident));
	mn_table_member(table, member, set->bits - begin, show_ident(set->func),
			set->at);
}

/* the structure around the member is a table by itself, called by its way there */
static void tell_part(struct adapter *a, const struct set *set, char *name)
{
	int64_t begin = put_way(name, set->parts, set->last);

	tell_member(a, set, name, set->parts[set->last].tag, begin, 0);
}

/* a compound literal: its type has to do as its name */
static void tell_nameless(struct adapter *a, const struct set *set)
{
	const struct part *member = &set->parts[set->last];
	char name[NAME_ROOM], way[NAME_ROOM] = "";

	if (!is_callback_part(a, member))
		return;
	snprintf(name, sizeof(name), "%s", show_ident(member->tag));
	tell_member(a, set, name, member->tag, put_way(way, set->parts, set->last), 0);
}

void tables_initializer(struct adapter *a, struct symbol *var, struct mn_func *around,
			const struct part *parts, int n, int64_t bits,
			struct expression *value)
{
	bool followed = is_followed(var), whole;
	struct symbol *func = function_in(value);
	struct set set = { NULL, loc_of(value->pos), loc_of(var->pos), parts,
			   last_named(parts, n), bits };
	struct ident *tag = first_tag(parts, n);
	char name[NAME_ROOM];

	if (!func || set.last < 0 || !tag)
		return;
	set.func = func->ident;
	if (!name_of_variable(var, around, name)) {
		tell_nameless(a, &set);
		return;
	}
	whole = mn_contract_calls_back(a->contract, show_ident(tag));
	if (whole ? parts[0].member != NULL : followed)
		tell_member(a, &set, name, tag, 0, followed ? MN_TABLE_CONST : 0);
	if (is_callback_part(a, &parts[set.last]) && !(whole && parts[0].member))
		tell_part(a, &set, name);
}

/* "ops" of ops.member and of ops->member */
static void name_of_table(struct expression *left, const struct part *member,
			  char *name)
{
	char *dot, *arrow;

	if (!name_of_value(left, name)) {
		snprintf(name, NAME_ROOM, "%s", show_ident(member->tag));
		return;
	}
	dot = strrchr(name, '.');
	arrow = strstr(name, "->");
	while (arrow && strstr(arrow + 2, "->"))
		arrow = strstr(arrow + 2, "->");
	if (dot && (!arrow || dot > arrow))
		*dot = '\0';
	else if (arrow)
		*arrow = '\0';
}

static void tell_assignment(struct adapter *a, struct mn_func *around,
			    struct expression *assignment, struct expression *value,
			    const struct place *p)
{
	struct symbol *func = function_in(value);
	struct mn_loc loc = loc_of(assignment->pos);
	struct set set = { NULL, loc, loc, p->parts, last_named(p->parts, p->nparts),
			   p->bits };
	char name[NAME_ROOM], way[NAME_ROOM] = "";

	if (!func || set.last < 0 || !is_callback_part(a, &p->parts[set.last]))
		return;
	set.func = func->ident;
	if (p->base->type == EXPR_SYMBOL &&
	    name_of_variable(p->base->symbol, around, name)) {
		tell_part(a, &set, name);
		return;
	}
	name_of_table(assignment->left, &p->parts[set.last], name);
	tell_member(a, &set, name, p->parts[set.last].tag,
		    put_way(way, p->parts, set.last), 0);
}

void tables_assignment(struct adapter *a, struct mn_func *around,
		       struct expression *assignment, const struct place *p)
{
	struct expression *value = assignment->right;

	while (value->type == EXPR_CAST || value->type == EXPR_FORCE_CAST ||
	       value->type == EXPR_IMPLIED_CAST)
		value = value->cast_expression;
	if (value->type != EXPR_CONDITIONAL && value->type != EXPR_SELECT) {
		tell_assignment(a, around, assignment, value, p);
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
		mn_func_calls(func, show_ident(callee->ident));
}

void tables_called(struct mn_func *func, struct symbol *var)
{
	if (var->initializer && is_followed(var))
		tell_callees(func, var->initializer);
}
