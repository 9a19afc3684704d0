/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * lock.c - is a sequence found that is set with no lock held, before the lock is taken or after it was dropped?
 */
#include "era-d2/mmu_notifier.h"
#include "rcupdate.h"
#include "sleep.h"

void arch_local_irq_disable(void);
void arch_local_irq_enable(void);
void bit_spin_lock(int bit, unsigned long *word);
void bit_spin_unlock(int bit, unsigned long *word);

struct mirror {
	struct mmu_interval_notifier mni;
	struct mutex lock;
	struct rw_semaphore sem;
	spinlock_t update;
	bool valid;
	unsigned long bits;
};

void mirror_lock(struct mirror *mirror);
void mirror_unlock(struct mirror *mirror);

bool bad_before(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	mmu_interval_set_seq(mni, cur_seq); /* warn(sequence-unset:sequence-unlocked) */
	spin_lock(&mirror->update);
	mirror->valid = false;
	spin_unlock(&mirror->update);
	return true;
}

bool bad_behind(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&mirror->lock);
	mirror->valid = false;
	mutex_unlock(&mirror->lock);
	mmu_interval_set_seq(mni, cur_seq); /* warn(sequence-unset:sequence-unlocked) */
	return true;
}

/* which keeps no other CPU out */
bool bad_rcu(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
	     unsigned long cur_seq)
{
	rcu_read_lock();
	mmu_interval_set_seq(mni, cur_seq); /* warn(sequence-unset:sequence-unlocked) */
	rcu_read_unlock();
	return true;
}

bool bad_interrupts_off(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
			unsigned long cur_seq)
{
	arch_local_irq_disable();
	mmu_interval_set_seq(mni, cur_seq); /* warn(sequence-unset:sequence-unlocked) */
	arch_local_irq_enable();
	return true;
}

bool good_bit(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
	      unsigned long cur_seq)
{
	bit_spin_lock(0, &container_of(mni, struct mirror, mni)->bits);
	mmu_interval_set_seq(mni, cur_seq);
	bit_spin_unlock(0, &container_of(mni, struct mirror, mni)->bits);
	return true;
}

bool good_spinlock_in_rcu(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
			  unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	rcu_read_lock();
	spin_lock(&mirror->update);
	mmu_interval_set_seq(mni, cur_seq);
	spin_unlock(&mirror->update);
	rcu_read_unlock();
	return true;
}

bool good_spinlock(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		   unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	spin_lock(&mirror->update);
	mmu_interval_set_seq(mni, cur_seq);
	spin_unlock(&mirror->update);
	return true;
}

bool good_semaphore(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		    unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (mmu_notifier_range_blockable(range))
		down_write(&mirror->sem);
	else if (!down_write_trylock(&mirror->sem))
		return false;
	mmu_interval_set_seq(mni, cur_seq);
	up_write(&mirror->sem);
	return true;
}

/* what mirror_lock() does is not seen */
bool good_lock_of_another_file(struct mmu_interval_notifier *mni,
			       const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	mirror_lock(mirror);
	mmu_interval_set_seq(mni, cur_seq);
	mirror_unlock(mirror);
	return true;
}

#define OPS(name) const struct mmu_interval_notifier_ops ops_##name = { .invalidate = name }
OPS(bad_before);
OPS(bad_behind);
OPS(bad_rcu);
OPS(bad_interrupts_off);
OPS(good_bit);
OPS(good_spinlock_in_rcu);
OPS(good_spinlock);
OPS(good_semaphore);
OPS(good_lock_of_another_file);
