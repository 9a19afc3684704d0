// SPDX-License-Identifier: GPL-2.0-only
/*
 * generate.c - a seed and a number become the statements of a program.
 *
 * Random statements alone are nearly all wrong in their first line. So what is made first is
 * right: pairs around blocks, under a condition or not, and early ways out that clean up. Then
 * one program in two loses a few of its statements.
 */
#include <stdlib.h>
#include <string.h>

#include "oracle.h"

enum { UNDO_MAX = 8, DEPTH_MAX = 3, NORMAL_STMTS = 26 };

/* what a helper is good for */
enum use { USE_BLOCK, USE_LOCK, USE_UNLOCK, USE_START, USE_END, USES };

struct undo {
	struct stmt stmt;
	bool conditional;
	struct cond cond;
};

struct gen {
	struct program *p;
	uint64_t random;
	struct func *func;
	int nfunc;		/* its number: it calls those before it */
	int use[FUNCS_MAX];
	struct undo undo[UNDO_MAX];
	int nundo, loops, room;
	bool callback;		/* the root is one */
};

static uint64_t next(struct gen *g)
{
	uint64_t x = (g->random += 0x9e3779b97f4a7c15ull);

	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9ull;
	x = (x ^ x >> 27) * 0x94d049bb133111ebull;
	return x ^ x >> 31;
}

static int below(struct gen *g, int n)
{
	return (int)(next(g) % (uint64_t)n);
}

static bool percent(struct gen *g, int n)
{
	return below(g, 100) < n;
}

/* ------------------------------------------------------------------ */
/* statements                                                          */

/* where the next statement goes */
struct list {
	struct stmt *first, **end;
};

static struct stmt *add(struct gen *g, struct list *l, int kind, int a)
{
	static struct stmt lost;
	struct stmt *s = &lost;

	if (!l->end)
		l->end = &l->first;
	memset(&lost, 0, sizeof(lost));
	if (g->p->nstmts == STMTS_MAX) {
		g->p->too_large = true;
		return s;
	}
	s = &g->p->stmts[g->p->nstmts++];
	memset(s, 0, sizeof(*s));
	s->id = g->p->nstmts;
	s->kind = (uint8_t)kind;
	s->a = (uint8_t)a;
	s->b = VAR_NONE;
	*l->end = s;
	l->end = &s->next;
	g->room--;
	return s;
}

static struct cond condition(struct gen *g)
{
	static const uint8_t vars[] = {
		VAR_C, VAR_C, VAR_D, VAR_MODE, VAR_MODE, VAR_F, VAR_T,
	};
	struct cond c = { vars[below(g, 7)], IS_TRUE, 0, percent(g, 30) };

	if (c.var == VAR_MODE) {
		c.compare = (uint8_t)(IS_EQUAL + below(g, 3));
		c.value = (int8_t)below(g, 4);
		c.negated = false;
	}
	return c;
}

static void block(struct gen *g, struct list *l, int depth);

static struct stmt *add_if(struct gen *g, struct list *l, struct cond c)
{
	struct stmt *s;

	if (c.var == VAR_T)
		add(g, l, DO_UNKNOWN, VAR_T);
	s = add(g, l, DO_IF, 0);
	s->cond = c;
	return s;
}

static struct stmt *add_into(struct gen *g, struct stmt **into, int kind, int a)
{
	struct list l = { NULL, NULL };
	struct stmt *s = add(g, &l, kind, a);

	*into = l.first;
	return s;
}

/* ------------------------------------------------------------------ */
/* ways out                                                            */

static void push_undo(struct gen *g, int kind, int a, const struct cond *c)
{
	struct undo *u = &g->undo[g->nundo];

	if (g->nundo == UNDO_MAX)
		return;
	memset(u, 0, sizeof(*u));
	u->stmt.kind = (uint8_t)kind;
	u->stmt.a = (uint8_t)a;
	u->conditional = c != NULL;
	if (c)
		u->cond = *c;
	g->nundo++;
}

static void clean_up(struct gen *g, struct list *l)
{
	for (int i = g->nundo - 1; i >= 0; i--) {
		const struct undo *u = &g->undo[i];

		if (!u->conditional) {
			add(g, l, u->stmt.kind, u->stmt.a);
		} else {
			struct stmt *s = add(g, l, DO_IF, 0);

			s->cond = u->cond;
			add_into(g, &s->body, u->stmt.kind, u->stmt.a);
		}
	}
}

static void set_result(struct gen *g, struct stmt *s, bool failed)
{
	if (percent(g, 20))
		s->b = VAR_ERR;
	else
		s->value = (int8_t)(failed ? g->func->role == ROLE_INVALIDATE ? 0 : -11 :
				    g->func->role == ROLE_INVALIDATE || percent(g, 15));
}

static void leave(struct gen *g, struct list *l)
{
	if (percent(g, 75))
		clean_up(g, l);
	if (g->loops && percent(g, 40))
		add(g, l, percent(g, 50) ? DO_BREAK : DO_CONTINUE, 0);
	else if (percent(g, 30))
		add(g, l, percent(g, 80) ? DO_OUT : DO_AGAIN, 0);
	else
		set_result(g, add(g, l, DO_RETURN, 0), percent(g, 60));
}

static void way_out(struct gen *g, struct list *l)
{
	struct stmt *s = add_if(g, l, condition(g));
	struct list body = { NULL, NULL };

	leave(g, &body);
	s->body = body.first;
}

/* ------------------------------------------------------------------ */
/* pairs                                                               */

static bool is_taken(const struct gen *g, int give, int a)
{
	for (int i = 0; i < g->nundo; i++)
		if (g->undo[i].stmt.kind == give && g->undo[i].stmt.a == a)
			return true;
	return false;
}

static int any_lock(struct gen *g)
{
	static const uint8_t of_plain[] = { LOCK_PTL, LOCK_PTL, LOCK_PTL, LOCK_A, LOCK_PARAM };
	static const uint8_t of_callback[] = { LOCK_A, LOCK_A, LOCK_B };

	return g->callback ? of_callback[below(g, 3)] : of_plain[below(g, 5)];
}

static int any_slot(struct gen *g)
{
	bool helper = g->nfunc < g->p->nfuncs - 1 && !g->p->kernel.values;

	if (g->callback)
		return SLOT_PARAM;
	if (helper && percent(g, 50))
		return SLOT_PARAM;
	return !helper && !g->p->kernel.values && percent(g, 4) ? SLOT_PARAM : below(g, 2);
}

static int helper_for(struct gen *g, int use)
{
	for (int i = 0; i < g->nfunc; i++)
		if (g->use[i] == use)
			return i;
	return -1;
}

static struct stmt *add_call(struct gen *g, struct list *l, int func, int lock, int slot)
{
	struct stmt *s = add(g, l, DO_CALL, VAR_NONE);
	bool swap = percent(g, 20);

	s->call.func = (uint8_t)func;
	s->call.lock = (uint8_t)lock;
	s->call.slot[SLOT_0] = (uint8_t)(swap ? SLOT_1 : SLOT_0);
	s->call.slot[SLOT_1] = (uint8_t)(swap ? SLOT_0 : SLOT_1);
	s->call.slot[SLOT_PARAM] = (uint8_t)slot;
	for (int v = 0; v < VARS_PARAM; v++) {
		s->call.vars[v] = (uint8_t)(percent(g, 65) ? v : VAR_NONE);
		s->call.values[v] = (int8_t)below(g, v == VAR_MODE ? 4 : 2);
	}
	if (g->p->funcs[func].returns && percent(g, 60))
		s->a = VAR_T;
	return s;
}

/* one half of a pair, by itself or by a helper */
static void half(struct gen *g, struct list *l, int kind, int a)
{
	int use = kind == DO_LOCK ? USE_LOCK : kind == DO_UNLOCK ? USE_UNLOCK :
		  kind == DO_START ? USE_START : kind == DO_END ? USE_END : USE_BLOCK;
	int func = use == USE_BLOCK || percent(g, 60) ? -1 : helper_for(g, use);
	bool lock = kind == DO_LOCK || kind == DO_UNLOCK;

	if (func >= 0 && (lock || !g->p->kernel.values)) {
		add_call(g, l, func, lock ? a : any_lock(g), lock ? SLOT_0 : a);
		return;
	}
	if (kind == DO_START && !g->p->kernel.values && a != SLOT_PARAM)
		add(g, l, DO_INIT, a);
	add(g, l, kind, a);
}

/* if (c) take; .. if (c) give; */
static void conditional(struct gen *g, struct list *l, int depth, int take, int give, int a)
{
	struct cond c = condition(g), flag = { VAR_F, IS_TRUE, 0, false };
	bool by_flag = percent(g, 40) && !g->loops;
	struct list body = { NULL, NULL };
	struct stmt *s;

	while (c.var == VAR_T || c.var == VAR_F)
		c = condition(g);
	if (by_flag)
		add(g, l, DO_SET, VAR_F);
	s = add_if(g, l, c);
	half(g, &body, take, a);
	if (by_flag)
		add(g, &body, DO_SET, VAR_F)->value = 1;
	s->body = body.first;
	push_undo(g, give, a, by_flag ? &flag : &c);
	block(g, l, depth + 1);
	g->nundo--;
	s = add_if(g, l, by_flag ? flag : c);
	body.first = NULL;
	body.end = NULL;
	half(g, &body, give, a);
	s->body = body.first;
}

/* one that can fail; and the block where it did not */
static void trying(struct gen *g, struct list *l, int depth, int take, int give, int a)
{
	struct stmt *s;
	struct list in = { NULL, NULL }, out = { NULL, NULL };
	struct cond failed = { VAR_T, IS_TRUE, 0, take != DO_NONBLOCK };

	if (take == DO_NONBLOCK && !g->p->kernel.values && a != SLOT_PARAM)
		add(g, l, DO_INIT, a);
	if (take == DO_NONBLOCK && percent(g, 10)) {
		add(g, l, take, a);
	} else {
		add(g, l, take, a)->b = VAR_T;
		s = add(g, l, DO_IF, 0);
		s->cond = failed;
		if (percent(g, 60)) {
			leave(g, &out);
			s->body = out.first;
		} else {
			push_undo(g, give, a, NULL);
			block(g, &in, depth + 1);
			g->nundo--;
			add(g, &in, give, a);
			s->other = in.first;
			return;
		}
	}
	push_undo(g, give, a, NULL);
	block(g, l, depth + 1);
	g->nundo--;
	add(g, l, give, a);
}

static void pair(struct gen *g, struct list *l, int depth, int take, int give, int a)
{
	if (percent(g, 30) && g->nundo < UNDO_MAX) {
		conditional(g, l, depth, take, give, a);
		return;
	}
	half(g, l, take, a);
	push_undo(g, give, a, NULL);
	block(g, l, depth + 1);
	if (g->nundo)
		g->nundo--;
	half(g, l, give, a);
}

static void region(struct gen *g, struct list *l, int depth)
{
	bool only = kernel_from(g->p, 4, 15) && !kernel_from(g->p, 6, 6) && percent(g, 25);
	int slot = any_slot(g);

	if (!percent(g, 5) && (is_taken(g, DO_END, slot) || is_taken(g, DO_ONLY_END, slot)))
		return;
	if (kernel_from(g->p, 4, 19) && percent(g, 25))
		trying(g, l, depth, DO_NONBLOCK, DO_END, slot);
	else
		pair(g, l, depth, DO_START, only ? DO_ONLY_END : DO_END, slot);
}

static void locked(struct gen *g, struct list *l, int depth)
{
	int lock = any_lock(g);

	if (is_taken(g, DO_UNLOCK, lock))
		return;
	if (percent(g, 20))
		trying(g, l, depth, DO_TRYLOCK, DO_UNLOCK, lock);
	else
		pair(g, l, depth, DO_LOCK, DO_UNLOCK, lock);
}

/* ------------------------------------------------------------------ */
/* blocks                                                              */

static void loop(struct gen *g, struct list *l, int depth)
{
	struct list body = { NULL, NULL };
	struct stmt *s = add(g, l, DO_LOOP, 0);
	int nundo = g->nundo;

	s->cond = condition(g);
	s->cond.var = VAR_T;
	s->cond.compare = IS_TRUE;
	g->loops++;
	g->nundo = percent(g, 50) ? nundo : 0;
	block(g, &body, depth + 1);
	g->nundo = nundo;
	g->loops--;
	s->body = body.first;
}

static void branch(struct gen *g, struct list *l, int depth)
{
	struct stmt *s = add_if(g, l, condition(g));
	struct list body = { NULL, NULL }, other = { NULL, NULL };

	block(g, &body, depth + 1);
	s->body = body.first;
	if (percent(g, 35)) {
		block(g, &other, depth + 1);
		s->other = other.first;
	}
}

static void set(struct gen *g, struct list *l)
{
	static const uint8_t from[] = { VAR_C, VAR_D, VAR_NONE, VAR_NONE };
	struct stmt *s = add(g, l, DO_SET, percent(g, 50) ? VAR_F : percent(g, 50) ? VAR_G :
			     VAR_ERR);

	s->value = (int8_t)(s->a == VAR_ERR ? -11 * below(g, 2) : below(g, 2));
	if (s->a != VAR_ERR)
		s->b = from[below(g, 4)];
}

static void call(struct gen *g, struct list *l)
{
	int func = g->nfunc ? below(g, g->nfunc) : -1;
	struct stmt *s;

	if (func < 0)
		return;
	s = add_call(g, l, func, any_lock(g), any_slot(g));
	if (s->a == VAR_T && percent(g, 50)) {
		struct list body = { NULL, NULL };
		struct stmt *test = add(g, l, DO_IF, 0);

		test->cond.var = VAR_T;
		test->cond.negated = percent(g, 30);
		leave(g, &body);
		test->body = body.first;
	}
}

static bool is_locked(const struct gen *g)
{
	for (int i = 0; i < g->nundo; i++)
		if (g->undo[i].stmt.kind == DO_UNLOCK || g->undo[i].stmt.kind == DO_LEAVE)
			return true;
	return false;
}

static void plain_item(struct gen *g, struct list *l, int depth)
{
	int choice = below(g, 100), context = below(g, CONTEXTS);
	bool notifies = !kernel_from(g->p, 6, 6);

	if (choice < 17 && !is_locked(g))
		region(g, l, depth);
	else if (choice < 36)
		locked(g, l, depth);
	else if (choice < 54 && notifies)
		add(g, l, DO_NOTIFY, percent(g, 4))->b = (uint8_t)percent(g, 10);
	else if (choice < 62)
		add(g, l, DO_CHANGE, below(g, CHANGES));
	else if (choice < 64 && !is_locked(g))
		add(g, l, DO_SLEEP, 0);
	else if (choice < 67 && !is_locked(g) && !g->nundo)
		pair(g, l, depth, DO_MMAP_LOCK, DO_MMAP_UNLOCK, 0);
	else if (choice < 70)
		pair(g, l, depth, DO_ENTER, DO_LEAVE, context);
	else if (choice < 78)
		call(g, l);
	else if (choice < 85)
		branch(g, l, depth);
	else if (choice < 89)
		loop(g, l, depth);
	else if (choice < 95)
		way_out(g, l);
	else if (choice < 98)
		set(g, l);
	else if (choice < 99 && !g->p->kernel.values)
		add(g, l, DO_FOREIGN, any_slot(g));
}

static void ask(struct gen *g, struct list *l, int depth)
{
	struct list body = { NULL, NULL };
	struct stmt *s;

	add(g, l, DO_ASK, VAR_T);
	s = add(g, l, DO_IF, 0);
	s->cond.var = VAR_T;
	s->cond.negated = percent(g, 50);
	if (s->cond.negated && percent(g, 60))
		leave(g, &body);
	else
		block(g, &body, depth + 1);
	s->body = body.first;
}

static void callback_item(struct gen *g, struct list *l, int depth)
{
	bool asks = g->p->funcs[g->p->nfuncs - 1].role != ROLE_ATOMIC &&
		    (g->nfunc == g->p->nfuncs - 1 || !g->p->kernel.values);
	int choice = below(g, 100), mutex = below(g, 2);

	if (choice < 30 && is_taken(g, DO_MUTEX_UNLOCK, mutex))
		return;
	if (choice < 16)
		pair(g, l, depth, DO_MUTEX_LOCK, DO_MUTEX_UNLOCK, mutex);
	else if (choice < 30)
		trying(g, l, depth, DO_MUTEX_TRYLOCK, DO_MUTEX_UNLOCK, mutex);
	else if (choice < 42)
		locked(g, l, depth);
	else if (choice < 46 && !is_locked(g))
		add(g, l, DO_SLEEP, 0);
	else if (choice < 62 && asks)
		ask(g, l, depth);
	else if (choice < 72)
		call(g, l);
	else if (choice < 80)
		branch(g, l, depth);
	else if (choice < 84)
		loop(g, l, depth);
	else if (choice < 94)
		way_out(g, l);
	else if (choice < 98)
		set(g, l);
	else if (choice < 99 && asks)
		add(g, l, DO_FOREIGN, SLOT_PARAM);
}

static void block(struct gen *g, struct list *l, int depth)
{
	int n = 1 + below(g, depth ? 3 : 4);

	for (int i = 0; i < n && g->room > 0 && depth <= DEPTH_MAX; i++) {
		if (g->callback)
			callback_item(g, l, depth);
		else
			plain_item(g, l, depth);
	}
}

/* ------------------------------------------------------------------ */
/* functions                                                           */

/* a helper that does one half of a pair */
static void half_body(struct gen *g, struct list *l, int use)
{
	static const uint8_t kinds[] = {
		[USE_LOCK] = DO_LOCK, [USE_UNLOCK] = DO_UNLOCK,
		[USE_START] = DO_START, [USE_END] = DO_END,
	};
	bool lock = use == USE_LOCK || use == USE_UNLOCK;
	struct list body = { NULL, NULL };
	struct stmt *s;
	struct cond c = condition(g);

	if (!lock && use == USE_START && !g->p->kernel.values)
		add(g, l, DO_INIT, SLOT_PARAM);
	if (percent(g, 25) && c.var < VARS_PARAM) {
		s = add_if(g, l, c);
		set_result(g, add(g, &body, DO_RETURN, 0), true);
		s->body = body.first;
	}
	add(g, l, kinds[use], lock ? LOCK_PARAM : g->p->kernel.values ? SLOT_0 : SLOT_PARAM);
}

static void function(struct gen *g, int i)
{
	struct program *p = g->p;
	struct func *f = &p->funcs[i];
	bool root = i == p->nfuncs - 1;
	struct list l = { NULL, NULL };
	int use = USE_BLOCK;

	g->func = f;
	g->nfunc = i;
	g->nundo = g->loops = 0;
	g->room = root ? NORMAL_STMTS : 9;
	snprintf(f->name, sizeof(f->name), root ? "p%d_root" : "p%d_helper%d", p->index, i);
	f->in_memory = !g->callback && percent(g, 50);
	f->ptl_once = percent(g, 50);
	f->returns = f->role != ROLE_ATOMIC && (f->role != ROLE_PLAIN || percent(g, 60));
	if (!root && !g->callback && percent(g, 45))
		use = USE_LOCK + below(g, USES - 1);
	g->use[i] = use;
	if (use == USE_BLOCK)
		block(g, &l, root ? 0 : 1);
	else
		half_body(g, &l, use);
	set_result(g, add(g, &l, DO_RETURN, 0), false);
	f->body = l.first;
}

static enum role role_of_root(struct gen *g)
{
	if (percent(g, 78))
		return ROLE_PLAIN;
	if (kernel_from(g->p, 5, 5) && percent(g, 40))
		return ROLE_INVALIDATE;
	return kernel_from(g->p, 4, 19) && percent(g, 60) ? ROLE_START : ROLE_ATOMIC;
}

/* take away what --drop names: "7" with all in it, "7u" but not what is in it */
static bool is_named(const char *ids, int id, char mark)
{
	char *end;

	for (const char *at = ids; *at; at = *end ? end + 1 : end) {
		bool same = strtol(at, &end, 10) == id;

		if (same && (mark ? *end == mark : *end != 'u'))
			return true;
		if (*end && *end != ',')
			end++;
	}
	return false;
}

static void drop_in(struct stmt **at, const char *ids)
{
	while (*at) {
		struct stmt *s = *at, *last;

		if (is_named(ids, s->id, 0)) {
			*at = s->next;
		} else if (is_named(ids, s->id, 'u') && s->body) {
			for (last = s->body; last->next; last = last->next)
				;
			last->next = s->next;
			*at = s->body;
		} else {
			drop_in(&s->body, ids);
			drop_in(&s->other, ids);
			at = &s->next;
		}
	}
}

void program_drop(struct program *p, const char *ids)
{
	for (int i = 0; i < p->nfuncs; i++)
		drop_in(&p->funcs[i].body, ids);
}

static void damage(struct gen *g)
{
	char ids[8 * STMTS_MAX] = "";
	size_t n = 0;

	if (percent(g, 45))
		return;
	for (int i = 0; i < g->p->nstmts; i++) {
		struct stmt *s = &g->p->stmts[i];

		if (s->kind < DO_SET && percent(g, 7))
			n += (size_t)snprintf(ids + n, sizeof(ids) - n, "%d,", s->id);
		else if (s->kind <= DO_UNLOCK && percent(g, 2))
			s->a = (uint8_t)any_lock(g);
	}
	program_drop(g->p, ids);
}

void program_generate(struct program *p, uint64_t seed, int index, struct kernel kernel)
{
	struct gen g;

	memset(p, 0, sizeof(*p));
	memset(&g, 0, sizeof(g));
	p->seed = seed;
	p->index = index;
	p->kernel = kernel;
	g.p = p;
	g.random = seed * 0x100000001b3ull + (uint64_t)index;
	next(&g);
	p->nfuncs = 1 + (percent(&g, 60) ? below(&g, FUNCS_MAX) : 0);
	p->funcs[p->nfuncs - 1].role = role_of_root(&g);
	g.callback = p->funcs[p->nfuncs - 1].role != ROLE_PLAIN;
	for (int i = 0; i < p->nfuncs; i++)
		function(&g, i);
	damage(&g);
}
