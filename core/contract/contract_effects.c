// SPDX-License-Identifier: GPL-2.0-only
/*
 * contract_effects.c - the column EFFECTS of a contract's [functions].
 *
 * The words and what they take come from effects.def; what an effect means is
 * effects.c's business.
 */
#include <errno.h>
#include <string.h>

#include "contract_read.h"

/* ------------------------------------------------------------------ */
/* objects                                                             */

static int read_arg(struct cursor *c, int nargs, int *arg)
{
	const char *from = c->p;
	int rest = cursor_rest(c);

	*arg = cursor_number(c);
	if (*arg < 1)
		return reader_fail(c->r, from, "'%.*s' is not an argument, count them from 1",
				   rest, from);
	if (nargs >= 0 && *arg > nargs)
		return reader_fail(c->r, from, "argument %d of a function that has %d, "
				   "name another or change ARGS", *arg, nargs);
	return 0;
}

/* ":tag.member" */
static int read_member(struct cursor *c, struct object *o)
{
	const char *from = c->p;

	o->type = cursor_name(c);
	if (o->type && cursor_char(c, '.'))
		o->member = cursor_name(c);
	if (o->member)
		return 0;
	o->type = NULL;
	return reader_fail(c->r, from, "no member after ':', write it as 2:tag.member");
}

int read_object(struct cursor *c, int nargs, struct object *o)
{
	const char *from;
	char sign = 0;

	cursor_skip(c);
	from = c->p;
	if (cursor_word(c, "ret")) {
		o->kind = OBJECT_RET;
		return 0;
	}
	if (c->p < c->end && strchr("*&^", *c->p))
		sign = *c->p++;
	if (c->p == c->end || !char_digit(*c->p))
		return reader_fail(c->r, from, "no object, write ret, 2, *2, 2:tag.member, "
				   "&2:tag.member or ^2:tag.member");
	if (read_arg(c, nargs, &o->arg))
		return -EINVAL;
	o->kind = sign == '*' ? OBJECT_CELL : sign == '&' ? OBJECT_PART :
		  sign == '^' ? OBJECT_OWNER : OBJECT_ARG;
	if (!cursor_char(c, ':')) {
		if (sign == '&' || sign == '^')
			return reader_fail(c->r, c->p, "no member after '%c%d', write %c%d:tag.member",
					   sign, o->arg, sign, o->arg);
		return 0;
	}
	if (sign == '*')
		return reader_fail(c->r, from, "'*%d:' has one star too many, write %d:tag.member",
				   o->arg, o->arg);
	if (!sign)
		o->kind = OBJECT_CELL;
	return read_member(c, o);
}

static struct object *range_part(struct effect *e, struct cursor *c)
{
	if (cursor_word(c, "range"))
		return &e->object;
	if (cursor_word(c, "mm"))
		return &e->mm;
	if (cursor_word(c, "start"))
		return &e->start;
	if (cursor_word(c, "end"))
		return &e->end;
	return NULL;
}

static int read_range(struct cursor *c, int nargs, struct effect *e)
{
	struct object *o;
	const char *from;
	int n;

	for (n = 0; ; n++) {
		cursor_skip(c);
		from = c->p;
		o = range_part(e, c);
		if (!o)
			break;
		if (o->kind != OBJECT_NONE)
			return reader_fail(c->r, from, "this part of the range is given twice, remove one");
		if (!cursor_char(c, '='))
			return reader_fail(c->r, c->p, "'=' is missing, write range=OBJ, mm=OBJ, "
					   "start=OBJ or end=OBJ");
		if (read_object(c, nargs, o))
			return -EINVAL;
	}
	if (n)
		return 0;
	return reader_fail(c->r, c->p, "no range, write range=OBJ, mm=OBJ, start=OBJ or end=OBJ");
}

/* ------------------------------------------------------------------ */
/* effects                                                             */

static const struct {
	const char *word;
	enum effect_kind kind;
	char takes;
} effect_words[] = {
#define MN_EFFECT(kind, word, takes, ...) { word, EFFECT_##kind, (takes)[0] },
#include "effects.def"
#undef MN_EFFECT
};

const char *const context_words[CONTEXT_COUNT] = {
	"rcu", "preempt", "irq", "bh", "kmap",		/* enum context */
};

const char *const level_words[LEVEL_PUD + 1] = {
	"", "pte", "pmd", "pud",			/* enum level */
};

static int read_context(struct cursor *c, struct effect *e)
{
	int i = cursor_one_of(c, context_words, 0, CONTEXT_COUNT);

	if (i < 0)
		return reader_fail(c->r, c->p, "no context, write rcu, preempt, irq, bh or kmap");
	e->context = (enum context)i;
	return 0;
}

static int read_second(struct cursor *c, int nargs, struct effect *e)
{
	if (!cursor_char(c, '='))
		return reader_fail(c->r, c->p, "'=' is missing, write set OBJ=OBJ");
	return read_object(c, nargs, &e->value);
}

/* the entry that a change is of, where the call names it */
static int read_entry(struct cursor *c, int nargs, struct effect *e)
{
	if (cursor_word(c, "set")) {
		e->entry = ENTRY_SET;
		return read_object(c, nargs, &e->object) || read_second(c, nargs, e) ?
		       -EINVAL : 0;
	}
	if (cursor_word(c, "clear"))
		e->entry = ENTRY_CLEAR;
	else if (cursor_word(c, "less"))
		e->entry = ENTRY_LESS;
	cursor_skip(c);
	if (!e->entry || c->p == c->end || !char_digit(*c->p))
		return 0;
	return read_object(c, nargs, &e->object);
}

/* "mm=OBJ", "at=OBJ" */
static int read_named(struct cursor *c, int nargs, const char *name, struct object *o)
{
	if (!cursor_word(c, name))
		return 0;
	if (!cursor_char(c, '='))
		return reader_fail(c->r, c->p, "'=' is missing, write %s=OBJ", name);
	return read_object(c, nargs, o);
}

static int read_change(struct cursor *c, int nargs, struct effect *e)
{
	int i = cursor_one_of(c, level_words, 1, LEVEL_PUD + 1);

	if (i < 0)
		return reader_fail(c->r, c->p, "no level, write pte, pmd or pud");
	e->level = (enum level)i;
	if (read_entry(c, nargs, e))
		return -EINVAL;
	return read_named(c, nargs, "mm", &e->mm) ||
	       read_named(c, nargs, "at", &e->start) ? -EINVAL : 0;
}

static int read_question(struct cursor *c, int nargs, struct effect *e)
{
	if (cursor_word(c, "present"))
		e->entry = ENTRY_PRESENT;
	else if (cursor_word(c, "absent"))
		e->entry = ENTRY_ABSENT;
	else
		return reader_fail(c->r, c->p, "no question, write present OBJ or absent OBJ");
	return read_object(c, nargs, &e->object);
}

static int read_made(struct cursor *c, int nargs, struct effect *e)
{
	if (cursor_word(c, "new")) {
		e->entry = ENTRY_NEW;
		return 0;
	}
	if (cursor_word(c, "more"))
		e->entry = ENTRY_MORE;
	else if (cursor_word(c, "less"))
		e->entry = ENTRY_LESS;
	else
		return reader_fail(c->r, c->p, "unknown kind of entry, write new, more OBJ or less OBJ");
	return read_object(c, nargs, &e->object);
}

static int read_pair(struct cursor *c, int nargs, struct effect *e)
{
	if (read_object(c, nargs, &e->object))
		return -EINVAL;
	if (e->kind == EFFECT_SET && e->object.kind != OBJECT_CELL)
		return reader_fail(c->r, c->p, "only a cell can be set, write set *2=OBJ or "
				   "set 2:tag.member=OBJ");
	return read_second(c, nargs, e);
}

static int read_takes(struct cursor *c, int nargs, char takes, struct effect *e)
{
	switch (takes) {
	case 'o':
		return read_object(c, nargs, &e->object);
	case 'r':
		return read_range(c, nargs, e);
	case 'p':
		return read_pair(c, nargs, e);
	case 'c':
		return read_context(c, e);
	case 'l':
		return read_change(c, nargs, e);
	case 'q':
		return read_question(c, nargs, e);
	case 'v':
		return read_made(c, nargs, e);
	default:
		return 0;
	}
}

/* "as ptl", "shared", "as NAME", "nonblock", "only", "round": where the effect can have them */
static int read_suffix(struct cursor *c, struct effect *e)
{
	if (e->kind == EFFECT_LOCK && cursor_word(c, "as")) {
		e->ptl = cursor_word(c, "ptl");
		if (!e->ptl)
			return reader_fail(c->r, c->p, "no kind after 'as', write as ptl");
	}
	if (e->kind == EFFECT_LOCK || e->kind == EFFECT_ACQUIRE)
		e->shared = cursor_word(c, "shared");
	if (e->kind == EFFECT_PURE && cursor_word(c, "as")) {
		e->as = cursor_name(c);
		if (!e->as)
			return reader_fail(c->r, c->p, "no function after 'as', write pure as NAME");
	}
	if (e->kind == EFFECT_START)
		e->nonblock = cursor_word(c, "nonblock");
	if (e->kind == EFFECT_END)
		e->only = cursor_word(c, "only");
	if (e->kind == EFFECT_EXPIRES)
		e->round = cursor_word(c, "round");
	return 0;
}

/* the K of "ret=K": a decimal number, perhaps negative */
static int read_constant(struct cursor *c, int64_t *value)
{
	bool minus = cursor_char(c, '-');
	int n = cursor_number(c);

	if (n < 0)
		return reader_fail(c->r, c->p, "no number after 'ret=', write a decimal number");
	*value = minus ? -(int64_t)n : n;
	return 0;
}

/* the MASK of "2&0xMASK" */
static int read_mask(struct cursor *c, int64_t *mask)
{
	const char *digits = "0123456789abcdef", *at;
	const char *from;

	*mask = 0;
	if (c->end - c->p < 2 || strncmp(c->p, "0x", 2))
		return reader_fail(c->r, c->p, "no mask after '&', write it as 0x400");
	c->p += 2;
	from = c->p;
	while (c->p < c->end && (at = strchr(digits, *c->p))) {
		/* more than eight are refused below */
		if (c->p - from < 8)
			*mask = *mask * 16 + (at - digits);
		c->p++;
	}
	if (c->p == from || c->p - from > 8)
		return reader_fail(c->r, from, "no mask after '0x', write one to eight hexadecimal digits");
	return 0;
}

static int read_cond(struct cursor *c, int nargs, struct cond *cond)
{
	bool negated;

	cursor_skip(c);
	negated = cursor_char(c, '!');
	if (cursor_word(c, "ret")) {
		cond->kind = negated ? COND_RET_FALSE : COND_RET_TRUE;
		if (negated || !cursor_char(c, '='))
			return 0;
		cond->kind = COND_RET_IS;
		return read_constant(c, &cond->value);
	}
	if (!char_digit(*c->p))
		return reader_fail(c->r, c->p, "no condition, write ret, !ret, ret=K, N, !N or N&0xMASK");
	cond->kind = negated ? COND_ARG_FALSE : COND_ARG_TRUE;
	if (read_arg(c, nargs, &cond->arg))
		return -EINVAL;
	if (negated || !cursor_char(c, '&'))
		return 0;
	cond->kind = COND_ARG_HAS;
	return read_mask(c, &cond->value);
}

static int read_conds(struct cursor *c, int nargs, struct effect *e)
{
	if (!cursor_word(c, "if"))
		return 0;
	if (read_cond(c, nargs, &e->cond[0]))
		return -EINVAL;
	if (!cursor_word(c, "and"))
		return 0;
	return read_cond(c, nargs, &e->cond[1]);
}

static int read_effect(struct cursor *c, int nargs, struct effect *e)
{
	size_t i, n = sizeof(effect_words) / sizeof(effect_words[0]);

	cursor_skip(c);
	/* each compilation reads a thousand effects, and each effect is one of many */
	for (i = 0; i < n; i++)
		if (*effect_words[i].word == *c->p && cursor_word(c, effect_words[i].word))
			break;
	if (i == n)
		return reader_fail(c->r, c->p, "unknown effect '%.*s', "
				   "the words are in effects.def", cursor_rest(c), c->p);
	e->kind = effect_words[i].kind;
	if (read_takes(c, nargs, effect_words[i].takes, e) ||
	    read_suffix(c, e) || read_conds(c, nargs, e))
		return -EINVAL;
	cursor_skip(c);
	if (c->p < c->end && *c->p != ',')
		return cursor_end(c, "the effect");
	return 0;
}

int read_effects(struct cursor *c, struct row *row)
{
	struct reader *r = c->r;
	struct effect *effects;
	const char *from;
	int i;

	cursor_skip(c);
	from = c->p;
	r->effects.n = 0;
	do {
		struct effect *e;

		if (cursor_at_end(c))
			return reader_fail(r, c->p, "no effect here, write one, such as nothing");
		e = vec_push(r->arena, &r->effects);
		memset(e, 0, sizeof(*e));
		if (read_effect(c, row->nargs, e))
			return -EINVAL;
	} while (cursor_char(c, ','));
	row->neffects = r->effects.n;
	effects = arena_new_array(r->arena, struct effect, row->neffects);
	memcpy(effects, r->effects.v, sizeof(*effects) * (size_t)row->neffects);
	row->effects = effects;
	for (i = 0; i < row->neffects && effects[i].kind != EFFECT_NOTHING;)
		i++;
	if (row->neffects > 1 && i < row->neffects)
		return reader_fail(c->r, from, "'nothing' stands beside another effect, remove one of them");
	return 0;
}
