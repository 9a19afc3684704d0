/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * types.c - is a lock of each type known by the structure that has it, wherever it lies there?
 */
#include "era-e/mmu_notifier.h"
#include "sleep.h"
#include "spinlock.h"

struct semaphore {
	unsigned int count;
};

struct rt_mutex {
	long owner;
};

struct ww_mutex {
	struct mutex base;
};

/* a lock of another type around it, which has functions of its own */
struct dma_resv {
	struct ww_mutex lock;
};

struct rwlock {
	long count;
};

void down(struct semaphore *sem);
void up(struct semaphore *sem);
void rt_mutex_lock(struct rt_mutex *lock);
void rt_mutex_unlock(struct rt_mutex *lock);
int ww_mutex_lock(struct ww_mutex *lock, void *ctx);
void ww_mutex_unlock(struct ww_mutex *lock);

static inline int dma_resv_lock(struct dma_resv *resv, void *ctx)
{
	return ww_mutex_lock(&resv->lock, ctx);
}

static inline void dma_resv_unlock(struct dma_resv *resv)
{
	ww_mutex_unlock(&resv->lock);
}

struct inner {
	int users;
	struct mutex lock;
};

struct context {
	struct mmu_notifier mn;
	struct mutex mutex, next;
	struct rw_semaphore rw_semaphore;
	struct semaphore semaphore;
	struct rt_mutex rt_mutex;
	struct ww_mutex ww_mutex;
	struct dma_resv dma_resv, other_resv;
	spinlock_t spinlock;
	raw_spinlock_t raw_spinlock;
	rwlock_t rwlock_t;
	struct rwlock rwlock;
	struct inner inner;
	struct {
		struct mutex nameless;
	};
	struct {
		struct mutex lock;
	} one;
	struct {
		struct mutex lock;
	} two;
	struct mutex *pointed;
	void *table;
};

static int context_start(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct context *ctx = container_of(mn, struct context, mn);

	if (!mmu_notifier_range_blockable(range))
		return -11;
	mutex_lock(&ctx->mutex);
	mutex_unlock(&ctx->mutex);
	down_write(&ctx->rw_semaphore);
	up_write(&ctx->rw_semaphore);
	down(&ctx->semaphore);
	up(&ctx->semaphore);
	rt_mutex_lock(&ctx->rt_mutex);
	rt_mutex_unlock(&ctx->rt_mutex);
	if (ww_mutex_lock(&ctx->ww_mutex, NULL))
		return 0;
	ww_mutex_unlock(&ctx->ww_mutex);
	if (dma_resv_lock(&ctx->dma_resv, NULL))
		return 0;
	dma_resv_unlock(&ctx->dma_resv);
	spin_lock(&ctx->spinlock);
	spin_unlock(&ctx->spinlock);
	raw_spin_lock(&ctx->raw_spinlock);
	raw_spin_unlock(&ctx->raw_spinlock);
	write_lock(&ctx->rwlock_t);
	write_unlock(&ctx->rwlock_t);
	write_lock((rwlock_t *)&ctx->rwlock);
	write_unlock((rwlock_t *)&ctx->rwlock);
	mutex_lock(&ctx->inner.lock);
	mutex_unlock(&ctx->inner.lock);
	mutex_lock(&ctx->nameless);
	mutex_unlock(&ctx->nameless);
	mutex_lock(&ctx->one.lock);
	mutex_unlock(&ctx->one.lock);
	mutex_lock(ctx->pointed);
	mutex_unlock(ctx->pointed);
	return 0;
}

const struct mmu_notifier_ops context_ops = { .invalidate_range_start = context_start };

void bad_mutex(struct context *ctx)
{
	mutex_lock(&ctx->mutex);
	ctx->table = kmalloc(64, TEST_GFP_KERNEL); /* warn(reclaim-locked:reclaim-locked) */
	mutex_unlock(&ctx->mutex);
}

void bad_rw_semaphore(struct context *ctx)
{
	down_write(&ctx->rw_semaphore);
	ctx->table = kmalloc(64, TEST_GFP_KERNEL); /* warn(reclaim-locked:reclaim-locked) */
	up_write(&ctx->rw_semaphore);
}

void bad_semaphore(struct context *ctx)
{
	down(&ctx->semaphore);
	ctx->table = kmalloc(64, TEST_GFP_KERNEL); /* warn(reclaim-locked:reclaim-locked) */
	up(&ctx->semaphore);
}

void bad_rt_mutex(struct context *ctx)
{
	rt_mutex_lock(&ctx->rt_mutex);
	ctx->table = kmalloc(64, TEST_GFP_KERNEL); /* warn(reclaim-locked:reclaim-locked) */
	rt_mutex_unlock(&ctx->rt_mutex);
}

void bad_ww_mutex(struct context *ctx)
{
	if (ww_mutex_lock(&ctx->ww_mutex, NULL))
		return;
	ctx->table = kmalloc(64, TEST_GFP_KERNEL); /* warn(reclaim-locked:reclaim-locked) */
	ww_mutex_unlock(&ctx->ww_mutex);
}

void bad_dma_resv(struct context *ctx)
{
	if (dma_resv_lock(&ctx->dma_resv, NULL))
		return;
	ctx->table = kmalloc(64, TEST_GFP_KERNEL); /* warn(reclaim-locked:reclaim-locked) */
	dma_resv_unlock(&ctx->dma_resv);
}

void good_other_resv(struct context *ctx)
{
	if (dma_resv_lock(&ctx->other_resv, NULL))
		return;
	ctx->table = kmalloc(64, TEST_GFP_KERNEL);
	dma_resv_unlock(&ctx->other_resv);
}

void bad_spinlock(struct context *ctx)
{
	spin_lock(&ctx->spinlock);
	ctx->table = kmalloc(64, TEST_GFP_KERNEL); /* warn(reclaim-locked:reclaim-locked) */
	spin_unlock(&ctx->spinlock);
}

void bad_raw_spinlock(struct context *ctx)
{
	raw_spin_lock(&ctx->raw_spinlock);
	ctx->table = kmalloc(64, TEST_GFP_KERNEL); /* warn(reclaim-locked:reclaim-locked) */
	raw_spin_unlock(&ctx->raw_spinlock);
}

void bad_rwlock_t(struct context *ctx)
{
	write_lock(&ctx->rwlock_t);
	ctx->table = kmalloc(64, TEST_GFP_KERNEL); /* warn(reclaim-locked:reclaim-locked) */
	write_unlock(&ctx->rwlock_t);
}

void bad_rwlock(struct context *ctx)
{
	write_lock((rwlock_t *)&ctx->rwlock);
	ctx->table = kmalloc(64, TEST_GFP_KERNEL); /* warn(reclaim-locked:reclaim-locked) */
	write_unlock((rwlock_t *)&ctx->rwlock);
}

void bad_inner(struct context *ctx)
{
	mutex_lock(&ctx->inner.lock);
	ctx->table = kmalloc(64, TEST_GFP_KERNEL); /* warn(reclaim-locked:reclaim-locked) */
	mutex_unlock(&ctx->inner.lock);
}

void bad_nameless(struct context *ctx)
{
	mutex_lock(&ctx->nameless);
	ctx->table = kmalloc(64, TEST_GFP_KERNEL); /* warn(reclaim-locked:reclaim-locked) */
	mutex_unlock(&ctx->nameless);
}

/* the same member by way of the structure that it is in */
void bad_inner_itself(struct inner *inner, struct context *ctx)
{
	mutex_lock(&inner->lock);
	ctx->table = kmalloc(64, TEST_GFP_KERNEL); /* warn(reclaim-locked:reclaim-locked) */
	mutex_unlock(&inner->lock);
}

void good_next(struct context *ctx)
{
	mutex_lock(&ctx->next);
	ctx->table = kmalloc(64, TEST_GFP_KERNEL);
	mutex_unlock(&ctx->next);
}

/* structures without a tag: which of them it is cannot be told by a name */
void good_two(struct context *ctx)
{
	mutex_lock(&ctx->two.lock);
	ctx->table = kmalloc(64, TEST_GFP_KERNEL);
	mutex_unlock(&ctx->two.lock);
}

void bad_one(struct context *ctx)
{
	mutex_lock(&ctx->one.lock);
	ctx->table = kmalloc(64, TEST_GFP_KERNEL); /* todo-warn(reclaim-locked:reclaim-locked) */
	mutex_unlock(&ctx->one.lock);
}

void bad_pointed(struct context *ctx)
{
	mutex_lock(ctx->pointed);
	ctx->table = kmalloc(64, TEST_GFP_KERNEL); /* todo-warn(reclaim-locked:reclaim-locked) */
	mutex_unlock(ctx->pointed);
}
