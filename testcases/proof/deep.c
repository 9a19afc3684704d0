/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * deep.c - is a body looked at as deep as six calls, and said where it goes on?
 */
#include "bodies.h"

void deep_0(struct held *h)
{
	if (h->count > 0)
		schedule();
}

void deep_1(struct held *h)
{
	h->count--;
	deep_0(h);
}

void deep_2(struct held *h)
{
	h->count--;
	deep_1(h);
}

void deep_3(struct held *h)
{
	h->count--;
	deep_2(h);
}

void deep_4(struct held *h)
{
	h->count--;
	deep_3(h);
}

void deep_5(struct held *h)
{
	h->count--;
	deep_4(h);
}

/* six calls until it sleeps */
void sleep_deep(struct held *h)
{
	deep_5(h);
}

void deep_6(struct held *h)
{
	h->count--;
	deep_5(h);
}

void sleep_deeper(struct held *h)
{
	deep_6(h);
}

/* does nothing that a row speaks of, and is too large to be looked into for that */
#define FEW(n)	(h->count == (n) ? 3 * h->count : h->count == (n) + 1 ? h->count / 7 : (n)) + \
		(h->count % ((n) + 2) > 3 ? other(h->count) : -1) +
#define MANY(n)	FEW(n) FEW((n) + 11) FEW((n) + 22) FEW((n) + 33) FEW((n) + 44) FEW((n) + 55)

static __attribute__((noinline)) int other(int n)
{
	return n * 5 + 3;
}

int large(struct held *h)
{
	return MANY(1) MANY(101) MANY(202) MANY(303) MANY(404) MANY(505) 0;
}
