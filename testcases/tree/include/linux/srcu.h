/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_SRCU_H
#define _LINUX_SRCU_H

#include <linux/types.h>

struct srcu_struct {
	unsigned long completed;
	int idx;
};

int srcu_read_lock(struct srcu_struct *sp);
void srcu_read_unlock(struct srcu_struct *sp, int idx);
void synchronize_srcu(struct srcu_struct *sp);

#define DEFINE_STATIC_SRCU(name)	static struct srcu_struct name

#endif /* _LINUX_SRCU_H */
