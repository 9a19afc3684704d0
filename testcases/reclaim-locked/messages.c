/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * messages.c - is "with GFP_NOWAIT" advice for those calls only that are passed the flags of an allocation?
 */
#include "era-e/mmu_notifier.h"
#include "interval.h"
#include "reader.h"

int vm_munmap(unsigned long addr, unsigned long len);
long pin_user_pages(unsigned long start, unsigned long n, unsigned int flags, void **pages);

static bool invalidate(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		       unsigned long seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&mirror->lock);
	mmu_interval_set_seq(mni, seq);
	mutex_unlock(&mirror->lock);
	return true;
}

const struct mmu_interval_notifier_ops ops = { .invalidate = invalidate };

void *bad_with_flags(struct mirror *mirror)
{
	void *table;

	mutex_lock(&mirror->lock);
	table = kmalloc(64, TEST_GFP_KERNEL);	/* warn(reclaim-locked): 'kmalloc()' may reclaim memory while 'mirror->lock' is held, which a callback takes */ /* note: fix: allocate before 'mirror->lock' is taken at line 31, or with GFP_NOWAIT */
	mutex_unlock(&mirror->lock);
	return table;
}

int bad_without_flags(struct mirror *mirror)
{
	int ret;

	mutex_lock(&mirror->lock);
	ret = vm_munmap(0, PAGE_SIZE);	/* warn(reclaim-locked): 'vm_munmap()' may reclaim memory while 'mirror->lock' is held, which a callback takes */ /* note: fix: move it before 'mirror->lock' is taken at line 41, or after it is dropped */
	mutex_unlock(&mirror->lock);
	return ret;
}

long bad_looks_up(struct mirror *mirror, unsigned long start, void **pages)
{
	long n;

	mutex_lock(&mirror->lock);
	n = pin_user_pages(start, 8, 0, pages);	/* warn(reclaim-locked): 'pin_user_pages()' may fault pages in while 'mirror->lock' is held, which a callback takes */ /* note: fix: move it before 'mirror->lock' is taken */
	mutex_unlock(&mirror->lock);
	return n;
}

static bool maps_inside(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
			unsigned long seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&mirror->lock);
	mmu_interval_set_seq(mni, seq);
	mutex_unlock(&mirror->lock);
	vm_munmap(0, PAGE_SIZE);	/* warn(reclaim-locked): 'vm_munmap()' may reclaim memory in callback 'invalidate' */ /* note: fix: do it before a callback can run, or leave it to work that is queued */
	return true;
}

const struct mmu_interval_notifier_ops maps_ops = { .invalidate = maps_inside };
