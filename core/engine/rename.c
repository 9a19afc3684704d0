// SPDX-License-Identifier: GPL-2.0-only
/*
 * rename.c - the state of a caller in the words of its callee.
 *
 * In the callee the caller's own values are SYM_INPUT 0, 1, .., so that calls which look
 * alike from inside share one context. What the callee reads behind an argument it
 * names as "the cell at INPUT 0". How it comes back is call.c's. Since exits are
 * relations between what came in and what comes out, little has to go in:
 *
 *	a neutral callee	its arguments
 *	one that locks		and the locks held, with the cells that hold them
 *	one with events		and all else that is known of what it can reach, so
 *				that no finding is made on an impossible path
 */
#include <string.h>

#include "engine.h"

/* did a function of another file get the object? all of it zeroed is no such thing */
static bool is_given(const struct work *w, sym_t object)
{
	sym_t tag = work_get(w, bind_key(SPACE_TAG, object));
	int64_t zero;

	return tag && !sym_const_value(w->eng, tag, &zero);
}

static unsigned int input_flags(const struct renaming *r, sym_t s)
{
	const struct sym *x = sym(r->eng, s);
	bool object = x->kind == SYM_LOCAL ||
		      (x->kind == SYM_INPUT && x->flags & SYM_STACK);
	bool fresh = x->kind == SYM_LOCAL || x->flags & SYM_UNTOUCHED;
	bool kept = x->kind == SYM_LOCAL || x->flags & SYM_KEPT;
	unsigned int flags = 0;

	if (!r->callee->neutral)
		flags |= x->flags & SYM_IS_PTL;
	if (r->judged)
		flags |= (object ? SYM_STABLE : x->flags & SYM_STABLE) |
			 entry_flags(r->eng, s);
	if (object)
		flags |= SYM_STACK;
	if (object && r->judged && kept && !is_given(r->from, s))
		flags |= SYM_KEPT;
	if (object && r->judged && fresh && !work_get(r->from, bind_key(SPACE_TAG, s)) &&
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

/* what @s is called in the callee as the content of a cell; SYM_NONE: it is none */
static sym_t held_as(const struct renaming *r, sym_t s)
{
	for (int i = 0; i < r->held.n; i++)
		if (r->held.v[i].value == s)
			return r->held.v[i].content;
	return SYM_NONE;
}

static sym_t form_of(struct renaming *r, sym_t s);

static bool rename_in(void *arg, sym_t s, sym_t *to)
{
	struct renaming *r = (struct renaming *)arg;

	switch (sym(r->eng, s)->kind) {
	case SYM_CONST:
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
		*to = held_as(r, s);
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
	bool was_closed = r->closed;
	sym_t a, b = SYM_NONE, form;

	/* what has none yet may have one when there are more inputs */
	if (renamed_get(&r->forms, s, &form) && form)
		return form;
	r->closed = true;
	a = sym_map(r->eng, x.a, rename_in, r);
	if (x.b && x.kind != SYM_CONTENT)
		b = sym_map(r->eng, x.b, rename_in, r);
	r->closed = was_closed;
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
	return renamed_set(&r->forms, s, form);
}

static sym_t into(struct renaming *r, sym_t s, bool closed)
{
	r->closed = closed;
	return sym_map(r->eng, s, rename_in, r);
}

bool stays_outside(struct renaming *r, const struct item *item)
{
	enum item_callee callee = item_form(item)->callee;

	if (callee == CALLEE_ALWAYS)
		return false;
	if (!r->judged)
		return true;
	return callee == CALLEE_NAMED && !into(r, subject_of(item), true);
}

static void rename_item(struct renaming *r, struct work *entry,
			const struct item *item)
{
	sym_t a = into(r, item->a, false), b = into(r, item->b, false);
	sym_t c = into(r, item->c, false), d = into(r, item->d, false), e = into(r, item->e, false);
	struct item *in = prop_add(entry, (enum item_kind)item->kind, item->flags, a);

	in->b = b;
	in->c = c;
	in->d = d;
	in->e = e;
	in->site = item->site;
	step_inherit(entry, step_of(r->from->trail, step_that_made(item), subject_of(item)),
		     subject_of(in));
}

static void rename_prop(struct renaming *r, struct work *entry)
{
	const struct prop *from = &r->from->prop;

	prop_copy(&entry->prop, from);
	entry->prop.n = 0;
	/* what is not judged need not know of unseen callers */
	if (!r->judged) {
		entry->prop.quiet = entry->prop.top = entry->prop.outside = 0;
		entry->prop.ptl = entry->prop.region = entry->prop.atomic = ABSENT;
	}
	for (int i = 0; i < from->n; i++)
		if (item_form(&from->items[i])->callee != CALLEE_NAMED && !stays_outside(r, &from->items[i]))
			rename_item(r, entry, &from->items[i]);
}

/* is an item about @s, or what lies in it? */
static bool is_in_items(const struct work *w, sym_t s)
{
	for (int i = 0; i < w->prop.n; i++) {
		const struct item *x = &w->prop.items[i];

		if (sym_base(w->eng, x->a) == s || sym_base(w->eng, x->b) == s ||
		    sym_base(w->eng, x->c) == s || sym_base(w->eng, x->d) == s)
			return true;
	}
	return false;
}

/* an object in which a cell that is not there was never stored to */
static bool is_new(const struct engine *eng, sym_t object)
{
	return sym(eng, object)->kind == SYM_LOCAL || sym(eng, object)->flags & SYM_UNTOUCHED;
}

/*
 * An unknown value that only the cell at @addr has needs no cell: the callee reads it as what the cell held at
 * entry, as if the caller had not touched it. So calls look alike whatever was stored before them.
 */
static bool goes_in_as_content(const struct renaming *r, sym_t addr, sym_t value)
{
	enum sym_kind kind = (enum sym_kind)sym(r->eng, value)->kind;
	sym_t object = sym_base(r->eng, addr);
	int64_t zero;

	return (kind == SYM_BORN || kind == SYM_OLD) && !is_input(r, value) && !held_as(r, value) &&
	       !input_flags(r, value) && !is_in_items(r->from, value) && !is_new(r->eng, object) &&
	       !sym_const_value(r->eng, work_get(r->from, bind_key(SPACE_TAG, object)), &zero);
}

static void hold(struct renaming *r, sym_t value, sym_t content)
{
	struct held_value *held = vec_push(r->eng->arena, &r->held);

	held->value = value;
	held->content = content;
}

/* a lock that is given back is known by what holds it, a retry by the sequence in the range */
static bool is_looked_for(struct work *w, sym_t value)
{
	return prop_find(&w->prop, ITEM_LOCK, value) || prop_find(&w->prop, ITEM_READ, value);
}

/* the cells that the callee can reach; what they hold may reach further */
static void rename_cells(struct renaming *r, struct work *entry)
{
	int before;

	do {
		before = r->inputs.n + r->held.n;
		for (int i = 0; i < r->from->n; i++) {
			struct bind b = r->from->binds[i];
			sym_t addr, content;	/* NONE: it would be too large */

			if (bind_space(b.key) != SPACE_CELL)
				continue;
			addr = into(r, bind_id(b.key), true);
			if (!addr)
				continue;
			content = sym_content(r->eng, addr, SYM_NONE);
			if (r->arguments_only && !is_looked_for(r->from, b.val))
				r->less = true;
			else if (content && goes_in_as_content(r, bind_id(b.key), b.val))
				hold(r, b.val, content);
			else if (!content || content != held_as(r, b.val))
				work_write(entry, addr, into(r, b.val, false));
		}
	} while (r->inputs.n + r->held.n != before);
}

/* what the callee can name, by its arguments or by what it reads from the cells */
static void rename_named(struct renaming *r, struct work *entry)
{
	const struct prop *from = &r->from->prop;

	for (int i = 0; i < from->n; i++)
		if (item_form(&from->items[i])->callee == CALLEE_NAMED && !stays_outside(r, &from->items[i]))
			rename_item(r, entry, &from->items[i]);
}

/*
 * Does each context of the callee so far know @fact that is, as @entry, in a region or in none? Then it
 * goes in with the arguments, too: there is no end of what a loop may add, but what stays the same makes
 * no new context.
 */
static bool is_agreed(const struct renaming *r, const struct work *entry, struct bind fact)
{
	const struct run *run = r->callee->run;
	bool inside = prop_region_open(&entry->prop);
	struct work there;

	for (int i = 0; run && i < run->contexts.n; i++) {
		const struct context_run *ctx = run->contexts.v[i];

		if (!ctx->judged || !prop_region_open(ctx->prop) == inside)
			continue;
		work_view(&there, r->eng, ctx->exec, NULL);
		if (work_get(&there, fact.key) != fact.val)
			return false;
	}
	return true;
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
		s = into(r, bind_id(b.key), true);
		if (!s || (space == SPACE_FACT && sym(r->eng, s)->kind == SYM_CONST))
			continue;
		/* "all zero" means nothing without the cells that are not */
		b.key = bind_key(space, s);
		if (r->arguments_only &&
		    (space == SPACE_TAG || (sym(r->eng, s)->kind != SYM_INPUT && !is_agreed(r, entry, b)))) {
			r->less = true;
			continue;
		}
		/* of contents only "all zero" means the same inside */
		if (space == SPACE_FACT || sym_const_value(r->eng, b.val, &zero))
			work_set(entry, b.key, b.val);
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
		return !r->judged;
	default:
		return true;
	}
}

/*
 * So that an argument that is made of a callback's answer, "may_block != 0", or bounds, or is the object with
 * its notifier, goes in as that
 */
static void name_answers(struct renaming *r)
{
	const struct prop *prop = &r->from->prop;

	for (int i = 0; i < prop->n; i++)
		if (r->judged && (prop->items[i].kind == ITEM_CALLBACK ||
				  prop->items[i].kind == ITEM_BOUNDS ||
				  prop->items[i].kind == ITEM_IDLE)) {
			into(r, prop->items[i].a, false);
			into(r, prop->items[i].b, false);
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
	name_answers(r);
	for (int i = 0; i < n; i++)
		work_set(entry, bind_key(SPACE_ENV, (uint32_t)i + 1),
			 into(r, work_value(r->from, f->at->args[i]), false));
}

struct work *entry_state(struct renaming *r, const struct frame *f)
{
	struct work *entry = work_new(r->eng);

	entry->n = 0;
	entry->sites = 0;
	entry->trail = NULL;
	memset(&entry->leaving, 0, sizeof(entry->leaving));
	memset(&entry->prop, 0, sizeof(entry->prop));
	entry->lost = r->from->lost;
	rename_arguments(r, f, entry);
	if (r->callee->neutral)
		return entry;
	rename_prop(r, entry);
	rename_cells(r, entry);
	rename_named(r, entry);
	if (r->judged)
		rename_knowledge(r, entry);
	if (r->judged && r->less)
		entry->lost |= LOST_ENTRY;
	return entry;
}
