// SPDX-License-Identifier: GPL-2.0-only
/*
 * points.c - where states meet: the points of a context, what is dead there, what is queued.
 *
 * Which states become one is merge.c's, what one keeps of two join.c's.
 */
#include "engine.h"

static bool comes_before(const struct queued *x, const struct queued *y)
{
	if (x->turn != y->turn)
		return x->turn < y->turn;
	/* a block and an instruction are one point */
	return x->insn != y->insn ? x->insn < y->insn : x->state < y->state;
}

static void heap_push(struct engine *eng, struct context_run *ctx, struct queued key)
{
	struct queued *v;
	int at;

	vec_push(eng->arena, &ctx->heap);
	v = ctx->heap.v;
	for (at = ctx->heap.n - 1; at && comes_before(&key, &v[(at - 1) / 2]);
	     at = (at - 1) / 2)
		v[at] = v[(at - 1) / 2];
	v[at] = key;
}

struct queued heap_pop(struct context_run *ctx)
{
	struct queued *v = ctx->heap.v, top = v[0], last = v[--ctx->heap.n];
	int at = 0, n = ctx->heap.n;

	for (;;) {
		int child = 2 * at + 1;

		if (child + 1 < n && comes_before(&v[child + 1], &v[child]))
			child++;
		if (child >= n || comes_before(&last, &v[child]))
			break;
		v[at] = v[child];
		at = child;
	}
	v[at] = last;
	return top;
}

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
	struct queued key;

	if (p->states.v[state]->queued || ctx->run->given_up)
		return;
	p->states.v[state]->queued = true;
	key.turn = ctx->run->turn[p->block];
	key.insn = p->insn;
	key.point = point;
	key.state = state;
	heap_push(eng, ctx, key);
	if (ctx->on_stack)
		return;
	ctx->on_stack = true;
	slot = (struct context_run **)vec_push(eng->arena, &eng->stack);
	*slot = ctx;
}

/* what was born where: the bits of the sites, and of those whose earlier rounds are meant */
struct births {
	uint64_t sites, olds;
};

static void add_births(struct births *to, const struct sym *s)
{
	to->sites |= s->sites;
	to->olds |= s->olds;
}

/* does anything in @from lead to all that @s is made of? */
static bool leads_to(struct births from, const struct sym *s)
{
	return !(s->sites & ~from.sites) && !(s->olds & ~from.olds);
}

static struct births prop_births(const struct work *w)
{
	const struct sym *syms = w->eng->syms.v;
	struct births from = { 0, 0 };

	for (int i = 0; i < w->prop.n; i++) {
		const struct item *x = &w->prop.items[i];

		add_births(&from, &syms[x->a]);
		add_births(&from, &syms[x->b]);
		add_births(&from, &syms[x->c]);
		add_births(&from, &syms[x->d]);
		add_births(&from, &syms[x->e]);
	}
	return from;
}

/* @from, and what cells lead to from there; @at: behind the values */
static struct births follow_cells(const struct work *w, int at, struct births from)
{
	const struct sym *syms = w->eng->syms.v;
	struct births before;

	do {
		before = from;
		for (int i = at; i < w->n; i++) {
			const struct bind *b = &w->binds[i];

			if (bind_space(b->key) != SPACE_CELL)
				break;
			if (leads_to(from, &syms[bind_id(b->key)]))
				add_births(&from, &syms[b->val]);
		}
	} while (from.sites != before.sites || from.olds != before.olds);
	return from;
}

/* the values that are used from here on stay; what they lead to goes to @from */
static void drop_values(const struct run *run, int block, struct work *w, struct births *from)
{
	const uint32_t *live = run->live + (size_t)block * (size_t)run->words;
	const struct sym *syms = w->eng->syms.v;
	struct bind *b = w->binds, *end = b + w->n, *to = b;

	for (; b < end && bind_space(b->key) == SPACE_ENV; b++) {
		uint32_t v = bind_id(b->key);

		if (!(live[v / 32] & 1u << v % 32))
			continue;
		add_births(from, &syms[b->val]);
		*to++ = *b;
	}
	end = drop_cells(run, block, b, end);
	memmove(to, b, sizeof(*b) * (size_t)(end - b));
	w->n = (int)(to - w->binds + (end - b));
}

/*
 * Dead values go, and what is known of things that nothing leads to any more.
 * Return: the sites of what is born in @w, and perhaps others.
 */
static uint64_t drop_dead(const struct run *run, int block, struct work *w)
{
	const struct sym *syms = w->eng->syms.v;
	struct births from = prop_births(w), keys = { 0, 0 };
	const struct bind *b, *end;
	struct bind *to = w->binds;
	uint64_t held = 0;

	drop_values(run, block, w, &from);
	end = w->binds + w->n;
	while (to < end && bind_space(to->key) == SPACE_ENV)
		to++;
	for (b = to; b < end; b++) {
		add_births(&keys, &syms[bind_id(b->key)]);
		if (bind_space(b->key) != SPACE_FACT)
			held |= syms[b->val].sites;
	}
	held |= keys.sites | from.sites;
	w->sites = held;
	if (!(keys.sites & ~from.sites) && !(keys.olds & ~from.olds))
		return held;
	from = follow_cells(w, (int)(to - w->binds), from);
	for (b = to; b < end; b++)
		if (leads_to(from, &syms[bind_id(b->key)]))
			*to++ = *b;
	w->n = (int)(to - w->binds);
	return held;
}

static void drop_items(struct prop *p, enum item_kind kind)
{
	for (int i = p->n - 1; i >= 0; i--)
		if (p->items[i].kind == kind)
			prop_remove(p, &p->items[i]);
}

/* what nobody asks for from here on keeps states apart for nothing */
static void drop_unasked(const struct mn_func *func, struct prop *p)
{
	if (!func->told)
		drop_items(p, ITEM_LEVEL);
	if (!func->relied)
		drop_items(p, ITEM_FLUSHED);
}

/* what is known of the states of a function may take 64 MB */
#define BINDS_MAX ((size_t)1 << 22)
/* .. and of one state so many values and facts: functions that call each other may double them at each return */
#define BINDS_AT_ONCE 4096

static const struct exec *put_to_rest(struct engine *eng, struct run *run, const struct work *w)
{
	run->binds += (size_t)w->n;
	if (run->binds > BINDS_MAX || w->n > BINDS_AT_ONCE)
		give_up(eng, run, "too much is known of too many states");
	return exec_intern(eng, w);
}

/* does @merged not know what @known knows of a value that is one all the time? */
static bool forgets(const struct engine *eng, const struct work *merged, const struct exec *known)
{
	for (int i = 0; i < known->n; i++) {
		const struct bind *b = &known->binds[i];
		const struct sym *x = sym(eng, bind_id(b->key));

		if (bind_space(b->key) == SPACE_FACT && !x->sites && !x->olds && work_get(merged, b->key) != b->val)
			return true;
	}
	return false;
}

/*
 * True: @w was taken up by a state that is there already, which stays under its key: also where nothing is left that
 * both have ended, since the next one looks there.
 */
static bool merge_into_point(struct engine *eng, struct context_run *ctx,
			     int point, const struct prop *key, struct work *w,
			     uint64_t site)
{
	const struct point *p = &ctx->points.v[point];
	int at = merge_at_point(eng, ctx, p, key, w);
	const struct exec *known, *before;
	struct state *s;

	if (at < 0)
		return false;
	s = p->states.v[at];
	if (state_is(s, w)) {
		if (w->lost & ~s->lost & LOST_MISSING) {
			s->lost |= LOST_MISSING;
			enqueue(eng, ctx, point, at);
		}
		return true;
	}
	eng->unit->stats.merged++;
	known = eng->apart_in_loops ? exec_intern(eng, w) : NULL;
	before = s->exec;
	work_merge(w, s->prop, s->exec, site);
	w->lost |= s->lost;
	if (state_is(s, w) && s->lost == w->lost)
		return true;
	s->exec = put_to_rest(eng, ctx->run, w);
	/* the steps of the one that knows more tell what the merged state does not know */
	if (s->exec == known || (known && forgets(eng, w, before) && !forgets(eng, w, known)))
		s->trail = w->trail;
	s->prop = prop_intern(eng, &w->prop);
	s->lost = w->lost;
	enqueue(eng, ctx, point, at);
	return true;
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

	drop_unasked(run->func, &w->prop);
	if (!insn)
		sites = drop_dead(run, block, w);
	if (run->looping[block] && sites & sym_site_bit(site))
		work_age(w, site, true);
	key = merge_key(eng, &w->prop, run->looping[block]);
	eng->unit->stats.states++;
	if (merge_into_point(eng, ctx, point, key, w, site))
		return;
	if ((unsigned int)p->states.n >= eng->options.limit_states) {
		give_up(eng, run, "too many states at one point (limit-states)");
		return;
	}
	s = (struct state *)arena_alloc(eng->arena, sizeof(*s));
	s->key = key;
	s->prop = prop_intern(eng, &w->prop);
	s->exec = put_to_rest(eng, run, w);
	s->trail = w->trail;
	s->leaving = w->leaving;
	s->lost = w->lost;
	slot = (struct state **)vec_push(eng->arena, &p->states);
	*slot = s;
	enqueue(eng, ctx, point, p->states.n - 1);
}

void stack_raise(struct engine *eng, struct context_run *ctx)
{
	int to = 0;

	for (int i = 0; i < eng->stack.n; i++)
		if (eng->stack.v[i] != ctx)
			eng->stack.v[to++] = eng->stack.v[i];
	eng->stack.v[to] = ctx;
}

struct context_run *context_get(struct engine *eng, struct mn_func *func,
				const struct work *entry, bool *is_new)
{
	struct run *run = run_of(eng, func);
	const struct prop *prop = prop_intern(eng, &entry->prop);
	const struct exec *exec = exec_intern(eng, entry);
	struct context_run *ctx, **slot;

	*is_new = false;
	if (run->given_up)
		return NULL;
	for (int i = 0; i < run->contexts.n; i++)
		if (run->contexts.v[i]->prop == prop &&
		    run->contexts.v[i]->exec == exec)
			return run->contexts.v[i];
	if ((unsigned int)run->contexts.n >= eng->options.limit_contexts) {
		give_up(eng, run, "too many entry states (limit-contexts)");
		return NULL;
	}
	ctx = (struct context_run *)arena_alloc(eng->arena, sizeof(*ctx));
	ctx->run = run;
	ctx->prop = prop;
	ctx->exec = exec;
	ctx->point_of = arena_new_array(eng->arena, int, func->blocks.n);
	for (int i = 0; i < func->blocks.n; i++)
		ctx->point_of[i] = -1;
	if (run->lines)
		ctx->lines = lines_seen(eng, run);
	slot = (struct context_run **)vec_push(eng->arena, &run->contexts);
	*slot = ctx;
	eng->unit->stats.contexts++;
	*is_new = true;
	return ctx;
}
