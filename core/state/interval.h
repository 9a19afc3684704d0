/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * interval.h - what can be known of one value: it lies in an interval, and perhaps is not 0.
 *
 * The domain alone; fact.c applies it to the symbols of a state. Signed 64-bit throughout.
 * In a header, since the engine asks little else as often: a call would cost more than the
 * question.
 */
#ifndef INTERVAL_H
#define INTERVAL_H

#include <stdbool.h>
#include <stdint.h>

struct fact {
	int64_t lo, hi;
	bool nonzero;
};

enum truth { NEVER, MAYBE, ALWAYS };

static inline struct fact fact_between(int64_t lo, int64_t hi)
{
	struct fact f;

	f.lo = lo;
	f.hi = hi;
	f.nonzero = lo > 0 || hi < 0;
	return f;
}

static inline struct fact fact_any(void)
{
	return fact_between(INT64_MIN, INT64_MAX);
}

static inline struct fact fact_is(int64_t value)
{
	return fact_between(value, value);
}

static inline struct fact fact_nonzero(void)
{
	struct fact f = fact_any();

	f.nonzero = true;
	return f;
}

/* anything at all */
static inline bool fact_tells(struct fact f)
{
	return f.nonzero || f.lo != INT64_MIN || f.hi != INT64_MAX;
}

static inline bool fact_equal(struct fact a, struct fact b)
{
	return a.lo == b.lo && a.hi == b.hi && a.nonzero == b.nonzero;
}

/* what both know */
static inline struct fact fact_join(struct fact a, struct fact b)
{
	struct fact f = fact_between(a.lo < b.lo ? a.lo : b.lo,
				     a.hi > b.hi ? a.hi : b.hi);

	f.nonzero = a.nonzero && b.nonzero;
	return f;
}

/* what either knows; false: they contradict each other */
static inline bool fact_meet(struct fact a, struct fact b, struct fact *out)
{
	struct fact f;

	f.lo = a.lo > b.lo ? a.lo : b.lo;
	f.hi = a.hi < b.hi ? a.hi : b.hi;
	f.nonzero = a.nonzero || b.nonzero || f.lo > 0 || f.hi < 0;
	if (f.nonzero && f.lo == 0)
		f.lo = 1;
	if (f.nonzero && f.hi == 0)
		f.hi = -1;
	*out = f;
	return f.lo <= f.hi;
}

static inline enum truth fact_truth(struct fact f)
{
	if (f.nonzero)
		return ALWAYS;
	return f.lo == 0 && f.hi == 0 ? NEVER : MAYBE;
}

#endif /* INTERVAL_H */
