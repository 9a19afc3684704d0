// SPDX-License-Identifier: GPL-2.0-only
/*
 * counts.c - the other way to keep readers off: a count of the regions that are open, and a sequence, as an item.
 *
 * An object that subscribes to a whole mm has no sequence that somebody else keeps. Its start increments a count,
 * its end increments a sequence and then decrements the count, all under the lock that readers ask both under. Here is
 * what happens to both on the way; that start and end do it in pairs is count_pairs.c's.
 *
 * The object is the structure that the notifier lies in. Whoever is passed it, or the notifier, in this file, or through
 * a pointer, and is not looked into may have changed the count; nothing is said then. The contract says of a count
 * that other files leave it as it was.
 */
#include "judging.h"

struct item *count_item(struct prop *p)
{
	return item_of(p, ITEM_COUNTER);
}

void count_enter(struct work *entry, const struct mn_func *func, const struct callback *cb)
{
	struct engine *eng = entry->eng;
	int64_t bits = cb->counts ? unit_offset(eng->unit, cb->counted.type, cb->counted.member) : -1;

	if (!func->counts || bits < 0 || !unit_count(eng->unit, false) || !unit_count(eng->unit, true) ||
	    (!is_asked(eng, MN_RULE_SEQUENCE_UNSET) && !eng->counting))
		return;
	eng->counted = true;
	prop_add(entry, ITEM_COUNTER, cb->counts == COUNTS_DOWN ? COUNT_ENDS : 0,
		 sym_addr(eng, work_value(entry, (mn_val)cb->counted.arg), -bits, 0));
}

/* ------------------------------------------------------------------ */
/* what is not seen                                                    */

/* @s is in the object that @item is about; @at: at which byte */
static bool is_inside(const struct engine *eng, const struct item *item, sym_t s, int64_t *at)
{
	int64_t object, off;
	sym_t root = sym_place(eng, item->a, &object);
	bool same = sym_place(eng, s, &off) == root;

	*at = same ? off - object : 0;
	return same;
}

/* it is the object, or the notifier in it: from there the count is found. The address of another member is that */
static bool is_object(const struct engine *eng, const struct item *item, sym_t s)
{
	int64_t at, object;

	if (!is_inside(eng, item, s, &at))
		return false;
	sym_place(eng, item->a, &object);
	return !at || at == -object || sym(eng, s)->flags & (SYM_IS_COUNT | SYM_IS_SEQUENCE);
}

static bool is_given(const struct work *w, const struct item *item, sym_t arg)
{
	sym_t local = sym_base(w->eng, arg);
	const struct sym *x = sym(w->eng, local);

	if (x->kind != SYM_LOCAL && !(x->flags & SYM_STACK))
		return is_object(w->eng, item, arg);
	for (int i = 0; i < w->n; i++)
		if (bind_space(w->binds[i].key) == SPACE_CELL &&
		    sym_base(w->eng, bind_id(w->binds[i].key)) == local && is_object(w->eng, item, w->binds[i].val))
			return true;
	return false;
}

void count_unseen(const struct frame *f, struct work *w, sym_t arg)
{
	struct item *item = count_item(&w->prop);
	int64_t at;

	if (!item)
		return;
	if (!is_given(w, item, arg) && !(is_inside(f->eng, item, arg, &at) && sym(f->eng, arg)->name))
		return;
	/* it may have taken the lock .. */
	unseen_note(f, w, UNSEEN_OBJECT);
	/* .. and of this file, or called through a pointer, it may count */
	if ((f->at->op == MN_ICALL || unit_func(f->eng->unit, f->at->name)) && is_given(w, item, arg))
		item->flags |= COUNT_UNSEEN;
}

/* one address may be computed in two ways: a callee knows the object as the caller passes it */
static bool take_name(struct engine *eng, struct item *item, sym_t s)
{
	int64_t at;

	if (!is_inside(eng, item, s, &at) || at)
		return false;
	item->a = s;
	return true;
}

void count_pass(const struct frame *f, struct work *w)
{
	struct item *item = count_item(&w->prop);
	bool named = !item;

	for (int i = 0; !named && i < f->at->nargs; i++)
		named = take_name(f->eng, item, work_value(w, f->at->args[i]));
	for (int i = 0; !named && i < w->n; i++)
		named = bind_space(w->binds[i].key) == SPACE_CELL && take_name(f->eng, item, w->binds[i].val);
}

/* calls below a helper that nothing is judged in: beyond, it may do anything */
#define COUNT_DEPTH 3

static bool may_count(const struct frame *f, const struct mn_func *func, int depth);

static bool call_may_count(const struct frame *f, const struct mn_insn *call, int depth)
{
	struct mn_func *callee;

	if (contract_row(f->eng->contract, call->name, call->nargs, f->eng->unit->kernels))
		return false;
	callee = unit_func(f->eng->unit, call->name);
	if (!callee || !callee->nparams)
		return false;
	return !depth || !func_ready(callee) || may_count(f, callee, depth - 1);
}

static bool may_count(const struct frame *f, const struct mn_func *func, int depth)
{
	for (int b = 0; b < func->blocks.n; b++)
		for (int i = 0; i < func->blocks.v[b].insns.n; i++) {
			const struct mn_insn *insn = &func->blocks.v[b].insns.v[i];
			const struct lockcell *cell = insn->op == MN_ADDR && insn->name ?
				contract_lock_named(f->eng->contract, insn->name) : NULL;

			if (insn->op == MN_ICALL || (cell && (cell->count || cell->sequence)) ||
			    (insn->op == MN_CALL && call_may_count(f, insn, depth)))
				return true;
		}
	return false;
}

void count_helper(const struct frame *f, struct work *w, const struct mn_func *callee)
{
	struct item *item = count_item(&w->prop);
	bool given = false;

	for (int i = 0; item && i < f->at->nargs; i++)
		given |= is_given(w, item, work_value(w, f->at->args[i]));
	if (given && may_count(f, callee, COUNT_DEPTH))
		item->flags |= COUNT_UNSEEN;
}

/* ------------------------------------------------------------------ */
/* both are stored                                                     */

/* by how much @to is more than @from; false: that is not known */
static bool difference(const struct engine *eng, sym_t from, sym_t to, int64_t *by)
{
	int64_t a = 0, b = 0;
	sym_t x = from, y = to;

	if (sym_const_value(eng, from, &a) && sym_const_value(eng, to, &b)) {
		x = y;
	} else {
		x = sym_linear(eng, from, &a);
		y = sym_linear(eng, to, &b);
	}
	*by = b - a;
	return x && x == y;
}

const char *count_name(const struct work *w, bool sequence)
{
	const struct lockcell *cell = unit_count(w->eng->unit, sequence);

	return arena_printf(w->eng->arena, "%s.%s", cell->type, cell->member);
}

/* the lock is taken around both, whatever else is done under it */
static void judge_lock(const struct frame *f, struct work *w, bool sequence)
{
	if (holds_any_lock(w) || is_quiet(w, MN_RULE_SEQUENCE_UNSET) ||
	    unseen_silences(f, w, MN_RULE_SEQUENCE_UNSET, UNSEEN_OBJECT))
		return;
	judge_report(f, w, MESSAGE_COUNT_UNLOCKED, count_name(w, sequence), NULL);
	be_quiet(w, MN_RULE_SEQUENCE_UNSET);
}

/* a start that gives up takes its count back: of that readers need not know */
static void judge_end(const struct frame *f, struct work *w, const struct item *item)
{
	if (!(item->flags & COUNT_ENDS) || item->flags & (COUNT_TOLD | COUNT_UNSEEN) ||
	    is_quiet(w, MN_RULE_SEQUENCE_UNSET))
		return;
	judge_report(f, w, MESSAGE_COUNT_EARLY, count_name(w, false), count_name(w, true));
	be_quiet(w, MN_RULE_SEQUENCE_UNSET);
}

static void count_on(const struct frame *f, struct work *w, struct item *item, int64_t by)
{
	unsigned int back = by > 0 ? COUNT_DOWN : COUNT_UP;

	if (item->flags & back) {
		item->flags &= (uint16_t)~back;
		return;
	}
	item->flags |= by > 0 ? COUNT_UP : COUNT_DOWN;
	if (by > 0)
		step_add(w, STEP_COUNTER, f->at->loc, f->func->name, count_name(w, false));
}

void count_stored(const struct frame *f, struct work *w)
{
	struct item *item = count_item(&w->prop);
	sym_t addr = item ? work_value(w, f->at->a) : SYM_NONE;
	unsigned int flags = sym(f->eng, addr)->flags;
	int64_t by;

	if (!addr || !(flags & (SYM_IS_COUNT | SYM_IS_SEQUENCE)))
		return;
	if (!difference(f->eng, work_read(w, addr), work_value(w, f->at->b), &by) || !by) {
		item->flags |= COUNT_UNSEEN;
		return;
	}
	if (!f->eng->counting)
		judge_lock(f, w, flags & SYM_IS_SEQUENCE);
	if (flags & SYM_IS_SEQUENCE) {
		item->flags |= COUNT_TOLD;
		return;
	}
	if (by < 0 && !f->eng->counting)
		judge_end(f, w, item);
	count_on(f, w, item, by);
}
