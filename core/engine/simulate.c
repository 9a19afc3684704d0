// SPDX-License-Identifier: GPL-2.0-only
/*
 * simulate.c - the worklist over (point, state), and which context runs next.
 *
 * A run is a function, a context is a run from one entry state, a point is a place
 * in a context where states meet. Work is taken from the context on top of the
 * stack, in reverse post-order of its blocks; a call into a context that is not done yet
 * puts that one on top and leaves a waiter behind, to which each exit is
 * delivered as it is found. So there is no recursion, over blocks or over calls, and
 * recursive functions come to rest like loops.
 *
 * What an instruction means is transfer.c's, effect.c's and call.c's; where a state goes
 * from the end of a block is leave.c's.
 */
#include "engine.h"

uint64_t run_site(const struct run *run, uint64_t block, uint64_t insn)
{
	return (uint64_t)run->number << 40 | block << 20 | insn;
}

uint64_t frame_site(const struct frame *f)
{
	return run_site(f->ctx->run, (uint64_t)f->block, (uint64_t)f->insn);
}

static const struct block *block_at(const struct run *run, int block)
{
	return &run->func->blocks.v[block];
}

void give_up(struct engine *eng, struct run *run, const char *why)
{
	const char **slot;

	if (run->given_up)
		return;
	run->given_up = true;
	eng->unit->stats.given_up++;
	slot = (const char **)vec_push(eng->unit->arena, &eng->unit->trouble);
	*slot = arena_printf(eng->unit->arena, "mncheck: given up: %s: %s",
			     run->func->name, why);
	for (int i = 0; i < run->contexts.n; i++)
		run->contexts.v[i]->heap.n = 0;
}

/* what was born at this instruction in an earlier round becomes old */
void frame_age(const struct frame *f, struct work *w)
{
	if (f->ctx->run->looping[f->block])
		work_age(w, frame_site(f), false);
}

void frame_result(const struct frame *f, struct work *w, sym_t value)
{
	if (!f->at->dst)
		return;
	if (!value) {
		frame_age(f, w);
		value = sym_born(f->eng, frame_site(f), 0);
	}
	work_set(w, bind_key(SPACE_ENV, f->at->dst), value);
}

/* ------------------------------------------------------------------ */
/* the heap of one context: block order, instruction, point, state      */

static void heap_push(struct engine *eng, struct context_run *ctx, uint64_t key)
{
	uint64_t *v;
	int at;

	vec_push(eng->arena, &ctx->heap);
	v = ctx->heap.v;
	for (at = ctx->heap.n - 1; at && v[(at - 1) / 2] > key; at = (at - 1) / 2)
		v[at] = v[(at - 1) / 2];
	v[at] = key;
}

static uint64_t heap_pop(struct context_run *ctx)
{
	uint64_t *v = ctx->heap.v, top = v[0], last = v[--ctx->heap.n];
	int at = 0, n = ctx->heap.n;

	for (;;) {
		int child = 2 * at + 1;

		if (child + 1 < n && v[child + 1] < v[child])
			child++;
		if (child >= n || v[child] >= last)
			break;
		v[at] = v[child];
		at = child;
	}
	v[at] = last;
	return top;
}

/* ------------------------------------------------------------------ */
/* states at points                                                    */

static int point_at(struct engine *eng, struct context_run *ctx, int block,
		    int insn)
{
	struct point *p;
	int i;

	for (i = ctx->point_of[block]; i >= 0; i = ctx->points.v[i].next)
		if (ctx->points.v[i].insn == insn)
			return i;
	p = vec_push(eng->arena, &ctx->points);
	p->block = block;
	p->insn = insn;
	p->next = ctx->point_of[block];
	ctx->point_of[block] = ctx->points.n - 1;
	return ctx->points.n - 1;
}

static void enqueue(struct engine *eng, struct context_run *ctx, int point,
		    int state)
{
	const struct point *p = &ctx->points.v[point];
	struct context_run **slot;

	if (p->states.v[state]->queued || ctx->run->given_up)
		return;
	p->states.v[state]->queued = true;
	heap_push(eng, ctx,
		  (uint64_t)block_at(ctx->run, p->block)->order << 48 |
		  (uint64_t)p->insn << 32 | (uint64_t)point << 16 |
		  (uint64_t)state);
	if (ctx->on_stack)
		return;
	ctx->on_stack = true;
	slot = (struct context_run **)vec_push(eng->arena, &eng->stack);
	*slot = ctx;
}

/* the value that @b binds is not used from here on */
static bool is_dead(const struct run *run, int block, const struct bind *b)
{
	const uint32_t *live = run->live + (size_t)block * (size_t)run->words;
	uint32_t v = (uint32_t)b->key;

	return !(live[v / 32] & 1u << v % 32);
}

static uint64_t prop_sites(const struct work *w)
{
	const struct engine *eng = w->eng;
	uint64_t sites = 0;

	for (int i = 0; i < w->prop.n; i++) {
		const struct item *x = &w->prop.items[i];

		sites |= sym(eng, x->a)->sites | sym(eng, x->b)->sites |
			 sym(eng, x->c)->sites | sym(eng, x->d)->sites;
	}
	return sites;
}

/* @sites, and those that cells lead to from there; @from: behind the values */
static uint64_t follow_cells(const struct work *w, int from, uint64_t sites)
{
	const struct engine *eng = w->eng;
	uint64_t before;

	do {
		before = sites;
		for (int i = from; i < w->n; i++) {
			const struct bind *b = &w->binds[i];

			if (bind_space(b->key) != SPACE_CELL)
				break;
			if (!(sym(eng, (sym_t)b->key)->sites & ~sites))
				sites |= sym(eng, b->val)->sites;
		}
	} while (sites != before);
	return sites;
}

/*
 * Dead values go, and what is known of things that nothing leads to any more.
 * Return: the sites of what is born in @w, and perhaps others.
 */
static uint64_t drop_dead(const struct run *run, int block, struct work *w)
{
	const struct engine *eng = w->eng;
	uint64_t sites = prop_sites(w), keys = 0, held = 0;
	int to = 0, i, values;

	for (i = 0; i < w->n && bind_space(w->binds[i].key) == SPACE_ENV; i++) {
		if (is_dead(run, block, &w->binds[i]))
			continue;
		sites |= sym(eng, w->binds[i].val)->sites;
		w->binds[to++] = w->binds[i];
	}
	for (values = to; i < w->n; i++) {
		keys |= sym(eng, (sym_t)w->binds[i].key)->sites;
		if (bind_space(w->binds[i].key) != SPACE_FACT)
			held |= sym(eng, w->binds[i].val)->sites;
		w->binds[to++] = w->binds[i];
	}
	w->n = to;
	held |= keys | sites;
	w->sites = held;
	if (!(keys & ~sites))
		return held;
	sites = follow_cells(w, values, sites);
	for (i = to = values; i < w->n; i++)
		if (!(sym(eng, (sym_t)w->binds[i].key)->sites & ~sites))
			w->binds[to++] = w->binds[i];
	w->n = to;
	return held;
}

/* merge @w into @s; true: @s became another state */
static bool merge_into_state(struct engine *eng, struct state *s,
			     struct work *w, uint64_t site)
{
	const struct prop *prop;

	eng->unit->stats.merged++;
	work_merge(w, s->prop, s->exec, site);
	prop = prop_intern(eng, &w->prop);
	if (prop == s->prop && exec_equal(s->exec, w))
		return false;
	s->exec = exec_intern(eng, w);
	s->prop = prop;
	return true;
}

/*
 * In a small function, outside of loops, this many states with the same property
 * part stay apart: "if (a > b) swap(a, b)" and helpers of its kind correlate values,
 * not locks (testcases/looks-wrong/02-swapped-locks.c).
 */
#define APART_IN_SMALL		4
#define APART_AT_RETURN		32
#define SMALL_BLOCKS		10

static bool stay_apart(const struct engine *eng, const struct context_run *ctx,
		       const struct point *p, const struct prop *key)
{
	const struct run *run = ctx->run;
	int same = 0;

	if (!p->insn && run->returning[p->block])
		return p->states.n < APART_AT_RETURN;
	if (run->looping[p->block])
		return false;	/* or it would never come to rest */
	if (eng->options.no_merge)
		return true;
	if (run->func->blocks.n > SMALL_BLOCKS || p->insn)
		return false;
	for (int i = 0; i < p->states.n; i++)
		same += p->states.v[i]->key == key;
	return same < APART_IN_SMALL;
}

/* what the call in front of the point answered there; MAYBE in front of a block */
static enum truth answer_at(const struct context_run *ctx, const struct point *p,
			    const struct work *w)
{
	const struct block *b = block_at(ctx->run, p->block);

	return p->insn ? fact_true(w, work_value(w, b->insns.v[p->insn - 1].dst)) :
			 MAYBE;
}

/*
 * Behind a call states with another answer stay apart: what the callee found out goes with
 * it (testcases/looks-wrong/02-correlated-conditions.c, good_predicate). The next
 * branch asks for it anyway, and joins behind that merge as ever.
 */
static bool answers_differ(struct engine *eng, const struct context_run *ctx,
			   const struct point *p, const struct state *s,
			   const struct work *w)
{
	enum truth here = answer_at(ctx, p, w), other;
	struct work there;

	if (here == MAYBE)
		return false;
	there.eng = eng;
	there.binds = s->exec->binds;
	there.n = s->exec->n;
	other = answer_at(ctx, p, &there);
	return other != MAYBE && other != here;
}

/* true: @w was taken up by a state that is there already */
static bool merge_into_point(struct engine *eng, struct context_run *ctx,
			     int point, const struct prop *key, struct work *w)
{
	struct point *p = &ctx->points.v[point];
	bool apart = stay_apart(eng, ctx, p, key);
	uint64_t site = run_site(ctx->run, (uint64_t)p->block, (uint64_t)p->insn) |
			JOIN_SITE;
	const struct prop *prop = prop_intern(eng, &w->prop);

	for (int i = 0; i < p->states.n; i++) {
		struct state *s = p->states.v[i];

		if (s->key != key)
			continue;
		if (s->prop == prop && exec_equal(s->exec, w))
			return true;
		if (apart || answers_differ(eng, ctx, p, s, w))
			continue;
		if (merge_into_state(eng, s, w, site))
			enqueue(eng, ctx, point, i);
		return true;
	}
	return false;
}

/*
 * Where this many states meet already, a new one keeps what it holds and forgets the
 * rest: the ranges of its regions (a loop that leaves regions open begins another one
 * each round: testcases/cfg/region-in-loop.cfg, bad_continue), the mutexes of a callback
 * (testcases/callback-nonblock/list-of-locks.c), and what it has found out of unseen
 * callers. All of it only makes it know less.
 */
#define FORGET_FROM	16

static void forget_details(struct engine *eng, struct work *w, uint64_t site)
{
	struct prop *p = &w->prop;

	for (int i = p->n - 1; i >= 0; i--) {
		if (p->items[i].kind == ITEM_SLEEPER)
			prop_remove(p, &p->items[i]);
		if (p->items[i].kind != ITEM_REGION)
			continue;
		p->items[i].c = sym_born(eng, site, (uint64_t)i << 1 | 1ull << 63);
		p->items[i].d = sym_born(eng, site, (uint64_t)i << 1 | 1ull << 63 | 1);
	}
	p->ptl = p->ptl == PRESENT ? PRESENT : UNKNOWN;
	p->region = p->region == PRESENT ? PRESENT : UNKNOWN;
	p->outside = p->outside == OUTSIDE_ALONE ? OUTSIDE_ALONE : OUTSIDE_UNKNOWN;
	p->atomic = p->atomic == PRESENT ? PRESENT : UNKNOWN;
}

void context_arrive(struct engine *eng, struct context_run *ctx, int block,
		    int insn, struct work *w)
{
	struct run *run = ctx->run;
	uint64_t site = run_site(run, (uint64_t)block, (uint64_t)insn) | JOIN_SITE;
	int point = point_at(eng, ctx, block, insn);
	struct point *p = &ctx->points.v[point];
	uint64_t sites = ~0ull;
	const struct prop *key;
	struct state *s, **slot;

	if (!insn)
		sites = drop_dead(run, block, w);
	if (run->looping[block] && sites & sym_site_bit(site))
		work_age(w, site, true);
	if (p->states.n >= FORGET_FROM)
		forget_details(eng, w, site);
	key = prop_key(eng, &w->prop);
	eng->unit->stats.states++;
	if (merge_into_point(eng, ctx, point, key, w))
		return;
	if ((unsigned int)p->states.n >= eng->options.limit_states) {
		give_up(eng, run, "too many states at one point (limit-states)");
		return;
	}
	s = (struct state *)arena_alloc(eng->arena, sizeof(*s));
	s->key = key;
	s->prop = prop_intern(eng, &w->prop);
	s->exec = exec_intern(eng, w);
	s->trail = w->trail;
	s->leaving = w->leaving;
	slot = (struct state **)vec_push(eng->arena, &p->states);
	*slot = s;
	enqueue(eng, ctx, point, p->states.n - 1);
}

/* ------------------------------------------------------------------ */
/* executing                                                           */

/* the place of an aggregate result is an argument too; most rows do not count it */
static const struct row *row_of_call(const struct frame *f)
{
	const struct mn_contract *contract = f->eng->contract;
	struct kernels kernels = f->eng->unit->kernels;
	const struct row *row = contract_row(contract, f->at->name, f->at->nargs,
					     kernels);

	if (row || !(f->at->imm & MN_CALL_PLACE))
		return row;
	return contract_row(contract, f->at->name, f->at->nargs - 1, kernels);
}

static void execute_call(const struct frame *f, struct works *works)
{
	struct mn_unit *unit = f->eng->unit;
	const struct row *row = row_of_call(f);
	struct mn_func *callee = row ? NULL : unit_func(unit, f->at->name);
	struct works out;

	if (row) {
		effect_apply(f, row, works);
		return;
	}
	out.n = 0;
	for (int i = 0; i < works->n; i++) {
		struct work *w = works->v[i];

		if (callee && call_follow(f, w, callee, &out)) {
			work_free(w);
			continue;
		}
		call_unknown(f, w);
		out.v[out.n++] = w;
	}
	*works = out;
}

static void add_work(const struct frame *f, struct works *to, struct work *w)
{
	if (to->n < WORKS_MAX) {
		to->v[to->n++] = w;
		return;
	}
	give_up(f->eng, f->ctx->run, "too many states at one call");
	work_free(w);
}

/* a call through a pointer is a call by name where the pointer is known */
static void execute_icall(const struct frame *f, struct works *works)
{
	struct mn_insn call = *f->at;
	struct works out;
	struct frame g = *f;

	out.n = 0;
	call.op = MN_CALL;
	g.at = &call;
	for (int i = 0; i < works->n; i++) {
		struct sym callee = *sym(f->eng, work_value(works->v[i], f->at->a));
		struct works one;

		one.n = 1;
		one.v[0] = works->v[i];
		call.name = callee.name;
		if (callee.kind == SYM_FUNC)
			execute_call(&g, &one);
		else
			call_unknown(f, works->v[i]);
		for (int k = 0; k < one.n; k++)
			add_work(f, &out, one.v[k]);
	}
	*works = out;
}

/* may more be born at the instruction than an unknown result? */
static bool gives_birth(enum mn_op op)
{
	return op == MN_CALL || op == MN_ICALL || op == MN_MOVE || op == MN_ZERO;
}

static void execute_insn(const struct frame *f, struct works *works)
{
	for (int i = 0; gives_birth(f->at->op) && i < works->n; i++)
		frame_age(f, works->v[i]);
	if (f->at->op == MN_CALL) {
		execute_call(f, works);
		return;
	}
	if (f->at->op == MN_ICALL) {
		execute_icall(f, works);
		return;
	}
	for (int i = 0; i < works->n; i++) {
		if (op_ends_block(f->at->op))
			leave_block(f, works->v[i]);
		else
			transfer_insn(f, works->v[i]);
	}
	if (op_ends_block(f->at->op))
		works->n = 0;
}

/* one way through a block, and through those that can only follow it */
static void execute_block(struct frame *f, struct work *w, int block, int insn)
{
	const struct block *b = block_at(f->ctx->run, block);
	struct works works;

	f->block = block;
	works.n = 1;
	works.v[0] = w;
	for (f->insn = insn; f->insn < b->insns.n && works.n; f->insn++) {
		f->at = &b->insns.v[f->insn];
		if (f->at->op == MN_PHI)
			continue;
		f->ctx->run->steps++;
		f->eng->unit->stats.steps++;
		execute_insn(f, &works);
	}
}

static void execute(struct engine *eng, struct context_run *ctx, uint64_t key)
{
	const struct point *p = &ctx->points.v[key >> 16 & 0xffff];
	struct state *s = p->states.v[key & 0xffff];
	struct work *w = work_new(eng);
	struct frame f;

	f.eng = eng;
	f.ctx = ctx;
	f.func = ctx->run->func;
	f.state = s;
	ctx->started = true;
	s->queued = false;
	s->round++;
	work_load(w, s->prop, s->exec, s->trail);
	w->leaving = s->leaving;
	execute_block(&f, w, p->block, p->insn);
	while (eng->onward.n) {
		struct onward next = eng->onward.v[--eng->onward.n];

		execute_block(&f, next.work, next.block, 0);
	}
	if (ctx->run->steps > eng->options.limit_steps)
		give_up(eng, ctx->run, "too many steps (limit-steps)");
}

void stack_raise(struct engine *eng, struct context_run *ctx)
{
	int to = 0;

	for (int i = 0; i < eng->stack.n; i++)
		if (eng->stack.v[i] != ctx)
			eng->stack.v[to++] = eng->stack.v[i];
	eng->stack.v[to] = ctx;
}

void run_stack(struct engine *eng)
{
	while (eng->stack.n) {
		struct context_run *top = eng->stack.v[eng->stack.n - 1];

		if (top->heap.n) {
			execute(eng, top, heap_pop(top));
			continue;
		}
		/* a callee may have been put above it meanwhile */
		if (eng->stack.v[eng->stack.n - 1] == top) {
			top->on_stack = false;
			eng->stack.n--;
		}
	}
	/* nobody waits any more: each context has all of its exits */
	eng->recursive = false;
}
