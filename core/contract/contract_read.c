// SPDX-License-Identifier: GPL-2.0-only
/*
 * contract_read.c - the text of a contract -> rows: lines and whole texts.
 *
 * The grammar is the head comment of contract/mmu_notifier.contract. A line is
 * cut into its four columns, which contract_rows.c reads. Nothing is skipped:
 * what is not understood fails, and then no row of the text is added: a text
 * is read into a contract of its own, which is merged when all of it is right.
 */
#include <errno.h>
#include <string.h>

#include "contract_read.h"

static const struct {
	const char *word;
	int (*read)(struct reader *r, struct cursor *col);
} sections[] = {
	{ "functions", read_function },
	{ "callbacks", read_callback },
	{ "walks", read_walk },
	{ "locks", read_lock },
	{ "excuses", read_excuse },
	{ "eras", read_era },
};

#define SECTIONS (sizeof(sections) / sizeof(sections[0]))

/* ------------------------------------------------------------------ */
/* lines                                                               */

static int read_section(struct reader *r, struct cursor *c)
{
	size_t i;

	c->p++;
	for (i = 0; i < SECTIONS; i++)
		if (cursor_word(c, sections[i].word))
			break;
	if (i == SECTIONS)
		return reader_fail(r, c->p, "unknown section, "
				   "write functions, callbacks, walks, locks, excuses or eras");
	if (!cursor_char(c, ']'))
		return reader_fail(r, c->p, "']' is missing, write [%s]", sections[i].word);
	r->read = sections[i].read;
	return cursor_end(c, "the section");
}

static int read_row(struct reader *r, struct cursor *c)
{
	struct cursor col[COLUMNS];
	const char *p = c->p, *bar;
	int n;

	for (n = 0; ; p = bar + 1, n++) {
		bar = (const char *)memchr(p, '|', (size_t)(c->end - p));
		if (n == COLUMNS)
			return reader_fail(r, p - 1, "a fifth column, a row has four: remove '|'");
		col[n].r = r;
		col[n].p = p;
		col[n].end = bar ? bar : c->end;
		if (!bar)
			break;
	}
	if (n + 1 < COLUMNS)
		return reader_fail(r, c->end, "%d of four columns, write four with '|' between them",
				   n + 1);
	if (!r->read)
		return reader_fail(r, c->p, "a row before any section, "
				   "write [functions] or another above it");
	return r->read(r, col);
}

/* a '#' at the beginning or after a blank starts a comment */
static const char *comment_in(const char *p, const char *end)
{
	const char *begin = p, *hash;

	for (; (hash = (const char *)memchr(p, '#', (size_t)(end - p))); p = hash + 1)
		if (hash == begin || char_blank(hash[-1]))
			return hash;
	return end;
}

static int read_line(struct reader *r, const char *end)
{
	struct cursor c = { r, r->begin, comment_in(r->begin, end) };

	while (c.end > c.p && char_blank(c.end[-1]))
		c.end--;
	if (cursor_at_end(&c))
		return 0;
	return *c.p == '[' ? read_section(r, &c) : read_row(r, &c);
}

/* ------------------------------------------------------------------ */
/* texts                                                               */

static bool same_kernels(struct kernels a, struct kernels b)
{
	return a.from == b.from && a.to == b.to;
}

/* within one text no kernel may find two rows for one call */
static int refuse_twins(struct reader *r)
{
	const struct mn_contract *c = r->into;
	const struct row *a, *b;
	int i, k;

	for (i = 0; i < c->rows.n; i++) {
		a = &c->rows.v[i];
		for (k = c->functions.next[i]; k >= 0; k = c->functions.next[k]) {
			b = &c->rows.v[k];
			if ((a->nargs != b->nargs && a->nargs >= 0 && b->nargs >= 0) ||
			    !kernels_overlap(a->kernels, b->kernels))
				continue;
			r->line = b->line;
			return reader_fail(r, r->begin, "line %d has a row of %s for the same "
					   "arguments and kernels, remove one", a->line, a->name);
		}
	}
	return 0;
}

static int refuse_twin_callbacks(struct reader *r)
{
	const struct callback *a, *b;
	int i, k;

	for (i = 0; i < r->into->callbacks.n; i++) {
		a = &r->into->callbacks.v[i];
		for (k = 0; k < i; k++) {
			b = &r->into->callbacks.v[k];
			if (a->type != b->type || a->member != b->member ||
			    (a->nargs != b->nargs && a->nargs >= 0 && b->nargs >= 0) ||
			    !kernels_overlap(a->kernels, b->kernels))
				continue;
			r->line = a->line;
			return reader_fail(r, r->begin, "line %d has a row of %s.%s for the same "
					   "kernels, remove one", b->line, a->type, a->member);
		}
	}
	return 0;
}

static int refuse_twin_walks(struct reader *r)
{
	const struct walk_row *a, *b;

	for (int i = 0; i < r->into->walks.n; i++) {
		a = &r->into->walks.v[i];
		b = contract_walk(r->into, a->name, a->nargs, a->kernels, 0);
		if (a == b)
			continue;
		r->line = a->line;
		return reader_fail(r, r->begin, "line %d has a row of %s for the same "
				   "arguments and kernels, remove one", b->line, a->name);
	}
	return 0;
}

/* is @old replaced by a row of @fresh? */
static bool replaced(const struct row *old, const struct mn_contract *fresh)
{
	const struct row *row;
	int i;

	for (i = contract_first(fresh, old->name); i >= 0; i = fresh->functions.next[i]) {
		row = &fresh->rows.v[i];
		if (row->nargs == old->nargs &&
		    same_kernels(row->kernels, old->kernels))
			return true;
	}
	return false;
}

/* later texts come first, so that look-up finds them first */
#define append(arena, to, from) do {					\
	int i_;								\
	for (i_ = 0; i_ < (from)->n; i_++)				\
		*vec_push((arena), (to)) = (from)->v[i_];		\
} while (0)

static void adopt(struct mn_contract *contract, struct mn_contract *fresh)
{
	bool first = !contract->rows.n && !contract->callbacks.n && !contract->locks.n;
	int i;

	for (i = 0; i < contract->rows.n; i++)
		if (!replaced(&contract->rows.v[i], fresh))
			*vec_push(fresh->arena, &fresh->rows) = contract->rows.v[i];
	append(fresh->arena, &fresh->callbacks, &contract->callbacks);
	append(fresh->arena, &fresh->walks, &contract->walks);
	append(fresh->arena, &fresh->locks, &contract->locks);
	append(fresh->arena, &fresh->excuses, &contract->excuses);
	append(fresh->arena, &fresh->eras, &contract->eras);
	*contract = *fresh;
	if (!first)	/* else the index is that of the text, which is made */
		contract_index(contract);
}

/* eight characters at a time */
static uint64_t add_to_key(uint64_t key, const char *text)
{
	size_t left = strlen(text);
	uint64_t word;

	while (left) {
		size_t n = left < sizeof(word) ? left : sizeof(word);

		word = n;
		memcpy(&word, text, n);
		key = (key ^ word) * 1099511628211ull;
		key ^= key >> 29;
		text += n;
		left -= n;
	}
	return key;
}

int mn_contract_read(struct mn_contract *contract, const char *name,
		     const char *text, char *err, size_t size)
{
	struct reader r;
	const char *end;
	int ret;

	contract->key = add_to_key(contract->key, text);
	memset(&r, 0, sizeof(r));
	r.arena = contract->arena;
	r.into = contract_in(r.arena);
	r.file = arena_intern(r.arena, name);
	r.err = err;
	r.size = size;
	for (r.begin = text; *r.begin; r.begin = *end ? end + 1 : end) {
		end = strchr(r.begin, '\n');
		if (!end)
			end = r.begin + strlen(r.begin);
		r.line++;
		ret = read_line(&r, end);
		if (ret)
			return ret;
	}
	contract_index(r.into);
	ret = refuse_twins(&r);
	if (!ret)
		ret = refuse_twin_callbacks(&r);
	if (!ret)
		ret = refuse_twin_walks(&r);
	if (!ret)
		adopt(contract, r.into);
	return ret;
}

/* the whole of a file, ended by a NUL; NULL if reading fails */
static char *slurp(struct mn_arena *arena, FILE *from)
{
	MN_VEC(char) text = { NULL, 0, 0 };
	int c;

	while ((c = getc(from)) != EOF)
		*vec_push(arena, &text) = c ? (char)c : '?';
	*vec_push(arena, &text) = '\0';
	return ferror(from) ? NULL : text.v;
}

int mn_contract_read_file(struct mn_contract *contract, const char *path,
			  char *err, size_t size)
{
	FILE *from = fopen(path, "r");
	char *text = NULL;
	int ret = -errno;

	if (from) {
		errno = EIO;
		text = slurp(contract->arena, from);
		ret = -errno;
		fclose(from);
	}
	if (text)
		return mn_contract_read(contract, path, text, err, size);
	snprintf(err, size, "%s:1:1: error: cannot be read (%s), name a readable file",
		 path, strerror(-ret));
	return ret;
}
