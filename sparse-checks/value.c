// SPDX-License-Identifier: GPL-2.0-only
/*
 * value.c - instructions, addresses and memory.
 *
 * An address is walked from the outside to the object or pointer it starts from,
 * adding up bits on the way; so that equal cells get equal addresses, whatever
 * way they are written. No expression is evaluated here but what an address
 * starts from.
 */
#include "lower.h"

/* ------------------------------------------------------------------ */
/* tables                                                              */

static size_t map_slot_of(const struct map *m, uint64_t key)
{
	size_t at = (size_t)(key * 0x9e3779b97f4a7c15ull >> 20) & (m->room - 1);

	while (m->slots[at].value && m->slots[at].key != key)
		at = (at + 1) & (m->room - 1);
	return at;
}

bool map_get(const struct map *m, uint64_t key, uint32_t *value)
{
	size_t at;

	if (!m->n)
		return false;
	at = map_slot_of(m, key);
	if (!m->slots[at].value)
		return false;
	*value = m->slots[at].value - 1;
	return true;
}

static void map_grow(struct map *m)
{
	struct map_slot *old = m->slots;
	size_t i, room = m->room;

	m->room = room ? room * 2 : 32;
	m->slots = (struct map_slot *)calloc(m->room, sizeof(*m->slots));
	for (i = 0; i < room; i++)
		if (old[i].value)
			m->slots[map_slot_of(m, old[i].key)] = old[i];
	free(old);
}

void map_put(struct map *m, uint64_t key, uint32_t value)
{
	size_t at;

	if (2 * m->n >= m->room)
		map_grow(m);
	at = map_slot_of(m, key);
	m->n += !m->slots[at].value;
	m->slots[at].key = key;
	m->slots[at].value = value + 1;		/* 0: nothing there */
}

void map_free(struct map *m)
{
	free(m->slots);
	memset(m, 0, sizeof(*m));
}

/* ------------------------------------------------------------------ */
/* instructions                                                        */

void at_place(struct lowering *l, struct position pos)
{
	l->loc = loc_of(pos);
}

struct mn_insn insn(const struct lowering *l, enum mn_op op)
{
	struct mn_insn in;

	memset(&in, 0, sizeof(in));
	in.op = op;
	in.loc = l->loc;
	return in;
}

void put_insn(struct lowering *l, const struct mn_insn *in)
{
	if (!l->open) {		/* what nobody can reach */
		l->block = new_block(l);
		l->open = true;
	}
	draft_insn(&l->draft, l->block, in);
}

int new_block(struct lowering *l)
{
	return draft_block(&l->draft);
}

mn_val emit(struct lowering *l, enum mn_op op, mn_val a, mn_val b)
{
	struct mn_insn in = insn(l, op);

	in.dst = mn_value(l->func, NULL);
	in.a = a;
	in.b = b;
	put_insn(l, &in);
	return in.dst;
}

mn_val emit_named(struct lowering *l, enum mn_op op, const char *name,
		  const mn_val *args, int nargs)
{
	struct mn_insn in = insn(l, op);

	in.dst = mn_value(l->func, NULL);
	in.name = name;
	in.args = args;
	in.nargs = nargs;
	put_insn(l, &in);
	return in.dst;
}

mn_val unknown(struct lowering *l)
{
	return emit(l, MN_UNKNOWN, MN_NONE, MN_NONE);
}

/* ------------------------------------------------------------------ */
/* what the prologue holds                                             */

mn_val number(struct lowering *l, int64_t value)
{
	struct mn_insn in = insn(l, MN_CONST);
	uint32_t known;

	if (map_get(&l->numbers, (uint64_t)value, &known))
		return known;
	in.dst = mn_value(l->func, NULL);
	in.imm = value;
	draft_insn(&l->draft, PROLOGUE, &in);
	map_put(&l->numbers, (uint64_t)value, in.dst);
	return in.dst;
}

static mn_val object_named(struct lowering *l, enum mn_op op, const char *name,
			   const char *shown)
{
	struct mn_insn in = insn(l, op);
	char text[NAME_SIZE];

	if (shown)
		snprintf(text, sizeof(text), "&%s", shown);
	in.dst = mn_value(l->func, shown ? text : NULL);
	in.name = name;
	draft_insn(&l->draft, PROLOGUE, &in);
	return in.dst;
}

/* the objects of a function that have the same name are told apart by a number */
static mn_val numbered(struct lowering *l, enum mn_op op, const char *before,
		       const char *word, const char *shown)
{
	uint64_t key = map_key(built_in_ident(word));
	char name[256];
	uint32_t n = 0;

	map_get(&l->names, key, &n);
	map_put(&l->names, key, n + 1);
	if (n)
		snprintf(name, sizeof(name), "%s%s.%u", before, word, n + 1);
	else
		snprintf(name, sizeof(name), "%s%s", before, word);
	return object_named(l, op, name, shown);
}

static mn_val variable(struct lowering *l, struct symbol *sym)
{
	unsigned long modifiers = sym->ctype.modifiers;
	const char *shown = name_of_symbol(sym);
	char word[128], owner[128];

	snprintf(word, sizeof(word), "%s", sym->ident ? show_ident(sym->ident) : "literal");
	if (modifiers & (MOD_EXTERN | MOD_TOPLEVEL))
		return object_named(l, MN_GLOBAL, word, shown);
	if (!(modifiers & MOD_STATIC))
		return numbered(l, MN_LOCAL, "", word, shown);
	snprintf(owner, sizeof(owner), "%s.", mn_func_name(l->func));
	return numbered(l, MN_GLOBAL, owner, word, shown);
}

mn_val object(struct lowering *l, struct symbol *sym)
{
	mn_val made;
	uint32_t known;

	if (map_get(&l->fixed, map_key(sym), &known))
		return known;
	if (plain_type(sym)->type == SYM_FN)
		made = object_named(l, MN_FUNC, show_ident(sym->ident), NULL);
	else
		made = variable(l, sym);
	map_put(&l->fixed, map_key(sym), made);
	return made;
}

mn_val scratch(struct lowering *l, const char *about)
{
	return numbered(l, MN_LOCAL, "result of ", about, NULL);
}

/* is it a scalar variable of the function whose address nobody takes? sparse's own
 * mark is also set by *&x, which macros write */
static bool lives_in_draft(const struct lowering *l, struct symbol *sym)
{
	uint32_t known;

	return sym->ident && !is_aggregate(sym) && !cleanup_of(sym) &&
	       plain_type(sym)->type != SYM_FN &&
	       !map_get(&l->a->escaped, map_key(sym), &known) &&
	       !(sym->ctype.modifiers & (MOD_STATIC | MOD_EXTERN | MOD_TOPLEVEL |
					 MOD_VOLATILE));
}

mn_val parameter(const struct lowering *l, struct symbol *sym)
{
	struct symbol *arg;
	mn_val v = 0;

	if (sym->ctype.modifiers & MOD_ASSIGNED || !lives_in_draft(l, sym))
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

mn_val address_plus(struct lowering *l, mn_val base, int64_t bits, const char *cell)
{
	struct mn_insn in = insn(l, MN_ADDR);

	if (!bits && !cell)
		return base;
	in.dst = mn_value(l->func, NULL);
	in.a = base;
	in.imm = bits;
	in.name = cell;
	put_insn(l, &in);
	return in.dst;
}

static mn_val base_value(struct lowering *l, struct expression *base)
{
	if (base->type == EXPR_SYMBOL) {
		if (base->symbol->initializer && !base->symbol->ident &&
		    !(base->symbol->ctype.modifiers & (MOD_STATIC | MOD_TOPLEVEL)))
			lower_initializer(l, base->symbol);
		return object(l, base->symbol);
	}
	return value_of(l, base);
}

mn_val pointer(struct lowering *l, struct expression *e, struct symbol *selected)
{
	const char *cell;
	struct place p;
	int64_t bits = 0;
	mn_val at;
	int i;

	place_find(&p, e, selected);
	at = base_value(l, p.base);
	if (!p.nparts)
		return address_plus(l, at, p.bits + (selected ? selected->bit_offset : 0),
				    NULL);
	for (i = 0; i < p.nparts; i++) {
		bits += p.parts[i].bits;
		cell = cell_of(l->a, &p.parts[i]);
		if (!cell)
			continue;
		at = address_plus(l, at, bits, cell);
		bits = 0;
	}
	return address_plus(l, at, bits, NULL);
}

mn_val address(struct lowering *l, struct expression *lvalue)
{
	if (lvalue->type != EXPR_PREOP || lvalue->op != '*')
		return aggregate(l, lvalue);
	return pointer(l, lvalue->unop, lvalue->ctype);
}

bool name_value(struct lowering *l, mn_val v, struct expression *e)
{
	char name[NAME_SIZE];

	while (e->type == EXPR_CAST || e->type == EXPR_FORCE_CAST ||
	       e->type == EXPR_IMPLIED_CAST)
		e = e->cast_expression;
	if (e->type == EXPR_VALUE)
		return true;
	if (!name_of_value(e, name) || name[0] == '-' ||
	    (name[0] >= '0' && name[0] <= '9'))
		return false;
	mn_value_name(l->func, v, name);
	return true;
}

bool is_call_at(struct expression *e, struct position pos)
{
	while (e->type == EXPR_CAST || e->type == EXPR_FORCE_CAST ||
	       e->type == EXPR_IMPLIED_CAST)
		e = e->cast_expression;
	return e->type == EXPR_CALL && e->fn->pos.stream == pos.stream &&
	       e->fn->pos.line == pos.line && e->fn->pos.pos == pos.pos;
}

/* ------------------------------------------------------------------ */
/* variables that are not in memory                                    */

static int variable_of(struct lowering *l, struct symbol *sym)
{
	uint32_t known;
	int var;

	if (map_get(&l->variables, map_key(sym), &known))
		return (int)known;
	var = draft_variable(&l->draft, name_of_symbol(sym));
	map_put(&l->variables, map_key(sym), (uint32_t)var);
	return var;
}

bool is_register(const struct lowering *l, struct expression *lvalue)
{
	return lvalue->type == EXPR_PREOP && lvalue->op == '*' &&
	       lvalue->unop->type == EXPR_SYMBOL && lives_in_draft(l, lvalue->unop->symbol);
}

mn_val read_variable(struct lowering *l, int var)
{
	struct mn_insn in = insn(l, DRAFT_READ);

	in.dst = mn_value(l->func, NULL);
	in.imm = var;
	put_insn(l, &in);
	return in.dst;
}

void write_variable(struct lowering *l, int var, mn_val v)
{
	struct mn_insn in = insn(l, DRAFT_WRITE);

	in.a = v;
	in.imm = var;
	put_insn(l, &in);
}

void assign_symbol(struct lowering *l, struct symbol *sym, mn_val v)
{
	if (lives_in_draft(l, sym))
		write_variable(l, variable_of(l, sym), v);
	else
		store(l, object(l, sym), v);
}

void assign(struct lowering *l, struct expression *lvalue, mn_val v)
{
	if (is_register(l, lvalue))
		assign_symbol(l, lvalue->unop->symbol, v);
	else
		store_to(l, lvalue, address(l, lvalue), v);
}

mn_val content(struct lowering *l, struct expression *lvalue)
{
	if (is_register(l, lvalue))
		return read_variable(l, variable_of(l, lvalue->unop->symbol));
	return load(l, address(l, lvalue));
}

/* ------------------------------------------------------------------ */
/* memory                                                              */

mn_val load(struct lowering *l, mn_val at)
{
	return emit(l, MN_LOAD, at, MN_NONE);
}

void store(struct lowering *l, mn_val at, mn_val value)
{
	struct mn_insn in = insn(l, MN_STORE);

	in.a = at;
	in.b = value;
	put_insn(l, &in);
}

void store_to(struct lowering *l, struct expression *lvalue, mn_val at, mn_val value)
{
	struct mn_insn in = insn(l, MN_STORE);
	char name[NAME_SIZE];

	in.a = at;
	in.b = value;
	if (mn_func_reached(l->func) && name_of_member(lvalue, name))
		in.name = name;
	put_insn(l, &in);
}

void move(struct lowering *l, mn_val to, mn_val from, struct symbol *type)
{
	struct mn_insn in = insn(l, MN_MOVE);

	in.a = to;
	in.b = from;
	in.imm = bits_of(type);
	if (is_wrapped_scalar(type))
		store(l, to, load(l, from));
	else if (in.imm > 0)
		put_insn(l, &in);
	else
		store(l, to, unknown(l));
}

void zero(struct lowering *l, mn_val at, struct symbol *type)
{
	struct mn_insn in = insn(l, MN_ZERO);

	in.a = at;
	in.imm = bits_of(type);
	if (in.imm > 0)
		put_insn(l, &in);
	else
		store(l, at, unknown(l));
}
