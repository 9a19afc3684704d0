// SPDX-License-Identifier: GPL-2.0-only
/*
 * lower.c - the body of a function, from sparse's tree to the engine's program.
 *
 * Before:	ptl = pte_lockptr(mm, pmd);
 *		spin_lock(ptl);
 *		if (flag > 3) ..
 *
 * After:	v12 "ptl" = call pte_lockptr(v1, v4)
 *		write ptl v12
 *		v13 "ptl" = read ptl
 *		call spin_lock(v13)
 *		v14 = lt v5 v9
 *		if v14 goto 2 else 3
 *
 * where ssa.c makes values of what is read and written. One walk over the statements, one function a kind. Nothing
 * is checked, simplified or left out here. A jump over the end of a scope runs the cleanup handlers of its variables.
 */
#include "adapter.h"

/* ------------------------------------------------------------------ */
/* blocks                                                              */

void put_fall(struct lowering *l, int block)
{
	struct mn_loc here = l->b->loc;

	memset(&l->b->loc, 0, sizeof(l->b->loc));
	mn_put_goto(l->b, block);
	l->b->loc = here;
}

void put_stop(struct lowering *l)
{
	mn_put_jump(l->b, MN_STOP, MN_NONE, NULL, 0);
}

void start_block(struct lowering *l, int block)
{
	if (l->b->open)
		put_fall(l, block);
	mn_builder_enter(l->b, block);
	mn_map_put(&l->started, (uint64_t)block, 1);
}

int label_block(struct lowering *l, const struct symbol *label)
{
	uint32_t known;
	int block;

	if (mn_map_get(&l->blocks, mn_key(label), &known))
		return (int)known;
	block = mn_builder_block(l->b);
	mn_map_put(&l->blocks, mn_key(label), (uint32_t)block);
	return block;
}

/* ------------------------------------------------------------------ */
/* scopes                                                              */

/* the handlers of all variables but the first @n, the newest first */
static void run_cleanups(struct lowering *l, int n)
{
	for (int i = l->cleanups.n; i-- > n; )
		lower_cleanup(l, l->cleanups.v[i]);
}

static void end_scope(struct lowering *l, int n)
{
	if (l->b->open)
		run_cleanups(l, n);
	l->cleanups.n = n;
}

static void declare(struct lowering *l, struct symbol *sym)
{
	if (is_static(sym) || plain_type(sym)->type == SYM_FN)
		return;
	if (sym->initializer)
		lower_initializer(l, sym);
	if (cleanup_of(sym))
		*mn_append(&l->cleanups) = sym;
}

static void declare_all(struct lowering *l, struct symbol_list *list)
{
	struct symbol *sym;

	FOR_EACH_PTR(list, sym) {
		declare(l, sym);
	} END_FOR_EACH_PTR(sym);
}

static int count_cleanups(struct symbol_list *list)
{
	struct symbol *sym;
	int n = 0;

	FOR_EACH_PTR(list, sym) {
		n += cleanup_of(sym) != NULL;
	} END_FOR_EACH_PTR(sym);
	return n;
}

/* how many cleanups are around each label of @stmt, with @n around itself; a goto may
 * come first. Return: how many are around what comes next in the same scope */
static int find_scopes(struct lowering *l, struct statement *stmt, int n)
{
	struct statement *s;
	int inner = n;

	if (!stmt)
		return n;
	switch (stmt->type) {
	case STMT_DECLARATION:
		return n + count_cleanups(stmt->declaration);
	case STMT_COMPOUND:
		FOR_EACH_PTR(stmt->stmts, s) {
			inner = find_scopes(l, s, inner);
		} END_FOR_EACH_PTR(s);
		return n;
	case STMT_RETURN:
		l->returns++;
		return n;
	case STMT_IF:
		find_scopes(l, stmt->if_true, n);
		find_scopes(l, stmt->if_false, n);
		return n;
	case STMT_LABEL:
		mn_map_put(&l->scopes, mn_key(stmt->label_identifier), (uint32_t)n);
		return find_scopes(l, stmt->label_statement, n);
	case STMT_CASE:
		return find_scopes(l, stmt->case_statement, n);
	case STMT_SWITCH:
		find_scopes(l, stmt->switch_statement, n);
		return n;
	case STMT_ITERATOR:
		find_scopes(l, stmt->iterator_statement, n + count_cleanups(stmt->iterator_syms));
		return n;
	default:
		return n;
	}
}

/* ------------------------------------------------------------------ */
/* jumps                                                               */

/*
 * A finding at a return stands where a goto leads straight to it, if it is the only one: the engine asks the jump.
 * A break or continue is never asked, and with several returns each stands for itself; that is how GCC has it.
 */
static void lower_goto(struct lowering *l, struct statement *stmt)
{
	struct symbol *label = stmt->goto_label;
	uint32_t scope = (uint32_t)l->cleanups.n;
	case_list to = { NULL, 0, 0 };

	if (label) {
		mn_map_get(&l->scopes, mn_key(label), &scope);
		run_cleanups(l, (int)scope);
		if (label->namespace == NS_ITERATOR || l->returns > 1)
			put_fall(l, label_block(l, label));
		else
			mn_put_goto(l->b, label_block(l, label));
		return;
	}
	value_of(l, stmt->goto_expression);
	FOR_EACH_PTR(stmt->target_list, label) {
		mn_append(&to)->block = label_block(l, label);
	} END_FOR_EACH_PTR(label);
	mn_put_jump(l->b, to.n ? MN_FORK : MN_STOP, MN_NONE, to.v, to.n);
	free(to.v);
}

static void lower_return(struct lowering *l, struct statement *stmt)
{
	struct expression *e = stmt->ret_value;
	mn_val v = MN_NONE;
	bool valued = e && valid_type(e->ctype) && !is_void_type(e->ctype);
	struct position pos = !e ? stmt->pos : without_casts(e)->type == EXPR_CALL ? place_of(e) : e->pos;

	at_place(l, pos);
	if (e)
		v = value_of(l, e);
	if (l->b->result && valued && is_wrapped_scalar(e->ctype))
		mn_put_store(l->b, l->b->result, v, NULL);
	else if (l->b->result && valued)
		move(l, l->b->result, v, e->ctype);
	at_place(l, pos);
	run_cleanups(l, 0);
	mn_put_jump(l->b, MN_RETURN, valued && !l->b->result ? v : MN_NONE, NULL, 0);
}

/* ------------------------------------------------------------------ */
/* statements                                                          */

static void lower_if(struct lowering *l, struct statement *stmt)
{
	int yes = mn_builder_block(l->b), no = mn_builder_block(l->b), end;

	lower_branch(l, stmt->if_conditional, stmt->pos, yes, no);
	start_block(l, yes);
	lower_statement(l, stmt->if_true);
	if (!stmt->if_false) {
		start_block(l, no);
		return;
	}
	end = mn_builder_block(l->b);
	if (l->b->open)
		put_fall(l, end);
	start_block(l, no);
	lower_statement(l, stmt->if_false);
	start_block(l, end);
}

static bool constant_case(const struct symbol *sym, struct mn_case *to)
{
	struct expression *from = sym->stmt->case_expression;
	struct expression *last = sym->stmt->case_to ? sym->stmt->case_to : from;

	if (from->type != EXPR_VALUE || last->type != EXPR_VALUE)
		return false;
	to->lo = extend_value((long long)from->value, from->ctype);
	to->hi = extend_value((long long)last->value, last->ctype);
	return to->lo <= to->hi;
}

/* @to[0] is the default. One case is an if, as GCC has it */
static void put_switch(struct lowering *l, mn_val v, const struct mn_case *to, int n)
{
	if (n != 2 || to[1].lo != to[1].hi)
		mn_put_jump(l->b, MN_SWITCH, v, to, n);
	else
		mn_put_branch(l->b, emit(l, MN_EQ, v, number(l, to[1].lo)), to[1].block, to[0].block);
}

static void lower_switch(struct lowering *l, struct statement *stmt)
{
	mn_val v = value_of(l, stmt->switch_expression);
	int end = label_block(l, stmt->switch_break);
	struct mn_case one = { end, 1, 0 };
	case_list to = { NULL, 0, 0 };
	struct symbol *sym;

	mn_map_put(&l->scopes, mn_key(stmt->switch_break), (uint32_t)l->cleanups.n);
	*mn_append(&to) = one;
	FOR_EACH_PTR(stmt->switch_case->symbol_list, sym) {
		if (!sym->stmt->case_expression) {
			to.v[0].block = label_block(l, sym);
		} else if (constant_case(sym, &one)) {
			one.block = label_block(l, sym);
			*mn_append(&to) = one;
		}
	} END_FOR_EACH_PTR(sym);
	at_place(l, stmt->pos);
	put_switch(l, v, to.v, to.n);
	free(to.v);
	lower_statement(l, stmt->switch_statement);
	start_block(l, end);
}

static void lower_loop_condition(struct lowering *l, struct expression *e, int body, int end)
{
	if (e)
		lower_branch(l, e, place_of_condition(e), body, end);
	else
		put_fall(l, body);
}

static void lower_iterator(struct lowering *l, struct statement *stmt)
{
	int top = mn_builder_block(l->b), body = mn_builder_block(l->b);
	int next = label_block(l, stmt->iterator_continue);
	int end = label_block(l, stmt->iterator_break);
	int outside = l->cleanups.n;

	declare_all(l, stmt->iterator_syms);
	lower_statement(l, stmt->iterator_pre_statement);
	mn_map_put(&l->scopes, mn_key(stmt->iterator_continue), (uint32_t)l->cleanups.n);
	mn_map_put(&l->scopes, mn_key(stmt->iterator_break), (uint32_t)l->cleanups.n);
	start_block(l, top);
	lower_loop_condition(l, stmt->iterator_pre_condition, body, end);
	start_block(l, body);
	lower_statement(l, stmt->iterator_statement);
	start_block(l, next);
	lower_statement(l, stmt->iterator_post_statement);
	lower_loop_condition(l, stmt->iterator_post_condition, top, end);
	start_block(l, end);
	end_scope(l, outside);
}

static mn_val lower_compound(struct lowering *l, struct statement *stmt)
{
	int outside = l->cleanups.n;
	struct statement *s;
	mn_val v = MN_NONE;

	FOR_EACH_PTR(stmt->stmts, s) {
		v = lower_statement(l, s);
	} END_FOR_EACH_PTR(s);
	end_scope(l, outside);
	return v ? v : number(l, 0);
}

mn_val lower_statement(struct lowering *l, struct statement *stmt)
{
	struct expression *e;

	if (!stmt)
		return MN_NONE;
	at_place(l, stmt->pos);
	switch (stmt->type) {
	case STMT_DECLARATION:
		declare_all(l, stmt->declaration);
		break;
	case STMT_EXPRESSION:
		e = stmt->expression ? without_casts(stmt->expression) : NULL;
		if (e && e->type == EXPR_CALL && is_void_type(e->ctype))	/* also (void)f() and (*f)() */
			e->pos = stmt->pos;
		return value_of(l, stmt->expression);
	case STMT_COMPOUND:
		return lower_compound(l, stmt);
	case STMT_IF:
		lower_if(l, stmt);
		break;
	case STMT_RETURN:
		lower_return(l, stmt);
		break;
	case STMT_CASE:
		start_block(l, label_block(l, stmt->case_label));
		return lower_statement(l, stmt->case_statement);
	case STMT_SWITCH:
		lower_switch(l, stmt);
		break;
	case STMT_ITERATOR:
		lower_iterator(l, stmt);
		break;
	case STMT_LABEL:
		start_block(l, label_block(l, stmt->label_identifier));
		return lower_statement(l, stmt->label_statement);
	case STMT_GOTO:
		lower_goto(l, stmt);
		break;
	case STMT_ASM:
		lower_asm(l, stmt);
		break;
	default:	/* what sparse counts its own contexts by */
		break;
	}
	return MN_NONE;
}

/* ------------------------------------------------------------------ */
/* the function                                                        */

/* name the parameters, and give those that live in memory their object */
static void lower_parameters(struct lowering *l)
{
	struct symbol *type = l->body->sym->ctype.base_type;
	struct symbol *arg;
	mn_val v = 0;

	FOR_EACH_PTR(type->arguments, arg) {
		v++;
		if (arg->ident && name_of_symbol(arg))
			mn_value_name(l->b->func, v, name_of_symbol(arg));
		if (!arg->ident || parameter(l, arg))
			continue;
		if (by_address(arg))
			move(l, object(l, arg), v, arg);
		else
			assign_symbol(l, arg, v);
	} END_FOR_EACH_PTR(arg);
	if (result_aggregate(type))
		l->b->result = v + 1;
}

/* a label that is nowhere: sparse has reported it */
static void end_lost_blocks(struct lowering *l)
{
	uint32_t known;
	size_t i;

	for (i = 0; i < l->blocks.room; i++) {
		if (!l->blocks.slots[i].value ||
		    mn_map_get(&l->started, l->blocks.slots[i].value - 1, &known))
			continue;
		start_block(l, (int)l->blocks.slots[i].value - 1);
		put_stop(l);
	}
}

static void lower_function(struct lowering *l)
{
	struct symbol *sym = l->body->sym;
	int start;

	lower_parameters(l);
	start = mn_builder_block(l->b);
	l->b->open = false;
	start_block(l, start);
	lower_statement(l, sym->ctype.base_type->stmt);
	at_place(l, l->body->end);
	if (l->b->open)
		mn_put_jump(l->b, MN_RETURN, MN_NONE, NULL, 0);
	end_lost_blocks(l);
	mn_builder_enter(l->b, MN_PROLOGUE);
	at_place(l, sym->pos);
	mn_put_goto(l->b, start);
}

void lower_body(struct mn_run *run, struct mn_func *func, void *data)
{
	const struct body *body = (const struct body *)data;
	struct mn_builder builder;
	struct lowering l = { .a = adapter_of(run), .b = &builder, .body = body };

	mn_builder_start(l.b, func, true);
	find_scopes(&l, body->sym->ctype.base_type->stmt, 0);
	at_place(&l, body->sym->pos);
	lower_function(&l);
	mn_builder_finish(l.b);
	mn_map_free(&l.variables);
	mn_map_free(&l.blocks);
	mn_map_free(&l.started);
	mn_map_free(&l.scopes);
	free(l.cleanups.v);
}
