// SPDX-License-Identifier: GPL-2.0-only
/*
 * sym.c - symbolic values: what a value is, as far as the engine can tell.
 *
 * A symbol is an expression over constants, addresses of objects, values that came in
 * and values that were born at some site. Equal expressions are the same number
 * (hash-consing), so "the same lock" and "the same condition computed again" are
 * one comparison of integers. What is *known* of a symbol is fact.c's; which value
 * or cell holds it is state.c's.
 */
#include <string.h>

#include "state.h"

#define SIZE_MAX_OF_SYM 40	/* a larger expression is just some value */

/* an address is not asked for its size: it is one more than what it is made of */
static_assert(SIZE_MAX_OF_SYM + 1 <= UINT8_MAX, "the size of a symbol has 8 bits");

static uint32_t hash_sym(const struct sym *s)
{
	uint64_t h = s->kind * 31u + s->op;

	h = (h ^ s->a) * 0x9e3779b97f4a7c15ull;
	h = (h ^ s->b) * 0x9e3779b97f4a7c15ull;
	h = (h ^ (uint64_t)s->imm) * 0x9e3779b97f4a7c15ull;
	h = (h ^ (uint64_t)s->imm2) * 0x9e3779b97f4a7c15ull;
	/* names are interned; where a symbol lies in the table changes no result */
	h = (h ^ (uint64_t)(uintptr_t)s->name) * 0x9e3779b97f4a7c15ull;
	return (uint32_t)(h >> 32);
}

static bool same_sym(const struct sym *x, const struct sym *y)
{
	return x->kind == y->kind && x->op == y->op && x->a == y->a &&
	       x->b == y->b && x->imm == y->imm && x->imm2 == y->imm2 &&
	       x->name == y->name &&
	       ((x->kind != SYM_INPUT && x->kind != SYM_ADDR) || x->flags == y->flags);
}

/* nodes of the expression as a tree: what it costs to walk it */
static unsigned int size_with(const struct engine *eng, sym_t a, sym_t b)
{
	return sym(eng, a)->size + sym(eng, b)->size + 1u;
}

static sym_t intern(struct engine *eng, struct sym *key)
{
	uint32_t hash = hash_sym(key), at = hash, n;
	struct sym *new_sym;

	while ((n = table_next(&eng->sym_table, hash, &at)))
		if (same_sym(&eng->syms.v[n], key))
			return n;
	key->size = (uint8_t)size_with(eng, key->a, key->b);
	key->sites |= sym(eng, key->a)->sites | sym(eng, key->b)->sites;
	key->olds |= sym(eng, key->a)->olds | sym(eng, key->b)->olds;
	n = (uint32_t)eng->syms.n;
	table_add(eng->arena, &eng->sym_table, hash, n);
	new_sym = vec_push(eng->arena, &eng->syms);
	*new_sym = *key;
	return n;
}

static struct sym blank(enum sym_kind kind)
{
	struct sym s;

	memset(&s, 0, sizeof(s));
	s.kind = (uint8_t)kind;
	return s;
}

sym_t sym_const(struct engine *eng, int64_t value)
{
	struct sym s = blank(SYM_CONST);

	s.imm = value;
	return intern(eng, &s);
}

sym_t sym_input(struct engine *eng, int n, unsigned int flags)
{
	struct sym s = blank(SYM_INPUT);

	s.imm = n;
	s.flags = (uint16_t)flags;
	return intern(eng, &s);
}

sym_t sym_named(struct engine *eng, enum sym_kind kind, const char *name)
{
	struct sym s = blank(kind);

	s.name = name;
	return intern(eng, &s);
}

sym_t sym_born(struct engine *eng, uint64_t site, uint64_t k)
{
	struct sym s = blank(SYM_BORN);

	s.imm = (int64_t)site;
	s.imm2 = (int64_t)k;
	s.sites = sym_site_bit(site);
	return intern(eng, &s);
}

sym_t sym_old(struct engine *eng, sym_t born)
{
	struct sym s = blank(SYM_OLD);
	sym_t old;

	/* not as an operand: what is old no longer belongs to its site */
	s.imm = born;
	s.olds = sym(eng, born)->sites;
	old = intern(eng, &s);
	sym_mark(eng, old, sym(eng, born)->flags);
	return old;
}

void sym_mark(struct engine *eng, sym_t s, unsigned int flags)
{
	/* what is the n-th input, or a part of it, is another thing in another frame */
	if (s && sym(eng, s)->kind != SYM_INPUT && sym(eng, s)->kind != SYM_ADDR)
		eng->syms.v[s].flags |= (uint16_t)flags;
}

sym_t sym_addr(struct engine *eng, sym_t base, int64_t bits, unsigned int flags)
{
	return sym_member(eng, base, bits, flags, NULL);
}

sym_t sym_member(struct engine *eng, sym_t base, int64_t bits, unsigned int flags,
		 const char *lock)
{
	struct sym s = blank(SYM_ADDR);

	if (!base)
		return SYM_NONE;
	/* what a lock starts with is the lock, and a lock may be what its structure starts with */
	if (!bits && sym(eng, base)->kind == SYM_ADDR && sym(eng, base)->name)
		return base;
	if (sym(eng, base)->kind == SYM_ADDR) {
		bits = wrapped_sum(bits, sym(eng, base)->imm);
		base = sym(eng, base)->a;
	}
	if (!bits && !lock)
		return base;
	s.a = base;
	s.imm = bits;
	s.flags = (uint16_t)flags;
	s.name = lock;
	return intern(eng, &s);
}

const char *lock_class(const struct engine *eng, sym_t lock)
{
	const struct sym *x = sym(eng, lock);

	return x->kind == SYM_ADDR || x->kind == SYM_GLOBAL ? x->name : NULL;
}

sym_t sym_content(struct engine *eng, sym_t addr, sym_t tag)
{
	struct sym s = blank(SYM_CONTENT);
	int64_t zero;
	sym_t content;

	if (!addr)
		return SYM_NONE;
	if (tag && sym_const_value(eng, tag, &zero))
		return sym_const(eng, zero);
	if (size_with(eng, addr, tag) > SIZE_MAX_OF_SYM)
		return SYM_NONE;
	s.a = addr;
	s.b = tag;
	content = intern(eng, &s);
	if (sym(eng, addr)->flags & SYM_POINTS_PTL)
		sym_mark(eng, content, SYM_IS_PTL);
	return content;
}

sym_t sym_pure(struct engine *eng, const char *name, sym_t arg, sym_t rest)
{
	struct sym s = blank(SYM_PURE);

	if (size_with(eng, arg, rest) > SIZE_MAX_OF_SYM)
		return SYM_NONE;
	s.name = name;
	s.a = arg;
	s.b = rest;
	return intern(eng, &s);
}

sym_t sym_linear(const struct engine *eng, sym_t s, int64_t *off)
{
	const struct sym *x = sym(eng, s);
	int64_t k;

	*off = 0;
	if (x->op == MN_ADD && sym_const_value(eng, x->b, &k)) {
		*off = k;
		return x->a;
	}
	if (x->kind == SYM_ADDR && x->imm % 8 == 0) {
		*off = x->imm / 8;
		return x->a;
	}
	return s;
}

sym_t sym_place(const struct engine *eng, sym_t s, int64_t *off)
{
	int64_t by;
	sym_t at;

	for (*off = 0; (at = sym_linear(eng, s, &by)) != s; s = at)
		*off += by;
	return s;
}

/* ------------------------------------------------------------------ */
/* operations                                                          */

static bool fold_shift(enum mn_op op, int64_t a, int64_t b, int64_t *out)
{
	if (b < 0 || b > 63)
		return false;
	*out = op == MN_SHL ? (int64_t)((uint64_t)a << b)
			    : (int64_t)((uint64_t)a >> b);
	return true;
}

static bool fold_division(enum mn_op op, int64_t a, int64_t b, int64_t *out)
{
	if (!b || b == -1)
		return false;
	*out = op == MN_DIV ? a / b : a % b;
	return true;
}

static bool give(int64_t *out, int64_t value)
{
	*out = value;
	return true;
}

static bool fold_constants(enum mn_op op, int64_t a, int64_t b, int64_t *out)
{
	uint64_t ua = (uint64_t)a, ub = (uint64_t)b;

	switch (op) {
	case MN_ADD: return give(out, (int64_t)(ua + ub));
	case MN_SUB: return give(out, (int64_t)(ua - ub));
	case MN_MUL: return give(out, (int64_t)(ua * ub));
	case MN_DIV:
	case MN_MOD: return fold_division(op, a, b, out);
	case MN_AND: return give(out, a & b);
	case MN_OR:  return give(out, a | b);
	case MN_XOR: return give(out, a ^ b);
	case MN_SHL:
	case MN_SHR: return fold_shift(op, a, b, out);
	case MN_EQ:  return give(out, a == b);
	case MN_LT:  return give(out, a < b);
	case MN_ULT: return give(out, ua < ub);
	default:     return false;
	}
}

static bool is_truth(const struct engine *eng, sym_t s)
{
	const struct sym *x = sym(eng, s);

	return x->kind == SYM_OP &&
	       (x->op == MN_EQ || x->op == MN_LT || x->op == MN_ULT);
}

static sym_t negation(struct engine *eng, sym_t s)
{
	return sym_op(eng, MN_EQ, s, sym_const(eng, 0));
}

/* a + 0, a | 0, a * 1 .. : the operand itself, or SYM_NONE */
static sym_t identity(struct engine *eng, enum mn_op op, sym_t a, int64_t k)
{
	switch (op) {
	case MN_ADD: case MN_SUB: case MN_OR: case MN_XOR: case MN_SHL: case MN_SHR:
		return k == 0 ? a : SYM_NONE;
	case MN_MUL: case MN_DIV:
		return k == 1 ? a : SYM_NONE;
	case MN_AND:
		return k == 0 ? sym_const(eng, 0) : k == -1 ? a : SYM_NONE;
	case MN_EQ: {
		const struct sym *x = sym(eng, a);
		int64_t zero;

		/* !!x of a truth value is the value */
		if (k == 0 && is_truth(eng, a) && x->op == MN_EQ &&
		    sym_const_value(eng, x->b, &zero) && !zero &&
		    is_truth(eng, x->a))
			return x->a;
		return SYM_NONE;
	}
	default:
		return SYM_NONE;
	}
}

static sym_t same_operands(struct engine *eng, enum mn_op op, sym_t a)
{
	switch (op) {
	case MN_SUB: case MN_XOR: case MN_LT: case MN_ULT:
		return sym_const(eng, 0);
	case MN_EQ:
		return sym_const(eng, 1);
	case MN_AND: case MN_OR:
		return a;
	default:
		return SYM_NONE;
	}
}

static bool commutes(enum mn_op op)
{
	return op == MN_ADD || op == MN_MUL || op == MN_AND || op == MN_OR ||
	       op == MN_XOR || op == MN_EQ;
}

/* (a + k1) + k2 is a + (k1 + k2); the same for the masks of & */
static sym_t collect_constant(struct engine *eng, enum mn_op op, sym_t a,
			      int64_t k)
{
	const struct sym x = *sym(eng, a);	/* to make a symbol may move the others */
	int64_t inner;

	if ((op != MN_ADD && op != MN_AND) || x.kind != SYM_OP ||
	    x.op != op || !sym_const_value(eng, x.b, &inner))
		return SYM_NONE;
	inner = op == MN_ADD ? wrapped_sum(inner, k) : (inner & k);
	return sym_op(eng, op, x.a, sym_const(eng, inner));
}

static sym_t simplify(struct engine *eng, enum mn_op op, sym_t a, sym_t b)
{
	int64_t ka = 0, kb = 0, out;
	bool ca = sym_const_value(eng, a, &ka), cb = sym_const_value(eng, b, &kb);
	sym_t s;

	if (ca && cb && fold_constants(op, ka, kb, &out))
		return sym_const(eng, out);
	if (a == b)
		return same_operands(eng, op, a);
	if (!cb)
		return SYM_NONE;
	s = identity(eng, op, a, kb);
	return s ? s : collect_constant(eng, op, a, kb);
}

sym_t sym_op(struct engine *eng, enum mn_op op, sym_t a, sym_t b)
{
	struct sym s = blank(SYM_OP);
	int64_t k;
	sym_t known;

	if (!a || !b)
		return SYM_NONE;
	if (op == MN_NE)
		return negation(eng, sym_op(eng, MN_EQ, a, b));
	if (op == MN_LE || op == MN_ULE)
		return negation(eng, sym_op(eng, op == MN_LE ? MN_LT : MN_ULT, b, a));
	if (op == MN_SUB && sym_const_value(eng, b, &k) && k != INT64_MIN) {
		op = MN_ADD;
		b = sym_const(eng, -k);
	}
	if (commutes(op) && (sym_const_value(eng, a, &k) ||
			     (!sym_const_value(eng, b, &k) && a > b))) {
		sym_t swap = a;

		a = b;
		b = swap;
	}
	known = simplify(eng, op, a, b);
	if (known)
		return known;
	if (size_with(eng, a, b) > SIZE_MAX_OF_SYM)
		return SYM_NONE;
	s.op = (uint8_t)op;
	s.a = a;
	s.b = b;
	return intern(eng, &s);
}

/* ------------------------------------------------------------------ */
/* rebuilding                                                          */

sym_t sym_made_of(struct engine *eng, sym_t s, sym_t a, sym_t b)
{
	struct sym x = *sym(eng, s);
	sym_t to;

	if ((x.a && !a) || (x.b && !b))
		return SYM_NONE;
	switch (x.kind) {
	case SYM_ADDR:
		return sym_member(eng, a, x.imm, x.flags, x.name);
	case SYM_CONTENT:
		return sym_content(eng, a, b);
	case SYM_OP:
		return sym_op(eng, (enum mn_op)x.op, a, b);
	case SYM_PURE:
		to = sym_pure(eng, x.name, a, b);
		sym_mark(eng, to, x.flags);
		return to;
	default:
		return s;
	}
}

/* the size of a symbol is bounded, and so is this recursion */
sym_t sym_map(struct engine *eng, sym_t s, sym_map_fn atom, void *arg)
{
	struct sym x = *sym(eng, s);
	sym_t a, to;

	if (!s)
		return SYM_NONE;
	if (atom(arg, s, &to))
		return to;
	a = x.a ? sym_map(eng, x.a, atom, arg) : SYM_NONE;
	return sym_made_of(eng, s, a, x.b ? sym_map(eng, x.b, atom, arg) : SYM_NONE);
}

/* what the contract says of a member, for the symbol of its address */
unsigned int lock_flags(const struct lockcell *cell)
{
	if (!cell)
		return 0;
	if (cell->count || cell->sequence)
		return cell->count ? SYM_IS_COUNT : SYM_IS_SEQUENCE;
	return cell->bound ? SYM_IS_BOUND : cell->mmap ? SYM_IS_MMAP : cell->pointer ? SYM_POINTS_PTL : SYM_IS_PTL;
}
