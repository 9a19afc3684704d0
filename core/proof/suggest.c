// SPDX-License-Identifier: GPL-2.0-only
/*
 * suggest.c - rows that units alone would need and do not have.
 *
 * A unit alone does not see what a function of another one does. So one that other files call, and that
 * leaves a lock, a region or an atomic context behind, gives one back, may sleep, or takes something
 * from an entry, needs a row. What is suggested is a claim that its body shows: the first
 * condition under which it is so.
 */
#include <string.h>

#include "proving.h"

/* the row that is being made */
struct suggesting {
	struct mn_proof *p;
	struct observation *o;		/* of the exits .. */
	struct observation *way;	/* .. and of what happens on the way */
	MN_VEC(struct effect) effects;
};

/* ------------------------------------------------------------------ */
/* objects                                                              */

static bool is_argument(const struct engine *eng, sym_t s, struct object *obj)
{
	if (sym(eng, s)->kind != SYM_INPUT)
		return false;
	obj->kind = OBJECT_ARG;
	obj->arg = (int)sym(eng, s)->imm + 1;
	return true;
}

/* the cell at @addr, by the name that the contract has for it */
static bool is_cell(const struct engine *eng, sym_t addr, struct object *obj)
{
	const struct sym *x = sym(eng, addr);
	const struct layout *layout = NULL;

	if (is_argument(eng, addr, obj)) {
		obj->kind = OBJECT_CELL;
		return true;
	}
	if (x->kind != SYM_ADDR || !is_argument(eng, x->a, obj))
		return false;
	for (int i = 0; i < eng->unit->layouts.n; i++) {
		const struct layout *l = &eng->unit->layouts.v[i];
		const struct lockcell *lock = contract_lock(eng->contract, l->type, l->member);

		if (l->bits == x->imm && lock && lock_flags(lock) & x->flags)
			layout = l;
	}
	if (!layout)
		return false;
	obj->kind = OBJECT_CELL;
	obj->type = layout->type;
	obj->member = layout->member;
	return true;
}

/* a lock in what an argument points to, by the name of its member */
static bool is_part(const struct engine *eng, sym_t s, struct object *obj)
{
	struct mn_arena *arena = eng->unit->arena;
	const char *name = sym(eng, s)->name, *dot = name ? strchr(name, '.') : NULL;

	if (sym(eng, s)->kind != SYM_ADDR || !dot || !is_argument(eng, sym(eng, s)->a, obj))
		return false;
	obj->kind = OBJECT_PART;
	obj->type = arena_intern(arena, arena_printf(arena, "%.*s", (int)(dot - name), name));
	obj->member = arena_intern(arena, dot + 1);
	/* no row named it, so no front end was asked where it is */
	if (unit_offset(eng->unit, obj->type, obj->member) < 0)
		mn_unit_layout(eng->unit, obj->type, obj->member, sym(eng, s)->imm);
	return true;
}

/* what a caller calls @s, which the item at the exit is about */
static bool name_of(struct leaving *l, const struct item *item, struct object *obj)
{
	const struct engine *eng = l->w.eng;
	bool given = item->kind == ITEM_GIVEN;

	memset(obj, 0, sizeof(*obj));
	if (!given && item->a == leaving_result(l)) {
		obj->kind = OBJECT_RET;
		return true;
	}
	for (int i = 0; !given && i < l->x->exec->n; i++) {
		const struct bind *b = &l->x->exec->binds[i];

		if (bind_space(b->key) == SPACE_CELL && b->val == item->a && is_cell(eng, bind_id(b->key), obj))
			return true;
	}
	if (sym(eng, item->a)->kind == SYM_CONTENT && !sym(eng, item->a)->b)
		return is_cell(eng, sym(eng, item->a)->a, obj);
	return is_part(eng, item->a, obj) || is_argument(eng, item->a, obj);
}

/* ------------------------------------------------------------------ */
/* effects of the exits                                                 */

static bool has_effect(const struct suggesting *s, const struct effect *e)
{
	for (int i = 0; i < s->effects.n; i++) {
		const struct effect *x = &s->effects.v[i];

		if (x->kind == e->kind && x->context == e->context && x->object.arg == e->object.arg &&
		    x->object.member == e->object.member)
			return true;
	}
	return false;
}

/* each exit says whether the condition holds */
static bool is_decided(const struct suggesting *s, const struct effect *e)
{
	for (int i = 0; i < s->o->ctx->exits.n; i++) {
		struct leaving l = leaving_of(s->o, &s->o->ctx->exits.v[i]);

		if (conditions_hold(&l, e) == MAYBE)
			return false;
	}
	return true;
}

/* of atomic contexts a row may name another one than its body; one that is suggested is the body's */
static bool is_of_context(const struct suggesting *s, const struct effect *e)
{
	if (e->kind != EFFECT_ENTER && e->kind != EFFECT_LEAVE)
		return true;
	for (int i = 0; i < s->o->ctx->exits.n; i++) {
		struct leaving l = leaving_of(s->o, &s->o->ctx->exits.v[i]);

		if (conditions_hold(&l, e) == ALWAYS && l.x->prop->count[e->context] == ENTERED)
			return false;
	}
	return true;
}

static bool is_shown(const struct suggesting *s, const struct effect *effects, int n)
{
	struct row row;

	memset(&row, 0, sizeof(row));
	row.effects = effects;
	row.neffects = n;
	for (int i = 0; i < n; i++)
		if (claim_of_exits(s->o, &row, &effects[i]).is != CLAIM_SHOWN ||
		    !is_decided(s, &effects[i]) || !is_of_context(s, &effects[i]))
			return false;
	return true;
}

/* on some path only: then a row says both, as of what may drop the lock to sleep */
static bool is_dropped_and_taken(const struct suggesting *s, const struct effect *e)
{
	struct effect both[2];

	if (e->kind != EFFECT_UNLOCK && e->kind != EFFECT_LOCK)
		return false;
	both[0] = both[1] = *e;
	both[0].kind = EFFECT_UNLOCK;
	both[1].kind = EFFECT_LOCK;
	return is_shown(s, both, 2);
}

/* the first condition under which the exits show it: none, the result, an argument */
static bool find_condition(const struct suggesting *s, struct effect *e)
{
	static const enum cond_kind of_result[] = { COND_ALWAYS, COND_RET_TRUE, COND_RET_FALSE };

	for (size_t i = 0; i < sizeof(of_result) / sizeof(of_result[0]); i++) {
		e->cond[0].kind = of_result[i];
		if (is_shown(s, e, 1))
			return true;
	}
	for (int n = 1; n <= s->o->func->nparams; n++)
		for (int negated = 0; negated < 2; negated++) {
			e->cond[0].kind = negated ? COND_ARG_FALSE : COND_ARG_TRUE;
			e->cond[0].arg = n;
			if (is_shown(s, e, 1))
				return true;
		}
	memset(e->cond, 0, sizeof(e->cond));
	return is_dropped_and_taken(s, e);
}

static void suggest_shown(struct suggesting *s, struct effect *e)
{
	if (!has_effect(s, e) && find_condition(s, e))
		*vec_push(s->p->unit->arena, &s->effects) = *e;
}

static void suggest_item(struct suggesting *s, struct leaving *l, const struct item *item, bool given)
{
	struct effect e;

	memset(&e, 0, sizeof(e));
	if (item->kind == ITEM_GIVEN)
		e.kind = (enum effect_kind)item->flags;
	else if (item->kind == ITEM_LOCK)
		e.kind = EFFECT_LOCK;
	else if (item->kind == ITEM_REGION)
		e.kind = EFFECT_START;
	if (!e.kind && item->kind != ITEM_LOCK)
		return;
	if (given != (item->kind == ITEM_GIVEN) || e.kind == EFFECT_RELEASE || !name_of(l, item, &e.object))
		return;
	e.ptl = item->kind == ITEM_LOCK && item->flags == LOCK_PTL;
	suggest_shown(s, &e);
}

static void suggest_context(struct suggesting *s, const struct outcome *x, bool given)
{
	struct effect e;

	for (int c = 0; c < CONTEXT_COUNT; c++) {
		int by = x->prop->count[c] - ENTERED;

		memset(&e, 0, sizeof(e));
		e.kind = given ? EFFECT_LEAVE : EFFECT_ENTER;
		e.context = (enum context)c;
		if (given ? by < 0 : by > 0)
			suggest_shown(s, &e);
	}
}

/* what it gives back comes first */
static void suggest_exits(struct suggesting *s, bool given)
{
	for (int i = 0; s->o->ctx && !s->o->given_up && i < s->o->ctx->exits.n; i++) {
		struct leaving l = leaving_of(s->o, &s->o->ctx->exits.v[i]);

		if (l.x->lost & LOST_ANY || l.x->prop->forgot)
			continue;
		for (int k = 0; k < l.x->prop->n; k++)
			suggest_item(s, &l, &l.x->prop->items[k], given);
		suggest_context(s, l.x, given);
	}
}

/* ------------------------------------------------------------------ */
/* effects on the way                                                   */

static bool sleeps_if(struct suggesting *s, const struct effect *e, int arg, bool is, int64_t value)
{
	struct assumption a = { arg, is, value };
	struct observation *o = observe(s->p, s->o->func, a, true);
	bool sleeps = observed(o, e);

	observation_free(o);
	return sleeps;
}

/* the mask by which rows of this kernel say that an allocation sleeps; 0: none */
static int64_t flags_that_sleep(const struct mn_proof *p)
{
	for (int i = 0; i < p->rows.n; i++) {
		const struct effect *e = row_effect(p->rows.v[i], EFFECT_SLEEPS);

		if (e && e->cond[0].kind == COND_ARG_HAS)
			return e->cond[0].value;
	}
	return 0;
}

/* each argument that is tried costs a simulation: only those that the body itself asks about */
static bool branches_on(const struct mn_func *func, int n)
{
	for (int b = 0; b < func->blocks.n; b++)
		for (int i = 0; i < func->blocks.v[b].insns.n; i++) {
			const struct mn_insn *insn = &func->blocks.v[b].insns.v[i];

			if (insn->op == MN_IF && insn->a == (mn_val)n)
				return true;
			if ((insn->op == MN_EQ || insn->op == MN_NE) &&
			    (insn->a == (mn_val)n || insn->b == (mn_val)n))
				return true;
		}
	return false;
}

/* the argument without which it does not sleep, or with which; COND_ALWAYS: none */
static struct cond sleep_condition(struct suggesting *s, const struct effect *e)
{
	struct cond c = { COND_ALWAYS, 0, 0 };

	for (int n = 1; n <= s->o->func->nparams && !c.kind; n++) {
		c.arg = n;
		if (!branches_on(s->o->func, n))
			continue;
		if (!sleeps_if(s, e, n, true, 0))
			c.kind = COND_ARG_TRUE;
		else if (!sleeps_if(s, e, n, false, 0))
			c.kind = COND_ARG_FALSE;
	}
	return c;
}

/* the argument that holds the flags of an allocation which may sleep */
static struct cond flags_condition(struct suggesting *s, const struct effect *e, int64_t flags)
{
	struct cond c = { COND_ALWAYS, 0, flags };

	for (int n = 1; flags && n <= s->o->func->nparams && !c.kind; n++) {
		c.arg = n;
		if (sleeps_if(s, e, n, true, flags) && !sleeps_if(s, e, n, true, 0))
			c.kind = COND_ARG_HAS;
	}
	return c;
}

static void suggest_sleep(struct suggesting *s)
{
	bool may = s->p->does[s->o->func->index] & CONTRACT_SLEEPS;
	int64_t flags = may ? flags_that_sleep(s->p) : 0;
	struct effect e;

	memset(&e, 0, sizeof(e));
	e.kind = EFFECT_SLEEPS;
	if (observed(s->way, &e))
		e.cond[0] = sleep_condition(s, &e);
	else
		e.cond[0] = flags_condition(s, &e, flags);
	if (e.cond[0].kind || observed(s->way, &e))
		*vec_push(s->p->unit->arena, &s->effects) = e;
}

static void suggest_changes(struct suggesting *s)
{
	for (int i = 0; i < s->way->seen.n; i++) {
		const struct effect *x = &s->way->seen.v[i].effect;
		struct effect e;

		memset(&e, 0, sizeof(e));
		e.kind = x->kind;
		e.level = x->level;
		e.entry = x->entry;
		if (x->kind == EFFECT_CHANGE && (x->entry == ENTRY_CLEAR || x->entry == ENTRY_LESS))
			*vec_push(s->p->unit->arena, &s->effects) = e;
	}
}

/* ------------------------------------------------------------------ */
/* the row                                                              */

/* where an aggregate result goes is a parameter without a name, and no argument */
static int arguments(const struct mn_func *func)
{
	return func->nparams - (func->nparams && !func->values.v[func->nparams].name);
}

static const char *row_text(const struct suggesting *s, const struct mn_func *func)
{
	struct mn_arena *arena = s->p->unit->arena;
	const char *effects = "";
	char buf[EFFECT_TEXT], from[16];

	if (!s->effects.n)
		return "";
	for (int i = 0; i < s->effects.n; i++)
		effects = arena_printf(arena, "%s%s%s", effects, i ? ", " : "",
				       effect_text(&s->effects.v[i], buf, sizeof(buf)));
	return arena_printf(arena, "%-46s | %-44s | %s- |",
			    arena_printf(arena, "%s/%d", func->name, arguments(func)), effects,
			    kernel_text(s->p->unit->kernels.from, from, sizeof(from)));
}

static const char *suggest(struct mn_proof *p, struct mn_func *func)
{
	struct assumption nothing = { 0, false, 0 };
	struct suggesting s;

	memset(&s, 0, sizeof(s));
	s.p = p;
	s.o = observe(p, func, nothing, false);
	s.way = observe(p, func, nothing, true);
	suggest_exits(&s, true);
	suggest_sleep(&s);
	suggest_changes(&s);
	suggest_exits(&s, false);
	observation_free(s.o);
	observation_free(s.way);
	return row_text(&s, func);
}

/* by function: does another file call it? */
static void find_crossed(struct mn_proof *p)
{
	const struct mn_unit *unit = p->unit;

	p->crossed = arena_new_array(unit->arena, bool, unit->funcs.n);
	for (int f = 0; f < unit->funcs.n; f++) {
		const struct mn_func *func = unit->funcs.v[f];

		for (int i = 0; i < func->calls.n; i++) {
			const struct mn_func *to = unit_func(unit, func->calls.v[i]);

			if (to && to->loc.file != func->loc.file && bodies_cross(unit, to))
				p->crossed[to->index] = true;
		}
	}
}

const char *mn_proof_suggest(struct mn_proof *p, size_t i)
{
	if (!p->crossed)
		find_crossed(p);
	if (i >= (size_t)p->unit->funcs.n)
		return NULL;
	return p->crossed[i] && p->unit->funcs.v[i]->blocks.n ? suggest(p, p->unit->funcs.v[i]) : "";
}
