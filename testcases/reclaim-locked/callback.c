/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * callback.c - is what may wait for reclaim, for an mmap lock or for a page found in a callback?
 */
#include "era-e/mmu_notifier.h"
#include "interval.h"
#include "reader.h"
#include "uaccess.h"

struct page;

void lock_page(struct page *page);
int trylock_page(struct page *page);
void mmput(struct mm_struct *mm);
void mmput_async(struct mm_struct *mm);

struct context {
	struct mmu_interval_notifier mni;
	struct mmu_notifier mn;
	struct mutex lock;
	struct mm_struct *mm;
	struct page *page;
	void *user;
	unsigned long value;
	void *table;
};

#define CALLBACK(name) \
static bool name(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range, \
		 unsigned long cur_seq) \
{ \
	struct context *ctx = container_of(mni, struct context, mni); \
	if (!mmu_notifier_range_blockable(range)) \
		return false; \
	mutex_lock(&ctx->lock); \
	mmu_interval_set_seq(mni, cur_seq); \
	mutex_unlock(&ctx->lock); \
	return name##_work(ctx); \
} \
const struct mmu_interval_notifier_ops name##_ops = { .invalidate = name }

static bool bad_allocates_work(struct context *ctx)
{
	ctx->table = kmalloc(64, TEST_GFP_KERNEL); /* warn(reclaim-locked:callback-reclaims): in callback 'invalidate' */
	return true;
}
CALLBACK(bad_allocates);

static bool good_allocates_work(struct context *ctx)
{
	ctx->table = kmalloc(64, TEST_GFP_ATOMIC);
	return true;
}
CALLBACK(good_allocates);

unsigned int memalloc_noreclaim_save(void);
void memalloc_noreclaim_restore(unsigned int flags);

/* a driver's own: each lock with its own flags */
static unsigned int context_lock(struct context *ctx)
{
	mutex_lock(&ctx->lock);
	return memalloc_noreclaim_save();
}

static void context_unlock(struct context *ctx, unsigned int flags)
{
	memalloc_noreclaim_restore(flags);
	mutex_unlock(&ctx->lock);
}

static bool good_spares_work(struct context *ctx)
{
	unsigned int outer = memalloc_noreclaim_save(), flags = context_lock(ctx);

	ctx->table = kmalloc(64, TEST_GFP_KERNEL);
	context_unlock(ctx, flags);
	ctx->table = kmalloc(64, TEST_GFP_KERNEL);
	memalloc_noreclaim_restore(outer);
	return true;
}
CALLBACK(good_spares);

static bool bad_spares_work(struct context *ctx)
{
	unsigned int flags = context_lock(ctx);

	context_unlock(ctx, flags);
	ctx->table = kmalloc(64, TEST_GFP_KERNEL); /* warn(reclaim-locked:callback-reclaims) */
	return true;
}
CALLBACK(bad_spares);

/* not in the callback, but with its lock held */
void good_spares_outside(struct context *ctx)
{
	unsigned int flags = context_lock(ctx);

	ctx->table = kmalloc(64, TEST_GFP_KERNEL);
	context_unlock(ctx, flags);
}

void bad_spares_outside(struct context *ctx)
{
	unsigned int flags = context_lock(ctx);

	memalloc_noreclaim_restore(flags);
	ctx->table = kmalloc(64, TEST_GFP_KERNEL); /* warn(reclaim-locked:reclaim-locked) */
	mutex_unlock(&ctx->lock);
}

static bool bad_mmap_lock_work(struct context *ctx)
{
	mmap_read_lock(ctx->mm); /* warn(reclaim-locked:callback-mmap-lock) */
	mmap_read_unlock(ctx->mm);
	return true;
}
CALLBACK(bad_mmap_lock);

/* of the kernel's own page tables: nobody waits for callbacks with it */
static bool good_global_mmap_lock_work(struct context *ctx)
{
	mmap_read_lock(&init_mm);
	ctx->value++;
	mmap_read_unlock(&init_mm);
	return true;
}
CALLBACK(good_global_mmap_lock);

/* a sum that is checked is a sum all the same */
static bool ask_object(struct context *ctx, unsigned long size)
{
	char stack[128];
	void *args = stack;
	unsigned long args_size;

	if (__builtin_add_overflow(24, size, &args_size))
		return false;
	if (args_size > sizeof(stack))
		args = kmalloc(args_size, TEST_GFP_KERNEL); /* warn(reclaim-locked:callback-reclaims) */
	ctx->user = args;
	return true;
}

static bool good_small_work(struct context *ctx)
{
	ask_object(ctx, 32);
	return true;
}
CALLBACK(good_small);

static bool bad_large_work(struct context *ctx)
{
	ask_object(ctx, 320);
	return true;
}
CALLBACK(bad_large);

/* one mistake: who takes that lock first, as everybody has to, makes none */
void good_other_work_below_mmap_lock(struct context *ctx)
{
	mmap_write_lock(ctx->mm);
	ctx->table = kmalloc(64, TEST_GFP_KERNEL);
	mmap_write_unlock(ctx->mm);
}

static bool bad_user_memory_work(struct context *ctx)
{
	copy_to_user(ctx->user, &ctx->value, 8); /* warn(reclaim-locked:callback-faults) */
	return true;
}
CALLBACK(bad_user_memory);

static bool bad_page_work(struct context *ctx)
{
	lock_page(ctx->page); /* warn(reclaim-locked:callback-page-lock) */
	return true;
}
CALLBACK(bad_page);

static bool good_page_work(struct context *ctx)
{
	return trylock_page(ctx->page);
}
CALLBACK(good_page);

static bool bad_mmput_work(struct context *ctx)
{
	mmput(ctx->mm); /* warn(reclaim-locked:callback-mmput) */
	return true;
}
CALLBACK(bad_mmput);

static bool good_mmput_work(struct context *ctx)
{
	mmput_async(ctx->mm);
	return true;
}
CALLBACK(good_mmput);

/* the mm exits, nobody reclaims: "when the mm is being destroyed by exit_mmap" (the kernel) */
static void good_release(struct mmu_notifier *mn, struct mm_struct *mm)
{
	struct context *ctx = container_of(mn, struct context, mn);

	ctx->table = kmalloc(64, TEST_GFP_KERNEL);
}

const struct mmu_notifier_ops release_ops = { .release = good_release };
