/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * user.c - who holds the lock of a callback that is in another file.
 */
#include "ring.h"

void bad_allocates(struct ring *ring)
{
	mutex_lock(&ring->update);
	ring->table = ring_table(TEST_GFP_KERNEL);
	mutex_unlock(&ring->update);
}

void good_allocates(struct ring *ring)
{
	mutex_lock(&ring->users);
	ring->table = ring_table(TEST_GFP_KERNEL);
	mutex_unlock(&ring->users);
}

void good_atomic(struct ring *ring)
{
	ring_lock(ring);
	ring->table = ring_table(TEST_GFP_ATOMIC);
	ring_unlock(ring);
}

void good_submits(struct ring *ring)
{
	mutex_lock(&ring->users);
	ring_submit(ring);
	ring->table = kmalloc(64, TEST_GFP_KERNEL);
	mutex_unlock(&ring->users);
}

void bad_removes(struct ring *ring)
{
	ring_lock(ring);
	mmu_interval_notifier_remove(&ring->mni); /* warn(removal-deadlock:awaited-locked)[link] */
	ring_unlock(ring);
}

void good_removes(struct ring *ring)
{
	mutex_lock(&ring->users);
	mmu_interval_notifier_remove(&ring->mni);
	mutex_unlock(&ring->users);
}

int bad_retry(struct ring *ring, struct hmm_range *range)
{
	int ret;

	range->notifier_seq = mmu_interval_read_begin(&ring->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	mutex_lock(&ring->users);
	ret = mmu_interval_read_retry(&ring->mni, range->notifier_seq); /* warn(retry-unlocked:other-lock)[link] */
	mutex_unlock(&ring->users);
	return ret;
}

int good_retry(struct ring *ring, struct hmm_range *range)
{
	int ret;

	range->notifier_seq = mmu_interval_read_begin(&ring->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	mutex_lock(&ring->update);
	ret = mmu_interval_read_retry(&ring->mni, range->notifier_seq);
	mutex_unlock(&ring->update);
	return ret;
}
