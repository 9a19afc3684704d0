// SPDX-License-Identifier: GPL-2.0-only
/*
 * leave.c - the last instruction of a block: which way a state goes, and what it learns there.
 *
 * A branch adds the condition to the facts of each side; a side that contradicts
 * them is not taken. A return makes an exit of the context: exits with the same property
 * part and the same kind of result are one, but on a closer look those that contradict. What
 * goes out is what a caller can name, and what is known of the result and of values that are
 * stored where it finds them.
 */
#include "engine.h"

/* the PHIs of @to, all at once: their args are values of the old block */
static void enter_block(const struct frame *f, struct work *w, int to)
{
	const struct block *b = &f->func->blocks.v[to];
	const struct work *old = NULL;
	int pred;

	for (pred = 0; pred < b->npreds; pred++)
		if (b->preds[pred] == f->block)
			break;
	for (int i = 0; i < b->insns.n && b->insns.v[i].op == MN_PHI; i++) {
		const struct mn_insn *phi = &b->insns.v[i];
		sym_t value;

		if (!old)
			old = work_copy(w);
		value = work_value(old, phi->args[pred]);
		if (!value) {
			frame_age(f, w);
			value = sym_born(f->eng, frame_site(f), phi->dst);
		}
		work_set(w, bind_key(SPACE_ENV, phi->dst), value);
	}
	if (old)
		work_free((struct work *)old);
}

/* takes @w over; only where ways meet do states */
static void go(const struct frame *f, struct work *w, int to)
{
	struct onward *next;

	enter_block(f, w, to);
	if (!f->ctx->run->joining[to]) {
		next = vec_push(f->eng->arena, &f->eng->onward);
		next->work = w;
		next->block = to;
		return;
	}
	context_arrive(f->eng, f->ctx, to, 0, w);
	work_free(w);
}

/*
 * Take the branch to @to with @learned known of the condition, of which @known was
 * known before; takes @taken over.
 */
static void branch(const struct frame *f, struct work *taken, int to,
		   struct fact known, struct fact learned, enum step_kind step)
{
	sym_t condition = work_value(taken, f->at->a);

	if (condition && !fact_narrow(taken, condition, known, learned)) {
		work_free(taken);
		return;
	}
	step_add(taken, step, f->at->loc, f->func->name,
		 f->func->values.v[f->at->a].name)->subject = condition;
	go(f, taken, to);
}

/* a side of a branch: where it goes, and what is learned of the condition there */
struct side {
	int to;
	sym_t condition;
	struct fact known, learned;
	enum step_kind step;
};

/* "x & y" of truth values is false, or "x | y" true, in two ways: which one it is decides what follows */
static bool has_two_ways(const struct work *w, const struct sym *x, bool holds)
{
	struct fact a, b;

	if (x->kind != SYM_OP || x->op != (holds ? MN_OR : MN_AND))
		return false;
	a = fact_of(w, x->a);
	b = fact_of(w, x->b);
	return fact_truth(a) == MAYBE && fact_truth(b) == MAYBE && a.lo >= 0 && a.hi <= 1 && b.lo >= 0 &&
	       b.hi <= 1;
}

/* each of the ways in which @s, the condition or a part of it, @holds; takes @w over */
static void branch_each(const struct frame *f, struct work *w, sym_t s, bool holds,
			const struct side *side)
{
	struct fact no = holds ? fact_is(0) : fact_nonzero();
	struct sym x = *sym(f->eng, s);
	struct work *other;

	if (!has_two_ways(w, &x, holds)) {
		if (s == side->condition || fact_learn(w, s, side->learned))
			branch(f, w, side->to, side->known, side->learned, side->step);
		else
			work_free(w);
		return;
	}
	other = work_copy(w);
	branch_each(f, other, x.a, holds, side);
	if (fact_learn(w, x.a, no))
		branch_each(f, w, x.b, holds, side);
	else
		work_free(w);
}

static void leave_if(const struct frame *f, struct work *w)
{
	sym_t condition = work_value(w, f->at->a);
	struct fact known = fact_of(w, condition);
	enum truth t = fact_truth(known);
	int then = f->at->succ[0].block, other = f->at->succ[1].block;
	struct side on = { then, condition, known, fact_nonzero(), STEP_TRUE };
	struct side off = { other, condition, known, fact_is(0), STEP_FALSE };

	if (t != MAYBE) {
		go(f, w, t == ALWAYS ? then : other);
		return;
	}
	if (f->eng->idles)
		idle_asks(f, w, condition);
	branch_each(f, work_copy(w), condition, true, &on);
	branch_each(f, w, condition, false, &off);
}

/* @s @is one of the values of the case. Return: false, it cannot be so */
static bool learn_case(const struct frame *f, struct work *w, sym_t s, const struct mn_case *c, bool is)
{
	struct engine *eng = f->eng;
	sym_t below, above;

	if (c->lo == c->hi)
		return fact_learn(w, sym_op(eng, MN_EQ, s, sym_const(eng, c->lo)), is ? fact_nonzero() : fact_is(0));
	below = sym_op(eng, MN_LT, s, sym_const(eng, c->lo));
	above = sym_op(eng, MN_LT, sym_const(eng, c->hi), s);
	return fact_learn(w, sym_op(eng, MN_OR, below, above), is ? fact_is(0) : fact_nonzero());
}

static bool is_default(const struct mn_case *c)
{
	return c->lo > c->hi;
}

/* none of the other cases is the value. Return: false, one of them is */
static bool learn_default(const struct frame *f, struct work *w, sym_t s)
{
	for (int i = 0; i < f->at->nsucc; i++)
		if (!is_default(&f->at->succ[i]) && !learn_case(f, w, s, &f->at->succ[i], false))
			return false;
	return true;
}

static void leave_switch(const struct frame *f, struct work *w)
{
	sym_t s = work_value(w, f->at->a);
	struct fact f_of = fact_of(w, s), both;

	if (f->eng->idles && f_of.lo != f_of.hi)
		idle_asks(f, w, s);
	for (int i = 0; i < f->at->nsucc; i++) {
		const struct mn_case *c = &f->at->succ[i];
		struct fact in = is_default(c) ? fact_any() : fact_between(c->lo, c->hi);
		struct work *taken;

		if (!fact_meet(f_of, in, &both))
			continue;
		taken = work_copy(w);
		if (is_default(c) ? learn_default(f, taken, s) : learn_case(f, taken, s, c, true))
			branch(f, taken, c->block, f_of, in, STEP_CASE);
		else
			work_free(taken);
	}
	work_free(w);
}

static enum result_class classify_result(const struct work *w, sym_t result)
{
	struct fact f = fact_of(w, result);

	switch (fact_truth(f)) {
	case NEVER:
		return RESULT_ZERO;
	case ALWAYS:
		return f.hi < 0 ? RESULT_NEGATIVE : RESULT_NONZERO;
	default:
		return RESULT_ANY;
	}
}

/* can a caller name it: through what it passed, or through the result? */
static bool caller_names(const struct engine *eng, sym_t s, sym_t result)
{
	const struct sym *base = sym(eng, sym_base(eng, s));

	if (base->kind == SYM_LOCAL)
		return false;
	return !sym(eng, s)->sites || (result && sym_base(eng, s) == result);
}

/* is the value in one of the first @n cells? "vmf->pte" may say whether a lock was taken */
static bool is_stored(const struct work *w, int n, sym_t s)
{
	for (int i = 0; i < n; i++)
		if (w->binds[i].val == s && bind_space(w->binds[i].key) == SPACE_CELL)
			return true;
	return false;
}

/* .. in one that the caller names: "*range = new" */
static bool is_stored_for_caller(const struct work *w, sym_t s, sym_t result)
{
	for (int i = 0; i < w->n && bind_space(w->binds[i].key) <= SPACE_CELL; i++)
		if (w->binds[i].val == s && bind_space(w->binds[i].key) == SPACE_CELL &&
		    caller_names(w->eng, bind_id(w->binds[i].key), result))
			return true;
	return false;
}

/* they are in order: when a fact's turn comes, only cells that a caller names are left */
static void trim_binds(struct work *w, sym_t result)
{
	int to = 0;

	for (int i = 0; i < w->n; i++) {
		enum space space = bind_space(w->binds[i].key);
		sym_t s = bind_id(w->binds[i].key);

		if (space != SPACE_ENV && (caller_names(w->eng, s, result) ||
					   (space == SPACE_CELL && is_stored_for_caller(w, sym_base(w->eng, s), result)) ||
					   (space == SPACE_FACT && is_stored(w, to, s))))
			w->binds[to++] = w->binds[i];
	}
	w->n = to;
}

/* does the caller get it? */
static bool goes_back(const struct frame *f, const struct work *w, const struct item *item,
		      sym_t result)
{
	switch (item_form(item)->exit) {
	case EXIT_LOCKED:	/* with no lock held nothing waits for its notification */
		return prop_ptl_held(&w->prop);
	case EXIT_OTHERS:	/* else a caller that carried it on would get the finding */
		return !item_is_own(w->eng, item);
	case EXIT_UNSAID:	/* else all that a caller does behind it would be the same mistake */
		return !item->site || prop_has(f->ctx->prop, item);
	case EXIT_NAMED:
		return caller_names(w->eng, subject_of(item), result);
	default:
		return true;
	}
}

static void trim_exit(const struct frame *f, struct work *w, sym_t result)
{
	bool is_op = result && sym(w->eng, result)->kind == SYM_OP;
	struct fact known = is_op ? fact_of(w, result) : fact_any();

	trim_binds(w, result);
	/* what a condition was made of is gone, what it came to is not */
	if (fact_tells(known))
		work_set(w, bind_key(SPACE_FACT, result), fact_number(w->eng, known));
	work_set(w, bind_key(SPACE_ENV, 0), result);
	for (int i = w->prop.n - 1; i >= 0; i--) {
		struct item *item = &w->prop.items[i];

		if (goes_back(f, w, item, result))
			continue;
		if (item_form(item)->exit == EXIT_UNSAID)
			prop_forget(&w->prop, item);
		else
			prop_remove(&w->prop, item);
	}
}

/* calls that were executed again since then wait anew */
static void drop_outdated(struct context_run *ctx)
{
	int to = 0;

	for (int i = 0; i < ctx->waiters.n; i++)
		if (ctx->waiters.v[i].round == ctx->waiters.v[i].state->round)
			ctx->waiters.v[to++] = ctx->waiters.v[i];
	ctx->waiters.n = to;
}

/*
 * Not before the context has nothing left to do: what one of its paths tells of all callers
 * goes with each exit.
 */
void exits_deliver(struct engine *eng, struct context_run *ctx)
{
	int evidence = ctx->takes_ptl + ctx->sleeps;
	bool all = evidence != ctx->evidence;

	ctx->evidence = evidence;
	drop_outdated(ctx);
	for (int i = 0; i < ctx->exits.n; i++) {
		if (ctx->exits.v[i].delivered && !all)
			continue;
		ctx->exits.v[i].delivered = true;
		for (int k = 0; k < ctx->waiters.n; k++)
			call_deliver(eng, &ctx->waiters.v[k], ctx, &ctx->exits.v[i]);
	}
}

/* true: @w, which leaves as @exit, was taken up by an exit that is there already */
static bool merge_into_exit(const struct frame *f, struct work *w,
			    const struct outcome *exit)
{
	struct context_run *ctx = f->ctx;
	uint64_t site = run_site(ctx->run, EXIT_BLOCK, 0) | JOIN_SITE;
	int at = merge_at_exit(f->eng, ctx, exit, w);
	const struct exec *exec;
	struct outcome *x;

	if (at < 0)
		return false;
	x = &ctx->exits.v[at];
	work_age(w, site, true);
	work_merge(w, x->prop, x->exec, site);
	exec = exec_intern(f->eng, w);
	if (exec == x->exec && !(w->lost & ~x->lost))
		return true;
	x->exec = exec;
	x->lost |= w->lost;
	x->delivered = false;
	return true;
}

/* a region is left open with an error, or with its work done: not for the caller */
static bool forgets_end(const struct work *w, enum result_class result)
{
	const struct item *region = prop_region_open(&w->prop);

	return region && (result == RESULT_NEGATIVE || region->flags & REGION_USED);
}

/*
 * The value that is returned, as a constant where this path knows it: what it was made of
 * means nothing to a caller (testcases/start-ignored/helper.c, good_inverted).
 */
static sym_t result_of(const struct frame *f, const struct work *w)
{
	sym_t result = work_value(w, f->at->a);
	struct fact known = fact_of(w, result);

	return result && known.lo == known.hi ? sym_const(f->eng, known.lo) : result;
}

static void leave_function(const struct frame *f, struct work *w)
{
	sym_t result = result_of(f, w);
	struct outcome exit, *x;

	exit.loc = w->leaving.line ? w->leaving : f->at->loc;
	exit.result = classify_result(w, result);
	if (w->lost && f->ctx->judged)
		lack_detail(f->eng, f->ctx->run, false);
	rules_at_return(f, w, result, exit.loc);
	if (f->eng->counting)
		count_collect(f, w, result);
	if (f->eng->leaving)
		leaves_collect(f, w, result, exit.loc);
	unseen_leave(f, w);
	trim_exit(f, w, result);
	if (forgets_end(w, exit.result) && !f->ctx->root)
		step_add(w, STEP_RETURN, exit.loc, f->func->name, NULL);
	exit.prop = prop_intern(f->eng, &w->prop);
	if (!merge_into_exit(f, w, &exit)) {
		exit.exec = exec_intern(f->eng, w);
		exit.trail = w->trail;
		exit.lost = w->lost;
		exit.delivered = false;
		x = vec_push(f->eng->arena, &f->ctx->exits);
		*x = exit;
	}
	work_free(w);
}

void leave_block(const struct frame *f, struct work *w)
{
	const struct mn_insn *at = f->at;

	switch (at->op) {
	case MN_GOTO:
		if (f->ctx->run->returning[at->succ[0].block] && at->loc.line)
			w->leaving = at->loc;
		go(f, w, at->succ[0].block);
		break;
	case MN_IF:
		leave_if(f, w);
		break;
	case MN_SWITCH:
		leave_switch(f, w);
		break;
	case MN_FORK:
		if (f->eng->idles)
			idle_asks(f, w, SYM_NONE);
		for (int i = 0; i < at->nsucc; i++)
			go(f, work_copy(w), at->succ[i].block);
		work_free(w);
		break;
	case MN_RETURN:
		leave_function(f, w);
		break;
	default:		/* STOP: the path ends */
		work_free(w);
		break;
	}
}
