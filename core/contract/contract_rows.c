// SPDX-License-Identifier: GPL-2.0-only
/*
 * contract_rows.c - four columns -> a row of the contract, one function a section.
 *
 * Judges a row by itself only; that two rows fit together is contract_read.c's
 * business.
 */
#include <errno.h>
#include <string.h>

#include "contract_read.h"

/* ------------------------------------------------------------------ */
/* rows                                                                */

int read_function(struct reader *r, struct cursor *col)
{
	struct row row;

	memset(&row, 0, sizeof(row));
	row.file = r->file;
	row.line = r->line;
	if (read_name(&col[0], &row.name, &row.nargs) ||
	    cursor_end(&col[0], "the function") ||
	    read_effects(&col[1], &row) ||
	    read_kernels(&col[2], &row.kernels))
		return -EINVAL;
	row.reason = cursor_text(&col[3]);
	row.differs = !strncmp(row.reason, "differs: ", 9);
	*vec_push(r->arena, &r->into->rows) = row;
	return 0;
}

/* TYPE.MEMBER; the member may be the number of an argument */
static int read_place(struct cursor *c, const char **type, const char **member)
{
	int n;

	*type = cursor_name(c);
	*member = NULL;
	if (*type && cursor_char(c, '.')) {
		*member = cursor_name(c);
		n = *member ? -1 : cursor_number(c);
		if (n >= 0)
			*member = arena_intern(c->r->arena,
					       arena_printf(c->r->arena, "%d", n));
	}
	if (*member)
		return 0;
	return reader_fail(c->r, c->p, "no member, write TYPE.MEMBER or FUNCTION.ARGUMENT");
}

static int read_presence(struct cursor *c, enum presence *p, const char *absent,
			 const char *present)
{
	if (!cursor_char(c, '='))
		return reader_fail(c->r, c->p, "'=' is missing, write =%s, =%s or =unknown",
				   absent, present);
	if (cursor_word(c, absent))
		*p = ABSENT;
	else if (cursor_word(c, present))
		*p = PRESENT;
	else if (cursor_word(c, "unknown"))
		*p = UNKNOWN;
	else
		return reader_fail(c->r, c->p, "'%.*s' is not known here, write %s, %s or unknown",
				   cursor_rest(c), c->p, absent, present);
	return 0;
}

/* "OBJ", or "FUNC(N)": the result of a function of the callback's argument N */
static int read_ask(struct cursor *c, struct callback *cb)
{
	struct ask *ask;

	if (!cursor_word(c, "if"))
		return reader_fail(c->r, c->p, "'if' is missing, write blocks if OBJ or FUNC(N)");
	if (cb->nasks == ASKS_MAX)
		return reader_fail(c->r, c->p, "more than %d ways to ask, remove one", ASKS_MAX);
	ask = &cb->asks[cb->nasks++];
	cursor_skip(c);
	ask->func = cursor_name(c);
	if (ask->func && !cursor_char(c, '('))
		return reader_fail(c->r, c->p, "'(' is missing, write FUNC(N)");
	if (read_object(c, cb->nargs, &ask->object))
		return -EINVAL;
	if (ask->func && !cursor_char(c, ')'))
		return reader_fail(c->r, c->p, "')' is missing, write FUNC(N)");
	return 0;
}

static int read_failure(struct cursor *c, struct callback *cb)
{
	bool negated;

	if (!cursor_word(c, "if"))
		return reader_fail(c->r, c->p, "'if' is missing, write fails if ret or fails if !ret");
	cursor_skip(c);
	negated = cursor_char(c, '!');
	if (!cursor_word(c, "ret"))
		return reader_fail(c->r, c->p, "no result, write fails if ret or fails if !ret");
	cb->fails = negated ? FAILS_IF_NOT_RET : FAILS_IF_RET;
	return 0;
}

/* "N": one of its parameters */
static int read_parameter(struct cursor *c, const struct callback *cb, int *parameter)
{
	const char *from;

	cursor_skip(c);
	from = c->p;
	*parameter = cursor_number(c);
	if (*parameter < 1 || (cb->nargs >= 0 && *parameter > cb->nargs))
		return reader_fail(c->r, from, "no parameter of the callback, count them from 1");
	return 0;
}

static int read_owner(struct cursor *c, struct callback *cb)
{
	struct object *owner = &cb->owners[cb->nowners];
	const char *from;

	if (cb->nowners == OWNERS_MAX)
		return reader_fail(c->r, c->p, "more than %d owners, remove one", OWNERS_MAX);
	cursor_skip(c);
	from = c->p;
	if (read_object(c, cb->nargs, owner))
		return -EINVAL;
	if (owner->kind != OBJECT_CELL || !owner->type)
		return reader_fail(c->r, from, "no member, write owner 2:tag.member");
	cb->nowners++;
	return 0;
}

/* a bound of its range: a parameter, or a member of what one points to */
static int read_bound(struct cursor *c, const struct callback *cb, struct object *bound)
{
	const char *from;

	cursor_skip(c);
	from = c->p;
	if (read_object(c, cb->nargs, bound))
		return -EINVAL;
	if (bound->kind != OBJECT_ARG && (bound->kind != OBJECT_CELL || !bound->type))
		return reader_fail(c->r, from, "no bound, write 2 or 2:tag.member");
	return 0;
}

/* "", or "if 2:tag.member" */
static int read_event(struct cursor *c, struct callback *cb)
{
	const char *from;

	cb->reclaims = true;
	if (!cursor_word(c, "if"))
		return 0;
	cursor_skip(c);
	from = c->p;
	if (read_object(c, cb->nargs, &cb->event))
		return -EINVAL;
	if (cb->event.kind != OBJECT_CELL || !cb->event.type)
		return reader_fail(c->r, from, "no member, write reclaims if 2:tag.member");
	return 0;
}

static int read_counting(struct cursor *c, struct callback *cb)
{
	const char *from;

	cb->counts = cursor_word(c, "up") ? COUNTS_UP : cursor_word(c, "down") ? COUNTS_DOWN : COUNTS_NOT;
	if (!cb->counts)
		return reader_fail(c->r, c->p, "no direction, write counts up OBJ or counts down OBJ");
	cursor_skip(c);
	from = c->p;
	if (read_object(c, cb->nargs, &cb->counted))
		return -EINVAL;
	if (cb->counted.kind != OBJECT_OWNER)
		return reader_fail(c->r, from, "no structure of a member, write counts up ^1:tag.member");
	return 0;
}

/* a word that stands for itself: what it sets, or NULL */
static bool *read_flag(struct cursor *c, struct callback *cb)
{
	const struct { const char *word; bool *flag; } flags[] = {
		{ "second", &cb->second }, { "whole", &cb->whole }, { "awaited", &cb->awaited },
		{ "invalidates", &cb->invalidates }, { "retired", &cb->retired }, { "unloads", &cb->unloads },
		{ "alone", &cb->alone },
	};

	for (size_t i = 0; i < sizeof(flags) / sizeof(*flags); i++)
		if (cursor_word(c, flags[i].word))
			return flags[i].flag;
	return NULL;
}

static int read_callback_word(struct cursor *c, struct callback *cb)
{
	bool *flag = read_flag(c, cb);

	if (flag) {
		*flag = true;
		return 0;
	}
	if (cursor_word(c, "ptl"))
		return read_presence(c, &cb->ptl, "none", "held");
	if (cursor_word(c, "region"))
		return read_presence(c, &cb->region, "none", "open");
	if (cursor_word(c, "atomic"))
		return read_presence(c, &cb->atomic, "no", "yes");
	if (cursor_word(c, "leaves") && cursor_word(c, "region")) {
		cb->may_leave_region = true;
		return 0;
	}
	if (cursor_word(c, "ends") && cursor_word(c, "region")) {
		cb->ends_region = true;
		return 0;
	}
	if (cursor_word(c, "not") && cursor_word(c, "handed")) {
		cb->not_handed = true;
		return 0;
	}
	if (cursor_word(c, "blocks"))
		return read_ask(c, cb);
	if (cursor_word(c, "fails"))
		return read_failure(c, cb);
	if (cursor_word(c, "sequence"))
		return read_parameter(c, cb, &cb->sequence);
	if (cursor_word(c, "hands"))
		return read_parameter(c, cb, &cb->hands);
	if (cursor_word(c, "owner"))
		return read_owner(c, cb);
	if (cursor_word(c, "start"))
		return read_bound(c, cb, &cb->start);
	if (cursor_word(c, "end"))
		return read_bound(c, cb, &cb->end);
	if (cursor_word(c, "counts"))
		return read_counting(c, cb);
	if (cursor_word(c, "reclaims"))
		return read_event(c, cb);
	return reader_fail(c->r, c->p, "no context, write ptl=, region=, atomic=, blocks if, "
			   "fails if, leaves region, ends region, not handed, sequence, hands, second, owner, start, end, "
			   "whole, awaited, counts, reclaims, invalidates, retired, unloads or alone");
}

int read_callback(struct reader *r, struct cursor *col)
{
	struct callback cb;

	memset(&cb, 0, sizeof(cb));
	cb.file = r->file;
	cb.line = r->line;
	if (read_place(&col[0], &cb.type, &cb.member) ||
	    read_nargs(&col[0], &cb.nargs) || cursor_end(&col[0], "the member"))
		return -EINVAL;
	do {
		if (read_callback_word(&col[1], &cb))
			return -EINVAL;
		cursor_skip(&col[1]);
	} while (cursor_char(&col[1], ','));
	if (cursor_end(&col[1], "the context") || read_kernels(&col[2], &cb.kernels))
		return -EINVAL;
	cb.reason = cursor_text(&col[3]);
	*vec_push(r->arena, &r->into->callbacks) = cb;
	return 0;
}

/* "OBJ", or "OBJ in TYPE.MEMBER" */
static int read_handed(struct cursor *c, struct walk_row *walk)
{
	struct handed *handed = &walk->handed[walk->nhanded];
	const char *from;

	if (walk->nhanded++ == HANDED_MAX)
		return reader_fail(c->r, c->p, "more than %d things handed on, remove one", HANDED_MAX);
	cursor_skip(c);
	from = c->p;
	if (read_object(c, walk->nargs, &handed->value))
		return -EINVAL;
	if (handed->value.kind != OBJECT_ARG && !(handed->value.kind == OBJECT_CELL && handed->value.type))
		return reader_fail(c->r, from, "this cannot be handed on, write 2 or 2:tag.member");
	if (!cursor_word(c, "in"))
		return 0;
	cursor_skip(c);
	return read_place(c, &handed->type, &handed->member);
}

int read_walk(struct reader *r, struct cursor *col)
{
	struct walk_row walk;

	memset(&walk, 0, sizeof(walk));
	walk.file = r->file;
	walk.line = r->line;
	if (read_name(&col[0], &walk.name, &walk.nargs) || cursor_end(&col[0], "the function"))
		return -EINVAL;
	cursor_skip(&col[1]);
	walk.arg = cursor_number(&col[1]);
	if (walk.arg < 1 || (walk.nargs >= 0 && walk.arg > walk.nargs))
		return reader_fail(r, col[1].p, "no argument of %s, write the number of the one that has "
				   "the functions, and the structure's tag", walk.name);
	cursor_skip(&col[1]);
	walk.type = cursor_name(&col[1]);
	while (cursor_skip(&col[1]), cursor_char(&col[1], ','))
		if (read_handed(&col[1], &walk))
			return -EINVAL;
	if (cursor_end(&col[1], "the structure") || read_kernels(&col[2], &walk.kernels))
		return -EINVAL;
	walk.reason = cursor_text(&col[3]);
	*vec_push(r->arena, &r->into->walks) = walk;
	return 0;
}

/* "TYPE | type": all that are of this type */
static int read_lock_type(struct reader *r, struct cursor *col, struct lockcell *lock)
{
	lock->type = cursor_name(&col[0]);
	if (!lock->type)
		return reader_fail(r, col[0].p, "no type, write the tag of a structure, or a typedef");
	if (cursor_end(&col[0], "the type") || cursor_end(&col[1], "the kind") ||
	    cursor_empty(&col[2]) || cursor_empty(&col[3]))
		return -EINVAL;
	*vec_push(r->arena, &r->into->locks) = *lock;
	return 0;
}

/* the words that stand alone */
static bool read_cell_kind(struct cursor *c, struct lockcell *lock)
{
	lock->mmap = cursor_word(c, "mmap");
	lock->bound = cursor_word(c, "bound");
	lock->count = cursor_word(c, "count");
	lock->sequence = cursor_word(c, "sequence");
	return lock->mmap || lock->bound || lock->count || lock->sequence;
}

static int read_lock_kind(struct cursor *c, struct lockcell *lock)
{
	lock->pointer = cursor_word(c, "pointer");
	if (lock->pointer && !cursor_word(c, "to"))
		return reader_fail(c->r, c->p, "'to' is missing, write pointer to ptl");
	if ((!lock->pointer && read_cell_kind(c, lock)) || cursor_word(c, "ptl"))
		return 0;
	return reader_fail(c->r, c->p, "no kind of lock, write ptl, pointer to ptl, mmap, type, bound, count or sequence");
}

int read_lock(struct reader *r, struct cursor *col)
{
	struct lockcell lock;

	memset(&lock, 0, sizeof(lock));
	lock.file = r->file;
	lock.line = r->line;
	if (cursor_word(&col[1], "type"))
		return read_lock_type(r, col, &lock);
	if (read_place(&col[0], &lock.type, &lock.member) ||
	    cursor_end(&col[0], "the member"))
		return -EINVAL;
	if (read_lock_kind(&col[1], &lock))
		return -EINVAL;
	if (cursor_end(&col[1], "the kind") || cursor_empty(&col[2]) || cursor_empty(&col[3]))
		return -EINVAL;
	*vec_push(r->arena, &r->into->locks) = lock;
	return 0;
}

/* "a, b, c": the messages of @rule */
static const char *messages_of(struct mn_arena *arena, enum mn_rule rule)
{
	const char *text = NULL;

	for (int i = MESSAGE_ANY + 1; i < MESSAGE_COUNT; i++)
		if (message_rule((enum message)i) == rule)
			text = text ? arena_printf(arena, "%s, %s", text,
						   message_id((enum message)i)) :
				      message_id((enum message)i);
	return text;
}

/* RULE, or RULE:MESSAGE */
static int read_excused(struct cursor *c, struct excuse *excuse)
{
	const char *from, *word;

	cursor_skip(c);
	from = c->p;
	word = cursor_until(c, ':');
	excuse->rule = mn_rule_find(word);
	if (excuse->rule == MN_RULE_COUNT)
		return reader_fail(c->r, from, "unknown rule '%s', the names are in rules.def",
				   word);
	if (!cursor_char(c, ':'))
		return 0;
	from = c->p;
	word = cursor_text(c);
	excuse->message = message_find(word);
	if (excuse->message == MESSAGE_ANY || message_rule(excuse->message) != excuse->rule)
		return reader_fail(c->r, from, "%s has no message '%s', write one of %s",
				   mn_rule_name(excuse->rule), word,
				   messages_of(c->r->arena, excuse->rule));
	return 0;
}

int read_excuse(struct reader *r, struct cursor *col)
{
	struct excuse excuse;

	memset(&excuse, 0, sizeof(excuse));
	excuse.file = r->file;
	excuse.line = r->line;
	excuse.func = cursor_name(&col[0]);
	if (!excuse.func)
		return reader_fail(r, col[0].p, "no function, write its name");
	if (read_excused(&col[1], &excuse))
		return -EINVAL;
	if (cursor_end(&col[0], "the function") || read_kernels(&col[2], &excuse.kernels))
		return -EINVAL;
	if (cursor_at_end(&col[3]))
		return reader_fail(r, col[3].p, "this excuse has no reason, quote the kernel's own words");
	excuse.reason = cursor_text(&col[3]);
	*vec_push(r->arena, &r->into->excuses) = excuse;
	return 0;
}

static int read_era_test(struct cursor *c, struct era_test *test)
{
	cursor_skip(c);
	test->absent = cursor_char(c, '!');
	return read_name(c, &test->name, &test->nargs);
}

int read_era(struct reader *r, struct cursor *col)
{
	MN_VEC(struct era_test) tests = { NULL, 0, 0 };
	struct era era;

	memset(&era, 0, sizeof(era));
	era.file = r->file;
	era.line = r->line;
	era.name = cursor_name(&col[0]);
	if (!era.name)
		return reader_fail(r, col[0].p, "no era, write its name");
	do {
		if (read_era_test(&col[1], vec_push(r->arena, &tests)))
			return -EINVAL;
		cursor_skip(&col[1]);
	} while (cursor_char(&col[1], ','));
	era.tests = tests.v;
	era.ntests = tests.n;
	if (cursor_end(&col[0], "the era") || cursor_end(&col[1], "the test") ||
	    read_kernels(&col[2], &era.kernels) || cursor_empty(&col[3]))
		return -EINVAL;
	*vec_push(r->arena, &r->into->eras) = era;
	return 0;
}
