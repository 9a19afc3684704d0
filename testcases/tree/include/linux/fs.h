/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_FS_H
#define _LINUX_FS_H

#include <linux/mm_types.h>
#include <linux/rwsem.h>

struct inode {
	struct address_space *i_mapping;
};

struct address_space {
	struct inode *host;
	struct rw_semaphore i_mmap_rwsem;
	struct vm_area_struct *i_mmap;
	spinlock_t tree_lock;
};

struct file {
	struct address_space *f_mapping;
};

static inline void i_mmap_lock_write(struct address_space *mapping)
{
	down_write(&mapping->i_mmap_rwsem);
}

static inline void i_mmap_unlock_write(struct address_space *mapping)
{
	up_write(&mapping->i_mmap_rwsem);
}

static inline void i_mmap_lock_read(struct address_space *mapping)
{
	down_read(&mapping->i_mmap_rwsem);
}

static inline void i_mmap_unlock_read(struct address_space *mapping)
{
	up_read(&mapping->i_mmap_rwsem);
}

struct vm_area_struct *vma_interval_tree_iter_first(struct vm_area_struct *root,
						    unsigned long first,
						    unsigned long last);
struct vm_area_struct *vma_interval_tree_iter_next(struct vm_area_struct *node,
						   unsigned long first,
						   unsigned long last);

#define vma_interval_tree_foreach(vma, root, first, last)		\
	for (vma = vma_interval_tree_iter_first(*(root), first, last);	\
	     vma; vma = vma_interval_tree_iter_next(vma, first, last))

#endif /* _LINUX_FS_H */
