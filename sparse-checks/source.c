// SPDX-License-Identifier: GPL-2.0-only
/*
 * source.c - one file, parsed and evaluated by sparse.
 *
 * sparse's own loop over a file drops the tokens and with them the closing braces, forgets inline functions, and
 * mutes itself at the first error. So the loop is ours: one declaration at a time, remembering where a body ends
 * and whether sparse complained in it. Such a function counts as one without a body, and is reported; the others
 * are checked.
 *
 * Two attributes that sparse ignores are needed: cleanup, and alias, by which a module is left. What they name is kept as
 * a context that changes nothing, of the variable or function.
 */
#include <fcntl.h>
#include <unistd.h>

#include "adapter.h"

static struct source *reading;	/* validate_decl() has no argument of ours */

struct mn_loc loc_of(struct position pos)
{
	struct mn_loc loc = { .file = stream_name(pos.stream), .line = (int)pos.line, .col = (int)pos.pos };

	return loc;
}

/* ------------------------------------------------------------------ */
/* __attribute__((cleanup(function))), __attribute__((alias("function"))) */

static struct token *attribute_named(struct token *token, struct symbol *attr, struct decl_state *ctx)
{
	struct expression *expr = NULL;
	struct context *context;

	(void)attr;
	token = parens_expression(token, &expr, "in attribute");
	if (!expr || (expr->type != EXPR_STRING && (expr->type != EXPR_SYMBOL || !expr->symbol)))
		return token;
	context = alloc_context();
	context->context = expr;
	add_ptr_list(&ctx->ctype.contexts, context);
	return token;
}

static struct symbol_op named_op = { .attribute = attribute_named };

static struct expression *named_in(struct context_list *contexts, enum expression_type type)
{
	struct context *context;

	FOR_EACH_PTR(contexts, context) {
		if (!context->in && !context->out && context->context && context->context->type == type)
			return context->context;
	} END_FOR_EACH_PTR(context);
	return NULL;
}

struct symbol *cleanup_of(struct symbol *variable)
{
	struct expression *e = named_in(variable->ctype.contexts, EXPR_SYMBOL);

	return e && plain_type(e->symbol)->type == SYM_FN ? e->symbol : NULL;
}

const char *alias_of(struct symbol *func)
{
	struct expression *e = named_in(func->ctype.contexts, EXPR_STRING);

	return e ? e->string->data : NULL;
}

/* what the attribute @words, which has two spellings, does to a declaration */
static void teach(const char *const words[2], struct symbol_op *op, unsigned long modifiers)
{
	for (int i = 0; i < 2; i++) {
		struct symbol *attr = lookup_symbol(built_in_ident(words[i]), NS_KEYWORD);

		if (!attr || !op)
			continue;
		attr->op = op;
		attr->ctype.modifiers = modifiers;
	}
}

/* sparse's mark of what is visible, which nothing needs, is ours of what is weak */
void source_prepare(void)
{
	static const char *const cleanup[] = { "cleanup", "__cleanup__" };
	static const char *const alias[] = { "alias", "__alias__" };
	static const char *const weak[] = { "weak", "__weak__" };
	static const char *const visible[] = { "externally_visible", "__externally_visible__" };
	struct symbol *attr = lookup_symbol(built_in_ident(visible[0]), NS_KEYWORD);
	struct symbol_op *modifies = attr ? attr->op : NULL;

	teach(cleanup, &named_op, 0);
	teach(alias, &named_op, 0);
	teach(weak, modifies, MOD_EXT_VISIBLE);
	teach(visible, modifies, 0);
}

/* ------------------------------------------------------------------ */
/* parsing                                                             */

static bool is_function_symbol(const struct symbol *sym)
{
	return sym && sym->type == SYM_NODE && sym->namespace == NS_SYMBOL && sym->ident &&
	       sym->ctype.base_type && sym->ctype.base_type->type == SYM_FN;
}

static void on_declaration(struct symbol *sym)
{
	if (is_function_symbol(sym))
		*mn_append(&reading->declared) = sym;
}

/* the function that the declaration just read has defined, or NULL */
static struct symbol *defined_in(struct scope *scope, struct symbol **last)
{
	struct symbol *sym = (struct symbol *)last_ptr_list((struct ptr_list *)scope->symbols);

	if (sym == *last)
		return NULL;
	*last = sym;
	return is_function_symbol(sym) && sym->definition &&
	       (sym->definition->ctype.base_type->stmt || sym->definition->ctype.base_type->inline_stmt) ?
	       sym->definition : NULL;
}

static struct position last_position(const struct token *from, const struct token *to)
{
	while (from->next != to && !eof_token(from->next))
		from = from->next;
	return from->pos;
}

static bool take_error(void)
{
	bool error = has_error & ERROR_CURR_PHASE;

	has_error = 0;
	return error;
}

static void move_to(struct token *token, const struct token *place)
{
	token->pos.stream = place->pos.stream;
	token->pos.line = place->pos.line;
	token->pos.pos = place->pos.pos;
}

/* where GCC has an "if", at its parenthesis, and a function behind an &, at that */
static void move_places(struct token *token)
{
	for (; !eof_token(token); token = token->next) {
		if (match_ident(token, &if_ident) && match_op(token->next, '('))
			move_to(token, token->next);
		if (match_op(token, '&') && token_type(token->next) == TOKEN_IDENT &&
		    !match_op(token->next->next, '('))
			move_to(token->next, token);
	}
}

static void read_declarations(struct source *s, struct token *token)
{
	struct symbol *last_file = NULL, *last_global = NULL, *sym;
	struct token *from;
	struct body *body;
	bool error;

	defined_in(file_scope, &last_file);
	defined_in(global_scope, &last_global);
	take_error();
	while (!eof_token(token)) {
		from = token;
		token = external_declaration(token, &translation_unit_used_list, on_declaration);
		error = take_error();
		sym = defined_in(file_scope, &last_file);
		if (!sym)
			sym = defined_in(global_scope, &last_global);
		if (!sym)
			continue;
		*mn_append(&s->declared) = sym;
		body = mn_append(&s->bodies);
		body->sym = sym;
		body->end = last_position(from, token);
		body->is_inline = sym->ctype.base_type->inline_stmt != NULL;
		body->broken = error;
		/* what is half parsed must not be copied or evaluated */
		if (error)
			sym->ctype.base_type->stmt = sym->ctype.base_type->inline_stmt = NULL;
	}
}

void source_read(struct source *s, char *file)
{
	int fd = strcmp(file, "-") ? open(file, O_RDONLY) : 0;
	struct token *token;

	if (fd < 0) {
		fprintf(stderr, "mncheck: error: %s: %s; name a C file\n", file, strerror(errno));
		exit(2);
	}
	reading = s;
	base_filename = file;
	translation_unit_used_list = NULL;
	new_file_scope();
	token = preprocess(tokenize(NULL, file, fd, NULL, includepath));
	if (fd)
		close(fd);
	move_places(token);
	read_declarations(s, token);
	clear_token_alloc();
	/* else a call is replaced by the body */
	for (int i = 0; i < s->declared.n; i++)
		s->declared.v[i]->ctype.modifiers &= ~(unsigned long)MOD_INLINE;
}

void source_free(struct source *s)
{
	free(s->bodies.v);
	free(s->declared.v);
}

bool source_is_worth_a_look(const struct source *s)
{
	const char *word;

	for (int i = 0; i < s->declared.n; i++) {
		word = word_of(s->declared.v[i]->ident);
		if (mn_is_api(word) || mn_is_signal(word))
			return true;
	}
	return false;
}

/* ------------------------------------------------------------------ */
/* evaluating                                                          */

static bool evaluate_one(struct symbol *sym)
{
	struct symbol_list *list = NULL;

	add_symbol(&list, sym);
	evaluate_symbol_list(list);
	free_ptr_list(&list);
	return take_error();
}

/* the arguments are constant if their cost is zero; else the call stays */
static int expand_constant_p(struct expression *call, int cost)
{
	if (!cost) {
		call->type = EXPR_VALUE;
		call->value = 1;
		call->taint = 0;
	}
	return cost;
}

/*
 * What is no constant in a body may be one where the body is inlined. sparse's "no" would
 * end each path at an assertion of compile time.
 */
static void expand_body(struct symbol *sym)
{
	struct symbol *asks = lookup_symbol(built_in_ident("__builtin_constant_p"), NS_SYMBOL);
	struct symbol_op *usual = asks ? asks->op : NULL;
	struct symbol_op ours;

	if (usual) {
		ours = *usual;
		ours.expand = expand_constant_p;
		asks->op = &ours;
	}
	expand_symbol(sym);
	if (usual)
		asks->op = usual;
}

void source_evaluate_body(struct body *body)
{
	struct symbol *fn = body->sym->ctype.base_type;
	/* typeof(function) evaluates the body too, and to do it a second time is an error */
	bool was_evaluated = fn->inline_stmt && fn->stmt && !body->sym->evaluated;

	if (body->broken)
		return;
	/* of an inline function sparse would evaluate a copy, which lacks the labels of an asm goto */
	if (!fn->stmt)
		fn->stmt = fn->inline_stmt;
	if (!was_evaluated)
		body->broken = evaluate_one(body->sym);
	/* constants are folded, so that what is never executed is seen to be so */
	expand_body(body->sym);
	take_error();
}

void source_evaluate_objects(struct source *s)
{
	struct symbol *sym;

	/* may grow while it is walked */
	FOR_EACH_PTR(translation_unit_used_list, sym) {
		if (!is_function_symbol(sym))
			evaluate_one(sym);
	} END_FOR_EACH_PTR(sym);
	s->objects = translation_unit_used_list;
}
