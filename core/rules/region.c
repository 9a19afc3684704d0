// SPDX-License-Identifier: GPL-2.0-only
/*
 * region.c - ranges of addresses and their regions: equal, different, or not known.
 *
 * Two ranges differ only if they cannot be equal: by facts, by a constant distance, or because
 * both are parameters or members that the source names differently.
 */
#include "judging.h"

/* a larger constant size covers a huge entry on some architecture (s390: 1 MiB) */
#define PAGE_SIZE_MAX	(64 * 1024)

/*
 * The value of a parameter, or of memory that only one may lead to. What a global variable
 * holds, as current, may be the same as any of them.
 */
static bool is_stable(const struct engine *eng, sym_t s)
{
	const struct sym *x = sym(eng, s);

	if (x->kind == SYM_CONTENT)
		return !x->b && sym(eng, sym_base(eng, x->a))->kind != SYM_GLOBAL &&
		       is_stable(eng, sym_base(eng, x->a));
	return x->kind == SYM_LOCAL || x->kind == SYM_GLOBAL ||
	       (x->kind == SYM_INPUT && x->flags & SYM_STABLE);
}

/* src->mm and dst->mm, or two parameters: written differently on purpose */
static bool differ_by_name(const struct engine *eng, sym_t a, sym_t b)
{
	const struct sym *x = sym(eng, a), *y = sym(eng, b);

	/* what came in cannot be an object that the function itself has */
	if ((x->kind == SYM_LOCAL && y->kind == SYM_INPUT) ||
	    (x->kind == SYM_INPUT && y->kind == SYM_LOCAL))
		return true;
	if (x->kind != y->kind || !is_stable(eng, a) || !is_stable(eng, b))
		return false;
	if (x->kind != SYM_CONTENT)
		return true;
	return sym_base(eng, x->a) != sym_base(eng, y->a) &&
	       sym(eng, x->a)->imm == sym(eng, y->a)->imm;
}

bool sym_differ(const struct work *w, sym_t a, sym_t b)
{
	int64_t ka, kb;
	struct fact both;

	if (!a || !b || a == b)
		return false;
	if (!fact_meet(fact_of(w, a), fact_of(w, b), &both))
		return true;
	if (sym_linear(w->eng, a, &ka) == sym_linear(w->eng, b, &kb))
		return ka != kb;
	return differ_by_name(w->eng, a, b);
}

/* the address of a global, as &init_mm, and what a parameter is or leads to: no process has it */
static bool is_other_global(const struct work *w, sym_t a, sym_t b)
{
	enum sym_kind kind = (enum sym_kind)sym(w->eng, b)->kind;

	return sym(w->eng, a)->kind == SYM_GLOBAL &&
	       (kind == SYM_INPUT || kind == SYM_CONTENT) && is_stable(w->eng, b) &&
	       fact_true(w, sym_op(w->eng, MN_EQ, a, b)) != ALWAYS;
}

bool mm_differ(const struct work *w, sym_t a, sym_t b)
{
	return sym_differ(w, a, b) || is_other_global(w, a, b) || is_other_global(w, b, a);
}

/* "end - start" where that is a constant; else 0 or less */
static int64_t constant_size(const struct work *w, const struct item *r)
{
	int64_t from, to;

	return sym_linear(w->eng, r->c, &from) == sym_linear(w->eng, r->d, &to) ? to - from : -1;
}

bool is_one_page(const struct work *w, const struct item *r)
{
	int64_t size = constant_size(w, r);

	return size > 0 && size <= PAGE_SIZE_MAX;
}

const char *size_text(const struct work *w, const struct item *r)
{
	char text[32];

	snprintf(text, sizeof(text), "%lld KiB", (long long)(constant_size(w, r) / 1024));
	return arena_intern(w->eng->arena, text);
}

const char *range_name(const struct frame *f, const struct effect *e)
{
	const char *name = object_name(f, e->object.kind ? &e->object : &e->mm);

	return name ? name : "mm";
}

static bool may_be_same(const struct work *w, const struct item *x,
			const struct item *y)
{
	if (x->a && y->a)
		return !sym_differ(w, x->a, y->a);
	return !mm_differ(w, x->b, y->b) && !sym_differ(w, x->c, y->c) &&
	       !sym_differ(w, x->d, y->d);
}

struct item *latest(struct work *w, enum item_kind kind,
			   const struct item *range, bool exact)
{
	for (int i = w->prop.n - 1; i >= 0; i--) {
		struct item *x = &w->prop.items[i];

		if (x->kind == kind && (!range || (exact ? same_range(x, range)
					: may_be_same(w, x, range))))
			return x;
	}
	return NULL;
}

bool region_has_ended(const struct prop *p)
{
	for (int i = 0; i < p->n; i++)
		if (p->items[i].kind == ITEM_ENDED)
			return true;
	return false;
}

const char *failed_function(const struct work *w, const struct item *failed)
{
	const struct step *s = step_of(w->trail, STEP_FAIL, subject_of(failed));

	if (!s)
		s = step_last(w->trail, STEP_FAIL);
	return s && s->name ? s->name : "start";
}

/* nothing was stored to the member @o; where all of it was zeroed, that may be its value */
static bool lacks(const struct frame *f, const struct work *w, const struct object *o,
		  bool zero_is_value)
{
	return o->kind == OBJECT_CELL && o->type && !zero_is_value &&
	       !work_get(w, bind_key(SPACE_CELL, object_addr(f, w, o)));
}

/*
 * The structure is the function's own, or known to be new, and the mm or a bound, which make it
 * a range, were never written.
 */
bool never_written(const struct frame *f, const struct work *w, const struct event *ev)
{
	sym_t range = ev->range.a, tag = work_get(w, bind_key(SPACE_TAG, range));
	const struct sym *x = sym(f->eng, range);
	int64_t zero = 0;

	if (!range || (x->kind != SYM_LOCAL && !(x->flags & SYM_UNTOUCHED)))
		return false;
	if (prop_find((struct prop *)&w->prop, ITEM_INIT, range) ||
	    (tag && (!sym_const_value(f->eng, tag, &zero) || zero)))
		return false;
	return lacks(f, w, &ev->effect->mm, false) || lacks(f, w, &ev->effect->start, tag) ||
	       lacks(f, w, &ev->effect->end, tag);
}

/* no process has an mm that is a global, such as init_mm; and no region is for it unless it says so */
static bool is_of_no_process(const struct work *w, sym_t mm, const struct item *region)
{
	return sym(w->eng, mm)->kind == SYM_GLOBAL && region->b != mm;
}

struct item *region_inside(struct work *w, sym_t mm)
{
	for (int i = w->prop.n - 1; i >= 0; i--) {
		struct item *x = &w->prop.items[i];

		if (x->kind == ITEM_REGION && !(x->flags & REGION_QUIET) &&
		    !(mm && (mm_differ(w, mm, x->b) || is_of_no_process(w, mm, x))))
			return x;
	}
	return NULL;
}

void report_inside(const struct frame *f, struct work *w, enum mn_rule rule, enum message m,
		   sym_t mm)
{
	const struct item *region = region_inside(w, mm);

	if (!region || is_quiet(w, rule))
		return;
	/* it may have been ended by a function that is not seen */
	if (region->flags & REGION_LENT && unseen_silences(f, w, rule, UNSEEN_RANGE))
		return;
	judge_report(f, w, m, f->at->name, region_name(w, region));
	be_quiet(w, rule);
}

static bool uses(const struct mn_insn *insn, mn_val v)
{
	for (int i = 0; i < insn->nargs; i++)
		if (insn->args[i] == v)
			return true;
	return insn->a == v || insn->b == v;
}

/* does any instruction look at the result of the call? */
bool result_is_used(const struct frame *f)
{
	for (int i = 0; f->at->dst && i < f->func->blocks.n; i++) {
		const struct block *b = &f->func->blocks.v[i];

		for (int k = 0; k < b->insns.n; k++)
			if (uses(&b->insns.v[k], f->at->dst))
				return true;
	}
	return false;
}

bool is_api(const struct frame *f)
{
	return contract_query(f->eng->contract, f->func->name, f->eng->unit->kernels);
}

/*
 * It is as a caller in another file passed it, or a walk, or as it is stored in memory. What takes care of a
 * shared page table writes another value there; what rounds it to the size of one computes it.
 */
bool is_as_passed(const struct frame *f, sym_t bound)
{
	int64_t k;
	const struct sym *x = sym(f->eng, sym_linear(f->eng, bound, &k));
	bool walked = f->ctx->caller && f->ctx->caller->run->func->walk;

	return (x->kind == SYM_CONTENT && !x->b) ||
	       (x->kind == SYM_INPUT && (x->flags & SYM_STABLE || walked));
}
