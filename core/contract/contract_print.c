// SPDX-License-Identifier: GPL-2.0-only
/*
 * contract_print.c - an effect in the words of the contract, as contract_effects.c reads it.
 */
#include <stdarg.h>

#include "contract_read.h"

struct printer {
	char *to;
	size_t room;
};

__attribute__((format(printf, 2, 3)))
static void put(struct printer *p, const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsnprintf(p->to, p->room, fmt, args);
	va_end(args);
	if ((size_t)n >= p->room)
		n = (int)p->room - 1;
	p->to += n;
	p->room -= (size_t)n;
}

static void put_object(struct printer *p, const struct object *o)
{
	static const char *const signs[] = { "", "", "", "*", "&", "^" };

	if (o->kind == OBJECT_RET)
		put(p, "ret");
	else if (o->type)
		put(p, "%s%d:%s.%s", o->kind == OBJECT_CELL ? "" : signs[o->kind], o->arg, o->type, o->member);
	else
		put(p, "%s%d", signs[o->kind], o->arg);
}

static void put_named(struct printer *p, const char *name, const struct object *o)
{
	if (!o->kind)
		return;
	put(p, " %s=", name);
	put_object(p, o);
}

/* enum entry_word */
static const char *const entry_words[] = {
	"", "clear", "less", "set", "present", "absent", "new", "more",
};

static void put_change(struct printer *p, const struct effect *e)
{
	put(p, " %s%s%s", level_words[e->level], e->entry ? " " : "", entry_words[e->entry]);
	if (e->object.kind) {
		put(p, " ");
		put_object(p, &e->object);
	}
	if (e->value.kind) {
		put(p, "=");
		put_object(p, &e->value);
	}
	put_named(p, "mm", &e->mm);
	put_named(p, "at", &e->start);
}

static void put_taken(struct printer *p, const struct effect *e, char takes)
{
	switch (takes) {
	case 'q':
	case 'v':
		put(p, " %s", entry_words[e->entry]);
		if (!e->object.kind)
			break;
		/* fall through */
	case 'o':
	case 'p':
		put(p, " ");
		put_object(p, &e->object);
		if (takes == 'p') {
			put(p, "=");
			put_object(p, &e->value);
		}
		break;
	case 'r':
		put_named(p, "range", &e->object);
		put_named(p, "mm", &e->mm);
		put_named(p, "start", &e->start);
		put_named(p, "end", &e->end);
		break;
	case 'c':
		put(p, " %s", context_words[e->context]);
		break;
	case 'l':
		put_change(p, e);
		break;
	}
}

static void put_cond(struct printer *p, const struct cond *c, const char *before)
{
	switch (c->kind) {
	case COND_ALWAYS:
		break;
	case COND_RET_TRUE:
	case COND_RET_FALSE:
		put(p, " %s %sret", before, c->kind == COND_RET_FALSE ? "!" : "");
		break;
	case COND_RET_IS:
		put(p, " %s ret=%lld", before, (long long)c->value);
		break;
	case COND_ARG_TRUE:
	case COND_ARG_FALSE:
		put(p, " %s %s%d", before, c->kind == COND_ARG_FALSE ? "!" : "", c->arg);
		break;
	case COND_ARG_HAS:
		put(p, " %s %d&0x%llx", before, c->arg, (unsigned long long)c->value);
		break;
	}
}

const char *effect_text(const struct effect *e, char *buf, size_t size)
{
	static const struct {
		const char *word;
		char takes;
	} forms[] = {
#define MN_EFFECT(kind, word, takes, ...) { word, (takes)[0] },
#include "effects.def"
#undef MN_EFFECT
	};
	struct printer p = { buf, size };

	put(&p, "%s", forms[e->kind].word);
	put_taken(&p, e, forms[e->kind].takes);
	if (e->as)
		put(&p, " as %s", e->as);
	put(&p, "%s%s%s%s", e->ptl ? " as ptl" : "", e->nonblock ? " nonblock" : "", e->only ? " only" : "",
	    e->round ? " round" : "");
	put_cond(&p, &e->cond[0], "if");
	put_cond(&p, &e->cond[1], "and");
	return buf;
}
