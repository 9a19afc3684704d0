// SPDX-License-Identifier: GPL-2.0-only
/*
 * own-event.c - is an event that is the driver's own no reason to leave the callback as it is?
 */
#include "era-e/mmu_notifier.h"
#include "reader.h"
#include "device.h"

static bool bad_own_event(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (range->event == MMU_NOTIFY_MIGRATE &&
	    range->owner == mirror->mm)
		return true;

	spin_lock(&mirror->update); /* warn(sequence-unset): callback 'invalidate' says that it is done, but did not set the sequence */
	device_unmap(mirror, range->start, range->end);
	spin_unlock(&mirror->update);
	return true;
}

const struct mmu_interval_notifier_ops bad_own_event_ops = {
	.invalidate = bad_own_event,
};

int mirror_fault(struct mirror *mirror, struct hmm_range *range)
{
	int ret;

again:
	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	spin_lock(&mirror->update);
	if (mmu_interval_read_retry(&mirror->mni, range->notifier_seq)) {
		spin_unlock(&mirror->update);
		goto again;
	}
	mirror_program(mirror, range);
	spin_unlock(&mirror->update);
	return 0;
}
