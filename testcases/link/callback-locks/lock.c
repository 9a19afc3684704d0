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

void *ring_table(unsigned int flags)
{
	return kmalloc(64, flags); /* warn(reclaim-locked:reclaim-locked)[link] */
}
