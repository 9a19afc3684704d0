/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TEST_LOCKS_H
#define TEST_LOCKS_H

/* a callback comes to this one */
static inline void mirror_lock_all(struct mirror *mirror)
{
	mutex_lock(&mirror->lock);
	mirror->mm = NULL;
}

/* .. and to this one none does */
static inline void mirror_lock_mine(struct mirror *mirror)
{
	down_write(&mirror->sem);
	mirror->mm = NULL;
}

static inline void mirror_unlock_all(struct mirror *mirror)
{
	mutex_unlock(&mirror->lock);
}

#endif /* TEST_LOCKS_H */
