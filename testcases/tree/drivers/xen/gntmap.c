// SPDX-License-Identifier: GPL-2.0-only
/*
 * drivers/xen/gntmap.c - map pages that another guest has granted
 *
 * All callbacks take a mutex.
 */

#include <linux/list.h>
#include <linux/mmu_notifier.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>

struct gntmap_priv {
	struct list_head maps;
	struct mutex lock;
	struct mm_struct *mm;
	struct mmu_notifier mn;
};

struct grant_map {
	struct list_head next;
	unsigned long start, count;	/* where it was mapped */
	bool mapped;
};

int unmap_grant_pages(struct grant_map *map, unsigned long offset,
		      unsigned long pages);
int gntmap_open(struct mm_struct *mm, struct gntmap_priv **privp);
void gntmap_close(struct gntmap_priv *priv);

static void unmap_if_in_range(struct grant_map *map, unsigned long start,
			      unsigned long end)
{
	unsigned long mstart, mend;

	if (!map->mapped)
		return;

	mstart = max(start, map->start);
	mend = min(end, map->start + (map->count << PAGE_SHIFT));
	if (mstart >= mend)
		return;

	WARN_ON(unmap_grant_pages(map,
				  (mstart - map->start) >> PAGE_SHIFT,
				  (mend - mstart) >> PAGE_SHIFT));
}

static void gntmap_invl_range_start(struct mmu_notifier *mn,
				    struct mm_struct *mm,
				    unsigned long start, unsigned long end)
{
	struct gntmap_priv *priv = container_of(mn, struct gntmap_priv, mn);
	struct grant_map *map;

	mutex_lock(&priv->lock); /* warn(callback-sleeps): 'mutex_lock()' may sleep */
	list_for_each_entry(map, &priv->maps, next)
		unmap_if_in_range(map, start, end);
	mutex_unlock(&priv->lock);
}

static void gntmap_invl_page(struct mmu_notifier *mn, struct mm_struct *mm,
			     unsigned long address)
{
	gntmap_invl_range_start(mn, mm, address, address + PAGE_SIZE);
}

static void gntmap_release(struct mmu_notifier *mn, struct mm_struct *mm)
{
	struct gntmap_priv *priv = container_of(mn, struct gntmap_priv, mn);
	struct grant_map *map;

	mutex_lock(&priv->lock);
	list_for_each_entry(map, &priv->maps, next)
		WARN_ON(unmap_grant_pages(map, 0, map->count));
	mutex_unlock(&priv->lock);
}

static const struct mmu_notifier_ops gntmap_mmu_ops = {
	.release		= gntmap_release,
	.invalidate_page	= /* warn(ops-invalidate-page:ops-beside) */ gntmap_invl_page,
	.invalidate_range_start	= gntmap_invl_range_start,
};

int gntmap_open(struct mm_struct *mm, struct gntmap_priv **privp)
{
	struct gntmap_priv *priv;
	int ret;

	priv = kzalloc(sizeof(*priv), GFP_KERNEL);
	if (!priv)
		return -ENOMEM;

	INIT_LIST_HEAD(&priv->maps);
	mutex_init(&priv->lock);
	priv->mm = mm;
	priv->mn.ops = &gntmap_mmu_ops;

	ret = mmu_notifier_register(&priv->mn, mm);
	if (ret) {
		kfree(priv);
		return ret;
	}

	*privp = priv;
	return 0;
}

void gntmap_close(struct gntmap_priv *priv)
{
	mmu_notifier_unregister(&priv->mn, priv->mm);
	kfree(priv);
}

MODULE_DESCRIPTION("Pages granted by other guests");
MODULE_LICENSE("GPL");
