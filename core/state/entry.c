// SPDX-License-Identifier: GPL-2.0-only
/*
 * entry.c - what a page table entry is, read off the value that stands for it.
 *
 * What is put into an entry is an expression of what was there, or of a page; the contract's
 * "makes" and "asks" say which function made it.
 */
#include "state.h"

/* the effect @kind of the row that made the value, or NULL */
const struct effect *maker(const struct engine *eng, sym_t s,
				  enum effect_kind kind)
{
	const struct sym *x = sym(eng, s);
	int n = 1;

	if (x->kind != SYM_PURE)
		return NULL;
	for (sym_t rest = x->b; rest; rest = sym(eng, rest)->b)
		n++;
	return row_effect(contract_row(eng->contract, x->name, n, eng->unit->kernels), kind);
}

/* the @n-th argument, from 1, of what a PURE was made of */
sym_t pure_argument(const struct engine *eng, sym_t s, int n)
{
	while (--n > 0)
		s = sym(eng, s)->b;
	return sym(eng, s)->a;
}

unsigned int entry_flags(const struct engine *eng, sym_t s)
{
	const struct effect *e;

	/* with more rights it is still what it was: made so in an inline function, perhaps */
	while (!(sym(eng, s)->flags & SYM_ENTRIES) &&
	       (e = maker(eng, s, EFFECT_MAKES)) && e->entry == ENTRY_MORE)
		s = pure_argument(eng, s, e->object.arg);
	return sym(eng, s)->flags & SYM_ENTRIES;
}

/* the page that a new entry was made of, where its expression still says so */
sym_t page_of(const struct engine *eng, sym_t value)
{
	const struct effect *e;

	while ((e = maker(eng, value, EFFECT_MAKES)) && e->entry != ENTRY_NEW)
		value = pure_argument(eng, value, e->object.arg);
	return e ? sym(eng, value)->a : SYM_NONE;
}
