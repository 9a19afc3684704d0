// SPDX-License-Identifier: GPL-2.0-only
/*
 * merge.c - which states may become one, and how much is kept apart.
 *
 * The only place that says so: for the points of a context (points.c), its exits (leave.c), and
 * for what goes into a callee (call.c). What one state keeps of two is join.c's.
 *
 * States whose property parts differ stay apart, those with the same one merge. How much
 * more is kept apart, or less, is the detail, which sinks in stages as the budget is used:
 *
 *	3	states with the same property part stay apart where that is cheap and what
 *		correlates are values: in front of a return, and in a small function
 *		outside of loops (testcases/looks-wrong/02-swapped-locks.c, range-unlocked/switch.c)
 *	2	they merge, from a sixteenth of the point's budget of states on
 *	1	and so do those that differ in the range of a region, the mutexes of a callback,
 *		what was learned about unknown callers, or the notifiers whose sequences a loop
 *		reads, from a quarter of it on: a loop that
 *		leaves regions open starts another one each round
 *		(testcases/cfg/region-in-loop.cfg, bad_continue; callback-nonblock/list-of-locks.c)
 *	0	and a callee gets its arguments and locks, not the memory that it can reach,
 *		but for facts that all its entry states share (rename.c), from an eighth of it
 *		entry states on, in a walk one by one: a scan that is called from a loop learns a
 *		little more each round (range-unpaired/many-ways.c)
 *
 * The option detail= starts at a lower stage. Behind a call states with another answer stay
 * apart at every stage.
 *
 * What was given up must not make a finding: a state that merged with others that differ, or
 * whose function got less, records it (enum lost), no finding is made of it, and the
 * function is reported as given up. Only stage 2 is no loss where the budget leads to it, since it
 * is what happens in any larger function.
 */
#include "engine.h"

#define SMALL_BLOCKS	(DETAIL_BUDGET / 8)

static int at_most(const struct engine *eng, int detail)
{
	int forced = DETAIL_ALL - (int)eng->options.less_detail;

	return detail < forced ? detail : forced;
}

/* who allows more states at a point wants more of them told apart */
static int detail_at(const struct engine *eng, const struct point *p)
{
	unsigned int states = (unsigned int)p->states.n, budget = eng->options.limit_states;

	if (budget < DETAIL_BUDGET)
		budget = DETAIL_BUDGET;
	return at_most(eng, states < budget / 16 ? DETAIL_ALL :
			    states < budget / 4 ? DETAIL_MERGED :
			    DETAIL_LESS_EQUAL);
}

int detail_of_callee(const struct engine *eng, const struct run *callee,
		     const struct context_run *caller)
{
	/* a walk enters each of its functions again, with what the others left */
	bool apart = caller->run->func->walk;
	int entered = 0;

	for (int i = 0; i < callee->contexts.n; i++)
		entered += !apart || callee->contexts.v[i]->caller == caller;
	return at_most(eng, eng->whole_entries || entered < DETAIL_BUDGET / 8 ? DETAIL_ALL :
			    DETAIL_ARGUMENTS);
}

/* do states with the same property part stay apart at stage 3? */
static bool stay_apart(const struct engine *eng, const struct context_run *ctx,
		       const struct point *p)
{
	const struct run *run = ctx->run;

	if (!p->insn && run->returning[p->block])
		return true;
	if (run->looping[p->block])
		return false;	/* or it would never come to rest */
	return eng->options.no_merge ||
	       (!p->insn && run->func->blocks.n <= SMALL_BLOCKS);
}

/* what the call in front of the point answered there; MAYBE in front of a block */
static enum truth answer_at(const struct context_run *ctx, const struct point *p,
			    const struct work *w)
{
	const struct block *b = block_at(ctx->run, p->block);

	return p->insn ? fact_true(w, work_value(w, b->insns.v[p->insn - 1].dst)) :
			 MAYBE;
}

static bool truth_differs(const struct work *x, const struct work *y, sym_t a, sym_t b)
{
	enum truth here = fact_true(x, a), there = fact_true(y, b);

	return here != MAYBE && there != MAYBE && here != there;
}

/* does one of them return that it failed, and the other that it did not? */
static bool result_differs(const struct run *run, const struct work *x,
			   const struct work *y)
{
	for (int i = 0; i < x->n && bind_space(x->binds[i].key) == SPACE_ENV; i++) {
		uint32_t v = bind_id(x->binds[i].key);
		sym_t other = work_get(y, x->binds[i].key);

		if (run->results[v / 32] >> v % 32 & 1 && other &&
		    truth_differs(x, y, x->binds[i].val, other))
			return true;
	}
	return false;
}

/*
 * What the rules of callbacks ask at the return: whether it may sleep, and, where it can
 * fail, whether it did (testcases/callback-nonblock/checked-before-loop.c).
 */
static bool callback_differs(const struct run *run, const struct work *x,
			     const struct work *y)
{
	const struct prop *p = &x->prop;

	for (int i = 0; i < p->n; i++) {
		const struct item *item = &p->items[i];

		if (item->kind != ITEM_CALLBACK || !item->a)
			continue;
		if (fact_true(x, item->a) != fact_true(y, item->a) ||
		    (item->flags && result_differs(run, x, y)))
			return true;
	}
	return false;
}

/* does @x have the @object somewhere where @y has NULL? */
static bool is_given_away(const struct work *x, const struct work *y, sym_t object)
{
	for (int i = 0; i < x->n && bind_space(x->binds[i].key) <= SPACE_CELL; i++) {
		sym_t other = work_get(y, x->binds[i].key);

		if (other && sym_base(x->eng, x->binds[i].val) == object && fact_true(y, other) == NEVER)
			return true;
	}
	return false;
}

/*
 * What the rule of notifiers asks where an object is freed: is it one that has a notifier? A pointer that was
 * set to NULL has given it away (testcases/notifier-lifetime/given-away.c).
 */
static bool owner_differs(const struct prop *p, const struct work *x, const struct work *y)
{
	for (int i = 0; i < p->n; i++) {
		sym_t object;

		if (p->items[i].kind != ITEM_INSERTED)
			continue;
		object = sym_base(x->eng, p->items[i].a);
		if (is_given_away(x, y, object) || is_given_away(y, x, object))
			return true;
	}
	return false;
}

/*
 * Behind a call states with another answer stay apart: what the callee found out goes with
 * it (testcases/looks-wrong/02-correlated-conditions.c, good_predicate). The next
 * branch asks for it anyway, and joins behind that merge as ever. So do, everywhere, states that
 * differ in what the rules of callbacks still have to ask.
 */
static bool answers_differ(struct engine *eng, const struct context_run *ctx,
			   const struct point *p, const struct state *s,
			   const struct work *w)
{
	enum truth here = answer_at(ctx, p, w), other;
	struct work there;

	work_view(&there, eng, s->exec, ctx->run->fixed);
	if (callback_differs(ctx->run, w, &there))
		return true;
	if (owner_differs(s->prop, w, &there))
		return true;
	if (here == MAYBE)
		return false;
	other = answer_at(ctx, p, &there);
	return other != MAYBE && other != here;
}

/* what each round of a loop makes for another object */
static void forget_rounds(struct prop *p)
{
	for (int i = 0; i < p->n; i++) {
		struct item *item = &p->items[i];

		if (item_form(item)->meet == MEET_ROUND)
			item->b = item->c = item->d = item->e = SYM_NONE;
	}
}

/* what differs in these is no reason to stay apart from DETAIL_LESS_EQUAL down */
static void forget_details(struct prop *p)
{
	for (int i = p->n - 1; i >= 0; i--) {
		enum item_meet meet = item_form(&p->items[i])->meet;

		if (meet == MEET_RANGE)
			p->items[i].c = p->items[i].d = SYM_NONE;
		else if (meet == MEET_LIST)
			prop_remove(p, &p->items[i]);
	}
	forget_rounds(p);
	p->ptl = p->region = p->atomic = p->outside = 0;
}

/* what a loop makes anew in each round is no reason there, or it would never come to rest .. */
static bool is_part_of_key(const struct item *item, bool looping)
{
	return !looping || item_form(item)->meet != MEET_BOTH;
}

/* .. but whether there is one is */
static void keep_one(struct prop *key, int i)
{
	struct item one;

	memset(&one, 0, sizeof(one));
	one.kind = key->items[i].kind;
	if (i && key->items[i - 1].kind == one.kind)
		prop_remove(key, &key->items[i]);
	else
		key->items[i] = one;
}

/* that a region was used on one path is kept where they meet: it is one that was used */
static bool is_used(const struct item *item)
{
	return item->kind == ITEM_REGION && item->flags & REGION_USED;
}

static const struct prop *key_at(struct engine *eng, const struct prop *p, int detail, bool looping)
{
	struct prop key;
	int n = 0;

	while (n < p->n && is_part_of_key(&p->items[n], looping) && !is_used(&p->items[n]))
		n++;
	/* most often all of it is */
	if (n == p->n && detail > DETAIL_LESS_EQUAL)
		return prop_intern(eng, p);
	prop_copy(&key, p);
	for (int i = key.n - 1; i >= n; i--)
		if (is_used(&key.items[i]))
			key.items[i].flags &= (uint16_t)~REGION_USED;
		else if (!is_part_of_key(&key.items[i], looping))
			keep_one(&key, i);
	if (detail <= DETAIL_LESS_EQUAL)
		forget_details(&key);
	return prop_intern(eng, &key);
}

const struct prop *merge_key(struct engine *eng, const struct prop *p, bool looping)
{
	return key_at(eng, p, DETAIL_ALL, looping);
}

/* @a, what the caller passed or what is known to be true or not, is something else than @b */
static bool is_other(const struct work *x, const struct work *y, sym_t a, sym_t b)
{
	return (a != b && sym(x->eng, a)->kind == SYM_INPUT) || truth_differs(x, y, a, b);
}

/* no value is what is known of @s in both: it is false here and true there, or 2 here and 3 there */
static bool is_known_other(const struct work *x, const struct work *y, sym_t s)
{
	struct fact both;

	return !fact_meet(fact_of(x, s), fact_of(y, s), &both);
}

/* a value of @x, or a fact, that is another one in @y */
static bool tells_otherwise(const struct work *x, const struct work *y)
{
	for (int i = 0; i < x->n; i++) {
		const struct bind *b = &x->binds[i];
		enum space space = bind_space(b->key);
		sym_t key = bind_id(b->key), its = work_get(y, b->key);

		if (space == SPACE_FACT ? is_known_other(x, y, key) :
		    space != SPACE_TAG && its && is_other(x, y, b->val, its))
			return true;
	}
	return false;
}

/* is anything true or not in @x that may be either in @y? */
static bool knows_more(const struct work *x, const struct work *y)
{
	for (int i = 0; i < x->n; i++) {
		const struct bind *b = &x->binds[i];
		enum space space = bind_space(b->key);
		bool fact = space == SPACE_FACT && !sym(x->eng, bind_id(b->key))->olds;
		sym_t mine = fact ? bind_id(b->key) : b->val, its = fact ? mine : work_get(y, b->key);

		if ((fact || (space == SPACE_ENV && its)) && fact_true(x, mine) != MAYBE &&
		    fact_true(y, its) == MAYBE)
			return true;
	}
	return false;
}

/*
 * On a closer look states that cannot be the same at any time stay apart in loops as well, and those of which each
 * knows what the other one does not: no path is that of both. There are not many: a truth has two values, a number
 * is compared with few, and what an earlier round has known tells nothing apart.
 */
static bool contradict(const struct engine *eng, const struct exec *exec, const struct work *w)
{
	struct work there;

	if (!eng->apart_in_loops)
		return false;
	work_view(&there, w->eng, exec, w->fixed);
	return tells_otherwise(w, &there) || tells_otherwise(&there, w) ||
	       (knows_more(w, &there) && knows_more(&there, w));
}

/* a state of @p that differs in details only */
static int merge_nearly(struct engine *eng, const struct context_run *ctx,
			const struct point *p, const struct work *w)
{
	const struct prop *key = key_at(eng, &w->prop, DETAIL_LESS_EQUAL, true);

	for (int i = 0; i < p->states.n; i++) {
		const struct state *s = p->states.v[i];

		if (key_at(eng, s->prop, DETAIL_LESS_EQUAL, true) == key &&
		    !answers_differ(eng, ctx, p, s, w) && !contradict(eng, s->exec, w))
			return i;
	}
	return -1;
}

static unsigned int lost_apart(const struct engine *eng)
{
	return eng->options.less_detail ? LOST_APART | LOST_MISSING : LOST_APART;
}

/* what is forgotten of each round makes no finding: that a region was ended, or of which notifier a sequence is */
static const struct prop *key_of_findings(struct engine *eng, const struct prop *p)
{
	struct prop key;

	prop_copy(&key, merge_key(eng, p, true));
	forget_rounds(&key);
	return prop_intern(eng, &key);
}

static unsigned int lost_nearly(struct engine *eng, const struct state *s, const struct work *w)
{
	unsigned int lost = lost_apart(eng);

	if (key_of_findings(eng, s->prop) == key_of_findings(eng, &w->prop))
		lost &= ~(unsigned int)LOST_APART;
	return lost;
}

int merge_at_point(struct engine *eng, const struct context_run *ctx,
		   const struct point *p, const struct prop *key, struct work *w)
{
	int detail = detail_at(eng, p);
	bool apart = stay_apart(eng, ctx, p), merge;
	unsigned int lost = 0;
	int at = -1;

	merge = !apart || (detail < DETAIL_ALL && !eng->options.no_merge);
	for (int i = 0; i < p->states.n; i++) {
		const struct state *s = p->states.v[i];

		if (s->key != key)
			continue;
		if (state_is(s, w))
			return i;
		if (!merge || answers_differ(eng, ctx, p, s, w) || contradict(eng, s->exec, w))
			continue;
		if (apart && eng->options.less_detail)
			w->lost |= lost_apart(eng);
		return i;
	}
	if (merge && detail <= DETAIL_LESS_EQUAL)
		at = merge_nearly(eng, ctx, p, w);
	if (at >= 0)
		lost = lost_nearly(eng, p->states.v[at], w);
	w->lost |= lost;
	eng->blurred |= lost & LOST_APART;
	return at;
}

int merge_at_exit(const struct engine *eng, const struct context_run *ctx, const struct outcome *exit,
		  const struct work *w)
{
	for (int i = 0; i < ctx->exits.n; i++) {
		const struct outcome *x = &ctx->exits.v[i];

		if (x->prop != exit->prop || x->result != exit->result ||
		    contradict(eng, x->exec, w))
			continue;
		/* each return that forgot the end has its own finding */
		if (!prop_region_open(x->prop) || x->loc.line == exit->loc.line)
			return i;
	}
	return -1;
}
