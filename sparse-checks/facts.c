// SPDX-License-Identifier: GPL-2.0-only
/*
 * facts.c - what the engine wants to know of a unit before it is lowered.
 *
 * Functions the unit declares, which function calls which, in which members functions are stored, how big a body
 * is. One walk over each evaluated body and initializer; nothing is lowered here.
 */
#include "adapter.h"

/* where a walk is */
struct walk {
	struct adapter *a;
	struct mn_func *func;		/* NULL: in an initializer of the unit */
	bool finding;			/* of the functions that are used; nothing is reported */
	int blocks;
	struct symbol *variable;	/* whose initializer this is */
	struct symbol_list *read;	/* objects met in a body .. */
	bool indirect;			/* .. that also calls through a pointer */
	/* a function met here would be stored in this member, or be this argument */
	const char *type, *member;
};

static void walk_expression(struct walk *w, struct expression *e);
static void walk_statement(struct walk *w, struct statement *stmt);

/* with what sparse cannot read among them */
static struct body *any_body(const struct adapter *a, const struct symbol *sym)
{
	uint32_t at;

	if (sym->definition)
		sym = sym->definition;
	return mn_map_get(&a->bodies, mn_key(sym), &at) ? &a->source.bodies.v[at] : NULL;
}

struct body *body_of(const struct adapter *a, const struct symbol *sym)
{
	struct body *body = any_body(a, sym);

	return body && body->func ? body : NULL;
}

/* ------------------------------------------------------------------ */
/* functions that are stored                                           */

/* Return: its body, or NULL */
static struct body *use_function(struct adapter *a, const struct symbol *sym)
{
	struct body *body = any_body(a, sym);

	if (body)
		body->used = true;
	return body;
}

static void met_function(struct walk *w, struct symbol *sym)
{
	struct body *body = w->finding ? use_function(w->a, sym) : NULL;

	if (body)
		body->address = true;
	if (!w->finding)
		mn_run_stored(&w->a->run, word_of(sym->ident), w->type, w->member);
}

static void met_callee(struct walk *w, const struct symbol *sym)
{
	if (w->finding)
		use_function(w->a, sym);
	else if (w->func)
		mn_func_calls(w->func, word_of(sym->ident));
}

/* walk @e, where a function met is stored in @member of structure @type */
static void walk_stored(struct walk *w, struct expression *e, const char *type, const char *member)
{
	const char *outer_type = w->type, *outer_member = w->member;

	w->type = outer_type && !strcmp(outer_type, MN_EXPORT) ? outer_type : type;
	w->member = member;
	walk_expression(w, e);
	w->type = outer_type;
	w->member = outer_member;
}

/* @selected: the member that @e is the value of */
static void walk_initializer(struct walk *w, struct symbol *type, int64_t bits,
			     struct symbol *selected, struct expression *e)
{
	struct mn_part parts[PARTS_MAX];
	const struct mn_part *last;
	struct expression *item;
	int n;

	if (e->type == EXPR_INITIALIZER) {
		FOR_EACH_PTR(e->expr_list, item) {
			walk_initializer(w, type, bits, item->ctype, item);
		} END_FOR_EACH_PTR(item);
		return;
	}
	if (e->type == EXPR_POS) {
		walk_initializer(w, type, bits + (int64_t)e->init_offset * 8, e->ctype, e->init_expr);
		return;
	}
	n = selected ? parts_find(type, bits, selected->ident, plain_type(selected), parts) : 0;
	last = mn_last_member(parts, n);
	if (last && !w->finding && w->variable)
		tables_initializer(w->a, w->variable, w->func, parts, n, e);
	if (last)
		walk_stored(w, e, last->tag, last->member);
	else
		walk_expression(w, e);
}

static void walk_symbol(struct walk *w, struct symbol *sym)
{
	struct symbol *cleanup = cleanup_of(sym);
	struct symbol *outer = w->variable;

	if (cleanup)
		met_callee(w, cleanup);
	if (!sym->initializer)
		return;
	w->variable = sym;
	walk_initializer(w, plain_type(sym), 0, NULL, sym->initializer);
	w->variable = outer;
}

static void walk_assignment(struct walk *w, struct expression *e)
{
	struct expression *left = e->left;
	const struct mn_part *last = NULL;
	struct place p;

	walk_expression(w, left);
	if (e->op == '=' && left->type == EXPR_PREOP && left->op == '*') {
		place_find(&p, left->unop, left->ctype);
		last = mn_last_member(p.parts, p.nparts);
	}
	if (last && !w->finding && w->func)
		tables_assignment(w->a, w->func, e, &p);
	if (last)
		walk_stored(w, e->right, last->tag, last->member);
	else
		walk_expression(w, e->right);
}

/* ------------------------------------------------------------------ */
/* bodies                                                              */

static void walk_call(struct walk *w, struct expression *e)
{
	struct symbol *callee = function_in(e->fn);
	struct expression *arg;
	int n = 0;

	if (callee)
		met_callee(w, callee);
	else
		walk_expression(w, e->fn);
	w->indirect |= !callee;
	FOR_EACH_PTR(e->args, arg) {
		walk_stored(w, arg, callee ? word_of(callee->ident) : NULL,
			    mn_run_text(&w->a->run, "%d", ++n));
	} END_FOR_EACH_PTR(arg);
}

/* the address of @e->symbol, which is not called at once */
static void walk_symbol_expression(struct walk *w, struct expression *e)
{
	if (!e->symbol)
		return;
	mn_map_put(&w->a->escaped, mn_key(e->symbol), 1);
	if (!w->finding && w->func)
		add_symbol(&w->read, e->symbol);
	if (plain_type(e->symbol)->type == SYM_FN)
		met_function(w, e->symbol);
	else if (e->symbol->initializer && !e->symbol->ident)
		walk_symbol(w, e->symbol);	/* a compound literal */
}

static void walk_expression(struct walk *w, struct expression *e)
{
	if (!e || !valid_type(e->ctype))
		return;
	switch (e->type) {
	case EXPR_SYMBOL:
		walk_symbol_expression(w, e);
		break;
	case EXPR_PREOP:
	case EXPR_POSTOP:
		if (e->op != '*' || e->unop->type != EXPR_SYMBOL ||
		    !e->unop->symbol || !e->unop->symbol->ident)
			walk_expression(w, e->unop);
		break;
	case EXPR_LOGICAL:
		w->blocks++;
		/* fall through */
	case EXPR_BINOP:
	case EXPR_COMMA:
	case EXPR_COMPARE:
		walk_expression(w, e->left);
		walk_expression(w, e->right);
		break;
	case EXPR_ASSIGNMENT:
		walk_assignment(w, e);
		break;
	case EXPR_CONDITIONAL:
	case EXPR_SELECT:
		w->blocks += 3;
		walk_expression(w, e->conditional);
		walk_expression(w, e->cond_true);
		walk_expression(w, e->cond_false);
		break;
	case EXPR_STATEMENT:
		walk_statement(w, e->statement);
		break;
	case EXPR_CALL:
		walk_call(w, e);
		break;
	case EXPR_SLICE:
		walk_expression(w, e->base);
		break;
	default:
		if (is_cast(e))
			walk_expression(w, e->cast_expression);
	}
}

static void walk_symbols(struct walk *w, struct symbol_list *list)
{
	struct symbol *sym;

	FOR_EACH_PTR(list, sym) {
		walk_symbol(w, sym);
	} END_FOR_EACH_PTR(sym);
}

static void walk_asm(struct walk *w, struct statement *stmt)
{
	struct asm_operand *op;

	FOR_EACH_PTR(stmt->asm_outputs, op) {
		walk_expression(w, op->expr);
	} END_FOR_EACH_PTR(op);
	FOR_EACH_PTR(stmt->asm_inputs, op) {
		walk_expression(w, op->expr);
	} END_FOR_EACH_PTR(op);
	w->blocks += !!stmt->asm_labels;
}

/* do { .. } while (0) is no loop */
static bool runs_once(const struct statement *stmt)
{
	const struct expression *again = stmt->iterator_post_condition;

	return !stmt->iterator_pre_condition && again && again->type == EXPR_VALUE &&
	       !again->value;
}

static void walk_iterator(struct walk *w, struct statement *stmt)
{
	w->blocks += runs_once(stmt) ? 0 : 3;
	walk_symbols(w, stmt->iterator_syms);
	walk_statement(w, stmt->iterator_pre_statement);
	walk_expression(w, stmt->iterator_pre_condition);
	walk_statement(w, stmt->iterator_statement);
	walk_statement(w, stmt->iterator_post_statement);
	if (stmt->iterator_post_condition != stmt->iterator_pre_condition)
		walk_expression(w, stmt->iterator_post_condition);
}

static void walk_if(struct walk *w, struct statement *stmt)
{
	const struct expression *condition = stmt->if_conditional;

	if (condition && condition->type == EXPR_VALUE) {
		walk_statement(w, condition->value ? stmt->if_true : stmt->if_false);
		return;
	}
	w->blocks += stmt->if_false ? 3 : 2;
	walk_expression(w, stmt->if_conditional);
	walk_statement(w, stmt->if_true);
	walk_statement(w, stmt->if_false);
}

static void walk_compound(struct walk *w, struct statement *stmt)
{
	struct statement *s;

	FOR_EACH_PTR(stmt->stmts, s) {
		walk_statement(w, s);
	} END_FOR_EACH_PTR(s);
}

static void walk_statement(struct walk *w, struct statement *stmt)
{
	if (!stmt)
		return;
	switch (stmt->type) {
	case STMT_DECLARATION:
		walk_symbols(w, stmt->declaration);
		break;
	case STMT_EXPRESSION:
	case STMT_RETURN:
		walk_expression(w, stmt->expression);
		break;
	case STMT_COMPOUND:
		walk_compound(w, stmt);
		break;
	case STMT_IF:
		walk_if(w, stmt);
		break;
	case STMT_CASE:
		w->blocks++;
		walk_statement(w, stmt->case_statement);
		break;
	case STMT_SWITCH:
		walk_expression(w, stmt->switch_expression);
		walk_statement(w, stmt->switch_statement);
		break;
	case STMT_ITERATOR:
		walk_iterator(w, stmt);
		break;
	case STMT_LABEL:
		w->blocks++;
		walk_statement(w, stmt->label_statement);
		break;
	case STMT_GOTO:
		walk_expression(w, stmt->goto_expression);
		break;
	case STMT_ASM:
		walk_asm(w, stmt);
		break;
	default:
		break;
	}
}

/* ------------------------------------------------------------------ */
/* functions                                                           */

static void tell_declarations(struct adapter *a)
{
	for (int i = 0; i < a->source.declared.n; i++) {
		struct symbol *sym = a->source.declared.v[i];

		if (mn_is_api(word_of(sym->ident)))
			mn_unit_declares(a->run.unit, word_of(sym->ident),
				symbol_list_size(sym->ctype.base_type->arguments));
		if (alias_of(sym))
			mn_run_alias(&a->run, alias_of(sym), word_of(sym->ident));
	}
}

static unsigned int flags_of(const struct body *body)
{
	unsigned long modifiers = body->sym->ctype.modifiers;

	return (modifiers & MOD_EXT_VISIBLE ? MN_FUNC_WEAK : 0) | (body->address ? MN_FUNC_ADDRESS : 0) |
	       (modifiers & MOD_STATIC || body->is_inline ? 0 : MN_FUNC_EXTERNAL) |
	       (body->indirect ? MN_FUNC_INDIRECT : 0);
}

static void tell_function(struct adapter *a, struct body *body)
{
	struct symbol *sym = body->sym;

	if (!body->used || body->broken || !sym->ctype.base_type->stmt)
		return;
	body->func = mn_run_function(&a->run, word_of(sym->ident), loc_of(sym->pos),
				     symbol_list_size(sym->ctype.base_type->arguments) +
				     !!result_aggregate(sym), flags_of(body), body);
}

static int walk_body(struct adapter *a, struct body *body, bool finding)
{
	struct walk w = { .a = a, .func = body->func, .finding = finding, .blocks = 1 };
	struct symbol *object;

	walk_statement(&w, body->sym->ctype.base_type->stmt);
	body->indirect = w.indirect;
	FOR_EACH_PTR(w.read, object) {
		if (w.indirect)
			tables_called(w.func, object);
	} END_FOR_EACH_PTR(object);
	free_ptr_list(&w.read);
	return w.blocks;
}

static void walk_objects(struct adapter *a, bool finding)
{
	struct walk w = { .a = a, .finding = finding };
	struct symbol *sym;

	FOR_EACH_PTR(a->source.objects, sym) {
		w.type = sym->ident && mn_is_export(word_of(sym->ident)) ? MN_EXPORT : NULL;
		if (plain_type(sym)->type != SYM_FN && !(finding && w.type))
			walk_symbol(&w, sym);
	} END_FOR_EACH_PTR(sym);
}

/* what is not inline is there anyway, and what it uses, and so on */
static void find_used(struct adapter *a)
{
	struct source *s = &a->source;
	bool more = true;
	int i;

	for (i = 0; i < s->bodies.n; i++) {
		mn_map_put(&a->bodies, mn_key(s->bodies.v[i].sym), (uint32_t)i);
		s->bodies.v[i].used = !s->bodies.v[i].is_inline;
	}
	source_evaluate_objects(s);
	walk_objects(a, true);
	while (more) {
		more = false;
		for (i = s->bodies.n; i-- > 0; ) {
			if (!s->bodies.v[i].used || s->bodies.v[i].walked)
				continue;
			s->bodies.v[i].walked = more = true;
			source_evaluate_body(&s->bodies.v[i]);
			walk_body(a, &s->bodies.v[i], true);
		}
	}
}

void facts_tell(struct mn_run *run)
{
	struct adapter *a = adapter_of(run);
	struct source *s = &a->source;

	types_tell(run);
	find_used(a);
	for (int i = 0; i < s->bodies.n; i++)
		tell_function(a, &s->bodies.v[i]);
	tell_declarations(a);
	for (int i = 0; i < s->bodies.n; i++)
		if (s->bodies.v[i].func)
			mn_func_size(s->bodies.v[i].func, walk_body(a, &s->bodies.v[i], false));
	walk_objects(a, false);
}
