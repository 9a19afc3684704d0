/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * lock.c - which lock the callback takes, and where memory comes from.
 */
#include "ring.h"

void ring_lock(struct ring *ring)
{
	mutex_lock(&ring->update);
}

void ring_unlock(struct ring *ring)
{
	mutex_unlock(&ring->update);
}

/* of no file here */
bool ring_is_shared(struct ring *ring);

/* it gives back what it takes: the same is asked twice */
void ring_submit(struct ring *ring)
{
	if (ring_is_shared(ring))
		mutex_lock(&ring->update);
	ring->table = NULL;
	if (ring_is_shared(ring))
		mutex_unlock(&ring->update);
}

void *ring_table(unsigned int flags)
{
	return kmalloc(64, flags); /* warn(reclaim-locked:reclaim-locked)[link] */
}
