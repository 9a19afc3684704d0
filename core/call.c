// SPDX-License-Identifier: GPL-2.0-only
/*
 * call.c - a call in the unit: the state goes in renamed, and comes out again.
 *
 * In the callee the caller's own values are SYM_INPUT 0, 1, .. in the order of their
 * discovery, so that calls which look alike from inside share one context and its
 * exits. What the callee reads behind an argument it names as "the cell at INPUT 0"; on the
 * way out that becomes what the caller had there, what was born inside
 * is born at the call, and an exit whose facts contradict the caller's is none.
 *
 * Since exits are relations between what came in and what comes out, little has to go in:
 *
 *	a neutral callee	its arguments
 *	one that locks		and the locks held, with the cells that hold them
 *	one that can be judged	and all else that is known of what it can reach, so
 *				that no finding is made on a path that cannot be
 */
#include <string.h>

#include "engine.h"

#define BORN_INSIDE	(1ull << 32)	/* above what effect.c gives birth to at a call */

/* ------------------------------------------------------------------ */
/* in                                                                  */

struct renaming {
	struct engine *eng;
	struct work *from;		/* the caller's state */
	const struct mn_func *callee;
	MN_VEC(sym_t) inputs;
	bool closed;			/* no new inputs: what is not there yet stays out */
	bool coarse;			/* constants go in as values like others */
	bool arguments_only;		/* nothing goes in of what memory holds */
};

/*
 * A callee that is not judged and was entered in this many ways gains nothing
 * from being told one more constant: what it does with it comes out as facts.
 */
#define COARSE_FROM	2

/*
 * One that is judged is told of the memory that it can reach, until it has been
 * entered in this many ways; then of its arguments and locks only. (A scan that is
 * called from a loop learns a little more each round.)
 */
#define ARGUMENTS_ONLY_FROM	4

static unsigned int input_flags(const struct renaming *r, sym_t s)
{
	const struct sym *x = sym(r->eng, s);
	bool object = x->kind == SYM_LOCAL ||
		      (x->kind == SYM_INPUT && x->flags & SYM_STACK);
	bool fresh = x->kind == SYM_LOCAL || x->flags & SYM_UNTOUCHED;
	unsigned int flags = 0;

	if (!r->callee->neutral)
		flags |= x->flags & SYM_IS_PTL;
	if (r->callee->judged)
		flags |= object ? SYM_STABLE : x->flags & SYM_STABLE;
	if (object)
		flags |= SYM_STACK;
	if (object && r->callee->judged && fresh && !work_known_object(r->from, s) &&
	    !prop_find(&r->from->prop, ITEM_INIT, s))
		flags |= SYM_UNTOUCHED;
	return flags;
}

static sym_t input_of(struct renaming *r, sym_t s)
{
	sym_t *slot;
	int i;

	for (i = 0; i < r->inputs.n; i++)
		if (r->inputs.v[i] == s)
			return sym_input(r->eng, i, input_flags(r, s));
	if (r->closed)
		return SYM_NONE;
	slot = vec_push(r->eng->arena, &r->inputs);
	*slot = s;
	return sym_input(r->eng, i, input_flags(r, s));
}

static bool is_input(const struct renaming *r, sym_t s)
{
	for (int i = 0; i < r->inputs.n; i++)
		if (r->inputs.v[i] == s)
			return true;
	return false;
}

static sym_t form_of(struct renaming *r, sym_t s);

static bool rename_in(void *arg, sym_t s, sym_t *to)
{
	struct renaming *r = (struct renaming *)arg;

	switch (sym(r->eng, s)->kind) {
	case SYM_CONST:
		*to = r->coarse ? input_of(r, s) : s;
		return true;
	case SYM_GLOBAL:
	case SYM_FUNC:
		*to = s;
		return true;
	case SYM_ADDR:
		return is_input(r, s) && (*to = input_of(r, s));
	case SYM_CONTENT:
	case SYM_OP:
	case SYM_PURE:
		*to = is_input(r, s) ? SYM_NONE : form_of(r, s);
		break;
	default:
		*to = SYM_NONE;
		break;
	}
	if (!*to)
		*to = input_of(r, s);
	return true;
}

/* @s in the callee's words, if all it is made of is known there; else SYM_NONE */
static sym_t form_of(struct renaming *r, sym_t s)
{
	struct sym x = *sym(r->eng, s);
	bool was_closed = r->closed, was_coarse = r->coarse;
	sym_t a, b = SYM_NONE, form = SYM_NONE;

	r->closed = true;
	r->coarse = false;
	a = sym_map(r->eng, x.a, rename_in, r);
	if (x.b && x.kind != SYM_CONTENT)
		b = sym_map(r->eng, x.b, rename_in, r);
	r->closed = was_closed;
	r->coarse = was_coarse;
	if (!a || (x.kind != SYM_CONTENT && x.b && !b))
		return SYM_NONE;
	if (x.kind == SYM_OP)
		form = sym_op(r->eng, (enum mn_op)x.op, a, b);
	else if (x.kind == SYM_PURE)
		form = sym_pure(r->eng, x.name, a, b);
	else if (work_read(r->from, x.a) == s)
		/* not what a cell once held: the callee reads it by the same name */
		form = sym_content(r->eng, a, SYM_NONE);
	sym_mark(r->eng, form, x.flags);
	return form;
}

static sym_t into(struct renaming *r, sym_t s, bool closed)
{
	r->closed = closed;
	return sym_map(r->eng, s, rename_in, r);
}

/* what the callee cannot change, or cannot name, does not go in */
static bool stays_outside(struct renaming *r, const struct item *item)
{
	if (item->kind == ITEM_LOCK)
		return false;
	if (!r->callee->judged)
		return true;
	if (item->kind != ITEM_INIT && item->kind != ITEM_ENDED)
		return false;
	return !into(r, item->a ? item->a : item->c, true);
}

/* the step that made a lock held or a region open */
static enum step_kind step_that_made(const struct item *item)
{
	return item->kind == ITEM_LOCK ? STEP_LOCK : STEP_BEGIN;
}

static sym_t subject_of(const struct item *item)
{
	return item->a ? item->a : item->c;
}

static void rename_item(struct renaming *r, struct work *entry,
			const struct item *item)
{
	sym_t a = into(r, item->a, false), b = into(r, item->b, false);
	sym_t c = into(r, item->c, false), d = into(r, item->d, false);
	struct item *in = prop_add(entry, (enum item_kind)item->kind, item->flags, a);

	in->b = b;
	in->c = c;
	in->d = d;
	in->site = item->site;
	if (item->kind <= ITEM_REGION)
		step_inherit(entry, step_of(r->from->trail, step_that_made(item),
					    subject_of(item)), subject_of(in));
}

static void rename_prop(struct renaming *r, struct work *entry)
{
	const struct prop *from = &r->from->prop;

	entry->prop = *from;
	entry->prop.n = 0;
	/* what is not judged need not know of unseen callers */
	if (!r->callee->judged) {
		entry->prop.quiet = entry->prop.top = 0;
		entry->prop.ptl = entry->prop.region = entry->prop.atomic = ABSENT;
	}
	memset(entry->prop.items, 0, sizeof(entry->prop.items));
	for (int i = 0; i < from->n; i++)
		if (!stays_outside(r, &from->items[i]))
			rename_item(r, entry, &from->items[i]);
}

/* the cells that the callee can reach; what they hold may reach further */
static void rename_cells(struct renaming *r, struct work *entry)
{
	int before;

	do {
		before = r->inputs.n;
		for (int i = 0; i < r->from->n; i++) {
			struct bind b = r->from->binds[i];
			sym_t addr;

			if (bind_space(b.key) != SPACE_CELL)
				continue;
			if (r->arguments_only &&
			    !prop_find(&r->from->prop, ITEM_LOCK, b.val))
				continue;
			addr = into(r, (sym_t)b.key, true);
			if (addr)
				work_write(entry, addr, into(r, b.val, false));
		}
	} while (r->inputs.n != before);
}

static void rename_knowledge(struct renaming *r, struct work *entry)
{
	for (int i = 0; i < r->from->n; i++) {
		struct bind b = r->from->binds[i];
		enum space space = bind_space(b.key);
		int64_t zero;
		sym_t s;

		if (space != SPACE_TAG && space != SPACE_FACT)
			continue;
		s = into(r, (sym_t)b.key, true);
		if (!s || (space == SPACE_FACT && sym(r->eng, s)->kind == SYM_CONST))
			continue;
		if (r->arguments_only && sym(r->eng, s)->kind != SYM_INPUT)
			continue;
		/* of contents only "all zero" means the same inside */
		if (space == SPACE_FACT || sym_const_value(r->eng, b.val, &zero))
			work_set(entry, bind_key(space, s), b.val);
	}
}

/* may the argument be a value without form, by its place alone? */
static bool goes_in_plain(const struct renaming *r, sym_t arg)
{
	switch (sym(r->eng, arg)->kind) {
	case SYM_CONST:
	case SYM_GLOBAL:
	case SYM_FUNC:
	case SYM_ADDR:
		return false;
	case SYM_CONTENT:
	case SYM_OP:
	case SYM_PURE:
		return !r->callee->judged;
	default:
		return true;
	}
}

/*
 * The i-th argument is INPUT i where it can be, so that calls look alike whatever
 * they pass; what is made of such values then goes in as it is made.
 */
static void rename_arguments(struct renaming *r, const struct frame *f,
			     struct work *entry)
{
	int n = f->at->nargs < r->callee->nparams ? f->at->nargs : r->callee->nparams;

	for (int i = 0; i < n; i++) {
		sym_t arg = work_value(r->from, f->at->args[i]);
		sym_t *slot = vec_push(r->eng->arena, &r->inputs);

		*slot = goes_in_plain(r, arg) && !is_input(r, arg) ? arg : SYM_NONE;
	}
	for (int i = 0; i < n; i++)
		work_set(entry, bind_key(SPACE_ENV, (uint32_t)i + 1),
			 into(r, work_value(r->from, f->at->args[i]), false));
}

static struct work *entry_state(struct renaming *r, const struct frame *f)
{
	struct work *entry = work_new(r->eng);

	entry->n = 0;
	entry->trail = NULL;
	memset(&entry->leaving, 0, sizeof(entry->leaving));
	memset(&entry->prop, 0, sizeof(entry->prop));
	rename_arguments(r, f, entry);
	r->coarse = false;
	if (r->callee->neutral)
		return entry;
	rename_prop(r, entry);
	rename_cells(r, entry);
	if (r->callee->judged)
		rename_knowledge(r, entry);
	return entry;
}

static struct waiter waiter_of(const struct frame *f, const struct work *w,
			       const struct renaming *r)
{
	struct waiter me;

	memset(&me, 0, sizeof(me));
	me.ctx = f->ctx;
	me.state = f->state;
	me.round = f->state->round;
	me.block = f->block;
	me.insn = f->insn;
	me.prop = prop_intern(f->eng, &w->prop);
	me.exec = exec_intern(f->eng, w);
	me.trail = w->trail;
	me.leaving = w->leaving;
	me.inputs = r->inputs.v;
	me.ninputs = r->inputs.n;
	return me;
}

/* exits found from now on are delivered as they come */
static void wait_for(struct engine *eng, const struct waiter *me,
		     struct context_run *callee, bool is_new)
{
	struct waiter *slot = vec_push(eng->arena, &callee->waiters);

	*slot = *me;
	if (!is_new && callee->on_stack && callee->started)
		eng->recursive = true;
	else if (callee->on_stack)
		stack_raise(eng, callee);
	for (int i = 0, n = callee->exits.n; i < n; i++)
		call_deliver(eng, me, callee, &callee->exits.v[i]);
}

void call_unknown(const struct frame *f, struct work *w)
{
	for (int i = 0; i < f->at->nargs; i++) {
		sym_t base = sym_base(f->eng, work_value(w, f->at->args[i]));
		const struct sym *x = sym(f->eng, base);

		if (i < 62 && f->at->imm >> i & 1)
			continue;
		if (x->kind == SYM_LOCAL || x->flags & SYM_STACK)
			work_forget(w, base, sym_born(f->eng, frame_site(f),
						      2u + (unsigned int)i));
	}
	frame_result(f, w, SYM_NONE);
}

/* ------------------------------------------------------------------ */
/* out                                                                 */

struct return_trip {
	struct engine *eng;
	struct work *before;		/* the caller's state at the call */
	const struct waiter *to;
	uint64_t site;
};

static bool rename_out(void *arg, sym_t s, sym_t *to)
{
	struct return_trip *t = (struct return_trip *)arg;
	struct sym x = *sym(t->eng, s);

	switch (x.kind) {
	case SYM_CONST:
	case SYM_GLOBAL:
	case SYM_FUNC:
		*to = s;
		return true;
	case SYM_INPUT:
		*to = x.imm < t->to->ninputs ? t->to->inputs[x.imm] : SYM_NONE;
		return true;
	case SYM_CONTENT:
		if (x.b)
			return false;
		*to = work_read(t->before, sym_map(t->eng, x.a, rename_out, t));
		return true;
	case SYM_LOCAL:
	case SYM_BORN:
	case SYM_OLD:
		*to = sym_born(t->eng, t->site, BORN_INSIDE | s);
		sym_mark(t->eng, *to, x.flags);
		return true;
	default:
		return false;
	}
}

static sym_t out_of(struct return_trip *t, sym_t s)
{
	return sym_map(t->eng, s, rename_out, t);
}

static void return_memory(struct return_trip *t, const struct exec *from,
			  struct work *w)
{
	for (int i = 0; i < from->n; i++)
		if (bind_space(from->binds[i].key) == SPACE_TAG)
			work_forget(w, out_of(t, (sym_t)from->binds[i].key),
				    out_of(t, from->binds[i].val));
	for (int i = 0; i < from->n; i++)
		if (bind_space(from->binds[i].key) == SPACE_CELL)
			work_write(w, out_of(t, (sym_t)from->binds[i].key),
				   out_of(t, from->binds[i].val));
}

/* false: the caller knows better, this exit is not taken from here */
static bool return_facts(struct return_trip *t, const struct exec *from,
			 struct work *w)
{
	for (int i = 0; i < from->n; i++) {
		const struct bind *b = &from->binds[i];

		if (bind_space(b->key) == SPACE_FACT &&
		    !fact_learn(w, out_of(t, (sym_t)b->key),
				exec_fact(t->eng, b->val)))
			return false;
	}
	return true;
}

static void return_item(struct return_trip *t, const struct item *item,
			const struct step *inner, struct work *w)
{
	sym_t a = out_of(t, item->a);
	struct item *out = item->kind == ITEM_LOCK || item->kind == ITEM_INIT ?
			   prop_find(&w->prop, (enum item_kind)item->kind, a) : NULL;

	if (!out)
		out = prop_add(w, (enum item_kind)item->kind, item->flags, a);
	out->b = out_of(t, item->b);
	out->c = out_of(t, item->c);
	out->d = out_of(t, item->d);
	out->site = item->site;
	if (item->kind <= ITEM_REGION &&
	    !step_of(w->trail, step_that_made(item), subject_of(out)))
		step_inherit(w, step_of(inner, step_that_made(item),
					subject_of(item)),
			     subject_of(out));
}

static void return_prop(struct return_trip *t, const struct mn_func *callee,
			const struct exit *x, struct work *w)
{
	const struct prop *from = x->prop;
	const struct prop *mine = &t->before->prop;
	struct renaming r;

	w->prop = *from;
	w->prop.top = mine->top;
	if (!callee->judged) {
		w->prop.quiet = mine->quiet;
		w->prop.ptl = mine->ptl;
		w->prop.region = mine->region;
		w->prop.atomic = mine->atomic;
	}
	w->prop.n = 0;
	memset(w->prop.items, 0, sizeof(w->prop.items));
	for (int i = 0; i < from->n; i++)
		return_item(t, &from->items[i], x->trail, w);
	/* and what did not go in */
	memset(&r, 0, sizeof(r));
	r.eng = t->eng;
	r.from = t->before;
	r.callee = callee;
	r.inputs.v = (sym_t *)t->to->inputs;
	r.inputs.n = r.inputs.room = t->to->ninputs;
	for (int i = 0; i < mine->n; i++) {
		const struct item *item = &mine->items[i];
		struct item *kept;

		if (!stays_outside(&r, item) ||
		    prop_find(&w->prop, (enum item_kind)item->kind, item->a))
			continue;
		kept = prop_add(w, (enum item_kind)item->kind, item->flags, item->a);
		*kept = *item;
	}
}

static void return_result(const struct frame *f, struct return_trip *t,
			  const struct exec *from, struct work *w)
{
	/* SPACE_ENV 0 is the smallest key */
	bool told = from->n && !from->binds[0].key;

	frame_result(f, w, told ? out_of(t, from->binds[0].val) : SYM_NONE);
}

/* what one path of the callee would not do under a caller's lock, tells of all callers */
static void return_evidence(struct context_run *caller,
			    const struct context_run *callee, struct prop *p)
{
	if (callee->takes_ptl && !prop_ptl_held(p)) {
		learn_no_ptl(p);
		caller->takes_ptl = true;
	}
	if (callee->sleeps && !prop_atomic(p)) {
		learn_may_sleep(p);
		caller->sleeps = true;
	}
}

/* the caller's state after the exit @x; NULL: it cannot be taken from there */
static struct work *returned(struct engine *eng, const struct waiter *to,
			     const struct context_run *from, const struct exit *x)
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
	t.eng = eng;
	t.to = to;
	t.site = frame_site(&f);
	t.before = work_new(eng);
	work_load(t.before, to->prop, to->exec, to->trail);
	t.before->leaving = to->leaving;
	w = work_copy(t.before);
	return_memory(&t, x->exec, w);
	if (!return_facts(&t, x->exec, w)) {
		work_free(w);
		w = NULL;
	} else {
		if (x->trail && !neutral)
			step_add(w, STEP_CALL, f.at->loc, caller->name,
				 f.at->name)->inner = x->trail;
		if (!neutral)
			return_prop(&t, from->run->func, x, w);
		return_evidence(to->ctx, from, &w->prop);
		return_result(&f, &t, x->exec, w);
	}
	work_free(t.before);
	return w;
}

void call_deliver(struct engine *eng, const struct waiter *to,
		  const struct context_run *from, const struct exit *x)
{
	struct work *w = returned(eng, to, from, x);

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
		       const struct context_run *callee, struct works *out)
{
	struct work *only = NULL;
	bool several = false;

	for (int i = 0; i < callee->exits.n; i++) {
		struct work *w = returned(eng, me, callee, &callee->exits.v[i]);

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

bool call_follow(const struct frame *f, struct work *w, struct mn_func *callee,
		 struct works *out)
{
	struct renaming r;
	struct context_run *ctx;
	struct work *entry;
	struct waiter me;
	bool is_new;
	int entered;

	if (!callee->wanted || !callee->blocks.n)
		return false;
	memset(&r, 0, sizeof(r));
	r.eng = f->eng;
	r.from = w;
	r.callee = callee;
	entered = run_of(f->eng, callee)->contexts.n;
	r.coarse = !callee->judged && entered >= COARSE_FROM;
	r.arguments_only = !callee->judged || entered >= ARGUMENTS_ONLY_FROM;
	entry = entry_state(&r, f);
	ctx = context_get(f->eng, callee, entry, &is_new);
	if (ctx && is_new) {
		ctx->caller = f->ctx;
		ctx->before = w->trail;
		ctx->called_at = f->at->loc;
		context_arrive(f->eng, ctx, 0, 0, entry);
	}
	work_free(entry);
	/* given up: its result can be anything, its locks cannot be guessed */
	if (!ctx)
		return !callee->neutral;
	me = waiter_of(f, w, &r);
	if (is_done(f->eng, ctx, is_new))
		take_exits(f->eng, &me, ctx, out);
	else
		wait_for(f->eng, &me, ctx, is_new);
	return true;
}
