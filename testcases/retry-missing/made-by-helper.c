/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * made-by-helper.c - is a range known that a helper allocates and hands out by a pointer, and one that it frees where
 * it fails?
 */
#include "era-e/mmu_notifier.h"
#include "reader.h"

static int get_pages(struct mirror *mirror, unsigned long end, struct hmm_range **out)
{
	struct hmm_range *range = kzalloc(sizeof(*range), TEST_GFP_KERNEL);
	int ret;

	if (!range)
		return -12;
	range->notifier = &mirror->mni;
	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	do {
		ret = hmm_range_fault(range);
		if (ret)
			goto free_range;
		range->start = range->end;
	} while (range->end < end);
	*out = range;
	return 0;

free_range:
	kfree(range);
	return ret == -16 ? -11 : ret;
}

static unsigned long device_table;

static bool is_stale(struct hmm_range *range)
{
	bool stale = mmu_interval_read_retry(range->notifier, range->notifier_seq);

	kfree(range);
	return stale;
}

/* the range is there if the pages are */
int good_rounds(struct mirror *mirror, unsigned long addr, unsigned long end)
{
	int ret = 0;

	while (!ret && addr < end) {
		struct hmm_range *range = NULL;

		ret = mirror->mm ? get_pages(mirror, end, &range) : -14;
		mutex_lock(&mirror->lock);
		if (range && is_stale(range) && !ret)
			ret = -11;
		if (!ret)
			device_table = addr;
		mutex_unlock(&mirror->lock);
		addr += PAGE_SIZE;
	}
	return ret;
}

static int map_pages(struct mirror *mirror, struct hmm_range *range, int ret, unsigned long addr)
{
	mutex_lock(&mirror->lock);
	if (range && is_stale(range) && !ret)
		ret = -11;
	if (!ret)
		device_table = addr;
	mutex_unlock(&mirror->lock);
	return ret;
}

/* .. and the function that maps them, called in each round, finds the sequence in the range */
int good_rounds_mapped(struct mirror *mirror, unsigned long addr, unsigned long end)
{
	int ret = 0;

	while (!ret && addr < end) {
		struct hmm_range *range = NULL;

		ret = mirror->mm ? get_pages(mirror, end, &range) : -14;
		ret = map_pages(mirror, range, ret, addr);
		addr += PAGE_SIZE;
	}
	return ret;
}

static int get_pages_for_nobody(struct mirror *mirror, struct hmm_range **out)
{
	struct hmm_range *range = kzalloc(sizeof(*range), TEST_GFP_KERNEL);
	int ret;

	if (!range)
		return -12;
	range->notifier = &mirror->mni;
	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(range); /* warn(retry-missing:retry-missing) */
	if (ret)
		kfree(range);
	else
		*out = range;
	return ret;
}

int not_asked(struct mirror *mirror)
{
	struct hmm_range *range = NULL;
	int ret;

	ret = get_pages_for_nobody(mirror, &range);
	if (ret)
		return ret;
	mutex_lock(&mirror->lock);
	device_table = range->start;
	mutex_unlock(&mirror->lock);
	kfree(range);
	return 0;
}

void trace_option(int option);

/* .. too many ways for a closer look: where the helper failed, the pages that it looked up before are nobody's */
int good_rounds_with_options(struct mirror *mirror, const int *options, unsigned long addr, unsigned long end)
{
	int ret = 0;

#define MAY(n) do { if (options[n]) trace_option(n); } while (0)
	while (!ret && addr < end) {
		struct hmm_range *range = NULL;

		MAY(0); MAY(1); MAY(2); MAY(3); MAY(4); MAY(5);
		ret = mirror->mm ? get_pages(mirror, end, &range) : -14;
		if (ret)
			trace_option(ret);
		MAY(6); MAY(7); MAY(8); MAY(9); MAY(10); MAY(11);
		mutex_lock(&mirror->lock);
		if (range && is_stale(range) && !ret)
			ret = -11;
		if (!ret)
			device_table = addr;
		mutex_unlock(&mirror->lock);
		addr += PAGE_SIZE;
	}
	return ret;
}
