/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_INTERVAL_TREE_H
#define _LINUX_INTERVAL_TREE_H

#include <linux/types.h>

struct rb_root {
	struct rb_node *rb_node;
};

struct interval_tree_node {
	struct interval_tree_node *left, *right;
	unsigned long start, last;
};

struct interval_tree_node *
interval_tree_iter_first(struct rb_root *root, unsigned long start,
			 unsigned long last);
struct interval_tree_node *
interval_tree_iter_next(struct interval_tree_node *node, unsigned long start,
			unsigned long last);
void interval_tree_insert(struct interval_tree_node *node,
			  struct rb_root *root);
void interval_tree_remove(struct interval_tree_node *node,
			  struct rb_root *root);

#endif /* _LINUX_INTERVAL_TREE_H */
