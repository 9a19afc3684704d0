// SPDX-License-Identifier: GPL-2.0-only
/*
 * said.c - what a unit says after it was checked, as bytes: from the process that judged a part to the one
 * that puts all together.
 *
 * Numbers are those of this machine: nobody else reads them. A text is its length and its bytes. What is read is what
 * was written: a process that could not write all of it says so, and the cache has a key of the bytes.
 */
#include "linking.h"

/* ------------------------------------------------------------------ */
/* out                                                                 */

static void put_number(uint32_t n, FILE *to)
{
	fwrite(&n, sizeof(n), 1, to);
}

/* NULL stays NULL */
static void put_text(const char *text, FILE *to)
{
	put_number(text ? (uint32_t)strlen(text) + 1 : 0, to);
	if (text)
		fputs(text, to);
}

static void put_loc(struct mn_loc loc, FILE *to)
{
	put_text(loc.file, to);
	put_number((uint32_t)loc.line, to);
	put_number((uint32_t)loc.col, to);
}

static void put_events(const struct mn_event *events, int n, FILE *to)
{
	put_number((uint32_t)n, to);
	for (int i = 0; i < n; i++) {
		put_loc(events[i].loc, to);
		put_text(events[i].func, to);
		put_number((uint32_t)events[i].depth, to);
		put_text(events[i].kind, to);
		put_text(events[i].text, to);
		put_number(events[i].holds, to);
	}
}

static void put_finding(const struct mn_finding *f, FILE *to)
{
	put_number((uint32_t)f->rule, to);
	put_loc(f->loc, to);
	put_text(f->func, to);
	put_text(f->id, to);
	put_text(f->text, to);
	put_text(f->fix, to);
	put_events(f->events, f->nevents, to);
	put_events(f->path, f->npath, to);
}

static void put_lines(const char *const *lines, int n, FILE *to)
{
	put_number((uint32_t)n, to);
	for (int i = 0; i < n; i++)
		put_text(lines[i], to);
}

static void put_stats(const struct mn_stats *s, FILE *to)
{
	put_number(s->simulated, to);
	put_number(s->contexts, to);
	put_number(s->states, to);
	put_number(s->merged, to);
	put_number(s->steps, to);
	put_number(s->given_up, to);
}

void said_write(const struct mn_unit *unit, const char *error, FILE *to)
{
	put_text(error, to);
	put_stats(&unit->stats, to);
	put_lines(unit->trouble.v, unit->trouble.n, to);
	put_lines(unit->excused.v, unit->excused.n, to);
	put_lines(unit->silenced.v, unit->silenced.n, to);
	put_number((uint32_t)unit->findings.n, to);
	for (int i = 0; i < unit->findings.n; i++)
		put_finding(&unit->findings.v[i], to);
}

/* ------------------------------------------------------------------ */
/* and back                                                            */

struct said {
	struct mn_unit *unit;
	const char *p;
};

static uint32_t get_number(struct said *s)
{
	uint32_t n;

	memcpy(&n, s->p, sizeof(n));
	s->p += sizeof(n);
	return n;
}

static const char *get_text(struct said *s)
{
	uint32_t n = get_number(s);
	const char *text = s->p;

	if (!n)
		return NULL;
	s->p += n - 1;
	return arena_intern_part(s->unit->arena, text, n - 1);
}

static struct mn_loc get_loc(struct said *s)
{
	struct mn_loc loc;

	memset(&loc, 0, sizeof(loc));
	loc.file = get_text(s);
	loc.line = (int)get_number(s);
	loc.col = (int)get_number(s);
	return loc;
}

static struct mn_event get_event(struct said *s)
{
	struct mn_event event;

	memset(&event, 0, sizeof(event));
	event.loc = get_loc(s);
	event.func = get_text(s);
	event.depth = (int)get_number(s);
	event.kind = get_text(s);
	event.text = get_text(s);
	event.holds = get_number(s);
	return event;
}

static void get_finding(struct said *s)
{
	struct mn_finding *f = vec_push(s->unit->arena, &s->unit->findings);
	struct mn_event *path;

	f->rule = (enum mn_rule)get_number(s);
	f->loc = get_loc(s);
	f->func = get_text(s);
	f->id = get_text(s);
	f->text = get_text(s);
	f->fix = get_text(s);
	f->nevents = (int)get_number(s);
	for (int i = 0; i < f->nevents; i++)
		f->events[i] = get_event(s);
	f->npath = (int)get_number(s);
	f->path = path = arena_new_array(s->unit->arena, struct mn_event, f->npath);
	for (int i = 0; i < f->npath; i++)
		path[i] = get_event(s);
}

/* each sentence once: several parts come to the same function */
static void get_lines(struct said *s, lines_t *lines)
{
	for (int n = (int)get_number(s), i; n; n--) {
		const char *line = get_text(s);

		for (i = 0; i < lines->n && lines->v[i] != line; i++)
			;
		if (i == lines->n)
			*vec_push(s->unit->arena, lines) = line;
	}
}

static void get_stats(struct said *s, struct mn_stats *stats)
{
	stats->simulated += get_number(s);
	stats->contexts += get_number(s);
	stats->states += get_number(s);
	stats->merged += get_number(s);
	stats->steps += get_number(s);
	stats->given_up += get_number(s);
}

const char *said_read(struct mn_unit *unit, const char *said)
{
	struct said s = { unit, said };
	const char *error = get_text(&s);

	get_stats(&s, &unit->stats);
	get_lines(&s, &unit->trouble);
	get_lines(&s, &unit->excused);
	get_lines(&s, &unit->silenced);
	for (int n = (int)get_number(&s); n; n--)
		get_finding(&s);
	return error;
}
