/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * more.c - is what a function of another file does seen through it?
 */
#include "bodies.h"

void called_here(struct held *h)
{
	h->count++;
	schedule();
}

void called_by_state(struct held *h)
{
	if (h->ptl)
		schedule();
}

/* which of the two is held does not matter to its callers: none is, behind it */
void take_two(struct held *h, struct held *other)
{
	spin_lock(&h->lock);
	spin_lock(&other->lock);
	spin_unlock(&other->lock);
	spin_unlock(&h->lock);
}

/* it takes locks, and gives them back: it is not looked into for what is held behind it */
void take_two_there(struct held *h, struct held *other)
{
	spin_lock(&h->lock);
	spin_lock(&other->second);
	h->count += other->count;
	spin_unlock(&other->second);
	spin_unlock(&h->lock);
}
