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
 * where draft.c makes values of what is read and written.
 *
 * One walk over the statements, one function a kind. Nothing is judged, simplified or
 * left out here. A jump over the end of a scope runs the cleanup handlers of its variables.
 */
#include "lower.h"

/* ------------------------------------------------------------------ */
/* blocks                                                              */

void put_jump(struct lowering *l, enum mn_op op, mn_val v,
	      const struct mn_case *to, int n)
{
	struct mn_insn in = insn(l, op);

	in.a = v;
	in.succ = to;
	in.nsucc = n;
	put_insn(l, &in);
	l->open = false;
}

static void put_goto(struct lowering *l, int block)
{
	struct mn_case to = { block, 0, 0 };

	put_jump(l, MN_GOTO, MN_NONE, &to, 1);
}

void put_fall(struct lowering *l, int block)
{
	struct mn_loc here = l->loc;

	memset(&l->loc, 0, sizeof(l->loc));
	put_goto(l, block);
	l->loc = here;
}

void begin_block(struct lowering *l, int block)
{
	if (l->open)
		put_fall(l, block);
	l->block = block;
	l->open = true;
	map_put(&l->begun, (uint64_t)block, 1);
}

int label_block(struct lowering *l, const struct symbol *label)
{
	uint32_t known;
	int block;

	if (map_get(&l->blocks, map_key(label), &known))
		return (int)known;
	block = new_block(l);
	map_put(&l->blocks, map_key(label), (uint32_t)block);
	return block;
}

/* ------------------------------------------------------------------ */
/* scopes                                                              */

/* the handlers of all variables but the first @n, the newest first */
static void run_cleanups(struct lowering *l, int n)
{
	int i;

	for (i = l->ncleanups; i-- > n; )
		lower_cleanup(l, l->cleanups[i]);
}

static void end_scope(struct lowering *l, int n)
{
	if (l->open)
		run_cleanups(l, n);
	l->ncleanups = n;
}

static void declare(struct lowering *l, struct symbol *sym)
{
	if (sym->ctype.modifiers & (MOD_STATIC | MOD_EXTERN | MOD_TOPLEVEL) ||
	    plain_type(sym)->type == SYM_FN)
		return;
	if (sym->initializer)
		lower_initializer(l, sym);
	if (!cleanup_of(sym))
		return;
	if (l->ncleanups == l->cleanups_room) {
		l->cleanups_room = l->cleanups_room * 2 + 8;
		l->cleanups = (struct symbol **)realloc(l->cleanups,
			sizeof(*l->cleanups) * (size_t)l->cleanups_room);
	}
	l->cleanups[l->ncleanups++] = sym;
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
		map_put(&l->scopes, map_key(stmt->label_identifier), (uint32_t)n);
		return find_scopes(l, stmt->label_statement, n);
	case STMT_CASE:
		return find_scopes(l, stmt->case_statement, n);
	case STMT_SWITCH:
		find_scopes(l, stmt->switch_statement, n);
		return n;
	case STMT_ITERATOR:
		find_scopes(l, stmt->iterator_statement,
			    n + count_cleanups(stmt->iterator_syms));
		return n;
	default:
		return n;
	}
}

/* ------------------------------------------------------------------ */
/* jumps                                                               */

/*
 * A finding at a return stands where a goto leads straight to it, if it is
 * the only one: the engine asks the jump. A break or continue is never asked, and with
 * several returns each stands for itself; that is how GCC has it.
 */
static void lower_goto(struct lowering *l, struct statement *stmt)
{
	struct mn_case to[64];
	struct symbol *label = stmt->goto_label;
	uint32_t scope = (uint32_t)l->ncleanups;
	mn_val v;
	int n = 0;

	if (label) {
		map_get(&l->scopes, map_key(label), &scope);
		run_cleanups(l, (int)scope);
		if (label->namespace == NS_ITERATOR || l->returns > 1)
			put_fall(l, label_block(l, label));
		else
			put_goto(l, label_block(l, label));
		return;
	}
	v = value_of(l, stmt->goto_expression);
	(void)v;
	memset(to, 0, sizeof(to));
	FOR_EACH_PTR(stmt->target_list, label) {
		if (n < 64)
			to[n++].block = label_block(l, label);
	} END_FOR_EACH_PTR(label);
	put_jump(l, n ? MN_FORK : MN_STOP, MN_NONE, to, n);
}

static void lower_return(struct lowering *l, struct statement *stmt)
{
	struct expression *e = stmt->ret_value;
	mn_val v = MN_NONE;
	bool valued = e && valid_type(e->ctype) && !is_void_type(e->ctype);
	struct position pos = stmt->pos;

	if (e)
		v = value_of(l, e);
	if (l->result && valued) {
		if (is_wrapped_scalar(e->ctype))
			store(l, l->result, v);
		else
			move(l, l->result, v, e->ctype);
	}
	at_place(l, pos);
	run_cleanups(l, 0);
	put_jump(l, MN_RETURN, valued && !l->result ? v : MN_NONE, NULL, 0);
}

/* ------------------------------------------------------------------ */
/* statements                                                          */

static void lower_if(struct lowering *l, struct statement *stmt)
{
	int yes = new_block(l), no = new_block(l), end;

	lower_branch(l, stmt->if_conditional, yes, no);
	begin_block(l, yes);
	lower_statement(l, stmt->if_true);
	if (!stmt->if_false) {
		begin_block(l, no);
		return;
	}
	end = new_block(l);
	if (l->open)
		put_fall(l, end);
	begin_block(l, no);
	lower_statement(l, stmt->if_false);
	begin_block(l, end);
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
	struct mn_case two[2];

	if (n != 2 || to[1].lo != to[1].hi) {
		put_jump(l, MN_SWITCH, v, to, n);
		return;
	}
	two[0] = to[1];
	two[1] = to[0];
	put_jump(l, MN_IF, emit(l, MN_EQ, v, number(l, to[1].lo)), two, 2);
}

static void lower_switch(struct lowering *l, struct statement *stmt)
{
	struct symbol_list *labels = stmt->switch_case->symbol_list;
	mn_val v = value_of(l, stmt->switch_expression);
	struct mn_case *to;
	struct symbol *sym;
	int end = label_block(l, stmt->switch_break), other = end, n = 1;

	map_put(&l->scopes, map_key(stmt->switch_break), (uint32_t)l->ncleanups);
	to = (struct mn_case *)calloc((size_t)symbol_list_size(labels) + 1, sizeof(*to));
	FOR_EACH_PTR(labels, sym) {
		if (!sym->stmt->case_expression) {
			other = label_block(l, sym);
		} else if (constant_case(sym, &to[n])) {
			to[n++].block = label_block(l, sym);
		}
	} END_FOR_EACH_PTR(sym);
	to[0].block = other;
	to[0].lo = 1;
	at_place(l, stmt->pos);
	put_switch(l, v, to, n);
	free(to);
	lower_statement(l, stmt->switch_statement);
	begin_block(l, end);
}

static void lower_loop_condition(struct lowering *l, struct expression *e, int body,
				 int end)
{
	if (e)
		lower_branch(l, e, body, end);
	else
		put_fall(l, body);
}

static void lower_iterator(struct lowering *l, struct statement *stmt)
{
	int top = new_block(l), body = new_block(l);
	int next = label_block(l, stmt->iterator_continue);
	int end = label_block(l, stmt->iterator_break);
	int outside = l->ncleanups;

	declare_all(l, stmt->iterator_syms);
	lower_statement(l, stmt->iterator_pre_statement);
	map_put(&l->scopes, map_key(stmt->iterator_continue), (uint32_t)l->ncleanups);
	map_put(&l->scopes, map_key(stmt->iterator_break), (uint32_t)l->ncleanups);
	begin_block(l, top);
	lower_loop_condition(l, stmt->iterator_pre_condition, body, end);
	begin_block(l, body);
	lower_statement(l, stmt->iterator_statement);
	begin_block(l, next);
	lower_statement(l, stmt->iterator_post_statement);
	if (stmt->iterator_post_condition)
		lower_loop_condition(l, stmt->iterator_post_condition, top, end);
	else
		put_fall(l, top);
	begin_block(l, end);
	end_scope(l, outside);
}

static mn_val lower_compound(struct lowering *l, struct statement *stmt)
{
	int outside = l->ncleanups;
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
	if (!stmt)
		return MN_NONE;
	at_place(l, stmt->pos);
	switch (stmt->type) {
	case STMT_DECLARATION:
		declare_all(l, stmt->declaration);
		break;
	case STMT_EXPRESSION:
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
		begin_block(l, label_block(l, stmt->case_label));
		return lower_statement(l, stmt->case_statement);
	case STMT_SWITCH:
		lower_switch(l, stmt);
		break;
	case STMT_ITERATOR:
		lower_iterator(l, stmt);
		break;
	case STMT_LABEL:
		begin_block(l, label_block(l, stmt->label_identifier));
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
			mn_value_name(l->func, v, name_of_symbol(arg));
		if (!arg->ident || parameter(l, arg))
			continue;
		if (is_aggregate(arg) && !is_wrapped_scalar(arg))
			move(l, object(l, arg), v, arg);
		else
			assign_symbol(l, arg, v);
	} END_FOR_EACH_PTR(arg);
	if (result_aggregate(type))
		l->result = v + 1;
}

/* a label that is nowhere: sparse has told about it */
static void end_lost_blocks(struct lowering *l)
{
	uint32_t known;
	size_t i;

	for (i = 0; i < l->blocks.room; i++) {
		if (!l->blocks.slots[i].value ||
		    map_get(&l->begun, l->blocks.slots[i].value - 1, &known))
			continue;
		begin_block(l, (int)l->blocks.slots[i].value - 1);
		put_jump(l, MN_STOP, MN_NONE, NULL, 0);
	}
}

static void lower_function(struct lowering *l)
{
	struct symbol *sym = l->body->sym;
	struct mn_case first;
	int start;

	l->block = new_block(l);
	l->open = true;
	lower_parameters(l);
	start = new_block(l);
	l->open = false;
	begin_block(l, start);
	lower_statement(l, sym->ctype.base_type->stmt);
	at_place(l, l->body->end);
	if (l->open)
		put_jump(l, MN_RETURN, MN_NONE, NULL, 0);
	end_lost_blocks(l);
	l->block = PROLOGUE;
	l->open = true;
	memset(&first, 0, sizeof(first));
	first.block = start;
	at_place(l, sym->pos);
	put_jump(l, MN_GOTO, MN_NONE, &first, 1);
}

void lower_body(struct adapter *a, const struct body *body)
{
	struct lowering l;

	memset(&l, 0, sizeof(l));
	l.a = a;
	l.func = body->func;
	l.body = body;
	find_scopes(&l, body->sym->ctype.base_type->stmt, 0);
	at_place(&l, body->sym->pos);
	lower_function(&l);
	draft_finish(&l.draft, l.func);
	draft_free(&l.draft);
	map_free(&l.variables);
	map_free(&l.fixed);
	map_free(&l.numbers);
	map_free(&l.names);
	map_free(&l.blocks);
	map_free(&l.begun);
	map_free(&l.scopes);
	free(l.cleanups);
}
