// SPDX-License-Identifier: GPL-2.0-only
/*
 * pseudo.c - a program as C for people; each statement with the number that --drop takes.
 */
#include <string.h>

#include "oracle.h"

static const char *const vars[VARS] = { "c", "d", "mode", "f", "g", "t", "err" };
static const char *const locks[LOCKS] = { "ptl", "&lock_a", "&lock_b", "lock" };
static const char *const contexts[CONTEXTS] = { "rcu", "preempt", "bh" };
static const char *const changes[CHANGES] = {
	"ptep_get_and_clear(pte)", "ptep_clear_flush(pte)", "ptep_set_wrprotect(pte)",
	"pmdp_huge_clear_flush(pmd)", "set_pte_at(pte, unknown)",
};
static const char *const names[KINDS] = {
	[DO_LOCK] = "spin_lock", [DO_UNLOCK] = "spin_unlock", [DO_TRYLOCK] = "spin_trylock",
	[DO_ENTER] = "enter", [DO_LEAVE] = "leave", [DO_INIT] = "range_init",
	[DO_START] = "range_start", [DO_NONBLOCK] = "range_start_nonblock",
	[DO_END] = "range_end", [DO_ONLY_END] = "range_only_end",
	[DO_MUTEX_LOCK] = "mutex_lock", [DO_MUTEX_UNLOCK] = "mutex_unlock",
	[DO_MUTEX_TRYLOCK] = "mutex_trylock", [DO_MMAP_LOCK] = "mmap_read_lock",
	[DO_MMAP_UNLOCK] = "mmap_read_unlock", [DO_SLEEP] = "msleep",
	[DO_FOREIGN] = "driver_touch", [DO_UNKNOWN] = "anything",
	[DO_ASK] = "range_blockable", [DO_BREAK] = "break", [DO_CONTINUE] = "continue",
	[DO_OUT] = "goto out", [DO_AGAIN] = "goto again",
};

static void put_slot(const struct program *p, int slot, FILE *to)
{
	static const char *const structures[] = { "&range", "&other", "range" };
	static const char *const bounds[] = { "mm, start, end", "mm, start2, end2" };

	fputs(p->kernel.values ? bounds[slot == SLOT_1] : structures[slot], to);
}

static void put_cond(const struct cond *c, FILE *to)
{
	static const char *const ops[] = { "", "==", "!=", "<" };

	if (c->compare == IS_TRUE)
		fprintf(to, "%s%s", c->negated ? "!" : "", vars[c->var]);
	else
		fprintf(to, "%s%s %s %d%s", c->negated ? "!(" : "", vars[c->var],
			ops[c->compare], c->value, c->negated ? ")" : "");
}

static void put_args(const struct program *p, const struct call *c, FILE *to)
{
	uint32_t has = p->funcs[c->func].params;
	const char *comma = "";

	fputc('(', to);
	for (int i = 0; i < VARS_PARAM; i++) {
		if (!(has >> i & 1))
			continue;
		if (c->vars[i] == VAR_NONE)
			fprintf(to, "%s%s=%d", comma, vars[i], c->values[i]);
		else
			fprintf(to, "%s%s=%s", comma, vars[i], vars[c->vars[i]]);
		comma = ", ";
	}
	if (has >> PARAM_RANGE & 1) {
		fprintf(to, "%srange=", comma);
		put_slot(p, c->slot[SLOT_PARAM], to);
		comma = ", ";
	}
	if (has >> PARAM_LOCK & 1)
		fprintf(to, "%slock=%s", comma, locks[c->lock]);
	if (p->kernel.values && c->slot[SLOT_0] == SLOT_1)
		fputs(" /* start and start2 swapped */", to);
	fputc(')', to);
}

static void put_value(const struct stmt *s, FILE *to)
{
	if (s->b == VAR_NONE)
		fprintf(to, "%d", s->value);
	else
		fputs(vars[s->b], to);
}

static void put_simple(const struct program *p, const struct stmt *s, FILE *to)
{
	const char *name = names[s->kind];

	if (s->kind == DO_LOCK || s->kind == DO_UNLOCK || s->kind == DO_TRYLOCK)
		fprintf(to, "%s(%s)", name, locks[s->a]);
	else if (s->kind == DO_ENTER || s->kind == DO_LEAVE)
		fprintf(to, "%s_%s()", name, contexts[s->a]);
	else if (s->kind >= DO_MUTEX_LOCK && s->kind <= DO_MUTEX_TRYLOCK)
		fprintf(to, "%s(&mutex_%c)", name, "ab"[s->a]);
	else if (s->kind == DO_NOTIFY)
		fprintf(to, "invalidate_range(%s, %s)", s->a ? "mm2" : "mm",
			s->b == 1 ? "start2, end2" : "start, end");
	else if (s->kind == DO_CHANGE)
		fputs(changes[s->a], to);
	else if ((s->kind >= DO_INIT && s->kind <= DO_ONLY_END) || s->kind == DO_FOREIGN) {
		fprintf(to, "%s(", name);
		put_slot(p, s->a, to);
		fputc(')', to);
	} else if (s->kind >= DO_BREAK && s->kind <= DO_AGAIN) {
		fputs(name, to);
	} else {
		fprintf(to, "%s()", name);
	}
}

static void put_stmt(const struct program *p, const struct stmt *s, FILE *to)
{
	bool results = s->kind == DO_TRYLOCK || s->kind == DO_NONBLOCK ||
		       s->kind == DO_MUTEX_TRYLOCK;

	if (results && s->b != VAR_NONE)
		fprintf(to, "%s = ", vars[s->b]);
	if (s->kind == DO_SET || s->kind == DO_UNKNOWN || s->kind == DO_ASK ||
	    (s->kind == DO_CALL && s->a != VAR_NONE))
		fprintf(to, "%s = ", vars[s->a]);
	if (s->kind == DO_SET) {
		put_value(s, to);
	} else if (s->kind == DO_RETURN) {
		fputs("return ", to);
		put_value(s, to);
	} else if (s->kind == DO_CALL) {
		fputs(p->funcs[s->call.func].name, to);
		put_args(p, &s->call, to);
	} else {
		put_simple(p, s, to);
	}
}

static void put_list(const struct program *p, const struct stmt *s, int depth, FILE *to)
{
	for (; s; s = s->next) {
		fprintf(to, "/* %3d */", s->id);
		for (int i = 0; i < depth; i++)
			fputc('\t', to);
		if (s->kind == DO_IF || s->kind == DO_LOOP) {
			fputs(s->kind == DO_IF ? "if (" : "while (t = anything(), ", to);
			put_cond(&s->cond, to);
			fputs(") {\n", to);
			put_list(p, s->body, depth + 1, to);
			if (s->other) {
				fprintf(to, "%*s%.*s} else {\n", 9, "", depth, "\t\t\t\t\t\t\t\t");
				put_list(p, s->other, depth + 1, to);
			}
			fprintf(to, "%*s%.*s}\n", 9, "", depth, "\t\t\t\t\t\t\t\t");
			continue;
		}
		if (!s->next && s->kind == DO_RETURN && depth == 1)
			fputs("out: ", to);
		put_stmt(p, s, to);
		fputs(";\n", to);
	}
}

static const char *role_name(enum role role)
{
	static const char *const of[] = {
		"", "	/* called in atomic context */",
		"	/* invalidate_range_start() */", "	/* interval notifier */",
	};

	return of[role];
}

void program_print(const struct program *p, FILE *to)
{
	fprintf(to, "/* kernel %d.%d, seed %llu, program %d */\n", p->kernel.major,
		p->kernel.minor, (unsigned long long)p->seed, p->index);
	for (int i = 0; i < p->nfuncs; i++) {
		const struct func *f = &p->funcs[i];

		if (!f->called)
			continue;
		fprintf(to, "%s%s %s()%s\n{\n", i == p->nfuncs - 1 ? "" : "static ",
			f->returns ? "int" : "void", f->name, role_name(f->role));
		put_list(p, f->body, 1, to);
		fputs("}\n", to);
	}
}
