// SPDX-License-Identifier: GPL-2.0-only
/*
 * type.c - structures: where members lie, and which of them the contract names.
 *
 * When sparse evaluates a->b.c it keeps the address of a, a sum of offsets and the last member's name. The way
 * in between is found again from type and offset; that is unique but for unions, where the wanted name or type
 * decides.
 */
#include "adapter.h"

struct symbol *plain_type(struct symbol *type)
{
	if (!type)
		return &bad_ctype;
	examine_symbol_type(type);
	while (type->type == SYM_NODE && type->ctype.base_type)
		type = type->ctype.base_type;
	if (type->type == SYM_STRUCT || type->type == SYM_UNION)
		examine_symbol_type(type);
	return type;
}

struct symbol *pointed_type(struct symbol *type)
{
	type = plain_type(type);
	if (type->type != SYM_PTR && type->type != SYM_ARRAY)
		return NULL;
	return plain_type(type->ctype.base_type);
}

bool is_aggregate(struct symbol *type)
{
	type = plain_type(type);
	return type->type == SYM_STRUCT || type->type == SYM_UNION ||
	       type->type == SYM_ARRAY;
}

static bool is_structure(const struct symbol *type)
{
	return type->type == SYM_STRUCT || type->type == SYM_UNION;
}

bool is_static(const struct symbol *sym)
{
	return sym->ctype.modifiers & (MOD_STATIC | MOD_EXTERN | MOD_TOPLEVEL);
}

/* sparse counts the bits of a type in an int: those of a big array are more */
static bool bits_of_array(struct symbol *type, int64_t *bits)
{
	*bits = 0;
	return type->type == SYM_ARRAY && type->array_size &&
	       type->array_size->type == EXPR_VALUE && type->array_size->value &&
	       mn_bits_add(bits, (int64_t)type->array_size->value, bits_of(type->ctype.base_type));
}

int64_t bits_of(struct symbol *type)
{
	struct symbol *plain = plain_type(type);
	int64_t bits;

	if (bits_of_array(plain, &bits))
		return bits;
	return type && type->bit_size > 0 ? type->bit_size : plain->bit_size;
}

static struct symbol *only_member(struct symbol *type)
{
	struct symbol *m, *only = NULL;

	FOR_EACH_PTR(type->symbol_list, m) {
		if (only)
			return NULL;
		only = m;
	} END_FOR_EACH_PTR(m);
	return only;
}

bool is_wrapped_scalar(struct symbol *type)
{
	struct symbol *m;

	type = plain_type(type);
	if (!is_structure(type))
		return false;
	while (is_structure(type)) {
		m = only_member(type);
		if (!m || bits_of(m) != bits_of(type))
			return false;
		type = plain_type(m);
	}
	return type->bit_size > 0 && type->type != SYM_ARRAY;
}

bool by_address(struct symbol *type)
{
	return is_aggregate(type) && !is_wrapped_scalar(type);
}

struct symbol *result_aggregate(struct symbol *fntype)
{
	struct symbol *type = plain_type(fntype);

	if (type->type == SYM_PTR)
		type = plain_type(type->ctype.base_type);
	if (type->type != SYM_FN || !is_aggregate(type->ctype.base_type))
		return NULL;
	return plain_type(type->ctype.base_type);
}

/* ------------------------------------------------------------------ */
/* the way to a part                                                   */

struct search {
	struct ident *name;
	struct symbol *wanted;
	struct mn_part *parts;
};

static int search(const struct search *s, struct symbol *type, struct ident *tag, int64_t bits, int depth);

static bool is_it(const struct search *s, struct symbol *m, int64_t left)
{
	if (left)
		return false;
	return s->name ? m->ident == s->name : plain_type(m) == s->wanted;
}

static int search_structure(const struct search *s, struct symbol *type,
			    struct ident *tag, int64_t bits, int depth)
{
	struct mn_part *part = &s->parts[depth];
	struct symbol *m;
	int64_t left;
	int n;

	FOR_EACH_PTR(type->symbol_list, m) {
		left = bits - (int64_t)m->offset * 8;
		if (left < 0 || (left && left >= bits_of(m)))
			continue;
		part->tag = tag ? word_of(tag) : NULL;
		part->member = m->ident ? word_of(m->ident) : "";
		part->type = plain_type(m)->ident ? word_of(plain_type(m)->ident) : NULL;
		part->index = 0;
		part->bits = (int64_t)m->offset * 8 + m->bit_offset;
		if (is_it(s, m, left))
			return depth + 1;
		n = search(s, plain_type(m), m->ident ? NULL : tag, left, depth + 1);
		if (n)
			return n;
	} END_FOR_EACH_PTR(m);
	return 0;
}

static int search_array(const struct search *s, struct symbol *type, int64_t bits, int depth)
{
	struct mn_part *part = &s->parts[depth];
	struct symbol *element = plain_type(type->ctype.base_type);
	int64_t size = bits_of(element);

	if (size <= 0)
		return 0;
	part->tag = part->member = part->type = NULL;
	part->index = bits / size;
	part->bits = part->index * size;
	if (bits == part->bits && !s->name && element == s->wanted)
		return depth + 1;
	return search(s, element, NULL, bits - part->bits, depth + 1);
}

/* the parts that lead into @type; 0: no way; -1: too long */
static int search(const struct search *s, struct symbol *type, struct ident *tag, int64_t bits, int depth)
{
	if (type->type != SYM_ARRAY && !is_structure(type))
		return 0;
	if (depth == PARTS_MAX)
		return -1;
	if (type->type == SYM_ARRAY)
		return search_array(s, type, bits, depth);
	return search_structure(s, type, type->ident ? type->ident : tag, bits, depth);
}

int parts_find(struct symbol *type, int64_t bits, struct ident *name,
	       struct symbol *wanted, struct mn_part *parts)
{
	struct search s = { name, wanted, parts };

	if (!type || bits < 0 || (!name && !wanted))
		return 0;
	return search(&s, type, NULL, bits, 0);
}

void place_find(struct place *p, struct expression *address, struct symbol *selected)
{
	struct expression *e = address;
	struct symbol *type, *wanted = NULL;

	p->bits = 0;
	while (e->type == EXPR_BINOP && e->op == '+' && e->right->type == EXPR_VALUE &&
	       e->left->ctype && mn_bits_add(&p->bits, (int64_t)e->right->value, 8))
		e = e->left;
	p->base = e;
	p->nparts = 0;
	if (e == address)
		return;
	type = e->type == EXPR_SYMBOL ? plain_type(e->symbol) : pointed_type(e->ctype);
	if (!selected)
		wanted = pointed_type(address->ctype);
	else if (!selected->ident)
		wanted = plain_type(selected);
	p->nparts = parts_find(type, p->bits, selected ? selected->ident : NULL, wanted, p->parts);
}

/* ------------------------------------------------------------------ */
/* the members that the contract speaks of                             */

/* offset of @member in @type, also inside its nameless parts; -1: not there */
static int64_t member_bits(struct symbol *type, struct ident *member)
{
	struct symbol *m;
	int64_t inner;

	FOR_EACH_PTR(type->symbol_list, m) {
		if (m->ident == member)
			return (int64_t)m->offset * 8 + m->bit_offset;
		if (m->ident || !is_structure(plain_type(m)))
			continue;
		inner = member_bits(plain_type(m), member);
		if (inner >= 0)
			return (int64_t)m->offset * 8 + inner;
	} END_FOR_EACH_PTR(m);
	return -1;
}

/* the structure of that tag, or that a typedef of that name is, or NULL */
static struct symbol *structure_of(const char *word)
{
	struct symbol *type = lookup_symbol(built_in_ident(word), NS_STRUCT);

	type = type ? type : lookup_symbol(built_in_ident(word), NS_TYPEDEF);
	return type && is_structure(plain_type(type)) ? plain_type(type) : NULL;
}

void types_tell(struct mn_run *run)
{
	const struct mn_cell *cell;
	struct symbol *type;
	const char *lock;
	int64_t bits;

	/* GCC calls a structure with no tag by its typedef */
	for (int i = 0; (lock = mn_contract_lock_type(run->contract, i)); i++)
		if ((type = structure_of(lock)) && !type->ident)
			type->ident = built_in_ident(lock);
	for (int i = 0; i < run->cells.n; i++) {
		cell = &run->cells.v[i];
		type = structure_of(cell->type);
		bits = type ? member_bits(type, built_in_ident(cell->member)) : -1;
		if (bits >= 0)
			mn_unit_layout(run->unit, cell->type, cell->member, bits);
	}
}
