// SPDX-License-Identifier: GPL-2.0-only
/*
 * judge.c - what docs/rules.md says of an op in one state of one path.
 *
 * A finding has to be made where a path shows the mistake by itself, and no finding before it
 * was about the same lock or region; it may be made where the documents leave it open; and it
 * must not be made where no path has that mistake. README says where the line is drawn.
 */
#include <string.h>

#include "oracle.h"

const char *const rule_names[RULES] = {
	"range-unlocked", "range-unpaired", "region-atomic", "region-balance",
	"region-mismatch", "region-uninit", "start-ignored", "unnotified-change",
	"callback-sleeps", "callback-nonblock",
	"region-mmap-lock",
};

/* what a finding is about: bits of state.quiet; a region's number is its bit, from ABOUT_REGION */
enum {
	ABOUT_LOCKS = 1, ABOUT_REGION = 1 << 1, ABOUT_REGIONS = ((1 << REGIONS_MAX) - 1) << 1,
	ABOUT_CHANGE = 1 << 12, ABOUT_SLEEP = 1 << 13, ABOUT_NOTIFY = 1 << 14
};

static int about_region(int number)
{
	return ABOUT_REGION << number;
}

/* ------------------------------------------------------------------ */
/* what was said                                                       */

static uint32_t place_of(int rule, const struct op *op)
{
	return (uint32_t)rule << 24 | (uint32_t)op->line;
}

static void may(struct said *said, uint32_t place)
{
	for (int i = 0; i < said->nmay; i++)
		if (said->may[i] == place)
			return;
	if (said->nmay == SAID_MAX)
		said->too_many = true;
	else
		said->may[said->nmay++] = place;
}

static void may_say(struct said *said, int rule, const struct op *op)
{
	may(said, place_of(rule, op));
}

static void add_place(struct must *m, uint32_t place)
{
	int at = m->n;

	for (int i = 0; i < m->n; i++)
		if (m->places[i] == place)
			return;
	if (m->n == LINES_MAX)
		return;
	while (at && m->places[at - 1] > place) {
		m->places[at] = m->places[at - 1];
		at--;
	}
	m->places[at] = place;
	m->n++;
}

static void may_all(struct said *said, const struct must *m)
{
	for (int i = 0; i < m->n; i++)
		if (!(m->places[i] & SOFT))
			may(said, m->places[i]);
}

static void add_must(struct said *said, const struct must *m)
{
	may_all(said, m);
	for (int i = 0; i < said->nmusts; i++)
		if (said->musts[i].n == m->n &&
		    !memcmp(said->musts[i].places, m->places, (size_t)m->n * sizeof(uint32_t)))
			return;
	if (said->nmusts == SAID_MAX)
		said->too_many = true;
	else
		said->musts[said->nmusts++] = *m;
}

/* one of @m has to be said, if it is @sure and nothing was said of the same before */
static void say(struct said *said, struct state *s, const struct must *m, int about, bool sure)
{
	if (sure && !s->murky && !(s->quiet & about))
		add_must(said, m);
	else
		may_all(said, m);
	s->quiet |= (uint16_t)about;
}

static void say_one(struct said *said, struct state *s, int rule, const struct op *op,
		    int about, bool sure)
{
	struct must m = { { 0 }, 0 };

	add_place(&m, place_of(rule, op));
	say(said, s, &m, about, sure);
}

/* one of two rules may say it */
static void say_either(struct said *said, struct state *s, int rule, int other,
		       const struct op *op, int about, bool sure)
{
	struct must m = { { 0 }, 0 };

	add_place(&m, place_of(rule, op));
	add_place(&m, place_of(other, op));
	say(said, s, &m, about, sure);
}

/* ------------------------------------------------------------------ */
/* regions                                                             */

static bool is_own(const struct program *p, int number)
{
	return !p->kernel.values && number != REGION_CALLERS;
}

static void judge_start(const struct program *p, struct said *said, struct state *s,
			const struct op *op)
{
	struct region *r = region_of(s, op->a);
	int number = region_number(s, op->a), about = about_region(number);
	uint16_t before = s->quiet, after;
	bool again = !p->kernel.values ||
		     (p->blocks[op->block].looping && r->site == op - p->ops + 1);

	if (op->kind == DO_START && is_atomic(s))
		say_one(said, s, RULE_REGION_ATOMIC, op, about | ABOUT_LOCKS, true);
	else if (s->murky)
		may_say(said, RULE_REGION_ATOMIC, op);
	after = s->quiet;
	s->quiet = before;
	if (is_own(p, number) && !r->init)
		say_one(said, s, RULE_REGION_UNINIT, op, about, true);
	after |= s->quiet;
	s->quiet = before;
	if (r->open)
		say_one(said, s, RULE_REGION_BALANCE, op, about, again && !r->murky);
	after |= s->quiet;
	s->quiet = before;
	if (op->kind == DO_NONBLOCK && op->b == VAR_NONE)
		say_one(said, s, RULE_START_IGNORED, op, about, true);
	s->quiet |= after;
	if (r->murky)
		may_say(said, RULE_REGION_BALANCE, op);
}

/* does any op show that no unseen caller has a region open? */
static bool starts(const struct program *p)
{
	for (int i = 0; i < p->nops; i++)
		if (p->ops[i].kind == DO_START || p->ops[i].kind == DO_NONBLOCK ||
		    p->ops[i].kind == DO_MMAP_LOCK)
			return true;
	return false;
}

/* there is none to end; or is it a caller's? */
static void judge_no_region(const struct program *p, struct said *said, struct state *s,
			    const struct op *op)
{
	int number = region_number(s, op->a), about = about_region(number);

	if (is_own(p, number))
		say_one(said, s, RULE_REGION_BALANCE, op, about, true);
	else if (p->kernel.values ? starts(p) : s->outside != UNKNOWN)
		say_one(said, s, RULE_REGION_BALANCE, op, about,
			p->kernel.values && s->mmap == 1 && !any_murky(s));
}

/*
 * An end that does not notify relies on a notification behind each flush. That it is told is the test
 * cases' business (testcases/unnotified-change/flushed.c); here it is not told elsewhere.
 */
static void may_say_flushed(const struct program *p, struct said *said, struct state *s)
{
	if (!s->flushed)
		return;
	for (int i = 0; i < p->nops; i++)
		if (p->ops[i].kind == DO_CHANGE &&
		    (p->ops[i].a == CHANGE_FLUSH || p->ops[i].a == CHANGE_HUGE))
			may_say(said, RULE_UNNOTIFIED_CHANGE, &p->ops[i]);
	s->quiet |= ABOUT_CHANGE;
}

static void judge_end(const struct program *p, struct said *said, struct state *s,
		      const struct op *op)
{
	struct region *r = region_of(s, op->a);
	int number = region_number(s, op->a), about = about_region(number);

	if (op->kind == DO_ONLY_END && !kernel_from(p, 6, 6))
		may_say_flushed(p, said, s);
	if (is_atomic(s) && (r->open || !is_own(p, number)))
		say_one(said, s, RULE_REGION_ATOMIC, op, about | ABOUT_LOCKS,
			r->open && !r->nonblock && !r->murky);
	else if (s->murky)
		may_say(said, RULE_REGION_ATOMIC, op);
	if (r->murky) {
		may_say(said, RULE_REGION_BALANCE, op);
		may_say(said, RULE_REGION_MISMATCH, op);
		may_say(said, RULE_START_IGNORED, op);
		return;
	}
	if (r->open)
		return;
	if (r->failed)
		say_one(said, s, RULE_START_IGNORED, op, about, true);
	else if (r->ended)
		/* where paths meet the first end may be forgotten, if a caller can have started it */
		say_either(said, s, RULE_REGION_BALANCE, RULE_REGION_MISMATCH, op, about,
			   is_own(p, number) || (p->kernel.values && s->mmap == 1 &&
						 !any_murky(s)));
	else if (any_open(s))
		say_either(said, s, RULE_REGION_BALANCE, RULE_REGION_MISMATCH, op,
			   ABOUT_REGIONS, !any_murky(s) && number != REGION_CALLERS &&
			   (!p->kernel.values || s->depth == 1));
	else
		judge_no_region(p, said, s, op);
}

/* ------------------------------------------------------------------ */
/* notifications                                                       */

/* does any op show that no unseen caller has a ptl? */
static bool has_evidence(const struct program *p)
{
	for (int i = 0; i < p->nops; i++) {
		const struct op *op = &p->ops[i];

		if (op->kind == DO_START || op->kind == DO_SLEEP || op->kind == DO_MMAP_LOCK ||
		    op->kind == DO_MUTEX_LOCK || op->kind == DO_END ||
		    op->kind == DO_ONLY_END || op->kind == DO_NONBLOCK ||
		    op->kind == DO_LOCK || op->kind == DO_TRYLOCK || op->kind == DO_UNLOCK)
			return true;
	}
	return false;
}

/* 0: no; 1: what is held may be one; 2: yes */
static int ptl_held(const struct state *s)
{
	if (s->held[LOCK_PTL] || s->held[LOCK_CALLERS])
		return 2;
	return s->as_param[LOCK_A] || s->as_param[LOCK_B];
}

enum { OF_LOCKS, OF_PAIR, OF_CHANGE };

/*
 * A finding about a notification or a change. Where it may be found wrong before, and nothing is
 * said of the path then, that is as good.
 */
static void say_once(const struct program *p, struct said *said, struct state *s, int which,
		     const struct op *op, bool sure)
{
	static const int rules[] = {
		RULE_RANGE_UNLOCKED, RULE_RANGE_UNPAIRED, RULE_UNNOTIFIED_CHANGE
	};
	static const int abouts[] = { ABOUT_LOCKS, ABOUT_NOTIFY, ABOUT_CHANGE };
	uint16_t before = s->unsure[which], here = (uint16_t)(op - p->ops + 1);
	struct must m = { { 0 }, 0 };

	if (!sure) {
		may_say(said, rules[which], op);
		s->quiet |= (uint16_t)(before && before != here ? abouts[which] : 0);
		s->unsure[which] = here;
		return;
	}
	add_place(&m, place_of(rules[which], op));
	if (before)
		add_place(&m, SOFT | place_of(rules[which], &p->ops[before - 1]));
	say(said, s, &m, abouts[which], true);
}

static void judge_unlocked(const struct program *p, struct said *said, struct state *s,
			   const struct op *op)
{
	if (ptl_held(s) == 2 && !s->murky)
		return;
	if (ptl_held(s) || s->murky || s->ptl != UNKNOWN || has_evidence(p))
		say_once(p, said, s, OF_LOCKS, op, !ptl_held(s) && s->ptl == ABSENT && !s->murky);
}

static void judge_unpaired(const struct program *p, struct said *said, struct state *s,
			   const struct op *op)
{
	bool sure = s->outside == ABSENT && !any_failed(s) && !any_murky(s);

	if (any_open(s) && !any_murky(s) && !op->a)
		return;
	if (any_open(s) && op->a && !any_murky(s)) {
		say_either(said, s, RULE_REGION_MISMATCH, RULE_RANGE_UNPAIRED, op,
			   ABOUT_REGIONS, s->depth == 1 && !s->regions[REGION_CALLERS].open);
		return;
	}
	if (s->outside != UNKNOWN || starts(p))
		say_once(p, said, s, OF_PAIR, op, sure);
	if (op->a) {
		may_say(said, RULE_REGION_MISMATCH, op);
		/* where it is said, nothing more is said of the region */
		if (any_open(s))
			s->quiet |= ABOUT_REGIONS;
	}
}

/* ------------------------------------------------------------------ */
/* changes                                                             */

static bool notifies(const struct program *p)
{
	for (int i = 0; i < p->nops; i++)
		if (p->ops[i].kind == DO_NOTIFY)
			return true;
	return false;
}

static void judge_change(const struct program *p, struct said *said, struct state *s,
			 const struct op *op)
{
	bool clears = op->a == CHANGE_GET || op->a == CHANGE_FLUSH || op->a == CHANGE_HUGE;
	bool gone = s->cleared & (op->a == CHANGE_HUGE ? 2 : 5);
	bool outside = s->mmap && op->a != CHANGE_SET;
	bool sure = s->mmap == 1 && !gone && !notifies(p) && !any_murky(s);

	if (s->pending)
		say_once(p, said, s, OF_CHANGE, &p->ops[s->pending - 1], false);
	s->pending = 0;
	if (any_open(s) && !any_murky(s))
		return;
	if (any_murky(s))
		may_say(said, RULE_START_IGNORED, op);
	if (any_failed(s) && outside) {
		say_either(said, s, RULE_START_IGNORED, RULE_UNNOTIFIED_CHANGE, op,
			   ABOUT_REGIONS | ABOUT_CHANGE, !any_murky(s));
	} else if (any_failed(s)) {
		say_one(said, s, RULE_START_IGNORED, op, ABOUT_REGIONS | ABOUT_CHANGE,
			op->a != CHANGE_SET && !any_murky(s));
	} else if (outside && clears && (is_atomic(s) || s->ptl != ABSENT)) {
		may_say(said, RULE_UNNOTIFIED_CHANGE, op);
		if (sure && ptl_held(s) && !(s->quiet & ABOUT_CHANGE))
			s->pending = (uint16_t)(op - p->ops + 1);
		else
			say_once(p, said, s, OF_CHANGE, op, false);
	} else if (outside) {
		say_once(p, said, s, OF_CHANGE, op, sure);
	}
}

/* an entry was cleared, and not put back before the lock is dropped */
static void judge_unlock(const struct program *p, struct said *said, struct state *s,
			 const struct op *op)
{
	int lock = lock_number(s, op->a), held = 0;

	for (int i = 0; i < LOCKS_ALL; i++)
		held += s->held[i];
	if (!s->pending || held > 1 || !s->held[lock] || any_open(s))
		return;
	say_once(p, said, s, OF_CHANGE, &p->ops[s->pending - 1], true);
	s->pending = 0;
}

/* the mmap lock inside a region: which one of several is told, and whose, is not modelled */
static void judge_mmap(struct said *said, const struct state *s, const struct op *op)
{
	if (any_open(s) || any_murky(s))
		may_say(said, RULE_REGION_MMAP_LOCK, op);
}

/* it may stand at a goto that leads straight to the return; several are one place */
static void return_places(const struct program *p, int rule, const struct op *op,
			  struct must *m)
{
	const struct block *b = &p->blocks[op->block];

	add_place(m, place_of(rule, op));
	for (int i = 0; i < b->npreds && op - p->ops == b->first; i++) {
		const struct block *pred = &p->blocks[b->preds[i]];

		add_place(m, place_of(rule, &p->ops[pred->first + pred->nops - 1]));
	}
}

/* ------------------------------------------------------------------ */
/* callbacks                                                           */

static void judge_sleep(const struct program *p, struct said *said, struct state *s,
			const struct op *op)
{
	enum role role = p->funcs[p->nfuncs - 1].role;
	int answer = s->inputs[INPUT_BLOCKABLE];

	if (role == ROLE_ATOMIC)
		say_one(said, s, RULE_CALLBACK_SLEEPS, op, ABOUT_SLEEP, true);
	else if (role != ROLE_PLAIN && answer != 1)
		say_one(said, s, RULE_CALLBACK_NONBLOCK, op, ABOUT_SLEEP,
			answer == 0 || !s->asked);
}

static void judge_failure(const struct program *p, struct said *said, struct state *s,
			  const struct op *op, int result)
{
	enum role role = p->funcs[p->nfuncs - 1].role;
	bool fails = role == ROLE_START ? result != 0 : result == 0;
	bool sure = result != RESULT_UNKNOWN;
	int answer = s->inputs[INPUT_BLOCKABLE];
	struct must m;

	if (role != ROLE_START && role != ROLE_INVALIDATE)
		return;
	if (!fails && sure)
		return;
	sure &= !s->answered_below;
	memset(&m, 0, sizeof(m));
	return_places(p, RULE_CALLBACK_NONBLOCK, op, &m);
	if (s->mutex || s->held[LOCK_A] || s->held[LOCK_B])
		say(said, s, &m, 0, sure &&
		    (s->mutex || !(s->as_param[LOCK_A] | s->as_param[LOCK_B])));
	else if (answer == 1)
		say(said, s, &m, ABOUT_SLEEP, sure);
	else if (answer == UNCHOSEN)
		say(said, s, &m, ABOUT_SLEEP, sure && !s->asked);
}

/* ------------------------------------------------------------------ */

void judge_op(const struct program *p, struct said *said, struct state *s,
	      const struct op *op)
{
	switch (op->kind) {
	case DO_START:
	case DO_NONBLOCK:
		judge_start(p, said, s, op);
		break;
	case DO_END:
	case DO_ONLY_END:
		judge_end(p, said, s, op);
		break;
	case DO_NOTIFY:
		judge_unlocked(p, said, s, op);
		judge_unpaired(p, said, s, op);
		break;
	case DO_CHANGE:
		judge_change(p, said, s, op);
		break;
	case DO_UNLOCK:
		judge_unlock(p, said, s, op);
		break;
	case DO_MMAP_LOCK:
	case DO_MMAP_UNLOCK:
		judge_mmap(said, s, op);
		break;
	case DO_SLEEP:
	case DO_MUTEX_LOCK:
		judge_sleep(p, said, s, op);
		break;
	default:
		break;
	}
}

/* ------------------------------------------------------------------ */
/* returns                                                             */

/*
 * The finding may stand at the return of a function that was to end the region; and that the
 * region is started again on another path may be the same mistake.
 */
static void leak_places(const struct program *p, const struct state *s, const struct op *op,
			struct must *m)
{
	memset(m, 0, sizeof(*m));
	return_places(p, RULE_REGION_BALANCE, op, m);
	for (int i = 0; i < p->nreturns; i++)
		if (s->left >> i & 1)
			return_places(p, RULE_REGION_BALANCE, &p->ops[p->returns[i]], m);
	for (int i = 0; i < REGIONS_MAX; i++)
		if (s->regions[i].open)
			add_place(m, SOFT | place_of(RULE_REGION_BALANCE,
						     &p->ops[s->regions[i].site - 1]));
}

static void judge_own(const struct program *p, struct said *said, struct state *s,
		      const struct op *op)
{
	struct must m;

	leak_places(p, s, op, &m);
	for (int i = 2 * (s->depth - 1); i < 2 * s->depth; i++)
		if (is_own(p, i) && (s->regions[i].open || s->regions[i].murky)) {
			say(said, s, &m, about_region(i), !s->regions[i].murky);
			/* a lock that was forgotten with it is of the same mistake */
			if (is_atomic(s))
				s->quiet |= ABOUT_LOCKS;
		}
}

/* regions that a caller could end: whether that is meant, all exits show together */
static void note_exit(const struct program *p, struct said *said, const struct state *s,
		      const struct op *op, int result)
{
	struct exit_seen *x = &said->exits[said->nexits];
	int first = p->kernel.values ? 0 : REGION_CALLERS;

	if (said->nexits == SAID_MAX) {
		said->too_many = true;
		return;
	}
	memset(x, 0, sizeof(*x));
	x->sure = !s->murky;
	x->result = (uint8_t)(result == RESULT_UNKNOWN ? EXIT_ANY : result < 0 ? EXIT_NEGATIVE :
			      result ? EXIT_TRUE : EXIT_ZERO);
	leak_places(p, s, op, &x->must);
	for (int i = first; i < REGIONS_MAX; i++) {
		const struct region *r = &s->regions[i];

		x->open |= r->open || r->murky;
		x->used |= r->open && r->used == 2;
		x->may_be_used |= r->open && r->used;
		if (r->murky || (r->open && s->quiet & about_region(i)))
			x->sure = false;
	}
	for (int i = 0; i < said->nexits; i++)
		if (!memcmp(&said->exits[i], x, sizeof(*x)))
			return;
	said->nexits++;
}

void judge_return(const struct program *p, struct said *said, struct state *s,
		  const struct op *op, int result)
{
	judge_own(p, said, s, op);
	if (s->depth > 1)
		return;
	judge_failure(p, said, s, op, result);
	note_exit(p, said, s, op, result);
}

/* left open where @success is the result, and only there; "true with false" */
static bool opens_on(const struct said *said, int success, bool *unsure)
{
	for (int i = 0; i < said->nexits; i++) {
		const struct exit_seen *x = &said->exits[i];

		if (x->result == EXIT_ANY)
			*unsure = true;
		else if (x->open != (x->result == success) ||
			 (success == EXIT_TRUE && x->result == EXIT_NEGATIVE))
			return false;
	}
	return true;
}

/*
 * A function that used the region on some path did not start it for its caller: it must be told on that
 * path, and may be on the others.
 */
void judge_exits(struct said *said)
{
	bool always = true, unsure = false, may_be_used = false, meant;

	for (int i = 0; i < said->nexits; i++) {
		always &= said->exits[i].open;
		unsure |= !said->exits[i].sure;
		may_be_used |= said->exits[i].may_be_used;
	}
	meant = always || opens_on(said, EXIT_ZERO, &unsure) ||
		opens_on(said, EXIT_TRUE, &unsure);
	for (int i = 0; i < said->nexits; i++) {
		const struct exit_seen *x = &said->exits[i];

		if (!x->open)
			continue;
		if (x->sure && !unsure && (x->used || !meant) && (!meant || !said->too_many))
			add_must(said, &x->must);
		else if (!meant || unsure || may_be_used)
			may_all(said, &x->must);
	}
}
