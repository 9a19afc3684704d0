// SPDX-License-Identifier: GPL-2.0-only
/*
 * text_heads.c - the functions of a program's units without their bodies, each read once.
 *
 * Half of what units have are inline functions of headers, which all of them have in the same words. One that was
 * read in another unit is that unit's: what the words are, with those of the body, is asked of the text
 * before anything is made of it.
 */
#include "text.h"

struct head {
	struct key text;
	struct mn_func *func;
};

struct heads {
	struct mn_arena *arena;
	struct table by_text;		/* numbers from 1 */
	MN_VEC(struct head) heads;
};

struct heads *heads_new(struct mn_arena *arena)
{
	struct heads *heads = arena_new_array(arena, struct heads, 1);

	heads->arena = arena;
	return heads;
}

bool text_in_body(const char *line)
{
	return *line == ' ' || !strncmp(line, "block ", 6);
}

/* the end of the last line of the function that begins with this line */
static void find_end(struct reader *r)
{
	const char *end;

	r->end = r->p + strcspn(r->p, "\n");
	for (r->end_number = r->number; *r->end && text_in_body(r->end + 1); r->end_number++) {
		end = strchr(r->end + 1, '\n');
		r->end = end ? end : r->end + strlen(r->end);
	}
}

static void go_to_end(struct reader *r)
{
	r->p = r->end;
	r->number = r->end_number;
}

static struct mn_func *find(const struct heads *heads, struct key text)
{
	uint32_t hash = (uint32_t)text.a, at = hash, n;

	while ((n = table_next(&heads->by_text, hash, &at)) != 0)
		if (key_same(heads->heads.v[n - 1].text, text))
			return heads->heads.v[n - 1].func;
	return NULL;
}

bool heads_known(struct reader *r)
{
	struct mn_func *func;

	find_end(r);
	memset(&r->text, 0, sizeof(r->text));
	key_bytes(&r->text, r->line, (size_t)(r->end - r->line));
	func = find(r->heads, r->text);
	/* that it is there twice is told where it is read */
	if (!func || unit_func_number(r->unit, func->name))
		return false;
	unit_shares(r->unit, func);
	r->func = func;
	r->taken = NULL;
	go_to_end(r);
	return true;
}

/* the same words of no known place may be two functions */
void heads_add(struct reader *r)
{
	struct head *head;

	if (!r->func->loc.file)
		return;
	head = vec_push(r->heads->arena, &r->heads->heads);
	head->text = r->text;
	head->func = r->func;
	table_add(r->heads->arena, &r->heads->by_text, (uint32_t)r->text.a, (uint32_t)r->heads->heads.n);
}

void heads_leave_body(struct reader *r)
{
	struct mn_func *func = r->func;

	func->body = r->line;
	func->body_line = r->number;
	go_to_end(r);
	func->body_size = (size_t)(r->p - r->line) + (*r->p == '\n');
	key_bytes(&func->body_key, func->body, func->body_size);
}
