/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * allocators.c - is each way to allocate, to copy user memory or to map known, with a lock held that a callback takes?
 */
#include "era-e/mmu_notifier.h"
#include "interval.h"
#include "reader.h"

#define TEST_GFP_NOWAIT		0x800u

struct device;
struct sg_table;
struct task_struct;

void *__vmalloc(unsigned long size, gfp_t flags);
void *memdup_user(const void *from, unsigned long n);
void idr_preload(gfp_t flags);
void idr_preload_end(void);
void *devm_kmalloc(struct device *dev, unsigned long n, gfp_t flags);
int sg_alloc_table(struct sg_table *table, unsigned int n, gfp_t flags);
void *__kvmalloc_node_noprof(unsigned long n, gfp_t flags, int node);
unsigned long vm_mmap(void *file, unsigned long addr, unsigned long len, unsigned long prot,
		      unsigned long flag, unsigned long offset);
int vm_munmap(unsigned long addr, unsigned long len);
int fixup_user_fault(struct mm_struct *mm, unsigned long addr, unsigned int flags, bool *unlocked);
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

void *bad_vmalloc_with_flags(struct mirror *mirror)
{
	void *table;

	mutex_lock(&mirror->lock);
	table = __vmalloc(64, TEST_GFP_KERNEL); /* warn(reclaim-locked:reclaim-locked) */
	mutex_unlock(&mirror->lock);
	return table;
}

void *good_vmalloc_without_reclaim(struct mirror *mirror)
{
	void *table;

	mutex_lock(&mirror->lock);
	table = __vmalloc(64, TEST_GFP_NOWAIT);
	mutex_unlock(&mirror->lock);
	return table;
}

void *bad_copies_user_memory(struct mirror *mirror, const void *from)
{
	void *args;

	mutex_lock(&mirror->lock);
	args = memdup_user(from, 64); /* warn(reclaim-locked:fault-locked) */
	mutex_unlock(&mirror->lock);
	return args;
}

void *good_copies_before(struct mirror *mirror, const void *from)
{
	void *args = memdup_user(from, 64);

	mutex_lock(&mirror->lock);
	mutex_unlock(&mirror->lock);
	return args;
}

void bad_preloads(struct mirror *mirror)
{
	mutex_lock(&mirror->lock);
	idr_preload(TEST_GFP_KERNEL); /* warn(reclaim-locked:reclaim-locked) */
	idr_preload_end();
	mutex_unlock(&mirror->lock);
}

void good_preloads_before(struct mirror *mirror)
{
	idr_preload(TEST_GFP_KERNEL);
	idr_preload_end();
	mutex_lock(&mirror->lock);
	mutex_unlock(&mirror->lock);
}

void *bad_managed(struct mirror *mirror, struct device *dev)
{
	void *table;

	mutex_lock(&mirror->lock);
	table = devm_kmalloc(dev, 64, TEST_GFP_KERNEL); /* warn(reclaim-locked:reclaim-locked) */
	mutex_unlock(&mirror->lock);
	return table;
}

int bad_scatterlist(struct mirror *mirror, struct sg_table *table)
{
	int ret;

	mutex_lock(&mirror->lock);
	ret = sg_alloc_table(table, 8, TEST_GFP_KERNEL); /* warn(reclaim-locked:reclaim-locked) */
	mutex_unlock(&mirror->lock);
	return ret;
}

/* the last argument, -1, has all bits of the flags */
void *bad_of_any_size(struct mirror *mirror)
{
	void *table;

	mutex_lock(&mirror->lock);
	table = __kvmalloc_node_noprof(64, TEST_GFP_KERNEL, -1); /* warn(reclaim-locked:reclaim-locked) */
	mutex_unlock(&mirror->lock);
	return table;
}

void *good_of_any_size_without_reclaim(struct mirror *mirror)
{
	void *table;

	mutex_lock(&mirror->lock);
	table = __kvmalloc_node_noprof(64, TEST_GFP_NOWAIT, -1);
	mutex_unlock(&mirror->lock);
	return table;
}

unsigned long bad_maps(struct mirror *mirror, void *file)
{
	unsigned long addr;

	mutex_lock(&mirror->lock);
	addr = vm_mmap(file, 0, PAGE_SIZE, 0, 0, 0); /* warn(reclaim-locked:reclaim-locked) */
	mutex_unlock(&mirror->lock);
	return addr;
}

int bad_unmaps(struct mirror *mirror)
{
	int ret;

	mutex_lock(&mirror->lock);
	ret = vm_munmap(0, PAGE_SIZE); /* warn(reclaim-locked:reclaim-locked) */
	mutex_unlock(&mirror->lock);
	return ret;
}

int good_unmaps_afterwards(struct mirror *mirror)
{
	mutex_lock(&mirror->lock);
	mutex_unlock(&mirror->lock);
	return vm_munmap(0, PAGE_SIZE);
}

int bad_faults_for_others(struct mirror *mirror, unsigned long addr)
{
	int ret;

	mutex_lock(&mirror->lock);
	ret = fixup_user_fault(mirror->mm, addr, 0, NULL); /* warn(reclaim-locked:fault-locked) */
	mutex_unlock(&mirror->lock);
	return ret;
}

/* it has no flags of an allocation */
long bad_pins(struct mirror *mirror, unsigned long start, void **pages)
{
	long n;

	mutex_lock(&mirror->lock);
	n = pin_user_pages(start, 8, 0, pages); /* warn(reclaim-locked:fault-locked) */
	mutex_unlock(&mirror->lock);
	return n;
}

long good_pins_before(struct mirror *mirror, unsigned long start, void **pages)
{
	long n = pin_user_pages(start, 8, 0, pages);

	mutex_lock(&mirror->lock);
	mutex_unlock(&mirror->lock);
	return n;
}

struct task_struct *bad_starts_a_thread(struct mirror *mirror, int (*thread)(void *data))
{
	struct task_struct *task;

	mutex_lock(&mirror->lock);
	task = kthread_create_on_node(thread, mirror, -1, "mirror"); /* warn(reclaim-locked:reclaim-locked) */
	mutex_unlock(&mirror->lock);
	return task;
}
