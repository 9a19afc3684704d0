/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * held.c - is a wait for reclaim, a fault or the mmap lock found, with a lock held that a callback takes?
 */
#include "era-e/mmu_notifier.h"
#include "interval.h"
#include "reader.h"
#include "uaccess.h"

#define TEST_GFP_NOIO		0xc00u
#define TEST_GFP_NOWAIT		0x800u

void downgrade_write(struct rw_semaphore *sem);

struct context {
	struct mutex first;		/* lies where its structure does */
	struct mmu_interval_notifier mni;
	struct mm_struct *mm;
	struct rw_semaphore sem, writers;
	struct mutex lock, other, tried;
	void *table;
};

static struct mutex global_lock;

/* a driver's own wrappers */
static void context_lock(struct context *ctx)
{
	mutex_lock(&ctx->lock);
}

static void context_unlock(struct context *ctx)
{
	mutex_unlock(&ctx->lock);
}

static void lock_of(struct mutex *lock)
{
	mutex_lock(lock);
}

static bool context_invalidate(struct mmu_interval_notifier *mni,
			       const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct context *ctx = container_of(mni, struct context, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	context_lock(ctx);
	lock_of(&ctx->first);
	mutex_lock(&global_lock);
	down_read(&ctx->sem);
	down_write(&ctx->writers);
	mmu_interval_set_seq(mni, cur_seq);
	if (mutex_trylock(&ctx->tried))
		mutex_unlock(&ctx->tried);
	up_write(&ctx->writers);
	up_read(&ctx->sem);
	mutex_unlock(&global_lock);
	mutex_unlock(&ctx->first);
	context_unlock(ctx);
	return true;
}

const struct mmu_interval_notifier_ops context_ops = { .invalidate = context_invalidate };

void bad_allocates(struct context *ctx)
{
	mutex_lock(&ctx->lock);
	ctx->table = kmalloc(64, TEST_GFP_KERNEL); /* warn(reclaim-locked:reclaim-locked): while 'ctx->lock' is held */
	mutex_unlock(&ctx->lock);
}

struct context *next_context(void);

/* the lock is that of an earlier round */
void bad_one_after_the_other(void)
{
	struct context *ctx;

	while ((ctx = next_context()) != NULL) {
		ctx->table = kmalloc(64, TEST_GFP_KERNEL); /* warn(reclaim-locked:reclaim-locked): while 'context.lock' is held */
		mutex_lock(&ctx->lock);
	}
}

/* notifiers are called for any reclaim */
void bad_without_io(struct context *ctx)
{
	context_lock(ctx);
	ctx->table = kmalloc(64, TEST_GFP_NOIO); /* warn(reclaim-locked:reclaim-locked) */
	context_unlock(ctx);
}

void good_wakes_only(struct context *ctx)
{
	mutex_lock(&ctx->lock);
	ctx->table = kmalloc(64, TEST_GFP_NOWAIT);
	mutex_unlock(&ctx->lock);
}

void good_atomic(struct context *ctx)
{
	mutex_lock(&ctx->lock);
	ctx->table = kmalloc(64, TEST_GFP_ATOMIC);
	mutex_unlock(&ctx->lock);
}

/* who reads a sequence as well may say that nothing is to be reclaimed */
unsigned int memalloc_noreclaim_save(void);
void memalloc_noreclaim_restore(unsigned int flags);

void good_spared_reader(struct context *ctx)
{
	unsigned int flags = memalloc_noreclaim_save();
	unsigned long seq = mmu_interval_read_begin(&ctx->mni);

	mutex_lock(&ctx->lock);
	ctx->table = kmalloc(64, TEST_GFP_KERNEL);
	if (mmu_interval_read_retry(&ctx->mni, seq))
		ctx->table = NULL;
	mutex_unlock(&ctx->lock);
	memalloc_noreclaim_restore(flags);
}

void good_after(struct context *ctx)
{
	context_lock(ctx);
	context_unlock(ctx);
	ctx->table = kmalloc(64, TEST_GFP_KERNEL);
}

/* "need && locked" of two variables: GCC makes one number of both */
void good_flag(struct context *ctx, bool need, bool alone)
{
	bool locked = false;

	if (!alone) {
		mutex_lock(&ctx->lock);
		locked = true;
	}
	if (need && locked) {
		mutex_unlock(&ctx->lock);
		locked = false;
	}
	if (need)
		ctx->table = kmalloc(64, TEST_GFP_KERNEL);
	if (locked)
		mutex_unlock(&ctx->lock);
}

void bad_flag(struct context *ctx, bool need, bool late)
{
	bool locked = false;

	if (need || late) {
		mutex_lock(&ctx->lock);
		locked = true;
	}
	if (need && late) {
		mutex_unlock(&ctx->lock);
		locked = false;
	}
	if (need)
		ctx->table = kmalloc(64, TEST_GFP_KERNEL); /* warn(reclaim-locked:reclaim-locked) */
	if (locked)
		mutex_unlock(&ctx->lock);
}

/* of the two bits that are compared the first is not set */
void good_bits(struct context *ctx, unsigned int flags)
{
	if (flags & 1)
		mutex_lock(&ctx->lock);
	if ((flags & 3) == 2)
		ctx->table = kmalloc(64, TEST_GFP_KERNEL);
	if (flags & 1)
		mutex_unlock(&ctx->lock);
}

void bad_bits(struct context *ctx, unsigned int flags)
{
	if (flags & 1)
		mutex_lock(&ctx->lock);
	if ((flags & 3) == 3)
		ctx->table = kmalloc(64, TEST_GFP_KERNEL); /* warn(reclaim-locked:reclaim-locked) */
	if (flags & 1)
		mutex_unlock(&ctx->lock);
}

/* of another file */
void context_drop(struct mutex *lock);
void context_look(struct context *ctx);

/* it may be dropped there */
void good_given_away(struct context *ctx)
{
	mutex_lock(&ctx->lock);
	context_drop(&ctx->lock);
	ctx->table = kmalloc(64, TEST_GFP_KERNEL);
}

void bad_given_another(struct context *ctx)
{
	mutex_lock(&ctx->lock);
	context_look(ctx);
	ctx->table = kmalloc(64, TEST_GFP_KERNEL); /* warn(reclaim-locked:reclaim-locked) */
	mutex_unlock(&ctx->lock);
}

void good_lock_of_no_callback(struct context *ctx)
{
	mutex_lock(&ctx->other);
	ctx->table = kmalloc(64, TEST_GFP_KERNEL);
	mutex_unlock(&ctx->other);
}

/* the callback does not wait for it */
void good_tried_there(struct context *ctx)
{
	mutex_lock(&ctx->tried);
	ctx->table = kmalloc(64, TEST_GFP_KERNEL);
	mutex_unlock(&ctx->tried);
}

/* another lock that is dropped in between is not this one */
void bad_other_dropped(struct context *ctx)
{
	mutex_lock(&ctx->other);
	mutex_lock(&ctx->lock);
	mutex_unlock(&ctx->other);
	ctx->table = kmalloc(64, TEST_GFP_KERNEL); /* warn(reclaim-locked:reclaim-locked): while 'ctx->lock' is held */
	mutex_unlock(&ctx->lock);
}

void bad_first_member(struct context *ctx)
{
	lock_of(&ctx->first);
	ctx->table = kmalloc(64, TEST_GFP_KERNEL); /* warn(reclaim-locked:reclaim-locked) */
	mutex_unlock(&ctx->first);
}

void bad_global(struct context *ctx)
{
	mutex_lock(&global_lock);
	ctx->table = kmalloc(64, TEST_GFP_KERNEL); /* warn(reclaim-locked:reclaim-locked) */
	mutex_unlock(&global_lock);
}

/* two readers do not keep each other out */
void good_both_read(struct context *ctx)
{
	down_read(&ctx->sem);
	ctx->table = kmalloc(64, TEST_GFP_KERNEL);
	up_read(&ctx->sem);
}

void bad_writes(struct context *ctx)
{
	down_write(&ctx->sem);
	ctx->table = kmalloc(64, TEST_GFP_KERNEL); /* warn(reclaim-locked:reclaim-locked) */
	up_write(&ctx->sem);
}

void bad_callback_writes(struct context *ctx)
{
	down_read(&ctx->writers);
	ctx->table = kmalloc(64, TEST_GFP_KERNEL); /* warn(reclaim-locked:reclaim-locked) */
	up_read(&ctx->writers);
}

static void *table_new(unsigned int flags)
{
	return kzalloc(64, flags); /* warn(reclaim-locked:reclaim-locked) */
}

void bad_in_helper(struct context *ctx)
{
	mutex_lock(&ctx->lock);
	ctx->table = table_new(TEST_GFP_KERNEL);
	mutex_unlock(&ctx->lock);
}

void good_in_helper(struct context *ctx)
{
	mutex_lock(&ctx->lock);
	ctx->table = table_new(TEST_GFP_ATOMIC);
	mutex_unlock(&ctx->lock);
}

/* the caller says */
void good_flags_unknown(struct context *ctx, unsigned int flags)
{
	mutex_lock(&ctx->lock);
	ctx->table = kmalloc(64, flags);
	mutex_unlock(&ctx->lock);
}

int bad_faults(struct context *ctx, struct hmm_range *range)
{
	int ret;

	mutex_lock(&ctx->lock);
	ret = hmm_range_fault(range); /* warn(reclaim-locked:fault-locked) */
	mutex_unlock(&ctx->lock);
	return ret;
}

unsigned long bad_user_memory(struct context *ctx, void *to, const void *from)
{
	unsigned long left;

	mutex_lock(&ctx->lock);
	left = copy_from_user(to, from, 8); /* warn(reclaim-locked:fault-locked) */
	mutex_unlock(&ctx->lock);
	return left;
}

void bad_mmap_lock(struct context *ctx)
{
	mutex_lock(&ctx->lock);
	mmap_read_lock(ctx->mm); /* warn(reclaim-locked:mmap-locked) */
	mmap_read_unlock(ctx->mm);
	mutex_unlock(&ctx->lock);
}

void good_mmap_lock_first(struct context *ctx)
{
	mmap_read_lock(ctx->mm);
	mutex_lock(&ctx->lock);
	mutex_unlock(&ctx->lock);
	mmap_read_unlock(ctx->mm);
}

/* a reader excludes a callback that waits to write */
void bad_downgraded(struct context *ctx)
{
	down_write(&ctx->writers);
	downgrade_write(&ctx->writers);
	ctx->table = kmalloc(64, TEST_GFP_KERNEL); /* warn(reclaim-locked:reclaim-locked) */
	up_read(&ctx->writers);
}

/* .. and not one that waits to read */
void good_downgraded_to_the_callbacks_way(struct context *ctx)
{
	down_write(&ctx->sem);
	downgrade_write(&ctx->sem);
	ctx->table = kmalloc(64, TEST_GFP_KERNEL);
	up_read(&ctx->sem);
}

void good_downgraded_and_dropped(struct context *ctx)
{
	down_write(&ctx->writers);
	downgrade_write(&ctx->writers);
	up_read(&ctx->writers);
	ctx->table = kmalloc(64, TEST_GFP_KERNEL);
}

/* however many calls lie between the lock and what waits */
static void *grow(gfp_t flags)
{
	return kmalloc(64, flags); /* warn(reclaim-locked:reclaim-locked) */
}

static void *grow_table(gfp_t flags)
{
	return grow(flags);
}

static void *grow_tables(gfp_t flags)
{
	return grow_table(flags);
}

static void *grow_context(gfp_t flags)
{
	return grow_tables(flags);
}

void bad_many_calls_away(struct context *ctx)
{
	context_lock(ctx);
	ctx->table = grow_context(TEST_GFP_KERNEL);
	context_unlock(ctx);
}
