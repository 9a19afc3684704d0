// SPDX-License-Identifier: GPL-2.0-only
/*
 * call.c - a call in the unit: which context answers it, and how exits come back.
 *
 * The state goes in renamed (rename.c) and finds the context of this entry state, or
 * makes it. The exits come out as states of the caller: INPUTs are its values again,
 * what was born inside is born at the call, and an exit whose facts contradict the
 * caller's is none.
 */
#include <string.h>

#include "engine.h"

static struct waiter waiter_of(const struct frame *f, const struct renaming *r)
{
	struct waiter me;

	memset(&me, 0, sizeof(me));
	me.ctx = f->ctx;
	me.state = f->state;
	me.round = f->state->round;
	me.block = f->block;
	me.insn = f->insn;
	me.inputs = r->inputs.v;
	me.ninputs = r->inputs.n;
	return me;
}

/* exits found from now on are delivered when they are all there, to the state that is here now */
static void wait_for(struct engine *eng, struct waiter *me, const struct work *w,
		     struct context_run *callee, bool is_new)
{
	struct waiter *slot = vec_push(eng->arena, &callee->waiters);

	me->prop = prop_intern(eng, &w->prop);
	me->exec = exec_intern(eng, w);
	me->trail = w->trail;
	me->leaving = w->leaving;
	me->lost = w->lost;
	*slot = *me;
	if (!is_new && callee->on_stack && callee->started)
		eng->recursive = true;
	else if (callee->on_stack)
		stack_raise(eng, callee);
	for (int i = 0, n = callee->exits.n; i < n; i++)
		if (callee->exits.v[i].delivered)
			call_deliver(eng, me, callee, &callee->exits.v[i]);
}

/* what it may have dropped concludes nothing; where a body is compared with its row, it is taken to do nothing */
void call_unknown(const struct frame *f, struct work *w)
{
	held_unseen(f);
	idle_unseen(f, w);
	leaves_unseen(w);
	if (!f->eng->witness)
		unseen_ptl(f, w);
	for (int i = 0; i < f->at->nargs; i++) {
		sym_t arg = work_value(w, f->at->args[i]), base = sym_base(f->eng, arg);
		const struct sym *x = sym(f->eng, base);

		callback_tell(f, w, arg);
		sequence_given(f, w, arg);
		sequence_unseen(f, w, arg);
		reading_unseen(f, w, arg);
		count_unseen(f, w, arg);
		if (i < MN_ARGS_MAX && f->at->imm >> i & 1)
			continue;
		if (!f->eng->witness) {
			unseen_range(f, w, arg, i < MN_ARGS_MAX &&
				     f->at->imm >> (MN_ARGS_MAX + i) & 1);
			unseen_lock(f, w, arg);
		}
		if (x->kind == SYM_LOCAL || x->flags & SYM_STACK)
			work_forget(w, base, sym_born(f->eng, frame_site(f),
						      birth(BIRTH_ARGUMENT, (uint32_t)i)));
	}
	frame_result(f, w, SYM_NONE);
	notifier_unseen(f, w);
}

/* ------------------------------------------------------------------ */
/* out                                                                 */

struct return_trip {
	const struct frame *f;		/* of the call */
	struct engine *eng;
	struct work *before;		/* the caller's state at the call */
	const struct waiter *to;
	uint64_t site;
	struct renamed known;
};

static sym_t out_of(struct return_trip *t, sym_t s);

static sym_t renamed_out(struct return_trip *t, sym_t s)
{
	struct sym x = *sym(t->eng, s);
	sym_t to;

	switch (x.kind) {
	case SYM_CONST:
	case SYM_GLOBAL:
	case SYM_FUNC:
		return s;
	case SYM_INPUT:
		return x.imm < t->to->ninputs ? t->to->inputs[x.imm] : SYM_NONE;
	case SYM_LOCAL:
	case SYM_BORN:
	case SYM_OLD:
		to = sym_born(t->eng, t->site, birth(BIRTH_INSIDE, s));
		sym_mark(t->eng, to, x.flags);
		return to;
	default:
		to = out_of(t, x.a);
		if (x.kind == SYM_CONTENT && !x.b)
			return work_read(t->before, to);
		return sym_made_of(t->eng, s, to, out_of(t, x.b));
	}
}

/* the cells and facts of a state are made of each other */
static sym_t out_of(struct return_trip *t, sym_t s)
{
	sym_t to;

	if (!s)
		return SYM_NONE;
	if (renamed_get(&t->known, s, &to))
		return to;
	return renamed_set(&t->known, s, renamed_out(t, s));
}

static void return_memory(struct return_trip *t, const struct exec *from,
			  struct work *w)
{
	for (int i = 0; i < from->n; i++)
		if (bind_space(from->binds[i].key) == SPACE_TAG)
			work_forget(w, out_of(t, bind_id(from->binds[i].key)),
				    out_of(t, from->binds[i].val));
	for (int i = 0; i < from->n; i++)
		if (bind_space(from->binds[i].key) == SPACE_CELL)
			work_write(w, out_of(t, bind_id(from->binds[i].key)),
				   out_of(t, from->binds[i].val));
}

/* false: the caller knows better, this exit is not taken from here */
static bool return_facts(struct return_trip *t, const struct exec *from,
			 struct work *w)
{
	for (int i = 0; i < from->n; i++) {
		const struct bind *b = &from->binds[i];

		if (bind_space(b->key) == SPACE_FACT &&
		    !fact_learn(w, out_of(t, bind_id(b->key)),
				exec_fact(t->eng, b->val)))
			return false;
	}
	return true;
}

static void return_item(struct return_trip *t, const struct context_run *callee,
			const struct item *item, const struct step *inner, struct work *w)
{
	sym_t a = out_of(t, item->a);
	struct item *out = item_forms[item->kind].set ?
			   prop_find(&w->prop, (enum item_kind)item->kind, a) : NULL;

	if (!out)
		out = prop_add(w, (enum item_kind)item->kind, item->flags, a);
	out->b = out_of(t, item->b);
	out->c = out_of(t, item->c);
	out->d = out_of(t, item->d);
	out->e = out_of(t, item->e);
	out->site = item->site;
	if (item->kind == ITEM_REGION && !prop_has(callee->prop, item))
		out->flags |= REGION_LEFT;
	if (held_by_chance(t->f, callee, item))
		held_doubt(t->f, w, out);
	if (!step_of(w->trail, step_that_made(item), subject_of(out)))
		step_inherit(w, step_of(inner, step_that_made(item),
					subject_of(item)),
			     subject_of(out));
}

/* a lock that a function of a walk leaves held is its own mistake, not one of what the walk calls next */
static bool leaks_lock(const struct item *item, const struct prop *entry)
{
	return item->kind == ITEM_LOCK && !prop_has(entry, item);
}

/*
 * Of a linked program: it takes locks, or enters contexts, and gives some back. Whether it gives all back
 * often depends on a value that it reads twice; that it did not is not handed on to other files.
 */
static bool may_have_given(const struct context_run *callee, const struct prop *at_exit)
{
	if (!callee->run->func->balanced)
		return false;
	for (int i = 0; i < CONTEXT_COUNT; i++)
		if (at_exit->count[i] > callee->prop->count[i])
			return true;
	for (int i = 0; i < at_exit->n; i++)
		if (leaks_lock(&at_exit->items[i], callee->prop))
			return true;
	return false;
}

/* .. so it has given all back, where it returns to another file */
static void give_back(const struct context_run *callee, const struct prop *before, struct prop *p)
{
	for (int i = 0; i < CONTEXT_COUNT; i++)
		if (p->count[i] > callee->prop->count[i])
			p->count[i] = callee->prop->count[i];
	p->forgot = (uint8_t)((p->forgot & ~FORGOT_GIVEN) | (before->forgot & FORGOT_GIVEN));
}

static void return_prop(struct return_trip *t, const struct context_run *callee,
			const struct outcome *x, struct work *w)
{
	const struct prop *from = x->prop;
	const struct prop *mine = &t->before->prop;
	bool walk = t->to->ctx->run->func->walk;
	bool balanced = callee->run->func->balanced && is_elsewhere(t->to->ctx->run->func, callee->run->func);
	struct renaming r;

	prop_copy(&w->prop, from);
	w->prop.top = mine->top;
	if (balanced)
		give_back(callee, mine, &w->prop);
	else if (may_have_given(callee, from))
		w->prop.forgot |= FORGOT_GIVEN;
	if (!callee->judged) {
		w->prop.quiet = mine->quiet;
		w->prop.outside = mine->outside > from->outside ? mine->outside
								: from->outside;
		w->prop.ptl = mine->ptl;
		w->prop.region = mine->region;
		if (mine->region == UNKNOWN && mine->outside != w->prop.outside)
			w->prop.region = ABSENT;
		w->prop.atomic = mine->atomic;
	}
	/* what a walk was entered with is not what its caller is in */
	if (walk) {
		w->prop.outside = mine->outside;
		w->prop.ptl = mine->ptl;
		w->prop.region = mine->region;
		w->prop.atomic = mine->atomic;
	}
	w->prop.n = 0;
	for (int i = 0; i < from->n; i++)
		if (!(walk || balanced) || !leaks_lock(&from->items[i], callee->prop))
			return_item(t, callee, &from->items[i], x->trail, w);
	/* and what did not go in */
	memset(&r, 0, sizeof(r));
	r.eng = t->eng;
	r.from = t->before;
	r.callee = callee->run->func;
	r.judged = callee->judged;
	r.inputs.v = (sym_t *)t->to->inputs;
	r.inputs.n = r.inputs.room = t->to->ninputs;
	for (int i = 0; i < mine->n; i++) {
		const struct item *item = &mine->items[i];
		struct item *kept;

		if (!stays_outside(&r, item) || prop_has(&w->prop, item))
			continue;
		kept = prop_add(w, (enum item_kind)item->kind, item->flags, item->a);
		*kept = *item;
		if (callee->changes && item->kind == ITEM_REGION)
			kept->flags |= REGION_USED;
	}
	if (t->to->ctx->judged)
		flush_forget(&w->prop);
}

static void return_result(const struct frame *f, struct return_trip *t,
			  const struct exec *from, struct work *w)
{
	/* SPACE_ENV 0 is the smallest key */
	bool told = from->n && !from->binds[0].key;

	frame_result(f, w, told ? out_of(t, from->binds[0].val) : SYM_NONE);
}

/*
 * What one path of the callee would not do under a caller's lock, tells of all callers; that it took the mmap
 * lock, or found no notifier, of this one.
 */
static void return_evidence(struct context_run *caller,
			    const struct context_run *callee, const struct outcome *x,
			    struct prop *p)
{
	bool neutral = callee->run->func->neutral;

	if (callee->takes_ptl) {
		learn_no_ptl(p);
		caller->takes_ptl = true;
	}
	if (callee->sleeps && !prop_atomic(p)) {
		learn_may_sleep(p);
		caller->sleeps = true;
	}
	if (!neutral || p->outside != OUTSIDE_UNKNOWN)
		return;
	p->outside = x->prop->outside;
	if (p->outside == OUTSIDE_CALLERS && p->region == UNKNOWN)
		p->region = ABSENT;
}

/*
 * The caller's state after the exit @x, from its state @before the call; NULL: it
 * cannot be taken from there.
 */
static struct work *returned(struct engine *eng, const struct waiter *to,
			     struct work *before, const struct context_run *from,
			     const struct outcome *x)
{
	const struct mn_func *caller = to->ctx->run->func;
	bool neutral = from->run->func->neutral;
	struct return_trip t;
	struct work *w;
	struct frame f;

	f.eng = eng;
	f.ctx = to->ctx;
	f.func = caller;
	f.block = to->block;
	f.insn = to->insn;
	f.state = to->state;
	f.at = &caller->blocks.v[to->block].insns.v[to->insn];
	t.f = &f;
	t.eng = eng;
	t.to = to;
	t.site = frame_site(&f);
	t.before = before;
	memset(&t.known, 0, sizeof(t.known));
	w = work_copy(before);
	/* what it did not see is known here */
	w->lost |= x->lost & (LOST_APART | LOST_MISSING);
	if (!from->run->func->walk)
		return_memory(&t, x->exec, w);
	if (!from->run->func->walk && !return_facts(&t, x->exec, w)) {
		work_free(w);
		w = NULL;
	} else {
		if (x->trail && !neutral)
			step_call(w, f.at->loc, caller->name, from->run->func->name, x->trail);
		if (!neutral)
			return_prop(&t, from, x, w);
		return_evidence(to->ctx, from, x, &w->prop);
		return_result(&f, &t, x->exec, w);
	}
	return w;
}

void call_deliver(struct engine *eng, const struct waiter *to,
		  const struct context_run *from, const struct outcome *x)
{
	struct work *before = work_new(eng), *w;

	work_load(before, to->prop, to->exec, to->trail, to->lost, to->ctx->run->fixed);
	before->leaving = to->leaving;
	w = returned(eng, to, before, from, x);
	work_free(before);
	if (!w)
		return;
	context_arrive(eng, to->ctx, to->block, to->insn + 1, w);
	work_free(w);
}

/*
 * The exits of a callee that is done are all there. One that can be taken goes on at
 * once; several go by the point behind the call, where they may merge.
 */
static void take_exits(struct engine *eng, const struct waiter *me,
		       struct work *before, const struct context_run *callee,
		       struct works *out)
{
	struct work *only = NULL;
	bool several = false;

	for (int i = 0; i < callee->exits.n; i++) {
		struct work *w = returned(eng, me, before, callee,
					  &callee->exits.v[i]);

		if (!w)
			continue;
		if (!only && !several) {
			only = w;
			continue;
		}
		if (only) {
			context_arrive(eng, me->ctx, me->block, me->insn + 1, only);
			work_free(only);
			only = NULL;
		}
		several = true;
		context_arrive(eng, me->ctx, me->block, me->insn + 1, w);
		work_free(w);
	}
	if (only)
		out->v[out->n++] = only;
}

static bool is_done(const struct engine *eng, const struct context_run *ctx,
		    bool is_new)
{
	return !is_new && !ctx->on_stack && !eng->recursive;
}

/* sleep is forbidden, and it comes to a start, perhaps behind a walk */
static bool comes_behind(const struct work *w, const struct mn_func *callee)
{
	return callee->behind_walk && prop_atomic(&w->prop);
}

/* what a callback was entered with tells it, also in work that it has queued */
static bool in_callback(const struct frame *f, struct work *w)
{
	return context_root(f->ctx)->callback || item_of(&w->prop, ITEM_CALLBACK) ||
	       item_of(&w->prop, ITEM_IDLE) || item_of(&w->prop, ITEM_COUNTER);
}

/*
 * What only changes entries, must not be inside a region, copies pages, or frees an object, is judged where that would
 * be a mistake; what callbacks mind, in a callback; what takes a lock, before a retry is asked, or where an entry that was
 * cleared under it waits to be put back.
 */
static bool judged_from(const struct frame *f, struct work *w, const struct mn_func *callee)
{
	if (comes_behind(w, callee) || (!callee->neutral && item_of(&w->prop, ITEM_ENTRY)))
		return true;
	if (prop_region_open(&w->prop) &&
	    (callee->inside || (callee->copies && flush_untold(&w->prop))))
		return true;
	if (callee->disposes && item_of(&w->prop, ITEM_INSERTED))
		return true;
	if (callee->locks && (item_of(&w->prop, ITEM_READ) || item_of(&w->prop, ITEM_ANSWERED)))
		return true;
	if (callee->only_watched && !in_callback(f, w))
		return false;
	return callee->judged && (!callee->only_changes || entry_needs_region(&w->prop) ||
				  failed_start(&w->prop, NULL));
}

/* in a linked program: so many times the steps of one function, and no call of another file is entered any more */
#define LINK_STEPS 2

static void give_up_others(struct engine *eng, const struct mn_func *callee)
{
	struct mn_unit *unit = eng->unit;
	/* not in the engine's arena: that of a look at one body goes before the unit */
	const char *line = arena_intern(unit->arena,
					arena_printf(unit->arena, "mncheck: given up: %s: not followed from all callers "
						     "in other files (limit-steps)", callee->name));

	for (int i = 0; i < unit->trouble.n; i++)
		if (unit->trouble.v[i] == line)
			return;
	*vec_push(unit->arena, &unit->trouble) = line;
	unit->stats.given_up++;
}

/* what a reader holds, and what ranges it knows, is its own business */
static bool minds(const struct engine *eng, const struct mn_func *callee, enum item_kind kind,
		  bool given)
{
	switch (kind) {
	case ITEM_LOCK:
		return !given;
	case ITEM_ENDED:
	case ITEM_INIT:
	case ITEM_SEQUENCE:
	case ITEM_WAIT:
	case ITEM_IDLE:
	case ITEM_READ:
	case ITEM_LOOKUP:
	case ITEM_ANSWERED:
		return false;
	case ITEM_SLEEPER:
		return eng->locks != NULL;	/* a callback may wait for it */
	case ITEM_FLUSHED:
		return callee->copies;
	case ITEM_CALLBACK:
	case ITEM_COUNTER:
		return callee->watched;
	default:
		return true;
	}
}

/*
 * A function of another file that leaves nothing behind is a root of its own, which starts where nothing
 * is known of its callers. It is entered from where more is; what is judged below a callback only, from there.
 */
static bool is_root_enough(const struct frame *f, struct work *w, const struct mn_func *callee)
{
	const struct prop *p = &w->prop;
	bool given = p->forgot & FORGOT_GIVEN;

	if (!callee->closed || !callee->judged || !is_elsewhere(f->func, callee))
		return false;
	if (callee->only_watched && !in_callback(f, w))
		return true;
	if (f->eng->unit->stats.steps > LINK_STEPS * f->eng->options.limit_steps) {
		give_up_others(f->eng, callee);
		return true;
	}
	for (int i = 0; i < CONTEXT_COUNT; i++)
		if (p->count[i] && !given)
			return false;
	for (int i = 0; i < p->n; i++)
		if (minds(f->eng, callee, (enum item_kind)p->items[i].kind, given))
			return false;
	return p->ptl != PRESENT && p->region != PRESENT && p->atomic != PRESENT &&
	       !(callee->changes && p->outside);
}

static bool may_enter(const struct frame *f, struct work *w, struct mn_func *callee)
{
	bool behind = comes_behind(w, callee);

	if (!callee->wanted || (callee->only_atomic && !behind) ||
	    (!behind && is_left_alone(f->func, callee)) || is_root_enough(f, w, callee))
		return false;
	if (callee->balanced && is_elsewhere(f->func, callee) && !judged_from(f, w, callee))
		return false;
	return func_ready(callee);
}

bool call_follow(const struct frame *f, struct work *w, struct mn_func *callee,
		 struct works *out)
{
	struct renaming r;
	struct context_run *ctx;
	struct work *entry;
	struct waiter me;
	bool is_new;

	if (!may_enter(f, w, callee))
		return false;
	for (int i = 0; callee->neutral && i < f->at->nargs; i++)
		sequence_given(f, w, work_value(w, f->at->args[i]));
	memset(&r, 0, sizeof(r));
	r.eng = f->eng;
	r.from = w;
	r.callee = callee;
	r.judged = judged_from(f, w, callee);
	/* a context that is there already does not hear of it */
	if (w->lost && r.judged)
		lack_detail(f->eng, f->ctx->run, false);
	count_pass(f, w);
	r.arguments_only = !r.judged ||
			   detail_of_callee(f->eng, run_of(f->eng, callee), f->ctx) ==
			   DETAIL_ARGUMENTS;
	if (!r.judged) {
		idle_helper(f, w, callee);
		count_helper(f, w, callee);
	}
	entry = entry_state(&r, f);
	if (f->func->walk && r.judged)
		walk_enters(f->func, callee, &entry->prop);
	ctx = context_get(f->eng, callee, entry, &is_new);
	if (is_new) {
		ctx->judged = r.judged;
		ctx->caller = f->ctx;
		ctx->before = w->trail;
		ctx->called_at = f->at->loc;
		context_arrive(f->eng, ctx, 0, 0, entry);
	}
	work_free(entry);
	/* given up: its result can be anything, its locks cannot be guessed */
	if (!ctx) {
		w->lost |= LOST_APART | LOST_MISSING;
		return !callee->neutral;
	}
	if (ctx->lines)
		lines_called(f, ctx);
	/* it returns what its functions did to locks and regions; what else, is as little known .. */
	if (callee->walk) {
		ctx->inside |= prop_region_open(&w->prop) != NULL;
		call_unknown(f, w);	/* .. as of any other function of another file */
	}
	me = waiter_of(f, &r);
	if (is_done(f->eng, ctx, is_new))
		take_exits(f->eng, &me, w, ctx, out);
	else
		wait_for(f->eng, &me, w, ctx, is_new);
	return true;
}
