/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_IOMMU_H
#define _LINUX_IOMMU_H

#include <linux/types.h>

struct iommu_domain {
	unsigned int id;
	unsigned int nr_pasids;
};

/* Both only write a command to the unit's queue; neither waits for it. */
void iommu_queue_flush_page(struct iommu_domain *domain, int pasid,
			    unsigned long address);
void iommu_queue_flush_all(struct iommu_domain *domain, int pasid);

#endif /* _LINUX_IOMMU_H */
